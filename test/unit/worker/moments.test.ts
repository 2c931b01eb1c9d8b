// A run moved to one of its snapshots is, to the bit, what a shorter run ends with.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createChainSource } from '../../../src/diagnosis/sample-chain';
import { MAX_POINTS, type RowQuery } from '../../../src/protocol';
import type { Run } from '../../../src/training/run';
import { createMoments } from '../../../src/worker/moments';
import { reportOf } from '../../../src/worker/report';
import { createRowSource } from '../../../src/worker/rows';
import { timelineOf } from '../../../src/worker/timeline';
import { curve, threeBlobs } from '../diagnosis/support/data';
import { trained } from '../diagnosis/support/trained';

const quadratic = join(process.cwd(), 'examples/quadratic.gradient.json');
const query = (change: Partial<RowQuery>): RowQuery => ({ which: 'all', output: 0, sort: 'line', descending: false, from: 0, to: 1000, ...change });

/** The same experiment, ended at a snapshot of the run. */
const shorter = (experiment: Parameters<typeof trained>[0], run: Run, snapshot: number): Promise<Run> => trained(experiment, { iterations: run.history.iterations[snapshot]! });

describe('moments of a run', () => {
  const classes = { data: threeBlobs(), layers: [{ units: 4, activation: 'tanh' as const }, { units: 3, activation: 'softmax' as const }], loss: 'cross-entropy' as const, split: 0.2, batchSize: 16, iterations: 400 };
  const scaled = { data: curve((x) => 100 + 20 * x), layers: [{ units: 4, activation: 'relu' as const }, { units: 1, activation: 'relu' as const }], normalize: { features: 'standard' as const, target: 'scale' as const }, l2: 0.3, iterations: 300 };

  for (const [name, experiment] of [['the quadratic example', quadratic], ['three classes in mini-batches', classes], ['scaled values with L2', scaled]] as const) {
    it(`are what a shorter run ends with: ${name}`, async () => {
      const run = await trained(experiment);
      const moments = createMoments(run);
      // back and forth, so that nothing of one moment is left in another
      for (const snapshot of [0, 90, 3, 150]) {
        const short = await shorter(experiment, run, snapshot);
        const end = reportOf(short, '');
        assert.deepEqual(moments.moment(snapshot), {
          snapshot,
          iteration: short.iterations,
          cost: short.finalCost,
          predictions: end.predictions,
          deadSamples: end.deadSamples,
          points: { prediction: end.points.prediction, Z: end.points.Z, dead: end.points.dead },
        });
        for (const change of [{}, { which: 'dead' }, { sort: 'prediction', descending: true, from: 3, to: 9 }] as const) {
          assert.deepEqual(moments.rows(query({ ...change, snapshot })), createRowSource(short)(query(change)));
        }
        for (const sample of [0, 7]) assert.deepEqual(moments.chain(sample, snapshot), createChainSource(short)(sample));
      }
      assert.notDeepEqual(moments.moment(0)!.points, moments.moment(150)!.points);
      assert.notDeepEqual(moments.chain(7, 0), moments.chain(7, 150));
    });
  }

  it('without a snapshot are the end, which the last snapshot is too', async () => {
    const run = await trained(quadratic);
    const moments = createMoments(run);
    const last = run.history.iterations.length - 1;
    assert.deepEqual(moments.rows(query({})), createRowSource(run)(query({})));
    assert.deepEqual(moments.rows(query({ snapshot: last })), moments.rows(query({})));
    assert.deepEqual(moments.rows(query({ descending: true })), moments.rows(query({})).reverse());
    assert.deepEqual(moments.chain(2), createChainSource(run)(2));
    assert.deepEqual(moments.chain(2, last), moments.chain(2));
    assert.equal(moments.moment(last)!.cost, run.finalCost);
  });

  it('are none where there is no such snapshot or sample', async () => {
    const moments = createMoments(await trained(quadratic, { iterations: 0 }));
    for (const snapshot of [-1, 1, 0.5, NaN]) {
      assert.equal(moments.moment(snapshot), null);
      assert.deepEqual(moments.rows(query({ snapshot })), []);
      assert.equal(moments.chain(0, snapshot), null);
    }
    assert.equal(moments.moment(0)!.iteration, 0);
    assert.equal(moments.chain(20, 0), null);
  });

  it('of many samples are thinned as the charts are', async () => {
    const run = await trained({ data: curve((x) => x, { m: 5000 }), layers: [{ units: 1, activation: 'linear' }], iterations: 3 });
    const moment = createMoments(run).moment(1)!;
    assert.equal(moment.points.prediction[0]!.length, MAX_POINTS);
    assert.equal(moment.predictions.of, 5000);
  });

  it('of a run that diverged are finite up to the last', async () => {
    const run = await trained({ data: curve((x) => 50 * x, { low: 0, high: 100 }), layers: [{ units: 3, activation: 'linear' }, { units: 1, activation: 'linear' }], optimizer: { name: 'sgd', learningRate: 1 }, iterations: 500 });
    assert.equal(run.outcome.kind, 'diverged');
    const moments = createMoments(run);
    const { iterations, marks } = timelineOf(run);
    assert.equal(iterations.at(-1), run.iterations);
    for (const snapshot of iterations.keys()) assert.ok(Number.isFinite(moments.moment(snapshot)!.cost));
    assert.deepEqual(marks.at(-1)!.kind, 'diverged');
    assert.equal(marks.at(-1)!.snapshot, iterations.length - 1);
  });
});

