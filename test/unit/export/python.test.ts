// The exported scripts, run by a real Python: every cost they print is that of the run to 1e-9.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { numpyScript } from '../../../src/export/numpy';
import { initialRows, preparedFile, scriptFiles, startOf } from '../../../src/export/python-data';
import { pytorchScript } from '../../../src/export/pytorch';
import { runJob } from '../../../src/training/job';
import type { Run } from '../../../src/training/run';
import { cases } from './experiments';

const root = process.cwd();
const driver = join(root, 'test/fixtures/export/run.py');

/** A Python that has the module, and in which version. */
function pythonWith(module: 'numpy' | 'torch'): { python: string; version: string } | null {
  for (const python of [process.env['PYTHON'], '/usr/bin/python3', 'python3', 'python']) {
    if (python === undefined) continue;
    const { status, stdout } = spawnSync(python, ['-c', `import numpy, ${module}; print(${module}.__version__)`], { encoding: 'utf8' });
    if (status === 0) return { python, version: stdout.trim() };
  }
  return null;
}

/** The costs that a script printed, one an iteration, and the last line that it says about the whole. */
function parse(printed: string): { costs: number[]; final: number; development: number | null; diverged: number | null } {
  const number = (pattern: RegExp): number | null => {
    const found = pattern.exec(printed)?.[1];
    return found === undefined ? null : Number(found.replace('inf', 'Infinity'));
  };
  const costs = Array.from(printed.matchAll(/^iteration (\d+): cost (\S+)$/gm), ([, iteration, cost], k) => {
    assert.equal(Number(iteration), k);
    return Number(cost);
  });
  return { costs, final: number(/^final cost (\S+);/m) ?? assert.fail(printed.slice(-2000)), development: number(/^cost of the development samples: (\S+)$/m), diverged: number(/^The cost became \S+ at iteration (\d+)\.$/m) };
}

/** Largest relative difference, of costs below 1e-3 to that: those that went to 0 have no digits left. */
function distance(actual: readonly number[], expected: ArrayLike<number>): number {
  return Math.max(0, ...actual.map((value, k) => Math.abs(value - expected[k]!) / Math.max(1e-3, Math.abs(expected[k]!))));
}

const tools = [
  { name: 'NumPy', module: 'numpy', script: numpyScript },
  { name: 'PyTorch', module: 'torch', script: pytorchScript },
] as const;

describe('exported Python', function () {
  this.timeout(120_000);
  let folder: string;
  const runs = new Map<string, Run>();

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gradient-export-'));
    for (const { name, file, settings, stopAt } of cases) {
      const path = 'example' in file ? join(root, 'examples', file.example) : join(folder, file.name);
      if (!('example' in file)) writeFileSync(path, file.text);
      runs.set(name, await runJob({ file: path, settings }, ({ iteration }) => iteration === stopAt));
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  async function write(run: Run, name: string, script: (typeof tools)[number]['script']): Promise<string> {
    const files = scriptFiles(run, name);
    writeFileSync(join(folder, name), script(run, files));
    if (files.data !== null) await writeFile(join(folder, files.data), preparedFile(run));
    if (files.initial !== null) await writeFile(join(folder, files.initial), initialRows(startOf(run)));
    return join(folder, name);
  }

  for (const { name: tool, module, script } of tools) {
    describe(`in ${tool}`, () => {
      let printed: string[] = [];

      before(async function () {
        const found = pythonWith(module);
        if (!found) {
          console.log(`      SKIPPED: no python3 with ${tool} was found; set PYTHON to one. Exported ${tool} scripts are NOT tested here.`);
          return this.skip();
        }
        const scripts = [];
        for (const [k, { name }] of cases.entries()) scripts.push(await write(runs.get(name)!, `case_${k}_${module}.py`, script));
        const { status, stdout, stderr } = spawnSync(found.python, [driver, ...scripts], { encoding: 'utf8', maxBuffer: 1 << 28 });
        assert.equal(status, 0, stderr);
        printed = JSON.parse(stdout) as string[];
        console.log(`      ${tool} ${found.version}`);
      });

      for (const [k, { name }] of cases.entries()) {
        it(name, () => {
          const run = runs.get(name)!;
          const { costs, final, development, diverged } = parse(printed[k]!);
          // a run that was stopped knows the cost before the update that it did not make
          assert.equal(costs.length, run.outcome.kind === 'cancelled' ? run.iterations : run.costs.length);
          assert.ok(distance(costs, run.costs) < 1e-9, `costs: ${distance(costs, run.costs)}`);
          assert.ok(Object.is(final, run.finalCost) || distance([final], [run.finalCost]) < 1e-9, `final cost ${final} instead of ${run.finalCost}`);
          if (run.development) assert.ok(distance([development!], run.development.costs.slice(-1)) < 1e-9, 'development cost');
          assert.equal(diverged, run.outcome.kind === 'diverged' ? run.outcome.iteration : null);
        });
      }
    });
  }

  it('trains in two processes under torchrun to the same costs', async function () {
    const found = pythonWith('torch');
    if (!found) return this.skip();
    const name = 'adam, mini-batches, split, L2';
    const run = runs.get(name)!;
    const path = await write(run, 'two_processes.py', pytorchScript);
    const { status, stdout, stderr } = spawnSync(found.python, [join(root, 'test/fixtures/export/torchrun.py'), '--nproc_per_node=2', path, '1'], { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, OMP_NUM_THREADS: '1' } });
    assert.equal(status, 0, stderr);
    const { costs, final } = parse(stdout);
    assert.equal(costs.length, run.costs.length);
    assert.ok(distance(costs, run.costs) < 1e-9, `costs: ${distance(costs, run.costs)}`);
    assert.ok(distance([final], [run.finalCost]) < 1e-9);
  });
});
