// A target that is large and not scaled: dAL = A - Y is then large too, and so is the first update.

import { divergenceCause, LARGE_TARGET, largestUnscaled, UNSCALED } from './divergence-cause';
import { attainsMore, explainsLess, GOOD, POOR, type Facts } from './facts';
import { firstStep, flattenedLayer, WHOLE_WEIGHT } from './first-step';
import { finding, type Finding } from './finding';
import { number } from './format';
import * as remedies from './remedy';

export function unscaledTarget(facts: Facts): Finding | null {
  const { run } = facts;
  const { experiment, outcome } = run;
  const largest = largestUnscaled(facts, 'target');
  const cause = divergenceCause(facts) === 'unscaled-target';
  const flattened = facts.trained && flattenedLayer(facts) !== null;
  const slow = facts.trained && outcome.kind !== 'diverged' && run.data.task === 'regression' && largest > LARGE_TARGET && ((explainsLess(facts.fit, GOOD) && (attainsMore(facts) || jumped(facts))) || flattened);
  if (!cause && !slow) return null;
  return finding({
    rule: 'unscaled-target',
    severity: cause || (jumped(facts) && explainsLess(facts.fit, POOR) && facts.run.history.deadOutputs.at(-1) === 0) ? 'error' : 'warning',
    message: cause && outcome.kind === 'diverged' ? `Cost became ${outcome.cost} at iteration ${outcome.iteration}: ${outcome.reason}.` : `The target is not scaled (up to ${number(largest)}), ${flattened ? `so the first updates were up to ${number(firstStep(facts))} times as large as W itself and left most units of a layer flat` : 'and the network has not got there'}: it explains ${number(100 * Math.max(0, facts.fit.explained))} % of it.`,
    explanation: 'dAL = A - Y is as large as the target, so the first updates overshoot, or the weights have a long way to go. Standardize the target, or divide it by its largest value where the output cannot be negative; predictions are shown in its units all the same.',
    evidence: [{ name: 'largest |y|', value: largest, limit: cause ? UNSCALED : LARGE_TARGET, layer: facts.L }],
    layers: [facts.L],
    formula: 'mse',
    source: 'TheDeepChecker (Ben Braiek and Khomh, 2023) wants targets of a regression normalized.',
    remedies: [remedies.scaleTarget(experiment), remedies.linearAndScaled(experiment), remedies.learningRate(experiment, 0.1), remedies.clip(), remedies.adam()],
  });
}

function jumped(facts: Facts): boolean {
  return firstStep(facts) > WHOLE_WEIGHT;
}
