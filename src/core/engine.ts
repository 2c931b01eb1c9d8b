// The hot path, whichever way it runs: cost, gradients and updates over one set of samples. The WebAssembly
// kernels and the TypeScript twin give the same bits.

import type { Matrix } from './matrix';
import type { Network } from './network';
import type { OptimizerSettings } from './optimizers';
import type { Parameters } from './parameters';
import { createKernelEngine, type StartHelper } from './kernels/engine';
import { createTwinEngine } from './twin-engine';

export interface Engine {
  /** The engine's own, live: starts as a copy of what it was made from. */
  readonly parameters: Parameters;
  /** dW and db of the last `costAndGradients`. */
  readonly gradients: Parameters;
  /** J over the samples of these numbers, in this order; null: over all. */
  cost(rows: Uint32Array | null): number;
  /** J, and its derivatives into `gradients`. */
  costAndGradients(rows: Uint32Array | null): number;
  /** An optimizer with its own state: each call is one step against `gradients`. */
  createUpdate(settings: OptimizerSettings): (learningRate: number) => void;
  /** Z[L], A[L] and the losses of all samples, some rows at a time; the matrices are valid during the visit only. */
  forEachOutput(visit: (outputs: Outputs) => void): void;
  /** Which of the two it is. */
  readonly kind: 'kernels' | 'typescript';
  /** Lets helping threads end. The engine stays usable, alone. */
  dispose(): void;
}

export interface Outputs {
  /** Number of the first row. */
  readonly first: number;
  readonly Z: Matrix;
  readonly A: Matrix;
  readonly losses: Float64Array;
}

export interface EngineOptions {
  /** `typescript` where the kernels are not wanted; they are not used either where they cannot run. */
  readonly kind?: Engine['kind'];
  /** Starts a thread that helps with large networks; without it there is one thread. */
  readonly startHelper?: StartHelper;
}

/** X is m × n[0], Y is m × n[L], as the network sees them; copied. */
export function createEngine(network: Network, parameters: Parameters, X: Matrix, Y: Matrix, options: EngineOptions = {}): Engine {
  const kernels = options.kind === 'typescript' ? null : createKernelEngine(network, parameters, X, Y, options.startHelper);
  return kernels ?? createTwinEngine(network, parameters, X, Y);
}
