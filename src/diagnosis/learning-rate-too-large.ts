// Steps that overshoot: the cost becomes infinite, rises, or swings instead of falling.

import { costCurve, SWING, TURNS } from './cost-curve';
import { divergenceCause, hasLargeStep } from './divergence-cause';
import { explainsLess, GOOD, POOR, type Facts } from './facts';
import { finding, type Evidence, type Finding, type Severity } from './finding';
import { count, number } from './format';
import * as remedies from './remedy';

/** The cost ends so much above its beginning. SageMaker Debugger's LossNotDecreasing also compares with an earlier cost. */
const RISEN = 1.05;
/** A first update longer than the weights that it changes: they start anew. (An ordinary one is about 1e-3 of them: Karpathy, CS231n.) */
const WHOLE_WEIGHT = 1;

export function learningRateTooLarge(facts: Facts): Finding | null {
  return afterDivergence(facts) ?? afterRise(facts) ?? afterJump(facts);
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
  if (curve.last > RISEN * curve.first && explainsLess(facts.fit, GOOD)) {
    return said(facts, 'error', `The cost rose from ${number(curve.first)} to ${number(curve.last)}: the learning rate ${rate} is too large.`, [
      { name: 'last cost / first cost', value: curve.last / curve.first, limit: RISEN },
      { name: 'learning rate', value: rate },
    ]);
  }
  if (curve.swing > SWING && curve.turns > TURNS) {
    const severity = explainsLess(facts.fit, POOR) ? 'error' : explainsLess(facts.fit, GOOD) ? 'warning' : 'info';
    return said(facts, severity, `The cost oscillates to the end, by up to ${number(100 * curve.swing)} % of its whole drop from one ${run.experiment.batchSize === null ? 'iteration' : 'look'} to the next: the learning rate ${rate} is too large.`, [
      { name: 'swing / whole drop', value: curve.swing, limit: SWING },
      { name: 'share of steps at which it turns', value: curve.turns, limit: TURNS },
      { name: 'learning rate', value: rate },
    ]);
  }
  return null;
}

/** Little was learned after a first update that left nothing of the initial weights. */
function afterJump(facts: Facts): Finding | null {
  const { run } = facts;
  if (!facts.trained || !explainsLess(facts.fit, POOR)) return null;
  const early = run.history.layers.map(({ updateRatio }) => updateRatio.subarray(0, 3).reduce((most, ratio) => Math.max(most, ratio), 0));
  const worst = early.indexOf(Math.max(...early));
  if (!(early[worst]! > WHOLE_WEIGHT) || run.experiment.initialization === 'small') return null;
  const rate = run.experiment.optimizer.learningRate;
  return said(facts, 'warning', `The first updates were up to ${number(early[worst]!)} times as large as W[${worst + 1}] itself: the learning rate ${rate} is too large.`, [
    { name: `‖α dW[${worst + 1}]‖ / ‖W[${worst + 1}]‖`, value: early[worst]!, limit: WHOLE_WEIGHT, layer: worst + 1, iteration: 0 },
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
