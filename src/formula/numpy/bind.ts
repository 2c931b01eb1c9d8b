// Arguments of a call to the parameters of a NumPy function, refused in the words that Python uses.

import { closest } from '../../closest';
import { FormulaError } from '../error';
import { asTensor, describeValue, NONE, type Arguments, type Kind, type Tensor, type Value } from '../value';

/** The arguments of one call, by parameter. */
export interface Bound {
  readonly given: (name: string) => boolean;
  readonly value: (name: string) => Value;
  readonly array: (name: string) => Tensor;
  /** An axis; null for None, which means all entries. */
  readonly axis: (name: string) => number | null;
  readonly flag: (name: string) => boolean;
  readonly shape: (name: string) => number[];
}

export type Implementation = (bound: Bound) => Value;

/** `signature`: the parameters in order, `?` behind those that may be left out: `a axis? keepdims?`. */
export function define(name: string, signature: string, implementation: Implementation): Extract<Value, { type: 'function' }> {
  const parameters = signature.split(' ').filter((part) => part !== '').map((part) => part.replace('?', ''));
  const needed = signature.split(' ').filter((part) => part !== '' && !part.endsWith('?')).length;
  return {
    type: 'function',
    name,
    call({ positional, named }) {
      if (positional.length > parameters.length) {
        throw new FormulaError('type', `${name} takes at most ${parameters.length} ${plural(parameters.length, 'argument')} and is given ${positional.length}.`, 'Look for a bracket that closes too late, or a comma too many.');
      }
      const values = new Map<string, Value>(positional.map((value, i) => [parameters[i]!, value]));
      for (const [key, value] of named) {
        if (!parameters.includes(key)) {
          const near = closest(key, parameters);
          throw new FormulaError('type', `${name} has no argument "${key}" that the check knows.`, near === undefined ? `It knows ${parameters.join(', ')}.` : `Did you mean ${near}?`);
        }
        values.set(key, value);
      }
      const missing = parameters.slice(0, needed).find((parameter) => !values.has(parameter));
      if (missing !== undefined) {
        throw new FormulaError('type', `${name} needs ${needed} ${plural(needed, 'argument')} and is given ${values.size}.`, 'Look for a bracket that closes too early: the rest may stand behind it.');
      }
      return implementation(access(name, values));
    },
  };
}

function access(name: string, values: ReadonlyMap<string, Value>): Bound {
  const value = (parameter: string): Value => values.get(parameter) ?? NONE;
  const axis = (parameter: string): number | null => {
    const given = value(parameter);
    if (given.type === 'none') return null;
    return wholeNumber(given, `The ${parameter} of ${name}`);
  };
  return {
    given: (parameter) => values.has(parameter),
    value,
    array: (parameter) => asTensor(value(parameter), `An argument of ${name}`),
    axis,
    flag(parameter) {
      const given = value(parameter);
      return given.type === 'array' && given.shape.length === 0 && given.data[0] !== 0;
    },
    shape: (parameter) => shapeOf(value(parameter), name),
  };
}

/** A shape as np.zeros and reshape take it: a number, or a tuple of them. */
export function shapeOf(value: Value, name: string): number[] {
  if (value.type === 'tuple') return value.items.map((item) => wholeNumber(item, `The shape of ${name}`));
  return [wholeNumber(value, `The shape of ${name}`)];
}

export function wholeNumber(value: Value, what: string): number {
  if (value.type === 'array' && value.shape.length === 0 && Number.isInteger(value.data[0])) return value.data[0]!;
  throw new FormulaError('type', `${what} is ${describeValue(value)}, where a whole number is needed.`, 'Write 0 for down the rows, 1 for along the columns.');
}

/** What a dtype means: `float`, `np.float64`, `'int'`, `bool`. */
export function kindOf(value: Value): Kind | null {
  const name = value.type === 'function' ? value.name : value.type === 'text' ? value.text : '';
  const bare = name.replace(/^np\./, '');
  if (/^(float|double|f[48]$|longdouble)/.test(bare)) return 'float';
  if (/^(u?int|i[48]$)/.test(bare)) return 'int';
  return /^bool/.test(bare) ? 'bool' : null;
}

export function positionalOnly(...positional: Value[]): Arguments {
  return { positional, named: new Map() };
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
