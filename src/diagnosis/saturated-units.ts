// Sigmoid and tanh units that lie on a flat end for nearly every sample.

import { explainsLess, GOOD, POOR, shareOf, type Facts } from './facts';
import { finding, type Finding } from './finding';
import { count, layersText, list, percent } from './format';
import * as remedies from './remedy';

/** SageMaker Debugger, SaturatedActivation and DeadRelu: threshold_layer, half of the units of a layer. */
const LAYER = 0.5;

export function saturatedUnits(facts: Facts): Finding | null {
  const { run } = facts;
  if (!facts.trained || !explainsLess(facts.fit, GOOD)) return null;
  const shares = shareOf(facts.end, 'saturated');
  const layers = shares.flatMap((share, k) => (share > LAYER ? [k + 1] : []));
  if (layers.length === 0) return null;
  const fromStart = shareOf(facts.start, 'saturated').some((share) => share > LAYER);
  const { experiment } = run;
  const numbers = layers.map((layer) => `${count(facts.end[layer - 1]!.filter((state) => state === 'saturated').length)} of ${count(run.units[layer]!)}`);
  return finding({
    rule: 'saturated-units',
    severity: explainsLess(facts.fit, POOR) ? 'error' : 'warning',
    message: `${list(numbers)} units of ${layersText(layers)} are saturated${fromStart ? ' from the start' : ''}: ${list([...new Set(layers.map((layer) => experiment.layers[layer - 1]!.activation))])} is at an end of its range for nearly every sample, where its derivative is almost 0.`,
    explanation: `dZ = dA * g'(Z), and on a flat end g' is nearly 0, so these units hardly learn and pass hardly anything on. ${fromStart ? 'Z is large from the start: scale the features, or start with smaller weights.' : 'The updates drove them there: take a smaller learning rate, or start anew.'}`,
    evidence: shares.map((value, k) => ({ name: `saturated units of layer ${k + 1}`, value, limit: LAYER, layer: k + 1 })),
    details: [`They are ${percent(Math.max(...shares))} of the units of the worst layer.`],
    layers,
    formula: 'activation-derivative',
    source: 'SageMaker Debugger, SaturatedActivation: more than 50 % of the nodes of a layer.',
    remedies: [
      ...(experiment.normalize.features === 'none' ? [remedies.scaleFeatures(experiment)] : []),
      ...(fromStart ? [remedies.initialization('xavier'), remedies.initialization('small')] : [remedies.learningRate(experiment, 0.1), remedies.initialization('xavier')]),
      ...remedies.withAdam(experiment, remedies.initialization('xavier')),
      remedies.hiddenActivation(experiment, 'relu'),
      remedies.seed(experiment),
    ],
  });
}
