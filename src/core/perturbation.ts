// The losses after a step of one parameter at a time. A step of W[l][i][j] changes only column i of Z[l], by a
// known amount, so only what lies above it is computed again. The kernels and this twin give the same bits.

import { activate, hasCorner } from './activations';
import type { EngineOptions } from './engine';
import { createKernelPerturbation } from './kernels/perturbation';
import { crossesCorner, lossPerSample } from './losses';
import { matrix, type Matrix } from './matrix';
import { createPass, forward, losses as lossesOf, type Network } from './network';
import { layerMatrices, type Parameters } from './parameters';

/** One entry of W[l], or of b[l] where `j` is null; i and j count from 0. */
export interface Entry {
  readonly l: number;
  readonly i: number;
  readonly j: number | null;
}

export interface Difference {
  /** Σ over the samples and the points of the stencil of weight · (loss - loss without the step). */
  readonly sum: number;
  /** The same of |weight · loss|: what rounding errors are proportional to. */
  readonly size: number;
  /** Whether a step carried some pre-activation, or a prediction, across a corner. The sums are then of no use unless kinks were ignored. */
  readonly kink: boolean;
}

/** Multiples of the step, and the weight of the loss there. */
export type Stencil = readonly (readonly [place: number, weight: number])[];

export interface Perturbation {
  /** One difference for each entry and its step. At most 4 points. */
  differences(entries: readonly Entry[], steps: Float64Array, stencil: Stencil, ignoreKinks?: boolean): Difference[];
  /** Lets a helping thread end. */
  dispose(): void;
}

/** X is m × n[0], Y is m × n[L]. `parameters` are read, never touched. */
export function createPerturbation(network: Network, parameters: Parameters, X: Matrix, Y: Matrix, options: EngineOptions = {}): Perturbation {
  const kernels = options.kind === 'typescript' ? null : createKernelPerturbation(network, parameters, X, Y, options.startHelper);
  return kernels ?? createTwinPerturbation(network, parameters, X, Y);
}

function createTwinPerturbation(network: Network, parameters: Parameters, X: Matrix, Y: Matrix): Perturbation {
  const m = X.rows;
  const base = createPass(parameters, m);
  forward(network, parameters, X, base);
  lossesOf(network, base, Y);
  const Z = layerMatrices(parameters, m);
  const A = layerMatrices(parameters, m);
  const [movedZ, movedA] = [matrix(m, 1), matrix(m, 1)];
  const losses = new Float64Array(m);
  const last = parameters.layers.length - 1;

  /** Fills `losses` after column i of Z[l] moved by step · A[l-1][:, j]; whether a corner was crossed. */
  function move({ l, i, j }: Entry, step: number): boolean {
    const k = l - 1;
    const units = Z[k]!.columns;
    const input = base.A[k]!;
    let crossed = false;
    Z[k]!.data.set(base.Z[k]!.data);
    for (let s = 0; s < m; s++) {
      const z = base.Z[k]!.data[s * units + i]!;
      const moved = z + step * (j === null ? 1 : input.data[s * input.columns + j]!);
      if (z <= 0 !== moved <= 0) crossed = true;
      Z[k]!.data[s * units + i] = movedZ.data[s] = moved;
    }
    crossed &&= hasCorner(network.activations[k]!);
    if (network.activations[k] === 'softmax') activate('softmax', Z[k]!, A[k]!);
    else {
      // one column changed, so one is activated
      activate(network.activations[k]!, movedZ, movedA, network.slopes?.[k]);
      A[k]!.data.set(base.A[k + 1]!.data);
      for (let s = 0; s < m; s++) A[k]!.data[s * units + i] = movedA.data[s]!;
    }
    for (let above = k + 1; above <= last; above++) {
      addChange(A[above - 1]!, base.A[above]!, parameters.layers[above]!.W, base.Z[above]!, Z[above]!, above === k + 1 ? i : null);
      if (hasCorner(network.activations[above]!) && crossesZero(base.Z[above]!, Z[above]!)) crossed = true;
      activate(network.activations[above]!, Z[above]!, A[above]!, network.slopes?.[above]);
    }
    lossPerSample(network.loss, network.activations[last]!, Z[last]!, A[last]!, Y, losses);
    return crossesLossCorner(network, base.A[last + 1]!, A[last]!, Y) || crossed;
  }

  function difference(entry: Entry, step: number, stencil: Stencil, ignoreKinks: boolean): Difference {
    const sums = new Float64Array(m);
    const sizes = new Float64Array(m);
    let kink = false;
    for (const [place, weight] of stencil) {
      if (move(entry, place * step)) {
        kink = true;
        if (!ignoreKinks) return { sum: 0, size: 0, kink };
      }
      // less the loss before the step: where nothing changed, the difference is exactly 0
      for (let s = 0; s < m; s++) {
        sums[s]! += weight * (losses[s]! - base.losses[s]!);
        sizes[s]! += Math.abs(weight * losses[s]!);
      }
    }
    return { sum: total(sums), size: total(sizes), kink };
  }

  return {
    differences: (entries, steps, stencil, ignoreKinks = false) => entries.map((entry, e) => difference(entry, steps[e]!, stencil, ignoreKinks)),
    dispose: () => undefined,
  };
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
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
  for (let p = 0; p < base.data.length; p++) if (base.data[p]! <= 0 !== moved.data[p]! <= 0) return true;
  return false;
}

function crossesLossCorner(network: Network, base: Matrix, moved: Matrix, Y: Matrix): boolean {
  for (let p = 0; p < base.data.length; p++) {
    if (crossesCorner(network.loss, base.data[p]!, moved.data[p]!, Y.data[p]!)) return true;
  }
  return false;
}
