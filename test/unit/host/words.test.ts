// What lists, lenses, hovers and comparisons say, on runs that were made.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { compareBody } from '../../../src/host/compare-html';
import { compareRuns } from '../../../src/host/compare-runs';
import { boundNote, deadHover, deadProblem, skippedHover } from '../../../src/host/line-words';
import { entryOf, type RunEntry } from '../../../src/host/run-entry';
import { describeRun, lastRunText, number, statusText, timeText } from '../../../src/host/run-words';
import type { Settings } from '../../../src/experiment/settings';
import { runJob } from '../../../src/training/job';
import { markedLines } from '../../../src/worker/marked-lines';
import { reportOf } from '../../../src/worker/report';

const quadratic = join(process.cwd(), 'examples/quadratic.csv');

async function entry(settings: Settings, id = 'one.run'): Promise<RunEntry> {
  const run = await runJob({ file: quadratic, settings }, () => false);
  return entryOf(reportOf(run, id), { source: quadratic, settings, started: 1, ended: 2 });
}

describe('runs in words', () => {
  it('say what is dead under a ReLU output, and the cost under another', async () => {
    const relu = await entry({});
    const { dead } = relu.predictions;
    assert.ok(dead > 0);
    assert.equal(lastRunText(relu), `${dead} of 20 dead`);
    const leaky = await entry({ outputActivation: 'leaky-relu' });
    assert.equal(lastRunText(leaky), `cost ${number(leaky.cost.final)}`);
    const diverged = await entry({ outputActivation: 'linear', learningRate: 1e4 });
    assert.equal(diverged.outcome, 'diverged');
    assert.equal(lastRunText(diverged), 'diverged');
    assert.match(describeRun(diverged, 2), /^diverged · cost /);
  });

  it('tell a check from a training', async () => {
    const check = await entry({ iterations: 0 });
    assert.match(describeRun(check, 2), /^check only · .*dead · cost [\d,.]+ · \d\d:\d\d$/);
  });

  it('give the time of today, the day before that', () => {
    const now = new Date(2026, 5, 15, 18, 30).getTime();
    assert.equal(timeText(new Date(2026, 5, 15, 9, 5).getTime(), now), '09:05');
    assert.match(timeText(new Date(2026, 1, 3, 9, 5).getTime(), now), /^3 Feb, 09:05$/);
    assert.match(timeText(new Date(2024, 1, 3, 9, 5).getTime(), now), /^3 Feb 2024$/);
  });

  it('fit the status bar', () => {
    const task = { source: quadratic, iteration: 1234, iterations: 20_000, cost: 0.123456 };
    assert.equal(statusText(task, 0), '$(sync~spin) Iteration 1,234 of 20,000 · cost 0.1235');
    assert.equal(statusText({ ...task, iterations: 0, cost: null }, 1), '$(sync~spin) Reading… (+1)');
  });
});

describe('marked lines in words', () => {
  it('give Z, prediction, target and the reason', async () => {
    const lines = markedLines(await runJob({ file: quadratic, settings: {} }, () => false));
    const line = lines.dead.find(({ outputs }) => outputs[0]!.target > 0)!;
    const [output] = line.outputs;
    assert.equal(deadProblem(line, 2), `Dead output: Z[2] = ${number(output!.Z)}, so A[2] = 0 and dZ[2] = 0 (target ${number(output!.target)}).`);
    const hover = deadHover(line, 2);
    assert.ok(hover.includes(`| ${number(output!.Z)} | **0** | ${number(output!.target)} |`), hover);
    assert.match(hover, /learns nothing from this sample/);
    const right = lines.dead.find(({ outputs }) => outputs[0]!.target === 0)!;
    assert.match(deadHover(right, 2), /this one is right/);
    assert.equal(boundNote(lines), null);
    assert.equal(boundNote({ ...lines, ofDead: 54_321 }), `Only the first ${lines.dead.length} of 54,321 dead lines are marked. The panel of the run has them all.`);
  });

  it('show what stands in a file as it stands there, whatever it is', () => {
    const hover = skippedHover('"[x](command:evil) <b>`*" is no number');
    assert.ok(!hover.includes('[x](') && !hover.includes('<b>'), hover);
  });
});

describe('two runs side by side', () => {
  it('name the settings that differ, and which came out better', async () => {
    const [relu, leaky] = [await entry({}), await entry({ outputActivation: 'leaky-relu', seed: 8 }, 'two.run')];
    const { settings, outcome, check, costsCompare } = compareRuns(relu, leaky);
    assert.deepEqual(settings.map(({ name, values }) => [name, ...values]), [['seed', '7', '8'], ['output layer', '1 relu', '1 leaky-relu']]);
    assert.ok(costsCompare);
    const dead = outcome.find(({ name }) => name === 'Dead outputs')!;
    assert.deepEqual([dead.values[1], dead.better], ['no ReLU output', 1]);
    const cost = outcome.find(({ name }) => name === 'Final cost')!;
    assert.equal(cost.better, leaky.cost.final! < relu.cost.final! ? 1 : 0);
    assert.deepEqual(check.map(({ name }) => name), ['All layers', 'dW[1]', 'db[1]', 'dW[2]', 'db[2]']);
  });

  it('call no cost better where the costs are not of the same thing', async () => {
    const { costsCompare, outcome } = compareRuns(await entry({ loss: 'mae' }), await entry({}));
    assert.ok(!costsCompare);
    assert.equal(outcome.find(({ name }) => name === 'Final cost')!.better, null);
  });

  it('make a page in which texts of files stay texts', async () => {
    const one = await entry({});
    const html = compareBody({ ...one, source: '/a/<img src=x>.csv', verdict: { severity: 'error', text: '"<script>&' } }, { ...one, id: 'two.run' }, 2);
    assert.ok(!html.includes('<img') && !html.includes('<script'), html);
    assert.equal(html.match(/<polyline/g)!.length, 2);
    assert.match(html, /nothing differs/);
  });
});
