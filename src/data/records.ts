// Finds the records of delimited text: where each begins, on which line, and how many cells it has.
// uDSV does not tell lines and reads past the end of a row that is too short, so it is only given
// what was found to be well formed here.

/** No delimiter at all: the file has one column. */
export const NO_DELIMITER = '';

/**
 * Called for every record that is not blank: `text.slice(start, end)`, without its line break.
 * `cells` is 0 if text follows a closing quote, so that nobody can say where the cell ends.
 */
export type VisitRecord = (start: number, end: number, cells: number, line: number) => void;

/** Where scanning stopped. */
export interface Unfinished {
  /** Start of the record that is not complete; the text's length if all are. */
  readonly offset: number;
  /** The line on which that record begins. */
  readonly line: number;
  /** The line of the quote that is still open, if one is. */
  readonly openQuote?: number;
}

const NEWLINE = 10;
const SPACE = 32;
const QUOTE = 34;

/**
 * Visits the records of `text`, whose line breaks are all `\n` and whose first character is on `line`.
 * `codes` are the character codes of the text, where they are at hand.
 * A quote opens a quoted cell only as the first character of the cell, spaces aside; inside it `""` is a quote.
 * What follows the last line break is not a complete record: end a file's text with one.
 */
export function scanRecords(text: string, delimiter: string, line: number, visit: VisitRecord, codes?: Uint16Array): Unfinished {
  return text.includes('"') ? scanQuoted(text, delimiter, line, visit) : scanUnquoted(text, codes ?? codesOf(text), delimiter, line, visit);
}

/** The character codes of a text, into `room` where it is large enough. */
export function codesOf(text: string, room?: Uint16Array): Uint16Array {
  const codes = room && room.length >= text.length ? room : new Uint16Array(text.length);
  Buffer.from(codes.buffer, codes.byteOffset, 2 * text.length).write(text, 'utf16le');
  return codes.subarray(0, text.length);
}

function scanUnquoted(text: string, codes: Uint16Array, delimiter: string, line: number, visit: VisitRecord): Unfinished {
  const separator = delimiter.charCodeAt(0);
  let start = 0;
  let cells = 1;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at]!;
    if (code === separator) cells++;
    else if (code === NEWLINE) {
      if (!isBlank(text, start, at)) visit(start, at, cells, line);
      start = at + 1;
      cells = 1;
      line++;
    }
  }
  return { offset: start, line };
}

function scanQuoted(text: string, delimiter: string, line: number, visit: VisitRecord): Unfinished {
  const separator = delimiter.charCodeAt(0);
  const length = text.length;
  let start = 0;
  while (start < length) {
    const firstLine = line;
    let position = start;
    let cells = 1;
    let sound = true;
    let cellBegins = true;
    for (; position < length; position++) {
      const code = text.charCodeAt(position);
      if (code === separator) {
        cells++;
        cellBegins = true;
      } else if (code === NEWLINE) {
        break;
      } else if (code === QUOTE && cellBegins) {
        const closing = closingQuote(text, position + 1);
        if (closing === -1) return { offset: start, line: firstLine, openQuote: line };
        line += count(text, '\n', position, closing);
        position = closing;
        cellBegins = false;
        sound &&= endsCell(text, closing + 1, separator);
      } else if (code !== SPACE) {
        cellBegins = false;
      }
    }
    if (position >= length) return { offset: start, line: firstLine };
    if (!isBlank(text, start, position)) visit(start, position, sound ? cells : 0, firstLine);
    start = position + 1;
    line++;
  }
  return { offset: length, line };
}

/** How often `character` occurs in `text` from `from` to `to`. */
export function count(text: string, character: string, from = 0, to = text.length): number {
  let found = 0;
  for (let at = text.indexOf(character, from); at !== -1 && at < to; at = text.indexOf(character, at + 1)) found++;
  return found;
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== QUOTE) return at;
  }
  return -1;
}

/** Whether only spaces lie between a closing quote and the end of its cell. */
function endsCell(text: string, from: number, separator: number): boolean {
  let position = from;
  while (text.charCodeAt(position) === SPACE) position++;
  const code = text.charCodeAt(position);
  return position >= text.length || code === separator || code === NEWLINE;
}

function isBlank(text: string, start: number, end: number): boolean {
  // Most lines begin with something visible, which needs no slice.
  return start === end || (text.charCodeAt(start) <= SPACE && text.slice(start, end).trim() === '');
}
