// From the text of a file to its Table: lines, header, types and everything that may be odd about them.

import assert from 'node:assert/strict';
import { parseTable, TableParser } from '../../../src/data/parse';
import type { Column, Table } from '../../../src/data/table';
import { ProblemError, type Problem } from '../../../src/problem';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const parse = (text: string, file = 'data.csv'): Table => parseTable(bytes(text), file);
const days = (date: string): number => Date.parse(date) / 86_400_000;

/** What a column holds, category texts instead of their numbers. */
function contents(column: Column | undefined): unknown[] {
  if (!column || column.kind === 'unusable') return [];
  return column.kind === 'category' ? Array.from(column.values, (code) => column.categories[code] ?? null) : Array.from(column.values);
}

function summary(table: Table): unknown {
  return table.columns.map((column) => [column.name, column.kind, contents(column)]);
}

function problemOf(action: () => unknown): Problem {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof ProblemError, String(error));
    return error.problem;
  }
  throw new assert.AssertionError({ message: 'nothing was thrown' });
}

/** One column below the name v. */
const column = (cells: readonly string[], delimiter = ';'): Table => parse(`v${delimiter}k\n${cells.map((cell) => `${cell}${delimiter}1\n`).join('')}`);
const first = (table: Table): Column => table.columns[0]!;

