// From the bytes of a file to rows of cells, each with the line on which it begins.

import { initParser, type Parser, type Schema } from 'udsv';
import { ProblemError } from '../problem';
import { detectDelimiter, tableWidth } from './delimiter';
import { Decoder } from './encoding';
import { codesOf, scanRecords } from './records';
import type { SkippedLine } from './table';

/** Bytes that are decoded at once. */
const CHUNK_BYTES = 1 << 20;
/** Delimiter and width are decided once so much text is there (or all of it). */
const SAMPLE_CHARACTERS = 1 << 17;
/** The longest record, a line or several inside quotes, that we wait for: 16 Mi characters. */
const LONGEST_RECORD = 1 << 24;

/** Excel's own way to say what separates the cells. */
const SEPARATOR_LINE = /^"?sep=(.)"?[ \t]*\n/i;

export interface RowVisitor {
  /** `cells` has at least `width` entries and is only valid during the call. */
  row(cells: readonly string[], line: number): void;
  /** A row without quotes that begins at `start` and has at least `width` cells: for the visitor to cut. `codes` are those of `text`. */
  plainRow(text: string, codes: Uint16Array, start: number, line: number): void;
}

/** Reads rows as the bytes of the file come in; `visitor` gets every row that has as many cells as the first. */
export class RowReader {
  /** Number of columns; 0 as long as nothing was read. */
  width = 0;
  /** Rows with another number of cells. */
  readonly ragged: SkippedLine[] = [];
  delimiter = '';

  private readonly decoder: Decoder;
  private readonly cutters = new Map<number, Parser>();
  /** One text for each number of cells, however many rows share it. */
  private readonly raggedReasons = new Map<number, string>();
  /** Text that is not yet a whole record, and the line on which it begins. */
  private rest = '';
  private line = 1;
  /** For the character codes of a text, again and again. */
  private room = new Uint16Array(0);

  constructor(
    private readonly file: string,
    private readonly visitor: RowVisitor,
  ) {
    this.decoder = new Decoder(file);
  }

  /**
   * Takes the next bytes; they may be overwritten afterwards.
   * @throws ProblemError if the file is not text or a line is longer than 16 Mi characters.
   */
  push(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
      this.accept(this.decoder.decode(bytes.subarray(from, from + CHUNK_BYTES), false), false);
    }
  }

  /** @throws ProblemError if a quote is never closed. */
  finish(): void {
    const text = this.decoder.decode(new Uint8Array(0), true);
    this.accept((this.rest + text).endsWith('\n') ? text : `${text}\n`, true);
  }

  private accept(text: string, atEnd: boolean): void {
    // Without a line break no record ends: a huge line is collected, not scanned again and again.
    const complete = text.includes('\n');
    this.rest += text;
    if (this.width === 0 && !atEnd && !(this.rest.length >= SAMPLE_CHARACTERS && this.rest.includes('\n'))) {
      return this.checkLength();
    }
    if (this.width === 0) this.begin();
    if (complete || atEnd) this.scan(atEnd);
    this.checkLength();
  }

  private begin(): void {
    const separator = SEPARATOR_LINE.exec(this.rest);
    if (separator) {
      this.rest = this.rest.slice(separator[0].length);
      this.line++;
    }
    this.delimiter = separator?.[1] ?? detectDelimiter(this.rest, this.file);
    this.width = tableWidth(this.rest, this.delimiter);
  }

  private scan(atEnd: boolean): void {
    const text = this.rest;
    const quoted = text.includes('"');
    if (text.length > this.room.length) this.room = new Uint16Array(2 * text.length);
    const codes = quoted ? this.room : codesOf(text, this.room);
    // Neighbouring rows of the same form are cut in one go.
    let run = { start: 0, end: -1, cells: 0, lines: [] as number[] };
    const cutRun = (): void => {
      if (run.lines.length > 0) this.cut(text.slice(run.start, run.end + 1), run.cells, run.lines);
    };
    const unfinished = scanRecords(text, this.delimiter, this.line, (start, end, cells, line) => {
      if (cells !== this.width && !(cells === this.width + 1 && this.endsEmpty(text, end))) {
        this.ragged.push({ line, reason: this.explainRagged(cells) });
      } else if (!quoted) {
        this.visitor.plainRow(text, codes, start, line);
      } else if (start === run.end + 1 && cells === run.cells) {
        run.end = end;
        run.lines.push(line);
      } else {
        cutRun();
        run = { start, end, cells, lines: [line] };
      }
    }, codes);
    cutRun();
    if (atEnd && unfinished.openQuote !== undefined) throw this.openQuote(unfinished.openQuote);
    this.rest = text.slice(unfinished.offset);
    this.line = unfinished.line;
  }

  /** Whether the last cell of the record that ends at `end` is empty. */
  private endsEmpty(text: string, end: number): boolean {
    return text.slice(text.lastIndexOf(this.delimiter, end - 1) + 1, end).trim() === '';
  }

  /** Cuts well-formed rows with quotes among them into cells. */
  private cut(text: string, cells: number, lines: readonly number[]): void {
    let row = 0;
    const next = (values: string[]): void => this.visitor.row(values, lines[row++]!);
    // uDSV takes the rows of a single quoted column for empty lines.
    if (cells === 1) cutSingleColumn(text, next);
    else this.cutter(cells).stringArrs(text, next);
    if (row !== lines.length) throw new Error(`${lines.length} rows from line ${lines[0]} on were cut into ${row}`);
  }

  private cutter(cells: number): Parser {
    let cutter = this.cutters.get(cells);
    if (!cutter) this.cutters.set(cells, (cutter = initParser(schemaOf(this.delimiter, cells))));
    return cutter;
  }

  private explainRagged(cells: number): string {
    let reason = this.raggedReasons.get(cells);
    if (reason === undefined) {
      reason = cells === 0 ? 'text follows a closing quote' : `${cells} ${cells === 1 ? 'cell' : 'cells'} instead of ${this.width}`;
      this.raggedReasons.set(cells, reason);
    }
    return reason;
  }

  private checkLength(): void {
    if (this.rest.length <= LONGEST_RECORD) return;
    const { openQuote, line } = scanRecords(this.rest, this.delimiter, this.line, () => undefined);
    if (openQuote !== undefined) throw this.openQuote(openQuote);
    throw new ProblemError({
      what: 'The line is longer than 16 million characters.',
      todo: 'A table has one line for each sample: check that this file is one, and that it has line breaks.',
      file: this.file,
      line,
    });
  }

  private openQuote(line: number): ProblemError {
    return new ProblemError({
      what: 'A quote opens here and is never closed.',
      todo: 'Close it, or remove it; inside a quoted cell a quote is written twice ("").',
      file: this.file,
      line,
    });
  }
}

/** A schema of our own: uDSV would guess one from the first rows. Names and types play no part where texts come out. */
function schemaOf(delimiter: string, cells: number): Schema & { skip: number } {
  return {
    // Rows at the beginning that are no data.
    skip: 0,
    col: delimiter,
    row: '\n',
    encl: '"',
    esc: '"',
    // Spaces before a quote would otherwise hide it.
    trim: true,
    cols: Array.from({ length: cells }, () => ({ name: '', type: 's', repl: { empty: '', null: undefined, NaN: undefined } })),
  };
}

/** Rows of one column; `text` is well formed and ends with a line break. */
function cutSingleColumn(text: string, visit: (cells: string[]) => void): void {
  scanRecords(text, '', 1, (start, end) => {
    const cell = text.slice(start, end).trim();
    visit([cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell]);
  });
}
