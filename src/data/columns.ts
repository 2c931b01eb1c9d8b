// Turns the cells of a column into the Column of the table, and says which cells do not fit it.

import type { Cells } from './cells';
import { readAs, styleOf, type Reading } from './column-type';
import type { DecimalStyle } from './numbers';
import type { Column } from './table';
import { readDate } from './time';

/** Text is always taken for categories up to so many different ones… */
export const FEW_CATEGORIES = 20;
/** …and up to so many if each is frequent: no more different ones than this share of the cells. */
export const MOST_CATEGORIES = 100;
export const FREQUENT_SHARE = 0.05;

/** Characters of a cell that a message repeats. */
const QUOTED_CHARACTERS = 40;

/** A cell because of which its row gives no sample. */
export interface MisfitCell {
  readonly row: number;
  readonly reason: string;
}

export interface BuiltColumn {
  readonly column: Column;
  /** In no particular order. */
  readonly misfits: readonly MisfitCell[];
}

/** The column with one entry a row of `cells`, row 0 included. */
export function buildColumn(name: string, cells: Cells, reading: Reading, file: DecimalStyle | null, delimiter: string): BuiltColumn {
  switch (reading.kind) {
    case 'number': {
      const style = styleOf(reading, cells, file, delimiter);
      const misfits = correctPlainNumbers(cells, reading.affix === '' ? style : null);
      fillIn(cells, (text) => readAs(text, reading.affix, style), misfits);
      return { column: { kind: 'number', name, values: cells.values.subarray(0, cells.rows) }, misfits: explain(misfits, name, 'a number') };
    }
    case 'time': {
      const misfits = correctPlainNumbers(cells, null);
      fillIn(cells, (text) => readDate(text, reading.order), misfits);
      return { column: { kind: 'time', name, values: cells.values.subarray(0, cells.rows) }, misfits: explain(misfits, name, 'a date') };
    }
    case 'text':
      return { column: categoryColumn(name, cells), misfits: [] };
    case 'empty':
      return { column: { kind: 'unusable', name, reason: 'it has no value in any row' }, misfits: [] };
  }
}

interface Misfit {
  readonly row: number;
  readonly text: string;
}

/** Plain numbers were read with a decimal point; null means that they do not belong into the column at all. */
function correctPlainNumbers(cells: Cells, style: DecimalStyle | null): Misfit[] {
  const misfits: Misfit[] = [];
  if (style === 'point' || cells.plain === 0) return misfits;
  const { values, grouped } = cells;
  for (let row = 0; row < cells.rows; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    if (style === 'comma' && grouped[row] === 1) values[row] = Math.round(value * 1000);
    else if (style === null || !Number.isInteger(value)) {
      misfits.push({ row, text: String(value) });
      values[row] = NaN;
    }
  }
  return misfits;
}

function fillIn(cells: Cells, read: (text: string) => number, misfits: Misfit[]): void {
  const { texts, textRows, values } = cells;
  for (let i = 0; i < texts.length; i++) {
    const value = read(texts[i]!);
    values[textRows[i]!] = value;
    if (Number.isNaN(value)) misfits.push({ row: textRows[i]!, text: texts[i]! });
  }
}

function explain(misfits: readonly Misfit[], name: string, wanted: string): MisfitCell[] {
  return misfits.map(({ row, text }) => ({
    row,
    reason: `${quote(text)} in column ${quote(name)} is not ${/^[+-]?inf(inity)?$/i.test(text) ? 'a finite number' : wanted}`,
  }));
}

function categoryColumn(name: string, cells: Cells): Column {
  const count = cells.present;
  const most = Math.max(FEW_CATEGORIES, Math.min(MOST_CATEGORIES, FREQUENT_SHARE * count));
  const codes = new Map<string, number>();
  const values = new Int32Array(cells.rows).fill(-1);
  const put = (row: number, text: string): boolean => {
    let code = codes.get(text);
    if (code === undefined) codes.set(text, (code = codes.size));
    values[row] = code;
    return codes.size <= most;
  };
  const few = cells.texts.every((text, i) => put(cells.textRows[i]!, text)) && everyPlainNumber(cells, (row, value) => put(row, String(value)));

  if (!few) return unusable(name, `it is text with more than ${Math.floor(most)} different values, too many for categories`);
  if (codes.size === count && count > 1) return unusable(name, `it is text, and each of its ${count} values occurs only once`);
  if (codes.size === 1) return unusable(name, `it holds only ${quote([...codes.keys()][0]!)}`);

  const categories = [...codes.keys()].sort();
  const place = new Int32Array(categories.length);
  categories.forEach((text, i) => (place[codes.get(text)!] = i));
  for (let row = 0; row < values.length; row++) if (values[row] !== -1) values[row] = place[values[row]!]!;
  return { kind: 'category', name, values, categories };
}

function everyPlainNumber(cells: Cells, visit: (row: number, value: number) => boolean): boolean {
  if (cells.plain === 0) return true;
  for (let row = 0; row < cells.rows; row++) {
    const value = cells.values[row]!;
    if (!Number.isNaN(value) && !visit(row, value)) return false;
  }
  return true;
}

function unusable(name: string, reason: string): Column {
  return { kind: 'unusable', name, reason };
}

/** A cell or name in quotes, on one line, shortened. */
export function quote(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return `"${flat.length > QUOTED_CHARACTERS ? `${flat.slice(0, QUOTED_CHARACTERS - 1)}…` : flat}"`;
}
