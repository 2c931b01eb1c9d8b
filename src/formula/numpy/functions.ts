// The NumPy functions that backward passes are written with, over the check's own small arrays.

import { erfc } from '../../core/erf';
import { FormulaError } from '../error';
import { asTensor, choose, copyOf, dot, map, NONE, reduce, reshape, scalar, shapeText, sizeOf, tensor, transpose, widerKind, zip, type Kind, type Tensor, type Value } from '../value';
import { define, kindOf, wholeNumber, type Bound } from './bind';

type Function = Extract<Value, { type: 'function' }>;

const sum = (values: Float64Array): number => values.reduce((total, x) => total + x, 0);
const mean = (values: Float64Array): number => sum(values) / values.length;

/** Entry by entry; the result is float. */
const entrywise: Readonly<Record<string, (x: number) => number>> = {
  exp: Math.exp,
  expm1: Math.expm1,
  exp2: (x) => 2 ** x,
  log: Math.log,
  log1p: Math.log1p,
  log2: Math.log2,
  log10: Math.log10,
  sqrt: Math.sqrt,
  tanh: Math.tanh,
  sinh: Math.sinh,
  cosh: Math.cosh,
  sin: Math.sin,
  cos: Math.cos,
  arctan: Math.atan,
  reciprocal: (x) => 1 / x,
  erf: (x) => 1 - erfc(x),
  expit: (x) => 1 / (1 + Math.exp(-x)),
};

/** Entry by entry; whole numbers stay whole. */
const keepingKind: Readonly<Record<string, (x: number) => number>> = {
  abs: Math.abs,
  absolute: Math.abs,
  fabs: Math.abs,
  sign: Math.sign,
  square: (x) => x * x,
  negative: (x) => -x,
  positive: (x) => x,
  nan_to_num: (x) => (Number.isNaN(x) ? 0 : x),
};

interface Binary {
  readonly f: (x: number, y: number) => number;
  /** Of the result; undefined: the wider of both. */
  readonly kind?: Kind;
}

const comparisons: Readonly<Record<string, Binary>> = {
  greater: { f: (x, y) => Number(x > y), kind: 'bool' },
  greater_equal: { f: (x, y) => Number(x >= y), kind: 'bool' },
  less: { f: (x, y) => Number(x < y), kind: 'bool' },
  less_equal: { f: (x, y) => Number(x <= y), kind: 'bool' },
  equal: { f: (x, y) => Number(x === y), kind: 'bool' },
  not_equal: { f: (x, y) => Number(x !== y), kind: 'bool' },
  logical_and: { f: (x, y) => Number(x !== 0 && y !== 0), kind: 'bool' },
  logical_or: { f: (x, y) => Number(x !== 0 || y !== 0), kind: 'bool' },
  logical_xor: { f: (x, y) => Number((x !== 0) !== (y !== 0)), kind: 'bool' },
};

export const binaries: Readonly<Record<string, Binary>> = {
  ...comparisons,
  add: { f: (x, y) => x + y },
  subtract: { f: (x, y) => x - y },
  multiply: { f: (x, y) => x * y },
  divide: { f: (x, y) => x / y, kind: 'float' },
  true_divide: { f: (x, y) => x / y, kind: 'float' },
  floor_divide: { f: (x, y) => Math.floor(x / y) },
  mod: { f: (x, y) => x - y * Math.floor(x / y) },
  power: { f: Math.pow },
  float_power: { f: Math.pow, kind: 'float' },
  maximum: { f: Math.max },
  minimum: { f: Math.min },
  fmax: { f: Math.max },
  fmin: { f: Math.min },
  heaviside: { f: (x, y) => (x === 0 ? y : Number(x > 0)), kind: 'float' },
};

/** Two arrays by one of `binaries`. */
export function combine(name: string, a: Tensor, b: Tensor, what: string): Tensor {
  const { f, kind } = binaries[name]!;
  return zip(a, b, f, kind ?? (name === 'power' && b.data.some((y) => y < 0) ? 'float' : widerKind(a.kind, b.kind)), what);
}

const reductions: Readonly<Record<string, [(values: Float64Array) => number, Kind | null]>> = {
  sum: [sum, null],
  nansum: [sum, null],
  mean: [mean, 'float'],
  average: [mean, 'float'],
  prod: [(values) => values.reduce((product, x) => product * x, 1), null],
  max: [(values) => Math.max(...values), null],
  amax: [(values) => Math.max(...values), null],
  min: [(values) => Math.min(...values), null],
  amin: [(values) => Math.min(...values), null],
  any: [(values) => Number(values.some((x) => x !== 0)), 'bool'],
  all: [(values) => Number(values.every((x) => x !== 0)), 'bool'],
};

