// The exported scripts, run by a real Python: every cost they print is that of the run to 1e-9.

import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { numpyScript } from '../../../src/export/numpy';
import { initialRows, preparedFile, scriptFiles, startOf } from '../../../src/export/python-data';
import { pytorchScript } from '../../../src/export/pytorch';
import { runJob } from '../../../src/training/job';
import type { Run } from '../../../src/training/run';
import { cases } from './experiments';

const root = process.cwd();
const driver = join(root, 'test/fixtures/export/run.py');

/** A Python that has the module. Where scripts/test.mjs could install one, there has to be one. */
function pythonWith(module: 'numpy' | 'torch'): string | null {
  for (const python of [process.env['PYTHON'], '/usr/bin/python3', 'python3', 'python']) {
    if (python !== undefined && spawnSync(python, ['-c', `import importlib.util as u, sys; sys.exit(any(u.find_spec(name) is None for name in ("numpy", "${module}")))`]).status === 0) return python;
  }
  assert.ok(process.env['GRADIENT_DEBUGGER_PYTHON'] !== 'required', `No python3 with ${module} was found, and this machine has to test the exported scripts.`);
  console.log(`      SKIPPED: no python3 with ${module} was found; set PYTHON to one. Exported scripts that need it are NOT tested here.`);
  return null;
}

async function python(words: readonly string[], path: string): Promise<string> {
  const { stdout } = await promisify(execFile)(path, words, { maxBuffer: 1 << 28, env: { ...process.env, OMP_NUM_THREADS: '1' } });
  return stdout;
}

/** The costs that a script printed, one an iteration, and what it says about the whole. */
function parse(printed: string): { costs: number[]; final: number; development: number | null; diverged: number | null; early: number | null } {
  const number = (pattern: RegExp): number | null => {
    const found = pattern.exec(printed)?.[1];
    return found === undefined ? null : Number(found.replace('inf', 'Infinity'));
  };
  const costs = Array.from(printed.matchAll(/^iteration (\d+): cost (\S+)$/gm), ([, iteration, cost], k) => {
    assert.equal(Number(iteration), k);
    return Number(cost);
  });
  return {
    costs,
    final: number(/^final cost (\S+);/m) ?? assert.fail(printed.slice(-2000)),
    development: number(/^cost of the development samples: (\S+)$/m),
    diverged: number(/^The cost became \S+ at iteration (\d+)\.$/m),
    early: number(/^Stopped early at iteration (\d+);/m),
  };
}

/** Largest relative difference, of costs below 1e-3 to that: those that went to 0 have no digits left. */
function distance(actual: readonly number[], expected: ArrayLike<number>): number {
  return Math.max(0, ...actual.map((value, k) => Math.abs(value - expected[k]!) / Math.max(1e-3, Math.abs(expected[k]!))));
}

function assertSame(run: Run, printed: string): void {
  const { costs, final, development, diverged, early } = parse(printed);
  // a run that was stopped knows the cost before the update that it did not make
  assert.equal(costs.length, run.outcome.kind === 'cancelled' ? run.iterations : run.costs.length);
  assert.ok(distance(costs, run.costs) < 1e-9, `costs: ${distance(costs, run.costs)}`);
  assert.ok(Object.is(final, run.finalCost) || distance([final], [run.finalCost]) < 1e-9, `final cost ${final} instead of ${run.finalCost}`);
  if (run.development) {
    // at the parameters that were kept, which is not the last one taken where training stopped early
    const at = run.development.iterations.indexOf(run.iterations);
    assert.ok(distance([development!], [run.development.costs[at]!]) < 1e-9, `development cost ${development} instead of ${run.development.costs[at]}`);
  }
  assert.equal(diverged, run.outcome.kind === 'diverged' ? run.outcome.iteration : null);
  assert.equal(early, run.outcome.kind === 'stopped early' ? run.outcome.iteration : null);
}

const tools = [
  { name: 'NumPy', module: 'numpy', script: numpyScript },
  { name: 'PyTorch', module: 'torch', script: pytorchScript },
] as const;

const TWO_PROCESSES = ['adam, mini-batches, split, L2', 'stopped early, mini-batches, momentum, L2'];

describe('exported Python', function () {
  // beside other files, on two cores, PyTorch starts slowly
  this.timeout(240_000);
  let folder: string;
  const runs = new Map<string, Run>();
  /** What each tool's scripts printed, and those in two processes; started beside each other, because starting is what takes long. */
  const printed = new Map<string, Promise<string[]>>();

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gradient-export-'));
    for (const { name, file, settings, stopAt, stopsEarly } of cases) {
      const path = 'example' in file ? join(root, 'examples', file.example) : join(folder, file.name);
      if (!('example' in file)) writeFileSync(path, file.text);
      const run = await runJob({ file: path, settings }, ({ iteration }) => iteration === stopAt);
      if (stopsEarly) assert.equal(run.outcome.kind, 'stopped early', name);
      runs.set(name, run);
    }
    for (const { name: tool, module, script } of tools) {
      const path = pythonWith(module);
      if (path === null) continue;
      const scripts: string[] = [];
      for (const [k, { name }] of cases.entries()) scripts.push(await write(runs.get(name)!, `case_${k}_${module}.py`, script));
      printed.set(tool, python([driver, ...scripts], path).then((text) => JSON.parse(text) as string[]));
      if (module === 'numpy') continue;
      const torchrun = (name: string): Promise<string> => python([join(root, 'test/fixtures/export/torchrun.py'), '--nproc_per_node=2', scripts[cases.findIndex((each) => each.name === name)]!, '1'], path);
      printed.set('torchrun', (async () => [await torchrun(TWO_PROCESSES[0]!), await torchrun(TWO_PROCESSES[1]!)])());
    }
    await Promise.allSettled(printed.values());
  });
  after(() => rmSync(folder, { recursive: true }));

  async function write(run: Run, name: string, script: (typeof tools)[number]['script']): Promise<string> {
    const files = scriptFiles(run, name);
    writeFileSync(join(folder, name), script(run, files));
    if (files.data !== null) await writeFile(join(folder, files.data), preparedFile(run));
    if (files.initial !== null) await writeFile(join(folder, files.initial), initialRows(startOf(run)));
    return join(folder, name);
  }

  for (const [title, tool, names] of [['in NumPy', 'NumPy', cases.map(({ name }) => name)], ['in PyTorch', 'PyTorch', cases.map(({ name }) => name)], ['in two processes under torchrun', 'torchrun', TWO_PROCESSES]] as const) {
    describe(title, () => {
      for (const [k, name] of names.entries()) {
        it(name, async function () {
          const texts = await printed.get(tool);
          if (!texts) return this.skip();
          assertSame(runs.get(name)!, texts[k]!);
        });
      }
    });
  }
});
