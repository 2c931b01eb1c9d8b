// Which samples a table gives: columns chosen or likely, classes, missing values, and every way to get none.

import assert from 'node:assert/strict';
import type { Dataset } from '../../../src/data/dataset';
import { inlineDataset, makeDataset, type DatasetChoice } from '../../../src/data/make-dataset';
import { parseTable } from '../../../src/data/parse';
import { toRows } from '../../../src/core/matrix';
import { ProblemError, type Problem } from '../../../src/problem';

const make = (text: string, choice: Partial<DatasetChoice> = {}): Dataset => makeDataset(parseTable(Buffer.from(text), 'data.csv'), { missing: 'skip', ...choice });

function problemOf(text: string, choice: Partial<DatasetChoice> = {}): Problem {
  try {
    make(text, choice);
  } catch (error) {
    assert.ok(error instanceof ProblemError, String(error));
    assert.equal(error.problem.file, 'data.csv');
    assert.notEqual(error.problem.todo, '');
    return error.problem;
  }
  throw new assert.AssertionError({ message: 'nothing was thrown' });
}

const names = (dataset: Dataset): string[][] => [dataset.features.map(({ name }) => name), dataset.targets.map(({ name }) => name)];

describe('makeDataset', () => {
  it('takes the last numeric column for the target, and the other usable ones for features', () => {
    const dataset = make('id,x,colour,y,day,note\nq,1,red,10,2024-01-01,aa\nr,2,blue,20,2024-01-02,bb\ns,3,red,30,2024-01-03,cc\n');
    assert.deepEqual(names(dataset), [['x', 'colour', 'day'], ['y']]);
    assert.deepEqual(toRows(dataset.X), [[1, 0, 1, 19723], [2, 1, 0, 19724], [3, 0, 1, 19725]]);
    assert.deepEqual(toRows(dataset.Y), [[10], [20], [30]]);
    assert.deepEqual(dataset.features[1], { name: 'colour', kind: 'category', first: 1, width: 2, categories: ['blue', 'red'] });
    assert.deepEqual(dataset.features[2], { name: 'day', kind: 'time', first: 3, width: 1 });
    assert.equal(dataset.task, 'regression');
    assert.deepEqual([...dataset.lines], [2, 3, 4]);
  });

  it('takes what is chosen, in the order in which it is', () => {
    const text = 'a,b,c,d\n1,2,3,4\n5,6,7,9\n';
    assert.deepEqual(names(make(text, { target: ['a'] })), [['b', 'c', 'd'], ['a']]);
    assert.deepEqual(names(make(text, { features: ['d', 'a'] })), [['d', 'a'], ['c']]);
    assert.deepEqual(toRows(make(text, { features: ['c', 'a'], target: ['d', 'b'] }).Y), [[4, 2], [9, 6]]);
  });

  it('leaves out a feature that is mostly missing, unless it is chosen', () => {
    const text = 'x,pool,y\n1,,1\n2,,2\n3,5,3\n4,6,4\n5,,5\n';
    assert.deepEqual(names(make(text)), [['x'], ['y']]);
    assert.equal(make(text).X.rows, 5);
    assert.equal(make(text, { features: ['pool'] }).X.rows, 2);
  });

  describe('with classes', () => {
    it('of two texts: one column of 0 and 1', () => {
      const dataset = make('x,y\n1,yes\n2,no\n3,yes\n', { target: ['y'] });
      assert.equal(dataset.task, 'two-class');
      assert.deepEqual(toRows(dataset.Y), [[1], [0], [1]]);
      assert.deepEqual(dataset.targets, [{ name: 'y', kind: 'category', first: 0, width: 1, categories: ['no', 'yes'] }]);
    });
    it('of more texts: one-hot', () => {
      const dataset = make('x,y\n1,c\n2,a\n3,b\n4,a\n', { target: ['y'] });
      assert.equal(dataset.task, 'many-class');
      assert.deepEqual(toRows(dataset.Y), [[0, 0, 1], [1, 0, 0], [0, 1, 0], [1, 0, 0]]);
    });
    it('of the numbers 0 and 1', () => {
      assert.equal(make('x,y\n1,0\n2,1\n3,1\n').task, 'two-class');
      assert.equal(make('x,y\n1,0\n2,1\n3,2\n').task, 'regression');
    });
    it('that all rows lost are not there', () => {
      const dataset = make('x,y\n1,c\n2,a\n,b\n4,a\n,b\n3,c\n', { target: ['y'] });
      assert.equal(dataset.task, 'two-class');
      assert.deepEqual(dataset.targets[0]!.categories, ['a', 'c']);
    });
  });

  it('takes a time target for numbers', () => {
    const dataset = make('x,y\n1,2024-01-01\n2,2024-01-02\n', { target: ['y'] });
    assert.equal(dataset.task, 'regression');
    assert.deepEqual(toRows(dataset.Y), [[19723], [19724]]);
  });

  describe('with missing values', () => {
    const text = 'x,c,y\n1,a,1\n,a,2\n4,,3\n4,b,\nabc,b,4\n7,b,5\n10,b,6\n,b,7\n';

    it('skips their rows and tells every line in order', () => {
      const dataset = make(text);
      assert.deepEqual([...dataset.lines], [2, 7, 8]);
      assert.deepEqual(dataset.skipped, [
        { line: 3, reason: 'no value in column "x"' },
        { line: 4, reason: 'no value in column "c"' },
        { line: 5, reason: 'no value in column "y"' },
        { line: 6, reason: '"abc" in column "x" is not a number' },
        { line: 9, reason: 'no value in column "x"' },
      ]);
      assert.equal(dataset.imputed, 0);
    });
    it('fills in mean and most frequent category, but never a target', () => {
      const dataset = make(text, { missing: 'mean' });
      assert.deepEqual([...dataset.lines], [2, 3, 4, 7, 8, 9]);
      assert.deepEqual(toRows(dataset.X), [[1, 1, 0], [5.5, 1, 0], [4, 0, 1], [7, 0, 1], [10, 0, 1], [5.5, 0, 1]]);
      assert.equal(dataset.imputed, 3);
      assert.deepEqual(dataset.skipped.map(({ line }) => line), [5, 6]);
    });
    it('fills in the median', () => {
      assert.deepEqual(toRows(make('x,y\n1,1\n,2\n2,3\n90,4\n', { missing: 'median' }).X), [[1], [2], [2], [90]]);
      assert.deepEqual(toRows(make('x,y\n1,1\n,2\n3,3\n', { missing: 'median' }).X), [[1], [2], [3]]);
    });
    it('does not mind a column that is not used', () => assert.equal(make(text, { features: ['c'], target: ['y'] }).skipped.length, 3));
  });

  describe('says what is wrong', () => {
    const table = 'x,price,note,y\n1,2,aa,3\n4,5,bb,6\n';

    it('with a column that does not exist', () => {
      const problem = problemOf(table, { target: ['Pirce'] });
      assert.match(problem.what, /no column "Pirce"/);
      assert.match(problem.todo, /mean "price".*"x", "price", "note", "y"/);
      assert.equal(problem.line, 1);
      assert.match(problemOf(table, { features: ['zzzzzz'] }).what, /no column "zzzzzz"/);
    });
    it('with a column that is not usable', () => assert.match(problemOf(table, { features: ['note'] }).what, /"note" cannot be used: .*only once/));
    it('with a column for both', () => assert.match(problemOf(table, { features: ['x', 'y'], target: ['y'] }).what, /"y" is chosen as the target and as a feature/));
    it('with every numeric column a feature', () => assert.match(problemOf(table, { features: ['x', 'price', 'y'] }).what, /none is left as the target/));
    it('with no target or feature at all', () => {
      assert.match(problemOf(table, { target: [] }).what, /No target/);
      assert.match(problemOf('y\n1\n2\n').what, /No feature is left/);
    });
    it('with text among several targets', () => assert.match(problemOf('x,a,b\n1,u,2\n2,v,3\n3,u,4\n', { target: ['a', 'b'] }).what, /text column "a"/));
    it('without a numeric column', () => {
      const problem = problemOf('a,b\nu,s\nv,s\nu,t\n');
      assert.match(problem.what, /no numeric column/);
      assert.match(problem.todo, /Choose "b" as the target/);
      assert.match(problemOf('a\nu\nv\nw\n').todo, /Add a column of numbers/);
      assert.match(problemOf('a b\n1 2\n3 4\n5 6\n').todo, /If spaces separate its cells, write commas in their place\./);
    });
    it('with a constant target', () => {
      const problem = problemOf('x,y\n1,7\n2,7\n3,7\n');
      assert.match(problem.what, /"y" is 7 in every sample/);
      assert.match(problemOf('x,a,y\n1,u,1\n2,u,2\n,v,3\n', { target: ['a'], features: ['x'] }).what, /"a" is "u" in every sample/);
    });
    it('with one sample', () => {
      const problem = problemOf('x,y\n1,2\n');
      assert.match(problem.what, /Only one sample.*line 2/);
      assert.equal(problem.line, 2);
      assert.match(problemOf('x,y\n1,2\n3,\n').what, /The other line was skipped, because: no value in column "y" \(line 3\)/);
    });
    it('with every row skipped, and mostly why', () => {
      const problem = problemOf('x,z,y\n1,,3\n,4,5\n,6,7\n', { features: ['x', 'z'] });
      assert.match(problem.what, /Every row was skipped, most often because: no value in column "x" \(first on line 3\)/);
    });
  });
});