export const reductionNames: ReadonlySet<string> = new Set(Object.keys(reductions));

function reduction(name: string, bound: Bound): Tensor {
  const [f, kind] = reductions[name]!;
  const a = bound.array('a');
  const result = kind ?? (a.kind === 'bool' && (name === 'sum' || name === 'prod') ? 'int' : a.kind);
  const axes = bound.value('axis');
  if (axes.type !== 'tuple') return reduce(a, bound.axis('axis'), bound.flag('keepdims'), f, result);
  // one axis after the other, the last first, so that the others keep their places
  const several = axes.items.map((item) => wholeNumber(item, 'The axis')).sort((one, other) => other - one);
  return several.reduce((reduced, axis) => reduce(reduced, axis, bound.flag('keepdims'), f, result), a);
}

/** Arrays made of nothing, or in the form of others. */
function filled(value: number): (shape: readonly number[], kind: Kind) => Tensor {
  return (shape, kind) => {
    const result = tensor(shape, kind);
    result.data.fill(value);
    return result;
  };
}

function identity(n: number): Tensor {
  const result = tensor([n, n]);
  for (let i = 0; i < n; i++) result.data[i * n + i] = 1;
  return result;
}

function diagonal(a: Tensor): Tensor {
  const n = a.data.length;
  const result = tensor([n, n], a.kind);
  for (let i = 0; i < n; i++) result.data[i * n + i] = a.data[i]!;
  return result;
}

const dtype = (bound: Bound, otherwise: Kind): Kind => (bound.given('dtype') ? (kindOf(bound.value('dtype')) ?? otherwise) : otherwise);

/** Python's own float(), int() and bool(). */
function ofOneNumber(kind: Kind, x: Tensor): Tensor {
  if (x.data.length > 1) throw new FormulaError('type', `${kind}() takes one number, and this is an array.`, `For whole arrays: (…).astype(${kind}).`);
  return copyOf(x, kind);
}

