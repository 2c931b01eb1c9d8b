// The ranking: by a cost that means the same for every trial, fewer dead outputs first where they are what is wrong.

import assert from 'node:assert/strict';
import { diagnose } from '../../../src/diagnosis/diagnose';
import { costCurve } from '../../../src/trials/cost-curve';
import { meanLoss, measureOf } from '../../../src/trials/measure';
import { rank } from '../../../src/trials/ranking';
import { rowOfRun, rowOfTrial } from '../../../src/trials/row';
import { tryAll } from '../../../src/trials/try-all';
import type { TrialRow } from '../../../src/trials/view';
import { matrixFromRows } from '../../../src/core/matrix';
import { blobs, curve } from '../diagnosis/support/data';
import { trained } from '../diagnosis/support/trained';
import { example, finish, remedy, runOf } from './support';

describe('comparable cost', function () {
  this.timeout(30_000);

  it('is the cost of the run itself where nothing is scaled or regularized', async () => {
    const run = await trained(example('quadratic.csv'), { split: 0.3 });
    const measure = measureOf(run);
    assert.deepEqual(measure, { loss: 'mse', on: 'development' });
    const { cost, measured } = rowOfRun(run, measure);
    assert.ok(Math.abs(cost.training / run.finalCost - 1) < 1e-12);
    assert.ok(Math.abs(cost.development! / run.development!.costs.at(-1)! - 1) < 1e-12);
    assert.equal(measured, cost.development);
  });

  it('is in the units of the file, without the L2 part, whatever the trial scales', async () => {
    const run = await trained({ data: curve((x) => 100 * x, { m: 20 }), layers: [{ units: 1, activation: 'linear' }], iterations: 30 });
    const scaled = runOf(finish(run, remedy({ normalize: { features: 'standard', target: 'standard' }, l2: 1, loss: 'mae' })));
    const byHand = scaled.samples.targets.data.reduce((sum, y, k) => sum + 0.5 * (scaled.samples.predictions.data[k]! - y) ** 2, 0) / 20;
    assert.ok(Math.abs(rowOfRun(scaled, measureOf(run)).cost.training / byHand - 1) < 1e-12);
    assert.ok(Math.abs(scaled.finalCost / byHand - 1) > 0.5, 'its own cost is another');
  });

  it('of logarithms is finite for predictions that are no probabilities, and of classes only', async () => {
    const run = await trained({ data: blobs(), layers: [{ units: 1, activation: 'sigmoid' }], loss: 'binary-cross-entropy', iterations: 30 });
    const measure = measureOf(run);
    assert.equal(measure.loss, 'binary-cross-entropy');
    assert.ok(Math.abs(rowOfRun(run, measure).cost.training / run.finalCost - 1) < 1e-9);
    const cost = meanLoss(measure, matrixFromRows([[1.2], [-0.1], [0.5]]), matrixFromRows([[1], [0], [1]]), [0, 1, 2]);
    assert.ok(Math.abs(cost - Math.LN2 / 3) < 1e-12);
    assert.ok(meanLoss(measure, matrixFromRows([[1.2]]), matrixFromRows([[0]]), [0]) > 30);
    const regression = await trained({ data: curve((x) => x), layers: [{ units: 1, activation: 'sigmoid' }], loss: 'binary-cross-entropy', iterations: 2 });
    assert.equal(measureOf(regression).loss, 'mse');
  });

  it('ends its curve where the table has it, and begins at the start', async () => {
    const run = await trained(example('penguins.csv'), { target: ['body_mass_g'], split: 0.2, iterations: 40, normalize: { target: 'standard' } });
    const measure = measureOf(run);
    const row = rowOfRun(run, measure);
    const { training, development, iterations } = costCurve(run, measure);
    assert.deepEqual([iterations[0], iterations.at(-1)], [0, 40]);
    assert.ok(Math.abs(training.at(-1)! / row.cost.training - 1) < 1e-12);
    assert.ok(Math.abs(development!.at(-1)! / row.cost.development! - 1) < 1e-12);
    // scaled back: the mse of a standardized target is in squares of its deviation
    const ratio = training[0]! / run.costs[0]!;
    assert.ok(Math.abs(row.cost.training / run.finalCost / ratio - 1) < 1e-9);
  });
});