describe('inlineDataset', () => {
  it('names columns and keeps lines', () => {
    const dataset = inlineDataset('e.gradient.json', [[1, 2], [3, 4]], [[5], [6]], [7, 8]);
    assert.deepEqual(names(dataset), [['x1', 'x2'], ['y']]);
    assert.deepEqual([toRows(dataset.X), toRows(dataset.Y)], [[[1, 2], [3, 4]], [[5], [6]]]);
    assert.deepEqual([...dataset.lines], [7, 8]);
    assert.equal(dataset.task, 'regression');
  });

  const task = (Y: number[][]): string => inlineDataset('e', Y.map(() => [1]), Y, Y.map(() => 1)).task;
  it('sees two classes in 0 and 1, both of them', () => {
    assert.equal(task([[0], [1]]), 'two-class');
    assert.equal(task([[1], [1]]), 'regression');
    assert.equal(task([[0], [2]]), 'regression');
  });
  it('sees many classes in one-hot rows', () => {
    assert.equal(task([[0, 1, 0], [1, 0, 0]]), 'many-class');
    assert.equal(task([[0, 1], [1, 1]]), 'regression');
    assert.equal(task([[0, 0.5], [1, 0]]), 'regression');
  });
  it('allows a single sample and a constant target', () => assert.equal(inlineDataset('e', [[1]], [[2]], [3]).X.rows, 1));
  it('refuses rows that do not match', () => {
    assert.throws(() => inlineDataset('e', [[1], [2]], [[1]], [1, 2]), RangeError);
    assert.throws(() => inlineDataset('e', [[1], [2, 3]], [[1], [2]], [1, 2]), RangeError);
  });
});
