// What a formula's expressions are worth: small NumPy arrays, and the few other Python values that occur beside them.

import { FormulaError } from './error';

export type Kind = 'bool' | 'int' | 'float';

/** A NumPy array, row-major; a plain number has shape []. `kind` decides what assignment into it keeps. */
export interface Tensor {
  readonly type: 'array';
  readonly shape: readonly number[];
  readonly data: Float64Array;
  readonly kind: Kind;
}

export interface Arguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

export type Value =
  | Tensor
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'none' }
  | { readonly type: 'tuple'; readonly items: readonly Value[] }
  | { readonly type: 'slice'; readonly from: number | null; readonly to: number | null; readonly step: number }
  | { readonly type: 'ellipsis' }
  /** A name with parts: `np`, `parameters`, `self`. */
  | { readonly type: 'module'; readonly name: string }
  | { readonly type: 'function'; readonly name: string; readonly call: (values: Arguments) => Value };

export const NONE: Value = { type: 'none' };

/** More entries than any formula over the test values has; keeps `np.zeros((10**6, 10**6))` from taking memory. */
const MAX_ENTRIES = 100_000;

export function tensor(shape: readonly number[], kind: Kind = 'float'): Tensor {
  const size = sizeOf(shape);
  if (!(size <= MAX_ENTRIES)) throw new FormulaError('unsupported', 'This makes an array too large for the check.', 'The test values are a few numbers a row.');
  return { type: 'array', shape, data: new Float64Array(size), kind };
}

export function scalar(value: number, kind: Kind = 'float'): Tensor {
  return { type: 'array', shape: [], data: Float64Array.of(value), kind };
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** `{3} × {7}`: see FormulaError. */
export function shapeText(shape: readonly number[]): string {
  if (shape.length === 0) return 'a single number';
  return shape.length === 1 ? `one-dimensional with {${shape[0]!}} entries` : shape.map((size) => `{${size}}`).join(' × ');
}

/** What a person would call the value. */
export function describeValue(value: Value): string {
  switch (value.type) {
    case 'array':
      return value.shape.length === 0 ? 'a number' : `an array (${shapeText(value.shape)})`;
    case 'text':
      return `the text "${value.text}"`;
    case 'none':
      return 'None';
    case 'tuple':
      return `a tuple of ${value.items.length} parts`;
    case 'function':
      return `the function ${value.name}`;
    case 'module':
      return value.name;
    case 'slice':
      return 'a slice';
    case 'ellipsis':
      return '...';
  }
}

/** @throws FormulaError if the value is no array and no number. */
export function asTensor(value: Value, what: string): Tensor {
  if (value.type === 'array') return value;
  if (value.type === 'tuple') {
    // a list of numbers, or of lists of them, as np.array takes it
    const parts = value.items.map((item) => asTensor(item, what));
    const [first] = parts;
    if (!first) return tensor([0]);
    if (parts.some(({ shape }) => shape.join() !== first.shape.join())) throw new FormulaError('shapes', `${what} has parts of different shapes.`, 'An array needs rows of one length.');
    const result = tensor([parts.length, ...first.shape], parts.map(({ kind }) => kind).reduce(widerKind));
    parts.forEach((part, i) => result.data.set(part.data, i * part.data.length));
    return result;
  }
  throw new FormulaError('type', `${what} is ${describeValue(value)}, where an array or a number is needed.`, 'Only arrays and numbers can be computed with.');
}

export function widerKind(one: Kind, other: Kind): Kind {
  if (one === 'float' || other === 'float') return 'float';
  return one === 'int' || other === 'int' ? 'int' : 'bool';
}

/** The common shape by NumPy's rule (sizes are aligned at the right; 1 stretches), or null. */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] | null {
  const result: number[] = [];
  for (let k = 1; k <= Math.max(a.length, b.length); k++) {
    const one = a[a.length - k] ?? 1;
    const other = b[b.length - k] ?? 1;
    if (one !== other && one !== 1 && other !== 1) return null;
    result.unshift(one === 1 ? other : one);
  }
  return result;
}

/** For each entry of an array of shape `to`, the index of the entry of `from` that stretches over it. */
export function broadcastIndices(from: readonly number[], to: readonly number[]): Uint32Array {
  const indices = new Uint32Array(sizeOf(to));
  const offset = to.length - from.length;
  const steps = to.map((_, axis) => (axis < offset || from[axis - offset] === 1 ? 0 : sizeOf(from.slice(axis - offset + 1))));
  const at = to.map(() => 0);
  let index = 0;
  for (let k = 0; k < indices.length; k++) {
    indices[k] = index;
    for (let axis = to.length - 1; axis >= 0; axis--) {
      index += steps[axis]!;
      if (++at[axis]! < to[axis]!) break;
      index -= steps[axis]! * to[axis]!;
      at[axis] = 0;
    }
  }
  return indices;
}

export function map(a: Tensor, f: (x: number) => number, kind: Kind = 'float'): Tensor {
  const result = tensor(a.shape, kind);
  for (let k = 0; k < a.data.length; k++) result.data[k] = f(a.data[k]!);
  return result;
}

