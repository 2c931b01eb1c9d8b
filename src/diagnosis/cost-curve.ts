// The shape of the training cost: how much it fell, whether it rose or swings, and whether it was still falling.

import type { Run } from '../training/run';

export interface CostCurve {
  readonly first: number;
  readonly last: number;
  readonly least: number;
  /** How far it swings up and down in its second half, without its trend, against the whole drop. */
  readonly swing: number;
  /** Share of the second half's steps at which the direction turns. */
  readonly turns: number;
  /** Drop of the second half over that of the first; 1 for a straight line, near 0 once it is flat. */
  readonly stillFalling: number;
  /** Iteration of the largest rise from one point to the next, where any is at least RISE of the whole drop; null else. */
  readonly rise: number | null;
}

const FEWEST_POINTS = 8;
/** A drop of a smaller share of the first cost is none: against it rounding, or one bias that settles, would count as a swing. */
const LEAST_DROP = 0.01;
/** AUTOTRAINER (ICSE 2021), ζ: a swing counts from 3 % on. */
export const SWING = 0.03;
/** AUTOTRAINER, η: and where it turns at one step of five. */
export const TURNS = 0.2;

/** Null for a run too short to have a shape. Mini-batches make their costs noisy, so theirs are those of the snapshots. */
export function costCurve(run: Run): CostCurve | null {
  const { batchSize } = run.experiment;
  const trainingSamples = run.samples.development ? run.samples.development.reduce((sum, development) => sum + 1 - development, 0) : run.samples.targets.rows;
  const full = batchSize === null || batchSize >= trainingSamples;
  const costs = full ? run.costs : run.history.cost;
  const at = (k: number): number => (full ? k : run.history.iterations[k]!);
  if (costs.length < FEWEST_POINTS) return null;

  const first = costs[0]!;
  const last = costs.at(-1)!;
  const least = costs.reduce((low, cost) => Math.min(low, cost), Infinity);
  const drop = Math.max(first - least, LEAST_DROP * Math.abs(first), Number.MIN_VALUE);
  // half of the iterations, which need not be half of the points
  let middle = 0;
  while (at(middle + 1) <= at(costs.length - 1) / 2) middle += 1;
  const half = costs.subarray(middle);

  let turns = 0;
  let swing = 0;
  let rise: { at: number; by: number } | null = null;
  for (let k = 1; k < costs.length; k++) {
    const step = costs[k]! - costs[k - 1]!;
    if (step > SWING * drop && (rise === null || step > rise.by)) rise = { at: at(k), by: step };
    if (k < middle + 2) continue;
    const before = costs[k - 1]! - costs[k - 2]!;
    if (step * before >= 0) continue;
    turns += 1;
    swing = Math.max(swing, Math.min(Math.abs(step), Math.abs(before)));
  }
  return {
    first,
    last,
    least,
    swing: swing / drop,
    turns: turns / Math.max(1, half.length - 2),
    stillFalling: (costs[middle]! - last) / Math.max(first - costs[middle]!, Number.MIN_VALUE),
    rise: rise?.at ?? null,
  };
}
