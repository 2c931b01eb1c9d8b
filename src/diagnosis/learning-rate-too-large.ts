// Steps that overshoot: the cost becomes infinite, rises, or swings instead of falling.

import { costCurve, SWING, TURNS } from './cost-curve';
import { divergenceCause, hasLargeStep, hasRisen, largestUnscaled, LARGE_TARGET, RISEN } from './divergence-cause';
import { attainsMore, explainsLess, GOOD, POOR, type Facts } from './facts';
import { finding, type Evidence, type Finding, type Severity } from './finding';
import { count, number } from './format';
import { EARLY, flattenedLayer, WHOLE_WEIGHT } from './first-step';
import * as remedies from './remedy';

/** A swing costs something when the features allow so much more of the target than was learned. */
const LOST = 0.05;
/** And whatever was learned, when it is longer than the whole way down. */
const WHOLE_DROP = 1;
/** An early cost so many times the first one is no search for the way down. */
const OVERSHOT = 2;
/** One that rose so far is worth a warning although the run came back from there. */
const FAR_OVERSHOT = 100;

export function learningRateTooLarge(facts: Facts): Finding | null {
  return afterDivergence(facts) ?? afterRise(facts) ?? afterJump(facts) ?? afterOvershoot(facts);
}

function afterDivergence(facts: Facts): Finding | null {
  const { outcome, experiment, history } = facts.run;
  if (outcome.kind !== 'diverged' || divergenceCause(facts) !== 'learning-rate-too-large') return null;
  const growth = history.layers.map(({ gradientNorm }) => gradientNorm.at(-1)! / gradientNorm[0]!);
  const fastest = growth.indexOf(Math.max(...growth));
  return said(facts, 'error', `Cost became ${outcome.cost} at iteration ${outcome.iteration}: ${hasLargeStep(facts) ? `the learning rate ${experiment.optimizer.learningRate} is too large` : outcome.reason}.`, [
    { name: 'learning rate', value: experiment.optimizer.learningRate },
    { name: `growth of ‖dW[${fastest + 1}]‖`, value: growth[fastest]!, layer: fastest + 1 },
  ]);
}

function afterRise(facts: Facts): Finding | null {
  const { run } = facts;
  const curve = costCurve(run);
  if (!curve || run.outcome.kind === 'diverged') return null;
  const rate = run.experiment.optimizer.learningRate;
  if (hasRisen(facts)) {
    if (divergenceCause(facts) !== 'learning-rate-too-large') return null;
    return said(facts, 'error', `The cost rose from ${number(curve.first)} to ${number(curve.last)}: the learning rate ${rate} is too large.`, [
      { name: 'last cost / first cost', value: curve.last / curve.first, limit: RISEN },
      { name: 'learning rate', value: rate },
    ]);
  }
  if (curve.swing > SWING && curve.turns > TURNS) {
    const severity = explainsLess(facts.fit, POOR) ? 'error' : facts.attainable[0]!.explained - facts.fit.explained > LOST || curve.swing > WHOLE_DROP ? 'warning' : 'info';
    return said(facts, severity, `The cost oscillates to the end, by up to ${number(100 * curve.swing)} % of its whole drop from one ${run.experiment.batchSize === null ? 'iteration' : 'look'} to the next: the learning rate ${rate} is too large.`, [
      { name: 'swing / whole drop', value: curve.swing, limit: SWING },
      { name: 'share of steps at which it turns', value: curve.turns, limit: TURNS },
      { name: 'learning rate', value: rate },
    ]);
  }
  return null;
}

/** Updates longer than the weights themselves, after which most units of a layer lie flat that did not before. */
function afterJump(facts: Facts): Finding | null {
  const { run } = facts;
  if (!facts.trained || run.outcome.kind === 'diverged') return null;
  const flattened = flattenedLayer(facts);
  if (!flattened || run.experiment.initialization === 'small') return null;
  // an ordinary rate overshoots with a target of thousands, which is another rule's
  if (!hasLargeStep(facts) && largestUnscaled(facts, 'target') > LARGE_TARGET) return null;
  const { layer, step, dead } = flattened;
  const rate = run.experiment.optimizer.learningRate;
  if (dead && !explainsLess(facts.fit, GOOD)) return null;
  // at an ordinary rate dead units are told by their own rule, which names this as the reason
  return said(facts, (!dead || hasLargeStep(facts)) && explainsLess(facts.fit, POOR) ? 'error' : 'warning', `The first updates were up to ${number(step)} times as large as W[${layer}] itself and left most of its units ${dead ? 'dead' : 'saturated'}: the learning rate ${rate} is too large.`, [
    { name: `‖α dW[${layer}]‖ / ‖W[${layer}]‖`, value: step, limit: WHOLE_WEIGHT, layer, iteration: 0 },
    { name: 'learning rate', value: rate },
  ]);
}

/** A cost that shot up at the beginning: it never came down to what the features allow, or it did after a long detour. */
function afterOvershoot(facts: Facts): Finding | null {
  const { run } = facts;
  const curve = costCurve(run);
  if (!curve || run.outcome.kind === 'diverged') return null;
  const early = run.history.cost.subarray(0, EARLY).reduce((most, cost) => Math.max(most, cost), 0);
  if (!(early > OVERSHOT * curve.first)) return null;
  const rate = run.experiment.optimizer.learningRate;
  const lost = explainsLess(facts.fit, GOOD) && attainsMore(facts);
  return said(facts, lost || early > FAR_OVERSHOT * curve.first ? 'warning' : 'info', `The cost shot up from ${number(curve.first)} to ${number(early)} in the first iterations${lost ? '' : ' before it came down'}: the learning rate ${rate} is too large.`, [
    { name: 'largest early cost / first cost', value: early / curve.first, limit: OVERSHOT },
    { name: 'learning rate', value: rate },
  ]);
}

function said(facts: Facts, severity: Severity, message: string, evidence: Evidence[]): Finding {
  const { experiment, outcome, iterations } = facts.run;
  const curve = costCurve(facts.run);
  return finding({
    rule: 'learning-rate-too-large',
    severity,
    message,
    explanation: 'Each update steps over the minimum and lands where the slope is steeper, so the next one goes further still. Divide the learning rate by 10 until the cost falls at every iteration.',
    details: [
      ...(outcome.kind === 'diverged' ? [`What is shown are the parameters after ${count(iterations)} iterations, the last with a finite cost.`] : []),
      ...(curve?.rise != null ? [`The largest rise from one iteration to the next was at iteration ${count(curve.rise)}.`] : []),
    ],
    evidence,
    layers: [],
    formula: 'update',
    source: 'AUTOTRAINER (Zhang et al., ICSE 2021), oscillating loss: ζ = 0.03, η = 0.2. UMLAUT (CHI 2021) warns of learning rates above 0.01 for Adam.',
    remedies: [remedies.learningRate(experiment, 0.1), remedies.learningRate(experiment, 0.01), remedies.clip(), ...(experiment.batchSize !== null ? [] : [remedies.adam()])],
  });
}
