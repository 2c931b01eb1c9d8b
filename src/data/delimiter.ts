// Decides from the first records of a file what separates its cells, and how many columns there are.

import { readNumber } from './numbers';
import { NO_DELIMITER, scanRecords } from './records';

/** In the order of preference among equals: a comma is last because it may also be a decimal comma. */
const CANDIDATES = ['\t', ';', '|', ','] as const;
/** The records that are looked at. */
const SAMPLE_RECORDS = 200;
/** A delimiter must give the same number of cells in more than this share of the records. */
const CONSISTENT_SHARE = 0.5;

interface SampleRecord {
  readonly cells: number;
  readonly text: string;
}

/**
 * The delimiter of `text`, complete records from the beginning of a file; NO_DELIMITER if it has one column.
 * A candidate is judged by the share of records that have as many cells as the first. In a `.tsv` file
 * a tab is preferred wherever the first record has one.
 */
export function detectDelimiter(text: string, file: string): string {
  let best: string = NO_DELIMITER;
  let bestShare = CONSISTENT_SHARE;
  for (const delimiter of CANDIDATES) {
    const records = sampleRecords(text, delimiter);
    if (delimiter === '\t' && /\.tsv$/i.test(file) && (records[0]?.cells ?? 0) > 1) return delimiter;
    const share = consistency(records, delimiter);
    if (share > bestShare) [best, bestShare] = [delimiter, share];
  }
  return best;
}

/**
 * How many columns the table has: as many as its first record has cells. A delimiter at the end of the first record
 * opens no column if no record below has a cell there.
 */
export function tableWidth(text: string, delimiter: string): number {
  const [first, ...below] = sampleRecords(text, delimiter);
  if (!first) return 1;
  const trailing = first.cells > 1 && first.text.endsWith(delimiter);
  const used = below.some((record) => record.cells > first.cells || (record.cells === first.cells && !record.text.endsWith(delimiter)));
  return Math.max(1, trailing && !used ? first.cells - 1 : first.cells);
}

function sampleRecords(text: string, delimiter: string): SampleRecord[] {
  const records: SampleRecord[] = [];
  scanRecords(text, delimiter, 1, (start, end, cells) => {
    if (records.length < SAMPLE_RECORDS) records.push({ cells, text: text.slice(start, end) });
  });
  return records;
}

/** The share of records with the width of the table; 0 if the delimiter separates nothing. */
function consistency(records: readonly SampleRecord[], delimiter: string): number {
  const [first, ...below] = records;
  if (!first) return 0;
  const share = shareOf(first.cells, records, delimiter);
  if (first.cells > 1 && share > CONSISTENT_SHARE) return share;
  // Either a title stands above the table, or the delimiter is a decimal comma below a name.
  if (first.cells <= 1 && below.every(({ text }) => isOneNumber(text))) return 0;
  return shareOf(mostFrequent(below.map(({ cells }) => cells)), records, delimiter);
}

/** The share of records with `width` cells; 0 if that is one. */
function shareOf(width: number, records: readonly SampleRecord[], delimiter: string): number {
  if (width <= 1) return 0;
  const narrower = records[0]!.text.endsWith(delimiter) ? width - 1 : width;
  const fitting = records.filter(({ cells, text }) => cells === width || cells === narrower || (cells === width + 1 && text.endsWith(delimiter)));
  return fitting.length / records.length;
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
