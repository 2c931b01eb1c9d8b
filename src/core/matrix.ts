// The one container of the core: a dense float64 matrix, row-major, one row a sample.

/** `rows` × `columns` numbers, row-major: entry (i, j) lies at `data[i * columns + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** A matrix of zeros. */
export function matrix(rows: number, columns: number): Matrix {
  return { rows, columns, data: new Float64Array(rows * columns) };
}

/** @throws RangeError if the rows differ in length. */
export function matrixFromRows(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const result = matrix(rows.length, columns);
  rows.forEach((row, i) => {
    if (row.length !== columns) throw new RangeError(`row ${i} has ${row.length} entries, row 0 has ${columns}`);
    result.data.set(row, i * columns);
  });
  return result;
}

/** Rows `from` (included) to `to` (excluded) of `source`, sharing its memory. */
export function rowsOf(source: Matrix, from: number, to: number): Matrix {
  return { rows: to - from, columns: source.columns, data: source.data.subarray(from * source.columns, to * source.columns) };
}

/** The given rows of `source`, copied into `into` in that order. */
export function gatherRows(source: Matrix, indices: ArrayLike<number>, into: Matrix): Matrix {
  const n = source.columns;
  for (let k = 0; k < indices.length; k++) {
    const from = indices[k]! * n;
    for (let j = 0; j < n; j++) into.data[k * n + j] = source.data[from + j]!;
  }
  return into;
}

/** The matrix as nested arrays, one array a row. */
export function toRows(source: Matrix): number[][] {
  return Array.from({ length: source.rows }, (_, i) => Array.from(rowsOf(source, i, i + 1).data));
}
