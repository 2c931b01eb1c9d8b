// Where records begin and how many cells they have, with and without quotes.

import assert from 'node:assert/strict';
import { scanRecords } from '../../../src/data/records';

function scan(text: string, delimiter = ','): { records: [string, number, number][]; rest: object } {
  const records: [string, number, number][] = [];
  const rest = scanRecords(text, delimiter, 1, (start, end, cells, line) => records.push([text.slice(start, end), cells, line]));
  return { records, rest };
}

describe('scanRecords', () => {
  it('counts cells and lines', () => {
    assert.deepEqual(scan('a,b\n\n1,2,3\n  \n,\n').records, [['a,b', 2, 1], ['1,2,3', 3, 3], [',', 2, 5]]);
  });

  it('leaves what has no line break yet', () => {
    assert.deepEqual(scan('a,b\n1,').rest, { offset: 4, line: 2 });
    assert.deepEqual(scan('"a",b\n"1",').rest, { offset: 6, line: 2 });
  });

  it('passes over delimiters, line breaks and doubled quotes inside quotes', () => {
    assert.deepEqual(scan('"a,b\nc ""d""",2\n3, "x,y"  ,4\n').records, [
      ['"a,b\nc ""d""",2', 2, 1],
      ['3, "x,y"  ,4', 3, 3],
    ]);
  });

  it('takes a quote inside a cell for a character', () => assert.deepEqual(scan('5" pipe,2\n').records, [['5" pipe,2', 2, 1]]));

  it('tells the line on which an open quote stands', () => {
    assert.deepEqual(scan('a,b\n"x\ny","z\n1,2\n').rest, { offset: 4, line: 2, openQuote: 3 });
  });

  it('calls a record unsound in which text follows a quote', () => assert.deepEqual(scan('"a"b,c\n').records, [['"a"b,c', 0, 1]]));

  it('sees one cell where nothing separates', () => assert.deepEqual(scan('a,b\n"x\ny"\n', '').records, [['a,b', 1, 1], ['"x\ny"', 1, 2]]));
});
