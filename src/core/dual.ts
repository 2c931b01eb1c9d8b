// Dual numbers: a value and its derivative by one parameter, carried through every operation of the forward pass.
// Forward-mode differentiation has no step size, and shares no formula with backward: each derivative here is
// that of a single operation (Griewank and Walther, Evaluating Derivatives, 2008, chapter 3).

import type { ActivationName } from './activations';
import { erfc } from './erf';
import type { LossName } from './losses';
import * as math from './math';

export interface Dual {
  readonly value: number;
  readonly tangent: number;
}

export function dual(value: number, tangent = 0): Dual {
  return { value, tangent };
}

const add = (a: Dual, b: Dual): Dual => dual(a.value + b.value, a.tangent + b.tangent);
const subtract = (a: Dual, b: Dual): Dual => dual(a.value - b.value, a.tangent - b.tangent);
const multiply = (a: Dual, b: Dual): Dual => dual(a.value * b.value, a.tangent * b.value + a.value * b.tangent);
const divide = (a: Dual, b: Dual): Dual => dual(a.value / b.value, (a.tangent - (a.value / b.value) * b.tangent) / b.value);
const negate = (a: Dual): Dual => dual(-a.value, -a.tangent);
const exp = (a: Dual): Dual => dual(math.exp(a.value), a.tangent * math.exp(a.value));
const log = (a: Dual): Dual => dual(math.log(a.value), a.tangent / a.value);
const absolute = (a: Dual): Dual => (a.value < 0 ? negate(a) : a.value === 0 ? dual(0) : a);
const expm1 = (a: Dual): Dual => dual(math.expm1(a.value), a.tangent * math.exp(a.value));
const log1plus = (a: Dual): Dual => dual(math.log1plus(a.value), a.tangent / (1 + a.value));
const complementaryError = (a: Dual): Dual => dual(erfc(a.value), (-2 / Math.sqrt(Math.PI)) * math.exp(-a.value * a.value) * a.tangent);

const ONE = dual(1);
const HALF = dual(0.5);

/** 1 / (1 + e^-z) or e^z / (1 + e^z), whichever does not overflow. */
function sigmoid(z: Dual): Dual {
  const e = exp(z.value >= 0 ? negate(z) : z);
  return divide(z.value >= 0 ? ONE : e, add(ONE, e));
}

/** (1 - e^-2z) / (1 + e^-2z), or the same with e^2z. */
function tanh(z: Dual): Dual {
  const t = expm1(multiply(dual(-2), z.value >= 0 ? z : negate(z)));
  const size = divide(negate(t), add(t, dual(2)));
  return z.value >= 0 ? size : negate(size);
}

const elementwise: Record<Exclude<ActivationName, 'softmax'>, (z: Dual, slope: number) => Dual> = {
  linear: (z) => z,
  relu: (z) => (z.value <= 0 ? dual(0) : z),
  'leaky-relu': (z, slope) => (z.value <= 0 ? multiply(dual(slope), z) : z),
  sigmoid,
  tanh,
  swish: (z) => multiply(z, sigmoid(z)),
  gelu: (z) => multiply(z, multiply(HALF, complementaryError(multiply(dual(-Math.SQRT1_2), z)))),
  elu: (z) => (z.value <= 0 ? expm1(z) : z),
  softplus: (z) => add(z.value > 0 ? z : dual(0), log1plus(exp(z.value > 0 ? negate(z) : z))),
};

/** g over the units of one sample. */
export function activateDuals(name: ActivationName, z: readonly Dual[], slope: number): Dual[] {
  if (name !== 'softmax') return z.map((value) => elementwise[name](value, slope));
  const powers = z.map((value) => exp(subtract(value, dual(largest(z)))));
  const sum = powers.reduce(add);
  return powers.map((power) => divide(power, sum));
}

/** dA/dZ of an elementwise activation at one point. */
export function activationTangent(name: Exclude<ActivationName, 'softmax'>, z: number, slope: number): number {
  return elementwise[name](dual(z, 1), slope).tangent;
}

/** The loss of one sample, from A or, for the pairs whose logarithms cancel, from Z. */
export function lossDual(loss: LossName, output: ActivationName, z: readonly Dual[], a: readonly Dual[], y: ArrayLike<number>): Dual {
  if (loss === 'cross-entropy' && output === 'softmax') {
    const shift = dual(largest(z));
    const logSum = add(shift, log(z.map((value) => exp(subtract(value, shift))).reduce(add)));
    return z.map((value, i) => multiply(dual(y[i]!), subtract(logSum, value))).reduce(add);
  }
  if (loss === 'binary-cross-entropy' && output === 'sigmoid') {
    return z.map((value, i) => subtract(elementwise.softplus(value, 0), multiply(dual(y[i]!), value))).reduce(add);
  }
  return a.map((value, i) => entrywise[loss](value, dual(y[i]!))).reduce(add);
}

const entrywise: Record<LossName, (a: Dual, y: Dual) => Dual> = {
  mse: (a, y) => multiply(HALF, multiply(subtract(a, y), subtract(a, y))),
  mae: (a, y) => absolute(subtract(a, y)),
  huber: (a, y) => {
    const e = absolute(subtract(a, y));
    return e.value <= 1 ? multiply(HALF, multiply(e, e)) : subtract(e, HALF);
  },
  'binary-cross-entropy': (a, y) => {
    const ones = y.value === 0 ? dual(0) : multiply(y, log(a));
    return negate(add(ones, y.value === 1 ? dual(0) : multiply(subtract(ONE, y), log(subtract(ONE, a)))));
  },
  'cross-entropy': (a, y) => (y.value === 0 ? dual(0) : negate(multiply(y, log(a)))),
};

function largest(z: readonly Dual[]): number {
  return z.reduce((most, { value }) => (value <= most ? most : value), -Infinity);
}
