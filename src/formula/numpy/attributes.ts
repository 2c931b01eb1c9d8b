// What stands behind the dot of an array: `.T`, `.shape`, `.sum(…)`, `.astype(…)`.

import { closest } from '../../closest';
import { FormulaError } from '../error';
import { copyOf, NONE, reshape, scalar, sizeOf, transpose, type Tensor, type Value } from '../value';
import { define, kindOf, shapeOf } from './bind';
import { numpyFunctions, reductionNames } from './functions';

/** Methods that are the NumPy function of the same name with the array as its first argument. */
const SHARED = new Set([...reductionNames, 'dot', 'clip', 'squeeze', 'ravel', 'copy']);

const NAMES = ['T', 'shape', 'size', 'ndim', 'dtype', 'astype', 'reshape', 'flatten', 'transpose', 'item', 'tolist', 'view', ...SHARED];

/** @throws FormulaError if arrays have no such part. */
export function attributeOf(a: Tensor, name: string): Value {
  switch (name) {
    case 'T':
      return transpose(a);
    case 'shape':
      return { type: 'tuple', items: a.shape.map((size) => scalar(size, 'int')) };
    case 'size':
      return scalar(sizeOf(a.shape), 'int');
    case 'ndim':
      return scalar(a.shape.length, 'int');
    case 'dtype':
      return { type: 'text', text: a.kind };
    case 'astype':
      return define('astype', 'dtype copy?', ({ value }) => copyOf(a, kindOf(value('dtype')) ?? unknownType()));
    case 'transpose':
      return define('transpose', '', () => transpose(a));
    case 'flatten':
      return define('flatten', '', () => reshape(copyOf(a), [-1]));
    case 'item':
      return define('item', '', () => scalar(a.data[0]!, a.kind));
    case 'tolist':
    case 'view':
      return define(name, '', () => a);
    case 'reshape':
      return {
        type: 'function',
        name: 'reshape',
        // reshape(1, -1) and reshape((1, -1))
        call: ({ positional }) => reshape(a, positional.length === 1 ? shapeOf(positional[0] ?? NONE, 'reshape') : shapeOf({ type: 'tuple', items: positional }, 'reshape')),
      };
  }
  const shared = SHARED.has(name) ? numpyFunctions.get(name) : undefined;
  if (shared) return { ...shared, name, call: ({ positional, named }) => shared.call({ positional: [a, ...positional], named }) };
  const near = closest(name, NAMES);
  throw new FormulaError('unknown-function', `Arrays have no ".${name}" that the check knows.`, near === undefined ? 'Use the NumPy function of that name, if there is one.' : `Did you mean .${near}?`);
}

function unknownType(): never {
  throw new FormulaError('type', 'astype is given a type that the check does not know.', 'Use float, int or bool.');
}
