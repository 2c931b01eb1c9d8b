// Samples of a person's file for the gradient check of their Python: few, spread over the file, scaled as for a training.

import { createRandom } from '../core/random';
import type { Matrix } from '../core/matrix';
import { completeExperiment } from '../experiment/complete';
import type { Settings } from '../experiment/settings';
import { chooseDevelopment } from './setup';
import { openSource } from './source';
import { networkView } from './view';

/** More would not show more, and every one costs time at each entry that is compared. */
const MOST = 32;

export interface CheckSamples {
  /** m × n[0] and m × n[L], one row a sample, scaled as the experiment says. */
  readonly X: readonly (readonly number[])[];
  readonly Y: readonly (readonly number[])[];
  /** What the file is called in sentences. */
  readonly name: string;
}

/** Of a data file, or of the data that an experiment file names. @throws ProblemError for whatever is wrong with them. */
export async function checkSamples(file: string, settings: Settings): Promise<CheckSamples> {
  const { experiment, dataset, place } = await openSource(file, settings);
  const complete = completeExperiment(experiment, settings, dataset, place);
  const view = networkView(complete, dataset.X, dataset.Y, chooseDevelopment(dataset.X.rows, complete.split, createRandom(complete.seed)));
  const rows = spread(dataset.X.rows);
  const name = typeof experiment.data === 'string' ? experiment.data : file;
  return { X: take(view.X, rows), Y: take(view.Y, rows), name: name.split(/[\\/]/).at(-1)! };
}

/** At most MOST of 0 … m - 1, the first and the last among them. */
function spread(m: number): number[] {
  const count = Math.min(m, MOST);
  return Array.from({ length: count }, (_, k) => (count === 1 ? 0 : Math.round((k * (m - 1)) / (count - 1))));
}

function take({ data, columns }: Matrix, rows: readonly number[]): number[][] {
  return rows.map((row) => Array.from(data.subarray(row * columns, (row + 1) * columns)));
}
