// Experiments that are faulty in one known way, and healthy ones: each is really trained by the tests.

import { join } from 'node:path';
import type { ActivationName } from '../../../../src/core/activations';
import type { RuleName } from '../../../../src/diagnosis/finding';
import type { Experiment } from '../../../../src/experiment/schema';
import { blobs, circles, constantParameters, curve, friedman, moons, normalParameters, spirals, surface, threeBlobs, xor, type Samples } from './data';

export interface Case {
  readonly name: string;
  /** An experiment, or a file. */
  readonly experiment: Experiment | string;
}

export interface Faulty extends Case {
  /** The rule that has to come first. */
  readonly rule: RuleName;
}

type Layers = NonNullable<Experiment['layers']>;

/** "16 relu, 1 linear" */
function layers(text: string): Layers {
  return text.split(', ').map((each) => {
    const [units, activation] = each.split(' ');
    return { units: Number(units), activation: activation as ActivationName };
  });
}

function deep(count: number, units: number, activation: ActivationName, output: string): Layers {
  return [...Array.from({ length: count }, () => ({ units, activation })), ...layers(output)];
}

const sgd = (learningRate: number): NonNullable<Experiment['optimizer']> => ({ name: 'sgd', learningRate });
const adam = (learningRate: number): NonNullable<Experiment['optimizer']> => ({ name: 'adam', learningRate });
const scaled = { features: 'standard', target: 'standard' } as const;
const example = (name: string): string => join(process.cwd(), 'examples', name);

const sine = curve(Math.sin, { low: -3, high: 3 });
const line = curve((x) => 2 * x + 1, { noise: 0.1 });
const parabola = curve((x) => x * x);

/** One target is a thousand times the others: a slip of the decimal point. */
function withSlip({ X, Y }: Samples, row: number): Samples {
  return { X, Y: Y.map((y, s) => (s === row ? [300] : y)) };
}

const withColumn = ({ X, Y }: Samples, value: (x: number[], s: number) => number): Samples => ({ X: X.map((x, s) => [...x, value(x, s)]), Y });
const times = ({ X, Y }: Samples, factors: number[], target = 1): Samples => ({ X: X.map((x) => x.map((value, j) => value * factors[j]!)), Y: Y.map((y) => y.map((value) => value * target)) });

