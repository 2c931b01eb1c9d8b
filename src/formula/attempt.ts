// A person's lines at the test points of one setting: what they give, or why they give nothing.

import { isBelowOutput } from './candidates';
import { FormulaError } from './error';
import { evaluate, type Outcome } from './evaluate';
import type { TargetName } from './finding';
import type { Part } from './infer';
import type { Role } from './names';
import { personScope, roleIn, type PersonScope } from './scope';
import type { Expression, Statement } from './syntax-tree';
import type { Layout } from './tensors';
import { reshape, transpose, type Tensor, type Value } from './value';
import { createWorld, firstSample, SCENARIOS, type Setting, type World } from './world';

export interface Attempt {
  /** Samples as columns, one array a world; null if the lines cannot be evaluated. */
  readonly values: readonly Tensor[] | null;
  readonly error: FormulaError | null;
  /** What Python would refuse but has one plain meaning. */
  readonly problems: readonly FormulaError[];
  /** Given values that the lines overwrite. */
  readonly overwritten: readonly Role[];
}

export type KnownPart = Part & { readonly target: TargetName };

export function worldsOf(target: TargetName, setting: Setting): World[] {
  const worlds = SCENARIOS.map((scenario) => createWorld(setting, scenario));
  return target === 'derivative' && setting.activation === 'softmax' ? worlds.map(firstSample) : worlds;
}

export function attempt(part: KnownPart, worlds: readonly World[], layout: Layout): Attempt {
  const values: Tensor[] = [];
  let problems: readonly FormulaError[] = [];
  let overwritten: readonly Role[] = [];
  for (const world of worlds) {
    try {
      const scope = personScope(world, { target: part.target, layer: part.layer, layout, belowOutput: isBelowOutput(part), assigned: part.name === null ? [] : [part.name] });
      const outcome = evaluate(part.statements, scope);
      values.push(inColumns(resultOf(valueOf(part, outcome, scope), part), layout));
      // of the first world, whose sizes the messages name
      if (values.length === 1) problems = outcome.problems;
      overwritten = scope.overwritten();
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      return { values: null, error, problems: [], overwritten: [] };
    }
  }
  return { values, error: null, problems, overwritten };
}

/** What the lines assign to the name; where they assign into a given array, `dZ[Z <= 0] = 0`, that array. */
function valueOf({ name, target, layer }: KnownPart, { locals, value }: Outcome, scope: PersonScope): Value | undefined {
  if (name === null) return value ?? [...locals.values()].at(-1);
  const role = roleIn(target, name, layer);
  return locals.get(name) ?? (role && scope.overwritten().includes(role) ? scope.lookup(name) : undefined);
}

function resultOf(value: Value | undefined, { at, name }: Part): Tensor {
  if (value?.type === 'array') return value.kind === 'float' ? value : { ...value, kind: 'float' };
  if (value?.type === 'tuple') {
    throw new FormulaError('tuple', `The right side is a tuple of ${value.items.length} parts, not one array.`, 'A comma outside of a call makes a tuple. Look for a comma too many, or a bracket that closes too early.', at);
  }
  throw new FormulaError('type', `${name ?? 'The formula'} is no array in the end.`, 'Paste the line that computes the gradient.', at);
}

function inColumns(value: Tensor, layout: Layout): Tensor {
  if (layout === 'columns') return value;
  // beside samples as rows, b is a vector as well as a row
  if (value.shape.length === 1) return reshape(value, [-1, 1]);
  return value.shape.length === 2 ? transpose(value) : value;
}

/** Numbers at most this large are there against division by zero. */
const MAX_EPSILON = 1e-4;

/** The part with every tiny number as 0, and the largest of them; null if it has none. */
export function withoutEpsilon(part: KnownPart): { part: KnownPart; epsilon: number } | null {
  let epsilon = 0;
  const change = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(change);
    if (value === null || typeof value !== 'object') return value;
    const node = value as Partial<Expression>;
    if (node.kind === 'number' && node.value! > 0 && node.value! <= MAX_EPSILON) {
      epsilon = Math.max(epsilon, node.value!);
      return { ...node, value: 0 };
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));
  };
  const statements = change(part.statements) as Statement[];
  return epsilon > 0 ? { part: { ...part, statements }, epsilon } : null;
}
