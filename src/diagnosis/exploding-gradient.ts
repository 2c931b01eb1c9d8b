// A gradient that grows from layer to layer on its way down, or is far longer than the weights it is to change.

import { costCurve } from './cost-curve';
import { divergenceCause, EXPLODING_RATIO, EXPLODING_SHARE, firstRatio, firstShares, largestUnscaled, startsExploding, UNSCALED } from './divergence-cause';
import { attainsMore, explainsLess, GOOD, POOR, type Facts } from './facts';
import { finding, type Finding } from './finding';
import { number } from './format';
import * as remedies from './remedy';

/** One hidden layer has no chain of layers to grow along: there the gradient can only be too long for the weights. */
const FEWEST_LAYERS = 3;
/** The cost rose to so many times its first value before it came down: the run got over the explosion, but it was one. */
const SHOT_UP = 2;

export function explodingGradient(facts: Facts): Finding | null {
  const { run } = facts;
  const cause = divergenceCause(facts) === 'exploding-gradient';
  const scaled = largestUnscaled(facts, 'features') <= UNSCALED && largestUnscaled(facts, 'target') <= UNSCALED;
  const exploding = run.outcome.kind !== 'diverged' && facts.trained && scaled && explodes(facts);
  const failed = exploding && explainsLess(facts.fit, POOR);
  const survived = exploding && !failed && (shotUp(facts) || (explainsLess(facts.fit, GOOD) && attainsMore(facts)));
  if (!cause && !failed && !survived) return null;
  const { outcome, experiment } = run;
  const ratio = firstRatio(facts);
  const shares = firstShares(facts);
  const worst = shares.indexOf(Math.max(...shares));
  const norms = run.history.layers.map(({ gradientNorm }) => gradientNorm[0]!);
  const flow = facts.startFlow[0]!;
  const grows = ratio > EXPLODING_RATIO || flow > EXPLODING_RATIO;
  const what = grows
    ? `the gradient explodes on its way down, ${ratio > EXPLODING_RATIO ? `‖dW[1]‖ is ${number(ratio)} times ‖dW[${facts.L}]‖` : `dZ[1] is ${number(flow)} times dZ[${facts.L}] in the root mean square`}`
    : `the gradient explodes, ‖dW[${worst + 1}]‖ is ${number(shares[worst]!)} times ‖W[${worst + 1}]‖`;
  return finding({
    rule: 'exploding-gradient',
    severity: survived ? 'warning' : 'error',
    message: cause && outcome.kind === 'diverged' ? `Cost became ${outcome.cost} at iteration ${outcome.iteration}: ${what} before any update.` : `${what[0]!.toUpperCase()}${what.slice(1)} before any update, and ${survived ? (shotUp(facts) ? 'the cost shot up before it came down' : 'the network learns less than the features allow') : 'the network learns next to nothing'}.`,
    explanation: 'Each layer multiplies the gradient with its W: factors above 1 grow like a power of the number of layers, and the first update throws the weights far away. Start with smaller weights, take fewer layers, or clip the gradient.',
    evidence: [
      { name: `‖dW[1]‖ / ‖dW[${facts.L}]‖`, value: ratio, limit: EXPLODING_RATIO, iteration: 0 },
      { name: `dZ[1] / dZ[${facts.L}], root mean square`, value: flow, limit: EXPLODING_RATIO, iteration: 0 },
      ...shares.map((value, k) => ({ name: `‖dW[${k + 1}]‖ / ‖W[${k + 1}]‖`, value, limit: EXPLODING_SHARE, layer: k + 1, iteration: 0 })),
      ...run.history.layers.map(({ updateRatio }, k) => ({ name: `‖α dW[${k + 1}]‖ / ‖W[${k + 1}]‖ of the first update`, value: updateRatio[0]!, layer: k + 1, iteration: 0 })).filter(({ value }) => !Number.isNaN(value)),
      ...norms.map((value, k) => ({ name: `‖dW[${k + 1}]‖`, value, layer: k + 1, iteration: 0 })),
    ],
    layers: grows ? Array.from({ length: facts.L }, (_, k) => k + 1) : [worst + 1],
    formula: 'chain-through-layers',
    source: 'AUTOTRAINER (Zhang et al., ICSE 2021): the gradient of the first layer over that of the last is above β3 = 70.',
    remedies: [
      remedies.clip(),
      ...(experiment.parameters || experiment.initialization === 'he' ? [remedies.initialization('xavier')] : []),
      ...remedies.withAdam(experiment, remedies.initialization('xavier')),
      remedies.initialization('small'),
      remedies.learningRate(experiment, 0.1),
      remedies.learningRate(experiment, 0.01),
      ...(facts.L > FEWEST_LAYERS ? [remedies.fewerLayers(experiment)] : []),
    ],
  });
}

/** Along the layers dW of the first one may still be short where its inputs are small: the flow of dZ tells as well. */
function explodes(facts: Facts): boolean {
  if (facts.L < FEWEST_LAYERS) return facts.L > 1 && Math.max(...firstShares(facts)) > EXPLODING_SHARE;
  return (startsExploding(facts) || facts.startFlow[0]! > EXPLODING_RATIO) && Math.max(firstRatio(facts), facts.startFlow[0]!) > 1;
}

function shotUp({ run }: Facts): boolean {
  const curve = costCurve(run);
  return curve !== null && run.costs.reduce((most, cost) => Math.max(most, cost), 0) > SHOT_UP * curve.first;
}
