// Columns of a table become columns of a matrix: numbers and dates as they are, categories one-hot.

import { matrix, type Matrix } from '../core/matrix';
import type { DatasetColumn } from './dataset';
import type { UsableColumn } from './table';

const BLOCK_ROWS = 1024;

export interface Encoded {
  readonly matrix: Matrix;
  readonly columns: readonly DatasetColumn[];
}

/**
 * The given rows of the columns, one row a sample. Missing cells take the column's entry in `fillings`.
 * Only categories that occur in these rows get a matrix column; two of them share one (0 and 1) in a target.
 */
export function encodeColumns(columns: readonly UsableColumn[], rows: Uint32Array, fillings: ReadonlyMap<UsableColumn, number>, target = false): Encoded {
  const codes = columns.map((column) => (column.kind === 'category' ? occurring(column.values, column.categories, rows, fillings.get(column)) : null));
  const described: DatasetColumn[] = [];
  let width = 0;
  columns.forEach(({ name, kind }, k) => {
    const categories = codes[k]?.categories;
    const own = categories && !(target && categories.length <= 2) ? categories.length : 1;
    described.push({ name, kind, first: width, width: own, ...(categories ? { categories } : {}) });
    width += own;
  });

  const result = matrix(rows.length, width);
  // Block by block, so that the rows of the matrix stay in the processor's cache while its columns are filled.
  for (let from = 0; from < rows.length; from += BLOCK_ROWS) {
    const to = Math.min(from + BLOCK_ROWS, rows.length);
    columns.forEach((column, k) => {
      const { first, width: own } = described[k]!;
      const filling = fillings.get(column);
      if (column.kind !== 'category') copyNumbers(column.values, rows, from, to, filling ?? NaN, result, first);
      else copyCategories(column.values, rows, from, to, filling ?? -1, codes[k]!.codeOf, own > 1 || !target, result, first);
    });
  }
  return { matrix: result, columns: described };
}

function copyNumbers(values: Float64Array, rows: Uint32Array, from: number, to: number, filling: number, into: Matrix, first: number): void {
  for (let i = from; i < to; i++) {
    const value = values[rows[i]!]!;
    into.data[i * into.columns + first] = Number.isNaN(value) ? filling : value;
  }
}

function copyCategories(values: Int32Array, rows: Uint32Array, from: number, to: number, filling: number, codeOf: Int32Array, oneHot: boolean, into: Matrix, first: number): void {
  for (let i = from; i < to; i++) {
    const value = values[rows[i]!]!;
    const code = codeOf[value === -1 ? filling : value]!;
    if (oneHot) into.data[i * into.columns + first + code] = 1;
    else into.data[i * into.columns + first] = code;
  }
}

/** The categories that occur, and for every category of the table its place among them. */
function occurring(values: Int32Array, categories: readonly string[], rows: Uint32Array, filling: number | undefined): { categories: string[]; codeOf: Int32Array } {
  const codeOf = new Int32Array(categories.length).fill(-1);
  for (const row of rows) {
    const value = values[row]!;
    codeOf[value === -1 ? filling! : value] = 0;
  }
  const found = categories.filter((_, k) => codeOf[k] === 0);
  let next = 0;
  categories.forEach((_, k) => {
    if (codeOf[k] === 0) codeOf[k] = next++;
  });
  return { categories: found, codeOf };
}
