// Central differences of the cost, each with a step that fits: one for most entries, finer ones where it is in
// doubt, smaller ones around kinks.

import type { Pass } from './network';
import type { Entry, Perturbation, Stencil } from './perturbation';

export type Numeric =
  /** `roundingError` bounds what rounding of the losses can have added. */
  | { readonly kind: 'smooth'; readonly derivative: number; readonly roundingError: number }
  /** A corner too near for any step: the one-sided derivatives. */
  | { readonly kind: 'kink'; readonly left: number; readonly right: number };

/** f'(x) ≈ (f(x+h) - f(x-h)) / 2h: its error h² against rounding 1/h is least near the cube root of 2⁻⁵². */
const TWO_POINTS: Stencil = [
  [-1, -1],
  [1, 1],
];
const STEP = 6e-6;
/** (f(x-2h) - 8 f(x-h) + 8 f(x+h) - f(x+2h)) / 12h (Abramowitz and Stegun 25.3.6): error h⁴ allows large steps. */
const FOUR_POINTS: Stencil = [
  [-2, 1],
  [-1, -8],
  [1, 8],
  [2, -1],
];
const LARGE_STEPS = [1e-3, 3e-5];
/** Tried in turn where a step met a corner. */
const SMALL_STEPS = [2e-7, 1e-8];
/** A difference to the analytic derivative beyond this share of the usual entry is looked at again. */
const DOUBT = 1e-8;
/** Roundings that a loss goes through are of this many units in the last place, with room to spare. */
const ULPS = 16 * Number.EPSILON;

/**
 * One derivative for each entry, whose parameter has the given value. `l2Slopes` are the derivatives of the L2
 * part, known exactly. `analytic` decides only how much care is taken, never the result of a difference.
 */
export function differentiate(perturbation: Perturbation, entries: readonly Entry[], values: Float64Array, l2Slopes: Float64Array, analytic: Float64Array, pass: Pass): Numeric[] {
  const m = pass.losses.length;
  const scale = entries.map((entry, e) => Math.max(1, Math.abs(values[e]!)) / Math.max(1, rootMeanSquare(pass, entry)));
  const results: (Numeric | null)[] = entries.map(() => null);

  /** Differences of some of the entries; null for those that met a corner. */
  function take(which: readonly number[], step: number, stencil: Stencil, divisor: number): (Numeric & { kind: 'smooth' } | null)[] {
    const steps = Float64Array.from(which, (e) => step * scale[e]!);
    return perturbation.differences(which.map((e) => entries[e]!), steps, stencil).map(({ sum, size, kink }, k) => {
      const h = divisor * steps[k]! * m;
      return kink ? null : { kind: 'smooth', derivative: sum / h + l2Slopes[which[k]!]!, roundingError: (ULPS * size) / h };
    });
  }

  let left = entries.map((_, e) => e);
  for (const step of [STEP, ...SMALL_STEPS]) {
    take(left, step, TWO_POINTS, 2).forEach((result, k) => (results[left[k]!] = result));
    left = left.filter((e) => results[e] === null);
  }
  for (const [e, sides] of oneSided(left)) results[e] = { kind: 'kink', ...sides };

  const usual = Math.sqrt(analytic.reduce((sum, a) => sum + a * a, 0) / Math.max(1, analytic.length));
  const doubtful = entries.flatMap((_, e) => {
    const result = results[e]!;
    return result.kind === 'smooth' && !(Math.abs(result.derivative - analytic[e]!) <= DOUBT * usual) ? [e] : [];
  });
  const [coarse, fine] = LARGE_STEPS.map((step) => take(doubtful, step, FOUR_POINTS, 12)) as [ReturnType<typeof take>, ReturnType<typeof take>];
  doubtful.forEach((e, k) => {
    const [large, small] = [coarse[k]!, fine[k]!];
    // the larger step unless the smaller one shows that it was too large
    const better = large && small && !(Math.abs(large.derivative - small.derivative) <= small.roundingError) ? small : (large ?? small);
    if (better) results[e] = better;
  });
  return results as Numeric[];

  function oneSided(kinks: readonly number[]): Map<number, { left: number; right: number }> {
    const steps = Float64Array.from(kinks, (e) => STEP * scale[e]!);
    const at = kinks.map((e) => entries[e]!);
    const below = perturbation.differences(at, steps, [[-1, -1]], true);
    const above = perturbation.differences(at, steps, [[1, 1]], true);
    const slope = (sum: number, k: number): number => sum / (m * steps[k]!) + l2Slopes[kinks[k]!]!;
    return new Map(kinks.map((e, k) => [e, { left: slope(below[k]!.sum, k), right: slope(above[k]!.sum, k) }]));
  }
}

/** Of what the step is multiplied with. */
function rootMeanSquare(pass: Pass, { l, j }: Entry): number {
  if (j === null) return 1;
  const { rows, columns, data } = pass.A[l - 1]!;
  let sum = 0;
  for (let s = 0; s < rows; s++) sum += data[s * columns + j]! * data[s * columns + j]!;
  return Math.sqrt(sum / rows);
}
