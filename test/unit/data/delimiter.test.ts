// What separates the cells, also where other delimiters occur in the text.

import assert from 'node:assert/strict';
import { detectDelimiter, tableWidth } from '../../../src/data/delimiter';

describe('detectDelimiter', () => {
  const cases: readonly (readonly [string, string, string, string?])[] = [
    ['commas', 'a,b\n1,2\n3,4\n', ','],
    ['semicolons', 'a;b\n1;2\n3;4\n', ';'],
    ['tabs', 'a\tb\n1\t2\n', '\t'],
    ['pipes', 'a|b\n1|2\n', '|'],
    ['semicolons and decimal commas', 'a;b\n1,5;2,5\n3,25;4,75\n', ';'],
    ['semicolons and decimal commas without a header', '1,5;2,5\n3,25;4,75\n', ';'],
    ['tabs and decimal commas', 'a\tb\n1,5\t2,5\n', '\t'],
    ['quoted cells that hold the others', 'a,b\n"x;y;z",1\n"u|v",2\n"s;t",3\n', ','],
    ['one column of decimal commas', 'y\n1,5\n2,5\n', ''],
    ['one column of grouped numbers', 'y\n1,234,567.5\n2,345,678.5\n', ''],
    ['one column', 'y\n1\n2\n', ''],
    ['one column of sentences', 'text\nHello\nYes, you\nWell, no, never\nWhy\n', ''],
    ['a title above the table', 'My data\na,b,c\n1,2,3\n4,5,6\n', ','],
    ['a title with commas above the table', '3,2,good\n1,2,3,4\n5,6,7,8\n9,1,2,3\n', ','],
    ['a delimiter at the end of every row', 'a;b\n1;2;\n3;4;\n', ';'],
    ['a few ragged rows', 'a,b,c\n1,2\n1,2,3\n4,5,6\n', ','],
    ['a .tsv with commas in the text', 'a\tb,c,d\n1\t2,3,4\n', '\t', 'data.TSV'],
    ['a .tsv that is none', 'a,b\n1,2\n', ',', 'data.tsv'],
  ];
  for (const [name, text, delimiter, file = 'data.csv'] of cases) {
    it(`of ${name}`, () => assert.equal(detectDelimiter(text, file), delimiter));
  }
});

describe('tableWidth', () => {
  it('does not count a delimiter at the end of every row', () => assert.equal(tableWidth('a,b,\n1,2,\n', ','), 2));
  it('does not count a delimiter at the end of the header alone', () => assert.equal(tableWidth('a,b,\n1,2\n', ','), 2));
  it('counts a last column without a name', () => assert.equal(tableWidth('a,b,\n1,2,\n1,2,3\n', ','), 3));
});
