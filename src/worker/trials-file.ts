// Keeps what was tried against a run beside its file, so that a reloaded window shows it again.

import { readFile, rename, writeFile } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import type { LearningCurveState, RangeTestState } from '../protocol';
import type { TrialRow } from '../trials/view';

export interface KeptTrials {
  readonly rows: readonly TrialRow[];
  readonly rangeTest: RangeTestState;
  readonly learningCurve: LearningCurveState;
}

export const NOTHING_TRIED: KeptTrials = { rows: [], rangeTest: { kind: 'none' }, learningCurve: { kind: 'none' } };

/** Raised whenever the form of KeptTrials changes: older files are then not read. */
const VERSION = 1;

/** Of the trials of the run that is kept there. */
export function trialsFile(runFile: string): string {
  return `${runFile}.trials`;
}

/** Written beside and renamed, so that a crash leaves no half file. */
export async function writeTrials(runFile: string, trials: KeptTrials): Promise<void> {
  const path = trialsFile(runFile);
  await writeFile(`${path}.part`, serialize({ version: VERSION, trials }));
  await rename(`${path}.part`, path);
}

/** None where nothing was tried, or what was kept cannot be read by this version. */
export async function readTrials(runFile: string): Promise<KeptTrials> {
  try {
    const content = deserialize(await readFile(trialsFile(runFile))) as { version: number; trials: KeptTrials };
    if (content.version === VERSION) return content.trials;
  } catch {
    // nothing was tried
  }
  return NOTHING_TRIED;
}
