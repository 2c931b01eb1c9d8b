// Forward, cost and backward of an L-layer network. Samples are rows here, so Z[l] = A[l-1] W[l]ᵀ + b[l].

import { activate, activateBackward, type ActivationName } from './activations';
import { isStablePair, lossBackward, lossPerSample, stableBackward, type LossName } from './losses';
import { matrix, type Matrix } from './matrix';
import { layerMatrices, type Parameters } from './parameters';

export interface Network {
  /** Activations of layers 1 … L. */
  readonly activations: readonly ActivationName[];
  /** Slopes of leaky ReLU below 0, layers 1 … L; LEAKY_SLOPE where there are none. */
  readonly slopes?: readonly number[];
  readonly loss: LossName;
  /** λ of the cost's λ/(2m) Σ W². */
  readonly l2: number;
}

/** Everything that one forward and backward pass over some samples leaves behind; index l - 1 is layer l. */
export interface Pass {
  /** A[0] … A[L]: here the index is l itself, A[0] = X. */
  readonly A: Matrix[];
  readonly Z: readonly Matrix[];
  /** Of the per-sample loss: no sum, no 1/m. The last one is dAL. */
  readonly dA: readonly Matrix[];
  readonly dZ: readonly Matrix[];
  /** One per sample. */
  readonly losses: Float64Array;
}

/** Room for a pass over `samples` samples. */
export function createPass(parameters: Parameters, samples: number): Pass {
  return {
    A: [matrix(0, 0), ...layerMatrices(parameters, samples)],
    Z: layerMatrices(parameters, samples),
    dA: layerMatrices(parameters, samples),
    dZ: layerMatrices(parameters, samples),
    losses: new Float64Array(samples),
  };
}

/** Fills A and Z of `pass` from X (m × n[0]). */
export function forward(network: Network, parameters: Parameters, X: Matrix, pass: Pass): void {
  pass.A[0] = X;
  parameters.layers.forEach(({ W, b }, k) => {
    affine(pass.A[k]!, W, b, pass.Z[k]!);
    activate(network.activations[k]!, pass.Z[k]!, pass.A[k + 1]!, network.slopes?.[k]);
  });
}

/** Fills the per-sample losses of a pass that went forward; Y is m × n[L]. */
export function losses(network: Network, pass: Pass, Y: Matrix): Float64Array {
  const last = pass.Z.length - 1;
  lossPerSample(network.loss, network.activations[last]!, pass.Z[last]!, pass.A[last + 1]!, Y, pass.losses);
  return pass.losses;
}

/** λ/(2m) Σ W², the part of the cost that the samples do not make. */
export function l2Cost(network: Network, parameters: Parameters, m: number): number {
  if (network.l2 === 0) return 0;
  let sum = 0;
  for (const { W } of parameters.layers) for (const w of W.data) sum += w * w;
  return (network.l2 / (2 * m)) * sum;
}

/**
 * Fills dA and dZ of a pass that went forward, and adds what its samples contribute to the sums that
 * `finishGradients` makes dW and db of: Σ dZ[l] A[l-1]ᵀ and Σ dZ[l], still without 1/m.
 */
export function backward(network: Network, parameters: Parameters, pass: Pass, Y: Matrix, sums: Parameters): void {
  const last = parameters.layers.length - 1;
  const output = network.activations[last]!;
  lossBackward(network.loss, pass.A[last + 1]!, Y, pass.dA[last]!);
  for (let k = last; k >= 0; k--) {
    if (k === last && isStablePair(network.loss, output)) stableBackward(network.loss, pass.A[k + 1]!, Y, pass.dZ[k]!);
    else activateBackward(network.activations[k]!, pass.dA[k]!, pass.Z[k]!, pass.A[k + 1]!, pass.dZ[k]!, network.slopes?.[k]);
    const { W, b } = sums.layers[k]!;
    addAffineBackward(pass.dZ[k]!, pass.A[k]!, W, b);
    if (k > 0) multiply(pass.dZ[k]!, parameters.layers[k]!.W, pass.dA[k - 1]!);
  }
}

/** dW and db from the sums over m samples: the only place where 1/m enters; and λ/m W, the derivative of the L2 part of the cost. */
export function finishGradients(network: Network, parameters: Parameters, m: number, sums: Parameters): void {
  for (let p = 0; p < sums.flat.length; p++) sums.flat[p]! /= m;
  if (network.l2 === 0) return;
  parameters.layers.forEach(({ W }, k) => {
    const dW = sums.layers[k]!.W.data;
    for (let p = 0; p < dW.length; p++) dW[p]! += (network.l2 / m) * W.data[p]!;
  });
}

/** Z = A Wᵀ + b, m × units. */
function affine(A: Matrix, W: Matrix, b: Float64Array, Z: Matrix): void {
  const inputs = W.columns;
  const units = W.rows;
  const a = A.data;
  const w = W.data;
  for (let s = 0; s < A.rows; s++) {
    for (let i = 0; i < units; i++) {
      let sum = b[i]!;
      for (let j = 0, p = s * inputs, q = i * inputs; j < inputs; j++) sum += a[p + j]! * w[q + j]!;
      Z.data[s * units + i] = sum;
    }
  }
}

/** Adds dZᵀ A to the sums for dW and the column sums of dZ to those for db. */
function addAffineBackward(dZ: Matrix, A: Matrix, W: Matrix, b: Float64Array): void {
  const inputs = A.columns;
  const units = dZ.columns;
  for (let s = 0; s < dZ.rows; s++) {
    for (let i = 0; i < units; i++) {
      const d = dZ.data[s * units + i]!;
      b[i]! += d;
      for (let j = 0, p = s * inputs, q = i * inputs; j < inputs; j++) W.data[q + j]! += d * A.data[p + j]!;
    }
  }
}

/** dA[l-1] = dZ[l] W[l], m × inputs. */
function multiply(dZ: Matrix, W: Matrix, dA: Matrix): void {
  const inputs = W.columns;
  const units = W.rows;
  dA.data.fill(0);
  for (let s = 0; s < dZ.rows; s++) {
    for (let i = 0; i < units; i++) {
      const d = dZ.data[s * units + i]!;
      for (let j = 0, p = s * inputs, q = i * inputs; j < inputs; j++) dA.data[p + j]! += d * W.data[q + j]!;
    }
  }
}
