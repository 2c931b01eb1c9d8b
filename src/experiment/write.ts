// An experiment as the text of a file: everything that was decided written out, so that it can be changed.

import { dirname, relative, resolve, sep } from 'node:path';
import type { CompleteExperiment } from './schema';

/** `sourceFile` is what the data path of the experiment is relative to, `folder` where the text will be kept. */
export function experimentText(experiment: CompleteExperiment, sourceFile: string, folder: string): string {
  const { data } = experiment;
  const path = typeof data === 'string' ? relative(folder, resolve(dirname(sourceFile), data)).split(sep).join('/') : data;
  // matrices one row a line: a number a line would make a page of every sample
  const text = JSON.stringify({ ...experiment, data: path }, null, 2);
  return `${text.replace(/\[\s+(-?[\d.e+-]+(?:,\s+-?[\d.e+-]+)*)\s+\]/gi, (_, numbers: string) => `[${numbers.replace(/\s+/g, ' ')}]`)}\n`;
}
