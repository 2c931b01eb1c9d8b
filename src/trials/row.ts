// What is known of one trial, as plain data: it crosses to the panel, is kept on disk, and is a row of the ranking.

import { deadSamples } from '../diagnosis/dead-samples';
import type { Remedy } from '../diagnosis/remedy';
import type { Matrix } from '../core/matrix';
import type { Settings } from '../experiment/settings';
import type { Outcome, Run } from '../training/run';
import { costCurve, spread, type CostCurve } from './cost-curve';
import { meanLoss, rowsOf, type Measure } from './measure';
import { settingsToKeep, type Trial } from './trial';

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
  /** One an output, where a formula takes the place of the network. */
  readonly formula: readonly { readonly text: string; readonly tex: string }[] | null;
  /** Over the settings of the run, to make this the current experiment; null where that cannot be. */
  readonly keep: Settings | null;
}

/** Points of a chart that compares predictions. */
const MAX_COMPARED = 400;

/** Numbers of the samples whose predictions are compared: all, or evenly spread over the file. */
export function comparedSamples(samples: number): Uint32Array {
  return spread(Uint32Array.from({ length: samples }, (_, s) => s), MAX_COMPARED);
}

export function rowOfRun(run: Run, measure: Measure): TrialRow {
  return { id: null, label: 'As it is', why: 'The run that the remedies are compared with.', ...measured(run, measure), formula: null, keep: null };
}

export function rowOfTrial(base: Run, measure: Measure, { id, label, why, change, polynomial }: Remedy, trial: Trial): TrialRow {
  const names = { id, label, why };
  switch (trial.kind) {
    case 'run':
      return { ...names, ...measured(trial.run, measure), formula: null, keep: settingsToKeep(trial.run, change) };
    case 'formula': {
      const { targets, development } = base.samples;
      return {
        ...names,
        outcome: 'fitted',
        reason: null,
        iterations: null,
        ...costs(trial.predictions, targets, development, measure),
        dead: { count: 0, of: targets.data.length },
        curve: null,
        predictions: compared(trial.predictions),
        formula: polynomial!.outputs.map(({ text, tex }) => ({ text, tex })),
        keep: null,
      };
    }
    case 'failed':
      return { ...names, outcome: 'failed', reason: trial.problem, iterations: null, cost: { training: NaN, development: null }, measured: NaN, dead: null, curve: null, predictions: null, formula: null, keep: null };
    default:
      return trial satisfies never;
  }
}

function measured(run: Run, measure: Measure): Omit<TrialRow, 'id' | 'label' | 'why' | 'formula' | 'keep'> {
  const { outcome, samples, iterations } = run;
  const { predictions, targets, development, Z } = samples;
  return {
    outcome: outcome.kind,
    reason: outcome.kind === 'diverged' ? outcome.reason : null,
    iterations,
    ...costs(predictions, targets, development, measure),
    dead: { count: deadSamples(run).predictions, of: Z.data.length },
    curve: costCurve(run, measure),
    predictions: compared(predictions),
  };
}

function costs(predictions: Matrix, targets: Matrix, mask: Uint8Array | null, measure: Measure): Pick<TrialRow, 'cost' | 'measured'> {
  const rows = rowsOf(mask, targets.rows);
  const over = (chosen: Uint32Array): number => meanLoss(measure, predictions, targets, chosen);
  const cost = { training: over(rows.training), development: mask ? over(rows.development) : null };
  // where the run has no development set, but the trial has one: the same samples for both, which are all of them
  const measured = measure.on === 'development' ? (cost.development ?? NaN) : mask ? over(rowsOf(null, targets.rows).training) : cost.training;
  return { cost, measured };
}

function compared(predictions: Matrix): Float64Array[] {
  const samples = comparedSamples(predictions.rows);
  return Array.from({ length: predictions.columns }, (_, j) => Float64Array.from(samples, (s) => predictions.data[s * predictions.columns + j]!));
}
