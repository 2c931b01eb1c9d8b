import assert from 'node:assert/strict';
import { createEngine } from '../../../src/core/engine';
import { initialize } from '../../../src/core/initializations';
import { matrix, type Matrix } from '../../../src/core/matrix';
import type { Network } from '../../../src/core/network';
import { createRandom } from '../../../src/core/random';
import { train, type Trained, type TrainingTask } from '../../../src/training/train';

/** y = 2x + 1 on 0 … 1; of more samples than `m`, the rest lie between. */
function line(m: number): { X: Matrix; Y: Matrix } {
  const X = matrix(m, 1);
  const Y = matrix(m, 1);
  for (let s = 0; s < m; s++) {
    X.data[s] = s / m;
    Y.data[s] = 2 * X.data[s]! + 1;
  }
  return { X, Y };
}

const NETWORK: Network = { activations: ['tanh', 'linear'], loss: 'mse', l2: 0 };

function taskOf(change: Partial<TrainingTask> = {}, network = NETWORK): TrainingTask {
  const { X, Y } = line(50);
  return {
    engine: createEngine(network, initialize('he', [1, 5, 1], createRandom(1)), X, Y),
    optimizer: { name: 'sgd', learningRate: 0.1 },
    iterations: 200,
    batchSize: null,
    random: createRandom(2),
    samples: 50,
    trainingRows: null,
    developmentRows: null,
    clip: null,
    learningRateDecay: 0,
    patience: null,
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
    assert.deepEqual(tasks[0].engine.parameters.flat, tasks[1].engine.parameters.flat);
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
    assert.deepEqual(stopped.engine.parameters.flat, short.engine.parameters.flat);
  });

  it('goes back to the last parameters with a finite cost when it diverges', () => {
    const task = taskOf({ optimizer: { name: 'sgd', learningRate: 1e6 } }, { activations: ['linear', 'linear'], loss: 'mse', l2: 0 });
    const { diverged, iterations, costs, finalCost } = finish(task);
    assert.ok(diverged && !Number.isFinite(diverged.cost));
    assert.equal(iterations, diverged.iteration - 1);
    assert.equal(costs.length, diverged.iteration);
    assert.ok(Number.isFinite(finalCost));
    assert.equal(finalCost, costs.at(-1));
    assert.ok(task.engine.parameters.flat.every(Number.isFinite));
  });

  const everyOther = (rest: number): Uint32Array => Uint32Array.from({ length: 25 }, (_, k) => 2 * k + rest);
  const split = { trainingRows: everyOther(0), developmentRows: everyOther(1) };

  it('follows the cost of the development samples', () => {
    const { development } = finish(taskOf(split));
    assert.ok(development);
    assert.equal(development.iterations[0], 0);
    assert.equal(development.iterations.at(-1), 200);
    assert.ok(development.costs.at(-1)! < development.costs[0]!);
  });

  it('trains on the training samples alone', () => {
    const task = taskOf({ ...split, iterations: 1, batchSize: 10, optimizer: { name: 'sgd', learningRate: 1e-300 } });
    const { costs, finalCost } = finish(task);
    assert.equal(finalCost, task.engine.cost(split.trainingRows));
    assert.notEqual(finalCost, task.engine.cost(null));
    assert.notEqual(costs[0], finalCost);
  });

  it('stops when the development cost falls no more, at the parameters where it was lowest', () => {
    // targets of the development samples that training moves away from
    const { X, Y } = line(50);
    for (const row of split.developmentRows) Y.data[row] = 1;
    const engine = createEngine(NETWORK, initialize('he', [1, 5, 1], createRandom(1)), X, Y);
    const { stoppedEarlyAt, iterations, development, costs } = finish(taskOf({ ...split, engine, iterations: 5000, patience: 20 }));
    assert.ok(stoppedEarlyAt !== null && stoppedEarlyAt < 5000);
    assert.ok(stoppedEarlyAt - iterations >= 20);
    assert.equal(costs.length, stoppedEarlyAt);
    const lowest = Math.min(...development!.costs);
    assert.equal(development!.costs[development!.iterations.indexOf(iterations)], lowest);
    assert.equal(engine.cost(split.developmentRows), lowest);
  });

  it('shortens a gradient that is longer than the clip, and leaves a shorter one', () => {
    const step = (clip: number | null): number => {
      const task = taskOf({ iterations: 1, clip });
      const before = task.engine.parameters.flat.slice();
      finish(task);
      return Math.hypot(...task.engine.parameters.flat.map((value, p) => value - before[p]!));
    };
    const free = step(null);
    assert.ok(Math.abs(step(free) / (0.1 * free) - 1) < 1e-9, 'the step is learning rate times clip');
    assert.equal(step(1e9), free);
  });

  it('divides the learning rate by 1 + decay · epoch', () => {
    const moved = (iterations: number): number => {
      // a cost whose gradient hardly changes: the last step is proportional to its learning rate
      const make = (count: number): Float64Array => {
        const task = taskOf({ iterations: count, batchSize: 25, learningRateDecay: 1, optimizer: { name: 'sgd', learningRate: 1e-9 } });
        finish(task);
        return task.engine.parameters.flat.slice();
      };
      const [from, to] = [make(iterations - 2), make(iterations)];
      return Math.hypot(...to.map((value, p) => value - from[p]!));
    };
    // two batches an epoch: epochs 0 and 3
    assert.ok(Math.abs(moved(2) / moved(8) - 4) < 1e-3);
  });
});
