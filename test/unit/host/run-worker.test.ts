// The real worker thread behind a panel: what it answers, how it stops, and how its death is told.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunWorker, type RunWorker } from '../../../src/host/run-worker';
import type { FromWorker } from '../../../src/worker/messages';

const root = process.cwd();

describe('run worker', function () {
  this.timeout(60_000);
  let folder: string;
  let worker: RunWorker;
  let answers: FromWorker[];
  let notify: () => void;

  before(async () => (folder = await mkdtemp(join(tmpdir(), 'gradient-worker-'))));
  after(() => rm(folder, { recursive: true }));
  afterEach(() => worker.dispose());

  function start(script: string): void {
    answers = [];
    notify = () => undefined;
    worker = createRunWorker(join(root, script), (message) => {
      answers.push(message);
      notify();
    });
  }
  async function answer(type: FromWorker['type']): Promise<FromWorker> {
    for (;;) {
      const found = answers.find((message) => message.type === type);
      if (found) return found;
      await new Promise<void>((resolve) => (notify = resolve));
    }
  }
  const train = (iterations: number): void =>
    worker.train({ file: join(root, 'examples/quadratic.csv'), settings: { iterations }, runFile: join(folder, 'a.run') });

  it('trains', async () => {
    start('dist/worker.js');
    train(100);
    const finished = await answer('finished');
    assert.ok(finished.type === 'finished' && finished.report.outcome.kind === 'completed');
  });

  it('stops at once when asked to, and keeps what was trained', async () => {
    start('dist/worker.js');
    train(1_000_000_000);
    await answer('progress');
    worker.stop();
    const finished = await answer('finished');
    assert.ok(finished.type === 'finished');
    assert.equal(finished.report.outcome.kind, 'cancelled');
    assert.ok(finished.report.iterations > 0);
  });

  for (const [script, says] of [
    ['throws.js', /thread failed: on purpose/],
    ['exits.js', /ended unexpectedly \(code 3\)/],
    ['exhausts-memory.js', /ran out of memory/],
  ] as const) {
    it(`answers with a problem when its thread ${script.replace('.js', '').replace('-', ' ')}, and goes on with a new one`, async () => {
      start(`test/fixtures/workers/${script}`);
      train(1);
      const failed = await answer('failed');
      assert.ok(failed.type === 'failed' && says.test(failed.problem.what), JSON.stringify(failed));
      if (script === 'exhausts-memory.js') return; // once is slow enough
      answers = [];
      train(1);
      await answer('failed');
    });
  }
});
