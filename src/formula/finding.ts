// What the check of a formula says.

import type { ActivationName } from '../core/activations';
import type { LossName } from '../core/losses';
import type { Range } from './error';
import type { Layout } from './tensors';

/**
 * What a formula can be checked as. `derivative` is g'(Z), the derivative of the activation
 * alone; `W` and `b` are the update, W := W - α dW.
 */
export const targetNames = ['dAL', 'dZ', 'derivative', 'dW', 'db', 'dA_prev', 'W', 'b'] as const;
export type TargetName = (typeof targetNames)[number];

export type FormulaRule =
  // Python or NumPy would refuse it
  | 'syntax' | 'incomplete-conditional' | 'truth-value' | 'tuple' | 'type' | 'shapes' | 'unknown-name' | 'unknown-function' | 'unsupported' | 'no-formula'
  // the numbers are wrong
  | 'constant-factor' | 'summed' | 'not-summed' | 'missing-axis' | 'wrong-axis' | 'missing-keepdims' | 'transposed' | 'order'
  | 'other-loss' | 'loss-itself' | 'activation-in-dAL' | 'activation-instead-of-loss' | 'activation-in-dA'
  | 'upstream-dropped' | 'derivative-missing' | 'derivative-twice' | 'derivative-of-A' | 'derivative-of-Z' | 'derivative-of-dA' | 'activation-itself' | 'half-derivative'
  | 'other-activation' | 'diagonal-only' | 'wrong-mask' | 'exp-sign' | 'sign' | 'wrong-value' | 'dA-for-dZ' | 'wrong-input' | 'matrix-product' | 'brackets' | 'l2-scale'
  | 'update' | 'overwritten' | 'samples-as-rows' | 'all-zero' | 'not-finite' | 'unexplained'
  // right, with a remark
  | 'epsilon' | 'slope' | 'convention';

export interface FormulaFinding {
  readonly rule: FormulaRule;
  /** `info`: a remark on a formula that may be right. */
  readonly severity: 'error' | 'info';
  /** One sentence: what is wrong. */
  readonly message: string;
  /** What it means and what to do, in sentences that a student understands. */
  readonly explanation: string;
  /** Of `constant-factor`: by what the right values are multiplied, such as `1/m`, `-1`, `2`. */
  readonly factor?: string;
  /** Where in the text. */
  readonly at: Range;
}

/** A loss or an activation, and where it is known from. */
export interface Chosen<Name> {
  readonly name: Name;
  /** `assumed`: nothing in the text says so; ask the person. */
  readonly how: 'given' | 'inferred' | 'assumed';
}

/** Some entries, the person's beside the right ones. */
export interface SampleValue {
  /** `[row, column]` of the person's array, from 0. */
  readonly entry: readonly [number, number];
  /** null where the formula gives no value there. */
  readonly theirs: number | null;
  /** By the numeric core. */
  readonly right: number;
  /** By central differences. */
  readonly numeric: number;
}

export interface FormulaCheck {
  readonly verdict: 'correct' | 'wrong' | 'cannot read';
  /** One sentence. */
  readonly summary: string;
  /** null where the text does not say what it is to be. */
  readonly of: TargetName | null;
  /** The name on the left side, if there is one: `dA2`. */
  readonly name: string | null;
  readonly loss: Chosen<LossName> | null;
  readonly activation: Chosen<ActivationName> | null;
  readonly samples: Layout;
  /** What the text leaves open; the caller may ask and check again. */
  readonly undecided: readonly ('of' | 'loss' | 'activation')[];
  readonly findings: readonly FormulaFinding[];
  /** The formula it should be, in the person's names; null where nothing says what it is to be. */
  readonly shouldBe: string | null;
  readonly values: readonly SampleValue[];
  /** The checks of the single gradients, where the text computes several; this one is then the first that is wrong. */
  readonly parts: readonly FormulaCheck[];
}
