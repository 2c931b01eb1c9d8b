// Square brackets on arrays: slices, numbers, None, and masks, to read and to assign.

import { FormulaError } from '../error';
import { broadcastIndices, broadcastShape, describeValue, scalar, shapeText, sizeOf, tensor, type Tensor, type Value } from '../value';

interface Selection {
  readonly shape: readonly number[];
  /** Which entries of the array, in the order of the result. */
  readonly entries: readonly number[];
}

export function readAt(a: Tensor, indices: readonly Value[]): Tensor {
  const { shape, entries } = select(a, indices);
  if (shape.length === 0) return scalar(a.data[entries[0]!]!, a.kind);
  const result = tensor(shape, a.kind);
  entries.forEach((entry, k) => (result.data[k] = a.data[entry]!));
  return result;
}

/** In place, as Python does it: every name of this array sees it. An array of whole numbers cuts off the rest. */
export function writeAt(a: Tensor, indices: readonly Value[], value: Tensor): void {
  const { shape, entries } = select(a, indices);
  const common = broadcastShape(value.shape, shape);
  if (!common || sizeOf(common) !== entries.length) {
    throw new FormulaError('shapes', `${shapeText(value.shape)} cannot be put where ${shapeText(shape)} is.`, 'The right side has to have the shape of what it replaces.');
  }
  const from = broadcastIndices(value.shape, common);
  entries.forEach((entry, k) => {
    const x = value.data[from[k]!]!;
    a.data[entry] = a.kind === 'int' ? Math.trunc(x) : a.kind === 'bool' ? Number(x !== 0) : x;
  });
}

const EVERYTHING: Value = { type: 'slice', from: null, to: null, step: 1 };

function select(a: Tensor, indices: readonly Value[]): Selection {
  const [mask] = indices;
  if (indices.length === 1 && mask?.type === 'array' && mask.kind === 'bool' && mask.shape.length > 0) return selectByMask(a, mask);
  const left = a.shape.length - indices.filter(({ type }) => type !== 'none' && type !== 'ellipsis').length;
  if (left < 0) throw new FormulaError('shapes', `There are more indices than the array has directions: it is ${shapeText(a.shape)}.`, 'One index a direction: rows, then columns.');
  const whole = Array.from({ length: left }, () => EVERYTHING);
  const dots = indices.findIndex(({ type }) => type === 'ellipsis');
  const shape: number[] = [];
  let entries = [0];
  let axis = 0;
  for (const index of dots < 0 ? [...indices, ...whole] : indices.toSpliced(dots, 1, ...whole)) {
    // a new direction takes none of the array's
    if (index.type === 'none') {
      shape.push(1);
      continue;
    }
    const { positions, keeps } = positionsOf(index, a.shape[axis]!);
    const step = sizeOf(a.shape.slice(++axis));
    entries = entries.flatMap((entry) => positions.map((position) => entry + position * step));
    if (keeps) shape.push(positions.length);
  }
  return { shape, entries };
}

function positionsOf(index: Value, size: number): { positions: number[]; keeps: boolean } {
  if (index.type === 'slice') {
    const { step } = index;
    const bound = (value: number | null, otherwise: number): number => (value === null ? otherwise : Math.max(step < 0 ? -1 : 0, Math.min(size, value < 0 ? value + size : value)));
    return { positions: range(bound(index.from, step < 0 ? size - 1 : 0), bound(index.to, step < 0 ? -1 : size), step), keeps: true };
  }
  if (index.type === 'array' && index.shape.length === 0 && index.kind === 'int') {
    const position = index.data[0]! < 0 ? index.data[0]! + size : index.data[0]!;
    if (position < 0 || position >= size) throw new FormulaError('shapes', `Index ${index.data[0]!} is outside: there are {${size}} in this direction.`, 'Indices begin at 0.');
    return { positions: [position], keeps: false };
  }
  throw new FormulaError('unsupported', `An array is indexed by ${describeValue(index)}, which the check does not read.`, 'It knows numbers, slices, None, and masks such as Z <= 0.');
}

function selectByMask(a: Tensor, mask: Tensor): Selection {
  if (mask.shape.join() !== a.shape.join()) {
    throw new FormulaError('shapes', `The mask is ${shapeText(mask.shape)}, and the array ${shapeText(a.shape)}.`, 'A mask has to have the shape of what it is laid over.');
  }
  const entries = Array.from(mask.data.keys()).filter((k) => mask.data[k] !== 0);
  return { shape: [entries.length], entries };
}

function range(from: number, to: number, step: number): number[] {
  const result: number[] = [];
  for (let k = from; step > 0 ? k < to : k > to; k += step) result.push(k);
  return result;
}
