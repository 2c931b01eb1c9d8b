// What a diagnosis says: one rule, how bad it is, in words, with its numbers and with what to try. Plain data,
// so that it crosses to the panel and into JSON as it is.

import type { FormulaName } from './formulas';
import type { LearningPoint } from '../training/learning-curve';
import type { Remedy } from './remedy';

export type Severity = 'error' | 'warning' | 'info';

/** From cause to effect: where several rules find equally bad things, the earlier one comes first. */
export const ruleNames = [
  'wrong-loss',
  'unreachable-target',
  'symmetric-units',
  'unscaled-features',
  'outliers',
  'unscaled-target',
  'exploding-gradient',
  'learning-rate-too-large',
  'diverged',
  'over-regularized',
  'dead-units',
  'dead-output',
  'vanishing-gradient',
  'saturated-units',
  'class-imbalance',
  'learning-rate-too-small',
  'high-bias',
  'cost-flat',
  'high-variance',
  'gradient-check',
  'constant-features',
  'duplicate-features',
  'skipped-lines',
  'columns-left-out',
  'overkill',
] as const;
export type RuleName = (typeof ruleNames)[number];

/** One number that a finding rests on. */
export interface Evidence {
  /** In words or in the letters of the course: "‖dW[1]‖ / ‖dW[5]‖". */
  readonly name: string;
  /** NaN and ±Infinity are possible. */
  readonly value: number;
  /** The bound that it is compared with. */
  readonly limit?: number;
  /** 1 … L, where it belongs to one layer. */
  readonly layer?: number;
  /** Updates made, where it belongs to one moment. */
  readonly iteration?: number;
}

/** One sample that a finding is about. */
export interface SampleEvidence {
  /** Its number, from 0, in the order of the file. */
  readonly sample: number;
  /** Line of the data file. */
  readonly line: number;
  /** For instance { Z, target, prediction, deadSince }. */
  readonly values: Readonly<Record<string, number>>;
}

export interface Finding {
  readonly rule: RuleName;
  readonly severity: Severity;
  /** One sentence with its numbers. */
  readonly message: string;
  /** What it means and what to do, in one or two sentences that a student understands. */
  readonly explanation: string;
  /** Further facts, one sentence each: a pattern, a moment, a comparison. */
  readonly details: readonly string[];
  readonly evidence: readonly Evidence[];
  /** At most MAX_SAMPLES of them. */
  readonly samples: readonly SampleEvidence[];
  /** Lines of the data file it is about, at most MAX_LINES of them. */
  readonly lines: readonly number[];
  /** Layers (1 … L) it is about. */
  readonly layers: readonly number[];
  /** The formula behind it: see formulas.ts. */
  readonly formula: FormulaName | null;
  /** Where the condition and its bound come from. */
  readonly source: string | null;
  /** High bias and high variance only: costs over the number of samples, ascending, where they could be measured. */
  readonly learningCurve?: readonly LearningPoint[];
  /** What the field would try, the most promising first. Nothing is claimed to help before it was run. */
  readonly remedies: readonly Remedy[];
}

export const MAX_LINES = 1000;
export const MAX_SAMPLES = 100;

type Needed = 'rule' | 'severity' | 'message' | 'explanation';

/** A finding; what is not given is empty. */
export function finding(given: Pick<Finding, Needed> & Partial<Omit<Finding, Needed>>): Finding {
  return { details: [], evidence: [], samples: [], lines: [], layers: [], formula: null, source: null, remedies: [], ...given };
}
