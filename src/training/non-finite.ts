// Which operation first made a number that is not finite (NaN or ±Infinity), in which layer, from which sample.

import { isStablePair } from '../core/losses';
import { gatherRows, matrix, rowsOf, type Matrix } from '../core/matrix';
import { backward, createPass, forward, losses, type Network, type Pass } from '../core/network';
import { createParameters, parametersFrom, unitsOf, type Parameters } from '../core/parameters';

export interface Origin {
  /** In the order of the computation: forward, backward, then the update of the parameters. */
  readonly operation: 'Z' | 'A' | 'loss' | 'cost' | 'dA' | 'dZ' | 'dW' | 'db' | 'update';
  /** 1 … L. */
  readonly layer: number;
  /** NaN or ±Infinity. */
  readonly value: number;
  /** The first training sample that has it, counted from 0; null where it is no value of a sample. */
  readonly sample: number | null;
}

/** Samples that go through at once. */
const BLOCK = 512;

interface Task {
  readonly network: Network;
  readonly engine: { readonly parameters: Parameters };
  readonly X: Matrix;
  readonly Y: Matrix;
  readonly trainingRows: Uint32Array | null;
}

/**
 * `task.engine.parameters` give a cost that is not finite; `before` are those of one update earlier, or null if there was none.
 * All samples are looked at, also where a mini-batch made the update. `cost` is that number itself: what is left where
 * every other is finite, because the sum of the losses (or of W²) overflows.
 */
export function findNonFinite(task: Task, before: Float64Array | null, cost: number): Origin {
  const { parameters } = task.engine;
  const earlier = before && search(task, parametersFrom(unitsOf(parameters), before), true);
  return earlier ?? inUpdate(parameters) ?? search(task, parameters, false) ?? { operation: 'cost', layer: parameters.layers.length, value: cost, sample: null };
}

function inUpdate(parameters: Parameters): Origin | null {
  for (const [k, { W, b }] of parameters.layers.entries()) {
    const value = W.data.find(notFinite) ?? b.find(notFinite);
    if (value !== undefined) return { operation: 'update', layer: k + 1, value, sample: null };
  }
  return null;
}

/** The earliest operation over all blocks; the first sample where several have it. */
function search({ network, X, Y, trainingRows }: Task, parameters: Parameters, back: boolean): Origin | null {
  const gradients = createParameters(unitsOf(parameters));
  const m = trainingRows ? trainingRows.length : X.rows;
  const part = (source: Matrix, first: number, end: number): Matrix =>
    trainingRows ? gatherRows(source, trainingRows.subarray(first, end), matrix(end - first, source.columns)) : rowsOf(source, first, end);
  let best: { readonly rank: number; readonly origin: Origin } | null = null;
  for (let first = 0; first < m; first += BLOCK) {
    const end = Math.min(m, first + BLOCK);
    const targets = part(Y, first, end);
    const pass = createPass(parameters, end - first);
    forward(network, parameters, part(X, first, end), pass);
    losses(network, pass, targets);
    if (back) backward(network, parameters, pass, targets, gradients);
    for (const [rank, { operation, layer, values }] of steps(network, pass, back).entries()) {
      if (best && best.rank <= rank) break;
      const at = values.findIndex(notFinite);
      if (at >= 0) best = { rank, origin: { operation, layer, value: values[at]!, sample: first + Math.floor((at * (end - first)) / values.length) } };
    }
  }
  if (best || !back) return best?.origin ?? null;
  for (let k = gradients.layers.length - 1; k >= 0; k--) {
    const { W, b } = gradients.layers[k]!;
    const dW = W.data.find(notFinite);
    const db = b.find(notFinite);
    if (dW !== undefined || db !== undefined) return { operation: dW !== undefined ? 'dW' : 'db', layer: k + 1, value: (dW ?? db)!, sample: null };
  }
  return null;
}

/** Every array of a pass that holds values of samples, in the order in which it was computed. */
function steps(network: Network, pass: Pass, back: boolean): { operation: Origin['operation']; layer: number; values: Float64Array }[] {
  const L = pass.Z.length;
  const layers = Array.from({ length: L }, (_, k) => k + 1);
  const forwards = layers.flatMap((layer) => [
    { operation: 'Z' as const, layer, values: pass.Z[layer - 1]!.data },
    { operation: 'A' as const, layer, values: pass.A[layer]!.data },
  ]);
  const cost = { operation: 'loss' as const, layer: L, values: pass.losses };
  if (!back) return [...forwards, cost];
  // a stable pair computes dZ[L] without dAL, which may then be infinite and harms nobody
  const unused = isStablePair(network.loss, network.activations[L - 1]!) ? L : 0;
  const backwards = layers.reverse().flatMap((layer) => [
    ...(layer === unused ? [] : [{ operation: 'dA' as const, layer, values: pass.dA[layer - 1]!.data }]),
    { operation: 'dZ' as const, layer, values: pass.dZ[layer - 1]!.data },
  ]);
  return [...forwards, cost, ...backwards];
}

function notFinite(value: number): boolean {
  return !Number.isFinite(value);
}
