// Targets that the output activation cannot reach, whatever the parameters: negative ones under ReLU, those above 1 under sigmoid.

import type { ActivationName } from '../core/activations';
import type { Facts } from './facts';
import { finding, MAX_LINES, MAX_SAMPLES, type Finding } from './finding';
import { count, number } from './format';
import * as remedies from './remedy';

/** Range of each output activation that has an end; swish and GELU have their minimum at -1.278 and -0.752. */
const ranges: Partial<Record<ActivationName, readonly [low: number, high: number]>> = {
  relu: [0, Infinity],
  softplus: [0, Infinity],
  sigmoid: [0, 1],
  softmax: [0, 1],
  tanh: [-1, 1],
  elu: [-1, Infinity],
  swish: [-0.2785, Infinity],
  gelu: [-0.17, Infinity],
};

/** Up to this share of the targets' variance that is lost for good, it is a warning. */
const TOLERATED = 0.01;
/** And up to this share of the targets themselves. */
const FEW = 0.05;

export function unreachableTarget(facts: Facts): Finding | null {
  const { run, view } = facts;
  const activation = run.experiment.layers.at(-1)!.activation;
  const range = ranges[activation];
  // cross-entropy of such targets is a matter of the loss
  if (!range || run.experiment.loss === 'binary-cross-entropy' || run.experiment.loss === 'cross-entropy') return null;
  const [low, high] = range;
  const { data, columns } = view.Y;
  const outside = Array.from(data.keys()).filter((k) => data[k]! < low || data[k]! > high);
  if (outside.length === 0) return null;

  const lost = outside.reduce((sum, k) => sum + (data[k]! - Math.min(high, Math.max(low, data[k]!))) ** 2, 0);
  const mean = data.reduce((sum, y) => sum + y, 0) / data.length;
  const variance = data.reduce((sum, y) => sum + (y - mean) ** 2, 0);
  const below = outside.filter((k) => data[k]! < low).length;
  const scaled = view.targetScaling !== null;
  const which = below === outside.length ? `below ${number(low)}` : below === 0 ? `above ${number(high)}` : `outside ${number(low)} … ${number(high)}`;
  const { lines, targets } = run.samples;
  const samples = [...new Set(outside.map((k) => Math.floor(k / columns)))];
  return finding({
    rule: 'unreachable-target',
    severity: lost > TOLERATED * variance || outside.length > FEW * data.length ? 'error' : 'warning',
    message: `${count(outside.length)} of ${count(data.length)} targets${scaled ? ', as scaled,' : ''} lie ${which}, where a ${activation} output cannot go.`,
    explanation: `A ${activation} output is never ${below > 0 ? `below ${number(low)}` : `above ${number(high)}`}, so these samples stay wrong whatever is learned, and pull the output towards its flat end. ${scaled && below > 0 ? 'Standardizing makes all targets below their mean negative: take a linear output, or scale by the largest value instead.' : 'Take a linear output.'}`,
    evidence: [
      { name: 'targets outside', value: outside.length, limit: 0, layer: facts.L },
      { name: 'share of the variance that cannot be learned', value: lost / variance, limit: TOLERATED },
    ],
    samples: samples.slice(0, MAX_SAMPLES).map((s) => ({ sample: s, line: lines[s]!, values: { target: targets.data[s * columns]! } })),
    lines: samples.slice(0, MAX_LINES).map((s) => lines[s]!),
    layers: [facts.L],
    formula: activation === 'relu' ? 'relu-output' : 'activation-derivative',
    source: 'TheDeepChecker (Ben Braiek and Khomh, 2023): the output must be able to express the magnitude and the sign of the targets.',
    remedies: [remedies.output(run.experiment, 'linear'), remedies.linearAndScaled(run.experiment), ...(below === 0 ? [remedies.scaleTarget(run.experiment)] : [remedies.output(run.experiment, 'leaky-relu')])],
  });
}
