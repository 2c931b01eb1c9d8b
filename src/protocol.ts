// Everything that crosses between extension host and panel: one closed union for each direction, for each
// of the two forms of the panel (a run on data, the check of a Python file).
// The panel speaks first (`ready`) and gets the whole state, so it looks the same after a reload.

import type { GradientCheck } from './core/gradient-check';
import type { SampleChain } from './diagnosis/chain';
import type { Finding, Severity } from './diagnosis/finding';
import type { Mark } from './diagnosis/marks';
import type { CompleteExperiment } from './experiment/schema';
import type { Settings } from './experiment/settings';
import type { Problem } from './problem';
import type { PythonResult, ProbeStage } from './python/result';
import type { ColumnSummary, Outcome } from './training/run';
import type { LearningCurveState, RangeTestState, Trials } from './trials/states';

export type { CheckVerdict, CheckedEntry, GradientCheck, KinkEntry, LayerCheck, ParameterCheck, VacuousEntries } from './core/gradient-check';
export type { ChainLink, ChainValues, LayerShare, SampleChain } from './diagnosis/chain';
export type { Evidence, Finding, SampleEvidence, Severity } from './diagnosis/finding';
export type { Mark, MarkKind } from './diagnosis/marks';
export type { Polynomial } from './diagnosis/polynomial';
export type { Remedy } from './diagnosis/remedy';
export type { Settings } from './experiment/settings';
export type { Problem } from './problem';
export type { ProbeStage, PythonFinding, PythonLayer, PythonLink, PythonResult, PythonVerdict } from './python/result';
export type { ColumnSummary, Outcome } from './training/run';
export type { LearningCurveState, OfferedRemedy, RangeTestState, Trials } from './trials/states';
export type { CostCurve, RankedRow, TrialTable } from './trials/view';
export { activationNames, LEAKY_SLOPE } from './core/activations';
export { MAX_LINES, ruleNames } from './diagnosis/finding';
export { formulas } from './diagnosis/formulas';
export { count, exponent, number, plural } from './format';
export { initializationNames } from './core/initializations';
export { lossNames } from './core/losses';
export { optimizerNames } from './core/optimizers';

/** More points than this no chart of ours can show. */
export const MAX_POINTS = 2000;

export type ToPanel =
  /** The panel keeps `restore` by setState: with it the host finds the run again after a window reload. */
  | { readonly type: 'state'; readonly state: PanelState; readonly restore: RestoreToken }
  /** At most ten a second while training. `cost` is thinned to MAX_POINTS. */
  | { readonly type: 'progress'; readonly iteration: number; readonly iterations: number; readonly cost: Curve }
  | { readonly type: 'rows'; readonly request: number; readonly rows: readonly TableRow[] }
  /** null: there is no such sample any more. */
  | { readonly type: 'chain'; readonly request: number; readonly chain: SampleChain | null }
  /** null: there is no such snapshot any more. */
  | { readonly type: 'moment'; readonly request: number; readonly moment: Moment | null }
  /** What was tried against the run shown; sent again with each `state`, so that a panel that comes back has it. */
  | { readonly type: 'trials'; readonly trials: Trials }
  /** Of the trial that `trials` says is trained now. */
  | { readonly type: 'trial-progress'; readonly id: string; readonly iteration: number; readonly iterations: number }
  | { readonly type: 'range-test'; readonly rangeTest: RangeTestState }
  | { readonly type: 'learning-curve'; readonly learningCurve: LearningCurveState };

export interface RestoreToken {
  /** The file that was chosen, and the settings over it. */
  readonly source: string;
  readonly settings: Settings;
  /** Where the last finished run is kept. */
  readonly runFile: string | null;
  /** Whether another was under way. */
  readonly training: boolean;
}

