// Opens what a person chose: a data file, or an experiment file and the data that it names.

import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isMostlyMissing } from '../data/choice';
import type { Dataset } from '../data/dataset';
import { readTable } from '../data/file';
import { inlineDataset, makeDataset } from '../data/make-dataset';
import type { Column } from '../data/table';
import type { Place } from '../experiment/complete';
import { parseExperiment, type ExperimentFile } from '../experiment/file';
import type { ParsedExperiment } from '../experiment/schema';
import type { Settings } from '../experiment/settings';
import { ProblemError } from '../problem';
import type { ColumnSummary } from './run';

export interface Source {
  readonly experiment: ParsedExperiment;
  readonly dataset: Dataset;
  /** All columns of the data file, to choose from. */
  readonly columns: readonly ColumnSummary[];
  readonly place: Place;
}

/** @throws ProblemError for whatever is wrong with the files. */
export async function openSource(file: string, settings: Settings): Promise<Source> {
  if (!/\.json$/i.test(file)) return openTable(file, { data: file }, settings, () => ({ file }));
  const experimentFile = parseExperiment(await readText(file), file);
  const { experiment } = experimentFile;
  const place: Place = (path) => ({ file, line: experimentFile.lineOf([...path]) });
  if (typeof experiment.data !== 'string') return openInline(experimentFile, experiment.data, place);
  return openTable(resolve(dirname(file), experiment.data), experiment, settings, place);
}

async function openTable(file: string, experiment: ParsedExperiment, settings: Settings, place: Place): Promise<Source> {
  const table = await readTable(file);
  // a new target chooses its features anew, unless they are chosen too
  const features = settings.features ?? (settings.target === undefined ? experiment.features : undefined);
  const target = settings.target ?? experiment.target;
  const columns = table.columns.map(summaryOf);
  try {
    const dataset = makeDataset(table, {
      ...(features !== undefined && { features: [features].flat() }),
      ...(target !== undefined && { target: [target].flat() }),
      missing: settings.missing ?? experiment.missing ?? 'skip',
    });
    return { experiment, dataset, columns, place };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const targets = columns.filter(({ kind }) => kind !== 'unusable').map(({ name }) => name);
    throw new ProblemError({ ...error.problem, ...whereNamed(experiment, settings, targets, place), targets });
  }
}

function summaryOf(column: Column): ColumnSummary {
  const { name, kind } = column;
  if (kind === 'unusable') return { name, kind, leftOut: column.reason };
  return isMostlyMissing(column) ? { name, kind, leftOut: 'most of its cells are empty' } : { name, kind };
}

/** A column that an experiment file names and the data lacks is a mistake of the experiment file, on its line. */
function whereNamed(experiment: ParsedExperiment, settings: Settings, existing: readonly string[], place: Place): ReturnType<Place> | undefined {
  for (const key of ['target', 'features'] as const) {
    const named = settings[key] === undefined ? experiment[key] : undefined;
    if (named === undefined) continue;
    const at = [named].flat().findIndex((name) => !existing.includes(name));
    if (at >= 0) return place(Array.isArray(named) ? [key, at] : [key]);
  }
  return undefined;
}

function openInline({ file, experiment, lineOf }: ExperimentFile, { X, Y }: { X: number[][]; Y: number[][] }, place: Place): Source {
  checkRows('X', X, place);
  checkRows('Y', Y, place);
  if (X.length !== Y.length) {
    throw new ProblemError({
      what: `X has ${X.length} rows, Y has ${Y.length}.`,
      todo: 'Give one row a sample in each.',
      ...place(['data', 'Y']),
    });
  }
  const lines = X.map((_, row) => lineOf(['data', 'X', row]));
  const dataset = inlineDataset(file, X, Y, lines);
  const columns = [...dataset.features, ...dataset.targets].map(({ name, kind }) => ({ name, kind }));
  return { experiment, dataset, columns, place };
}

function checkRows(name: 'X' | 'Y', rows: number[][], place: Place): void {
  const wrong = rows.findIndex((row) => row.length !== rows[0]!.length);
  if (wrong < 0) return;
  throw new ProblemError({
    what: `Row ${wrong + 1} of ${name} has ${rows[wrong]!.length} numbers, row 1 has ${rows[0]!.length}.`,
    todo: 'Give every row the same number of them.',
    ...place(['data', name, wrong]),
  });
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ProblemError({
      file,
      what: missing ? 'The file does not exist.' : `The file cannot be read (${(error as NodeJS.ErrnoException).code}).`,
      todo: missing ? 'Check its name and folder.' : 'Check that you may read it.',
    });
  }
}
