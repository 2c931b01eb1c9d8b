// Trials as plain data: they cross to the panel, and are kept on disk. No code, so that the panel may import it.

import type { LossName } from '../core/losses';
import type { Settings } from '../experiment/settings';
import type { Outcome } from '../training/run';

export interface Measure {
  readonly loss: LossName;
  /** New samples decide where there are such. */
  readonly on: 'training' | 'development';
}

/** One point a snapshot; a cost may be NaN or infinite. */
export interface CostCurve {
  readonly iterations: Float64Array;
  readonly training: Float64Array;
  readonly development: Float64Array | null;
}

/** What is known of one trial: a row of the ranking. */
export interface TrialRow {
  /** Of the remedy; null: the run as it is. */
  readonly id: string | null;
  readonly label: string;
  readonly why: string;
  readonly outcome: Outcome['kind'] | 'fitted' | 'failed';
  /** Why it failed or diverged. */
  readonly reason: string | null;
  /** Updates made; null of a formula. */
  readonly iterations: number | null;
  /** The comparable cost; NaN where there is none, for instance of a trial that failed. */
  readonly cost: { readonly training: number; readonly development: number | null };
  /** What it is ranked by: the one of the two that the measure says. */
  readonly measured: number;
  /** Dead outputs, of so many predictions; null of a trial that failed. */
  readonly dead: { readonly count: number; readonly of: number } | null;
  /** How the comparable cost went; null of what was not trained. */
  readonly curve: CostCurve | null;
  /** Predictions of the compared samples in the units of the file, an array an output; null of a trial that failed. */
  readonly predictions: readonly Float64Array[] | null;
  /** 1 where such a prediction is a dead output. */
  readonly deadAt: readonly Uint8Array[] | null;
  /** One an output, where a formula takes the place of the network. */
  readonly formula: readonly { readonly text: string; readonly tex: string }[] | null;
  /** Over the settings of the run, to make this the current experiment; null where that cannot be. */
  readonly keep: Settings | null;
}

export interface RankedRow extends TrialRow {
  /** From 1; the run as it is has a rank too. */
  readonly rank: number;
  /** How many times lower than that of the run its cost is, below 1 where it is higher; null where one of them is not finite. */
  readonly times: number | null;
  /** The same in words: "38× lower". */
  readonly against: string;
}

/** All that was tried against a run, ranked. */
export interface TrialTable {
  readonly measure: Measure;
  /** Best first; the run as it is among them. */
  readonly rows: readonly RankedRow[];
  /** Names of the n[L] outputs. */
  readonly outputs: readonly string[];
  /** The compared samples: lines of the file, and targets, an array an output. */
  readonly lines: Float64Array;
  readonly targets: readonly Float64Array[];
  /** How many samples there are in all. */
  readonly of: number;
}
