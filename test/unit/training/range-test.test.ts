// The range test on problems whose largest stable learning rate is known.

import assert from 'node:assert/strict';
import { rangeTest, type RangeTest } from '../../../src/training/range-test';
import type { Run } from '../../../src/training/run';
import { curve } from '../diagnosis/support/data';
import { trained } from '../diagnosis/support/trained';

function finish(run: Run, options = {}): { result: RangeTest; steps: number } {
  const generator = rangeTest(run, options);
  let steps = 0;
  let step = generator.next();
  for (; !step.done; step = generator.next()) steps += 1;
  return { result: step.value, steps };
}

const line = [{ units: 1, activation: 'linear' as const }];

describe('learning-rate range test', function () {
  this.timeout(30_000);

  // gradient descent on a line through features of mean 0 and mean square k² is stable below 2 / k² (for k ≥ 1: the bias has 2)
  const standard = Array.from({ length: 50 }, (_, s) => (s - 24.5) / Math.sqrt((50 ** 2 - 1) / 12));
  for (const k of [1, 10, 100]) {
    it(`suggests a stable rate for features ${k} times the standard`, async () => {
      const data = { X: standard.map((x) => [k * x]), Y: standard.map((x) => [3 * x]) };
      const run = await trained({ data, layers: line, iterations: 1 });
      const { suggestion } = finish(run, { lowest: 1e-8, highest: 1e4 }).result;
      const limit = 2 / (k * k);
      assert.ok(suggestion! < limit && suggestion! > limit / 100, `${suggestion} for a limit of ${limit}`);
      const better = await trained({ data, layers: line, iterations: 100, optimizer: { name: 'sgd', learningRate: suggestion! } });
      assert.ok(better.outcome.kind === 'completed' && better.finalCost < 0.01 * better.costs[0]!);
    });
  }

  it('gives the same again, yields before every update, and ends where the cost explodes', async () => {
    const run = await trained({ data: curve((x) => 3 * x), layers: line, iterations: 10 });
    const { result, steps } = finish(run);
    assert.deepEqual(finish(run).result, result);
    assert.ok(steps < 100 && result.rates.length <= steps);
    assert.ok(result.costs.at(-1)! > 4 * Math.min(...result.costs) || result.rates.length < steps);
    assert.equal(result.start, run.costs[0]);
    assert.equal(result.rates[0], 1e-7);
    const ratios = Array.from(result.rates.slice(1), (rate, k) => rate / result.rates[k]!);
    assert.ok(ratios.every((ratio) => Math.abs(ratio / 1e8 ** (1 / 99) - 1) < 1e-9), 'evenly in the logarithm');
  });

  it('leaves the run as it is', async () => {
    const run = await trained({ data: curve((x) => 3 * x), layers: line, iterations: 10 });
    const before = run.parameters.slice();
    finish(run);
    assert.deepEqual(run.parameters, before);
  });

  it('suggests nothing where no rate makes the cost fall', async () => {
    const dead = { W: [[0]], b: [-1] };
    const run = await trained({ data: curve((x) => x * x), layers: [{ units: 1, activation: 'relu' }], parameters: [dead], iterations: 10 });
    const { suggestion, costs } = finish(run).result;
    assert.equal(suggestion, null);
    assert.ok(costs.every((cost) => cost === costs[0]));
  });

  it('smooths the costs of mini-batches', async () => {
    const experiment = { data: curve((x) => 3 * x, { m: 100, noise: 1 }), layers: line, iterations: 10 };
    const roughness = async (batchSize: number | null): Promise<number> => {
      const { costs } = finish(await trained({ ...experiment, batchSize })).result;
      const flat = costs.slice(0, 40);
      return Math.max(...flat) / Math.min(...flat);
    };
    assert.ok((await roughness(5)) < 2, 'batches of five of the very same network differ by more than that');
  });
});
