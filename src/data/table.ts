// What a data file holds once its columns have types: the form between the bytes and the Dataset.

/** Values of every kind have one entry a row of the table. */
export type Column =
  /** NaN marks a missing cell. */
  | { readonly kind: 'number'; readonly name: string; readonly values: Float64Array }
  /** Days since 1970-01-01 (UTC), with fractions; NaN marks a missing cell. */
  | { readonly kind: 'time'; readonly name: string; readonly values: Float64Array }
  /** `values[row]` indexes `categories`; -1 marks a missing cell. Categories are sorted. */
  | { readonly kind: 'category'; readonly name: string; readonly values: Int32Array; readonly categories: readonly string[] }
  /** Text with too many different values to be categories, or a column of empty cells: not usable. */
  | { readonly kind: 'unusable'; readonly name: string; readonly reason: string };

export type UsableColumn = Exclude<Column, { kind: 'unusable' }>;

/** A line of the file that gave no sample, and why. */
export interface SkippedLine {
  readonly line: number;
  readonly reason: string;
}

export interface Table {
  /** The file it was read from, as it was named to us. */
  readonly file: string;
  readonly columns: readonly Column[];
  readonly rows: number;
  /** Line of the file (from 1) on which each row begins. */
  readonly lines: Float64Array;
  /** Rows that could not be read at all: ragged, or with a text in a numeric column. */
  readonly skipped: readonly SkippedLine[];
  /** Line of the header, or null when the file has none (columns are then called x1, x2, …). */
  readonly headerLine: number | null;
}