/** Entry by entry, with broadcasting. `what` names the operation in the error. */
export function zip(a: Tensor, b: Tensor, f: (x: number, y: number) => number, kind: Kind, what: string): Tensor {
  const shape = broadcastShape(a.shape, b.shape);
  if (!shape) {
    throw new FormulaError('shapes', `${what} joins arrays of unequal shapes: ${shapeText(a.shape)} and ${shapeText(b.shape)}.`, 'Entry by entry, both need the same shape (or size 1 in a direction, which stretches). NumPy would stop with "operands could not be broadcast together".');
  }
  const result = tensor(shape, kind);
  const i = broadcastIndices(a.shape, shape);
  const j = broadcastIndices(b.shape, shape);
  for (let k = 0; k < result.data.length; k++) result.data[k] = f(a.data[i[k]!]!, b.data[j[k]!]!);
  return result;
}

/** x where the condition is true, y elsewhere; the side that is not taken may be infinite. */
export function choose(condition: Tensor, x: Tensor, y: Tensor, what: string): Tensor {
  const one = zip(condition, x, (c, value) => (c !== 0 ? value : 0), x.kind, what);
  const other = zip(condition, y, (c, value) => (c !== 0 ? 0 : value), y.kind, what);
  return zip(one, other, (a, b) => a + b, widerKind(x.kind, y.kind), what);
}

export function copyOf(a: Tensor, kind: Kind = a.kind): Tensor {
  return map(a, kind === 'bool' ? (x) => Number(x !== 0) : kind === 'int' ? Math.trunc : (x) => x, kind);
}

export function reshape(a: Tensor, shape: readonly number[]): Tensor {
  const known = shape.filter((size) => size >= 0);
  const open = shape.length - known.length;
  const full = open === 1 ? shape.map((size) => (size < 0 ? a.data.length / sizeOf(known) : size)) : shape;
  if (open > 1 || sizeOf(full) !== a.data.length || !full.every(Number.isInteger)) {
    throw new FormulaError('shapes', `reshape cannot make ${shapeText(shape)} of an array that is ${shapeText(a.shape)}.`, 'The number of entries has to stay the same.');
  }
  return { ...a, shape: full };
}

export function transpose(a: Tensor): Tensor {
  if (a.shape.length < 2) return a;
  if (a.shape.length > 2) throw new FormulaError('unsupported', 'This transposes an array of more than two dimensions.', 'The check knows arrays of rows and columns.');
  const [rows, columns] = a.shape as [number, number];
  const result = tensor([columns, rows], a.kind);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result.data[j * rows + i] = a.data[i * columns + j]!;
  return result;
}

/** `f` over every line of entries along `axis` (all entries where it is null). */
export function reduce(a: Tensor, axis: number | null, keepDimensions: boolean, f: (values: Float64Array) => number, kind: Kind): Tensor {
  if (axis === null) {
    const result = tensor(keepDimensions ? a.shape.map(() => 1) : [], kind);
    result.data[0] = f(a.data);
    return result;
  }
  const at = axis < 0 ? axis + a.shape.length : axis;
  const length = a.shape[at];
  if (length === undefined) throw new FormulaError('shapes', `axis ${axis} does not exist: the array is ${shapeText(a.shape)}.`, 'Axis 0 runs down the rows, axis 1 along the columns.');
  const inner = sizeOf(a.shape.slice(at + 1));
  const result = tensor(a.shape.flatMap((size, k) => (k === at ? (keepDimensions ? [1] : []) : [size])), kind);
  const line = new Float64Array(length);
  for (let k = 0; k < result.data.length; k++) {
    const start = Math.floor(k / inner) * inner * length + (k % inner);
    for (let s = 0; s < length; s++) line[s] = a.data[start + s * inner]!;
    result.data[k] = f(line);
  }
  return result;
}

/** np.dot and @ for numbers, vectors and matrices. */
export function dot(a: Tensor, b: Tensor, what: string): Tensor {
  if (a.shape.length === 0 || b.shape.length === 0) return zip(a, b, (x, y) => x * y, widerKind(a.kind, b.kind), what);
  if (a.shape.length > 2 || b.shape.length > 2) throw new FormulaError('unsupported', `${what} is given an array of more than two dimensions.`, 'The check knows arrays of rows and columns.');
  const [rows, inner] = a.shape.length === 1 ? [1, a.shape[0]!] : (a.shape as [number, number]);
  const [same, columns] = b.shape.length === 1 ? [b.shape[0]!, 1] : (b.shape as [number, number]);
  if (inner !== same) {
    throw new FormulaError('shapes', `${what} cannot multiply ${shapeText(a.shape)} by ${shapeText(b.shape)}: the inner sizes {${inner}} and {${same}} differ.`, 'A matrix product needs as many columns on the left as rows on the right. NumPy would stop with "shapes not aligned".');
  }
  const result = tensor([...(a.shape.length === 1 ? [] : [rows]), ...(b.shape.length === 1 ? [] : [columns])], widerKind(a.kind, b.kind));
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a.data[i * inner + k]! * b.data[k * columns + j]!;
      result.data[i * columns + j] = sum;
    }
  }
  return result;
}
