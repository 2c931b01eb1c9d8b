// The two engines give the same bits, with one thread or more: cost, gradients, updates and outputs.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { activationNames, type ActivationName } from '../../../src/core/activations';
import { createEngine, type Engine } from '../../../src/core/engine';
import type { HelpRequest } from '../../../src/core/kernels/engine';
import { optimizerNames, type OptimizerSettings } from '../../../src/core/optimizers';
import { initialize } from '../../../src/core/initializations';
import { matrix } from '../../../src/core/matrix';
import { createRandom, permutation } from '../../../src/core/random';
import { createPerturbation, type Entry } from '../../../src/core/perturbation';
import { pairs, randomCase } from './support/networks';

const settings: Record<(typeof optimizerNames)[number], OptimizerSettings> = {
  sgd: { name: 'sgd', learningRate: 0.1 },
  momentum: { name: 'momentum', learningRate: 0.1, momentum: 0.9 },
  rmsprop: { name: 'rmsprop', learningRate: 0.1, decay: 0.9, epsilon: 1e-8 },
  adam: { name: 'adam', learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
};

const hiddenNames = activationNames.filter((name) => name !== 'softmax');
const anyCase = fc.record({
  seed: fc.nat(),
  pair: fc.constantFrom(...pairs),
  hidden: fc.array(fc.constantFrom<ActivationName>(...hiddenNames), { maxLength: 3 }),
  // around a block, a share and several of them
  samples: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 60, max: 70 }), fc.integer({ min: 500, max: 700 })),
  optimizer: fc.constantFrom(...optimizerNames),
});
/** The same cases on every machine. */
const RUNS = { seed: 20261124, numRuns: 150 };

/** Z, A and losses of all samples, in their order: the two engines visit blocks of different sizes. */
function outputsOf(engine: Engine): number[][] {
  const seen: number[][] = [[], [], []];
  engine.forEachOutput(({ Z, A, losses }) => [Z.data, A.data, losses].forEach((part, k) => seen[k]!.push(...part)));
  return seen;
}

describe('engine', () => {
  it('gives the same bits on the kernels as in TypeScript', () => {
    fc.assert(
      fc.property(anyCase, ({ seed, pair, hidden, samples, optimizer }) => {
        const { network, parameters, X, Y } = randomCase(seed, { ...pair, hidden, samples });
        const engines = (['kernels', 'typescript'] as const).map((kind) => createEngine(network, parameters, X, Y, { kind }));
        assert.deepEqual(engines.map(({ kind }) => kind), ['kernels', 'typescript']);
        const rows = permutation(samples, createRandom(seed)).subarray(0, Math.ceil(samples / 2));
        const [one, other] = engines.map((engine) => {
          const update = engine.createUpdate(settings[optimizer]);
          const seen: number[] = [];
          for (const which of [null, rows, null]) {
            seen.push(engine.costAndGradients(which), ...engine.gradients.flat);
            update(0.1);
          }
          seen.push(...engine.parameters.flat, engine.cost(rows), engine.cost(null));
          return { seen, outputs: outputsOf(engine) };
        });
        assert.deepEqual(one!.seen, other!.seen);
        assert.deepEqual(one!.outputs, other!.outputs);
      }),
      RUNS,
    );
  });

  it('perturbs to the same bits on the kernels as in TypeScript', () => {
    fc.assert(
      fc.property(anyCase, ({ seed, pair, hidden, samples }) => {
        const { network, parameters, X, Y } = randomCase(seed, { ...pair, hidden, samples });
        const entries = parameters.layers.flatMap(({ W }, k): Entry[] =>
          Array.from({ length: W.rows }, (_, i) => [{ l: k + 1, i, j: null }, { l: k + 1, i, j: i % W.columns }]).flat(),
        );
        const steps = Float64Array.from(entries, (_, e) => (e % 3 === 0 ? 0.1 : 1e-5));
        const [one, other] = (['kernels', 'typescript'] as const).map((kind) => {
          const perturbation = createPerturbation(network, parameters, X, Y, { kind });
          const seen = perturbation.differences(entries, steps, [[-2, 1], [-1, -8], [1, 8], [2, -1]]);
          const ignoring = perturbation.differences(entries, steps, [[1, 1]], true);
          // where a corner was crossed the sums are of no use
          return [seen.map((difference) => (difference.kink ? 'kink' : difference)), ignoring];
        });
        assert.deepEqual(one, other);
      }),
      { ...RUNS, numRuns: 60 },
    );
  });

  it('gives the same bits with two threads', async () => {
    const random = createRandom(5);
    const X = matrix(3000, 20);
    const Y = matrix(3000, 1);
    for (const part of [X, Y]) for (let k = 0; k < part.data.length; k++) part.data[k] = random.normal();
    const network = { activations: ['tanh', 'relu', 'linear'] as const, loss: 'mse' as const, l2: 0.1 };
    const parameters = initialize('he', [20, 40, 30, 1], random);
    const trained = async (help: boolean): Promise<Float64Array> => {
      let helper: Worker | undefined;
      const engine = createEngine(network, parameters, X, Y, {
        ...(help && {
        startHelper: (request: HelpRequest) => {
          helper = new Worker(join(process.cwd(), 'dist/helper-thread.js'));
          helper.postMessage(request);
        },
      }),
      });
      const update = engine.createUpdate({ name: 'sgd', learningRate: 0.01 });
      engine.costAndGradients(null);
      assert.equal(helper !== undefined, help, 'the network is large enough to be helped with');
      // until the thread has joined, and then with it
      for (let step = 0; step < 60; step++) {
        engine.costAndGradients(null);
        update(0.01);
        if (step === 20 && helper) await new Promise((resolve) => setTimeout(resolve, 200));
      }
      engine.dispose();
      // only a thread that has left the kernels' loop can be asked to end
      await helper?.terminate();
      return engine.parameters.flat.slice();
    };
    assert.deepEqual(await trained(true), await trained(false));
  });

  it('can be made and left a thousand times', () => {
    const { network, parameters, X, Y } = randomCase(3, { loss: 'mse', output: 'linear', hidden: ['relu'], samples: 20 });
    for (let k = 0; k < 1000; k++) assert.equal(createEngine(network, parameters, X, Y).kind, 'kernels');
  });
});
