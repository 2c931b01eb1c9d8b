// What the same features allow: a polynomial and the nearest neighbours, each predicting samples that it did not see.
// A network that learned less than they explain has not learned what there is; one that learned as much may have noise left.

import { gatherRows, matrix, type Matrix } from '../core/matrix';
import type { Run } from '../training/run';
import { networkView, type NetworkView } from '../training/view';
import { fitOf } from './fit';
import { MAX_ROWS, predictByNeighbours } from './neighbours';
import type { fitPolynomial } from './polynomial';

export interface Attainable {
  /** "a cross-validated polynomial of degree 3" */
  readonly name: string;
  /** Share of the training samples' target, as `Fit.explained`. */
  readonly explained: number;
}

/** Best first; the last is the constant, which explains 0. */
export function attainable(run: Run, view: NetworkView, polynomial: ReturnType<typeof fitPolynomial>): Attainable[] {
  const { trainingRows } = view;
  const explained = (rows: readonly number[], predictions: Matrix): number =>
    fitOf(run.data.task, run.experiment.loss, predictions, part(run.samples.targets, rows), Array.from(rows.keys())).explained;

  const m = Math.min(trainingRows.length, MAX_ROWS);
  const some = Array.from({ length: m }, (_, k) => trainingRows[Math.floor((k * trainingRows.length) / m)]!);
  // of one scale, whatever the experiment does
  const { X } = networkView({ ...run.experiment, normalize: { features: 'standard', target: 'none' } }, run.samples.X, run.samples.targets, null);
  return [
    ...(polynomial ? [{ name: `a cross-validated polynomial of degree ${polynomial.polynomial.degree}`, explained: explained(Array.from(polynomial.rows, (row) => trainingRows[row]!), polynomial.predictions) }] : []),
    { name: 'the mean of the five nearest samples', explained: explained(some, predictByNeighbours(part(X, some), part(run.samples.targets, some))) },
    { name: 'a constant', explained: 0 },
  ].sort((one, other) => other.explained - one.explained);
}

function part(source: Matrix, rows: readonly number[]): Matrix {
  return gatherRows(source, rows, matrix(rows.length, source.columns));
}
