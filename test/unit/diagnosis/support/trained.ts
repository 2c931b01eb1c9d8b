// Trains an experiment as the command line does: a file, read, decided and run.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Experiment } from '../../../../src/experiment/schema';
import type { Settings } from '../../../../src/experiment/settings';
import { runJob } from '../../../../src/training/job';
import type { Run } from '../../../../src/training/run';

export async function trained(experiment: Experiment | string, settings: Settings = {}): Promise<Run> {
  if (typeof experiment === 'string') return runJob({ file: experiment, settings }, () => false);
  const folder = mkdtempSync(join(tmpdir(), 'gradient-table-'));
  try {
    const file = join(folder, 'a.gradient.json');
    writeFileSync(file, JSON.stringify(experiment));
    return await runJob({ file, settings }, () => false);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
