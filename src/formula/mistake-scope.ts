// The names that the formulas of known mistakes are written with: the values of the world and the wrong
// derivatives that people put in the place of the right ones. Samples are columns.

import { activationNames, type ActivationName } from '../core/activations';
import { lossBackward, lossNames, lossPerSample } from '../core/losses';
import { matrix, type Matrix } from '../core/matrix';
import { FormulaError } from './error';
import type { Scope } from './evaluate';
import { applied, gradientOf } from './scope';
import { toTensor } from './tensors';
import { map, scalar, type Tensor, type Value } from './value';
import { CONSTANTS, type World } from './world';

const SAMPLES = ['A', 'A_prev', 'Z', 'Z_prev', 'Y', 'dA', 'dZ'] as const;

export function mistakeScope(world: World): Scope {
  const given = new Map<string, Value>();
  return {
    lookup(name) {
      const found = given.get(name) ?? valueOf(name, world);
      if (found) given.set(name, found);
      return found;
    },
    layer: () => undefined,
    unknown: (name) => new FormulaError('unknown-name', name, ''),
  };
}

function valueOf(name: string, world: World): Value | undefined {
  if (name === 'np') return { type: 'module', name: 'np' };
  if (name === 'm') return scalar(world.sizes.m);
  if (name === 'lambd') return scalar(CONSTANTS.lambda);
  if (name === 'W') return toTensor(world.W, 'weights', 'columns');
  if (name === 'b') return toTensor(world.b, 'bias', 'columns');
  if (name === 'dW' || name === 'db') return gradientOf(name, world, 'columns');
  if (name === 'alpha') return scalar(CONSTANTS.learningRate);
  if (isSample(name)) return samples(world[name]);
  if (name === 'dAL' && world.loss) return lossPart(`dAL_${world.loss.replaceAll('-', '_')}`, world);
  return lossPart(name, world) ?? derivativePart(name, world);
}

const isSample = (name: string): name is (typeof SAMPLES)[number] => (SAMPLES as readonly string[]).includes(name);
const samples = (source: Matrix): Tensor => toTensor(source, 'samples', 'columns');

/** `dAL_mse`: dAL of a loss. `loss_mse`: the loss, entry by entry. */
function lossPart(name: string, { A, Y, Z }: World): Value | undefined {
  const [, what, of] = /^(dAL|loss)_(.+)$/.exec(name) ?? [];
  const loss = lossNames.find((each) => each.replaceAll('-', '_') === of);
  if (loss === undefined) return undefined;
  const result = matrix(A.rows, A.columns);
  if (what === 'dAL') lossBackward(loss, A, Y, result);
  else {
    const one = (source: Matrix, k: number): Matrix => ({ rows: 1, columns: 1, data: source.data.subarray(k, k + 1) });
    for (let k = 0; k < A.data.length; k++) lossPerSample(loss, 'linear', one(Z, k), one(A, k), one(Y, k), result.data.subarray(k, k + 1));
  }
  return samples(result);
}

/**
 * `dg`: g'(Z). `dg_of_A`: g' taken at A instead. `dform_of_Z`: the form that takes A, given Z. The same of
 * another activation: `dg_tanh_Z`, `dform_tanh_A`. `bad`: the sigmoid with 1 - exp(-Z). `dg_inverted`: of -Z.
 */
function derivativePart(name: string, world: World): Value | undefined {
  const own = world.activation ?? 'linear';
  if (name === 'dg') return derivativeAt(own, samples(world.Z));
  if (name === 'dg_inverted') return derivativeAt(own, map(samples(world.Z), (z) => -z));
  if (name === 'bad') return map(samples(world.Z), (z) => 1 / (1 - Math.exp(-z)));
  const [, form, g, of] = /^(dg|dform)_(\w+?)_((?:A|Z)(?:_prev)?|dA)$/.exec(name) ?? [];
  const activation = g === 'of' ? own : activationNames.find((each) => each.replaceAll('-', '_') === g);
  if (activation === undefined || of === undefined || !isSample(of)) return undefined;
  const at = samples(world[of]);
  if (form === 'dg') return derivativeAt(activation, at);
  if (activation === 'sigmoid') return map(at, (a) => a * (1 - a));
  return activation === 'tanh' ? map(at, (a) => 1 - a * a) : undefined;
}

function derivativeAt(activation: ActivationName, Z: Tensor): Tensor {
  return applied(activation, Z, map(Z, () => 1), 'columns');
}