describe('ranking', function () {
  this.timeout(60_000);

  for (const file of ['quadratic.csv', 'quadratic.gradient.json']) {
    it(`of ${file}: dead outputs gone, the cost down by 10 and more, the polynomial named`, async () => {
      const run = await trained(example(file));
      const table = tryAll(run, diagnose(run))!;
      const [first, ...others] = table.rows;
      assert.deepEqual([first!.rank, first!.dead!.count], [1, 0]);
      assert.ok(first!.times! >= 10);
      const network = table.rows.find(({ id, formula }) => id !== null && !formula)!;
      assert.equal(network.dead!.count, 0, 'the first that was trained');
      assert.ok(network.times! >= 10);
      assert.deepEqual(table.rows.find(({ id }) => id === 'polynomial')!.formula!.map(({ text }) => text), ['y = 3x² + 3x']);
      const asItIs = table.rows.find(({ id }) => id === null)!;
      assert.ok(asItIs.dead!.count > 0 && asItIs.rank > network.rank);
      assert.equal(asItIs.measured, run.finalCost);
      assert.equal(others.at(-1)!.outcome, 'diverged');
      assert.deepEqual(table.rows.map(({ rank: place }) => place), table.rows.map((_, k) => k + 1));
      assert.deepEqual(tryAll(run, diagnose(run)), table, 'the same again');
    });
  }

  it('tries each remedy once, although several findings offer it', async () => {
    const run = await trained(example('quadratic.csv'));
    const findings = diagnose(run);
    const offered = findings.flatMap(({ remedies }) => remedies.map(({ id }) => id));
    const ids = tryAll(run, findings)!.rows.flatMap(({ id }) => id ?? []);
    assert.ok(offered.length > ids.length);
    assert.deepEqual(ids.sort(), [...new Set(offered)].sort());
  });

  it('is none where no finding offers a remedy', async () => {
    const run = await trained({ data: curve((x) => x), iterations: 5 });
    assert.equal(tryAll(run, []), null);
  });

  const made = (id: string | null, measured: number, dead = 0, outcome: TrialRow['outcome'] = 'completed'): TrialRow => ({ id, label: id ?? '', why: '', outcome, reason: null, iterations: 1, cost: { training: measured, development: null }, measured, dead: { count: dead, of: 10 }, curve: null, predictions: null, deadAt: null, formula: null, keep: null });
  const base = made(null, 100, 5);
  const trials = [made('alive', 90), made('lower', 1, 2), made('worse', 200), made('diverged', 2, 0, 'diverged'), made('failed', NaN, 0, 'failed'), made('nan', NaN), made('equal', 100, 5)];
  const order = (aboutDead: boolean): (string | null)[] => rank(base, trials, aboutDead).map(({ id }) => id);

  it('puts fewer dead outputs first where they are what is wrong', () => {
    assert.deepEqual(order(true), ['alive', 'lower', 'worse', null, 'equal', 'diverged', 'nan', 'failed']);
  });

  it('goes by the cost alone where they are not', () => {
    assert.deepEqual(order(false), ['lower', 'alive', null, 'equal', 'worse', 'diverged', 'nan', 'failed']);
  });

  it('says how many times better or worse', () => {
    const said = Object.fromEntries(rank(base, [...trials, made('exact', 0), made('close', 99.9)], false).map(({ id, against }) => [id, against]));
    assert.deepEqual(said, { lower: '100× lower', alive: '1.11× lower', null: '', equal: 'the same', worse: '2× higher', diverged: 'diverged', nan: 'no finite cost', failed: 'could not be trained', exact: 'over 1,000,000× lower', close: 'the same' });
  });

  it('of a run without a finite cost puts every finite trial first', () => {
    const rows = rank(made(null, Infinity, 0, 'diverged'), [made('finite', 5)], false);
    assert.deepEqual(rows.map(({ id, against, times }) => [id, against, times]), [['finite', 'finite, unlike the run', null], [null, '', null]]);
  });

  it('keeps a trial with a development set of its own comparable: over the same samples', async () => {
    const run = await trained({ data: curve((x) => x, { m: 30, noise: 0.5 }), layers: [{ units: 4, activation: 'tanh' }, { units: 1, activation: 'linear' }], iterations: 30 });
    const measure = measureOf(run);
    const split = remedy({ split: 0.3 });
    const row = rowOfTrial(run, measure, split, finish(run, split));
    assert.ok(row.cost.development !== null);
    assert.ok(Math.abs(row.measured - (0.7 * row.cost.training + 0.3 * row.cost.development)) < 1e-12, 'all thirty samples');
  });
});
