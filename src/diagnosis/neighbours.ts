// Predicting each sample by its nearest neighbours: what a method without any training gets out of the same features.

import { matrix, type Matrix } from '../core/matrix';

const NEIGHBOURS = 5;
/** All pairs of so many samples are a matter of milliseconds. */
export const MAX_ROWS = 400;

/** Mean target of the nearest samples but itself, for each row; X and Y hold at most MAX_ROWS rows, X of similar scales. */
export function predictByNeighbours(X: Matrix, Y: Matrix): Matrix {
  const result = matrix(Y.rows, Y.columns);
  const k = Math.min(NEIGHBOURS, X.rows - 1);
  for (let s = 0; s < X.rows; s++) {
    const nearest: { row: number; distance: number }[] = [];
    for (let row = 0; row < X.rows; row++) {
      if (row === s) continue;
      let distance = 0;
      for (let j = 0; j < X.columns; j++) distance += (X.data[s * X.columns + j]! - X.data[row * X.columns + j]!) ** 2;
      if (nearest.length === k && distance >= nearest[k - 1]!.distance) continue;
      let at = nearest.length;
      while (at > 0 && nearest[at - 1]!.distance > distance) at -= 1;
      nearest.splice(at, 0, { row, distance });
      if (nearest.length > k) nearest.pop();
    }
    for (const { row } of nearest) for (let j = 0; j < Y.columns; j++) result.data[s * Y.columns + j]! += Y.data[row * Y.columns + j]! / nearest.length;
  }
  return result;
}