export type FromPanel =
  | { readonly type: 'ready' }
  /** Train again with these changes over the settings so far. */
  | { readonly type: 'train'; readonly change: Settings }
  | { readonly type: 'stop' }
  | { readonly type: 'rows'; readonly request: number; readonly query: RowQuery }
  /** The chain rule on one sample, counted from 0 in the order of the file; at a snapshot, or else at the end of the run. */
  | { readonly type: 'chain'; readonly request: number; readonly sample: number; readonly snapshot?: number | undefined }
  /** Every sample point as it was at a snapshot. */
  | { readonly type: 'moment'; readonly request: number; readonly snapshot: number }
  /** Open the data file at a line. */
  | { readonly type: 'open-line'; readonly line: number }
  /** Open a problem's file at its line. */
  | { readonly type: 'open-problem' }
  | { readonly type: 'save-experiment' }
  /** Train the changed experiments beside the run, one after the other, by the ids of their remedies. */
  | { readonly type: 'try'; readonly remedies: readonly string[] }
  /** Ends trials, range test and learning curve; what is finished stays. */
  | { readonly type: 'stop-trials' }
  /** Make the run of a tried remedy the current one. */
  | { readonly type: 'keep'; readonly remedy: string }
  | { readonly type: 'range-test' }
  | { readonly type: 'learning-curve' };

export type PanelState =
  /** Reading the file, or the first moments of a training. */
  | { readonly kind: 'loading'; readonly title: string; readonly previous: Report | null }
  | { readonly kind: 'training'; readonly title: string; readonly iteration: number; readonly iterations: number; readonly cost: Curve; readonly previous: Report | null }
  | { readonly kind: 'finished'; readonly title: string; readonly report: Report }
  /** Nothing is lost: the report before the failure stays. */
  | { readonly kind: 'failed'; readonly title: string; readonly problem: Problem; readonly previous: Report | null };

/** A curve of at most MAX_POINTS points. */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** A Run as the panel shows it: full words and numbers, but never more points than fit on a screen. */
export interface Report {
  /** Changes with each run, so that the panel knows a new one from the same one sent again. */
  readonly id: string;
  /** Name of the file that holds the samples, without its folder. */
  readonly file: string;
  /** Its whole path, which the lines of the report belong to. */
  readonly dataFile: string;
  readonly verdict: { readonly severity: Severity | 'ok'; readonly text: string };
  readonly findings: readonly Finding[];
  /** As it was run, every default decided. Inline data and given parameters are left out. */
  readonly experiment: Omit<CompleteExperiment, 'data' | 'parameters'>;
  /** Columns to choose features and target from. */
  readonly columns: readonly ColumnSummary[];
  readonly data: {
    readonly samples: number;
    readonly skipped: number;
    /** The first lines that were skipped, at most 100. */
    readonly skippedLines: readonly { readonly line: number; readonly reason: string }[];
    readonly imputed: number;
  };
  readonly outcome: Outcome;
  readonly iterations: number;
  readonly cost: {
    readonly first: number;
    readonly final: number;
    readonly training: Curve;
    readonly development: Curve | null;
  };
  /** Names of the n[L] outputs: the target columns, or `column=category` of a one-hot target. */
  readonly outputs: readonly string[];
  readonly points: SamplePoints;
  /** Predictions, n[L] a sample. `dead` only under a ReLU output; `negative`: Z < 0 under any activation. */
  readonly predictions: { readonly of: number; readonly dead: number; readonly negative: number };
  /** Samples with at least one dead prediction: the rows of the dead-output table. */
  readonly deadSamples: number;
  /** Headings of the feature cells of a TableRow. */
  readonly featureNames: readonly string[];
  /** Units of the targets are those of the file; the cost is of the scaled target if this is set. */
  readonly targetScaled: boolean;
  readonly gradientCheck: GradientCheck;
  readonly timeline: Timeline;
}

/** The snapshots of a run; arrays have one entry for each, the last is the end. */
export interface Timeline {
  /** Updates made before each, ascending. */
  readonly iterations: Float64Array;
  /** Mean over the training samples that were looked at, and the L2 part. */
  readonly cost: Float64Array;
  /** Of `predictions`. */
  readonly deadOutputs: Float64Array;
  readonly predictions: number;
  /** Whether cost and dead outputs are of every sample; else of some training samples only. */
  readonly complete: boolean;
  /** In the order of time. */
  readonly marks: readonly Mark[];
  /** Memory that all snapshots take. */
  readonly bytes: number;
}

