// Compares what a formula gives with the right values and with the known mistakes, in every scenario at once.

import { evaluate } from './evaluate';
import { FormulaError } from './error';
import { factorBetween } from './factor';
import type { FormulaRule } from './finding';
import { mistakeScope } from './mistake-scope';
import { parse } from './parse';
import type { Statement } from './syntax-tree';
import type { Mistake, Target, Writing } from './targets/target';
import { toTensor } from './tensors';
import { reduce, transpose, type Tensor } from './value';
import type { World } from './world';

/** What was recognized: the mistakes, and by what constant the values still differ. */
export interface Match {
  readonly mistakes: readonly Pick<Mistake, 'rule' | 'message' | 'explanation'>[];
  /** '' where there is none. */
  readonly factor: string;
  /** 0: right. The smaller, the simpler the explanation. */
  readonly cost: number;
}

/** A way in which whole arrays are mistreated, on top of any other mistake. */
interface Wrapping {
  readonly rule: FormulaRule;
  readonly message: string;
  readonly explanation: string;
  readonly of: (a: Tensor) => Tensor;
}

const sum = (values: Float64Array): number => values.reduce((total, x) => total + x, 0);
const summed = (axis: number | null, keep: boolean) => (a: Tensor): Tensor => reduce(a, axis, keep, sum, 'float');

const EVERY_SAMPLE = {
  rule: 'summed',
  message: 'This is summed where one value a sample is meant: every sample gets the same.',
  explanation: 'Backpropagation goes back through each sample by itself, so the samples stay apart here. They are summed only in dW and db, where the 1/m is too.',
} as const;

const SUMS: readonly Wrapping[] = [
  ...[true, false].flatMap((keep): Wrapping[] => [
    { ...EVERY_SAMPLE, of: summed(null, keep) },
    { ...EVERY_SAMPLE, of: summed(1, keep) },
    { rule: 'summed', message: 'This is summed over the outputs: every output of a sample gets the same.', explanation: 'Each output has its own derivative, so the shape stays that of A.', of: summed(0, keep) },
  ]),
];

const TRANSPOSED: Wrapping = {
  rule: 'transposed',
  message: 'The values are right, but transposed: rows and columns are exchanged.',
  explanation: 'A gradient has the shape of what it is the derivative of.',
  of: transpose,
};

/** Mistake formulas are read once. */
const parsed = new Map<string, Statement[]>();

function valuesOf(formula: string, worlds: readonly World[]): Tensor[] | null {
  let statements = parsed.get(formula);
  if (!statements) parsed.set(formula, (statements = parse(formula)));
  const values: Tensor[] = [];
  for (const world of worlds) {
    try {
      const { value } = evaluate(statements, mistakeScope(world));
      if (value?.type !== 'array') return null;
      values.push(value);
    } catch (error) {
      // this activation has no such form
      if (error instanceof FormulaError) return null;
      throw error;
    }
  }
  return values;
}

export interface Matcher {
  readonly right: readonly Tensor[];
  /** Equal, or a constant multiple of the right values. */
  plain(theirs: readonly Tensor[]): Match | null;
  /** Also with one known mistake, and summed or transposed. */
  known(theirs: readonly Tensor[]): Match | null;
}

/** `theirs` are given with samples as columns, one array a world. */
export function createMatcher(target: Target, writing: Writing, worlds: readonly World[]): Matcher {
  const sizes = worlds.map((world) => world.sizes);
  const right = worlds.map((world) => toTensor(target.right(world, writing.names), target.holds, 'columns'));
  const wrappings = [...(target.holds === 'samples' ? SUMS : target.holds === 'weights' ? [EVERY_ENTRY] : []), TRANSPOSED];

  const plain = (theirs: readonly Tensor[]): Match | null => {
    const factor = factorBetween(theirs, right, sizes);
    return factor === null ? null : { mistakes: [], factor, cost: factor === '' ? 0 : 1 };
  };
  return {
    right,
    plain,
    known(theirs) {
      const simple = plain(theirs);
      if (simple) return simple;
      let best: Match | null = null;
      const consider = (values: readonly Tensor[], mistakes: Match['mistakes']): void => {
        const factor = factorBetween(theirs, values, sizes);
        if (factor === null) return;
        const cost = 1 + mistakes.length + (factor === '' ? 0 : /^-?(1|m|2|1\/m|1\/2)$/.test(factor) ? 0.4 : 0.8);
        if (!best || cost < best.cost) best = { mistakes, factor, cost };
      };
      const wrapped = (values: readonly Tensor[], mistakes: Match['mistakes']): void => {
        for (const wrapping of wrappings) consider(values.map((value) => wrapping.of(value)), [wrapping, ...mistakes]);
      };
      wrapped(right, []);
      for (const mistake of target.mistakes(writing)) {
        const values = valuesOf(mistake.formula, worlds);
        if (!values) continue;
        consider(values, [mistake]);
        wrapped(values, [mistake]);
      }
      return best;
    },
  };
}

const EVERY_ENTRY: Wrapping = {
  rule: 'summed',
  message: 'This is summed up to one number.',
  explanation: 'A gradient has the shape of what it is the derivative of: one value for each weight.',
  of: summed(null, false),
};
