// Which inputs are dead: the one feature and value that tells dead samples from the others best.

import type { DatasetColumn } from '../data/dataset';
import type { Facts } from './facts';
import { count, number, plural } from './format';

/** Fewer dead or living samples make no pattern. */
const FEWEST = 2;
/** A split is told when it gets so much right of either kind, on average (balanced accuracy). */
const CLEAR = 0.8;
/** Sorting more samples than this tells nothing new. */
const MAX_SAMPLES = 20_000;

interface Split {
  readonly column: number;
  readonly below: boolean;
  readonly at: number;
  readonly accuracy: number;
  readonly deadInside: number;
  readonly othersInside: number;
}

/** One sentence, or none where there is no pattern. `dead` are numbers of samples. */
export function deadPattern({ run, featureNames }: Facts, dead: Uint32Array): string[] {
  const { X } = run.samples;
  const step = Math.max(1, Math.ceil(X.rows / MAX_SAMPLES));
  const isDead = new Uint8Array(X.rows);
  for (const sample of dead) isDead[sample] = 1;
  const rows = Uint32Array.from({ length: Math.ceil(X.rows / step) }, (_, k) => k * step);
  const deadRows = rows.reduce((sum, row) => sum + isDead[row]!, 0);
  const others = rows.length - deadRows;
  if (deadRows < FEWEST || others < FEWEST) return [];

  let best: Split | null = null;
  for (let column = 0; column < X.columns; column++) {
    const split = bestSplit(column, rows, (row) => X.data[row * X.columns + column]!, isDead, deadRows);
    if (split && (best === null || split.accuracy > best.accuracy)) best = split;
  }
  if (best === null || best.accuracy < CLEAR) return [];
  const condition = conditionText(best, featureNames[best.column]!, run.data.features);
  if (best.deadInside === deadRows && step === 1) {
    return [`All ${count(deadRows)} dead samples have ${condition}, and ${best.othersInside === 0 ? 'no other has' : `so have ${count(best.othersInside)} of the ${plural(others, 'other')}`}.`];
  }
  return [`${count(best.deadInside)} of ${count(deadRows)} dead samples have ${condition}, against ${count(best.othersInside)} of ${plural(others, 'other')}${step > 1 ? ` (of every ${count(step)}th sample)` : ''}.`];
}

function bestSplit(column: number, rows: Uint32Array, value: (row: number) => number, isDead: Uint8Array, deadRows: number): Split | null {
  const others = rows.length - deadRows;
  const sorted = rows.slice().sort((one, other) => value(one) - value(other));
  let deadBelow = 0;
  let othersBelow = 0;
  let best: Split | null = null;
  for (let k = 0; k + 1 < sorted.length; k++) {
    if (isDead[sorted[k]!]) deadBelow += 1;
    else othersBelow += 1;
    const here = value(sorted[k]!);
    const next = value(sorted[k + 1]!);
    if (here === next) continue;
    const below = (deadBelow / deadRows + 1 - othersBelow / others) / 2;
    const accuracy = Math.max(below, 1 - below);
    if (best !== null && accuracy <= best.accuracy) continue;
    const inside = below >= 0.5;
    best = {
      column,
      below: inside,
      at: (here + next) / 2,
      accuracy,
      deadInside: inside ? deadBelow : deadRows - deadBelow,
      othersInside: inside ? othersBelow : others - othersBelow,
    };
  }
  return best;
}

const MS_PER_DAY = 86_400_000;

/** "x < 7.5"; a category is or is not, and a time is written as a date. */
function conditionText({ column, below, at }: Split, name: string, features: readonly DatasetColumn[]): string {
  const feature = features.find(({ first, width }) => column >= first && column < first + width);
  if (feature?.kind === 'category') {
    const category = feature.width > 1 ? feature.categories?.[column - feature.first] : feature.categories?.[below ? 0 : 1];
    if (category !== undefined) return `${feature.name} ${feature.width > 1 && below ? 'other than' : '='} "${category}"`;
  }
  const text = feature?.kind === 'time' ? new Date(at * MS_PER_DAY).toISOString().slice(0, 10) : number(at);
  return `${name} ${below ? '<' : '>'} ${text}`;
}
