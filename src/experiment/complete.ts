// Decides everything that an experiment leaves open, from its data, and checks that the shapes fit.

import type { ActivationName } from '../core/activations';
import type { LossName } from '../core/losses';
import type { Dataset } from '../data/dataset';
import { ProblemError } from '../problem';
import type { CompleteExperiment, Layer, ParsedExperiment } from './schema';
import type { Settings } from './settings';

const HIDDEN: readonly Layer[] = [{ units: 16, activation: 'relu' }];
/** The course's gradient descent: its learning rate and about its number of iterations. */
const OPTIMIZER = { name: 'sgd', learningRate: 0.0075 } as const;
const ITERATIONS = 2000;
/** Any would do; this one shows the quadratic example half alive, half dead. */
const SEED = 7;
/**
 * Left as they are up to here, as the course's code leaves them. Beyond, plain gradient descent at that learning
 * rate dies at once: on the quadratic example stretched to 10,000, every output was dead for each of ten seeds.
 */
const LARGE_TARGET = 10_000;
/** Up to here an update sees every sample; beyond, a batch of this size, so that a run still takes seconds. */
const FULL_BATCH_UP_TO = 10_000;
const BATCH_SIZE = 1024;

/** Where a part of the experiment was written, for messages. */
export type Place = (path: readonly (string | number)[]) => { readonly file: string; readonly line?: number };

/** @throws ProblemError if layers, parameters and data do not fit together. */
export function completeExperiment(given: ParsedExperiment, settings: Settings, dataset: Dataset, place: Place): CompleteExperiment {
  const layers = decideLayers(given, settings, dataset);
  checkLayers(layers, dataset, place);
  const parameters = reshaped(settings) ? undefined : given.parameters;
  if (parameters) checkParameters(parameters, layers, dataset, place);

  const exact = parameters !== undefined || typeof given.data !== 'string';
  const output = layers.at(-1)!.activation;
  const optimizer = settings.optimizer ?? given.optimizer ?? OPTIMIZER;
  const split = settings.split !== undefined ? settings.split : (given.split ?? null);
  const earlyStop = settings.earlyStop !== undefined ? settings.earlyStop : (given.earlyStop ?? null);
  if (earlyStop && split === null) {
    throw new ProblemError({
      what: 'Early stop watches the development cost, but every sample trains.',
      todo: 'Set "split" to the share of a development set, such as 0.2, or leave early stop out.',
      ...place(['earlyStop']),
    });
  }
  const batchSize = settings.batchSize !== undefined ? settings.batchSize : given.batchSize;
  return {
    data: given.data,
    features: dataset.features.map((column) => column.name),
    target: dataset.targets.map((column) => column.name),
    missing: settings.missing ?? given.missing ?? 'skip',
    layers,
    loss: settings.loss ?? (settings.outputActivation === undefined && settings.target === undefined ? given.loss : undefined) ?? lossFor(output, dataset),
    optimizer: settings.learningRate === undefined ? optimizer : { ...optimizer, learningRate: settings.learningRate },
    iterations: settings.iterations ?? given.iterations ?? ITERATIONS,
    batchSize: batchSize !== undefined ? batchSize : dataset.X.rows > FULL_BATCH_UP_TO ? BATCH_SIZE : null,
    initialization: settings.initialization ?? given.initialization ?? 'he',
    seed: settings.seed ?? given.seed ?? SEED,
    normalize: {
      features: settings.normalize?.features ?? given.normalize?.features ?? (exact ? 'none' : 'standard'),
      target: settings.normalize?.target ?? given.normalize?.target ?? (exact ? 'none' : targetScalingFor(output, dataset)),
    },
    l2: settings.l2 ?? given.l2 ?? 0,
    clip: settings.clip !== undefined ? settings.clip : (given.clip ?? null),
    learningRateDecay: settings.learningRateDecay ?? given.learningRateDecay ?? 0,
    earlyStop,
    split,
    ...(parameters ? { parameters } : {}),
  };
}

/** Whether the settings ask for a start that given parameters cannot be. */
function reshaped(settings: Settings): boolean {
  return [settings.hidden, settings.features, settings.target, settings.initialization, settings.seed].some((value) => value !== undefined);
}

