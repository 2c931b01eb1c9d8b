import assert from 'node:assert/strict';
import { learningCurve, type LearningPoint, type LearningProgress } from '../../../src/training/learning-curve';
import type { Run } from '../../../src/training/run';
import { readLearningCurve } from '../../../src/diagnosis/learning-curve';
import { curve, surface } from '../diagnosis/support/data';
import { trained } from '../diagnosis/support/trained';

function finish(run: Run, options = {}): { points: LearningPoint[]; progress: LearningProgress[] } {
  const steps = learningCurve(run, options);
  const progress: LearningProgress[] = [];
  let step = steps.next();
  while (!step.done) {
    progress.push(step.value);
    step = steps.next();
  }
  return { points: step.value, progress };
}

const network = (units: number): { units: number; activation: 'relu' | 'linear' }[] => [{ units, activation: 'relu' }, { units, activation: 'relu' }, { units: 1, activation: 'linear' }];
const adam = { name: 'adam', learningRate: 0.01 } as const;

describe('learning curve', function () {
  this.timeout(30_000);

  it('of a large network with noisy data: far apart, and says variance', async () => {
    const run = await trained({ data: surface(5, ([a]) => a!, { m: 60, noise: 0.4 }), layers: network(24), optimizer: adam, iterations: 300, split: 0.3 });
    const { points } = finish(run);
    assert.deepEqual(points.map(({ samples }) => samples), [5, 11, 21, 42]);
    assert.ok(points.every(({ training, development }) => development > 2 * training));
    assert.equal(readLearningCurve(points, 0.25).kind, 'variance');
  });

  it('of a line through a sine: together and high, and says bias', async () => {
    const run = await trained({ data: curve((x) => Math.sin(3 * x), { low: -3, high: 3, m: 160 }), layers: [{ units: 1, activation: 'linear' }], optimizer: { name: 'sgd', learningRate: 0.1 }, iterations: 300, split: 0.25 });
    const { points } = finish(run);
    const { kind, text } = readLearningCurve(points, 0.25);
    assert.equal(kind, 'bias', text);
  });

  it('of enough samples and units: together and low', async () => {
    const run = await trained({ data: curve(Math.sin, { low: -3, high: 3, m: 200, noise: 0.02 }), layers: network(12), optimizer: adam, iterations: 400, split: 0.25 });
    const { points } = finish(run);
    assert.ok(points[0]!.development > points.at(-1)!.development);
    assert.equal(readLearningCurve(points, 0.25).kind, 'balanced', JSON.stringify(points));
  });

  it('sets samples aside where the experiment does not, and gives the same points again', async () => {
    const run = await trained({ data: curve((x) => x), layers: network(4), optimizer: adam, iterations: 50 });
    const { points, progress } = finish(run, { shares: [0.5, 1], iterations: 20 });
    assert.deepEqual(points.map(({ samples }) => samples), [24, 48]);
    assert.equal(progress.length, 40);
    assert.ok(progress.every(({ done }, k) => done >= (progress[k - 1]?.done ?? 0) && done < 1));
    assert.deepEqual(finish(run, { shares: [0.5, 1], iterations: 20 }).points, points);
  });

  it('stops when it is told to, with the points so far', async () => {
    const run = await trained({ data: curve((x) => x), layers: network(4), optimizer: adam, iterations: 50 });
    const steps = learningCurve(run, { shares: [0.5, 1], iterations: 10 });
    for (let k = 0; k < 12; k++) assert.equal(steps.next().done, false);
    const { done, value } = steps.next(true);
    assert.equal(done, true);
    assert.equal((value).length, 1);
  });
});
