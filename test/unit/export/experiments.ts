// Experiments that between them have every activation, loss, optimizer and way of preparing the data.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { activationNames } from '../../../src/core/activations';
import { lossNames } from '../../../src/core/losses';
import type { OptimizerSettings } from '../../../src/core/optimizers';
import type { Settings } from '../../../src/experiment/settings';

export interface Case {
  readonly name: string;
  /** A file of examples/, or the text of one to be written. */
  readonly file: { readonly example: string } | { readonly name: string; readonly text: string };
  readonly settings: Settings;
  /** Whether patience has to end. */
  readonly stopsEarly?: true;
  /** Stop before this update. */
  readonly stopAt?: number;
}

const golden = join(process.cwd(), 'test/fixtures/golden');
const quadratic = { example: 'quadratic.csv' };
const penguins = { example: 'penguins.csv' };

const optimizers: readonly OptimizerSettings[] = [
  { name: 'sgd', learningRate: 0.05 },
  { name: 'momentum', learningRate: 0.01, momentum: 0.9 },
  { name: 'rmsprop', learningRate: 0.005, decay: 0.9, epsilon: 1e-8 },
  { name: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
];

/** The development cost soon rises. */
const overfitting: Settings = { target: ['sex'], hidden: [{ units: 24, activation: 'tanh' }], split: 0.5, optimizer: { name: 'adam', learningRate: 0.03, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, iterations: 1000 };

function goldenCases(): Case[] {
  return readdirSync(golden).filter((name) => name.endsWith('.json')).map((name) => {
    const { X, Y, layers, loss, l2, parameters, training } = JSON.parse(readFileSync(join(golden, name), 'utf8'));
    const text = JSON.stringify({ data: { X, Y }, layers, loss, l2, parameters, optimizer: training.optimizer, iterations: training.steps });
    return { name: `golden ${name}`, file: { name: name.replace('.json', '.gradient.json'), text }, settings: {} };
  });
}

/** More numbers, and more parameters, than a script holds. */
function large(): string {
  const rows = Array.from({ length: 1500 }, (_, i) => [i % 37, (i * i) % 91, Math.round(1e6 * Math.sin(i)) / 1e6, i % 5 === 0 ? 'a "quoted" one' : 'plain', (i % 37) + ((i * i) % 91) / 10]);
  return `p,"q ""q""",r,kind,y\n${rows.map((row) => row.map((cell) => (String(cell).includes('"') ? `"${String(cell).replaceAll('"', '""')}"` : cell)).join(',')).join('\n')}\n`;
}

export const cases: readonly Case[] = [
  ...goldenCases(),
  { name: 'the quadratic example as it is', file: { example: 'quadratic.gradient.json' }, settings: {} },
  { name: 'the quadratic example, leaky ReLU output', file: quadratic, settings: { outputActivation: 'leaky-relu', iterations: 500 } },
  { name: 'the penguins example', file: { example: 'penguins.gradient.json' }, settings: { iterations: 300 } },
  ...activationNames.filter((name) => name !== 'softmax').map((activation): Case => ({
    name: `${activation} in hidden layers`,
    file: quadratic,
    settings: { hidden: [{ units: 5, activation }, { units: 4, activation }], outputActivation: 'linear', normalize: { target: 'standard' }, iterations: 100 },
  })),
  // chaotic: a difference in the last bit of one number is one in the first digit of the cost after some hundred iterations
  ...activationNames.filter((name) => name !== 'softmax').flatMap((activation): Case[] => [
    { name: `${activation}, then ReLU, on large targets`, file: quadratic, settings: { hidden: [{ units: 16, activation }], outputActivation: 'relu', iterations: 300 } },
    { name: `ReLU, then ${activation}, on large targets`, file: quadratic, settings: { outputActivation: activation, iterations: 300 } },
  ]),
  ...activationNames.map((outputActivation): Case => ({
    name: `${outputActivation} as output, mse`,
    file: penguins,
    settings: { target: ['species'], outputActivation, loss: 'mse', iterations: 30 },
  })),
  ...lossNames.flatMap((loss) => (['sigmoid', 'relu', 'softplus'] as const).map((outputActivation): Case => ({
    name: `${loss} on ${outputActivation}`,
    file: penguins,
    settings: { target: ['sex'], missing: 'median', outputActivation, loss, iterations: 30 },
  }))),
  { name: 'softmax and cross-entropy', file: penguins, settings: { target: ['species'], iterations: 100, split: 0.3 } },
  ...optimizers.flatMap((optimizer): Case[] => [
    { name: `${optimizer.name}, full batch, L2`, file: penguins, settings: { optimizer, l2: 0.5, iterations: 100, normalize: { features: 'minmax', target: 'scale' } } },
    { name: `${optimizer.name}, mini-batches, split, L2`, file: penguins, settings: { optimizer, l2: 0.5, batchSize: 50, split: 0.2, missing: 'mean', iterations: 100, normalize: { target: 'standard' } } },
  ]),
  { name: 'adam, chaotic', file: quadratic, settings: { outputActivation: 'linear', normalize: { target: 'standard' }, optimizer: { name: 'adam', learningRate: 0.5, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, iterations: 600 } },
  { name: 'sigmoid and binary cross-entropy, chaotic', file: penguins, settings: { target: ['sex'], learningRate: 20, iterations: 150 } },
  { name: 'softmax and cross-entropy, chaotic', file: penguins, settings: { target: ['species'], learningRate: 20, iterations: 150 } },
  { name: 'slopes of leaky ReLU', file: quadratic, settings: { hidden: [{ units: 5, activation: 'leaky-relu', slope: 0.3 }, { units: 4, activation: 'leaky-relu' }], outputActivation: 'leaky-relu', outputSlope: 0, iterations: 100 } },
  { name: 'clip and decay, full batch, L2', file: penguins, settings: { clip: 0.5, learningRate: 0.5, learningRateDecay: 0.02, l2: 0.5, iterations: 100, normalize: { target: 'standard' } } },
  ...optimizers.map((optimizer): Case => ({ name: `${optimizer.name}, clip and decay, mini-batches`, file: penguins, settings: { optimizer, clip: 0.5, learningRateDecay: 0.3, batchSize: 50, iterations: 60, normalize: { target: 'standard' } } })),
  { name: 'stopped early', file: penguins, settings: { ...overfitting, earlyStop: { patience: 40 } }, stopsEarly: true },
  { name: 'stopped early, mini-batches, momentum, L2', file: penguins, settings: { ...overfitting, optimizer: { name: 'momentum', learningRate: 0.05, momentum: 0.9 }, l2: 0.01, batchSize: 64, earlyStop: { patience: 25 } }, stopsEarly: true },
  { name: 'patience that did not end', file: penguins, settings: { target: ['species'], split: 0.3, iterations: 60, earlyStop: { patience: 30 } } },
  { name: 'xavier', file: quadratic, settings: { initialization: 'xavier', seed: 11, iterations: 300 } },
  { name: 'small', file: quadratic, settings: { initialization: 'small', seed: 12, iterations: 300 } },
  { name: 'no hidden layer', file: quadratic, settings: { hidden: [], iterations: 300 } },
  { name: 'no update at all', file: quadratic, settings: { iterations: 0 } },
  { name: 'data and parameters in files beside', file: { name: 'large.csv', text: large() }, settings: { hidden: [{ units: 64, activation: 'tanh' }, { units: 80, activation: 'relu' }], batchSize: 256, iterations: 12, split: 0.1, normalize: { target: 'standard' } } },
  { name: 'a run that diverged', file: quadratic, settings: { normalize: { features: 'none' }, outputActivation: 'linear', learningRate: 0.01 } },
  { name: 'a run that was stopped', file: quadratic, settings: {}, stopAt: 137 },
  { name: 'names that could end a text', file: { name: 'odd.csv', text: `"a""""""; import os #","b\\",'c',"d\ne"\n${Array.from({ length: 12 }, (_, i) => `${i},${i % 3},${i % 4},${2 * i}`).join('\n')}\n` }, settings: { iterations: 20 } },
];
