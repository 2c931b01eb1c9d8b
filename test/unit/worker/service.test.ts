import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseExperiment } from '../../../src/experiment/file';
import type { Settings } from '../../../src/experiment/settings';
import { MAX_POINTS, type Report, type RowQuery, type TableRow } from '../../../src/protocol';
import { exportNames } from '../../../src/worker/export';
import type { FromWorker } from '../../../src/worker/messages';
import { createService } from '../../../src/worker/service';

const quadratic = join(process.cwd(), 'examples/quadratic.csv');

describe('worker service', () => {
  let folder: string;
  let answers: FromWorker[];
  let ticket: number;
  let serve: ReturnType<typeof createService>;

  before(async () => (folder = await mkdtemp(join(tmpdir(), 'gradient-service-'))));
  after(() => rm(folder, { recursive: true }));
  beforeEach(() => {
    answers = [];
    ticket = 1;
    serve = createService((message) => answers.push(message), () => ticket);
  });

  const runFile = (): string => join(folder, 'runs', 'one.run');
  async function train(file: string, settings: Settings = {}): Promise<Report> {
    await serve({ type: 'train', file, settings, runFile: runFile(), ticket: 1 });
    const last = answers.at(-1)!;
    return last.type === 'finished' ? last.report : assert.fail(JSON.stringify(last));
  }
  async function rows(query: Partial<RowQuery>): Promise<readonly TableRow[]> {
    await serve({ type: 'rows', request: 1, query: { which: 'dead', output: 0, sort: 'line', descending: false, from: 0, to: 1000, ...query } });
    const last = answers.at(-1)!;
    return last.type === 'rows' ? last.rows : assert.fail(JSON.stringify(last));
  }

  it('trains and reports what the panel shows', async () => {
    const report = await train(quadratic);
    assert.equal(report.file, 'quadratic.csv');
    assert.equal(report.verdict.severity, 'error');
    assert.equal(report.predictions.of, 20);
    assert.equal(report.points.dead[0]!.reduce((sum, dead) => sum + dead, 0), report.predictions.dead);
    assert.equal(report.cost.training.x.length, 2000);
    assert.equal(report.cost.training.y[0], report.cost.first);
  });

  it('keeps the run, and another service takes it up as it was', async () => {
    const report = await train(quadratic);
    serve = createService((message) => answers.push(message), () => 0);
    await serve({ type: 'open', runFile: runFile() });
    const last = answers.at(-1)!;
    assert.deepEqual(last.type === 'finished' && last.report, report);
  });

  it('answers with a problem where there is no such run', async () => {
    await serve({ type: 'open', runFile: join(folder, 'none.run') });
    const last = answers.at(-1)!;
    assert.ok(last.type === 'failed' && /no longer kept/.test(last.problem.what));
  });

  it('gives the dead rows with their lines, sorted as asked', async () => {
    const report = await train(quadratic);
    const byLine = await rows({});
    assert.equal(byLine.length, report.deadSamples);
    assert.ok(byLine.every(({ dead, Z, prediction }) => dead && Z <= 0 && prediction === 0));
    const byZ = await rows({ sort: 'Z', descending: true });
    assert.deepEqual(byZ.map(({ Z }) => Z), byLine.map(({ Z }) => Z).sort((a, b) => b - a));
    const all = await rows({ which: 'all', sort: { feature: 0 }, descending: true, from: 2, to: 5 });
    assert.deepEqual(all.map(({ features }) => features[0]), [17, 16, 15]);
    assert.deepEqual(all.map(({ line }) => line), [19, 18, 17]);
  });

  it('shows categories as their texts and skipped lines with their reason', async () => {
    const file = join(folder, 'mixed.csv');
    await writeFile(file, `colour,x,y\n${Array.from({ length: 30 }, (_, i) => `${['red', 'green', 'blue'][i % 3]},${i},${i === 4 ? '' : i * 2}`).join('\n')}\n`);
    const report = await train(file, { iterations: 3 });
    assert.deepEqual(report.data.skippedLines.map(({ line }) => line), [6]);
    assert.deepEqual(report.featureNames, ['colour', 'x']);
    const [first] = await rows({ which: 'all' });
    assert.deepEqual(first!.features, ['red', 0]);
  });

  it('names the columns that are not used, and why', async () => {
    const file = join(folder, 'left-out.csv');
    await writeFile(file, `name,x,rare,y\n${Array.from({ length: 30 }, (_, i) => `person ${i},${i},${i < 3 ? i : ''},${i * 2}`).join('\n')}\n`);
    const report = await train(file, { iterations: 3 });
    const finding = report.findings.find(({ rule }) => rule === 'columns-left-out');
    assert.match(finding!.message, /^2 columns are not used: "name" \(it is text.*\), "rare" \(most of its cells are empty\)\.$/);
    assert.equal(report.data.skipped, 0);
  });

  it('stops when its ticket is no longer valid, and keeps what it has', async () => {
    ticket = 2;
    const report = await train(quadratic, { iterations: 1_000_000 });
    assert.equal(report.outcome.kind, 'cancelled');
    assert.equal(report.iterations, 0);
  });

  it('reports live costs at most ten times a second, never more points than a screen shows', async () => {
    const start = performance.now();
    const report = await train(quadratic, { iterations: 60_000 });
    const progress = answers.filter((message) => message.type === 'progress');
    assert.ok(progress.length >= 1, 'some progress');
    assert.ok(progress.length <= (performance.now() - start) / 100);
    for (const { cost } of progress) assert.ok(cost.x.length <= MAX_POINTS);
    assert.equal(report.cost.training.x.length, MAX_POINTS);
  }).timeout(20_000);

  it('answers bad input with a problem and keeps the run before', async () => {
    await train(quadratic);
    await serve({ type: 'train', file: quadratic, settings: { target: ['z'] }, runFile: join(folder, 'other.run'), ticket: 1 });
    const last = answers.at(-1)!;
    assert.ok(last.type === 'failed' && last.problem.file === quadratic && last.problem.line === 1, JSON.stringify(last));
    assert.ok((await rows({})).length > 0);
  });

  it('follows one sample through the chain rule', async () => {
    await train(quadratic);
    const [row] = await rows({ sort: 'target', descending: true });
    await serve({ type: 'chain', request: 7, sample: row!.sample });
    const answer = answers.at(-1)!;
    assert.ok(answer.type === 'chain' && answer.request === 7 && answer.chain);
    assert.equal(answer.chain.line, row!.line);
    assert.deepEqual([answer.chain.target, answer.chain.prediction], [[row!.target], [0]]);
    assert.equal(answer.chain.links.find(({ stops }) => stops)?.name, "g'(Z[2])");
    await serve({ type: 'chain', request: 8, sample: 20 });
    assert.deepEqual(answers.at(-1), { type: 'chain', request: 8, chain: null });
  });

  it('goes to any moment of the run, with its rows and chains', async () => {
    const report = await train(quadratic);
    const snapshot = 60;
    const iterations = report.timeline.iterations[snapshot]!;
    await serve({ type: 'moment', request: 3, snapshot });
    const answer = answers.at(-1)!;
    assert.ok(answer.type === 'moment' && answer.request === 3 && answer.moment);
    const atMoment = await rows({ which: 'all', snapshot });
    await serve({ type: 'chain', request: 4, sample: 9, snapshot });
    const chain = answers.at(-1)!;
    await serve({ type: 'moment', request: 5, snapshot: 200 });
    assert.deepEqual(answers.at(-1), { type: 'moment', request: 5, moment: null });

    const short = await train(quadratic, { iterations });
    assert.deepEqual(answer.moment.points, { prediction: short.points.prediction, Z: short.points.Z, dead: short.points.dead });
    assert.equal(answer.moment.cost, short.cost.final);
    assert.deepEqual(atMoment, await rows({ which: 'all' }));
    await serve({ type: 'chain', request: 4, sample: 9 });
    assert.deepEqual(chain, answers.at(-1));
  });

  it('answers for a moment before anything was trained', async () => {
    await serve({ type: 'moment', request: 1, snapshot: 0 });
    assert.deepEqual(answers.at(-1), { type: 'moment', request: 1, moment: null });
  });

  it('writes exports, and warns where it cannot', async () => {
    await train(quadratic, { iterations: 20 });
    for (const as of exportNames) {
      const target = join(folder, `export.${as}`);
      await serve({ type: 'export', as, target });
      assert.deepEqual(answers.at(-1), { type: 'exported', as, files: [target] });
      assert.ok((await readFile(target, 'utf8')).length > 1000);
    }
    await serve({ type: 'export', as: 'report', target: join(folder, 'no-such-folder', 'report.html') });
    const last = answers.at(-1)!;
    assert.ok(last.type === 'warning' && /cannot be written \(ENOENT\)/.test(last.problem.what), JSON.stringify(last));
  });

  it('warns when a run or an experiment cannot be written, and has the run all the same', async () => {
    const occupied = join(folder, 'occupied');
    await writeFile(occupied, '');
    await serve({ type: 'train', file: quadratic, settings: { iterations: 3 }, runFile: join(occupied, 'a.run'), ticket: 1 });
    assert.deepEqual(answers.slice(-2).map(({ type }) => type), ['finished', 'warning']);
    assert.ok((await rows({ which: 'all' })).length > 0);
    await serve({ type: 'experiment', target: join(occupied, 'b.gradient.json') });
    const last = answers.at(-1)!;
    assert.ok(last.type === 'warning' && /cannot be written/.test(last.problem.what), JSON.stringify(last));
  });

  it('writes an experiment file that gives the same run again', async () => {
    const report = await train(quadratic, { hidden: [{ units: 5, activation: 'tanh' }], seed: 4, iterations: 50 });
    const target = join(folder, 'saved.gradient.json');
    await serve({ type: 'experiment', target });
    assert.deepEqual(answers.at(-1), { type: 'experiment', file: target });
    parseExperiment(await readFile(target, 'utf8'), target);
    const again = await train(target);
    assert.equal(again.cost.final, report.cost.final);
    assert.deepEqual(again.experiment, report.experiment);
  });
});
