// From a Table, or from rows that stand in an experiment file, to a Dataset: which columns, which rows, as matrices.

import { matrixFromRows } from '../core/matrix';
import { ProblemError } from '../problem';
import { chooseColumns, type ColumnChoice } from './choice';
import type { Dataset, DatasetColumn, Task } from './dataset';
import { encodeColumns, type Encoded } from './encode';
import { usableRows, type Missing } from './missing';
import type { SkippedLine, Table } from './table';

export interface DatasetChoice extends ColumnChoice {
  /** What becomes of a row in which a feature has no value. A row without a target is skipped in any case. */
  readonly missing: Missing;
}

/**
 * The samples of a table. Without a choice the target is the last numeric column and the features are all others
 * that are usable. A target of two categories, or of the numbers 0 and 1, is one column of 0 and 1; a target of more
 * categories is one-hot.
 * @throws ProblemError if a chosen column does not exist or is not usable, if the target is constant or nothing can
 * be one, if no feature is left, or if fewer than two samples are.
 */
export function makeDataset(table: Table, choice: DatasetChoice): Dataset {
  const { features, targets } = chooseColumns(table, choice);
  const usable = usableRows(table, features, targets, choice.missing);
  const skipped = mergeByLine(table.skipped, usable.skipped);
  const { rows } = usable;
  const lines = new Float64Array(rows.length);
  rows.forEach((row, i) => (lines[i] = table.lines[row]!));
  if (rows.length < 2) throw tooFewSamples(table, rows, skipped);

  const X = encodeColumns(features, rows, usable.fillings);
  const Y = encodeColumns(targets, rows, new Map(), true);
  checkTargetVaries(Y, table);
  return {
    file: table.file,
    X: X.matrix,
    Y: Y.matrix,
    features: X.columns,
    targets: Y.columns,
    task: taskOf(Y),
    lines,
    skipped,
    imputed: usable.imputed,
  };
}

/**
 * Samples that stand in the experiment file itself: X is m × n[0], Y is m × n[L], `lines` are theirs in `file`.
 * Columns are called x1 … and y1 …, or x and y where there is one. One sample is enough here.
 * @throws RangeError if the rows of X or of Y differ in length, or X, Y and `lines` in number.
 */
export function inlineDataset(file: string, X: readonly (readonly number[])[], Y: readonly (readonly number[])[], lines: readonly number[]): Dataset {
  if (X.length !== Y.length || X.length !== lines.length) throw new RangeError(`X has ${X.length} rows, Y ${Y.length}, and there are ${lines.length} lines`);
  const features = { matrix: matrixFromRows(X), columns: namedColumns('x', X[0]?.length ?? 0) };
  const targets = { matrix: matrixFromRows(Y), columns: namedColumns('y', Y[0]?.length ?? 0) };
  return {
    file,
    X: features.matrix,
    Y: targets.matrix,
    features: features.columns,
    targets: targets.columns,
    task: taskOf(targets),
    lines: Float64Array.from(lines),
    skipped: [],
    imputed: 0,
  };
}

function namedColumns(letter: string, width: number): DatasetColumn[] {
  return Array.from({ length: width }, (_, j) => ({ name: width === 1 ? letter : `${letter}${j + 1}`, kind: 'number', first: j, width: 1 }));
}

/** One column of only 0 and 1, both of them, is two classes; several with a single 1 in every row are many. */
function taskOf({ matrix: { rows, columns, data } }: Encoded): Task {
  if (!data.every((value) => value === 0 || value === 1)) return 'regression';
  const ones = data.reduce((sum, value) => sum + value, 0);
  if (columns === 1) return ones > 0 && ones < rows ? 'two-class' : 'regression';
  for (let i = 0; i < rows; i++) {
    let inRow = 0;
    for (let j = 0; j < columns; j++) inRow += data[i * columns + j]!;
    if (inRow !== 1) return 'regression';
  }
  return 'many-class';
}

function checkTargetVaries({ matrix: { columns, data }, columns: targets }: Encoded, table: Table): void {
  for (const target of targets) {
    if (target.width > 1 || varies(data, target.first, columns)) continue;
    const value = target.categories?.[0] ?? (target.kind === 'time' ? new Date(data[target.first]! * 86_400_000).toISOString() : String(data[target.first]));
    throw new ProblemError({
      what: `The target "${target.name}" is ${target.kind === 'category' ? `"${value}"` : value} in every sample, so there is nothing to learn.`,
      todo: 'Choose another column as the target.',
      file: table.file,
      ...(table.headerLine === null ? {} : { line: table.headerLine }),
    });
  }
}

/** Whether column `first` of a matrix with so many columns holds more than one value. */
function varies(data: Float64Array, first: number, columns: number): boolean {
  for (let at = first; at < data.length; at += columns) if (data[at] !== data[first]) return true;
  return false;
}

function tooFewSamples(table: Table, rows: Uint32Array, skipped: readonly SkippedLine[]): ProblemError {
  const [row] = rows;
  const because = skipped.length === 0 ? '' : ` ${skipped.length === 1 ? 'The other line was' : `${skipped.length} lines were`} skipped, ${mostFrequentReason(skipped)}.`;
  if (row === undefined) {
    const [first] = skipped;
    return new ProblemError({
      what: first ? `Every row was skipped, ${mostFrequentReason(skipped)}.` : 'The file holds no rows of data.',
      todo: 'Correct the file, choose other columns, or have missing values filled in.',
      file: table.file,
      ...(first ? { line: first.line } : {}),
    });
  }
  return new ProblemError({
    what: `Only one sample can be used, that of line ${table.lines[row]!}.${because}`,
    todo: 'Add more rows: at least two are needed.',
    file: table.file,
    line: table.lines[row]!,
  });
}

/** `most often because: no value in column "x" (first on line 3)`; `skipped` is not empty. */
function mostFrequentReason(skipped: readonly SkippedLine[]): string {
  const seen = new Map<string, { times: number; line: number }>();
  for (const { line, reason } of skipped) {
    const kind = reason.replace(/^".*" in column/, 'a value in column');
    const entry = seen.get(kind);
    if (entry) entry.times++;
    else seen.set(kind, { times: 1, line });
  }
  const [reason, { line }] = [...seen].reduce((best, entry) => (entry[1].times > best[1].times ? entry : best));
  return `${seen.size > 1 ? 'most often ' : ''}because: ${reason} (${skipped.length > 1 ? 'first on ' : ''}line ${line})`;
}

/** Both are in the order of the file. */
function mergeByLine(one: readonly SkippedLine[], other: readonly SkippedLine[]): SkippedLine[] {
  return [...one, ...other].sort((a, b) => a.line - b.line);
}
