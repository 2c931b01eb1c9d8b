// How much of the target a run explains: against the best constant prediction, so that 0 is nothing learned and 1
// everything, whatever the loss and the units.

import type { Matrix } from '../core/matrix';
import type { LossName } from '../core/losses';
import type { Task } from '../data/dataset';

export interface Fit {
  /** Samples it is over. */
  readonly samples: number;
  /** 1 - error / error of the best constant; negative when worse than that, NaN when the target does not vary. */
  readonly explained: number;
  /** Classification only; null for a regression. */
  readonly classes: Classes | null;
}

export interface Classes {
  /** Samples of each class; two classes are 0 and 1 of the one output. */
  readonly counts: readonly number[];
  /** Of the samples of each class, the share that is predicted as it; NaN for a class without samples. */
  readonly recall: readonly number[];
  readonly accuracy: number;
  /** Accuracy of always predicting the largest class. */
  readonly majority: number;
}

/**
 * `predictions` and `targets` as the network has them, of the given rows. The best constant is that of `baseline`: a few
 * development samples have no variance worth comparing with.
 */
export function fitOf(task: Task, loss: LossName, predictions: Matrix, targets: Matrix, rows: ArrayLike<number>, baseline = rows): Fit {
  const classes = task === 'regression' ? null : classesOf(task, predictions, targets, rows);
  // the absolute error where the loss is one, so that an outlier counts here no more than there
  const absolute = loss === 'mae' || loss === 'huber';
  const explained = explainedShare(predictions, targets, rows, baseline, absolute);
  return { samples: rows.length, explained: classes ? Math.max(explained, overMajority(classes)) : explained, classes };
}

function overMajority({ accuracy, majority }: Classes): number {
  return majority < 1 ? (accuracy - majority) / (1 - majority) : NaN;
}

function explainedShare(predictions: Matrix, targets: Matrix, rows: ArrayLike<number>, baseline: ArrayLike<number>, absolute: boolean): number {
  const n = targets.columns;
  let error = 0;
  let constant = 0;
  for (let j = 0; j < n; j++) {
    const values = Float64Array.from(baseline, (row) => targets.data[row * n + j]!);
    const center = absolute ? medianOf(values) : meanOf(values);
    const size = (value: number): number => (absolute ? Math.abs(value) : value * value);
    for (const value of values) constant += size(value - center) / values.length;
    for (let k = 0; k < rows.length; k++) error += size(predictions.data[rows[k]! * n + j]! - targets.data[rows[k]! * n + j]!) / rows.length;
  }
  if (!(constant > 0)) return NaN;
  const explained = 1 - error / constant;
  return Number.isNaN(explained) ? -Infinity : explained;
}

function classesOf(task: Task, predictions: Matrix, targets: Matrix, rows: ArrayLike<number>): Classes {
  const n = targets.columns;
  const number = task === 'two-class' ? 2 : n;
  const counts = new Array<number>(number).fill(0);
  const right = new Array<number>(number).fill(0);
  for (let k = 0; k < rows.length; k++) {
    const y = targets.data.subarray(rows[k]! * n, (rows[k]! + 1) * n);
    const a = predictions.data.subarray(rows[k]! * n, (rows[k]! + 1) * n);
    const actual = task === 'two-class' ? y[0]! : y.indexOf(1);
    const predicted = task === 'two-class' ? Number(a[0]! > 0.5) : a.indexOf(a.reduce((most, value) => Math.max(most, value), -Infinity));
    counts[actual]! += 1;
    if (predicted === actual) right[actual]! += 1;
  }
  return {
    counts,
    recall: right.map((value, c) => value / counts[c]!),
    accuracy: right.reduce((sum, value) => sum + value, 0) / rows.length,
    majority: Math.max(...counts) / rows.length,
  };
}

export function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function medianOf(values: Float64Array): number {
  return quantile(values.slice().sort(), 0.5);
}

/** Of sorted values, by linear interpolation. */
export function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)]!;
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - below);
}
