import assert from 'node:assert/strict';
import { initialize } from '../../../src/core/initializations';
import { matrix, type Matrix } from '../../../src/core/matrix';
import { createRandom } from '../../../src/core/random';
import { train, type Trained, type TrainingTask } from '../../../src/training/train';

function line(m: number): { X: Matrix; Y: Matrix } {
  const X = matrix(m, 1);
  const Y = matrix(m, 1);
  for (let s = 0; s < m; s++) {
    X.data[s] = s / m;
    Y.data[s] = 2 * X.data[s]! + 1;
  }
  return { X, Y };
}

function taskOf(change: Partial<TrainingTask> = {}): TrainingTask {
  return {
    network: { activations: ['tanh', 'linear'], loss: 'mse', l2: 0 },
    parameters: initialize('he', [1, 5, 1], createRandom(1)),
    optimizer: { name: 'sgd', learningRate: 0.1 },
    iterations: 200,
    batchSize: null,
    random: createRandom(2),
    ...line(50),
    development: null,
    ...change,
  };
}

function finish(task: TrainingTask, stopAt = Infinity): Trained {
  const steps = train(task);
  let step = steps.next();
  while (!step.done) step = steps.next(step.value.iteration === stopAt);
  return step.value;
}

describe('training', () => {
  it('lowers the cost, and records it before each update', () => {
    const { costs, finalCost, iterations } = finish(taskOf());
    assert.equal(costs.length, 200);
    assert.equal(iterations, 200);
    assert.ok(finalCost < costs[0]! / 10);
    assert.ok(finalCost < costs[199]!);
  });

  it('gives the same bits again', () => {
    const tasks = [taskOf({ batchSize: 7, random: createRandom(3) }), taskOf({ batchSize: 7, random: createRandom(3) })] as const;
    tasks.forEach((task) => finish(task));
    assert.deepEqual(tasks[0].parameters.flat, tasks[1].parameters.flat);
  });

  it('uses every sample once an epoch in mini-batches', () => {
    const task = taskOf({ batchSize: 20, iterations: 3, optimizer: { name: 'sgd', learningRate: 1e-300 } });
    // 20 + 20 + 10 samples: with parameters that stay, the weighted mean of the three costs is the whole cost
    const { costs, finalCost } = finish(task);
    const mean = (20 * costs[0]! + 20 * costs[1]! + 10 * costs[2]!) / 50;
    assert.ok(Math.abs(mean - finalCost) < 1e-12);
    assert.notEqual(costs[0], costs[1]);
  });

  it('keeps what was trained when it is stopped', () => {
    const stopped = taskOf();
    const { iterations, costs } = finish(stopped, 30);
    const short = taskOf({ iterations: 30 });
    finish(short);
    assert.equal(iterations, 30);
    assert.equal(costs.length, 31);
    assert.deepEqual(stopped.parameters.flat, short.parameters.flat);
  });

  it('goes back to the last parameters with a finite cost when it diverges', () => {
    const task = taskOf({ optimizer: { name: 'sgd', learningRate: 1e6 }, network: { activations: ['linear', 'linear'], loss: 'mse', l2: 0 } });
    const { diverged, iterations, costs, finalCost } = finish(task);
    assert.ok(diverged && !Number.isFinite(diverged.cost));
    assert.equal(iterations, diverged.iteration - 1);
    assert.equal(costs.length, diverged.iteration);
    assert.ok(Number.isFinite(finalCost));
    assert.equal(finalCost, costs.at(-1));
    assert.ok(task.parameters.flat.every(Number.isFinite));
  });

  it('follows the cost of the development samples', () => {
    const { development } = finish(taskOf({ development: line(9) }));
    assert.ok(development);
    assert.equal(development.iterations[0], 0);
    assert.equal(development.iterations.at(-1), 200);
    assert.ok(development.costs.at(-1)! < development.costs[0]!);
  });
});
