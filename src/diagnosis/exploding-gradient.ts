// A gradient that grows from layer to layer on its way down, or is far longer than the weights it is to change.

import { divergenceCause, EXPLODING_RATIO, EXPLODING_SHARE, firstRatio, firstShares, largestUnscaled, startsExploding, UNSCALED } from './divergence-cause';
import { explainsLess, POOR, type Facts } from './facts';
import { finding, type Finding } from './finding';
import { number } from './format';
import * as remedies from './remedy';

/** One hidden layer has no chain of layers to grow along: there the gradient can only be too long for the weights. */
const FEWEST_LAYERS = 3;

export function explodingGradient(facts: Facts): Finding | null {
  const { run } = facts;
  const cause = divergenceCause(facts) === 'exploding-gradient';
  const scaled = largestUnscaled(facts, 'features') <= UNSCALED && largestUnscaled(facts, 'target') <= UNSCALED;
  const failed = run.outcome.kind !== 'diverged' && facts.trained && scaled && explainsLess(facts.fit, POOR) && (facts.L >= FEWEST_LAYERS ? startsExploding(facts) && firstRatio(facts) > 1 : facts.L > 1 && Math.max(...firstShares(facts)) > EXPLODING_SHARE);
  if (!cause && !failed) return null;
  const { outcome, experiment } = run;
  const ratio = firstRatio(facts);
  const shares = firstShares(facts);
  const worst = shares.indexOf(Math.max(...shares));
  const norms = run.history.layers.map(({ gradientNorm }) => gradientNorm[0]!);
  const what =
    ratio > EXPLODING_RATIO
      ? `the gradient explodes on its way down, ‖dW[1]‖ is ${number(ratio)} times ‖dW[${facts.L}]‖`
      : `the gradient explodes, ‖dW[${worst + 1}]‖ is ${number(shares[worst]!)} times ‖W[${worst + 1}]‖`;
  return finding({
    rule: 'exploding-gradient',
    severity: 'error',
    message: cause && outcome.kind === 'diverged' ? `Cost became ${outcome.cost} at iteration ${outcome.iteration}: ${what} before any update.` : `${what[0]!.toUpperCase()}${what.slice(1)} before any update, and the network learns next to nothing.`,
    explanation: 'Each layer multiplies the gradient with its W: factors above 1 grow like a power of the number of layers, and the first update throws the weights far away. Start with smaller weights, take fewer layers, or clip the gradient.',
    evidence: [
      { name: `‖dW[1]‖ / ‖dW[${facts.L}]‖`, value: ratio, limit: EXPLODING_RATIO, iteration: 0 },
      ...shares.map((value, k) => ({ name: `‖dW[${k + 1}]‖ / ‖W[${k + 1}]‖`, value, limit: EXPLODING_SHARE, layer: k + 1, iteration: 0 })),
      ...norms.map((value, k) => ({ name: `‖dW[${k + 1}]‖`, value, layer: k + 1, iteration: 0 })),
    ],
    layers: ratio > EXPLODING_RATIO ? Array.from({ length: facts.L }, (_, k) => k + 1) : [worst + 1],
    formula: 'chain-through-layers',
    source: 'AUTOTRAINER (Zhang et al., ICSE 2021): the gradient of the first layer over that of the last is above β3 = 70.',
    remedies: [
      remedies.clip(),
      ...(experiment.parameters || experiment.initialization === 'he' ? [remedies.initialization('xavier')] : []),
      remedies.initialization('small'),
      remedies.learningRate(experiment, 0.1),
      remedies.learningRate(experiment, 0.01),
      ...(facts.L > FEWEST_LAYERS ? [remedies.fewerLayers(experiment)] : []),
    ],
  });
}
