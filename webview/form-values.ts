// What the form holds, and which Settings its difference from a finished run makes.

import type { ColumnSummary, Report, Settings } from '../src/protocol';

type Experiment = Report['experiment'];

/** Plain values of the controls; '' stands for "chosen from the target", null for none. */
export interface FormValues {
  target: string;
  /** null: every other usable column. */
  features: string[] | null;
  hidden: { units: number; activation: string; slope?: number | undefined }[];
  outputActivation: string;
  /** Of a leaky ReLU output; null: the usual one. */
  outputSlope: number | null;
  loss: string;
  optimizer: string;
  learningRate: number;
  iterations: number;
  batchSize: number | null;
  initialization: string;
  seed: number;
  normalizeFeatures: string;
  normalizeTarget: string;
  l2: number;
  clip: number | null;
  learningRateDecay: number;
  patience: number | null;
  split: number | null;
  missing: string;
}

export function valuesOf(experiment: Experiment): FormValues {
  return {
    target: experiment.target.join(', '),
    features: [...experiment.features],
    hidden: experiment.layers.slice(0, -1).map(({ units, activation, slope }) => ({ units, activation, slope })),
    outputActivation: experiment.layers.at(-1)!.activation,
    outputSlope: experiment.layers.at(-1)!.slope ?? null,
    loss: experiment.loss,
    optimizer: experiment.optimizer.name,
    learningRate: experiment.optimizer.learningRate,
    iterations: experiment.iterations,
    batchSize: experiment.batchSize,
    initialization: experiment.initialization,
    seed: experiment.seed,
    normalizeFeatures: experiment.normalize.features,
    normalizeTarget: experiment.normalize.target,
    l2: experiment.l2,
    clip: experiment.clip,
    learningRateDecay: experiment.learningRateDecay,
    patience: experiment.earlyStop?.patience ?? null,
    split: experiment.split,
    missing: experiment.missing,
  };
}

/** Only what differs from the run: the rest stays as it was decided, or is decided anew from a new target. */
export function changeOf(experiment: Experiment, values: FormValues): Settings {
  const before = valuesOf(experiment);
  const differs = (name: keyof FormValues): boolean => JSON.stringify(values[name]) !== JSON.stringify(before[name]);
  const targetChanged = differs('target');
  return {
    ...(targetChanged && { target: [values.target] }),
    ...((targetChanged ? values.features !== null : differs('features') && values.features !== null) && { features: values.features! }),
    ...(differs('hidden') && { hidden: values.hidden as NonNullable<Settings['hidden']> }),
    // an activation or loss that is kept for a new target has to be said, because a new target decides both
    ...chosen('outputActivation', values.outputActivation, targetChanged || differs('outputActivation')),
    ...(values.outputActivation === 'leaky-relu' && values.outputSlope !== null && differs('outputSlope') && { outputSlope: values.outputSlope }),
    ...chosen('loss', values.loss, targetChanged || differs('loss')),
    ...(differs('optimizer') ? { optimizer: optimizer(values) } : differs('learningRate') && { optimizer: { ...experiment.optimizer, learningRate: values.learningRate } }),
    ...same('iterations'),
    ...same('batchSize'),
    ...(differs('initialization') && { initialization: values.initialization as NonNullable<Settings['initialization']> }),
    ...same('seed'),
    ...normalization(),
    ...same('l2'),
    ...same('clip'),
    ...same('learningRateDecay'),
    ...(differs('patience') && { earlyStop: values.patience === null ? null : { patience: values.patience } }),
    ...same('split'),
    ...(differs('missing') && { missing: values.missing as NonNullable<Settings['missing']> }),
  };

  function same<K extends 'iterations' | 'batchSize' | 'seed' | 'l2' | 'clip' | 'learningRateDecay' | 'split'>(name: K): Settings {
    return differs(name) ? { [name]: values[name] } : {};
  }

  function normalization(): Settings {
    if (!differs('normalizeFeatures') && !differs('normalizeTarget')) return {};
    return { normalize: { features: values.normalizeFeatures, target: values.normalizeTarget } as NonNullable<Settings['normalize']> };
  }
}

function chosen(name: 'outputActivation' | 'loss', value: string, said: boolean): Settings {
  return said && value !== '' ? ({ [name]: value }) : {};
}

/** The constants that their authors recommend. */
function optimizer({ optimizer: name, learningRate }: FormValues): NonNullable<Settings['optimizer']> {
  switch (name) {
    case 'momentum':
      return { name, learningRate, momentum: 0.9 };
    case 'rmsprop':
      return { name, learningRate, decay: 0.9, epsilon: 1e-8 };
    case 'adam':
      return { name, learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
    default:
      return { name: 'sgd', learningRate };
  }
}

/** Columns that can be a target or a feature. */
export function usable(columns: readonly ColumnSummary[]): string[] {
  return columns.filter(({ kind }) => kind !== 'unusable').map(({ name }) => name);
}
