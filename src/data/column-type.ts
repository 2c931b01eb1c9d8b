// Decides over all cells of a column whether it holds numbers, dates, categories or nothing of use.

import { isMissing, type Cells } from './cells';
import { canBeginNumber, plainNumber, readNumber, splitAffix, type Affix, type DecimalStyle } from './numbers';
import { readDate, type DateOrder } from './time';

/** A column is one of numbers (or dates) if more than this share of its cells can be read so. */
export const MAJORITY = 0.5;

export type Reading =
  | {
      readonly kind: 'number';
      readonly affix: Affix;
      /** How many cells can be read in each style. */
      readonly readable: Readonly<Record<DecimalStyle, number>>;
    }
  | { readonly kind: 'time'; readonly order: DateOrder }
  | { readonly kind: 'text' }
  | { readonly kind: 'empty' };

/** What the cells seen so far are. */
export function readingOf(cells: Cells): Reading {
  if (cells.present === 0) return { kind: 'empty' };
  const number = numberReading(cells);
  if (Math.max(number.readable.point, number.readable.comma) > MAJORITY * cells.present) return number;
  return timeReading(cells) ?? { kind: 'text' };
}

/**
 * A sign such as $ or % must stand at all numbers of a column or at none: of the possible signs (none is one, too)
 * the one wins that leaves the most cells readable. The number is what stands beside it: 12 % is 12.
 */
function numberReading(cells: Cells): Reading & { kind: 'number' } {
  const readable = new Map<Affix, { point: number; comma: number }>();
  readable.set('', { point: cells.plain, comma: cells.plain - cells.decimal });
  for (const text of cells.texts) {
    if (!canBeginNumber(text)) continue;
    const { affix, number } = splitAffix(text);
    const point = Number.isNaN(readNumber(number, 'point')) ? 0 : 1;
    const comma = Number.isNaN(readNumber(number, 'comma')) ? 0 : 1;
    const counts = readable.get(affix);
    if (!counts) readable.set(affix, { point, comma });
    else {
      counts.point += point;
      counts.comma += comma;
    }
  }
  const most = (counts: { point: number; comma: number }): number => Math.max(counts.point, counts.comma);
  const [affix, counts] = [...readable].reduce((best, entry) => (most(entry[1]) > most(best[1]) ? entry : best));
  return { kind: 'number', affix, readable: counts };
}

/** The order that reads most cells; month first if 1/2/2024 cannot be told from any cell of the column. */
function timeReading(cells: Cells): Reading | null {
  let best: Reading | null = null;
  let most = MAJORITY * cells.present;
  for (const order of ['year', 'month', 'day', 'name'] as const) {
    let readable = 0;
    for (const text of cells.texts) if (!Number.isNaN(readDate(text, order))) readable++;
    if (readable > most) [best, most] = [{ kind: 'time', order }, readable];
  }
  return best;
}

/**
 * The style of all columns that can be read in both: the one for which the other columns of the file speak.
 * Null if none does.
 */
export function styleOfFile(readings: readonly Reading[]): DecimalStyle | null {
  let point = 0;
  for (const reading of readings) if (reading.kind === 'number') point += reading.readable.point - reading.readable.comma;
  return point > 0 ? 'point' : point < 0 ? 'comma' : null;
}

/**
 * The style that reads more cells of the column. If both read all of them (1,234 in every cell), the style of the
 * file; without one, a comma is a decimal comma only where semicolons separate the cells.
 */
export function styleOf(reading: Reading & { kind: 'number' }, cells: Cells, file: DecimalStyle | null, delimiter: string): DecimalStyle {
  const { point, comma } = reading.readable;
  if (point !== comma) return point > comma ? 'point' : 'comma';
  return file ?? (delimiter === ';' && cells.texts.some((text) => text.includes(',')) ? 'comma' : 'point');
}

/** Whether a single text, such as that in the first row, fits what the column holds. */
export function fits(text: string, reading: Reading): boolean {
  const trimmed = text.trim();
  if (isMissing(trimmed)) return true;
  switch (reading.kind) {
    case 'number':
      return !Number.isNaN(readAs(trimmed, reading.affix, 'point')) || !Number.isNaN(readAs(trimmed, reading.affix, 'comma'));
    case 'time':
      return !Number.isNaN(readDate(trimmed, reading.order));
    case 'empty':
      return !Number.isNaN(plainNumber(trimmed));
    case 'text':
      return true;
  }
}

/** The number beside the affix; NaN if the text has another affix or none. */
export function readAs(text: string, affix: Affix, style: DecimalStyle): number {
  const parts = splitAffix(text);
  return parts.affix === affix ? readNumber(parts.number, style) : NaN;
}
