// A few entries of the person's array beside the right ones, by the core and by central differences.

import type { SampleValue } from './finding';
import type { Naming } from './naming';
import type { Target } from './targets/target';
import { toTensor, type Layout } from './tensors';
import { broadcastIndices, broadcastShape, transpose, type Tensor } from './value';
import type { World } from './world';

const ROWS = 2;
const COLUMNS = 3;

/** Relative to the largest entry; the stencil of tensors.ts is far better. */
const MAX_DIFFERENCE = 1e-6;

/** `theirs` and `right` have samples as columns; the entries are told as the person's layout has them. */
export function sampleValues(target: Target, world: World, names: Naming, theirs: Tensor | null, right: Tensor, layout: Layout): SampleValue[] {
  const numeric = toTensor(target.numeric(world, names), target.holds, 'columns');
  assertAgree(right, numeric);
  const turned = (a: Tensor): Tensor => (layout === 'rows' && a.shape.length === 2 ? transpose(a) : a);
  const [mine, numbers] = [turned(right), turned(numeric)];
  const shape = mine.shape as [number, number];
  const shown = theirs && turned(theirs);
  const fits = shown && broadcastShape(shown.shape, shape)?.join() === shape.join() ? broadcastIndices(shown.shape, shape) : null;
  const values: SampleValue[] = [];
  for (let row = 0; row < Math.min(ROWS, shape[0]); row++) {
    for (let column = 0; column < Math.min(COLUMNS, shape[1]); column++) {
      const k = row * shape[1] + column;
      values.push({ entry: [row, column], theirs: fits ? shown!.data[fits[k]!]! : null, right: mine.data[k]!, numeric: numbers.data[k]! });
    }
  }
  return values;
}

/** The two references are independent: where they part, neither may judge. */
function assertAgree(right: Tensor, numeric: Tensor): void {
  const largest = right.data.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
  for (let k = 0; k < right.data.length; k++) {
    if (!(Math.abs(right.data[k]! - numeric.data[k]!) <= MAX_DIFFERENCE * Math.max(1, largest))) throw new Error(`derivative and central difference part: ${right.data[k]!} against ${numeric.data[k]!}`);
  }
}
