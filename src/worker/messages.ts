// What crosses between the extension host and a run's worker thread. Every request ends in an answer.

import type { Problem } from '../problem';
import type { Curve, LearningCurveState, Moment, RangeTestState, Report, RowQuery, SampleChain, TableRow, Trials } from '../protocol';
import type { Settings } from '../experiment/settings';
import type { ExportName } from './export';

export type ToWorker =
  /** Train and keep the run in `runFile`. */
  | { readonly type: 'train'; readonly file: string; readonly settings: Settings; readonly runFile: string; readonly ticket: number }
  /** Take up a run that was kept. */
  | { readonly type: 'open'; readonly runFile: string }
  | { readonly type: 'rows'; readonly request: number; readonly query: RowQuery }
  | { readonly type: 'chain'; readonly request: number; readonly sample: number; readonly snapshot?: number | undefined }
  | { readonly type: 'moment'; readonly request: number; readonly snapshot: number }
  | BesideRequest
  /** Make the run of a remedy, as tried, the current one, and keep it in `runFile`. */
  | { readonly type: 'keep'; readonly remedy: string; readonly runFile: string; readonly ticket: number }
  /** Write the run into a file for another program. */
  | { readonly type: 'export'; readonly as: ExportName; readonly target: string }
  /** Write the experiment of the run, everything decided, into a file. */
  | { readonly type: 'experiment'; readonly target: string }
  /** The text of the experiment of a run that was kept, for a file in `folder`. */
  | { readonly type: 'experiment-text'; readonly runFile: string; readonly folder: string };

/** What is done beside the run that is taken up. */
export type BesideRequest =
  | { readonly type: 'try'; readonly remedies: readonly string[] }
  | { readonly type: 'stop-trials' }
  | { readonly type: 'range-test' }
  | { readonly type: 'learning-curve' };

export interface Beside {
  readonly trials: Trials;
  readonly rangeTest: RangeTestState;
  readonly learningCurve: LearningCurveState;
}

/** How it stands; `runFile` is of the run that it is beside. */
export type BesideAnswer =
  | { readonly type: 'trials'; readonly runFile: string; readonly trials: Trials }
  | { readonly type: 'trial-progress'; readonly runFile: string; readonly id: string; readonly iteration: number; readonly iterations: number }
  | { readonly type: 'range-test'; readonly runFile: string; readonly rangeTest: RangeTestState }
  | { readonly type: 'learning-curve'; readonly runFile: string; readonly learningCurve: LearningCurveState };

export type FromWorker =
  | { readonly type: 'progress'; readonly runFile: string; readonly iteration: number; readonly iterations: number; readonly cost: Curve }
  /** The id of the report is the file that keeps its run. */
  | { readonly type: 'finished'; readonly report: Report; readonly lines: MarkedLines; readonly beside: Beside }
  /** Something could not be written; the run itself is unharmed. */
  | { readonly type: 'warning'; readonly problem: Problem }
  /** `runFile` is of the training or opening that failed; null if it was another request, or the thread itself. */
  | { readonly type: 'failed'; readonly runFile: string | null; readonly problem: Problem }
  | { readonly type: 'rows'; readonly request: number; readonly rows: readonly TableRow[] }
  | { readonly type: 'chain'; readonly request: number; readonly chain: SampleChain | null }
  | { readonly type: 'moment'; readonly request: number; readonly moment: Moment | null }
  | BesideAnswer
  | { readonly type: 'exported'; readonly as: ExportName; readonly files: readonly string[] }
  | { readonly type: 'experiment'; readonly file: string }
  | { readonly type: 'experiment-text'; readonly text: string };

/** Lines of the data file for the editor's own marks: the first of each kind, in the order of the file, and how many there are. */
export interface MarkedLines {
  /** L: the outputs are A[L]. */
  readonly layer: number;
  readonly dead: readonly DeadLine[];
  readonly ofDead: number;
  readonly skipped: readonly { readonly line: number; readonly reason: string }[];
  readonly ofSkipped: number;
}

export interface DeadLine {
  readonly line: number;
  /** The first of its dead outputs, in the units of the file (Z: of the network). */
  readonly outputs: readonly DeadOutput[];
  /** How many others are dead. */
  readonly more: number;
  /** Whether the sample is of the development set. */
  readonly development: boolean;
}

export interface DeadOutput {
  readonly name: string;
  readonly target: number;
  readonly prediction: number;
  readonly Z: number;
}

/**
 * One shared int32 by which the host stops a training, since its loop reads no messages: it holds the
 * ticket of the only training that may go on.
 */
export interface WorkerData {
  readonly ticket: SharedArrayBuffer;
}
