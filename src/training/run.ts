// One training of one experiment: everything that panel, command line and diagnosis read. Structured
// clone carries it from worker to host and to disk, so it holds plain values and typed arrays only.

import type { GradientCheck } from '../core/gradient-check';
import type { Matrix } from '../core/matrix';
import type { DatasetColumn, Task } from '../data/dataset';
import type { SkippedLine } from '../data/table';
import type { CompleteExperiment } from '../experiment/schema';

export type Outcome =
  | { readonly kind: 'completed' }
  /** The person stopped it: what was trained so far is kept. */
  | { readonly kind: 'cancelled' }
  /** The development cost fell no more; the parameters are those where it was lowest, before `iteration`. */
  | { readonly kind: 'stopped early'; readonly iteration: number }
  /** The cost was no number before update `iteration` + 1; the parameters are the last ones with a finite cost. */
  | { readonly kind: 'diverged'; readonly iteration: number; readonly cost: number; readonly reason: string };

export interface ColumnSummary {
  readonly name: string;
  readonly kind: 'number' | 'time' | 'category' | 'unusable';
  /** Why nobody but the person who names it uses it: "it is text with more than 20 different values". */
  readonly leftOut?: string;
}

export interface Run {
  /** The file that a person chose: a data file or an experiment file. */
  readonly source: string;
  /** The file that holds the samples: the CSV, or the experiment file itself when its data are inline. */
  readonly file: string;
  readonly experiment: CompleteExperiment;
  readonly outcome: Outcome;
  /** Updates made. */
  readonly iterations: number;
  /** Cost before each update (of the mini-batch, where there are such): costs[0] is at the initial parameters. */
  readonly costs: Float64Array;
  /** Cost over the training samples at `parameters`. */
  readonly finalCost: number;
  /** Cost over the development samples now and then; null when every sample trains. */
  readonly development: { readonly iterations: Float64Array; readonly costs: Float64Array } | null;
  /** n[0], n[1], …, n[L] */
  readonly units: readonly number[];
  /** W and b of every layer, in the order of core's `Parameters.flat`. */
  readonly parameters: Float64Array;
  readonly data: RunData;
  readonly samples: Samples;
  readonly gradientCheck: GradientCheck;
}

export interface RunData {
  readonly columns: readonly ColumnSummary[];
  readonly features: readonly DatasetColumn[];
  readonly targets: readonly DatasetColumn[];
  readonly task: Task;
  readonly skipped: readonly SkippedLine[];
  readonly imputed: number;
}

/** Every sample as the network left it, in the units of the file; one row a sample. */
export interface Samples {
  /** Line of the file. */
  readonly lines: Float64Array;
  readonly X: Matrix;
  readonly targets: Matrix;
  readonly predictions: Matrix;
  /** Pre-activation of the output layer. */
  readonly Z: Matrix;
  /** 1 where a sample belongs to the development set; null when every sample trains. */
  readonly development: Uint8Array | null;
}

/** Whether an output pre-activation is a dead output: ReLU gives 0 and its derivative is 0. */
export function isDead(run: { readonly experiment: CompleteExperiment }, z: number): boolean {
  return run.experiment.layers.at(-1)!.activation === 'relu' && z <= 0;
}
