// Rows of the sample table, sorted, a window at a time.

import type { DatasetColumn } from '../data/dataset';
import { deadSamples } from '../diagnosis/dead-samples';
import type { RowQuery, SortKey, TableRow } from '../protocol';
import { isDead, type Run } from '../training/run';

/** Answers row queries of one run; keeps the last order, because a scroll asks for it again and again. */
export function createRowSource(run: Run): (query: RowQuery) => TableRow[] {
  let kept: { key: string; order: Uint32Array } = { key: '', order: new Uint32Array(0) };
  return (query) => {
    const key = JSON.stringify([query.which, query.output, query.sort, query.descending]);
    if (kept.key !== key) kept = { key, order: sortedRows(run, query) };
    return Array.from(kept.order.subarray(Math.max(0, query.from), Math.max(0, query.to)), (row) => tableRow(run, row, query.output));
  };
}

function sortedRows(run: Run, { which, output, sort, descending }: RowQuery): Uint32Array {
  const rows = which === 'dead' ? deadSamples(run).samples : Uint32Array.from({ length: run.samples.lines.length }, (_, row) => row);
  // samples are in the order of the file, and a million of them take a second to sort
  if (sort === 'line') return descending ? rows.slice().reverse() : rows;
  const values = Float64Array.from(rows, (row) => sortValue(run, row, output, sort));
  const order = Uint32Array.from({ length: rows.length }, (_, k) => k);
  const sign = descending ? -1 : 1;
  order.sort((a, b) => sign * (values[a]! - values[b]!) || a - b);
  return order.map((k) => rows[k]!);
}

function sortValue({ samples, data }: Run, row: number, output: number, sort: SortKey): number {
  switch (sort) {
    case 'line':
      return samples.lines[row]!;
    case 'target':
      return samples.targets.data[row * samples.targets.columns + output]!;
    case 'prediction':
      return samples.predictions.data[row * samples.predictions.columns + output]!;
    case 'Z':
      return samples.Z.data[row * samples.Z.columns + output]!;
    default: {
      const column = data.features[sort.feature];
      return column ? cellValue(samples.X.data, row * samples.X.columns, column) : 0;
    }
  }
}

/** The number of a cell; categories count in their order. */
function cellValue(values: Float64Array, start: number, { kind, first, width }: DatasetColumn): number {
  return kind === 'category' && width > 1 ? values.subarray(start + first, start + first + width).indexOf(1) : values[start + first]!;
}

function tableRow(run: Run, row: number, output: number): TableRow {
  const { lines, X, targets, predictions, Z } = run.samples;
  const z = Z.data[row * Z.columns + output]!;
  return {
    sample: row,
    line: lines[row]!,
    features: run.data.features.map((column) => cellText(column, cellValue(X.data, row * X.columns, column))),
    target: targets.data[row * targets.columns + output]!,
    prediction: predictions.data[row * predictions.columns + output]!,
    Z: z,
    dead: isDead(run, z),
  };
}

const MS_PER_DAY = 86_400_000;

function cellText({ kind, categories }: DatasetColumn, value: number): number | string {
  if (kind === 'category') return categories?.[value] ?? value;
  if (kind === 'time') return new Date(value * MS_PER_DAY).toISOString().replace('T00:00:00.000Z', '').replace('.000Z', 'Z');
  return value;
}
