// Per-sample losses and dAL, their derivative by A[L]: no activation in it, no sum over samples, no 1/m.

import { largestOf, type ActivationName } from './activations';
import { exp, log, log1plus } from './math';
import type { Matrix } from './matrix';

export const lossNames = ['mse', 'mae', 'huber', 'binary-cross-entropy', 'cross-entropy'] as const;
export type LossName = (typeof lossNames)[number];

/** Where the Huber loss turns from a parabola into a line. */
const HUBER_DELTA = 1;

interface Entrywise {
  /** The share of one output in the loss of one sample. */
  readonly loss: (a: number, y: number) => number;
  readonly derivative: (a: number, y: number) => number;
  /** Distances a - y at which the loss or its derivative has a corner. */
  readonly corners?: readonly number[];
}

const entrywise: Record<LossName, Entrywise> = {
  mse: {
    loss: (a, y) => 0.5 * (a - y) * (a - y),
    derivative: (a, y) => a - y,
  },
  mae: {
    loss: (a, y) => Math.abs(a - y),
    derivative: (a, y) => Math.sign(a - y),
    corners: [0],
  },
  huber: {
    loss: (a, y) => {
      const e = Math.abs(a - y);
      return e <= HUBER_DELTA ? 0.5 * e * e : HUBER_DELTA * (e - 0.5 * HUBER_DELTA);
    },
    derivative: (a, y) => Math.max(-HUBER_DELTA, Math.min(HUBER_DELTA, a - y)),
    corners: [-HUBER_DELTA, HUBER_DELTA],
  },
  // 0 · log 0 counts as 0, its limit
  'binary-cross-entropy': {
    loss: (a, y) => -(y === 0 ? 0 : y * log(a)) - (y === 1 ? 0 : (1 - y) * log(1 - a)),
    derivative: (a, y) => (y === 0 ? 0 : -y / a) + (y === 1 ? 0 : (1 - y) / (1 - a)),
  },
  'cross-entropy': {
    loss: (a, y) => (y === 0 ? 0 : -y * log(a)),
    derivative: (a, y) => (y === 0 ? 0 : -y / a),
  },
};

/** Whether loss and output activation are a pair whose logarithms cancel, so that Z gives the stable form. */
export function isStablePair(loss: LossName, output: ActivationName): boolean {
  return (loss === 'binary-cross-entropy' && output === 'sigmoid') || (loss === 'cross-entropy' && output === 'softmax');
}

/** Loss of each of the m samples into `losses`, summed over its outputs. A, Z and Y are m × n[L]. */
export function lossPerSample(loss: LossName, output: ActivationName, Z: Matrix, A: Matrix, Y: Matrix, losses: Float64Array): void {
  const n = A.columns;
  if (isStablePair(loss, output)) return lossFromPreActivation(loss, Z, Y, losses);
  const entry = entrywise[loss].loss;
  for (let s = 0; s < A.rows; s++) {
    let sum = 0;
    for (let k = s * n; k < s * n + n; k++) sum += entry(A.data[k]!, Y.data[k]!);
    losses[s] = sum;
  }
}

/** dAL, m × n[L]. */
export function lossBackward(loss: LossName, A: Matrix, Y: Matrix, dAL: Matrix): void {
  const { derivative } = entrywise[loss];
  for (let k = 0; k < A.data.length; k++) dAL.data[k] = derivative(A.data[k]!, Y.data[k]!);
}

/** The loss of a stable pair without log(A), which is -∞ as soon as A rounds to 0. */
function lossFromPreActivation(loss: LossName, Z: Matrix, Y: Matrix, losses: Float64Array): void {
  const n = Z.columns;
  for (let s = 0; s < Z.rows; s++) {
    const z = Z.data.subarray(s * n, s * n + n);
    const y = Y.data.subarray(s * n, s * n + n);
    let sum = 0;
    if (loss === 'binary-cross-entropy') {
      for (let i = 0; i < n; i++) sum += (z[i]! > 0 ? z[i]! : 0) - z[i]! * y[i]! + log1plus(exp(-Math.abs(z[i]!)));
    } else {
      const logSum = logSumExp(z);
      for (let i = 0; i < n; i++) if (y[i] !== 0) sum += y[i]! * (logSum - z[i]!);
    }
    losses[s] = sum;
  }
}

/** dZ[L] of a stable pair, where dAL * g'(Z) would be ∞ · 0 once A rounds to 0 or 1. */
export function stableBackward(loss: LossName, A: Matrix, Y: Matrix, dZ: Matrix): void {
  const n = A.columns;
  for (let s = 0; s < A.rows; s++) {
    let weight = 1;
    if (loss === 'cross-entropy') {
      weight = 0;
      for (let k = s * n; k < s * n + n; k++) weight += Y.data[k]!;
    }
    for (let k = s * n; k < s * n + n; k++) dZ.data[k] = weight * A.data[k]! - Y.data[k]!;
  }
}

function logSumExp(z: Float64Array): number {
  const largest = largestOf(z);
  let sum = 0;
  for (const value of z) sum += exp(value - largest);
  return largest + log(sum);
}

/** Whether a step of a prediction from `a` to `b` crosses a corner of the loss. */
export function crossesCorner(loss: LossName, a: number, b: number, y: number): boolean {
  return (entrywise[loss].corners ?? []).some((corner) => a - y > corner !== b - y > corner);
}
