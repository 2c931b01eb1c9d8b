// A trial as a row of the ranking: what it costs, its dead outputs, its curve and its predictions.

import { deadSamples } from '../diagnosis/dead-samples';
import type { Remedy } from '../diagnosis/remedy';
import type { Matrix } from '../core/matrix';
import { isDead, type Run } from '../training/run';
import { costCurve, spread } from './cost-curve';
import { meanLoss, rowsOf } from './measure';
import { settingsToKeep, type Trial } from './trial';
import type { Measure, TrialRow } from './view';

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
        deadAt: compared(trial.predictions).map(({ length }) => new Uint8Array(length)),
        formula: polynomial!.outputs.map(({ text, tex }) => ({ text, tex })),
        keep: null,
      };
    }
    case 'failed':
      return { ...names, outcome: 'failed', reason: trial.problem, iterations: null, cost: { training: NaN, development: null }, measured: NaN, dead: null, curve: null, predictions: null, deadAt: null, formula: null, keep: null };
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
    deadAt: compared(Z).map((values) => Uint8Array.from(values, (z) => (isDead(run, z) ? 1 : 0))),
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

function compared({ data, rows, columns }: Matrix): Float64Array[] {
  const samples = comparedSamples(rows);
  return Array.from({ length: columns }, (_, j) => Float64Array.from(samples, (s) => data[s * columns + j]!));
}
