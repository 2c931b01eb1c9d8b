// What the tests of the Python check share: the interpreter with NumPy, the built probe, and a check of a source text.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPython, type PythonRequest } from '../../../src/python/check';
import type { PythonResult } from '../../../src/python/result';

export const probe = join(process.cwd(), 'dist/python/probe.py');
export const interpreter = ['python3', 'python', '/usr/bin/python3'].find((name) => spawnSync(name, ['-c', 'import numpy']).status === 0);

export type Changes = readonly (readonly [from: string, to: string])[];

/** A fixture with small changes, each of a text that occurs once. */
export function changed(file: string, changes: Changes): string {
  return changes.reduce((source, [from, to]) => {
    assert.equal(source.split(from).length, 2, `"${from}" must occur once in ${file}`);
    return source.replace(from, () => to);
  }, readFileSync(join(process.cwd(), 'test/fixtures/python', file), 'utf8'));
}

/** Line (from 1) on which `text` begins. */
export function lineOf(source: string, text: string): number {
  assert.ok(source.includes(text), text);
  return source.slice(0, source.indexOf(text)).split('\n').length;
}

/** For a message: everything but the long lists. */
export const say = (result: PythonResult): string => JSON.stringify({ ...result, found: [], chain: [] }, null, 1);

/** Seconds: twice the usual, so that a machine at half the speed, with another test beside this one, gives the same answers. */
const PATIENT = 40;

type Answer<T> = (source: string, extension?: string, more?: Partial<PythonRequest>) => Promise<T>;

/** Call in a `describe`: gives what checks a source text, with all that came of it. Skips loudly where there is no NumPy, and never in CI. */
export function pythonRuns(): Answer<Awaited<ReturnType<typeof checkPython>>> {
  let folder: string;
  before(function () {
    folder = mkdtempSync(join(tmpdir(), 'gradient-python-'));
    if (interpreter !== undefined) return;
    assert.equal(process.env.CI, undefined, 'CI never skips these: install NumPy (Debian: python3-numpy)');
    console.error('SKIPPED: the tests of Python files need a python3 with NumPy (Debian: apt-get install python3-numpy).');
    this.skip();
  });
  after(() => rmSync(folder, { recursive: true }));
  return (source, extension = '.py', more = {}) => {
    const file = join(folder, `network${extension}`);
    writeFileSync(file, source);
    return checkPython({ file, probe, interpreter: interpreter!, seconds: PATIENT, ...more });
  };
}

/** The same, for the results alone. */
export function pythonChecks(): Answer<PythonResult> {
  const run = pythonRuns();
  return async (source, extension, more) => (await run(source, extension, more)).result;
}

/** A correct source of some shape, and a mistake in it that can be told. */
export interface Shape {
  readonly what: string;
  readonly source: string;
  readonly extension?: string;
  readonly verdict?: 'convention';
  /** Must occur once. One unit without a cost may have any. */
  readonly mistake?: readonly [from: string, to: string];
  /** Part of what is said not to be checked. */
  readonly unchecked?: string;
}

/** One test for each shape: recognised as it is, and as wrong with its mistake. */
export function bindsEach(shapes: readonly Shape[], check: ReturnType<typeof pythonChecks>): void {
  for (const { what, source, extension, verdict, mistake, unchecked } of shapes) {
    it(`binds ${what}`, async () => {
      const right = await check(source, extension);
      assert.equal(right.verdict, verdict ?? 'correct', say(right));
      assert.deepEqual(right.findings.filter((each) => each.severity === 'error'), []);
      if (unchecked) assert.ok(right.notChecked.some((each) => each.includes(unchecked)), say(right));
      if (!mistake) return;
      const [from, to] = mistake;
      assert.equal(source.split(from).length, 2, from);
      const wrong = await check(source.replace(from, () => to), extension);
      assert.equal(wrong.verdict, 'wrong', say(wrong));
    });
  }
}
