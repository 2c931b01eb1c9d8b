// What the worker does beside a run: trials, keeping one, the range test and the learning curve, without a thread.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../../src/experiment/settings';
import type { LearningCurveState, RangeTestState, Trials } from '../../../src/protocol';
import { runJob } from '../../../src/training/job';
import { createHeldRuns } from '../../../src/worker/held-runs';
import type { FromWorker } from '../../../src/worker/messages';
import { readRun } from '../../../src/worker/run-file';
import { createService } from '../../../src/worker/service';
import { trialsFile } from '../../../src/worker/trials-file';

const quadratic = join(process.cwd(), 'examples/quadratic.csv');

describe('beside a run', function () {
  this.timeout(60_000);
  let folder: string;
  let answers: FromWorker[];
  let serve: ReturnType<typeof createService>;

  before(async () => (folder = await mkdtemp(join(tmpdir(), 'gradient-beside-'))));
  after(() => rm(folder, { recursive: true }));
  beforeEach(() => begin());

  function begin(): void {
    answers = [];
    serve = createService((message) => answers.push(message), () => 1);
  }
  const file = (name: string): string => join(folder, `${name}.run`);
  const train = (settings: Settings = {}, name = 'a'): Promise<void> => serve({ type: 'train', file: quadratic, settings, runFile: file(name), ticket: 1 });
  const last = <T extends FromWorker['type']>(type: T): Extract<FromWorker, { type: T }> => (answers.filter((message) => message.type === type).at(-1) as Extract<FromWorker, { type: T }>) ?? assert.fail(`no ${type}`);
  const trials = (): Trials => last('trials').trials;
  const ids = (state: Trials): (string | null)[] => (state.kind === 'none' ? [] : (state.table?.rows.map(({ id }) => id) ?? []));

  it('offers the remedies of the findings, each once', async () => {
    await train();
    const { beside, report } = last('finished');
    assert.equal(beside.trials.kind, 'none');
    assert.deepEqual(new Set(beside.trials.offered.map(({ id }) => id)), new Set(report.findings.flatMap(({ remedies }) => remedies.map(({ id }) => id))));
  });

  it('tries one after the other and ranks them', async () => {
    await train();
    await serve({ type: 'try', remedies: ['output-linear-scaled', 'polynomial', 'output-linear', 'no such remedy'] });
    const states = answers.flatMap((message) => (message.type === 'trials' ? [message.trials] : []));
    assert.deepEqual(states.map((state) => (state.kind === 'trying' ? [state.now.id, state.waiting.length, ids(state).length] : state.kind)), [['output-linear-scaled', 2, 0], ['polynomial', 1, 2], ['output-linear', 0, 3], 'tried']);
    assert.deepEqual(ids(trials()), ['polynomial', 'output-linear-scaled', null, 'output-linear']);
    assert.ok(answers.every((message) => message.type !== 'trials' || message.runFile === file('a')));
  });

  it('trains nothing twice', async () => {
    await train();
    await serve({ type: 'try', remedies: ['seed-8'] });
    answers = [];
    await serve({ type: 'try', remedies: ['seed-8'] });
    assert.deepEqual(answers, []);
  });

  it('reports how far a trial is, and answers about the run meanwhile', async () => {
    await train({ iterations: 200_000 });
    const trying = serve({ type: 'try', remedies: ['output-leaky-relu'] });
    while (!answers.some(({ type }) => type === 'trial-progress')) await new Promise((resolve) => setTimeout(resolve, 5));
    await serve({ type: 'rows', request: 1, query: { which: 'all', output: 0, sort: 'line', descending: false, from: 0, to: 3 } });
    assert.equal(last('rows').rows.length, 3);
    assert.equal(trials().kind, 'trying', 'it goes on');
    await trying;
    const progress = answers.flatMap((message) => (message.type === 'trial-progress' ? [message] : []));
    assert.ok(progress.length >= 1 && progress.every(({ id, iteration, iterations }) => id === 'output-leaky-relu' && iteration < iterations && iterations === 200_000));
    assert.equal(trials().kind, 'tried');
  });

  it('stops at once, keeps what is finished, and goes on with what is asked for then', async () => {
    await train({ iterations: 200_000 });
    const trying = serve({ type: 'try', remedies: ['polynomial', 'output-leaky-relu', 'output-swish'] });
    const finished = (): number => answers.filter((message) => message.type === 'trials' && message.trials.kind === 'trying' && ids(message.trials).length === 2).length;
    while (finished() === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await serve({ type: 'stop-trials' });
    assert.deepEqual([trials().kind, ids(trials())], ['tried', ['polynomial', null]]);
    const stopped = answers.length;
    await trying;
    assert.equal(answers.length, stopped, 'nothing came after it');
    await serve({ type: 'try', remedies: ['clip-1'] });
    assert.ok(ids(trials()).includes('clip-1') && !ids(trials()).includes('output-swish'));
  });

  it('is forgotten with a new run, even in the middle', async () => {
    await train({ iterations: 200_000 });
    const trying = serve({ type: 'try', remedies: ['output-leaky-relu', 'output-swish'] });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await train({ iterations: 50 }, 'b');
    await trying;
    const { beside } = last('finished');
    assert.equal(beside.trials.kind, 'none');
    const after = answers.slice(answers.indexOf(last('finished')) + 1);
    assert.deepEqual(after.map(({ type }) => type), []);
  });

  for (const [how, reopened] of [['from memory', false], ['trained again after a reload', true]] as const) {
    it(`keeps a trial with the bits that were tried, ${how}`, async () => {
      await train();
      await serve({ type: 'try', remedies: ['learning-rate-divided-by-10'] });
      const before = trials();
      const row = before.kind === 'tried' ? before.table.rows.find(({ id }) => id === 'learning-rate-divided-by-10')! : assert.fail();
      if (reopened) {
        begin();
        await serve({ type: 'open', runFile: file('a') });
        assert.deepEqual(last('finished').beside.trials, before);
      }
      await serve({ type: 'keep', remedy: 'learning-rate-divided-by-10', runFile: file('kept'), ticket: 1 });
      const { report, beside } = last('finished');
      assert.equal(report.id, file('kept'));
      assert.equal(report.cost.final, row.measured);
      assert.equal(report.experiment.optimizer.learningRate, 0.00075);
      assert.equal(beside.trials.kind, 'none');
      const kept = (await readRun(file('kept')))!;
      const again = await runJob({ file: quadratic, settings: row.keep! }, () => false);
      assert.deepEqual(kept.parameters, again.parameters);
      assert.deepEqual(kept.experiment, again.experiment);
    });
  }

  it('keeps nothing that was not tried, nor a formula', async () => {
    await train();
    await serve({ type: 'try', remedies: ['polynomial'] });
    for (const remedy of ['seed-8', 'polynomial', 'no such remedy']) {
      await serve({ type: 'keep', remedy, runFile: file('none'), ticket: 1 });
      const failed = last('failed');
      assert.ok(failed.runFile === file('none') && /no run of this remedy/.test(failed.problem.what));
      answers = answers.filter(({ type }) => type !== 'failed');
    }
  });

  it('tests the range of learning rates, and tries what it suggests', async () => {
    await train();
    await serve({ type: 'range-test' });
    const { rangeTest } = last('range-test') as { rangeTest: Extract<RangeTestState, { kind: 'done' }> };
    assert.equal(rangeTest.kind, 'done');
    const { suggestion, current, text } = rangeTest;
    assert.ok(suggestion!.rate < current && text.includes(String(suggestion!.rate)));
    await serve({ type: 'try', remedies: [suggestion!.remedy!] });
    const state = trials();
    const row = state.kind === 'tried' ? state.table.rows.find(({ id }) => id === suggestion!.remedy) : undefined;
    assert.ok(row!.times! > 1, 'lower than with the rate of the run');
    begin();
    await serve({ type: 'open', runFile: file('a') });
    assert.deepEqual(last('finished').beside.rangeTest, rangeTest, 'kept on disk');
    await serve({ type: 'keep', remedy: suggestion!.remedy!, runFile: file('rate'), ticket: 1 });
    assert.equal(last('finished').report.experiment.optimizer.learningRate, suggestion!.rate);
  });

  it('draws the learning curve with its reading', async () => {
    await train({ iterations: 100 });
    await serve({ type: 'learning-curve' });
    const states = answers.flatMap((message) => (message.type === 'learning-curve' ? [message.learningCurve] : []));
    assert.equal(states[0]!.kind, 'running');
    const done = states.at(-1) as Extract<LearningCurveState, { kind: 'done' }>;
    assert.deepEqual(done.points.map(({ samples }) => samples), [2, 4, 8, 16]);
    assert.ok(done.reading.text.length > 20);
  });

  it('does one thing after the other', async () => {
    await train({ iterations: 5000 });
    await Promise.all([serve({ type: 'learning-curve' }), serve({ type: 'try', remedies: ['seed-8'] }), serve({ type: 'range-test' })]);
    const ends = answers.flatMap((message) => {
      if (message.type === 'learning-curve' && message.learningCurve.kind === 'done') return ['learning curve'];
      if (message.type === 'range-test' && message.rangeTest.kind === 'done') return ['range test'];
      return message.type === 'trials' && message.trials.kind === 'trying' ? ['trial'] : [];
    });
    assert.deepEqual(ends, ['learning curve', 'trial', 'range test']);
  });

  it('begins anew where what was kept cannot be read', async () => {
    await train();
    await writeFile(trialsFile(file('a')), 'no such thing');
    begin();
    await serve({ type: 'open', runFile: file('a') });
    assert.equal(last('finished').beside.trials.kind, 'none');
  });

  it('holds runs in memory as long as there is room', async () => {
    const run = await runJob({ file: quadratic, settings: { iterations: 5 } }, () => false);
    const held = createHeldRuns(5000);
    held.put('one', run);
    held.put('two', run);
    assert.deepEqual([held.get('one'), held.get('two')], [run, null]);
  });
});