describe('timeline of a run', () => {
  it('has what is known of each snapshot, its marks, and its memory', async () => {
    const run = await trained(quadratic);
    const timeline = timelineOf(run);
    const moments = createMoments(run);
    assert.equal(timeline.complete, true);
    assert.equal(timeline.predictions, 20);
    for (const snapshot of [0, 40, 199]) {
      const { iteration, predictions } = moments.moment(snapshot)!;
      assert.equal(timeline.iterations[snapshot], iteration);
      assert.equal(timeline.deadOutputs[snapshot], predictions.dead);
    }
    assert.ok(timeline.marks.length > 0 && timeline.marks.every(({ snapshot, iteration }) => timeline.iterations[snapshot] === iteration));
    // 49 parameters; iteration, cost, dead outputs; three statistics of two layers
    assert.equal(timeline.bytes, 8 * 200 * (49 + 3 + 6));
  });

  it('says where its numbers are of some samples only', async () => {
    const split = await trained({ data: curve((x) => x), layers: [{ units: 1, activation: 'linear' }], split: 0.2, iterations: 3 });
    assert.equal(timelineOf(split).complete, false);
    assert.equal(timelineOf(split).predictions, 48);
  });

  it('is one snapshot for a run without an update', async () => {
    const { iterations, marks } = timelineOf(await trained(quadratic, { iterations: 0 }));
    assert.deepEqual(Array.from(iterations), [0]);
    assert.ok(marks.every(({ snapshot }) => snapshot === 0));
  });

  it('ends with the parameters that patience kept, and knows nothing of what came after', async () => {
    const run = await trained({ data: curve((x) => Math.sin(3 * x), { m: 12, noise: 0.5 }), layers: [{ units: 12, activation: 'tanh' }, { units: 1, activation: 'linear' }], optimizer: { name: 'adam', learningRate: 0.05 }, split: 0.4, earlyStop: { patience: 100 }, iterations: 3000 });
    assert.ok(run.outcome.kind === 'stopped early' && run.outcome.iteration > run.iterations, JSON.stringify(run.outcome));
    const { iterations, cost, deadOutputs, marks } = timelineOf(run);
    assert.ok(iterations.every((value, k) => k === 0 || value > iterations[k - 1]!), 'ascending');
    assert.equal(iterations.at(-1), run.iterations);
    assert.deepEqual([cost.length, deadOutputs.length], [iterations.length, iterations.length]);
    assert.ok(marks.every(({ iteration }) => iteration <= run.iterations));
    assert.deepEqual(createMoments(run).moment(iterations.length - 1)!.points.prediction, reportOf(run, '').points.prediction);
  });
});
