// Decides what separates the cells of a file, from its first records.

import { NO_DELIMITER, scanRecords } from './records';
import { readNumber } from './numbers';

/** In the order of preference among equals: a comma is last because it may also be a decimal comma. */
const CANDIDATES = ['\t', ';', '|', ','] as const;
const SAMPLE_CHARACTERS = 1 << 17;
const SAMPLE_RECORDS = 200;
/** A delimiter must give the same number of cells in more than this share of the records. */
const CONSISTENT_SHARE = 0.5;

/**
 * The delimiter of `text`, the beginning of a file (up to its end with `atEnd`); NO_DELIMITER if it has one column.
 * A candidate is judged by the share of records that have as many cells as the first. In a `.tsv` file
 * a tab is preferred wherever the first record has one.
 */
export function detectDelimiter(text: string, file: string, atEnd: boolean): string {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const whole = atEnd && sample.length === text.length;
  let best: string = NO_DELIMITER;
  let bestShare = CONSISTENT_SHARE;
  for (const delimiter of CANDIDATES) {
    const records = sampleRecords(sample, delimiter, whole);
    if (delimiter === '\t' && /\.tsv$/i.test(file) && (records[0]?.cells ?? 0) > 1) return delimiter;
    const share = consistency(records, delimiter);
    if (share > bestShare) [best, bestShare] = [delimiter, share];
  }
  return best;
}

interface SampleRecord {
  readonly cells: number;
  readonly text: string;
}

function sampleRecords(sample: string, delimiter: string, whole: boolean): SampleRecord[] {
  const records: SampleRecord[] = [];
  const visit = (start: number, end: number, cells: number): void => {
    if (records.length < SAMPLE_RECORDS) records.push({ cells, text: sample.slice(start, end) });
  };
  scanRecords(sample, delimiter, 1, whole, visit);
  // One line so long that the sample ends inside it still shows its delimiters.
  if (records.length === 0) scanRecords(sample, delimiter, 1, true, visit);
  return records;
}

/** The share of records with the width of the table; 0 if the delimiter separates nothing. */
function consistency(records: readonly SampleRecord[], delimiter: string): number {
  const [first, ...below] = records;
  if (!first) return 0;
  let width = first.cells;
  if (width <= 1) {
    // Either a title stands above the table, or the delimiter is a decimal comma below a name.
    if (below.every(({ text }) => isOneNumber(text))) return 0;
    width = mostFrequent(below.map(({ cells }) => cells));
    if (width <= 1) return 0;
  }
  const fitting = records.filter(({ cells, text }) => cells === width || isTrailing(cells, width, text, delimiter) || isTrailing(width, cells, first.text, delimiter));
  return fitting.length / records.length;
}

/** Whether `cells` is one more than `width` only because the record ends with a delimiter. */
function isTrailing(cells: number, width: number, record: string, delimiter: string): boolean {
  return cells === width + 1 && record.endsWith(delimiter);
}

function isOneNumber(text: string): boolean {
  const cell = text.trim().replace(/^"(.*)"$/, '$1');
  return !Number.isNaN(readNumber(cell, 'point')) || !Number.isNaN(readNumber(cell, 'comma'));
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0];
}
