// What each gradient that can be checked says about itself: its right values by the core, the same by central
// differences, the mistakes that people make with it, and how it is written.

import type { ActivationName } from '../../core/activations';
import type { LossName } from '../../core/losses';
import type { Matrix } from '../../core/matrix';
import type { FormulaRule } from '../finding';
import type { Naming } from '../naming';
import type { Holds, Layout } from '../tensors';
import type { World } from '../world';

export interface Mistake {
  readonly rule: FormulaRule;
  /** NumPy text over the names of mistake-scope.ts, samples as columns. What it is worth is compared with the person's values. */
  readonly formula: string;
  readonly message: string;
  readonly explanation: string;
}

/** How a formula is to be written. */
export interface Writing {
  readonly names: Naming;
  readonly loss: LossName | null;
  readonly activation: ActivationName | null;
  readonly output: boolean;
  readonly layout: Layout;
  /** Whether loss and activation are certain: what is only tried cannot be mistaken for another. */
  readonly asked: { readonly loss: boolean; readonly activation: boolean };
}

export interface Target {
  /** "the derivative of the loss by A[L]" */
  readonly meaning: string;
  readonly holds: Holds;
  /** By the numeric core. */
  right(world: World, names: Naming): Matrix;
  /** The same by central differences of what it is the derivative of. */
  numeric(world: World, names: Naming): Matrix;
  /** The right side of the formula. */
  written(writing: Writing): string;
  mistakes(writing: Writing): Mistake[];
}

export const LOSS_TITLES: Readonly<Record<LossName, string>> = {
  mse: 'MSE (½ (A - Y)²)',
  mae: 'MAE (|A - Y|)',
  huber: 'the Huber loss (δ = 1)',
  'binary-cross-entropy': 'binary cross-entropy',
  'cross-entropy': 'cross-entropy (one-hot Y)',
};

export const ACTIVATION_TITLES: Readonly<Record<ActivationName, string>> = {
  linear: 'a linear layer',
  relu: 'ReLU',
  'leaky-relu': 'leaky ReLU',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  swish: 'swish',
  gelu: 'GELU',
  elu: 'ELU',
  softplus: 'softplus',
  softmax: 'softmax',
};
