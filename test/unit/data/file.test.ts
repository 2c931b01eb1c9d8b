// Files as the disk gives them: missing, empty, binary, changing, or with a line without end.

import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, ftruncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileBytes, readTable } from '../../../src/data/file';
import { ProblemError, type Problem } from '../../../src/problem';

async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof ProblemError, String(error));
    return error.problem;
  }
  throw new assert.AssertionError({ message: 'nothing was thrown' });
}

/** The user that owns nothing, by its number on Linux. */
const NOBODY = 65_534;

describe('reading files', () => {
  let folder: string;
  const path = (name: string): string => join(folder, name);
  const write = (name: string, content: string | Uint8Array): string => {
    writeFileSync(path(name), content);
    return path(name);
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'data-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('reads a table', async () => {
    const table = await readTable(write('good.csv', 'x,y\n1,2\n3,4\n'));
    assert.equal(table.rows, 2);
    assert.equal(table.file, path('good.csv'));
  });

  it('hands over all bytes of a file of several chunks in their order', async () => {
    const content = Buffer.alloc(2_500_000, 'abcdefg');
    const chunks: Buffer[] = [];
    await readFileBytes(write('chunks.csv', content), (chunk) => chunks.push(Buffer.from(chunk)));
    assert.ok(chunks.length > 1);
    assert.ok(Buffer.concat(chunks).equals(content));
  });

  it('says that a file does not exist', async () => {
    const problem = await problemOf(readTable(path('none.csv')));
    assert.match(problem.what, /does not exist/);
    assert.equal(problem.file, path('none.csv'));
  });

  it('says that a folder is none', async () => {
    mkdirSync(path('folder.csv'));
    assert.match((await problemOf(readTable(path('folder.csv')))).what, /folder/);
  });

  it('says that a permission is lacking', async function () {
    if (process.platform === 'win32') this.skip();
    chmodSync(write('secret.csv', 'x\n1\n'), 0o000);
    chmodSync(path('.'), 0o755);
    // root may read everything, so it becomes somebody else for this once
    const isRoot = process.getuid!() === 0;
    if (isRoot) process.seteuid!(NOBODY);
    try {
      assert.match((await problemOf(readTable(path('secret.csv')))).what, /permission/);
    } finally {
      if (isRoot) process.seteuid!(0);
    }
  });

  for (const [name, content] of [
    ['no byte', ''],
    ['only white space', ' \r\n\t\n '],
    ['only a byte order mark', '\uFEFF'],
  ] as const) {
    it(`says that a file with ${name} is empty`, async () => {
      assert.match((await problemOf(readTable(write('empty.csv', content)))).what, /is empty/);
    });
  }

  const binaries: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['an Excel workbook', Buffer.from('PK\x03\x04\x14\0\x06\0[Content_Types].xml', 'latin1'), /Excel workbook/],
    ['an old Excel workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /Excel workbook/],
    ['a ZIP archive', Buffer.from('PK\x03\x04\x14\0data.csv', 'latin1'), /ZIP archive/],
    ['a gzip archive', Buffer.from('1f8b0800', 'hex'), /gzip/],
    ['a Parquet file', Buffer.from('PAR1\x15\x04', 'latin1'), /Parquet/],
    ['a PDF', Buffer.from('%PDF-1.7\n'), /PDF/],
    ['bytes with NUL', Buffer.concat([Buffer.from('x,y\n1,2\n'), Buffer.from([0, 1, 2, 0, 0, 0, 7])]), /binary/],
    ['a NUL far behind', Buffer.concat([Buffer.from('x,y\n1,2\n'.repeat(1000)), Buffer.from([0])]), /binary/],
  ];
  for (const [name, bytes, message] of binaries) {
    it(`says that ${name} is not text, and what to do`, async () => {
      const problem = await problemOf(readTable(write('binary.csv', bytes)));
      assert.match(problem.what, message);
      assert.match(problem.todo, /CSV/);
    });
  }

  describe('a file that changes while it is read', () => {
    const big = 'x,y\n' + '1,2\n'.repeat(1_000_000);
    const readWhile = (change: () => void): Promise<Problem> => {
      write('changing.csv', big);
      let done = false;
      return problemOf(
        readFileBytes(path('changing.csv'), () => {
          if (!done) change();
          done = true;
        }),
      );
    };

    it('is noticed when it grows', async () => {
      assert.match((await readWhile(() => appendFileSync(path('changing.csv'), '5,6\n'))).what, /changed while/);
    });
    it('is noticed when it shrinks', async () => {
      assert.match((await readWhile(() => writeFileSync(path('changing.csv'), 'x,y\n1,2\n'))).what, /changed while/);
    });
    it('is noticed when another file takes its name', async () => {
      const replace = (): void => {
        write('other.csv', big);
        renameSync(path('other.csv'), path('changing.csv'));
      };
      assert.match((await readWhile(replace)).what, /changed while/);
    });
    it('is noticed when it vanishes', async () => {
      assert.match((await readWhile(() => rmSync(path('changing.csv')))).what, /vanished/);
    });
  });

  it('gives up early on a line of a gigabyte, and names it', async function () {
    this.timeout(5000);
    // Sparse: a gigabyte of NUL would be called binary, so the first 40 MB are text.
    const descriptor = openSync(path('line.csv'), 'w');
    writeSync(descriptor, 'x,y\n1,2\n');
    for (let k = 0; k < 40; k++) writeSync(descriptor, '7'.repeat(1_000_000));
    ftruncateSync(descriptor, 1 << 30);
    closeSync(descriptor);
    const problem = await problemOf(readTable(path('line.csv')));
    assert.match(problem.what, /line is longer/);
    assert.equal(problem.line, 3);
    assert.match(problem.todo, /line breaks/);
  });
});
