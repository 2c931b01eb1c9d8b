// One remedy, tried: the experiment of a run with its change, trained on the very samples of that run.

import { completeExperiment } from '../experiment/complete';
import type { CompleteExperiment } from '../experiment/schema';
import type { Settings } from '../experiment/settings';
import { evaluatePolynomial } from '../diagnosis/polynomial';
import type { Remedy } from '../diagnosis/remedy';
import type { Matrix } from '../core/matrix';
import type { Dataset, DatasetColumn } from '../data/dataset';
import { toProblem } from '../problem';
import { runSteps } from '../training/job';
import type { Run } from '../training/run';
import type { Progress } from '../training/train';

export type Trial =
  | { readonly kind: 'run'; readonly run: Run }
  /** A formula in the place of the network; m × n[L] in the units of the file. */
  | { readonly kind: 'formula'; readonly predictions: Matrix }
  /** The change does not fit the experiment. */
  | { readonly kind: 'failed'; readonly problem: string };

export interface TrialProgress {
  /** Updates made so far, and to be made. */
  readonly iteration: number;
  readonly iterations: number;
}

/** Yields before every update; whoever wants no result any more calls `return`. Never throws for what a change asks for. */
export function* tryRemedy(run: Run, { change, polynomial }: Remedy): Generator<TrialProgress, Trial, undefined> {
  if (polynomial) return { kind: 'formula', predictions: evaluatePolynomial(polynomial, run.samples.X) };
  try {
    const { steps, iterations } = changedRun(run, change);
    return { kind: 'run', run: yield* reported(steps, iterations) };
  } catch (error) {
    return { kind: 'failed', problem: toProblem(error).what };
  }
}

function* reported(steps: Generator<Progress, Run, boolean | undefined>, iterations: number): Generator<TrialProgress, Run, undefined> {
  try {
    let step = steps.next();
    while (!step.done) {
      yield { iteration: step.value.iteration, iterations };
      step = steps.next();
    }
    return step.value;
  } finally {
    // given up on the way: its memory and its helping thread are let go
    steps.return(undefined as never);
  }
}

/**
 * The training of the changed experiment, in steps: the same bits each time.
 *
 * @throws ProblemError if the change does not fit, for instance early stop without a development set.
 */
export function changedRun(run: Run, change: Settings): { steps: ReturnType<typeof runSteps>; iterations: number } {
  const dataset = datasetOf(run, change.features);
  const { features, target, layers, ...rest } = comparable(run);
  const experiment = completeExperiment({ ...rest, features: [...features], target: [...target], layers: [...layers] }, change, dataset, () => ({ file: run.source }));
  return { steps: runSteps(run.source, { dataset, columns: run.data.columns }, experiment), iterations: experiment.iterations };
}

/** A run that was stopped is compared with what the others are after as many iterations. */
function comparable({ experiment, outcome, iterations }: Run): CompleteExperiment {
  return outcome.kind === 'cancelled' ? { ...experiment, iterations } : experiment;
}

/**
 * What has to be set over the settings of the run so that training from the file gives the run of this experiment: the
 * change itself, and what would otherwise be decided anew from it.
 */
export function settingsToKeep({ experiment }: Run, change: Settings): Settings {
  const { activation, slope } = experiment.layers.at(-1)!;
  const { loss, normalize, iterations } = experiment;
  return { ...change, outputActivation: activation, ...(slope !== undefined && { outputSlope: slope }), loss, normalize, iterations };
}

/** The samples of the run; of these features only, where they are given. */
function datasetOf({ file, samples, data }: Run, features?: readonly string[]): Dataset {
  const { X, targets: Y, lines } = samples;
  const { targets, task, skipped, imputed } = data;
  const rest = { file, Y, lines, targets, task, skipped, imputed };
  if (!features) return { ...rest, X, features: data.features };
  const kept: DatasetColumn[] = [];
  const columns: number[] = [];
  for (const column of data.features.filter(({ name }) => features.includes(name))) {
    kept.push({ ...column, first: columns.length });
    for (let j = 0; j < column.width; j++) columns.push(column.first + j);
  }
  const values = new Float64Array(X.rows * columns.length);
  for (let s = 0; s < X.rows; s++) columns.forEach((from, j) => (values[s * columns.length + j] = X.data[s * X.columns + from]!));
  return { ...rest, X: { rows: X.rows, columns: columns.length, data: values }, features: kept };
}
