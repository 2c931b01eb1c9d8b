// Rows of random cells, written with and without quotes, come back as they were, on the lines where they were.

import assert from 'node:assert/strict';
import { RowReader } from '../../../src/data/rows';

/** A small linear congruential generator (Lehmer): the same cells on every run. */
function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => (state = (state * 48271) % 2147483647) % sides;
}

const PIECES = ['a', '7', '"', ',', ';', '\n', '\r\n', ' ', 'é', ''];

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/** A file with a header, blank lines, and cells that are quoted where they must be and sometimes where not. */
function writeFile(seed: number): { text: string; rows: Row[] } {
  const dice = createDice(seed);
  const width = 1 + dice(4);
  const lineBreak = ['\n', '\r\n', '\r'][dice(3)]!;
  const header = Array.from({ length: width }, (_, j) => `name${j}`);
  const rows: Row[] = [{ cells: header, line: 1 }];
  let text = header.join(',') + lineBreak;
  for (let row = 0; row < 12; row++) {
    if (dice(5) === 0) text += lineBreak;
    const cells = Array.from({ length: width }, () => Array.from({ length: dice(5) }, () => PIECES[dice(PIECES.length)]!).join(''));
    // A single cell of white space is a blank line, and no row.
    if (width === 1) cells[0] += 'x';
    rows.push({ cells: cells.map((cell) => cell.replaceAll('\r\n', '\n')), line: text.split(/\r\n|\r|\n/).length });
    const spaces = (): string => ' '.repeat(dice(2));
    const write = (cell: string): string => (/["\s,]/.test(cell) || dice(3) === 0 ? `${spaces()}"${cell.replaceAll('"', '""')}"${spaces()}` : cell);
    text += cells.map(write).join(',') + lineBreak;
  }
  return { text, rows };
}

describe('RowReader', () => {
  it('reads what was written, for 300 random files, whole and byte by byte', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const { text, rows } = writeFile(seed * 7919);
      const bytes = Buffer.from(text);
      for (const size of [bytes.length, 1]) {
        const found: Row[] = [];
        const reader = new RowReader('data.csv', {
          row: (cells, line) => found.push({ cells: [...cells], line }),
          plainRow: (row, _, start, line) => found.push({ cells: row.slice(start, row.indexOf('\n', start)).split(reader.delimiter || '\0'), line }),
        });
        for (let from = 0; from < bytes.length; from += size) reader.push(bytes.subarray(from, from + size));
        reader.finish();
        assert.deepEqual(found, rows, JSON.stringify(text));
        assert.deepEqual(reader.ragged, []);
      }
    }
  });
});
