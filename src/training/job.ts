// From a file to a Run: read, decide what is open, train, look at every sample, check the gradients.
// Runs in a worker thread of the extension host and in the command line alike.

import { createEngine, type Engine } from '../core/engine';
import { checkGradients } from '../core/gradient-check';
import { initialize } from '../core/initializations';
import { LEAKY_SLOPE } from '../core/activations';
import { gatherRows, matrix } from '../core/matrix';
import type { Network } from '../core/network';
import { cloneParameters, createParameters, unitsOf, type Parameters } from '../core/parameters';
import { createRandom, permutation, type Random } from '../core/random';
import type { Dataset } from '../data/dataset';
import { completeExperiment } from '../experiment/complete';
import type { CompleteExperiment } from '../experiment/schema';
import type { Settings } from '../experiment/settings';
import { explainDivergence } from './divergence';
import type { Outcome, Run, Samples } from './run';
import { unscale } from './scaling';
import { openSource, type Source } from './source';
import { train, type Progress, type Trained } from './train';
import { startHelper } from './helper';
import { networkView, type NetworkView } from './view';

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
  return runExperiment(job.file, source, experiment, observe);
}

function runExperiment(source: string, { dataset, columns }: Source, experiment: CompleteExperiment, observe: Observer): Run {
  const network = networkOf(experiment);
  const random = createRandom(experiment.seed);
  const initial = startParameters(experiment, dataset.X.columns, random);
  const development = chooseDevelopment(dataset.X.rows, experiment.split, random);
  const view = networkView(experiment, dataset.X, dataset.Y, development);
  const engine = createEngine(network, initial, view.X, view.Y, { startHelper });
  try {
    const trained = drive(
      train({
        engine,
        optimizer: experiment.optimizer,
        iterations: experiment.iterations,
        batchSize: experiment.batchSize,
        random,
        samples: view.X.rows,
        trainingRows: development ? view.trainingRows : null,
        developmentRows: development ? view.developmentRows : null,
        clip: experiment.clip,
        learningRateDecay: experiment.learningRateDecay,
        patience: experiment.earlyStop?.patience ?? null,
      }),
      experiment.iterations,
      observe,
    );
    // the kernels' memory is shared between threads: what leaves it is a copy
    const parameters = cloneParameters(engine.parameters);
    const samples = predictAll(engine, dataset, view, development);
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

export function networkOf(experiment: CompleteExperiment): Network {
  const { layers, loss, l2 } = experiment;
  return { activations: layers.map(({ activation }) => activation), slopes: layers.map(({ slope }) => slope ?? LEAKY_SLOPE), loss, l2 };
}

function startParameters(experiment: CompleteExperiment, inputs: number, random: Random): Parameters {
  const units = [inputs, ...experiment.layers.map((layer) => layer.units)];
  if (!experiment.parameters) return initialize(experiment.initialization, units, random);
  const parameters = createParameters(units);
  experiment.parameters.forEach(({ W, b }, k) => {
    parameters.layers[k]!.W.data.set(W.flat());
    parameters.layers[k]!.b.set(b);
  });
  return parameters;
}

/** 1 for each sample of the development set; null when every sample trains. */
function chooseDevelopment(m: number, split: number | null, random: Random): Uint8Array | null {
  if (split === null || m < 2) return null;
  const development = new Uint8Array(m);
  const share = Math.min(m - 1, Math.max(1, Math.round(m * split)));
  for (const row of permutation(m, random).subarray(0, share)) development[row] = 1;
  return development;
}

function take({ X, Y }: NetworkView, rows: Uint32Array): Pick<NetworkView, 'X' | 'Y'> {
  return {
    X: gatherRows(X, rows, matrix(rows.length, X.columns)),
    Y: gatherRows(Y, rows, matrix(rows.length, Y.columns)),
  };
}

function drive(steps: ReturnType<typeof train>, iterations: number, observe: Observer): Trained {
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

function predictAll(engine: Engine, dataset: Dataset, view: NetworkView, development: Uint8Array | null): Samples {
  const { rows, columns } = dataset.Y;
  const predictions = matrix(rows, columns);
  const Z = matrix(rows, columns);
  engine.forEachOutput((outputs) => {
    predictions.data.set(outputs.A.data, outputs.first * columns);
    Z.data.set(outputs.Z.data, outputs.first * columns);
  });
  unscale(predictions, view.targetScaling);
  return { lines: dataset.lines, X: dataset.X, targets: dataset.Y, predictions, Z, development };
}
