// Interpreters that cannot run a check: none there, one that is too old, one without NumPy. Each is told with what to do.

import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPython } from '../../../src/python/check';
import { ProblemError } from '../../../src/problem';
import { probe } from './support';

/** A real Python that says it is an older one. */
const older = `import runpy, sys
sys.version_info = (3, 8, 18)
runpy.run_path(sys.argv[1], run_name="__main__")
`;

describe('python: interpreters', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'gradient-interpreter-'))));
  after(() => rmSync(folder, { recursive: true }));

  const interpreter = (command: string): string => {
    const path = join(folder, 'python');
    writeFileSync(path, `#!/bin/sh\n${command}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const fails = (path: string, what: RegExp, todo: RegExp): Promise<void> => {
    const file = join(folder, 'network.py');
    writeFileSync(file, 'import numpy as np\n');
    return assert.rejects(checkPython({ file, probe, interpreter: path }), (error: unknown) => {
      assert.ok(error instanceof ProblemError);
      assert.match(error.problem.what, what);
      assert.match(error.problem.todo, todo);
      return true;
    });
  };

  it('one that is not there', () => fails(join(folder, 'absent'), /cannot be started/, /Install Python 3\.9 or newer/));

  it('one that is too old', () => {
    writeFileSync(join(folder, 'older.py'), older);
    return fails(interpreter(`exec python3 "${join(folder, 'older.py')}" "$2"`), /is older than Python 3\.9/, /Install Python 3\.9 or newer/);
  });

  it('one without NumPy', () => fails(interpreter('exec python3 -S "$@"'), /has no NumPy/, /pip install numpy/));
});
