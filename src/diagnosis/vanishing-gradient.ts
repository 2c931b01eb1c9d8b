// A gradient that shrinks from layer to layer on its way down, until the first layers do not learn.

import { explainsLess, NOTHING, POOR, shareOf, type Facts } from './facts';
import { finding, type Finding } from './finding';
import { number, percent } from './format';
import * as remedies from './remedy';

/**
 * ‖dW[1]‖ / ‖dW[L]‖, as the median over the snapshots. AUTOTRAINER (ICSE 2021) takes β1 = 1e-3 for large networks; ten times
 * that already leaves a small one behind, and it counts only where little was learned.
 */
const RATIO = 1e-2;
/** A layer between the two can be where it goes lost. */
const FEWEST_LAYERS = 3;
/** SageMaker Debugger, VanishingGradient: a mean |gradient| below it. */
const TINY = 1e-7;

export function vanishingGradient(facts: Facts): Finding | null {
  const { run } = facts;
  if (!facts.trained || run.outcome.kind === 'diverged' || !explainsLess(facts.fit, POOR)) return null;
  // dead units explain a gradient of 0 by themselves
  if (shareOf(facts.end, 'dead').some((share) => share === 1)) return null;
  const norms = run.history.layers.map(({ gradientNorm }) => median(gradientNorm));
  const top = norms.at(-1)!;
  const ratio = norms[0]! / top;
  const means = norms.map((norm, k) => norm / Math.sqrt(run.units[k]! * run.units[k + 1]!));
  const chain = facts.L >= FEWEST_LAYERS && ratio < RATIO;
  const tiny = means.slice(0, -1).some((mean) => mean < TINY);
  if (!chain && !tiny) return null;
  const { experiment } = run;
  const start = run.history.layers[0]!.gradientNorm[0]! / run.history.layers.at(-1)!.gradientNorm[0]!;
  const squashing = experiment.layers.slice(0, -1).some(({ activation }) => activation === 'sigmoid' || activation === 'tanh');
  const layers = norms.flatMap((norm, k) => (norm < RATIO * top || means[k]! < TINY ? [k + 1] : []));
  return finding({
    rule: 'vanishing-gradient',
    severity: explainsLess(facts.fit, NOTHING) ? 'error' : 'warning',
    message: `The gradient vanishes on its way down: ‖dW[1]‖ is ${number(ratio)} times ‖dW[${facts.L}]‖, so the first layers do not learn, and the network explains ${percent(Math.max(0, facts.fit.explained))} of the target.`,
    explanation: `Each layer multiplies the gradient with its W and with g'${squashing ? ", which is at most 1/4 for sigmoid" : ''}: factors below 1 shrink like a power of the number of layers. Take ReLU with initialization he in the hidden layers, or fewer of them.`,
    details: start < RATIO ? ['It was so before the first update, so it comes from the activations and the initialization.'] : [`Before the first update the ratio was ${number(start)}: it went lost during training.`],
    evidence: [
      { name: `‖dW[1]‖ / ‖dW[${facts.L}]‖, median`, value: ratio, limit: RATIO },
      { name: `‖dW[1]‖ / ‖dW[${facts.L}]‖ at the start`, value: start, limit: RATIO, iteration: 0 },
      ...norms.map((value, k) => ({ name: `‖dW[${k + 1}]‖, median`, value, layer: k + 1 })),
    ],
    layers: layers.length > 0 ? layers : [1],
    formula: 'chain-through-layers',
    source: 'AUTOTRAINER (Zhang et al., ICSE 2021): the gradient of the first layer over that of the last is below β1 = 1e-3. SageMaker Debugger, VanishingGradient: below 1e-7.',
    remedies: [
      ...(squashing ? [remedies.hiddenActivation(experiment, 'relu'), remedies.hiddenActivation(experiment, 'tanh')] : []),
      remedies.initialization(squashing ? 'xavier' : 'he'),
      ...(facts.L > FEWEST_LAYERS ? [remedies.fewerLayers(experiment)] : []),
      remedies.adam(),
    ],
  });
}

function median(values: Float64Array): number {
  return values.slice().sort()[Math.floor(values.length / 2)]!;
}
