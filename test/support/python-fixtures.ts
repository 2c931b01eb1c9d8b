// The correct Python files of test/fixtures/python with a mistake planted, and the Python that checks them.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A fixture with one replacement, which must occur once; a notebook's code is inside JSON strings. `root`: the project's folder. */
export function planted(root: string, file: string, from: string, to: string): string {
  const source = readFileSync(join(root, 'test/fixtures/python', file), 'utf8');
  const quoted = (text: string): string => (file.endsWith('.ipynb') ? JSON.stringify(text).slice(1, -1) : text);
  assert.equal(source.split(quoted(from)).length, 2, `"${from}" must occur once in ${file}`);
  return source.replace(quoted(from), () => quoted(to));
}

/** Line (from 1) of the only place of `text`. */
export function lineOf(source: string, text: string): number {
  assert.equal(source.split(text).length, 2, `"${text}" must occur once`);
  return source.slice(0, source.indexOf(text)).split('\n').length;
}

/** Whether there is a Python with NumPy. Without one the tests are skipped, loudly; where they must not be, they fail. */
export function hasNumPy(): boolean {
  if (['python3', 'python', '/usr/bin/python3'].some((name) => spawnSync(name, ['-c', 'import numpy']).status === 0)) return true;
  const must = process.env['CI'] !== undefined || process.getuid?.() === 0;
  assert.ok(!must, 'These tests need NumPy (Debian: apt-get install python3-numpy), and here they are never skipped.');
  console.error('SKIPPED: the tests of Python files need a python3 with NumPy (Debian: apt-get install python3-numpy).');
  return false;
}
