// The list of kept runs on a real disk, with the files that it lists.

import assert from 'node:assert/strict';
import { access, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunIndex } from '../../../src/host/run-index';
import { createRunStorage } from '../../../src/host/run-storage';
import { entryOf, type RunEntry } from '../../../src/host/run-entry';
import { runJob } from '../../../src/training/job';
import { reportOf } from '../../../src/worker/report';

const quadratic = join(process.cwd(), 'examples/quadratic.csv');

describe('index of runs', () => {
  let folder: string;
  let made: RunEntry;

  before(async () => {
    const run = await runJob({ file: quadratic, settings: { iterations: 300 } }, () => false);
    made = entryOf(reportOf(run, 'a.run'), { source: quadratic, settings: { iterations: 300 }, started: 1, ended: 2 });
  });
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'gradient-index-'))));
  afterEach(() => rm(folder, { recursive: true }));

  /** An entry whose run lies on the disk. */
  async function kept(name: string, ended: number, change: Partial<RunEntry> = {}): Promise<RunEntry> {
    const id = join(folder, `${name}.run`);
    await writeFile(id, name);
    await utimes(id, ended, ended);
    return { ...made, id, ended, ...change };
  }
  const names = (entries: readonly RunEntry[]): string[] => entries.map(({ id }) => id.slice(folder.length + 1, -'.run'.length));

  it('lists the newest first, also for the next window', async () => {
    const index = createRunIndex(folder);
    let changes = 0;
    index.onChange(() => changes++);
    await index.add(await kept('one', 1));
    await index.add(await kept('three', 3));
    await index.add(await kept('two', 2));
    assert.deepEqual(names(index.entries), ['three', 'two', 'one']);
    assert.ok(changes >= 3);
    const again = createRunIndex(folder);
    await again.ready;
    assert.deepEqual(again.entries, index.entries);
  });

  it('leaves out runs whose file is gone, and begins anew where its own cannot be read', async () => {
    const index = createRunIndex(folder);
    await index.add(await kept('one', 1));
    await index.add(await kept('two', 2));
    await rm(join(folder, 'two.run'));
    const again = createRunIndex(folder);
    await again.ready;
    assert.deepEqual(names(again.entries), ['one']);
    await writeFile(join(folder, 'runs.json'), '{ half');
    const empty = createRunIndex(folder);
    await empty.ready;
    assert.deepEqual(empty.entries, []);
  });

  it('keeps what another window added meanwhile', async () => {
    const [one, other] = [createRunIndex(folder), createRunIndex(folder)];
    await Promise.all([one.ready, other.ready]);
    await one.add(await kept('one', 1));
    await other.add(await kept('other', 2));
    const again = createRunIndex(folder);
    await again.ready;
    assert.deepEqual(names(again.entries), ['other', 'one']);
  });

  it('finds the last run of a file, its own before that of an experiment on it', async () => {
    const index = createRunIndex(folder);
    await index.add(await kept('experiment', 9, { source: '/x/quadratic.gradient.json' }));
    assert.equal(names([index.latestOf(quadratic)!])[0], 'experiment');
    await index.add(await kept('csv', 5));
    assert.equal(names([index.latestOf(quadratic)!])[0], 'csv');
    assert.equal(index.latestOf('/x/other.csv'), undefined);
  });

  it('deletes a run with its file, and drops those that are pruned', async () => {
    const storage = createRunStorage(folder);
    for (let k = 0; k < 53; k++) await storage.index.add(await kept(`r${k}`, 1000 + k));
    await storage.delete([join(folder, 'r52.run')]);
    await assert.rejects(access(join(folder, 'r52.run')));
    await storage.prune();
    assert.equal(storage.index.entries.length, 50);
    await assert.rejects(access(join(folder, 'r1.run')));
    assert.deepEqual(names(storage.index.entries).slice(-1), ['r2']);
    assert.equal((JSON.parse(await readFile(join(folder, 'runs.json'), 'utf8')) as { runs: unknown[] }).runs.length, 50);
  });

  it('deletes what was tried against a run with it, and what was left behind by one that is gone', async () => {
    const storage = createRunStorage(folder);
    for (const name of ['one', 'two']) {
      await storage.index.add(await kept(name, 1));
      await writeFile(join(folder, `${name}.run.trials`), name);
    }
    await writeFile(join(folder, 'gone.run.trials'), 'gone');
    await storage.delete([join(folder, 'one.run')]);
    await assert.rejects(access(join(folder, 'one.run.trials')));
    await storage.prune();
    await access(join(folder, 'two.run.trials'));
    await assert.rejects(access(join(folder, 'gone.run.trials')));
  });

  it('holds a small share of a run, and only numbers that JSON has', async () => {
    assert.ok(JSON.stringify(made).length < 4000, `${JSON.stringify(made).length} characters`);
    assert.deepEqual(JSON.parse(JSON.stringify(made)), made);
    assert.equal(made.curve.x.length, 60);
    assert.deepEqual([made.curve.x[0], made.curve.x.at(-1)], [0, 299]);
  });
});