function decideLayers(given: ParsedExperiment, settings: Settings, dataset: Dataset): readonly Layer[] {
  const { hidden, outputActivation, outputSlope, target } = settings;
  if (given.layers && !hidden && !outputActivation && outputSlope === undefined && !target) return given.layers;
  const kept = given.layers && !target ? given.layers.at(-1)! : undefined;
  const activation = outputActivation ?? kept?.activation ?? outputFor(dataset, settings.normalize?.target ?? given.normalize?.target);
  const slope = outputSlope ?? (activation === kept?.activation ? kept.slope : undefined);
  return [
    ...(hidden ?? given.layers?.slice(0, -1) ?? HIDDEN),
    { units: dataset.Y.columns, activation, ...(slope !== undefined && { slope }) },
  ];
}

/** What people write when they adapt the course's functions: ReLU where a target is never negative. */
function outputFor(dataset: Dataset, targetScaling: string | undefined): ActivationName {
  if (dataset.task === 'two-class') return 'sigmoid';
  if (dataset.task === 'many-class') return 'softmax';
  // standardized targets are negative below their mean, where ReLU could not follow
  return targetScaling === 'standard' || dataset.Y.data.some((y) => y < 0) ? 'linear' : 'relu';
}

function targetScalingFor(output: ActivationName, dataset: Dataset): 'none' | 'standard' | 'scale' {
  if (dataset.task !== 'regression' || dataset.Y.data.every((y) => Math.abs(y) < LARGE_TARGET)) return 'none';
  return output === 'linear' ? 'standard' : 'scale';
}

function lossFor(output: ActivationName, dataset: Dataset): LossName {
  if (output === 'softmax') return 'cross-entropy';
  return output === 'sigmoid' && dataset.task !== 'regression' ? 'binary-cross-entropy' : 'mse';
}

function checkLayers(layers: readonly Layer[], dataset: Dataset, place: Place): void {
  const last = layers.length - 1;
  const outputs = dataset.Y.columns;
  if (layers[last]!.units !== outputs) {
    const names = dataset.targets.map((column) => `"${column.name}"`).join(', ');
    throw new ProblemError({
      what: `The output layer has ${layers[last]!.units} units, but the target ${names} makes ${outputs} ${outputs === 1 ? 'output' : 'outputs'}.`,
      todo: `Set its units to ${outputs}, or leave "layers" out.`,
      ...place(['layers', last, 'units']),
    });
  }
  layers.forEach(({ activation, slope }, k) => {
    if (slope === undefined || activation === 'leaky-relu') return;
    throw new ProblemError({
      what: `Layer ${k + 1} has a slope, but its activation is ${activation}.`,
      todo: 'Only leaky-relu has a slope: remove it, or change the activation.',
      ...place(['layers', k, 'slope']),
    });
  });
  layers.forEach((layer, k) => {
    if (layer.activation !== 'softmax' || k === last) return;
    throw new ProblemError({
      what: `Layer ${k + 1} is hidden but has the activation softmax.`,
      todo: 'Softmax is for the output layer: choose relu or tanh here.',
      ...place(['layers', k, 'activation']),
    });
  });
}

function checkParameters(parameters: NonNullable<ParsedExperiment['parameters']>, layers: readonly Layer[], dataset: Dataset, place: Place): void {
  if (parameters.length !== layers.length) {
    throw new ProblemError({
      what: `"parameters" has ${parameters.length} entries for ${layers.length} layers.`,
      todo: 'Give one {"W": …, "b": …} a layer.',
      ...place(['parameters']),
    });
  }
  let inputs = dataset.X.columns;
  parameters.forEach(({ W, b }, k) => {
    const { units } = layers[k]!;
    const wrongRow = W.findIndex((row) => row.length !== inputs);
    const path = W.length !== units || wrongRow < 0 ? ['parameters', k, 'W'] : ['parameters', k, 'W', wrongRow];
    if (W.length !== units || wrongRow >= 0) {
      const found = wrongRow < 0 ? `${W.length} rows` : `${W.length} × ${W[wrongRow]!.length}`;
      throw new ProblemError({
        what: `W[${k + 1}] is ${found} where ${units} × ${inputs} (units × inputs) is needed.`,
        todo: 'Give one row a unit and one number an input, or leave "parameters" out.',
        ...place(path),
      });
    }
    if (b.length !== units) {
      throw new ProblemError({
        what: `b[${k + 1}] has ${b.length} entries where ${units} are needed.`,
        todo: 'Give one number a unit.',
        ...place(['parameters', k, 'b']),
      });
    }
    inputs = units;
  });
}
