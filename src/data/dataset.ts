// The samples as matrices: chosen features and targets of a Table, one row a sample, each with its line.

import type { Matrix } from '../core/matrix';
import type { SkippedLine } from './table';

/** A column of the file as it lies in X or Y: categories take one matrix column each (one-hot). */
export interface DatasetColumn {
  readonly name: string;
  readonly kind: 'number' | 'time' | 'category';
  /** The first matrix column that belongs to it. */
  readonly first: number;
  /** How many matrix columns belong to it. */
  readonly width: number;
  /** For categories: their texts. A two-class target has width 1: 0 is the first category, 1 the second. */
  readonly categories?: readonly string[];
}

/** Names of its matrix columns: `column`, or `column=category` for each of a one-hot column. */
export function matrixColumnNames({ name, width, categories }: DatasetColumn): string[] {
  return width === 1 || !categories ? [name] : categories.map((category) => `${name}=${category}`);
}

/** Decides output activation and loss: see experiment/complete.ts. */
export type Task = 'regression' | 'two-class' | 'many-class';

export interface Dataset {
  readonly file: string;
  /** Features in the units of the file, m × n[0]. */
  readonly X: Matrix;
  /** Targets in the units of the file, m × n[L]. */
  readonly Y: Matrix;
  readonly features: readonly DatasetColumn[];
  readonly targets: readonly DatasetColumn[];
  readonly task: Task;
  /** Line of the file (from 1) that each sample came from. */
  readonly lines: Float64Array;
  /** Every line that gave no sample, in the order of the file. */
  readonly skipped: readonly SkippedLine[];
  /** Cells that were filled in because the experiment asked for imputation. */
  readonly imputed: number;
}
