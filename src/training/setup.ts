// What a training starts from: the network, its initial parameters, and which samples train.

import { LEAKY_SLOPE } from '../core/activations';
import { initialize } from '../core/initializations';
import { gatherRows, matrix, type Matrix } from '../core/matrix';
import type { Network } from '../core/network';
import { createParameters, type Parameters } from '../core/parameters';
import { permutation, type Random } from '../core/random';
import type { CompleteExperiment } from '../experiment/schema';
import type { NetworkView } from './view';

export function networkOf(experiment: CompleteExperiment): Network {
  const { layers, loss, l2 } = experiment;
  return { activations: layers.map(({ activation }) => activation), slopes: layers.map(({ slope }) => slope ?? LEAKY_SLOPE), loss, l2 };
}

/** For `inputs` = n[0]. */
export function startParameters(experiment: CompleteExperiment, inputs: number, random: Random): Parameters {
  const units = [inputs, ...experiment.layers.map((layer) => layer.units)];
  if (!experiment.parameters) return initialize(experiment.initialization, units, random);
  const parameters = createParameters(units);
  experiment.parameters.forEach(({ W, b }, k) => {
    parameters.layers[k]!.W.data.set(W.flat());
    parameters.layers[k]!.b.set(b);
  });
  return parameters;
}

/** 1 for each sample of the development set; null when every sample trains. */
export function chooseDevelopment(m: number, split: number | null, random: Random): Uint8Array | null {
  if (split === null || m < 2) return null;
  const development = new Uint8Array(m);
  const share = Math.min(m - 1, Math.max(1, Math.round(m * split)));
  for (const row of permutation(m, random).subarray(0, share)) development[row] = 1;
  return development;
}

/** A copy of the given samples. */
export function take({ X, Y }: Pick<NetworkView, 'X' | 'Y'>, rows: ArrayLike<number>): { X: Matrix; Y: Matrix } {
  return {
    X: gatherRows(X, rows, matrix(rows.length, X.columns)),
    Y: gatherRows(Y, rows, matrix(rows.length, Y.columns)),
  };
}
