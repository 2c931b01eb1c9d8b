// Single edits of a formula that could make it right: another sign, another name, `.T`, an axis. Whichever
// does is the mistake, and shows its place.

import type { Range } from './error';
import type { FormulaRule, TargetName } from './finding';
import type { Role } from './names';
import type { Naming } from './naming';
import { roleIn } from './scope';
import { bare, everyComputed, everyPart, type Expression, type Statement } from './syntax-tree';
import type { Layout } from './tensors';

export interface Repair {
  /** Where the mistake stands. */
  readonly at: Range;
  readonly rule: FormulaRule;
  readonly message: string;
  readonly explanation: string;
  /** The whole text with the edit. */
  readonly text: string;
  /** It only takes a constant away: found by the factor already, this adds the place. */
  readonly onlyFactor?: true;
}

export interface RepairSetting {
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly target: TargetName;
  readonly layer: number | null;
  readonly layout: Layout;
  readonly names: Naming;
  /** The names that are read and not assigned. */
  readonly used: readonly string[];
}

type Say = Omit<Repair, 'text' | 'at'> & { readonly at?: Range };

export function* repairs(setting: RepairSetting): Generator<Repair> {
  const { text, statements } = setting;
  const edit = (at: Range, insert: string, say: Say): Repair => ({ at: { from: at.from, to: at.to }, ...say, text: text.slice(0, at.from) + insert + text.slice(at.to) });
  for (const part of everyComputed(statements)) {
    if (part.kind === 'binary') yield* ofOperator(part, text, edit);
    if (part.kind === 'unary' && part.operator === '-') yield edit({ from: part.from, to: part.operand.from }, '', { rule: 'constant-factor', message: 'This minus is too much.', explanation: WITHOUT, onlyFactor: true });
    if (part.kind === 'call') yield* ofCall(part, setting, edit);
    if (part.kind === 'subscript' && part.object.kind === 'attribute' && part.object.name === 'shape') {
      const [index] = part.indices;
      if (index?.kind === 'number') yield edit(index, String(1 - index.value), { at: { from: part.from, to: part.to }, rule: 'wrong-axis', message: `${text.slice(part.from, part.to)} is not the number of samples.`, explanation: `With one ${setting.layout === 'columns' ? 'column' : 'row'} a sample it is shape[${1 - index.value}].` });
    }
    if (part.kind === 'attribute' && part.name === 'T') yield edit({ from: part.object.to, to: part.to }, '', transposition(text, part.object, false));
    if (part.kind === 'name' && setting.used.includes(part.name) && roleIn(setting.target, part.name, setting.layer)) yield edit({ from: part.to, to: part.to }, '.T', { ...transposition(text, part, true), at: { from: part.from, to: part.to } });
  }
  for (const statement of statements) {
    // dZ[Z <= 0] = 1
    if (statement.kind !== 'assign' || statement.value.kind !== 'number' || statement.value.value === 0 || statement.targets[0]?.kind !== 'subscript') continue;
    yield edit(statement.value, '0', { rule: 'wrong-mask', message: `Where the unit is off, the gradient is set to ${text.slice(statement.value.from, statement.value.to)} instead of 0.`, explanation: 'A ReLU that is off lets nothing through: its derivative there is 0.' });
  }
  yield* ofNames(setting);
}

const WITHOUT = 'Without it the formula is right.';

type Edit = (at: Range, insert: string, say: Say) => Repair;

const FLIPPED: Readonly<Record<string, string>> = { '<': '>', '<=': '>', '>': '<=', '>=': '<' };