/** A run at one of its snapshots: what differs from its end. */
export interface Moment {
  /** Its number, from 0. */
  readonly snapshot: number;
  readonly iteration: number;
  /** Over all training samples. */
  readonly cost: number;
  readonly predictions: Report['predictions'];
  readonly deadSamples: number;
  /** Of the same samples as the report's points. */
  readonly points: Pick<SamplePoints, 'prediction' | 'Z' | 'dead'>;
}

/** Samples for the charts, at most MAX_POINTS, in the order of the file. */
export interface SamplePoints {
  /** How many samples there are in all. */
  readonly of: number;
  /** Number of each sample shown, from 0. */
  readonly sample: Float64Array;
  readonly line: Float64Array;
  /** One array for each output. */
  readonly target: readonly Float64Array[];
  readonly prediction: readonly Float64Array[];
  readonly Z: readonly Float64Array[];
  /** 1 where the prediction is a dead output. */
  readonly dead: readonly Uint8Array[];
}

export type SortKey = 'line' | 'target' | 'prediction' | 'Z' | { readonly feature: number };

/** Rows `from` (included) to `to` (excluded) of the table after sorting. */
export interface RowQuery {
  readonly which: 'dead' | 'all';
  /** Output that target, Z and prediction are of. */
  readonly output: number;
  readonly sort: SortKey;
  readonly descending: boolean;
  /** At this snapshot, or else at the end of the run. */
  readonly snapshot?: number | undefined;
  readonly from: number;
  readonly to: number;
}

export interface TableRow {
  /** Its number, from 0. */
  readonly sample: number;
  readonly line: number;
  readonly features: readonly (number | string)[];
  readonly target: number;
  readonly Z: number;
  readonly prediction: number;
  readonly dead: boolean;
}

// -- the check of a Python file

/** The Python panel speaks first too. It keeps `restore` by setState, so that a check outlives a window reload. */
export interface ToPythonPanel {
  readonly type: 'state';
  readonly state: PythonPanelState;
  readonly restore: PythonRestoreToken;
}

export interface PythonRestoreToken {
  readonly source: string;
  readonly report: PythonReport | null;
}

export type FromPythonPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'check' }
  | { readonly type: 'cancel' }
  | { readonly type: 'open-place'; readonly place: PythonPlace }
  /** Apply the replacement of a finding, by its index. */
  | { readonly type: 'fix'; readonly finding: number }
  /** Say by hand which function is which. */
  | { readonly type: 'bind' }
  | { readonly type: 'forget-binding' }
  /** Write the binding into the `*.gradient.json` beside the file. */
  | { readonly type: 'save-binding' }
  | { readonly type: 'open-binding' }
  | { readonly type: 'show-output' }
  | { readonly type: 'manage-trust' }
  | { readonly type: 'choose-interpreter' };

/** A place in a person's code; lines and columns count from 1, cells from 0. */
export interface PythonPlace {
  readonly file: string;
  readonly line?: number | null | undefined;
  readonly cell?: number | undefined;
  readonly column?: number | undefined;
}

export type PythonPanelState =
  | { readonly kind: 'checking'; readonly title: string; readonly stage: ProbeStage | null; readonly previous: PythonReport | null }
  | { readonly kind: 'finished'; readonly title: string; readonly report: PythonReport }
  /** Nothing could be checked; the report before stays. `remedy` is a button that may help. */
  | { readonly kind: 'failed'; readonly title: string; readonly problem: Problem; readonly remedy: 'trust' | 'interpreter' | null; readonly previous: PythonReport | null };

export interface PythonReport {
  /** Changes with each check. */
  readonly id: string;
  readonly result: PythonResult;
  /** Who said which function is which: their names, the person in this window, or the `*.gradient.json` beside the file. */
  readonly boundBy: 'names' | 'person' | 'file';
  /** Name of that `*.gradient.json`, whether it is there or not. */
  readonly companion: string;
  /** Whether the person's code wrote to standard error. */
  readonly output: boolean;
  /** SHA-256 of the file that was checked. */
  readonly digest: string;
  /** Whether the file is no longer what was checked. */
  readonly changed: boolean;
}
