import assert from 'node:assert/strict';
import { join } from 'node:path';
import { samplesAt } from '../../../src/training/predict';
import { tensorsOf } from '../../../src/training/tensors';
import { curve } from '../diagnosis/support/data';
import { trained } from '../diagnosis/support/trained';

const quadratic = join(process.cwd(), 'examples/quadratic.gradient.json');

describe('a run at its snapshots', () => {
  it('ends as the run does', async () => {
    const run = await trained(quadratic);
    assert.deepEqual(samplesAt(run, run.history.iterations.length - 1), run.samples);
    assert.deepEqual(tensorsOf(run, run.history.iterations.length - 1), tensorsOf(run));
  });

  it('is what a shorter run ends with, in the units of the file', async () => {
    const experiment = { data: curve((x) => 100 + 20 * x), layers: [{ units: 4, activation: 'tanh' as const }, { units: 1, activation: 'linear' as const }], normalize: { features: 'standard' as const, target: 'standard' as const }, split: 0.2 };
    const run = await trained({ ...experiment, iterations: 300 });
    const short = await trained({ ...experiment, iterations: run.history.iterations[60]! });
    assert.deepEqual(samplesAt(run, 60), short.samples);
    assert.deepEqual(tensorsOf(run, 60), tensorsOf(short));
    assert.notDeepEqual(samplesAt(run, 0).predictions, run.samples.predictions);
  });

  it('counts as many dead outputs as the history says', async () => {
    const run = await trained(quadratic);
    for (const k of [0, 20, 100, 150]) {
      assert.equal(samplesAt(run, k).Z.data.filter((z) => z <= 0).length, run.history.deadOutputs[k]);
    }
  });
});