export const faulty: readonly Faulty[] = [
  { name: 'the quadratic example: 8 of 20 outputs dead', rule: 'dead-output', experiment: example('quadratic.gradient.json') },
  { name: 'the quadratic data with every default', rule: 'dead-output', experiment: example('quadratic.csv') },
  { name: 'a ReLU output that is dead for all samples', rule: 'dead-output', experiment: { data: parabola, layers: layers('4 tanh, 1 relu'), parameters: normalParameters([1, 4, 1], 0.5, -3), iterations: 200 } },
  { name: 'hidden ReLU units with a bias of -5', rule: 'dead-units', experiment: { data: sine, layers: layers('8 relu, 1 linear'), parameters: normalParameters([1, 8, 1], 0.5, -5), iterations: 300 } },
  { name: 'a second ReLU layer with a bias of -9', rule: 'dead-units', experiment: { data: sine, layers: layers('8 tanh, 8 relu, 1 linear'), parameters: normalParameters([1, 8, 8, 1], 0.5, [0, -9, 0]), iterations: 300 } },
  { name: 'hidden ReLU units killed by one large update', rule: 'dead-units', experiment: { data: curve((x) => 8 + x), layers: layers('8 relu, 8 relu, 1 linear'), optimizer: sgd(0.4), iterations: 300 } },
  { name: 'eight layers of sigmoid', rule: 'vanishing-gradient', experiment: { data: sine, layers: deep(8, 8, 'sigmoid', '1 linear'), initialization: 'xavier', optimizer: sgd(0.1), iterations: 300 } },
  { name: 'five layers of sigmoid on two classes', rule: 'vanishing-gradient', experiment: { data: circles(), layers: deep(5, 8, 'sigmoid', '1 sigmoid'), initialization: 'xavier', optimizer: sgd(0.1), iterations: 250 } },
  { name: 'six layers of tanh that start at 0.01', rule: 'vanishing-gradient', experiment: { data: sine, layers: deep(6, 8, 'tanh', '1 linear'), initialization: 'small', optimizer: sgd(0.1), iterations: 300 } },
  { name: 'five layers of ReLU that start at 0.01', rule: 'vanishing-gradient', experiment: { data: surface(3, ([a, b, c]) => a! * b! - c!, { m: 40 }), layers: deep(5, 8, 'relu', '1 linear'), initialization: 'small', optimizer: sgd(0.05), iterations: 300 } },
  { name: 'ten ReLU layers of large weights', rule: 'exploding-gradient', experiment: { data: surface(3, ([a, b, c]) => a! * b! - c!, { m: 40 }), layers: deep(10, 8, 'relu', '1 linear'), parameters: normalParameters([3, ...new Array<number>(10).fill(8), 1], 2), optimizer: sgd(0.01), iterations: 100 } },
  { name: 'five linear layers of large weights', rule: 'exploding-gradient', experiment: { data: line, layers: deep(5, 8, 'linear', '1 linear'), parameters: normalParameters([1, 8, 8, 8, 8, 8, 1], 2), optimizer: sgd(0.01), iterations: 100 } },
  { name: 'one hidden layer of very large weights', rule: 'exploding-gradient', experiment: { data: surface(2, ([a, b]) => a! + b!), layers: layers('8 relu, 1 linear'), parameters: normalParameters([2, 8, 1], 50), optimizer: sgd(1e-7), iterations: 300 } },
  { name: 'a learning rate of 3 for gradient descent', rule: 'learning-rate-too-large', experiment: { data: line, layers: layers('8 tanh, 1 linear'), optimizer: sgd(3), iterations: 300, normalize: scaled } },
  { name: 'a learning rate of 1 for momentum', rule: 'learning-rate-too-large', experiment: { data: sine, layers: layers('8 tanh, 1 linear'), optimizer: { name: 'momentum', learningRate: 1 }, iterations: 300 } },
  { name: 'a learning rate of 3 for Adam', rule: 'learning-rate-too-large', experiment: { data: sine, layers: layers('16 tanh, 16 tanh, 1 linear'), optimizer: adam(3), iterations: 300 } },
  { name: 'gradient descent that swings without diverging', rule: 'learning-rate-too-large', experiment: { data: curve((x) => Math.sin(2 * x), { low: -3, high: 3 }), layers: layers('16 relu, 16 relu, 1 linear'), optimizer: sgd(0.4), iterations: 300 } },
  { name: 'RMSprop that swings without diverging', rule: 'learning-rate-too-large', experiment: { data: surface(3, ([a, b, c]) => a! * b! - c!), layers: layers('16 tanh, 1 linear'), optimizer: { name: 'rmsprop', learningRate: 0.3 }, iterations: 300 } },
  { name: 'a learning rate of 1e-6', rule: 'learning-rate-too-small', experiment: { data: sine, layers: layers('8 tanh, 1 linear'), optimizer: sgd(1e-6), iterations: 500 } },
  { name: 'ten iterations', rule: 'learning-rate-too-small', experiment: { data: curve((x) => 3 * x + 5), layers: layers('8 tanh, 1 linear'), optimizer: sgd(0.001), iterations: 20, normalize: scaled } },
  { name: 'W = 0 everywhere', rule: 'symmetric-units', experiment: { data: sine, layers: layers('8 tanh, 1 linear'), parameters: constantParameters([1, 8, 1], 0), optimizer: sgd(0.1), iterations: 300 } },
  { name: 'W = 0 everywhere, with ReLU units and output', rule: 'symmetric-units', experiment: { data: parabola, layers: layers('8 relu, 1 relu'), parameters: constantParameters([1, 8, 1], 0), iterations: 300 } },
  { name: 'W = 0.5 everywhere', rule: 'symmetric-units', experiment: { data: circles(), layers: layers('8 tanh, 8 tanh, 1 sigmoid'), parameters: constantParameters([2, 8, 8, 1], 0.5), optimizer: sgd(0.1), iterations: 300 } },
  { name: 'binary-cross-entropy with a ReLU output', rule: 'wrong-loss', experiment: { data: blobs(), layers: layers('8 tanh, 1 relu'), loss: 'binary-cross-entropy', iterations: 200 } },
  { name: 'binary-cross-entropy with a linear output', rule: 'wrong-loss', experiment: { data: blobs(), layers: layers('8 tanh, 1 linear'), loss: 'binary-cross-entropy', iterations: 200 } },
  { name: 'binary-cross-entropy with a tanh output', rule: 'wrong-loss', experiment: { data: circles(), layers: layers('8 relu, 1 tanh'), loss: 'binary-cross-entropy', iterations: 200 } },
  { name: 'cross-entropy with sigmoid outputs', rule: 'wrong-loss', experiment: { data: threeBlobs(), layers: layers('8 tanh, 3 sigmoid'), loss: 'cross-entropy', optimizer: sgd(0.1), iterations: 200 } },
  { name: 'cross-entropy with linear outputs', rule: 'wrong-loss', experiment: { data: threeBlobs(), layers: layers('8 tanh, 3 linear'), loss: 'cross-entropy', iterations: 200 } },
  { name: 'mse on two classes', rule: 'wrong-loss', experiment: { data: circles(), layers: layers('16 relu, 1 sigmoid'), loss: 'mse', optimizer: adam(0.02), iterations: 300 } },
  { name: 'mse on three classes', rule: 'wrong-loss', experiment: { data: threeBlobs(), layers: layers('8 tanh, 3 softmax'), loss: 'mse', optimizer: sgd(0.1), iterations: 300 } },
  { name: 'binary-cross-entropy on a number', rule: 'wrong-loss', experiment: { data: line, layers: layers('8 tanh, 1 sigmoid'), loss: 'binary-cross-entropy', optimizer: sgd(0.1), iterations: 200 } },
  { name: 'softmax of one unit', rule: 'wrong-loss', experiment: { data: blobs(), layers: layers('8 tanh, 1 softmax'), loss: 'cross-entropy', optimizer: sgd(0.1), iterations: 200 } },
  { name: 'negative targets under ReLU', rule: 'unreachable-target', experiment: { data: sine, layers: layers('16 tanh, 1 relu'), optimizer: sgd(0.1), iterations: 300 } },
  { name: 'a standardized target under ReLU', rule: 'unreachable-target', experiment: { data: parabola, layers: layers('16 tanh, 1 relu'), optimizer: sgd(0.1), iterations: 300, normalize: scaled } },
  { name: 'targets above 1 under sigmoid', rule: 'unreachable-target', experiment: { data: curve((x) => 5 + 2 * x), layers: layers('8 tanh, 1 sigmoid'), loss: 'mse', optimizer: sgd(0.1), iterations: 300 } },
  { name: 'a few negative targets under ReLU', rule: 'unreachable-target', experiment: { data: curve((x) => x + 1.5), layers: layers('8 tanh, 1 relu'), optimizer: sgd(0.05), iterations: 500 } },
  { name: 'targets up to 50 under tanh', rule: 'unreachable-target', experiment: { data: curve((x) => 25 * x), layers: layers('8 relu, 1 tanh'), optimizer: sgd(0.1), iterations: 300 } },
  { name: 'features in the thousands, tanh', rule: 'unscaled-features', experiment: { data: times(surface(2, ([a, b]) => Math.sin(3 * a!) + b!), [2000, 5000]), layers: layers('16 tanh, 1 linear'), optimizer: sgd(0.01), iterations: 300 } },
  { name: 'features in the thousands, ReLU', rule: 'unscaled-features', experiment: { data: times(surface(2, ([a, b]) => Math.sin(3 * a!) + b!), [2000, 5000]), layers: layers('16 relu, 1 linear'), optimizer: sgd(0.01), iterations: 300 } },
  { name: 'features of very different sizes', rule: 'unscaled-features', experiment: { data: times(surface(2, ([a, b]) => a! + 2 * b! * b!), [0.001, 300]), layers: layers('16 relu, 1 linear'), optimizer: sgd(1e-5), iterations: 500 } },
  { name: 'features in the thousands, two classes', rule: 'unscaled-features', experiment: { data: times(circles(), [1000, 1000]), layers: layers('16 relu, 1 sigmoid'), optimizer: sgd(0.01), iterations: 300 } },
  { name: 'the quadratic data without any scaling', rule: 'unscaled-features', experiment: { data: example('quadratic.csv'), layers: layers('16 relu, 1 linear'), optimizer: sgd(0.0075), iterations: 500, normalize: { features: 'none', target: 'none' } } },
  { name: 'a target in the thousands', rule: 'unscaled-target', experiment: { data: times(sine, [1], 5000), layers: layers('16 relu, 1 linear'), optimizer: sgd(0.05), iterations: 300 } },
  { name: 'a target in the thousands, with Adam', rule: 'unscaled-target', experiment: { data: times(curve((x) => x + 3), [1], 3000), layers: layers('8 tanh, 1 linear'), optimizer: adam(0.001), iterations: 300 } },
  { name: 'one class of twenty', rule: 'class-imbalance', experiment: { data: blobs({ m: 400, share: 0.05, distance: 1 }), layers: layers('8 relu, 1 sigmoid'), optimizer: sgd(0.1), iterations: 500 } },
  { name: 'no hidden layer for a sine', rule: 'high-bias', experiment: { data: curve((x) => Math.sin(2 * x), { low: -3, high: 3 }), layers: layers('1 linear'), optimizer: sgd(0.1), iterations: 500 } },
  { name: 'linear hidden layers for a circle', rule: 'high-bias', experiment: { data: circles(), layers: layers('8 linear, 8 linear, 1 sigmoid'), optimizer: sgd(0.1), iterations: 300 } },
  { name: 'one hidden unit for a sine', rule: 'high-bias', experiment: { data: curve((x) => Math.sin(3 * x), { low: -3, high: 3, m: 120 }), layers: layers('1 tanh, 1 linear'), optimizer: adam(0.02), iterations: 800 } },
  { name: 'a large network learns the noise of a few samples', rule: 'high-variance', experiment: { data: surface(6, ([a]) => a!, { m: 40, noise: 0.5 }), layers: layers('32 relu, 32 relu, 1 linear'), optimizer: adam(0.01), iterations: 500, split: 0.3 } },
  { name: 'a large network learns flipped classes', rule: 'high-variance', experiment: { data: blobs({ m: 80, distance: 1 }), layers: layers('32 relu, 32 relu, 1 sigmoid'), optimizer: adam(0.02), iterations: 300, split: 0.3 } },
  { name: 'λ = 1000', rule: 'over-regularized', experiment: { data: sine, layers: layers('16 tanh, 1 linear'), l2: 1000, optimizer: sgd(0.05), iterations: 300 } },
  { name: 'tanh units with weights of 50', rule: 'saturated-units', experiment: { data: curve((x) => Math.sin(2 * x), { low: -3, high: 3 }), layers: layers('4 tanh, 4 tanh, 1 linear'), parameters: normalParameters([1, 4, 4, 1], 50, 200), optimizer: sgd(0.0001), iterations: 300 } },
  { name: 'a slip of the decimal point', rule: 'outliers', experiment: { data: withSlip(curve((x) => x + 3, { m: 100 }), 40), layers: layers('8 tanh, 1 linear'), optimizer: sgd(0.01), iterations: 500 } },
  { name: 'three slips of the decimal point', rule: 'outliers', experiment: { data: withSlip(withSlip(withSlip(curve((x) => x, { m: 100 }), 7), 47), 87), layers: layers('16 relu, 1 linear'), optimizer: adam(0.01), iterations: 300 } },
  { name: 'a constant feature', rule: 'constant-features', experiment: { data: withColumn(line, () => 4), layers: layers('8 tanh, 1 linear'), optimizer: sgd(0.1), iterations: 500 } },
  { name: 'the same length in two units', rule: 'duplicate-features', experiment: { data: withColumn(surface(2, ([a, b]) => a! - b!), ([a]) => 2.54 * a!), layers: layers('8 tanh, 1 linear'), optimizer: sgd(0.1), iterations: 500 } },
  { name: 'weights of 1e200', rule: 'diverged', experiment: { data: line, layers: layers('4 linear, 1 linear'), parameters: constantParameters([1, 4, 1], 1e200).map(({ W, b }, k) => ({ W: W.map((row, i) => row.map((w) => w * (1 + i + k))), b })), iterations: 10 } },
  // from an independent table of 117 faults, measured on the command line: these had been missed
  { name: 'a dead layer in the middle, while Adam still moves the last b', rule: 'dead-units', experiment: { data: friedman(), layers: layers('10 tanh, 10 relu, 10 tanh, 1 linear'), parameters: normalParameters([5, 10, 10, 10, 1], 0.5, [0, -12, 0, 0]), optimizer: adam(0.01), iterations: 400, normalize: scaled } },
  { name: 'six layers of sigmoid whose tiny differences tell most of two moons apart', rule: 'vanishing-gradient', experiment: { data: moons(), layers: deep(6, 10, 'sigmoid', '1 sigmoid'), initialization: 'xavier', optimizer: sgd(0.05), iterations: 600 } },
  { name: 'nine layers of sigmoid that leave their plateau at the end', rule: 'vanishing-gradient', experiment: { data: sine, layers: deep(9, 8, 'sigmoid', '1 linear'), optimizer: adam(0.003), iterations: 400 } },
  { name: 'large weights that momentum carries to 1e100, dW[1] no longer than dW[6]', rule: 'exploding-gradient', experiment: { data: surface(5, ([a, b]) => a! - b!), layers: deep(5, 8, 'relu', '1 linear'), parameters: normalParameters([5, 8, 8, 8, 8, 8, 1], 5), optimizer: { name: 'momentum', learningRate: 1e-4 }, iterations: 200 } },
  { name: 'an explosion that a run gets over', rule: 'exploding-gradient', experiment: { data: moons({ m: 100 }), layers: deep(6, 12, 'leaky-relu', '1 sigmoid'), parameters: normalParameters([2, 12, 12, 12, 12, 12, 12, 1], 2), optimizer: sgd(0.001), iterations: 200 } },
  { name: 'a learning rate of 1 that leaves ReLU units dead', rule: 'learning-rate-too-large', experiment: { data: friedman(), layers: layers('16 relu, 16 relu, 1 linear'), optimizer: sgd(1), iterations: 300, normalize: scaled } },
  { name: 'a learning rate of 1 for Adam, after a detour by a cost of thousands', rule: 'learning-rate-too-large', experiment: { data: sine, layers: layers('16 swish, 16 swish, 1 linear'), optimizer: adam(1), iterations: 400 } },
  { name: 'momentum that swings by more than it learned', rule: 'learning-rate-too-large', experiment: { data: blobs({ m: 150 }), layers: layers('16 tanh, 1 sigmoid'), optimizer: { name: 'momentum', learningRate: 20 }, iterations: 300 } },
  { name: 'a target in the thousands that saturates tanh in the first iterations', rule: 'unscaled-target', experiment: { data: times(sine, [1], 5000), layers: layers('6 tanh, 1 linear'), optimizer: sgd(0.01), iterations: 300 } },
  { name: 'a target of a million that kills ReLU units', rule: 'unscaled-target', experiment: { data: times(line, [1], 1e6), layers: layers('8 relu, 8 relu, 1 linear'), optimizer: sgd(0.05), iterations: 300 } },
  { name: 'λ = 200 for 250 samples and two layers', rule: 'over-regularized', experiment: { data: curve((x) => Math.sin(2 * x), { low: -3, high: 3, m: 250, noise: 0.05 }), layers: layers('8 tanh, 1 linear'), l2: 200, optimizer: adam(0.02), iterations: 400 } },
  { name: 'two slips in 60 samples', rule: 'outliers', experiment: { data: withSlip(withSlip(curve((x) => x, { m: 60 }), 7), 36), layers: layers('8 tanh, 1 linear'), optimizer: adam(0.01), iterations: 400, normalize: scaled } },
  { name: 'a large network learns noise, and no sample is set aside', rule: 'high-variance', experiment: { data: surface(8, ([a, b]) => a! - b!, { m: 60, noise: 0.6 }), layers: layers('64 relu, 64 relu, 1 linear'), optimizer: adam(0.01), iterations: 300, normalize: scaled } },
];

