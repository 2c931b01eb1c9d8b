// The ranking of all trials of a run in one table, with the samples that predictions are compared on.

import type { Finding } from '../diagnosis/finding';
import type { Remedy } from '../diagnosis/remedy';
import { matrixColumnNames } from '../data/dataset';
import type { Run } from '../training/run';
import { measureOf } from './measure';
import { isAboutDead, rank } from './ranking';
import { comparedSamples, rowOfRun } from './row';
import type { Measure, TrialRow, TrialTable } from './view';

export interface TrialBook {
  readonly measure: Measure;
  has(id: string): boolean;
  add(row: TrialRow): void;
  /** Null as long as nothing was tried. */
  table(): TrialTable | null;
  readonly rows: readonly TrialRow[];
}

/** All that was tried against one run. */
export function createTrialBook(run: Run, findings: readonly Finding[], kept: readonly TrialRow[] = []): TrialBook {
  const measure = measureOf(run);
  const rows = [...kept];
  const { targets, lines } = run.samples;
  const samples = comparedSamples(targets.rows);
  let base: TrialRow | null = null;
  return {
    measure,
    rows,
    has: (id) => rows.some((row) => row.id === id),
    add: (row) => void rows.push(row),
    table: () =>
      rows.length === 0
        ? null
        : {
            measure,
            rows: rank((base ??= rowOfRun(run, measure)), rows, isAboutDead(findings)),
            outputs: run.data.targets.flatMap(matrixColumnNames),
            lines: Float64Array.from(samples, (s) => lines[s]!),
            targets: Array.from({ length: targets.columns }, (_, j) => Float64Array.from(samples, (s) => targets.data[s * targets.columns + j]!)),
            of: targets.rows,
          },
  };
}

/** Each remedy once, in the order of the findings: the first one that offers it is the worst. */
export function distinctRemedies(findings: readonly Finding[]): Remedy[] {
  const byId = new Map<string, Remedy>();
  for (const { remedies } of findings) for (const remedy of remedies) if (!byId.has(remedy.id)) byId.set(remedy.id, remedy);
  return [...byId.values()];
}
