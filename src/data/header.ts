// Whether the first record of a file names the columns, and what the columns are called.

import { isMissing, type Cells } from './cells';
import { fits, type Reading } from './column-type';

/**
 * Whether `first` is a header, judged by the cells below it: it is one if some cell of it does not fit the numbers or
 * dates below, and none if all fit. Where all columns are text, it is one if its texts are unique and none of them
 * occurs again below itself.
 */
export function isHeader(first: readonly string[], cells: readonly Cells[], readings: readonly Reading[]): boolean {
  const texts = first.map((cell) => cell.trim());
  const telling = texts.map((text, j) => !isMissing(text) && isTelling(text, readings[j]!));
  if (texts.some((text, j) => telling[j] && readings[j]!.kind !== 'empty' && !fits(text, readings[j]!))) return true;
  if (telling.includes(true)) return false;
  const named = texts.filter((text) => text !== '');
  return named.length > 0 && new Set(named).size === named.length && texts.every((text, j) => !cells[j]!.texts.includes(text));
}

/** Over an empty column only a number says something: that the record is no header. */
function isTelling(text: string, reading: Reading): boolean {
  return reading.kind === 'number' || reading.kind === 'time' || (reading.kind === 'empty' && fits(text, reading));
}

/** Names of the columns from the header: every one unique, none empty. */
export function namesFromHeader(header: readonly string[]): string[] {
  const names: string[] = [];
  const taken = new Set<string>();
  header.forEach((cell, j) => {
    const base = cell.trim().replace(/\s+/g, ' ') || `column ${j + 1}`;
    let name = base;
    for (let k = 2; taken.has(name); k++) name = `${base} (${k})`;
    taken.add(name);
    names.push(name);
  });
  return names;
}

/** x1, x2, … */
export function namesWithoutHeader(width: number): string[] {
  return Array.from({ length: width }, (_, j) => `x${j + 1}`);
}
