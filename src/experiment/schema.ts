// The experiment file: one definition that gives the type, the validation and the JSON Schema.
// Texts of `.describe()` are what people read on hover and in completion.

import * as z from 'zod';
import { activationNames } from '../core/activations';
import { lossNames } from '../core/losses';
import { initializationNames } from '../core/initializations';

const finite = z.number();
const positive = finite.gt(0);
const count = z.int().min(1);
const decayRate = finite.min(0).lt(1);
const names = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const rows = z.array(z.array(finite).min(1)).min(1);

const optimizers = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('sgd').describe('W := W - α dW'), learningRate: positive.describe('α, the step size.') }),
  z.strictObject({
    name: z.literal('momentum').describe('v := momentum · v + dW; W := W - α v'),
    learningRate: positive.describe('α, the step size.'),
    momentum: decayRate.default(0.9).describe('Share of the last step that is kept.'),
  }),
  z.strictObject({
    name: z.literal('rmsprop').describe('s := decay · s + (1 - decay) dW²; W := W - α dW / (√s + epsilon)'),
    learningRate: positive.describe('α, the step size.'),
    decay: decayRate.default(0.9).describe('Share of the mean square that is kept.'),
    epsilon: positive.default(1e-8),
  }),
  z.strictObject({
    name: z.literal('adam').describe('Adam with bias correction (Kingma and Ba, 2015).'),
    learningRate: positive.describe('α, the step size.'),
    beta1: decayRate.default(0.9),
    beta2: decayRate.default(0.999),
    epsilon: positive.default(1e-8),
  }),
]);

const layer = z.strictObject({
  units: count.describe('n[l], the number of units.'),
  activation: z.enum(activationNames).describe('g[l]: A[l] = g[l](Z[l]).'),
  slope: finite.min(0).lt(1).optional().describe('Of leaky-relu: its slope below 0. Default: 0.01.'),
});

const layerParameters = z.strictObject({
  W: z.array(z.array(finite)).describe('units × inputs'),
  b: z.array(finite).describe('units'),
});

const normalize = z.strictObject({
  features: z
    .enum(['none', 'standard', 'minmax'])
    .optional()
    .describe('standard: (x - mean) / standard deviation. minmax: to 0…1. Default: standard; none for inline data or given parameters.'),
  target: z
    .enum(['none', 'standard', 'scale'])
    .optional()
    .describe('standard: (y - mean) / standard deviation. scale: y / max |y|, which leaves 0 at 0 and so suits a ReLU output. Default: none; with targets of 10,000 and more, standard for a linear output and scale for another.'),
});

/** Which function of a Python file is which, where their names do not say it. */
export const pythonBindingSchema = z.strictObject({
  class: z.string().min(1).optional().describe('The class that is the network, where it is one.'),
  init: z.string().min(1).optional().describe('The function that makes the parameters.'),
  forward: z.string().min(1).optional().describe('The function that computes the prediction.'),
  cost: z.string().min(1).optional().describe('The function that computes the cost.'),
  backward: z.string().min(1).optional().describe('The function that computes the gradients.'),
  update: z.string().min(1).optional().describe('The function that updates the parameters.'),
});

export const experimentSchema = z.strictObject({
  $schema: z.string().optional(),
  data: z
    .union([
      z.string().min(1),
      z.strictObject({ X: rows.describe('Features, one row a sample.'), Y: rows.describe('Targets, one row a sample.') }),
    ])
    .describe('A CSV or TSV file, relative to this file, or the samples themselves as { "X": [[…]], "Y": [[…]] }.'),
  features: names.optional().describe('Names of the feature columns. Default: every usable column but the target.'),
  target: names.optional().describe('Name of the target column. Default: the last numeric column.'),
  missing: z
    .enum(['skip', 'mean', 'median'])
    .optional()
    .describe('What becomes of a sample with a missing cell: skipped and reported, or the cell imputed by the mean or median of its column (the most frequent category of a text column). A missing target is always skipped. Default: skip.'),
  layers: z
    .array(layer)
    .min(1)
    .optional()
    .describe('The layers from 1 to L, the output layer included. Default: 16 ReLU units and an output that fits the target: relu where it is never negative (and not standardized), otherwise linear; sigmoid for two classes, softmax for more.'),
  loss: z.enum(lossNames).optional().describe('Per-sample loss. Default: the one that fits the output activation. mse is ½ (A[L] - Y)².'),
  optimizer: optimizers.optional().describe('How W and b are updated. Default: sgd with a learning rate of 0.0075.'),
  iterations: z.int().min(0).optional().describe('Number of updates. Default: 2000.'),
  batchSize: count.nullable().optional().describe('Samples an update; null: all of them (full batch). Default: null up to 10,000 samples, then 1024.'),
  initialization: z.enum(initializationNames).optional().describe('How W starts; b starts at 0. small is 0.01 × standard normal, as in the course. Default: he.'),
  seed: z.int().min(0).max(0xffffffff).optional().describe('Seed of everything random: the same seed gives the same run. Default: 7.'),
  normalize: normalize.optional().describe('Scaling of features and target before training; results are shown in the units of the file.'),
  l2: finite.min(0).optional().describe('λ: adds λ/(2m) Σ W² to the cost. Default: 0.'),
  clip: positive.nullable().optional().describe('The largest norm of the whole gradient: a longer one is shortened to it before the update. null: any. Default: null.'),
  learningRateDecay: finite.min(0).optional().describe('The learning rate of an epoch is α / (1 + learningRateDecay · epoch). Default: 0.'),
  earlyStop: z
    .strictObject({ patience: count.describe('Iterations without a lower development cost after which training ends.') })
    .nullable()
    .optional()
    .describe('Ends the training when the development cost falls no more, and keeps the parameters where it was lowest. Needs "split". Default: null.'),
  split: finite.gt(0).lt(1).nullable().optional().describe('Share of the samples set aside as development set; null: every sample trains. Default: null.'),
  python: pythonBindingSchema.optional().describe('For the Python file of the same name: which of its functions is which.'),
  parameters: z.array(layerParameters).min(1).optional().describe('Exact initial values, a {W, b} for each layer, instead of an initialization.'),
});

/** What a person writes: everything but `data` may be left out. */
export type Experiment = z.input<typeof experimentSchema>;
/** As written, with the constants of the optimizer filled in. */
export type ParsedExperiment = z.output<typeof experimentSchema>;

export type Optimizer = z.output<typeof optimizers>;
export type Layer = z.output<typeof layer>;

/** An experiment with nothing left open: every default has been decided from the data. */
export interface CompleteExperiment {
  readonly data: ParsedExperiment['data'];
  readonly features: readonly string[];
  readonly target: readonly string[];
  readonly missing: 'skip' | 'mean' | 'median';
  readonly layers: readonly Layer[];
  readonly loss: (typeof lossNames)[number];
  readonly optimizer: Optimizer;
  readonly iterations: number;
  readonly batchSize: number | null;
  readonly initialization: (typeof initializationNames)[number];
  readonly seed: number;
  readonly normalize: { readonly features: 'none' | 'standard' | 'minmax'; readonly target: 'none' | 'standard' | 'scale' };
  readonly l2: number;
  readonly clip: number | null;
  readonly learningRateDecay: number;
  readonly earlyStop: { readonly patience: number } | null;
  readonly split: number | null;
  readonly parameters?: ParsedExperiment['parameters'];
}
