// Small questions about Python that the interpreter asks, and the errors that it answers with.

import { FormulaError } from './error';
import { bare, type Expression } from './syntax-tree';
import { asTensor, NONE, type Value } from './value';

/** Names before a dot that are libraries; any other holds named values. */
export const LIBRARIES = new Set(['np', 'math', 'scipy', 'special', 'stats', 'norm']);
export const COMPARISONS = new Set(['<', '>', '<=', '>=', '==', '!=']);

/** An index that may be a text: `"W1"`, `f"W{l}"`, `"W" + str(l)`. */
export function isKey(index: Expression): boolean {
  return index.kind === 'text' || index.kind === 'format' || (index.kind === 'binary' && index.operator === '+');
}

/** The values for `count` names on the left side. */
export function unpacked(value: Value, count: number): readonly Value[] {
  // `A, cache = sigmoid(Z)`: the activations of the course give back their cache too
  const items = value.type === 'tuple' ? value.items : count === 2 ? [value, NONE] : [value];
  if (items.length === count) return items;
  throw new FormulaError('type', `${count} names stand on the left, and ${items.length} values on the right.`, 'Both sides need the same number.');
}

/** An index that counts layers: `l`, `l-1`, `-1`, `2`. `[0]` is left to rows. */
export function isLayerIndex(index: Expression): boolean {
  const plain = bare(index);
  if (plain.kind === 'name') return /^(l|L|i|layer|idx|n_layers|num_layers)$/.test(plain.name);
  if (plain.kind === 'number') return plain.value !== 0;
  if (plain.kind === 'unary') return isLayerIndex(plain.operand);
  return plain.kind === 'binary' && (plain.operator === '-' || plain.operator === '+') && isLayerIndex(plain.left) && bare(plain.right).kind === 'number';
}

/** What str() makes of it. */
export function plainText(value: Value): string {
  return value.type === 'text' ? value.text : String(asTensor(value, 'What is put into a text').data[0]);
}

export function truthValue(word: string, instead: string): FormulaError {
  return new FormulaError('truth-value', `${word} needs one True or False, and an array has one for each entry.`, `NumPy would stop with "the truth value of an array is ambiguous". Entry by entry: ${instead}.`);
}

export function tupleError(operator: string, tuple: Extract<Value, { type: 'tuple' }>): FormulaError {
  return new FormulaError('tuple', `"${operator}" is applied to a tuple of ${tuple.items.length} parts, not to an array.`, 'A comma outside of a call makes a tuple. Look for a bracket that closes too early.');
}
