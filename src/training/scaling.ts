// Scaling of features and target for training, and back again for people.

import { matrix, type Matrix } from '../core/matrix';

/** scaled = (value - offset) / factor, one of each a column. */
export interface Scaling {
  readonly offset: Float64Array;
  readonly factor: Float64Array;
}

export type ScalingName = 'none' | 'standard' | 'minmax' | 'scale';

/**
 * Learns a scaling from the given rows of `source`; null for `none`.
 * A constant column is shifted but not stretched.
 */
export function fitScaling(name: ScalingName, source: Matrix, rows: ArrayLike<number>): Scaling | null {
  if (name === 'none') return null;
  const n = source.columns;
  const offset = new Float64Array(n);
  const factor = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const [from, by] = fitColumn(name, source, rows, j);
    offset[j] = from;
    factor[j] = by > 0 && Number.isFinite(by) ? by : 1;
  }
  return { offset, factor };
}

function fitColumn(name: Exclude<ScalingName, 'none'>, source: Matrix, rows: ArrayLike<number>, j: number): [offset: number, factor: number] {
  let sum = 0;
  let low = Infinity;
  let high = -Infinity;
  for (let k = 0; k < rows.length; k++) {
    const value = source.data[rows[k]! * source.columns + j]!;
    sum += value;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (name === 'minmax') return [low, high - low];
  if (name === 'scale') return [0, Math.max(Math.abs(low), Math.abs(high))];
  const mean = low === high ? low : sum / rows.length;
  let squares = 0;
  for (let k = 0; k < rows.length; k++) squares += (source.data[rows[k]! * source.columns + j]! - mean) ** 2;
  return [mean, Math.sqrt(squares / rows.length)];
}

/** A scaled copy; `source` itself if there is nothing to scale. */
export function scale(source: Matrix, scaling: Scaling | null): Matrix {
  if (!scaling) return source;
  const result = matrix(source.rows, source.columns);
  const n = source.columns;
  for (let k = 0; k < source.data.length; k++) result.data[k] = (source.data[k]! - scaling.offset[k % n]!) / scaling.factor[k % n]!;
  return result;
}

/** Takes scaled values back to the units of the file, in place. */
export function unscale(values: Matrix, scaling: Scaling | null): void {
  if (!scaling) return;
  const n = values.columns;
  for (let k = 0; k < values.data.length; k++) values.data[k] = values.data[k]! * scaling.factor[k % n]! + scaling.offset[k % n]!;
}