const healthyLine = curve((x) => 3 * x - 1, { noise: 0.2, m: 80 });

export const healthy: readonly Case[] = [
  { name: 'the penguins example', experiment: example('penguins.gradient.json') },
  { name: 'a line', experiment: { data: healthyLine, layers: layers('1 linear'), optimizer: sgd(0.1), iterations: 500 } },
  { name: 'a line with much noise', experiment: { data: curve((x) => x, { noise: 1, m: 200 }), layers: layers('4 tanh, 1 linear'), optimizer: sgd(0.05), iterations: 500 } },
  { name: 'a sine with tanh', experiment: { data: sine, layers: layers('16 tanh, 1 linear'), optimizer: adam(0.02), iterations: 800 } },
  { name: 'a sine with sigmoid units', experiment: { data: sine, layers: layers('16 sigmoid, 1 linear'), initialization: 'xavier', optimizer: adam(0.05), iterations: 800 } },
  { name: 'a parabola with a ReLU output that lives', experiment: { data: curve((x) => x * x + 1), layers: layers('16 relu, 1 relu'), optimizer: adam(0.02), iterations: 600, seed: 3 } },
  { name: 'a parabola with softplus', experiment: { data: curve((x) => x * x + 1), layers: layers('16 softplus, 1 softplus'), optimizer: adam(0.05), iterations: 600 } },
  { name: 'the quadratic data with a linear output and a scaled target', experiment: { data: example('quadratic.csv'), layers: layers('16 relu, 1 linear'), optimizer: adam(0.02), iterations: 1000, normalize: scaled } },
  { name: 'a circle with ReLU', experiment: { data: circles(), layers: layers('16 relu, 1 sigmoid'), optimizer: adam(0.02), iterations: 500 } },
  { name: 'exclusive or with tanh', experiment: { data: xor(), layers: layers('8 tanh, 1 sigmoid'), optimizer: adam(0.05), iterations: 600 } },
  { name: 'two overlapping classes', experiment: { data: blobs({ m: 200, distance: 2.5 }), layers: layers('4 tanh, 1 sigmoid'), optimizer: sgd(0.5), iterations: 400 } },
  { name: 'logistic regression', experiment: { data: blobs({ m: 200, distance: 3 }), layers: layers('1 sigmoid'), optimizer: sgd(0.1), iterations: 400 } },
  { name: 'three classes with softmax', experiment: { data: threeBlobs(), layers: layers('8 relu, 3 softmax'), optimizer: sgd(0.1), iterations: 500 } },
  { name: 'three classes with independent sigmoid outputs', experiment: { data: threeBlobs(), layers: layers('8 tanh, 3 sigmoid'), loss: 'binary-cross-entropy', optimizer: sgd(0.2), iterations: 500 } },
  { name: 'huber with heavy noise', experiment: { data: curve((x) => 2 * x, { noise: 0.4, m: 150 }), layers: layers('8 swish, 1 linear'), loss: 'huber', optimizer: adam(0.02), iterations: 400 } },
  { name: 'mae', experiment: { data: curve((x) => 2 * x + 1, { noise: 0.2 }), layers: layers('8 gelu, 1 linear'), loss: 'mae', optimizer: adam(0.01), iterations: 600 } },
  { name: 'five ReLU layers', experiment: { data: surface(3, ([a, b, c]) => a! * b! - c!, { m: 80 }), layers: deep(5, 8, 'relu', '1 linear'), optimizer: adam(0.01), iterations: 300 } },
  { name: 'mini-batches and momentum', experiment: { data: surface(4, ([a, b]) => a! + b! * b!, { m: 300, noise: 0.05 }), layers: layers('16 elu, 1 linear'), optimizer: { name: 'momentum', learningRate: 0.02 }, batchSize: 32, iterations: 800 } },
  { name: 'leaky ReLU throughout', experiment: { data: curve((x) => Math.abs(x)), layers: layers('16 leaky-relu, 1 leaky-relu'), optimizer: { name: 'rmsprop', learningRate: 0.005 }, iterations: 600 } },
  { name: 'a development set that is predicted as well', experiment: { data: surface(2, ([a, b]) => Math.sin(2 * a!) + b!, { m: 250, noise: 0.05 }), layers: layers('16 tanh, 1 linear'), optimizer: adam(0.02), iterations: 500, split: 0.2 } },
  { name: 'a little L2', experiment: { data: sine, layers: layers('16 tanh, 1 linear'), l2: 0.01, optimizer: adam(0.02), iterations: 600 } },
  { name: 'two outputs', experiment: { data: { X: sine.X, Y: sine.X.map(([x]) => [Math.sin(x!), Math.cos(x!)]) }, layers: layers('16 tanh, 2 linear'), optimizer: adam(0.02), iterations: 600 } },
  { name: 'two spirals, which neither a polynomial nor the nearest samples tell apart as well', experiment: { data: spirals(), layers: layers('24 tanh, 24 tanh, 1 sigmoid'), optimizer: adam(0.02), iterations: 600 } },
  { name: 'two moons with gradient descent', experiment: { data: moons({ m: 200 }), layers: layers('8 tanh, 1 sigmoid'), optimizer: sgd(0.5), iterations: 2000 } },
  { name: "Friedman's function", experiment: { data: friedman({ m: 250 }), layers: layers('24 relu, 1 linear'), optimizer: adam(0.02), iterations: 600, normalize: scaled } },
  { name: 'six ReLU layers', experiment: { data: friedman({ m: 200 }), layers: deep(6, 12, 'relu', '1 linear'), optimizer: adam(0.005), iterations: 400, normalize: scaled } },
  { name: 'eight tanh layers', experiment: { data: curve(Math.sin, { low: -3, high: 3, m: 150, noise: 0.05 }), layers: deep(8, 10, 'tanh', '1 linear'), initialization: 'xavier', optimizer: adam(0.005), iterations: 500 } },
  { name: 'nine leaky ReLU layers', experiment: { data: moons({ m: 200 }), layers: deep(9, 10, 'leaky-relu', '1 sigmoid'), optimizer: adam(0.005), iterations: 300 } },
  { name: 'a long tail', experiment: { data: ((of: Samples) => ({ X: of.X, Y: of.Y.map(([y]) => [Math.exp(y! / 8)]) }))(friedman({ m: 250 })), layers: layers('16 tanh, 1 linear'), optimizer: adam(0.02), iterations: 600, normalize: scaled } },
  { name: 'twelve samples', experiment: { data: curve((x) => 2 * x + 1, { m: 12, noise: 0.1 }), layers: layers('4 tanh, 1 linear'), optimizer: adam(0.02), iterations: 500 } },
  { name: 'one class of five', experiment: { data: blobs({ m: 300, share: 0.2, distance: 3 }), layers: layers('6 relu, 1 sigmoid'), optimizer: adam(0.02), iterations: 300 } },
  { name: 'nothing to be learned', experiment: { data: surface(3, () => 0, { m: 200, noise: 1 }), layers: layers('4 tanh, 1 linear'), optimizer: sgd(0.05), iterations: 300 } },
];