function* ofOperator(part: Extract<Expression, { kind: 'binary' }>, text: string, edit: Edit): Generator<Repair> {
  const { operator, operatorAt, left, right } = part;
  const [one, other] = [text.slice(left.from, left.to), text.slice(right.from, right.to)];
  if (operator === '-' || operator === '+') {
    const changed = operator === '-' ? '+' : '-';
    const exponential = operator === '-' && bare(left).kind === 'number' && [...everyPart(right)].some((inner) => inner.kind === 'attribute' && inner.name === 'exp');
    yield edit(operatorAt, changed, exponential
      ? { rule: 'exp-sign', message: `${one} - ${other} stands where ${one} + ${other} is meant.`, explanation: `Sigmoid is 1 / (1 + exp(-Z)): with a minus it is not between 0 and 1, and without bound near Z = 0.` }
      : { rule: 'sign', message: `A sign is wrong: "${operator}" between ${one} and ${other} has to be "${changed}".`, explanation: 'With that sign changed the formula is right.' });
    if (operator === '-') yield edit(part, `${other} - ${one}`, { rule: 'sign', message: `${one} - ${other} is the wrong way round.`, explanation: `It has to be ${other} - ${one}.` });
  }
  if ((operator === '-' || operator === '+') && left.kind === 'binary' && (left.operator === '/' || left.operator === '*')) {
    const meant = `(${text.slice(left.right.from, right.to)})`;
    yield edit({ from: left.right.from, to: right.to }, meant, { rule: 'brackets', message: `Brackets are missing: "${left.operator}" binds closer than "${operator}".`, explanation: `As it is written, only ${text.slice(left.right.from, left.right.to)} is ${left.operator === '/' ? 'divided by' : 'a factor'}: write ${meant}.` });
  }
  const flipped = FLIPPED[operator];
  if (flipped !== undefined) yield edit(operatorAt, flipped, { rule: 'wrong-mask', message: `The mask is the wrong way round: ${one} ${operator} ${other} has to be ${one} ${flipped} ${other}.`, explanation: 'The gradient passes where Z is above 0, and stops elsewhere.' });
  if (operator === '*') {
    yield edit(part, `np.dot(${one}, ${other})`, { rule: 'matrix-product', message: `${one} * ${other} multiplies entry by entry, where a matrix product is meant.`, explanation: `Write np.dot(${one}, ${other}): it sums over what both sides share.` });
  }
  if (operator === '@') yield edit(part, `${operand(one)} * ${operand(other)}`, entryByEntry(one, other));
  if ((operator === '*' || operator === '/') && isScalar(right)) yield edit({ from: left.to, to: right.to }, '', { rule: 'constant-factor', message: `"${operator} ${other}" is too much.`, explanation: WITHOUT, onlyFactor: true });
  if (operator === '*' && isScalar(left)) yield edit({ from: left.from, to: right.from }, '', { rule: 'constant-factor', message: `"${one} *" is too much.`, explanation: WITHOUT, onlyFactor: true });
}

/** In brackets, unless it is one thing already. */
function operand(text: string): string {
  return /^[\w.]+$|^\([^()]*\)$|^[\w.]+\([^()]*\)$/.test(text) ? text : `(${text})`;
}

