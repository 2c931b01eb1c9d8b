import assert from 'node:assert/strict';
import { createEngine } from '../../../src/core/engine';
import { initialize } from '../../../src/core/initializations';
import { matrix } from '../../../src/core/matrix';
import type { Network } from '../../../src/core/network';
import { parametersFrom, unitsOf, type Parameters } from '../../../src/core/parameters';
import { createRandom } from '../../../src/core/random';
import { MAX_BYTES, MAX_SAMPLES, MAX_SNAPSHOTS, snapshotIterations } from '../../../src/training/history';
import { train, type Trained, type TrainingTask } from '../../../src/training/train';

const NETWORK: Network = { activations: ['relu', 'relu'], loss: 'mse', l2: 0.1 };

interface Change extends Partial<Omit<TrainingTask, 'engine'>> {
  readonly network?: Network;
  readonly parameters?: Parameters;
  /** Every feature instead of values between -1 and 1. */
  readonly x?: number;
}

/** The first `m` samples train; the development samples, if any, are beside them. */
function taskOf(m: number, units: number, { network = NETWORK, parameters, x, ...change }: Change = {}): TrainingTask {
  const random = createRandom(1);
  const X = matrix(m, 1);
  const Y = matrix(m, 1);
  for (let s = 0; s < m; s++) {
    X.data[s] = (2 * s) / m - 1;
    Y.data[s] = X.data[s]! ** 2;
    X.data[s] = x ?? X.data[s]!;
  }
  return {
    network,
    engine: createEngine(network, parameters ?? initialize('he', [1, units, 1], random), X, Y),
    optimizer: { name: 'sgd', learningRate: 0.05 },
    iterations: 1000,
    batchSize: null,
    random,
    X,
    Y,
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

const close = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) <= 1e-12 * Math.max(1, Math.abs(expected)), `${actual} instead of ${expected}`);

