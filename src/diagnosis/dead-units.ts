// Hidden ReLU units that are dead for every sample: what is left of a layer, and since when.

import { explainsLess, GOOD, shareOf, type Facts } from './facts';
import { finding, type Finding } from './finding';
import { count, layersText, list, number } from './format';
import * as remedies from './remedy';

/** SageMaker Debugger, DeadRelu: threshold_layer, half of the units of a layer. */
const LAYER = 0.5;
/** An update of this share of the weights can carry every Z of a unit below 0. (An ordinary one is about 1e-3: Karpathy, CS231n.) */
const LONG_STEP = 0.3;
/** AUTOTRAINER (ICSE 2021), γ. Half of the units start dead where a feature is never negative, and that alone is no fault. */
const MOST = 0.7;

export function deadUnits(facts: Facts): Finding | null {
  const { run } = facts;
  const shares = shareOf(facts.end, 'dead');
  const layers = shares.flatMap((share, k) => (share > LAYER ? [k + 1] : []));
  if (layers.length === 0) return null;
  const whole = layers.filter((layer) => shares[layer - 1] === 1);
  const learned = !(facts.trained && explainsLess(facts.fit, GOOD));
  if (learned && Math.max(...shares) < MOST) return null;
  const { experiment, history } = run;
  const [lowest] = whole.length > 0 ? whole : layers;
  const since = diedAt(history.layers[lowest! - 1]!.inactive);
  // the units may have died over several updates: the largest of the last few before
  const step = history.layers[lowest! - 1]!.updateRatio.subarray(Math.max(0, since - 5), Math.max(1, since)).reduce((most, ratio) => Math.max(most, ratio), 0);
  const fromStart = since === 0;
  const when = fromStart ? 'from the start' : `since iteration ${count(history.iterations[since]!)}`;
  const numbers = list(layers.map((layer) => (shares[layer - 1] === 1 ? `all ${count(run.units[layer]!)}` : `${count(Math.round(shares[layer - 1]! * run.units[layer]!))} of ${count(run.units[layer]!)}`)));
  const killed = !fromStart && step > LONG_STEP ? ` An update ${number(step)} times as large as W[${lowest}] itself killed them: the learning rate ${experiment.optimizer.learningRate} is too large.` : '';
  return finding({
    rule: 'dead-units',
    severity: whole.length > 0 ? 'error' : learned || Math.max(...shares) < MOST ? 'info' : 'warning',
    message: `${numbers[0]!.toUpperCase()}${numbers.slice(1)} units of ${layersText(layers)} are dead ${when}: Z ≤ 0 for every sample, so A = 0 and dZ = 0${whole.length > 0 ? ', and the output is the same for every sample' : ''}.${killed}`,
    explanation: `A ReLU unit with Z ≤ 0 everywhere gets no gradient, so nothing can ever revive it${whole.length > 0 ? ', and layers below a wholly dead one get none either' : ''}. ${fromStart ? 'The initial weights did it: take another initialization or seed.' : 'A large update did it: take a smaller learning rate, or leaky ReLU.'}`,
    evidence: [
      ...shares.map((value, k) => ({ name: `dead units of layer ${k + 1}`, value, limit: LAYER, layer: k + 1 })),
      { name: `‖α dW[${lowest}]‖ / ‖W[${lowest}]‖ before`, value: step, layer: lowest!, iteration: history.iterations[Math.max(0, since - 1)]! },
    ],
    layers,
    formula: 'relu-output',
    source: 'SageMaker Debugger, DeadRelu: more than 50 % of the units of a layer. AUTOTRAINER (ICSE 2021), dying ReLU.',
    remedies: [
      ...(fromStart ? [remedies.initialization('he'), remedies.seed(experiment)] : [remedies.learningRate(experiment, 0.1), remedies.learningRate(experiment, 0.01)]),
      remedies.hiddenActivation(experiment, 'leaky-relu'),
      ...(experiment.normalize.features === 'none' ? [remedies.scaleFeatures(experiment)] : []),
      ...(fromStart ? [] : [remedies.seed(experiment), remedies.clip()]),
    ],
  });
}

/** The first snapshot from which on more than LAYER of the units stay dead. */
function diedAt(inactive: Float64Array): number {
  let at = inactive.length - 1;
  while (at > 0 && inactive[at - 1]! > LAYER) at -= 1;
  return at;
}
