// Between the core's matrices (one row a sample) and the arrays of a person's formula (one column a sample,
// as the course has it, or one row, as CS231n does).

import type { Matrix } from '../core/matrix';
import { matrix } from '../core/matrix';
import { transpose, type Tensor } from './value';

/** Which way samples lie in the formula. */
export type Layout = 'columns' | 'rows';

/** What a matrix holds: a row a sample; W[l], which is n[l] × n[l-1] with samples as columns; or b[l], one row. */
export type Holds = 'samples' | 'weights' | 'bias';

export function toTensor(source: Matrix, holds: Holds, layout: Layout): Tensor {
  const asInCore: Tensor = { type: 'array', shape: [source.rows, source.columns], data: source.data.slice(), kind: 'float' };
  return (holds === 'weights') === (layout === 'columns') ? asInCore : transpose(asInCore);
}

/**
 * Derivatives of `of()` by each entry of `by`, which `of` reads: central differences of fourth order. What
 * `of` gives has no corner near, see world.ts.
 */
export function numericDerivative(by: Matrix, of: () => number): Matrix {
  const result = matrix(by.rows, by.columns);
  const h = 1e-3;
  for (let k = 0; k < by.data.length; k++) {
    const held = by.data[k]!;
    const at = (step: number): number => {
      by.data[k] = held + step * h;
      return of();
    };
    result.data[k] = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h);
    by.data[k] = held;
  }
  return result;
}

export function copyMatrix({ rows, columns, data }: Matrix): Matrix {
  return { rows, columns, data: data.slice() };
}

/** Σ A * B. */
export function inner(A: Matrix, B: Matrix): number {
  let sum = 0;
  for (let k = 0; k < A.data.length; k++) sum += A.data[k]! * B.data[k]!;
  return sum;
}