/** What replaces a call: in brackets, unless it is the whole right side. */
function enclosed(text: string, { from, to }: Range, inner: string): string {
  const alone = /(^|=|\n|;)\s*$/.test(text.slice(0, from)) && /^\s*($|\n|;|#)/.test(text.slice(to));
  return alone ? inner : `(${inner})`;
}

/** Numbers, m, and what is computed of them. */
function isScalar(expression: Expression): boolean {
  const plain = bare(expression);
  if (plain.kind === 'name') return /^(m|N|M|C|K|n_\w+|num_\w+|batch_size|learning_rate|lr|alpha|eta)$/.test(plain.name);
  if (plain.kind === 'number') return true;
  if (plain.kind === 'subscript') return [...everyPart(plain)].some((inner) => inner.kind === 'attribute' && inner.name === 'shape');
  if (plain.kind === 'unary') return isScalar(plain.operand);
  if (plain.kind === 'call') return plain.positional.length === 1 && bare(plain.callee).kind === 'name' && isScalar(plain.positional[0]!);
  return plain.kind === 'binary' && isScalar(plain.left) && isScalar(plain.right);
}

function entryByEntry(one: string, other: string): Say {
  return { rule: 'matrix-product', message: 'This is a matrix product, where multiplication entry by entry is meant.', explanation: `The activation works on each entry by itself: write ${one} * ${other}.` };
}

function transposition(text: string, { from, to }: Range, add: boolean): Say {
  const name = text.slice(from, to);
  return add
    ? { rule: 'transposed', message: `${name} stands where ${name}.T is meant.`, explanation: `Forward it is multiplied as it is; backward the product runs the other way, so it has to be transposed.` }
    : { rule: 'transposed', message: `${name}.T stands where ${name} is meant.`, explanation: 'Here it must not be transposed.' };
}

function* ofCall(part: Extract<Expression, { kind: 'call' }>, { text, layout, target }: RepairSetting, edit: Edit): Generator<Repair> {
  const { callee, positional, named } = part;
  if (callee.kind !== 'attribute') return;
  const [first, second] = positional;
  const isMethod = !(callee.object.kind === 'name' && /^(np|numpy)$/.test(callee.object.name));
  const written = (expression: Expression): string => text.slice(expression.from, expression.to);
  if ((callee.name === 'dot' || callee.name === 'matmul') && !isMethod && first && second) {
    yield edit({ from: first.from, to: second.to }, `${written(second)}, ${written(first)}`, { rule: 'order', message: `The factors are in the wrong order: ${written(second)} has to come first.`, explanation: 'A matrix product depends on the order: the columns of the left factor meet the rows of the right one.' });
    yield edit(part, enclosed(text, part, `${operand(written(first))} * ${operand(written(second))}`), entryByEntry(written(first), written(second)));
  }
  if (callee.name === 'multiply' && !isMethod && first && second) {
    yield edit(callee, 'np.dot', { rule: 'matrix-product', message: 'np.multiply multiplies entry by entry, where a matrix product is meant.', explanation: `Write np.dot(${written(first)}, ${written(second)}).` });
  }
  if (callee.name !== 'sum' && callee.name !== 'mean') return;
  const axis = layout === 'columns' ? 1 : 0;
  const given = named.find(({ name }) => name === 'axis')?.value ?? positional[isMethod ? 0 : 1];
  const keeps = named.some(({ name }) => name === 'keepdims');
  const end = { from: part.to - 1, to: part.to - 1 };
  const whole = { at: { from: part.from, to: part.to } };
  const comma = positional.length + named.length > 0 ? ', ' : '';
  if (!given && target === 'db') yield edit(end, `${comma}axis=${axis}${keeps ? '' : ', keepdims=True'}`, { ...whole, rule: 'missing-axis', message: `The sum runs over everything: axis=${axis} is missing.`, explanation: `Each unit has its own bias, so the sum runs over the samples only: axis=${axis}, keepdims=True.` });
  if (given && !keeps) yield edit(end, ', keepdims=True', { ...whole, rule: 'missing-keepdims', message: 'keepdims=True is missing.', explanation: 'Without it the summed direction disappears from the shape, and what follows is broadcast another way.' });
  if (given && bare(given).kind === 'number') {
    const other = text.slice(given.from, given.to) === '1' ? '0' : '1';
    for (const rest of keeps ? [''] : ['', ', keepdims=True']) {
      yield edit({ from: given.from, to: part.to }, `${other}${text.slice(given.to, part.to - 1)}${rest})`, { ...whole, rule: 'wrong-axis', message: `The sum runs along axis ${text.slice(given.from, given.to)} instead of axis ${other}.`, explanation: layout === 'columns' ? 'Samples are columns: axis=1 sums over the samples, axis=0 over the units.' : 'Samples are rows: axis=0 sums over the samples, axis=1 over the units.' });
    }
  }
  const summand = isMethod ? callee.object : first;
  if (summand) yield edit(part, enclosed(text, part, written(summand)), { rule: 'summed', message: `np.${callee.name} stands where one value a sample is meant: every sample gets the same.`, explanation: 'Backpropagation goes back through each sample by itself; they are summed only in dW and db.' });
}

/** A value that stands in the place of another. */
const MEANT: Partial<Record<TargetName, readonly (readonly [stands: Role, meant: Role])[]>> = {
  dAL: [['A_prev', 'A'], ['Z', 'A'], ['A', 'Y'], ['Y', 'A'], ['dZ', 'A']],
  dZ: [['A', 'Z'], ['dA', 'Z'], ['Z', 'A'], ['dA', 'A'], ['A_prev', 'Z'], ['A_prev', 'A'], ['Z_prev', 'Z'], ['Z_next', 'Z'], ['A_next', 'Z'], ['A_next', 'A'], ['dZ', 'dA'], ['Z', 'dA'], ['A', 'dA'], ['W', 'W_next'], ['dZ', 'dZ_next'], ['Y', 'A']],
  derivative: [['A', 'Z'], ['Z', 'A'], ['dA', 'Z'], ['dA', 'A']],
  dW: [['A', 'A_prev'], ['Z', 'A_prev'], ['Z_prev', 'A_prev'], ['dA', 'dZ'], ['Z', 'dZ'], ['dZ_next', 'dZ'], ['W', 'A_prev']],
  db: [['dA', 'dZ'], ['Z', 'dZ'], ['A', 'dZ'], ['dZ_next', 'dZ'], ['dW', 'dZ']],
  dA_prev: [['dA', 'dZ'], ['Z', 'dZ'], ['W_next', 'W'], ['dZ_next', 'dZ'], ['dW', 'W']],
};

function* ofNames({ text, statements, target, layer, names, used }: RepairSetting): Generator<Repair> {
  const found = [...everyComputed(statements)].filter((part) => part.kind === 'name');
  for (const [stands, meant] of MEANT[target] ?? []) {
    const places = found.filter(({ name }) => used.includes(name) && roleIn(target, name, layer) === stands);
    const [first] = places;
    if (!first) continue;
    const wanted = names(meant);
    const say = instead(first.name, stands, wanted, meant, target);
    const groups = places.length > 1 ? [places, places.slice(1), ...places.map((place) => [place])] : [places];
    for (const group of groups) {
      let changed = text;
      for (const place of group.toReversed()) changed = changed.slice(0, place.from) + wanted + changed.slice(place.to);
      yield { ...say, at: { from: group[0]!.from, to: group.at(-1)!.to }, text: changed };
    }
  }
}

function instead(name: string, stands: Role, wanted: string, meant: Role, target: TargetName): Say {
  const message = `${name} stands where ${wanted} is meant.`;
  if (target === 'dZ' || target === 'derivative') {
    if (stands === 'A' && meant === 'Z') return { rule: 'derivative-of-A', message, explanation: `${name} is already g(${wanted}): the derivative has to be taken at ${wanted}.` };
    if (stands === 'Z' && meant === 'A') return { rule: 'derivative-of-Z', message, explanation: `Written this way the derivative takes the activation itself, ${wanted} = g(${name}).` };
    if (stands === 'dA') return { rule: 'derivative-of-dA', message, explanation: `${name} is what comes from above; the derivative is that of the forward pass, at ${wanted}.` };
    if (meant === 'Z' || (meant === 'A' && stands !== 'Y')) return { rule: 'wrong-mask', message, explanation: `${name} belongs to another layer: the derivative is taken at this layer's own ${wanted}.` };
  }
  if (stands === 'dA' && meant === 'dZ') return { rule: 'dA-for-dZ', message, explanation: 'W and b act on Z, so it is the derivative by Z that goes on, after the derivative of the activation.' };
  if (meant === 'A_prev') return { rule: 'wrong-input', message, explanation: `Z = W A_prev + b: a weight is multiplied by what comes into the layer, ${wanted}, so that is its derivative.` };
  return { rule: 'wrong-value', message, explanation: `With ${wanted} in its place the formula is right.` };
}
