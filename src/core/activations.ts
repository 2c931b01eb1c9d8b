// Activations g and their derivatives, each derivative straight under the function that it derives.

import { erfc } from './erf';
import { exp, expm1, log1plus, sigmoid, tanh } from './math';
import type { Matrix } from './matrix';

export const activationNames = ['linear', 'relu', 'leaky-relu', 'sigmoid', 'tanh', 'swish', 'gelu', 'elu', 'softplus', 'softmax'] as const;
export type ActivationName = (typeof activationNames)[number];

/** Slope of leaky ReLU below 0 where none is given, as in PyTorch. */
export const LEAKY_SLOPE = 0.01;

interface Elementwise {
  /** `slope` is for leaky ReLU. */
  readonly g: (z: number, slope: number) => number;
  /** g'(z); `a` is g(z), which spares some of them the work. */
  readonly derivative: (z: number, a: number, slope: number) => number;
  /** Whether g or g' has a corner at 0, where a central difference is not the derivative. */
  readonly corner?: true;
}

// `z <= 0 ? 0 : z` and not `z > 0 ? z : 0`: a NaN has to stay one, or a run that broke looks healthy.
const elementwise: Record<Exclude<ActivationName, 'softmax'>, Elementwise> = {
  linear: {
    g: (z) => z,
    derivative: () => 1,
  },
  relu: {
    g: (z) => (z <= 0 ? 0 : z),
    derivative: (z) => (z <= 0 ? 0 : 1),
    corner: true,
  },
  'leaky-relu': {
    g: (z, slope) => (z <= 0 ? slope * z : z),
    derivative: (z, _, slope) => (z <= 0 ? slope : 1),
    corner: true,
  },
  sigmoid: {
    g: sigmoid,
    derivative: (_, a) => a * (1 - a),
  },
  tanh: {
    g: tanh,
    derivative: (_, a) => 1 - a * a,
  },
  // Ramachandran, Zoph and Le, 2017 (also SiLU)
  swish: {
    g: (z) => z * sigmoid(z),
    derivative: (z, a) => a + sigmoid(z) * (1 - a),
  },
  // Hendrycks and Gimpel, 2016, the exact form: z Φ(z), Φ the standard normal distribution
  gelu: {
    g: (z) => z * normalDistribution(z),
    derivative: (z) => normalDistribution(z) + (z * exp((-z * z) / 2)) / ROOT_OF_2_PI,
  },
  // Clevert, Unterthiner and Hochreiter, 2016, with α = 1
  elu: {
    g: (z) => (z <= 0 ? expm1(z) : z),
    derivative: (z, a) => (z <= 0 ? a + 1 : 1),
    corner: true,
  },
  softplus: {
    g: (z) => (z > 0 ? z : 0) + log1plus(exp(-Math.abs(z))),
    derivative: (z) => sigmoid(z),
  },
};

const ROOT_OF_2_PI = 2.5066282746310002;

function normalDistribution(z: number): number {
  return erfc(-z / Math.SQRT2) / 2;
}

/** A = g(Z), both m × n[l]. Softmax is taken over each row, less its largest entry against overflow. */
export function activate(name: ActivationName, Z: Matrix, A: Matrix, slope = LEAKY_SLOPE): void {
  if (name === 'softmax') return softmax(Z, A);
  const { g } = elementwise[name];
  const z = Z.data;
  const a = A.data;
  for (let k = 0; k < z.length; k++) a[k] = g(z[k]!, slope);
}

/** dZ = dA * g'(Z), all m × n[l]; for softmax each row of dA times the Jacobian: A (dA - Σ dA A). */
export function activateBackward(name: ActivationName, dA: Matrix, Z: Matrix, A: Matrix, dZ: Matrix, slope = LEAKY_SLOPE): void {
  if (name === 'softmax') return softmaxBackward(dA, A, dZ);
  const { derivative } = elementwise[name];
  const z = Z.data;
  const a = A.data;
  const da = dA.data;
  const dz = dZ.data;
  for (let k = 0; k < z.length; k++) dz[k] = da[k]! * derivative(z[k]!, a[k]!, slope);
}

/** Whether a step that carries Z across 0 meets a corner of g or g'. */
export function hasCorner(name: ActivationName): boolean {
  return name !== 'softmax' && elementwise[name].corner === true;
}

function softmax(Z: Matrix, A: Matrix): void {
  const n = Z.columns;
  for (let s = 0; s < Z.rows; s++) {
    const z = Z.data.subarray(s * n, s * n + n);
    const a = A.data.subarray(s * n, s * n + n);
    const largest = largestOf(z);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += a[i] = exp(z[i]! - largest);
    for (let i = 0; i < n; i++) a[i]! /= sum;
  }
}

/** NaN where one of them is. */
export function largestOf(values: Float64Array): number {
  let largest = values[0]!;
  for (const value of values) if (!(value <= largest)) largest = value;
  return largest;
}

function softmaxBackward(dA: Matrix, A: Matrix, dZ: Matrix): void {
  const n = A.columns;
  for (let s = 0; s < A.rows; s++) {
    let sum = 0;
    for (let k = s * n; k < s * n + n; k++) sum += dA.data[k]! * A.data[k]!;
    for (let k = s * n; k < s * n + n; k++) dZ.data[k] = A.data[k]! * (dA.data[k]! - sum);
  }
}
