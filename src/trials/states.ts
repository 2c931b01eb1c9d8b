// What goes on beside a run, as the panel shows it: trials of remedies, the range test, the learning curve.

import type { CurveReading } from '../diagnosis/learning-curve';
import type { Problem } from '../problem';
import type { LearningPoint } from '../training/learning-curve';
import type { TrialTable } from './view';

export interface OfferedRemedy {
  readonly id: string;
  readonly label: string;
  readonly why: string;
}

export type Trials =
  /** Nothing was tried yet. */
  | { readonly kind: 'none'; readonly offered: readonly OfferedRemedy[] }
  /** One is trained; the table holds those that are finished. */
  | {
      readonly kind: 'trying';
      readonly offered: readonly OfferedRemedy[];
      readonly now: OfferedRemedy & { readonly iteration: number; readonly iterations: number };
      /** Ids of those that come next. */
      readonly waiting: readonly string[];
      readonly table: TrialTable | null;
    }
  | { readonly kind: 'tried'; readonly offered: readonly OfferedRemedy[]; readonly table: TrialTable };

export type RangeTestState =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly done: number }
  | {
      readonly kind: 'done';
      readonly rates: Float64Array;
      readonly costs: Float64Array;
      /** The learning rate of the run. */
      readonly current: number;
      /** `remedy`: its id; null where the run has that rate already. */
      readonly suggestion: { readonly rate: number; readonly cost: number; readonly remedy: string | null } | null;
      readonly text: string;
    }
  | { readonly kind: 'failed'; readonly problem: Problem };

export type LearningCurveState =
  | { readonly kind: 'none' }
  /** `done`: of the whole work, 0 … 1. */
  | { readonly kind: 'running'; readonly done: number; readonly points: readonly LearningPoint[] }
  | { readonly kind: 'done'; readonly points: readonly LearningPoint[]; readonly reading: CurveReading }
  | { readonly kind: 'failed'; readonly problem: Problem };
