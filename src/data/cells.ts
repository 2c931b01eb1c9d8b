// The cells of one column while the file is read: numbers at once as numbers, all other texts kept until
// the whole column is known and its type can be decided.

import { EXACT_DIGITS, isGroupedByPoint, plainNumber, POWERS_OF_TEN } from './numbers';

const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', 'nil', '-', '?', '#n/a', 'missing']);
const LONGEST_MISSING = 7;

const NEWLINE = 10;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;

/** Whether a cell says that it has no value. `text` is trimmed. */
export function isMissing(text: string): boolean {
  return text.length <= LONGEST_MISSING && MISSING.has(text.toLowerCase());
}

/** So many different texts are shared among equal cells; a column with more of them is not one of categories anyway. */
const SHARED_TEXTS = 1000;

/**
 * One entry a row. Row 0 is the first record of the file, which may be the header: it is left open at first and
 * put in later if it turns out to be data.
 */
export class Cells {
  /** Rows so far, row 0 included. */
  rows = 1;
  /** The value of each plain number; NaN for all other cells. Longer than `rows`. */
  values = new Float64Array(1024).fill(NaN, 0, 1);
  /** 1 for a plain number such as 1.234, in which the point may group thousands. Empty if there is none. */
  grouped = new Uint8Array(0);
  /** How many cells are plain numbers, and how many of these have a point that must be a decimal point. */
  plain = 0;
  decimal = 0;
  /** Texts that are neither plain numbers nor missing, trimmed, and the row of each. */
  readonly texts: string[] = [];
  readonly textRows: number[] = [];

  private shared: Map<string, string> | undefined = new Map();

  /** Appends the cell of the next row. */
  push(cell: string): void {
    if (this.rows === this.values.length) this.values = grown(this.values);
    this.put(this.rows++, cell);
  }

  /**
   * Appends the cell of the next row that begins at `from` in unquoted text, and returns where it ends: at the
   * separator or a line break. Most cells are short numbers, whose text need not be cut out to be read; `codes`
   * are its character codes, which are read several times as fast from an array.
   */
  scan(text: string, codes: Uint16Array, from: number, separator: number): number {
    let at = from;
    let code = codes[at]!;
    const signed = code === MINUS || code === PLUS;
    const negative = code === MINUS;
    if (signed) code = codes[++at]!;
    let mantissa = 0;
    let point = -1;
    const first = at;
    for (; ; code = codes[++at]!) {
      if (code >= ZERO && code <= NINE) mantissa = mantissa * 10 + (code - ZERO);
      else if (code === POINT && point < 0) point = at;
      else break;
    }
    const digits = at - first - (point < 0 ? 0 : 1);
    if ((code === separator || code === NEWLINE) && digits > 0 && digits <= EXACT_DIGITS) {
      if (this.rows === this.values.length) this.values = grown(this.values);
      const decimals = point < 0 ? 0 : at - point - 1;
      const size = decimals === 0 ? mantissa : mantissa / POWERS_OF_TEN[decimals]!;
      this.putNumber(this.rows++, negative ? -size : size, decimals === 3 && isGroupedByPoint(text.slice(from, at)));
      return at;
    }
    while (code !== separator && code !== NEWLINE) code = codes[++at]!;
    this.push(text.slice(from, at));
    return at;
  }

  /** Fills row 0. */
  putFirst(cell: string): void {
    this.put(0, cell);
  }

  /** How many cells hold something. */
  get present(): number {
    return this.plain + this.texts.length;
  }

  private put(row: number, cell: string): void {
    const value = plainNumber(cell);
    // NaN is the only value that is not itself.
    if (value === value) this.putNumber(row, value, isGroupedByPoint(cell));
    else this.putText(row, cell);
  }

  private putNumber(row: number, value: number, grouped: boolean): void {
    this.values[row] = value;
    this.plain++;
    if (grouped) {
      if (row >= this.grouped.length) this.grouped = grownTo(this.grouped, this.values.length);
      this.grouped[row] = 1;
    } else if (Math.floor(value) !== value) {
      this.decimal++;
    }
  }

  private putText(row: number, cell: string): void {
    this.values[row] = NaN;
    const text = cell.trim();
    if (isMissing(text)) return;
    const value = text.length === cell.length ? NaN : plainNumber(text);
    if (value === value) return this.putNumber(row, value, isGroupedByPoint(text));
    this.texts.push(this.share(text));
    this.textRows.push(row);
  }

  private share(text: string): string {
    if (!this.shared) return text;
    const known = this.shared.get(text);
    if (known !== undefined) return known;
    const own = detached(text);
    this.shared.set(own, own);
    if (this.shared.size > SHARED_TEXTS) this.shared = undefined;
    return own;
  }
}

/** A copy that does not keep alive the large text which V8 would make it a slice of. */
function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

function grown(values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const result = new Float64Array(values.length * 2);
  result.set(values);
  return result;
}

function grownTo(values: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(length);
  result.set(values);
  return result;
}
