// How much of a gradient check fits the time that a person waits. By sizes alone, so that it is the same everywhere.

import type { Parameters } from './parameters';

export interface CheckPlan {
  readonly samples: number;
  /** At most so many entries of each W and each b. */
  readonly entries: number;
  /** Of these, at most so many are also differentiated exactly. */
  readonly exactEntries: number;
}

/** Multiply-adds that the central differences may cost: test/bench/README.md says how long that takes. */
const WORK = 1.5e9;
/** The exact derivatives run in plain JavaScript. */
const EXACT_WORK = 2e7;
/** An activation counts as so many of them. */
const ACTIVATION = 12;
/** Losses before and after, and the column itself. */
const FIXED = 30;
/** Where sampling is needed, at least so many samples and entries of each W and b stay. */
const FEWEST_SAMPLES = 64;
const FEWEST_ENTRIES = 32;
const FEWEST_EXACT = 4;

export function planCheck(parameters: Parameters, m: number): CheckPlan {
  const all = Math.max(...parameters.layers.map(({ W }) => W.data.length));
  const sampleWork = workOf(parameters, 1, all);
  const samples = Math.max(Math.min(m, FEWEST_SAMPLES), Math.min(m, Math.floor(WORK / sampleWork)));
  const entries = fitting(all, FEWEST_ENTRIES, (count) => workOf(parameters, samples, count) <= WORK);
  return { samples, entries, exactEntries: fitting(entries, FEWEST_EXACT, (count) => workOf(parameters, samples, count) <= EXACT_WORK) };
}

function fitting(all: number, fewest: number, fits: (count: number) => boolean): number {
  let count = all;
  while (count > fewest && !fits(count)) count = Math.floor(count * 0.9);
  return count;
}

/** Two losses a perturbed entry and sample: its own column, one column of the next W, and all of those above. */
function workOf(parameters: Parameters, samples: number, entries: number): number {
  let sum = 0;
  let above = 0;
  let aboveNext = 0;
  for (const { W, b } of [...parameters.layers].reverse()) {
    sum += (Math.min(entries, W.data.length) + Math.min(entries, b.length)) * (FIXED + ACTIVATION + above) * samples * 2;
    above = aboveNext + b.length * (ACTIVATION + 1);
    aboveNext += b.length * ACTIVATION + W.data.length;
  }
  return sum;
}
