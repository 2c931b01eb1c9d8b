// An experiment as the text of a file: everything that was decided written out, so that it can be changed.

import { dirname, relative, resolve, sep } from 'node:path';
import type { CompleteExperiment } from './schema';

const LINE_WIDTH = 100;

/** `sourceFile` is what the data path of the experiment is relative to, `folder` where the text will be kept. */
export function experimentText(experiment: CompleteExperiment, sourceFile: string, folder: string): string {
  const { data, ...rest } = experiment;
  const path = typeof data === 'string' ? relative(folder, resolve(dirname(sourceFile), data)).split(sep).join('/') : data;
  const lines = Object.entries({ data: path, ...rest }).map(([key, value]) => `  ${JSON.stringify(key)}: ${format(value, 2)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** On one line where it fits, else one entry a line: a layer or a sample is then read at a glance. */
function format(value: unknown, indent: number): string {
  const inline = inLine(value);
  if (typeof value !== 'object' || value === null || inline.length + indent <= LINE_WIDTH) return inline;
  const space = ' '.repeat(indent + 2);
  const entries = Array.isArray(value)
    ? value.map((entry) => `${space}${format(entry, indent + 2)}`)
    : Object.entries(value).map(([key, entry]) => `${space}${JSON.stringify(key)}: ${format(entry, indent + 2)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${entries.join(',\n')}\n${' '.repeat(indent)}${close}`;
}

function inLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${inLine(entry)}`).join(', ')} }`;
}
