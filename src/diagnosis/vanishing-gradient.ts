// A gradient that shrinks from layer to layer on its way down, until the first layers do not learn.

import { attainsMore, explainsLess, GOOD, NOTHING, POOR, shareOf, type Facts, type States } from './facts';
import { finding, type Finding } from './finding';
import { number, percent } from './format';
import * as remedies from './remedy';

/**
 * dZ[1] / dZ[L] in the root mean square. AUTOTRAINER (ICSE 2021) compares ‖dW[1]‖ with ‖dW[L]‖ at β1 = 1e-3 for large networks;
 * ten times that already leaves the first layers of a small one behind, and it counts only where little was learned.
 */
const RATIO = 1e-2;
/** A layer between the two can be where it goes lost. */
const FEWEST_LAYERS = 3;

export function vanishingGradient(facts: Facts): Finding | null {
  const { run } = facts;
  if (!facts.trained || facts.L < FEWEST_LAYERS || run.outcome.kind === 'diverged' || !heldBack(facts)) return null;
  // dead units explain a gradient of 0 by themselves
  if (shareOf(facts.end, 'dead').some((share) => share === 1)) return null;
  const ratio = Math.min(...facts.endFlow.slice(0, -1));
  if (!(ratio < RATIO)) return null;
  const { experiment } = run;
  // where training has begun to bring it back, the first layer is not the last to get it
  const least = facts.endFlow.indexOf(ratio);
  const start = facts.startFlow[least]!;
  const saturated = (states: States): boolean => shareOf(states, 'saturated').some((share) => share > 0.5);
  // flat units are another rule's, and then the reason for this
  const bySaturation = saturated(facts.start) || (start >= RATIO && saturated(facts.end));
  const squashing = experiment.layers.slice(0, -1).some(({ activation }) => activation === 'sigmoid' || activation === 'tanh');
  const layers = facts.endFlow.flatMap((flow, k) => (flow < RATIO ? [k + 1] : []));
  return finding({
    rule: 'vanishing-gradient',
    severity: explainsLess(facts.fit, NOTHING) && !bySaturation ? 'error' : 'warning',
    message: `The gradient vanishes on its way down: dZ[${least + 1}] is ${number(ratio)} times as large as dZ[${facts.L}], so the first layers hardly learn, and the network explains ${percent(Math.max(0, facts.fit.explained))} of the target.`,
    explanation: `Each layer multiplies the gradient with its W and with g'${squashing ? ", which is at most 1/4 for sigmoid" : ''}: factors below 1 shrink like a power of the number of layers. Take ReLU with initialization he in the hidden layers, or fewer of them.`,
    details: start < RATIO ? ['It was so before the first update, so it comes from the activations and the initialization.'] : [`Before the first update the ratio was ${number(start)}: it went lost during training.`],
    evidence: [
      ...facts.endFlow.slice(0, -1).map((value, k) => ({ name: `dZ[${k + 1}] / dZ[${facts.L}]${k === least ? ', root mean square' : ''}`, value, layer: k + 1, ...(k === least ? { limit: RATIO } : {}) })),
      { name: `dZ[${least + 1}] / dZ[${facts.L}] at the start`, value: start, limit: RATIO, layer: least + 1, iteration: 0 },
      ...run.history.layers.map(({ updateRatio }, k) => ({ name: `‖α dW[${k + 1}]‖ / ‖W[${k + 1}]‖ of the last update kept`, value: updateRatio.at(-2) ?? NaN, layer: k + 1 })).filter(({ value }) => !Number.isNaN(value)),
      ...run.history.layers.map(({ gradientNorm }, k) => ({ name: `‖dW[${k + 1}]‖`, value: gradientNorm.at(-1)!, layer: k + 1, iteration: run.iterations })),
    ],
    layers,
    formula: 'chain-through-layers',
    source: 'AUTOTRAINER (Zhang et al., ICSE 2021): the gradient of the first layer over that of the last is below β1 = 1e-3. SageMaker Debugger, VanishingGradient, has an absolute bound, 1e-7.',
    remedies: [
      ...(squashing && experiment.initialization !== 'he' ? [remedies.both(remedies.hiddenActivation(experiment, 'relu'), remedies.initialization('he'))] : []),
      ...(squashing ? [remedies.hiddenActivation(experiment, 'relu'), remedies.hiddenActivation(experiment, 'tanh')] : []),
      remedies.initialization(squashing ? 'xavier' : 'he'),
      ...(facts.L > FEWEST_LAYERS ? [remedies.fewerLayers(experiment)] : []),
      remedies.adam(),
    ],
  });
}

/** Little was learned; or less than the features allow, from a gradient that was small from the start: a plateau that was left late, if at all. */
function heldBack(facts: Facts): boolean {
  if (explainsLess(facts.fit, POOR)) return true;
  return explainsLess(facts.fit, GOOD) && attainsMore(facts) && facts.startFlow[0]! < RATIO;
}
