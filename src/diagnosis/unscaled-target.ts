// A target that is large and not scaled: dAL = A - Y is then large too, and so is the first update.

import { divergenceCause, largestUnscaled } from './divergence-cause';
import { attainsMore, explainsLess, GOOD, POOR, type Facts } from './facts';
import { firstStep } from './first-step';
import { finding, type Finding } from './finding';
import { number } from './format';
import * as remedies from './remedy';

/** From here on it can be the cause of a run that learned too little. The bound of a divergence is lower: see divergence-cause.ts. */
const LARGE = 100;
/** A first update longer than the weights that it changes: they start anew. (An ordinary one is about 1e-3 of them: Karpathy, CS231n.) */
const WHOLE_WEIGHT = 1;

export function unscaledTarget(facts: Facts): Finding | null {
  const { run } = facts;
  const { experiment, outcome } = run;
  const largest = largestUnscaled(facts, 'target');
  const cause = divergenceCause(facts) === 'unscaled-target';
  const slow = facts.trained && outcome.kind !== 'diverged' && run.data.task === 'regression' && largest > LARGE && explainsLess(facts.fit, GOOD) && (attainsMore(facts) || jumped(facts));
  if (!cause && !slow) return null;
  return finding({
    rule: 'unscaled-target',
    severity: cause || (jumped(facts) && explainsLess(facts.fit, POOR)) ? 'error' : 'warning',
    message: cause && outcome.kind === 'diverged' ? `Cost became ${outcome.cost} at iteration ${outcome.iteration}: ${outcome.reason}.` : `The target is not scaled (up to ${number(largest)}), and the network has not got there: it explains ${number(100 * Math.max(0, facts.fit.explained))} % of it.`,
    explanation: 'dAL = A - Y is as large as the target, so the first updates overshoot, or the weights have a long way to go. Standardize the target, or divide it by its largest value where the output cannot be negative; predictions are shown in its units all the same.',
    evidence: [{ name: 'largest |y|', value: largest, limit: cause ? 10 : LARGE, layer: facts.L }],
    layers: [facts.L],
    formula: 'mse',
    source: 'TheDeepChecker (Ben Braiek and Khomh, 2023) wants targets of a regression normalized.',
    remedies: [remedies.scaleTarget(experiment), remedies.linearAndScaled(experiment), remedies.learningRate(experiment, 0.1), remedies.clip(), remedies.adam()],
  });
}

function jumped(facts: Facts): boolean {
  return firstStep(facts) > WHOLE_WEIGHT;
}
