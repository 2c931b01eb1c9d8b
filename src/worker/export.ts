// Writes a run into files for other programs: a script that rebuilds it in Python, or a report to read and to pass on.

import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { deadSamples } from '../diagnosis/dead-samples';
import { experimentText } from '../experiment/write';
import { numpyScript } from '../export/numpy';
import { initialRows, preparedFile, scriptFiles, startOf } from '../export/python-data';
import { pytorchScript } from '../export/pytorch';
import { reportPage } from '../export/report';
import type { Run } from '../training/run';
import { reportOf } from './report';
import { createRowSource } from './rows';

export const exportNames = ['numpy', 'pytorch', 'report'] as const;
export type ExportName = (typeof exportNames)[number];

/** Rows of dead samples in a report: more nobody reads on paper. */
const MAX_DEAD_ROWS = 100;

/** Given parameters that a report writes out. */
const MAX_PARAMETERS = 200;

/** The files that it wrote: the one that was asked for, and those that a large script reads from beside it. */
export async function writeExport(run: Run, as: ExportName, target: string): Promise<string[]> {
  if (as === 'report') {
    await writeFile(target, reportOfRun(run, target));
    return [target];
  }
  const files = scriptFiles(run, basename(target));
  const beside = (name: string): string => join(dirname(target), name);
  const written = [target];
  await writeFile(target, (as === 'numpy' ? numpyScript : pytorchScript)(run, files));
  if (files.data !== null) {
    written.push(beside(files.data));
    await writeFile(beside(files.data), preparedFile(run));
  }
  if (files.initial !== null) {
    written.push(beside(files.initial));
    await writeFile(beside(files.initial), initialRows(startOf(run)));
  }
  return written;
}

function reportOfRun(run: Run, target: string): string {
  const { samples } = deadSamples(run);
  const { parameters, ...rest } = run.experiment;
  const experiment = run.parameters.length <= MAX_PARAMETERS ? run.experiment : rest;
  return reportPage({
    report: reportOf(run, target),
    deadLines: Array.from(samples, (sample) => run.samples.lines[sample]!),
    deadRows: createRowSource(run)({ which: 'dead', output: 0, sort: 'line', descending: false, from: 0, to: MAX_DEAD_ROWS }),
    givenParameters: parameters !== undefined,
    // inline data would be all of it
    experimentText: typeof experiment.data === 'string' ? experimentText(experiment, run.source, dirname(target)) : experimentText({ ...experiment, data: basename(run.file) }, run.source, dirname(run.source)),
    made: new Date(),
  });
}
