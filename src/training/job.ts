// From a file to a Run: read, decide what is open, train, look at every sample, check the gradients.
// Runs in a worker thread of the extension host and in the command line alike.

import { createEngine } from '../core/engine';
import { checkGradients } from '../core/gradient-check';
import { cloneParameters, unitsOf } from '../core/parameters';
import { createRandom } from '../core/random';
import type { Dataset } from '../data/dataset';
import { completeExperiment } from '../experiment/complete';
import type { CompleteExperiment } from '../experiment/schema';
import type { Settings } from '../experiment/settings';
import { explainDivergence } from './divergence';
import { predict } from './predict';
import type { Outcome, Run } from './run';
import { chooseDevelopment, networkOf, startParameters, take } from './setup';
import { openSource, type Source } from './source';
import { train, type Progress, type Trained } from './train';
import { startHelper } from './helper';
import { networkView } from './view';

export interface Job {
  /** A data file or an experiment file. */
  readonly file: string;
  readonly settings: Settings;
}

/** Called before every update; an answer of `true` stops the training. */
export type Observer = (progress: Progress, iterations: number) => boolean;

/** @throws ProblemError for whatever is wrong with the files or the experiment. */
export async function runJob(job: Job, observe: Observer): Promise<Run> {
  const source = await openSource(job.file, job.settings);
  const experiment = completeExperiment(source.experiment, job.settings, source.dataset, source.place);
  return drive(runSteps(job.file, source, experiment), experiment.iterations, observe);
}

/**
 * The same in steps, on data that are open already: it yields before every update. Send `true` to stop the training and
 * keep what it has; whoever wants nothing any more calls `return`.
 */
export function* runSteps(source: string, { dataset, columns }: Pick<Source, 'dataset' | 'columns'>, experiment: CompleteExperiment): Generator<Progress, Run, boolean | undefined> {
  const network = networkOf(experiment);
  const random = createRandom(experiment.seed);
  const initial = startParameters(experiment, dataset.X.columns, random);
  // from numbers of their own: another network is then judged by the same samples
  const development = chooseDevelopment(dataset.X.rows, experiment.split, createRandom(experiment.seed));
  const view = networkView(experiment, dataset.X, dataset.Y, development);
  const engine = createEngine(network, initial, view.X, view.Y, { startHelper });
  try {
    const trained = yield* train({
      engine,
      network,
      X: view.X,
      Y: view.Y,
      optimizer: experiment.optimizer,
      iterations: experiment.iterations,
      batchSize: experiment.batchSize,
      random,
      trainingRows: development ? view.trainingRows : null,
      developmentRows: development ? view.developmentRows : null,
      clip: experiment.clip,
      learningRateDecay: experiment.learningRateDecay,
      patience: experiment.earlyStop?.patience ?? null,
    });
    // the kernels' memory is shared between threads: what leaves it is a copy
    const parameters = cloneParameters(engine.parameters);
    const samples = { lines: dataset.lines, X: dataset.X, targets: dataset.Y, ...predict(engine, view), development };
    // the helping thread is for the check now
    engine.dispose();
    const training = development ? take(view, view.trainingRows) : view;
    return {
      source,
      file: dataset.file,
      experiment,
      outcome: outcomeOf(trained, experiment, dataset),
      iterations: trained.iterations,
      costs: trained.costs,
      finalCost: trained.finalCost,
      development: trained.development,
      history: trained.history,
      units: unitsOf(parameters),
      parameters: parameters.flat,
      data: {
        columns,
        features: dataset.features,
        targets: dataset.targets,
        task: dataset.task,
        skipped: dataset.skipped,
        imputed: dataset.imputed,
      },
      samples,
      gradientCheck: checkGradients(network, parameters, training.X, training.Y, experiment.seed, { startHelper }),
    };
  } finally {
    engine.dispose();
  }
}

/** To the end, in one go. */
export function drive(steps: ReturnType<typeof runSteps>, iterations: number, observe: Observer): Run {
  let step = steps.next();
  while (!step.done) step = steps.next(observe(step.value, iterations));
  return step.value;
}

function outcomeOf(trained: Trained, experiment: CompleteExperiment, dataset: Dataset): Outcome {
  if (trained.diverged) {
    return { kind: 'diverged', ...trained.diverged, reason: explainDivergence(trained.diverged, experiment, dataset) };
  }
  if (trained.stoppedEarlyAt !== null) return { kind: 'stopped early', iteration: trained.stoppedEarlyAt };
  return { kind: trained.iterations < experiment.iterations ? 'cancelled' : 'completed' };
}