function table(): Map<string, Function> {
  const functions = new Map<string, Function>();
  const add = (name: string, signature: string, implementation: (bound: Bound) => Value): void => {
    functions.set(name, define(`np.${name}`, signature, implementation));
  };
  const alias = (name: string, of: string): void => void functions.set(name, functions.get(of)!);

  for (const [name, f] of Object.entries(entrywise)) add(name, 'x', ({ array }) => map(array('x'), f));
  for (const [name, f] of Object.entries(keepingKind)) add(name, 'x', ({ array }) => map(array('x'), f, array('x').kind));
  for (const name of Object.keys(binaries)) add(name, 'x1 x2', ({ array }) => combine(name, array('x1'), array('x2'), `np.${name}`));
  for (const name of reductionNames) add(name, 'a axis? dtype? out? keepdims?', (bound) => reduction(name, bound));
  add('logical_not', 'x', ({ array }) => map(array('x'), (x) => Number(x === 0), 'bool'));
  add('clip', 'a a_min a_max', ({ array, value }) => {
    const low = value('a_min') === NONE ? scalar(-Infinity) : array('a_min');
    const high = value('a_max') === NONE ? scalar(Infinity) : array('a_max');
    return combine('minimum', combine('maximum', array('a'), low, 'np.clip'), high, 'np.clip');
  });
  add('where', 'condition x y', ({ array }) => choose(array('condition'), array('x'), array('y'), 'np.where'));

  add('dot', 'a b', ({ array }) => dot(array('a'), array('b'), 'np.dot'));
  add('matmul', 'a b', ({ array }) => dot(array('a'), array('b'), 'np.matmul'));
  add('outer', 'a b', ({ array }) => dot(reshape(array('a'), [-1, 1]), reshape(array('b'), [1, -1]), 'np.outer'));
  add('transpose', 'a', ({ array }) => transpose(array('a')));
  add('reshape', 'a shape', ({ array, shape }) => reshape(array('a'), shape('shape')));
  add('ravel', 'a', ({ array }) => reshape(array('a'), [-1]));
  add('squeeze', 'a axis?', ({ array, axis }) => reshape(array('a'), array('a').shape.filter((size, k) => size !== 1 || (axis('axis') ?? k) !== k)));
  add('expand_dims', 'a axis', ({ array, axis }) => {
    const { shape } = array('a');
    const at = axis('axis') ?? 0;
    return reshape(array('a'), shape.toSpliced(at < 0 ? at + shape.length + 1 : at, 0, 1));
  });
  add('array', 'a dtype? copy? ndmin?', (bound) => {
    const a = bound.array('a');
    return bound.given('copy') && !bound.flag('copy') && bound.value('a').type === 'array' ? a : copyOf(a, dtype(bound, a.kind));
  });
  add('asarray', 'a dtype?', (bound) => (dtype(bound, bound.array('a').kind) === bound.array('a').kind ? bound.array('a') : copyOf(bound.array('a'), dtype(bound, 'float'))));
  add('copy', 'a', ({ array }) => copyOf(array('a')));
  for (const [name, value] of [['zeros', 0], ['ones', 1], ['empty', 0]] as const) {
    add(name, 'shape dtype?', (bound) => filled(value)(bound.shape('shape'), dtype(bound, 'float')));
    add(`${name}_like`, 'a dtype?', (bound) => filled(value)(bound.array('a').shape, dtype(bound, bound.array('a').kind)));
  }
  add('full', 'shape fill_value dtype?', (bound) => filled(bound.array('fill_value').data[0]!)(bound.shape('shape'), dtype(bound, bound.array('fill_value').kind)));
  add('full_like', 'a fill_value dtype?', (bound) => filled(bound.array('fill_value').data[0]!)(bound.array('a').shape, dtype(bound, bound.array('a').kind)));
  add('eye', 'n', ({ value }) => identity(wholeNumber(value('n'), 'The size')));
  add('identity', 'n', ({ value }) => identity(wholeNumber(value('n'), 'The size')));
  add('diagflat', 'a', ({ array }) => diagonal(array('a')));
  add('diag', 'a', ({ array }) => {
    const a = array('a');
    if (a.shape.length === 1) return diagonal(a);
    if (a.shape.length !== 2) throw new FormulaError('shapes', `np.diag is given ${shapeText(a.shape)}.`, 'It takes a vector or a matrix.');
    const n = Math.min(a.shape[0]!, a.shape[1]!);
    const result = tensor([n], a.kind);
    for (let i = 0; i < n; i++) result.data[i] = a.data[i * a.shape[1]! + i]!;
    return result;
  });
  add('size', 'a', ({ array }) => scalar(sizeOf(array('a').shape), 'int'));
  add('shape', 'a', ({ array }) => ({ type: 'tuple', items: array('a').shape.map((size) => scalar(size, 'int')) }));

  for (const name of ['float64', 'float32', 'float16', 'float_', 'double', 'int64', 'int32', 'int16', 'int8', 'int_', 'uint8', 'bool_']) {
    add(name, 'x?', (bound) => (bound.given('x') ? copyOf(bound.array('x'), kindOf({ type: 'text', text: name })!) : scalar(0)));
  }
  // NumPy's former names of Python's own types
  for (const kind of ['float', 'int', 'bool'] as const) add(kind, 'x', ({ array }) => ofOneNumber(kind, array('x')));
  alias('pow', 'power');
  alias('asanyarray', 'asarray');
  return functions;
}

/** By its name behind `np.`. */
export const numpyFunctions: ReadonlyMap<string, Function> = table();

/** Python's own functions. */
export const builtins: ReadonlyMap<string, Function> = new Map(
  [
    ...(['float', 'int', 'bool'] as const).map((kind) => define(kind, 'x', ({ array }) => ofOneNumber(kind, array('x')))),
    define('abs', 'x', ({ array }) => map(array('x'), Math.abs, array('x').kind)),
    define('sum', 'a', ({ array }) => reduce(array('a'), 0, false, sum, array('a').kind === 'bool' ? 'int' : array('a').kind)),
    define('pow', 'x y', ({ array }) => combine('power', array('x'), array('y'), 'pow')),
    define('len', 'x', ({ value }) => {
      const x = value('x');
      return scalar(x.type === 'tuple' ? x.items.length : x.type === 'text' ? x.text.length : (asTensor(x, 'The argument of len').shape[0] ?? 0), 'int');
    }),
    define('str', 'x', ({ value }) => {
      const x = value('x');
      return { type: 'text', text: x.type === 'text' ? x.text : String(asTensor(x, 'The argument of str').data[0]) };
    }),
    ...(['max', 'min'] as const).map((name) => define(name, 'x y', ({ array }) => {
      const [x, y] = [array('x'), array('y')];
      if (x.shape.length + y.shape.length > 0) throw new FormulaError('truth-value', `${name}() compares single numbers, and this is an array.`, `For whole arrays, entry by entry: np.${name}imum(…).`);
      return combine(`${name}imum`, x, y, name);
    })),
  ].map((each) => [each.name, each]),
);