describe('moments of snapshots', () => {
  it('are all of a short run', () => assert.deepEqual(snapshotIterations(5, 199), [0, 1, 2, 3, 4]));

  for (const total of [200, 2000, 60_000, 1_000_000]) {
    it(`of ${total} iterations are dense at the beginning and reach the end`, () => {
      const at = snapshotIterations(total, 199);
      assert.ok(at.length <= 199 && at.length > 150, `${at.length} moments`);
      assert.deepEqual(at.slice(0, 10), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      const steps = at.slice(1).map((value, k) => value - at[k]!);
      assert.ok(steps.every((step, k) => step >= 1 && (k === 0 || step >= steps[k - 1]! - 1)), 'never denser later');
      assert.ok(at.at(-1)! < total && at.at(-1)! > 0.8 * total, `the last is ${at.at(-1)}`);
    });
  }

  it('are at least the first, however few fit', () => assert.deepEqual(snapshotIterations(1000, 1), [0]));
});

describe('history of a run', () => {
  it('holds the parameters that a shorter run ends with', () => {
    const task = taskOf(20, 4);
    const { history, iterations } = finish(task);
    const size = task.engine.parameters.flat.length;
    assert.equal(history.iterations[0], 0);
    assert.equal(history.iterations.at(-1), iterations);
    assert.ok(history.iterations.length <= MAX_SNAPSHOTS);
    assert.deepEqual(history.parameters.subarray(-size), task.engine.parameters.flat);
    for (const k of [0, 5, 100]) {
      const short = taskOf(20, 4, { iterations: history.iterations[k]! });
      finish(short);
      assert.deepEqual(history.parameters.subarray(k * size, (k + 1) * size), short.engine.parameters.flat);
    }
  });

  it('has the cost before each update, and the norms of dW and of the step', () => {
    const task = taskOf(20, 4);
    const { history, costs } = finish(task);
    const units = unitsOf(task.engine.parameters);
    const size = task.engine.parameters.flat.length;
    for (const k of [0, 3, 50]) {
      close(history.cost[k]!, costs[history.iterations[k]!]!);
      const parameters = parametersFrom(units, history.parameters.slice(k * size, (k + 1) * size));
      const engine = createEngine(task.network, parameters, task.X, task.Y);
      engine.costAndGradients(null);
      history.layers.forEach(({ gradientNorm, updateRatio }, l) => {
        const norm = Math.hypot(...engine.gradients.layers[l]!.W.data);
        close(gradientNorm[k]!, norm);
        assert.ok(Math.abs(updateRatio[k]! / ((0.05 * norm) / Math.hypot(...parameters.layers[l]!.W.data)) - 1) < 1e-9);
      });
    }
    assert.ok(Number.isNaN(history.layers[0]!.updateRatio.at(-1)));
  });

  it('counts dead outputs and dead units', () => {
    const task = taskOf(20, 2, { iterations: 3, optimizer: { name: 'sgd', learningRate: 1e-9 } });
    // unit 1 is alive for x > 0 only, unit 2 never; the output is alive where unit 1 is above 0.5
    task.engine.parameters.flat.set([1, 0, 0, -1, 1, 1, -0.5]);
    const { history } = finish(task);
    assert.equal(history.deadOutputs[0], task.X.data.filter((x) => Math.max(0, x) - 0.5 <= 0).length);
    assert.deepEqual(Array.from(history.layers[0]!.inactive), [0.5, 0.5, 0.5, 0.5]);
    assert.deepEqual(Array.from(history.layers[1]!.inactive), [0, 0, 0, 0]);
  });

  it('counts saturated units', () => {
    const task = taskOf(20, 2, { network: { activations: ['tanh', 'linear'], loss: 'mse', l2: 0 }, iterations: 0 });
    task.engine.parameters.flat.set([0.1, 0.1, 0, 9, 1, 1, 0]);
    assert.deepEqual(Array.from(finish(task).history.layers[0]!.inactive), [0.5]);
  });

  it('follows the development samples', () => {
    const part = (rest: number): Uint32Array => Uint32Array.from({ length: 10 }, (_, k) => 2 * k + rest);
    const { history } = finish(taskOf(20, 4, { trainingRows: part(0), developmentRows: part(1) }));
    assert.equal(history.development!.length, history.iterations.length);
    assert.ok(history.development!.at(-1)! < history.development![0]!);
  });

  it('ends where a run is stopped', () => {
    const { history } = finish(taskOf(20, 4), 30);
    assert.deepEqual(Array.from(history.iterations), Array.from({ length: 31 }, (_, k) => k));
  });

  it('ends with the last parameters of finite cost', () => {
    const task = taskOf(20, 4, { optimizer: { name: 'sgd', learningRate: 1e4 }, network: { activations: ['linear', 'linear'], loss: 'mse', l2: 0 } });
    const { history, diverged, iterations } = finish(task);
    assert.ok(diverged);
    assert.equal(history.iterations.at(-1), iterations);
    assert.ok(history.parameters.every(Number.isFinite));
  });

  it('stays within its bytes and samples', () => {
    const { history } = finish(taskOf(600, 8000, { iterations: 100_000, batchSize: 1 }), 3);
    assert.equal(history.samples, 128);
    assert.equal(finish(taskOf(600, 2, { iterations: 3 })).history.samples, MAX_SAMPLES);
    const size = 3 * 8000 + 1;
    const most = Math.floor(MAX_BYTES / (8 * size));
    assert.ok(most < MAX_SNAPSHOTS);
    assert.equal(history.parameters.length, 4 * size);
  });
});

describe('the first number that is not finite', () => {
  const origin = (task: TrainingTask): NonNullable<Trained['diverged']>['origin'] => finish(task).diverged!.origin;

  it('is Z where the parameters overflow it', () => {
    const task = taskOf(5, 1, { network: { activations: ['linear', 'linear'], loss: 'mse', l2: 0 } });
    task.engine.parameters.flat.set([1e200, 0, 1e200, 0]);
    assert.deepEqual(origin(task), { operation: 'Z', layer: 2, value: -Infinity, sample: 0 });
  });

  it('is the loss where a logarithm meets 0', () => {
    const task = taskOf(5, 1, { network: { activations: ['relu', 'relu'], loss: 'binary-cross-entropy', l2: 0 } });
    task.engine.parameters.flat.set([1, 0, 1, 0]);
    const found = origin(task)!;
    assert.equal(found.operation, 'loss');
    assert.equal(found.layer, 2);
    assert.equal(found.sample, 0);
  });

  it('is the loss where a square overflows, after updates that grew', () => {
    const found = origin(taskOf(20, 4, { optimizer: { name: 'sgd', learningRate: 1e4 }, network: { activations: ['linear', 'linear'], loss: 'mse', l2: 0 } }))!;
    assert.ok(['Z', 'loss', 'dW', 'dZ', 'dA', 'update'].includes(found.operation), found.operation);
    assert.ok(!Number.isFinite(found.value));
  });

  it('is the update where a step overflows', () => {
    const task = taskOf(5, 1, { optimizer: { name: 'sgd', learningRate: 1e308 }, network: { activations: ['linear', 'linear'], loss: 'mse', l2: 0 } });
    task.engine.parameters.flat.set([10, 0, 10, 0]);
    assert.equal(origin(task)!.operation, 'update');
  });

  it('is the gradient where the backward pass makes it', () => {
    // every A and the loss are finite, but dA[1] = W[2] W[3] is not
    const parameters = parametersFrom([1, 1, 1, 1], Float64Array.of(1, 0, 1e200, 0, 1e200, 0));
    const task = taskOf(5, 1, { network: { activations: ['linear', 'linear', 'linear'], loss: 'mae', l2: 0 }, parameters, x: 1e-300 });
    assert.deepEqual(origin(task), { operation: 'dA', layer: 1, value: Infinity, sample: 0 });
  });
});
