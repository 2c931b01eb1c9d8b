// torch.autograd.Function subclasses, where some interpreter has torch.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPython } from '../../../src/python/check';
import type { PythonResult } from '../../../src/python/result';

const root = process.cwd();
const interpreter = ['python3', '/usr/bin/python3', 'python'].find((name) => spawnSync(name, ['-c', 'import torch, numpy']).status === 0);

describe('check of torch functions', function () {
  this.timeout(60_000);
  let folder: string;
  before(function () {
    folder = mkdtempSync(join(tmpdir(), 'gradient-torch-'));
    if (interpreter !== undefined) return;
    console.error('SKIPPED: the tests of torch functions need a Python with PyTorch (Debian: apt-get install python3-torch).');
    this.skip();
  });
  after(() => rmSync(folder, { recursive: true }));

  const source = readFileSync(join(root, 'test/fixtures/torch/functions.py'), 'utf8');
  async function check(text: string): Promise<PythonResult> {
    const file = join(folder, 'functions.py');
    writeFileSync(file, text);
    return (await checkPython({ file, probe: join(root, 'dist/python/probe.py'), interpreter: interpreter!, seconds: 60, megabytes: 16384 })).result;
  }

  it('passes correct ones', async () => {
    const { verdict, checked } = await check(source);
    assert.equal(verdict, 'correct');
    assert.equal(checked.length, 2);
  });

  it('names class, input and entry of a wrong one', async () => {
    const { verdict, findings } = await check(source.replace('grad_output.t().mm(input)', '2 * grad_output.t().mm(input)'));
    assert.equal(verdict, 'wrong');
    assert.equal(findings[0]?.function, 'LinearFunction.backward');
    assert.match(findings[0].message, /^The gradient for weight \(input 1\) is not that of forward: at entry \(\d+, \d+\)/);
    assert.equal(findings[0].line, source.slice(0, source.lastIndexOf('def backward')).split('\n').length);
  });
});
