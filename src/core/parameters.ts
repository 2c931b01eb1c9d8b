// W[l] and b[l] of every layer: views into one flat array, so that optimizers, copies and the
// gradient check are single loops. Gradients dW[l], db[l] have the same form.

import { matrix, type Matrix } from './matrix';

export interface LayerParameters {
  /** units × inputs */
  readonly W: Matrix;
  /** units */
  readonly b: Float64Array;
}

export interface Parameters {
  /** W[1] row by row, b[1], W[2], b[2], … */
  readonly flat: Float64Array;
  /** layers[l - 1] is layer l. */
  readonly layers: readonly LayerParameters[];
}

/** Zeros for a network whose layers 0 … L have the given units, input first. */
export function createParameters(units: readonly number[]): Parameters {
  let size = 0;
  for (let l = 1; l < units.length; l++) size += units[l]! * (units[l - 1]! + 1);
  return parametersFrom(units, new Float64Array(size));
}

/** Views of a flat array that lies as `Parameters.flat` says. */
export function parametersFrom(units: readonly number[], flat: Float64Array): Parameters {
  const layers: LayerParameters[] = [];
  let offset = 0;
  for (let l = 1; l < units.length; l++) {
    const rows = units[l]!;
    const columns = units[l - 1]!;
    const W = { rows, columns, data: flat.subarray(offset, offset + rows * columns) };
    offset += rows * columns;
    layers.push({ W, b: flat.subarray(offset, offset + rows) });
    offset += rows;
  }
  return { flat, layers };
}

/** A copy that shares no memory with `source`. */
export function cloneParameters(source: Parameters): Parameters {
  return parametersFrom(unitsOf(source), source.flat.slice());
}

/** n[0], n[1], …, n[L] */
export function unitsOf(parameters: Parameters): number[] {
  return [parameters.layers[0]!.W.columns, ...parameters.layers.map((layer) => layer.W.rows)];
}

/** One matrix m × n[l] for each layer 1 … L. */
export function layerMatrices(parameters: Parameters, samples: number): Matrix[] {
  return parameters.layers.map((layer) => matrix(samples, layer.W.rows));
}
