// Central differences of the cost by one parameter at a time. A step of W[l][i][j] changes only
// column i of Z[l], by a known amount, so only what lies above it is computed again.

import { activate, hasCorner } from './activations';
import { crossesCorner, lossPerSample } from './losses';
import { matrix, type Matrix } from './matrix';
import { createPass, forward, losses as lossesOf, type Network } from './network';
import { layerMatrices, type Parameters } from './parameters';

export interface Difference {
  readonly derivative: number;
  /** Bound of what rounding of the costs can have added to it. */
  readonly roundingError: number;
}

export interface Perturbation {
  /** Derivative of the cost by W[l][i][j], l = k + 1; null at a kink. */
  weight(k: number, i: number, j: number): Difference | null;
  /** Derivative of the cost by b[l][i], l = k + 1; null at a kink. */
  bias(k: number, i: number): Difference | null;
}

/** Steps relative to the parameter, largest first: truncation error h⁴ against rounding error 1/h; smaller ones step around kinks. */
const STEPS = [1e-3, 3e-5, 1e-6];
/** The four-point stencil: f'(x) ≈ (f(x-2h) - 8 f(x-h) + 8 f(x+h) - f(x+2h)) / 12h (Abramowitz and Stegun 25.3.6). */
const STENCIL = [
  [-2, 1],
  [-1, -8],
  [1, 8],
  [2, -1],
] as const;
/** Roundings that a loss goes through are of this many units in the last place, with room to spare. */
const ULPS = 16 * Number.EPSILON;

export function createPerturbation(network: Network, parameters: Parameters, X: Matrix, Y: Matrix): Perturbation {
  const m = X.rows;
  const base = createPass(parameters, m);
  forward(network, parameters, X, base);
  lossesOf(network, base, Y);
  const Z = layerMatrices(parameters, m);
  const A = layerMatrices(parameters, m);
  const [baseZ, movedZ, movedA] = [matrix(m, 1), matrix(m, 1), matrix(m, 1)];
  const losses = new Float64Array(m);
  const last = parameters.layers.length - 1;
  const ones = matrix(m, 1);
  ones.data.fill(1);

  /** The losses after column i of Z[l], l = k + 1, moved by step · input[:, j]; null if a corner was crossed. */
  function lossesAfter(k: number, i: number, input: Matrix, j: number, step: number): Float64Array | null {
    const units = Z[k]!.columns;
    Z[k]!.data.set(base.Z[k]!.data);
    for (let s = 0; s < m; s++) {
      const z = base.Z[k]!.data[s * units + i]! + step * input.data[s * input.columns + j]!;
      Z[k]!.data[s * units + i] = movedZ.data[s] = z;
      baseZ.data[s] = base.Z[k]!.data[s * units + i]!;
    }
    if (hasCorner(network.activations[k]!) && crossesZero(baseZ, movedZ)) return null;
    if (network.activations[k] === 'softmax') activate('softmax', Z[k]!, A[k]!);
    else {
      // one column changed, so one is activated
      activate(network.activations[k]!, movedZ, movedA);
      A[k]!.data.set(base.A[k + 1]!.data);
      for (let s = 0; s < m; s++) A[k]!.data[s * units + i] = movedA.data[s]!;
    }
    for (let l = k + 1; l <= last; l++) {
      addChange(A[l - 1]!, base.A[l]!, parameters.layers[l]!.W, base.Z[l]!, Z[l]!, l === k + 1 ? i : null);
      if (hasCorner(network.activations[l]!) && crossesZero(base.Z[l]!, Z[l]!)) return null;
      activate(network.activations[l]!, Z[l]!, A[l]!);
    }
    if (crossesLossCorner(network, base.A[last + 1]!, A[last]!, Y)) return null;
    lossPerSample(network.loss, network.activations[last]!, Z[last]!, A[last]!, Y, losses);
    return losses;
  }

  /** The stencil at one step size; `l2Slope` is the derivative of the L2 part, known exactly. */
  function difference(k: number, i: number, input: Matrix, j: number, h: number, l2Slope: number): Difference | null {
    const sums = new Float64Array(m);
    let size = 0;
    for (const [at, weight] of STENCIL) {
      const values = lossesAfter(k, i, input, j, at * h);
      if (values === null) return null;
      // less the loss before the step: where nothing changed, the difference is exactly 0
      for (let s = 0; s < m; s++) {
        sums[s]! += weight * (values[s]! - base.losses[s]!);
        size += Math.abs(weight * values[s]!);
      }
    }
    let sum = 0;
    for (const value of sums) sum += value;
    return { derivative: sum / m / (12 * h) + l2Slope, roundingError: (ULPS * size) / m / (12 * h) };
  }

  function withSmallerSteps(k: number, i: number, input: Matrix, j: number, parameter: number, l2Slope: number): Difference | null {
    const scale = Math.max(1, Math.abs(parameter)) / Math.max(1, rootMeanSquare(input, j));
    for (const step of STEPS) {
      const result = difference(k, i, input, j, step * scale, l2Slope);
      if (result !== null) return result;
    }
    return null;
  }

  return {
    weight(k, i, j) {
      const { W } = parameters.layers[k]!;
      const w = W.data[i * W.columns + j]!;
      return withSmallerSteps(k, i, base.A[k]!, j, w, (network.l2 / m) * w);
    },
    bias: (k, i) => withSmallerSteps(k, i, ones, 0, parameters.layers[k]!.b[i]!, 0),
  };
}

/** Z = base + (A - baseA) Wᵀ; `only` names the one column of A that changed, where it is one. */
function addChange(A: Matrix, baseA: Matrix, W: Matrix, base: Matrix, Z: Matrix, only: number | null): void {
  const inputs = W.columns;
  const units = W.rows;
  for (let s = 0; s < A.rows; s++) {
    const a = s * inputs;
    for (let i = 0; i < units; i++) {
      const w = i * inputs;
      let change = 0;
      if (only === null) for (let j = 0; j < inputs; j++) change += (A.data[a + j]! - baseA.data[a + j]!) * W.data[w + j]!;
      else change = (A.data[a + only]! - baseA.data[a + only]!) * W.data[w + only]!;
      Z.data[s * units + i] = base.data[s * units + i]! + change;
    }
  }
}

function crossesZero(base: Matrix, moved: Matrix): boolean {
  for (let p = 0; p < base.data.length; p++) {
    if (base.data[p]! !== moved.data[p]! && base.data[p]! <= 0 !== moved.data[p]! <= 0) return true;
  }
  return false;
}

function crossesLossCorner(network: Network, base: Matrix, moved: Matrix, Y: Matrix): boolean {
  for (let p = 0; p < base.data.length; p++) {
    if (crossesCorner(network.loss, base.data[p]!, moved.data[p]!, Y.data[p]!)) return true;
  }
  return false;
}

function rootMeanSquare(source: Matrix, column: number): number {
  let sum = 0;
  for (let s = 0; s < source.rows; s++) sum += source.data[s * source.columns + column]! ** 2;
  return Math.sqrt(sum / source.rows);
}
