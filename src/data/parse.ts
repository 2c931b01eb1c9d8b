// The Table of a delimited text file: rows are collected by column, then header, types and misfits are decided.

import { ProblemError } from '../problem';
import { Cells } from './cells';
import { readingOf, styleOfFile } from './column-type';
import { buildColumn, type MisfitCell } from './columns';
import { isHeader, namesFromHeader, namesWithoutHeader } from './header';
import { RowReader } from './rows';
import type { Column, SkippedLine, Table } from './table';

/**
 * Parses a file that is already in memory, whole or in pieces; `file` is how messages call it.
 * @throws ProblemError if the file is empty, no text, has a line beyond 16 Mi characters or a quote that is never
 * closed, has no rows below its header, or if most rows have another number of cells than the first.
 */
export function parseTable(bytes: Uint8Array | Iterable<Uint8Array>, file: string): Table {
  const parser = new TableParser(file);
  for (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) parser.push(chunk);
  return parser.finish();
}

/** Parses a file as its bytes come in. Throws what parseTable throws. */
export class TableParser {
  private readonly reader: RowReader;
  /** The first record, which may be the header. */
  private first: readonly string[] = [];
  private cells: Cells[] = [];
  private readonly lines: number[] = [];

  constructor(private readonly file: string) {
    this.reader = new RowReader(file, {
      row: (cells, line) => this.add(cells, line),
      plainRow: (text, codes, start, line) => this.addPlain(text, codes, start, line),
    });
  }

  /** Takes the next bytes of the file; they may be overwritten afterwards. */
  push(bytes: Uint8Array): void {
    this.reader.push(bytes);
  }

  /** The table, once all bytes are there. */
  finish(): Table {
    this.reader.finish();
    this.checkRows();
    const { cells, first, lines } = this;
    let readings = cells.map(readingOf);
    const header = isHeader(first, cells, readings);
    if (header && lines.length === 1) {
      throw this.problem('The file holds a header and no rows.', 'Add at least two rows of data below the header.', lines[0]);
    }
    if (!header) {
      cells.forEach((column, j) => column.putFirst(first[j]!));
      readings = cells.map(readingOf);
    }
    const names = header ? namesFromHeader(first) : namesWithoutHeader(cells.length);
    const style = styleOfFile(readings);
    const built = cells.map((column, j) => buildColumn(names[j]!, column, readings[j]!, style, this.reader.delimiter));
    const misfits = firstOfEachRow(built.map((column) => column.misfits));
    const kept = keptRows(lines.length, header ? 1 : 0, misfits);
    return {
      file: this.file,
      columns: built.map(({ column }) => take(column, kept)),
      rows: kept.length,
      lines: pick(lines, kept, new Float64Array(kept.length)),
      skipped: [...misfits.map(({ row, reason }) => ({ line: lines[row]!, reason })), ...this.reader.ragged].sort(byLine),
      headerLine: header ? lines[0]! : null,
    };
  }

  private add(row: readonly string[], line: number): void {
    this.lines.push(line);
    if (this.cells.length === 0) {
      this.first = row.slice(0, this.reader.width);
      this.cells = this.first.map(() => new Cells());
      return;
    }
    for (let j = 0; j < this.cells.length; j++) this.cells[j]!.push(row[j]!);
  }

  /** A row without quotes. */
  private addPlain(text: string, codes: Uint16Array, start: number, line: number): void {
    const { delimiter } = this.reader;
    // a delimiter that may also be part of a number is for nobody's convenience
    if (this.cells.length === 0 || /[\d.+-]/.test(delimiter)) {
      const row = text.slice(start, text.indexOf('\n', start));
      return this.add(delimiter === '' ? [row] : row.split(delimiter), line);
    }
    this.lines.push(line);
    const separator = delimiter.charCodeAt(0);
    let at = start;
    // one behind the separator that ended the cell before
    for (const column of this.cells) at = column.scan(text, codes, at, separator) + 1;
  }

  /** There is a first record, and most of the others are as wide as it. */
  private checkRows(): void {
    const { ragged } = this.reader;
    if (this.lines.length === 0 && ragged.length === 0) throw this.problem('The file is empty.', 'Save the data to it and try again.');
    const [firstRagged] = ragged;
    const below = Math.max(0, this.lines.length - 1) + ragged.length;
    if (firstRagged && (ragged.length > below / 2 || this.lines.length === 0)) {
      throw this.problem(
        `${ragged.length} of ${below} rows do not have as many cells as the first row (line ${firstRagged.line}: ${firstRagged.reason}).`,
        'Check the delimiter, and remove any title or notes above the header.',
        firstRagged.line,
      );
    }
  }

  private problem(what: string, todo: string, line?: number): ProblemError {
    return new ProblemError({ what, todo, file: this.file, ...(line === undefined ? {} : { line }) });
  }
}

/** One reason is enough for a row: that of its first column. In the order of the rows. */
function firstOfEachRow(columns: readonly (readonly MisfitCell[])[]): MisfitCell[] {
  const sorted = columns.flat().sort((one, other) => one.row - other.row);
  return sorted.filter((misfit, i) => misfit.row !== sorted[i - 1]?.row);
}

/** Rows from `from` to `rows` without the misfits, which are in ascending order. */
function keptRows(rows: number, from: number, misfits: readonly MisfitCell[]): Uint32Array {
  const kept = new Uint32Array(rows - from - misfits.length);
  let next = 0;
  let k = 0;
  for (let row = from; row < rows; row++) {
    if (misfits[next]?.row === row) next++;
    else kept[k++] = row;
  }
  return kept;
}

function take(column: Column, rows: Uint32Array): Column {
  switch (column.kind) {
    case 'unusable':
      return column;
    case 'category':
      return { ...column, values: pick(column.values, rows, new Int32Array(rows.length)) };
    default:
      return { ...column, values: pick(column.values, rows, new Float64Array(rows.length)) };
  }
}

function pick<T extends Float64Array | Int32Array>(values: ArrayLike<number>, rows: Uint32Array, into: T): T {
  for (let k = 0; k < rows.length; k++) into[k] = values[rows[k]!]!;
  return into;
}

function byLine(one: SkippedLine, other: SkippedLine): number {
  return one.line - other.line;
}
