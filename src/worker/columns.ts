// What the matrix columns of a Dataset are called.

import type { DatasetColumn } from '../data/dataset';

/** `column`, or `column=category` for each matrix column of a one-hot column. */
export function matrixColumnNames({ name, width, categories }: DatasetColumn): string[] {
  return width === 1 || !categories ? [name] : categories.map((category) => `${name}=${category}`);
}
