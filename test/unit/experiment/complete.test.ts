import assert from 'node:assert/strict';
import type { Dataset } from '../../../src/data/dataset';
import { inlineDataset } from '../../../src/data/make-dataset';
import { completeExperiment } from '../../../src/experiment/complete';
import type { CompleteExperiment, ParsedExperiment } from '../../../src/experiment/schema';
import { changeSettings, type Settings } from '../../../src/experiment/settings';
import { ProblemError } from '../../../src/problem';

function dataset(Y: number[][]): Dataset {
  return inlineDataset('a.csv', Y.map((_, s) => [s, s * s]), Y, Y.map((_, s) => s + 2));
}

function complete(Y: number[][], given: Partial<ParsedExperiment> = {}, settings: Settings = {}): CompleteExperiment {
  return completeExperiment({ data: 'a.csv', ...given }, settings, dataset(Y), (path) => ({ file: 'a.gradient.json', line: path.length }));
}

const positive = [[1], [5], [9]];
const output = ({ layers, loss }: CompleteExperiment): [string, number, string] => [layers.at(-1)!.activation, layers.at(-1)!.units, loss];

describe('complete experiment', () => {
  it('chooses output activation and loss as people do who adapt the course code', () => {
    assert.deepEqual(output(complete(positive)), ['relu', 1, 'mse']);
    assert.deepEqual(output(complete([[-1], [5], [9]])), ['linear', 1, 'mse']);
    assert.deepEqual(output(complete([[0], [1], [1]])), ['sigmoid', 1, 'binary-cross-entropy']);
    assert.deepEqual(output(complete([[0, 1, 0], [1, 0, 0], [0, 0, 1]])), ['softmax', 3, 'cross-entropy']);
    assert.deepEqual(output(complete(positive, { normalize: { target: 'standard' } })), ['linear', 1, 'mse']);
    assert.deepEqual(output(complete(positive, {}, { outputActivation: 'sigmoid' })), ['sigmoid', 1, 'mse']);
  });

  it('leaves targets as they are until they are large, and exact parameters and inline data always', () => {
    const large = [[1], [5], [20_000]];
    assert.deepEqual(complete(positive).normalize, { features: 'standard', target: 'none' });
    assert.deepEqual(complete(large).normalize, { features: 'standard', target: 'scale' });
    assert.deepEqual(complete([[-1], [5], [20_000]]).normalize, { features: 'standard', target: 'standard' });
    assert.deepEqual(complete(large, { data: { X: [], Y: [] } }).normalize, { features: 'none', target: 'none' });
    assert.deepEqual(complete(large, {}, { normalize: { features: 'minmax' } }).normalize, { features: 'minmax', target: 'scale' });
  });

  it('uses mini-batches for many samples only', () => {
    const many = Array.from({ length: 10_001 }, (_, s) => [s % 7]);
    assert.equal(complete(many.slice(1)).batchSize, null);
    assert.equal(complete(many).batchSize, 1024);
    assert.equal(complete(many, { batchSize: null }).batchSize, null);
    assert.equal(complete(many, { batchSize: null }, { batchSize: 5 }).batchSize, 5);
  });

  it('puts settings over the file, and keeps of the file what they leave open', () => {
    const given = { layers: [{ units: 4, activation: 'tanh' as const }, { units: 1, activation: 'linear' as const }], seed: 3, loss: 'mae' as const };
    assert.deepEqual(complete(positive, given, { outputActivation: 'relu' }).layers, [{ units: 4, activation: 'tanh' }, { units: 1, activation: 'relu' }]);
    assert.deepEqual(complete(positive, given, { hidden: [] }).layers, [{ units: 1, activation: 'linear' }]);
    assert.equal(complete(positive, given).loss, 'mae');
    assert.equal(complete(positive, given, { learningRate: 0.5 }).optimizer.learningRate, 0.5);
    assert.equal(complete(positive, given, { seed: 9 }).seed, 9);
  });

  it('takes the slope of a leaky ReLU, and of nothing else', () => {
    const given = { layers: [{ units: 4, activation: 'leaky-relu' as const, slope: 0.2 }, { units: 1, activation: 'leaky-relu' as const, slope: 0.1 }] };
    assert.deepEqual(complete(positive, given).layers, given.layers);
    assert.deepEqual(complete(positive, given, { outputSlope: 0.3 }).layers[1], { units: 1, activation: 'leaky-relu', slope: 0.3 });
    assert.deepEqual(complete(positive, given, { outputActivation: 'relu' }).layers[1], { units: 1, activation: 'relu' });
    assert.throws(() => complete(positive, { layers: [{ units: 1, activation: 'relu', slope: 0.2 }] }), (error) => {
      assert.ok(error instanceof ProblemError);
      assert.match(error.problem.what, /Layer 1 has a slope, but its activation is relu/);
      assert.equal(error.problem.line, 3);
      return true;
    });
  });

  it('stops early only where there is a development set to watch', () => {
    assert.deepEqual(complete(positive, { earlyStop: { patience: 5 }, split: 0.3 }).earlyStop, { patience: 5 });
    assert.throws(() => complete(positive, { earlyStop: { patience: 5 } }), (error) => error instanceof ProblemError && /development/.test(error.problem.what));
    assert.equal(complete(positive, { earlyStop: { patience: 5 }, split: 0.3 }, { earlyStop: null }).earlyStop, null);
  });

  it('drops given parameters when a setting asks for another start', () => {
    const given = { layers: [{ units: 1, activation: 'linear' as const }], parameters: [{ W: [[1, 2]], b: [0] }] };
    assert.ok(complete(positive, given).parameters);
    assert.equal(complete(positive, given, { seed: 2 }).parameters, undefined);
    assert.ok(complete(positive, given, { iterations: 2 }).parameters);
  });

  it('refuses what does not fit, at its place', () => {
    const refused = (given: Partial<ParsedExperiment>): ProblemError => {
      try {
        complete(positive, given);
      } catch (error) {
        if (error instanceof ProblemError) return error;
      }
      return assert.fail('it was accepted');
    };
    assert.match(refused({ layers: [{ units: 2, activation: 'relu' }] }).message, /a\.gradient\.json:3: The output layer has 2 units/);
    assert.match(refused({ layers: [{ units: 2, activation: 'softmax' }, { units: 1, activation: 'relu' }] }).message, /Layer 1 is hidden but has the activation softmax/);
    assert.match(refused({ layers: [{ units: 1, activation: 'relu' }], parameters: [] }).message, /0 entries for 1 layers/);
    assert.match(refused({ layers: [{ units: 1, activation: 'relu' }], parameters: [{ W: [[1]], b: [0] }] }).message, /W\[1\] is 1 × 1 where 1 × 2/);
  });
});

describe('settings', () => {
  it('decide output, loss and features anew with a new target, unless they are said', () => {
    const before: Settings = { outputActivation: 'relu', loss: 'mse', features: ['a'], seed: 2 };
    assert.deepEqual(changeSettings(before, { target: ['b'] }), { seed: 2, target: ['b'] });
    assert.deepEqual(changeSettings(before, { target: ['b'], loss: 'mae' }), { seed: 2, target: ['b'], loss: 'mae' });
    assert.deepEqual(changeSettings(before, { seed: 3 }), { ...before, seed: 3 });
  });
});
