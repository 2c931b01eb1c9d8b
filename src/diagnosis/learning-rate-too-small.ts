// Steps that are too small, or too few: the cost was still falling as fast as at the beginning when the training ended.

import { costCurve } from './cost-curve';
import { attainsMore, explainsLess, GOOD, type Facts } from './facts';
import { finding, type Finding } from './finding';
import { count, number, percent } from './format';
import * as remedies from './remedy';

/** Second half of the iterations against the first: a cost that settles falls far less in the second. */
const STRAIGHT = 0.5;
/** Below it there was hardly any movement: ‖α dW‖ / ‖W‖ over the whole run. Karpathy (CS231n): about 1e-3 an update is ordinary. */
const HARDLY = 1e-5;

export function learningRateTooSmall(facts: Facts): Finding | null {
  const { run } = facts;
  const curve = costCurve(run);
  if (!curve || run.outcome.kind !== 'completed' || !explainsLess(facts.fit, GOOD)) return null;
  const fell = (curve.first - curve.last) / Math.abs(curve.first);
  if (!(fell > 0) || curve.stillFalling < STRAIGHT || !attainsMore(facts)) return null;
  const { experiment, history } = run;
  const ratios = history.layers.map(({ updateRatio }) => medianRatio(updateRatio));
  const largest = Math.max(...ratios);
  const rate = experiment.optimizer.learningRate;
  return finding({
    rule: 'learning-rate-too-small',
    severity: 'warning',
    message: `The cost fell from ${number(curve.first)} to ${number(curve.last)} (${percent(fell)}) in ${count(run.iterations)} iterations and was still falling as fast: the learning rate ${rate} is too small, or the training too short.`,
    explanation: 'The direction is right, but the steps hardly get anywhere. Multiply the learning rate by 10 while the cost falls smoothly, or train longer.',
    evidence: [
      { name: 'drop of the second half / drop of the first', value: curve.stillFalling, limit: STRAIGHT },
      ...ratios.map((value, k) => ({ name: `median ‖α dW[${k + 1}]‖ / ‖W[${k + 1}]‖`, value, layer: k + 1, ...(value === largest ? { limit: HARDLY } : {}) })),
      { name: 'learning rate', value: rate },
    ],
    details: largest < HARDLY ? [`The largest median update of any layer was ${number(largest)} of its weights.`] : [],
    formula: 'update',
    source: 'SageMaker Debugger, LossNotDecreasing and WeightUpdateRatio; AUTOTRAINER (ICSE 2021), slow convergence.',
    remedies: [remedies.learningRate(experiment, 10), remedies.learningRate(experiment, 100), remedies.iterations(experiment, 10), remedies.adam()],
  });
}

function medianRatio(values: Float64Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
