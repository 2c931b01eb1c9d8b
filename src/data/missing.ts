// Which rows of a table become samples, and what fills the cells that have no value.

import { quote } from './columns';
import type { SkippedLine, Table, UsableColumn } from './table';

/** `skip`: the row gives no sample. Otherwise the column's mean or median stands in, or its most frequent category. */
export type Missing = 'skip' | 'mean' | 'median';

export interface UsableRows {
  /** Rows of the table, ascending. */
  readonly rows: Uint32Array;
  readonly skipped: readonly SkippedLine[];
  /** What stands in for a missing cell of a column: a value, or the index of a category. */
  readonly fillings: ReadonlyMap<UsableColumn, number>;
  /** How many cells are filled in. */
  readonly imputed: number;
}

/** Rows without a target are always skipped; those without a feature as `missing` says. */
export function usableRows(table: Table, features: readonly UsableColumn[], targets: readonly UsableColumn[], missing: Missing): UsableRows {
  const fillings = new Map<UsableColumn, number>();
  if (missing === 'skip') return { ...split(table, [...targets, ...features]), fillings, imputed: 0 };

  const withTarget = split(table, targets).rows;
  const hopeless: UsableColumn[] = [];
  let imputed = 0;
  for (const column of features) {
    const present = withTarget.filter((row) => !isMissing(column, row));
    // A column without any value has no mean: its rows are skipped, and the message says why.
    if (present.length === 0) hopeless.push(column);
    else if (present.length < withTarget.length) {
      fillings.set(column, filling(column, present, missing));
      imputed += withTarget.length - present.length;
    }
  }
  return { ...split(table, [...targets, ...hopeless]), fillings, imputed };
}

/** The rows in which every column has a value, and for the others the first column that has none. */
function split(table: Table, columns: readonly UsableColumn[]): { rows: Uint32Array; skipped: SkippedLine[] } {
  // By column, not by row: a loop over one typed array is what runs fast. 0: nothing lacks.
  const lacking = new Uint32Array(table.rows);
  columns.forEach((column, k) => {
    forEachMissing(column, (row) => {
      if (lacking[row] === 0) lacking[row] = k + 1;
    });
  });
  // One text for each column, however many rows share it.
  const reasons = columns.map(({ name }) => `no value in column ${quote(name)}`);
  const skipped: SkippedLine[] = [];
  const rows = new Uint32Array(table.rows);
  let kept = 0;
  for (let row = 0; row < table.rows; row++) {
    const column = lacking[row]!;
    if (column === 0) rows[kept++] = row;
    else skipped.push({ line: table.lines[row]!, reason: reasons[column - 1]! });
  }
  return { rows: rows.subarray(0, kept), skipped };
}

/** Visits the rows in which a column has no value, in ascending order. */
export function forEachMissing(column: UsableColumn, visit: (row: number) => void): void {
  if (column.kind === 'category') forEachCategoryMissing(column.values, visit);
  else forEachNumberMissing(column.values, visit);
}

function forEachCategoryMissing(values: Int32Array, visit: (row: number) => void): void {
  for (let row = 0; row < values.length; row++) if (values[row] === -1) visit(row);
}

function forEachNumberMissing(values: Float64Array, visit: (row: number) => void): void {
  // NaN is the only value that is not itself.
  for (let row = 0; row < values.length; row++) if (values[row] !== values[row]) visit(row);
}

function isMissing(column: UsableColumn, row: number): boolean {
  return column.kind === 'category' ? column.values[row] === -1 : Number.isNaN(column.values[row]!);
}

function filling(column: UsableColumn, present: Uint32Array, missing: 'mean' | 'median'): number {
  if (column.kind === 'category') return mostFrequent(column.values, present, column.categories.length);
  const values = Float64Array.from(present, (row) => column.values[row]!);
  return missing === 'mean' ? mean(values) : median(values);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Of equals the first in the order of the categories. */
function mostFrequent(values: Int32Array, rows: Uint32Array, categories: number): number {
  const counts = new Uint32Array(categories);
  for (const row of rows) counts[values[row]!]!++;
  return counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
}
