// Whether values are a constant multiple of others, and what that constant is called: 1/m, 2, -1, C.

import type { Tensor } from './value';
import { CONSTANTS, type Sizes } from './world';

/** Of rounding, over all entries. */
const TOLERANCE = 1e-7;

/** Fewer entries than this are a multiple of anything: then only a constant with a name counts. */
const ENOUGH_ENTRIES = 4;

/** How the values `theirs` (one array a scenario) lie to `values`: equal (`''`), a multiple with that name, or null. */
export function factorBetween(theirs: readonly Tensor[], values: readonly Tensor[], sizes: readonly Sizes[]): string | null {
  const factors: number[] = [];
  for (const [k, mine] of theirs.entries()) {
    const factor = ratio(mine, values[k]!);
    if (factor === null) return null;
    factors.push(factor);
  }
  if (factors.every((factor) => near(factor, 1))) return '';
  const name = nameOf(factors, sizes);
  if (name !== null) return name;
  const [first] = factors;
  if (first === undefined || theirs[0]!.data.length < ENOUGH_ENTRIES || !factors.every((factor) => near(factor, first))) return null;
  return String(Number(first.toPrecision(6)));
}

/** k with theirs = k · values, of the same shape; null if there is none. */
function ratio(theirs: Tensor, values: Tensor): number | null {
  if (theirs.shape.join() !== values.shape.join()) return null;
  let product = 0;
  let square = 0;
  let largest = 0;
  for (let k = 0; k < values.data.length; k++) {
    product += theirs.data[k]! * values.data[k]!;
    square += values.data[k]! ** 2;
    largest = Math.max(largest, Math.abs(theirs.data[k]!));
  }
  const factor = product / square;
  if (!Number.isFinite(factor) || Math.abs(factor) < 1e-9) return null;
  return theirs.data.every((x, k) => Math.abs(x - factor * values.data[k]!) <= TOLERANCE * largest) ? factor : null;
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.abs(b);

interface Powers {
  readonly two: number;
  readonly m: number;
  readonly C: number;
}

/** The simplest first. */
const CANDIDATES: readonly Powers[] = [-2, -1, 0, 1, 2]
  .flatMap((m) => [-1, 0, 1].flatMap((C) => [-2, -1, 0, 1, 2].map((two) => ({ two, m, C }))))
  .sort((one, other) => weight(one) - weight(other));

function weight({ two, m, C }: Powers): number {
  return Math.abs(two) + 1.1 * Math.abs(m) + 1.2 * Math.abs(C);
}

function nameOf(factors: readonly number[], sizes: readonly Sizes[]): string | null {
  const sign = factors.every((factor) => factor < 0) ? '-' : '';
  const sizesOf = (factor: number): number => Math.abs(factor);
  if (factors.every((factor) => near(sizesOf(factor), CONSTANTS.learningRate))) return `${sign}α`;
  const fits = ({ two, m, C }: Powers): boolean => factors.every((factor, k) => near(sizesOf(factor), 2 ** two * sizes[k]!.m ** m * sizes[k]!.n ** C));
  const powers = CANDIDATES.find(fits);
  if (!powers || !factors.every((factor) => (factor < 0) === (sign === '-'))) return null;
  const part = (exponent: number): string[] => [
    ...(powers.two * exponent > 0 ? [String(2 ** Math.abs(powers.two))] : []),
    ...(powers.m * exponent > 0 ? [powers.m * exponent > 1 ? 'm²' : 'm'] : []),
    ...(powers.C * exponent > 0 ? ['C'] : []),
  ];
  const above = part(1).join('·') || '1';
  const below = part(-1);
  return `${sign}${above}${below.length === 0 ? '' : `/${below.length > 1 ? `(${below.join('·')})` : below[0]!}`}`;
}