describe('parseTable', () => {
  it('gives every row its line', () => {
    const table = parse('x,y\r\n1,2\r\n\r\n3,4\r\n   \r\n5,6');
    assert.deepEqual(summary(table), [['x', 'number', [1, 3, 5]], ['y', 'number', [2, 4, 6]]]);
    assert.deepEqual([...table.lines], [2, 4, 6]);
    assert.equal(table.headerLine, 1);
    assert.deepEqual(table.skipped, []);
  });

  it('counts lines inside quotes, and blank ones above the header', () => {
    const table = parse('\n"long\nname",y\n"1",2\n"3\n",4\n5,6\n');
    assert.deepEqual(summary(table), [['long name', 'number', [1, 3, 5]], ['y', 'number', [2, 4, 6]]]);
    assert.deepEqual([...table.lines], [4, 5, 7]);
    assert.equal(table.headerLine, 2);
  });

  it('reads lone CR, and CRLF inside quotes', () => {
    assert.deepEqual([...parse('x,y\r1,2\r3,4\r').lines], [2, 3]);
    assert.deepEqual([...parse('x,y\r\n"1\r\n",2\r\n3,"4"\r\n').lines], [2, 4]);
  });

  it('reads quotes, doubled quotes and delimiters inside them', () => {
    const table = parse('name,y\n"a ""b"", c",1\n"a ""b"", c",2\n d ,3\n"d",4\n');
    assert.deepEqual(contents(first(table)), ['a "b", c', 'a "b", c', 'd', 'd']);
  });

  it('reads a single column, quoted or not, whose cells hold delimiters', () => {
    assert.deepEqual(summary(parse('y\n1\n2\n')), [['y', 'number', [1, 2]]]);
    assert.deepEqual(summary(parse('y\n1,5\n2,5\n')), [['y', 'number', [1.5, 2.5]]]);
    assert.deepEqual(summary(parse('"y"\n"1"\n"2\n"\n')), [['y', 'number', [1, 2]]]);
  });

  it('reads the same however the bytes are cut', () => {
    const text = 'größe;y\r\n"a\r\nb";1\r\n"c ""d""";2\r\n\r\nx;3;4\r\n"a\r\nb";5\r\n"c ""d""";x\r\n';
    const whole = parse(text);
    for (const size of [1, 2, 5, 17]) {
      const parser = new TableParser('data.csv');
      for (let from = 0; from < bytes(text).length; from += size) parser.push(bytes(text).subarray(from, from + size));
      assert.deepEqual(parser.finish(), whole);
    }
  });

  it('reads rows that lie across chunks of a large file', () => {
    const rows = 200_000;
    let text = 'x,y,name\n';
    for (let i = 0; i < rows; i++) text += `${i},${i / 4},"n, ${i % 3}"\n`;
    const table = parse(text);
    assert.equal(table.rows, rows);
    assert.deepEqual(table.skipped, []);
    for (let i = 0; i < rows; i += 997) {
      assert.equal(table.lines[i], i + 2);
      assert.deepEqual(table.columns.map((each) => each.kind !== 'unusable' && each.values[i]), [i, i / 4, i % 3]);
    }
  });

  it('honours the sep= line of Excel', () => {
    const table = parse('sep=|\nx|y\n1|2\n3|4\n');
    assert.deepEqual(summary(table), [['x', 'number', [1, 3]], ['y', 'number', [2, 4]]]);
    assert.deepEqual([...table.lines], [3, 4]);
  });

  describe('finds out whether there is a header', () => {
    const cases: readonly (readonly [string, string, string[], number | null])[] = [
      ['names above numbers', 'a,b\n1,2\n3,4\n', ['a', 'b'], 1],
      ['numbers throughout', '1,2\n3,4\n', ['x1', 'x2'], null],
      ['numbers and text throughout', '5.1,setosa\n4.9,setosa\n6,virginica\n6,virginica\n', ['x1', 'x2'], null],
      ['one name above numbers, the others empty', ',y\n1,2\n3,4\n', ['column 1', 'y'], 1],
      ['names above dates', 'day,v\n2024-01-01,1\n2024-01-02,2\n', ['day', 'v'], 1],
      ['years above numbers of text', 'name,2020\nx,a\ny,b\n', ['name', '2020'], 1],
      ['unique names above text', 'a,b\nu,v\nu,w\n', ['a', 'b'], 1],
      ['text that recurs below', 'u,v\nu,w\nz,w\n', ['x1', 'x2'], null],
      ['text that is not unique', 'u,u\nv,w\n', ['x1', 'x2'], null],
      ['a missing value above numbers', 'NA,1\n2,3\n4,5\n', ['x1', 'x2'], null],
      ['names given twice or not at all', 'x,x,,x (2)\n1,2,3,4\n5,6,7,8\n', ['x', 'x (2)', 'column 3', 'x (2) (2)'], 1],
    ];
    for (const [name, text, names, line] of cases) {
      it(name, () => {
        const table = parse(text);
        assert.deepEqual(table.columns.map((each) => each.name), names);
        assert.equal(table.headerLine, line);
      });
    }

    it('and takes the first row for data if there is none', () => {
      const table = parse('1,a\n2,b\n3,a\n');
      assert.deepEqual(summary(table), [['x1', 'number', [1, 2, 3]], ['x2', 'category', ['a', 'b', 'a']]]);
      assert.deepEqual([...table.lines], [1, 2, 3]);
    });
  });

  describe('reads numbers', () => {
    const cases: readonly (readonly [string, readonly string[], readonly number[], string?])[] = [
      ['plain', ['1', '-2.5', '+3', '1e3', '.5', ' 7 '], [1, -2.5, 3, 1000, 0.5, 7]],
      ['grouped by commas', ['1,234,567.5', '12', '3,000'], [1234567.5, 12, 3000]],
      ['grouped by points', ['1.234.567,5', '12', '3.000', '1.234'], [1234567.5, 12, 3000, 1234]],
      ['grouped by spaces', ['1 234 567', '1\u00a0234', '12'], [1234567, 1234, 12]],
      ['grouped by apostrophes', ["1'234", '12.5'], [1234, 12.5]],
      ['with decimal commas', ['1,5', '2', '-3,25e2'], [1.5, 2, -325]],
      ['1,234 throughout, after semicolons: decimal commas', ['1,234', '2,345'], [1.234, 2.345]],
      ['1,234 throughout, after tabs: thousands', ['1,234', '2,345'], [1234, 2345], '\t'],
      ['1.234 throughout: decimal points', ['1.234', '2.345'], [1.234, 2.345]],
      ['percent', ['12%', '3.5 %'], [12, 3.5]],
      ['dollars', ['$1,200.50', '-$3'], [1200.5, -3]],
      ['euros behind', ['1.200,50 €', '3 €'], [1200.5, 3]],
      ['years, which are no dates', ['2020', '2021'], [2020, 2021]],
    ];
    for (const [name, cells, values, delimiter] of cases) {
      it(name, () => {
        const table = column(cells, delimiter);
        assert.equal(first(table).kind, 'number');
        assert.deepEqual(contents(first(table)), values);
        assert.deepEqual(table.skipped, []);
      });
    }

    it('that other columns make clear', () => {
      assert.deepEqual(summary(parse('a;b\n1.234;3,5\n2.345;4,5\n')), [['a', 'number', [1234, 2345]], ['b', 'number', [3.5, 4.5]]]);
      assert.deepEqual(summary(parse('a;b\n1,234;3.5\n2,345;4.5\n')), [['a', 'number', [1234, 2345]], ['b', 'number', [3.5, 4.5]]]);
    });

    it('with decimal commas in quotes between commas', () => {
      assert.deepEqual(contents(first(parse('a,b\n"1,5",2\n"2,25",3\n'))), [1.5, 2.25]);
    });

    it('but no sign that only some have', () => {
      const table = column(['$1', '$2', '$3', '4']);
      assert.deepEqual(contents(first(table)), [1, 2, 3]);
      assert.deepEqual(table.skipped, [{ line: 5, reason: '"4" in column "v" is not a number' }]);
    });

    it('but no decimal point among decimal commas', () => {
      const table = column(['1,5', '2,5', '3,5', '4.5']);
      assert.deepEqual(table.skipped, [{ line: 5, reason: '"4.5" in column "v" is not a number' }]);
    });

    it('but no infinity', () => {
      const table = column(['1', '2', 'inf', '-Infinity', '3', '1e999', '4']);
      assert.deepEqual(contents(first(table)), [1, 2, 3, 4]);
      assert.deepEqual(table.skipped.map(({ line, reason }) => `${line} ${reason}`), [
        '4 "inf" in column "v" is not a finite number',
        '5 "-Infinity" in column "v" is not a finite number',
        '7 "1e999" in column "v" is not a number',
      ]);
    });
  });

  it('knows the markers of a missing value', () => {
    const markers = ['', ' ', 'NA', 'n/a', 'NaN', 'null', 'None', 'NIL', '-', '?', '#N/A', 'missing'];
    const table = column([...markers, '5']);
    assert.deepEqual(contents(first(table)), [...markers.map(() => NaN), 5]);
    assert.deepEqual(table.skipped, []);
    assert.deepEqual(contents(first(column(['a', '?', 'a', 'b']))), ['a', null, 'a', 'b']);
  });

  it('skips and tells rows with a text in a numeric column', () => {
    const table = parse('x,price\n1,2\nabc,def\n3,4\n5,abc\n6,7\n');
    assert.deepEqual(summary(table), [['x', 'number', [1, 3, 6]], ['price', 'number', [2, 4, 7]]]);
    assert.deepEqual(table.skipped, [
      { line: 3, reason: '"abc" in column "x" is not a number' },
      { line: 5, reason: '"abc" in column "price" is not a number' },
    ]);
    assert.deepEqual([...table.lines], [2, 4, 6]);
  });

  it('shortens a long text that it repeats, and keeps it on one line', () => {
    const [skipped] = parse(`x,y\n1,2\n3,4\n"a\n${'b'.repeat(500)}",5\n`).skipped;
    assert.ok(skipped!.reason.length < 90 && !skipped!.reason.includes('\n'), skipped!.reason);
  });

  describe('reads dates', () => {
    const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
      ['of ISO 8601', ['2024-01-31', '2024-02-01T12:00:00'], ['2024-01-31', '2024-02-01T12:00Z']],
      ['with points', ['31.01.2024', '1.2.2024'], ['2024-01-31', '2024-02-01']],
      ['day first if a cell says so', ['1/2/2024', '13/2/2024'], ['2024-02-01', '2024-02-13']],
      ['month first if a cell says so', ['1/2/2024', '1/13/2024'], ['2024-01-02', '2024-01-13']],
      ['month first if none does', ['1/2/2024', '3/4/2024'], ['2024-01-02', '2024-03-04']],
    ];
    for (const [name, cells, dates] of cases) {
      it(name, () => {
        const table = column(cells);
        assert.equal(first(table).kind, 'time');
        assert.deepEqual(contents(first(table)), dates.map(days));
      });
    }

    it('and tells what is none', () => {
      assert.deepEqual(column(['2024-01-31', '2024-02-30', '7', '2024-03-01', '2024-03-02']).skipped, [
        { line: 3, reason: '"2024-02-30" in column "v" is not a date' },
        { line: 4, reason: '"7" in column "v" is not a date' },
      ]);
    });
  });

  describe('takes text for categories', () => {
    const texts = (different: number, rows: number): string[] => Array.from({ length: rows }, (_, i) => `t${i % different}`);
    const kind = (cells: readonly string[]): string => first(column(cells)).kind;

    it('if the values are few', () => {
      assert.equal(kind(texts(20, 21)), 'category');
      assert.equal(kind(texts(21, 22)), 'unusable');
    });
    it('if each is frequent, up to 100', () => {
      assert.equal(kind(texts(100, 2000)), 'category');
      assert.equal(kind(texts(100, 1999)), 'unusable');
      assert.equal(kind(texts(101, 5000)), 'unusable');
    });
    it('if one repeats', () => {
      assert.equal(kind(['a', 'b', 'c']), 'unusable');
      assert.equal(kind(['a', 'b', 'b']), 'category');
    });
    it('if there are two', () => {
      const only = first(column(['a', 'a']));
      assert.ok(only.kind === 'unusable' && /holds only "a"/.test(only.reason));
    });
    it('sorted, true and false too', () => {
      const table = first(column(['true', 'false', 'true']));
      assert.ok(table.kind === 'category');
      assert.deepEqual(table.categories, ['false', 'true']);
    });
    it('together with a minority of numbers', () => assert.deepEqual(contents(first(column(['a', 'b', '1', 'a', '1', 'b']))), ['a', 'b', '1', 'a', '1', 'b']));
    it('but half numbers and half text are no numbers', () => assert.equal(kind(['1', 'a', '2', 'a']), 'category'));
    it('and says why a column is of no use', () => {
      const [empty, text] = parse('a,b,y\n,u,1\n,v,2\n').columns;
      assert.ok(empty?.kind === 'unusable' && /no value/.test(empty.reason));
      assert.ok(text?.kind === 'unusable' && /only once/.test(text.reason));
    });
  });

  describe('with ragged rows', () => {
    it('skips them, with line and both counts', () => {
      const table = parse('x,y,z\n1,2,3\n4,5\n6,7,8\n9,10,11,12\n"13","14"x,15\n16,17,18\n');
      assert.deepEqual(contents(first(table)), [1, 6, 16]);
      assert.deepEqual(table.skipped, [
        { line: 3, reason: '2 cells instead of 3' },
        { line: 5, reason: '4 cells instead of 3' },
        { line: 6, reason: 'text follows a closing quote' },
      ]);
    });
    it('tells them in the order of the file, among others', () => {
      assert.deepEqual(parse('x,y\n1,2\nabc,4\n5\nabc,6\n7,8\n9,10\n11,12\n').skipped.map(({ line }) => line), [3, 4, 5]);
    });
    it('between tabs too, where a cell more is no empty one', () => {
      assert.deepEqual(parse('x\ty\n1\t2\n3\t4\t5\n6\t7\t\n8\t9\t \n10\t\n').skipped, [{ line: 3, reason: '3 cells instead of 2' }]);
    });
    it('gives up if most are', () => {
      const problem = problemOf(() => parse('My title\nx,y\n1,2\n3,4\n'));
      assert.match(problem.what, /3 of 3 rows .* \(line 2: 2 cells instead of 1\)/);
      assert.equal(problem.line, 2);
      assert.match(problem.todo, /title/);
    });
    it('allows a delimiter at the end of every row, with or without the header', () => {
      for (const header of ['x,y', 'x,y,']) assert.deepEqual(summary(parse(`${header}\n1,2,\n3,4,\n`)), [['x', 'number', [1, 3]], ['y', 'number', [2, 4]]]);
      assert.deepEqual(summary(parse('y,\n1,\n2,\n')), [['y', 'number', [1, 2]]]);
    });
  });

  it('names the line on which a quote opens that is never closed', () => {
    const problem = problemOf(() => parse('x,y\n1,2\n3,"4\n5,6\n'));
    assert.equal(problem.line, 3);
    assert.match(problem.what, /quote opens here/);
  });

  it('says that there is a header only', () => {
    const problem = problemOf(() => parse('x,y\n'));
    assert.match(problem.what, /header and no rows/);
    assert.equal(problem.line, 1);
  });

  it('does without a line break at the end, and with a single row', () => {
    const table = parse('1,2');
    assert.equal(table.rows, 1);
    assert.equal(table.headerLine, null);
  });
});
