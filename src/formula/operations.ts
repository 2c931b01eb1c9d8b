// Operators and dots between values: `a * b`, `Z > 0`, `A.T`, `np.exp`.

import { closest } from '../closest';
import { erfc } from '../core/erf';
import { FormulaError } from './error';
import { attributeOf } from './numpy/attributes';
import { combine, numpyFunctions } from './numpy/functions';
import { define } from './numpy/bind';
import { asTensor, describeValue, dot, map, NONE, scalar, type Value } from './value';

/** Takes what Python would refuse but has one plain meaning. */
export type Report = (error: FormulaError) => void;

const OPERATORS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '//': 'floor_divide',
  '%': 'mod',
  '**': 'power',
  '>': 'greater',
  '>=': 'greater_equal',
  '<': 'less',
  '<=': 'less_equal',
  '==': 'equal',
  '!=': 'not_equal',
  '&': 'logical_and',
  '|': 'logical_or',
  '^': 'logical_xor',
  and: 'logical_and',
  or: 'logical_or',
};

export function valueOfBinary(operator: string, one: Value, other: Value, report: Report): Value {
  if (operator === '+' && one.type === 'text' && other.type === 'text') return { type: 'text', text: one.text + other.text };
  const name = OPERATORS[operator];
  const a = asTensor(one, `What stands before "${operator}"`);
  const b = asTensor(other, `What stands behind "${operator}"`);
  if (operator === '@') return dot(a, b, '@');
  if (name === undefined) throw new FormulaError('unsupported', `The check does not read "${operator}".`, 'It knows arithmetic, comparisons and @.');
  const arrays = a.shape.length + b.shape.length > 0;
  if (arrays && (operator === 'and' || operator === 'or')) {
    report(new FormulaError('truth-value', `"${operator}" needs one True or False on each side, and an array has one for each entry.`, `NumPy would stop with "the truth value of an array is ambiguous". Entry by entry: (…) ${operator === 'and' ? '&' : '|'} (…).`));
  }
  if (arrays && operator === '-' && a.kind === 'bool' && b.kind === 'bool') {
    report(new FormulaError('type', 'NumPy does not subtract arrays of True and False.', 'Make numbers of them first, with .astype(float).'));
    return combine('subtract', { ...a, kind: 'int' }, b, '"-"');
  }
  if ('&|^'.includes(operator) && (a.kind !== 'bool' || b.kind !== 'bool')) {
    throw new FormulaError('type', `"${operator}" joins bits, and these are numbers.`, operator === '^' ? 'A power is written ** in Python.' : 'Put brackets around comparisons: (Z > 0) & (Z < 1).');
  }
  return combine(name, a, b, `"${operator}"`);
}

const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E, inf: Infinity, nan: NaN };

const normal = {
  cdf: define('norm.cdf', 'x', ({ array }) => map(array('x'), (x) => erfc(-x / Math.SQRT2) / 2)),
  pdf: define('norm.pdf', 'x', ({ array }) => map(array('x'), (x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI))),
};

export function valueOfAttribute(of: Value, name: string, report: Report): Value {
  if (of.type === 'array') return attributeOf(of, name);
  if (of.type !== 'module') throw new FormulaError('type', `${describeValue(of)} has no ".${name}".`.replace(/^./, (first) => first.toUpperCase()), 'Only arrays and np have parts here.');
  if (of.name === 'norm' && (name === 'cdf' || name === 'pdf')) return normal[name];
  // scipy.special, scipy.stats.norm
  if (of.name !== 'np' && of.name !== 'math') return ['special', 'stats', 'norm'].includes(name) ? { type: 'module', name } : functionOf('np', name);
  if (name === 'newaxis') return NONE;
  const constant = CONSTANTS[name];
  if (constant !== undefined) return scalar(constant);
  const found = functionOf(of.name, name);
  if (of.name === 'np' || found.type !== 'function') return found;
  return {
    type: 'function',
    name: `math.${name}`,
    call(values) {
      if (values.positional.some((value) => value.type === 'array' && value.data.length > 1)) {
        report(new FormulaError('type', `math.${name} takes one number, and this is an array.`, `For whole arrays: np.${name}.`));
      }
      return found.call(values);
    },
  };
}

function functionOf(module: string, name: string): Value {
  const found = numpyFunctions.get(name);
  if (found) return found;
  if (name === 'random' || name === 'linalg') throw new FormulaError('unsupported', `${module}.${name} is not read by the check.`, 'A gradient is a formula of the values of this pass.');
  const near = closest(name, [...numpyFunctions.keys()]);
  throw new FormulaError('unknown-function', `${module}.${name} is not among the functions that the check knows.`, near === undefined ? 'It knows those that backward passes are written with.' : `Did you mean ${module}.${near}?`);
}
