// The cost by which trials are compared. The cost J of a run changes its meaning with its loss, its output and the scaling
// of its target; this one does not: the loss of the run that the trials come from, on predictions in the units of the file.

import { lossPerSample, type LossName } from '../core/losses';
import { gatherRows, matrix, type Matrix } from '../core/matrix';
import type { Run } from '../training/run';
import type { Measure } from './view';

/** Of any other loss than the logarithms; they need classes. */
const OF_NUMBERS: LossName = 'mse';
/** Predictions as near to 0 and 1 as this, or beyond them, count as this near: a logarithm has no value there. */
const NEAREST = 1e-15;

/** The loss of the run, unless it makes no sense for its target: a logarithm needs classes. */
export function measureOf({ experiment, data, samples }: Run): Measure {
  const logarithmic = isLogarithmic(experiment.loss) && data.task === 'regression';
  return { loss: logarithmic ? OF_NUMBERS : experiment.loss, on: samples.development ? 'development' : 'training' };
}

/** Mean loss over these rows, without the L2 part; both m × n[L] in the units of the file. NaN over no rows. */
export function meanLoss({ loss }: Measure, predictions: Matrix, targets: Matrix, rows: ArrayLike<number>): number {
  const take = (source: Matrix): Matrix => gatherRows(source, rows, matrix(rows.length, source.columns));
  const A = take(predictions);
  if (isLogarithmic(loss)) for (let k = 0; k < A.data.length; k++) A.data[k] = Math.min(1 - NEAREST, Math.max(NEAREST, A.data[k]!));
  const losses = new Float64Array(rows.length);
  // as of a linear output, so that the loss is taken from A and from nothing else
  lossPerSample(loss, 'linear', A, A, take(targets), losses);
  return losses.reduce((sum, value) => sum + value, 0) / rows.length;
}

/** The numbers of the training and of the development samples. */
export function rowsOf(development: Uint8Array | null, samples: number): { training: Uint32Array; development: Uint32Array } {
  const all = Uint32Array.from({ length: samples }, (_, row) => row);
  return {
    training: development ? all.filter((row) => development[row] === 0) : all,
    development: development ? all.filter((row) => development[row] === 1) : new Uint32Array(0),
  };
}

function isLogarithmic(loss: LossName): boolean {
  return loss === 'binary-cross-entropy' || loss === 'cross-entropy';
}
