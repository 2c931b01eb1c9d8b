// Steps that are right but for where they stand, told by reading: a sum of gradients that is applied with each sample, a step whose result is dropped.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const batches = (indent: string): string => `import numpy as np


class Network:
    def __init__(self, sizes):
        self.sizes = sizes
        self.biases = [np.random.randn(x, 1) for x in sizes[1:]]
        self.weights = [np.random.randn(y, x) for x, y in zip(sizes[:-1], sizes[1:])]

    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights):
            a = sigmoid(w.dot(a) + b)
        return a

    def backprop(self, x, y):
        grad_b = [np.zeros(b.shape) for b in self.biases]
        grad_w = [np.zeros(w.shape) for w in self.weights]
        a, activations, zs = x, [x], []
        for b, w in zip(self.biases, self.weights):
            z = w.dot(a) + b
            zs.append(z)
            a = sigmoid(z)
            activations.append(a)
        delta = (activations[-1] - y) * slope(zs[-1])
        grad_b[-1] = delta
        grad_w[-1] = delta.dot(activations[-2].T)
        for l in range(2, len(self.sizes)):
            delta = self.weights[-l + 1].T.dot(delta) * slope(zs[-l])
            grad_b[-l] = delta
            grad_w[-l] = delta.dot(activations[-l - 1].T)
        return grad_b, grad_w

    def update_batch(self, batch, alpha):
        sum_b = [np.zeros(b.shape) for b in self.biases]
        sum_w = [np.zeros(w.shape) for w in self.weights]
        for x, y in batch:
            one_b, one_w = self.backprop(x, y)
            sum_b = [s + d for s, d in zip(sum_b, one_b)]
            sum_w = [s + d for s, d in zip(sum_w, one_w)]
        ${indent}self.weights = [w - alpha / len(batch) * s for w, s in zip(self.weights, sum_w)]
        ${indent}self.biases = [b - alpha / len(batch) * s for b, s in zip(self.biases, sum_b)]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope(z):
    return sigmoid(z) * (1 - sigmoid(z))
`;

const layers = (equals: string): string => `import numpy as np


class Dense:
    def __init__(self, n_in, n_out):
        self.weights, self.biases = np.random.randn(n_in, n_out), np.zeros((1, n_out))
        self.speed_weights, self.speed_biases = np.zeros_like(self.weights), np.zeros_like(self.biases)

    def forward(self, inputs):
        self.inputs = inputs
        self.output = inputs @ self.weights + self.biases

    def backward(self, dvalues):
        self.dweights = self.inputs.T @ dvalues
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = dvalues @ self.weights.T


class SGD:
    def __init__(self, learning_rate=1.0):
        self.learning_rate = learning_rate

    def update_params(self, layer):
        layer.weights -= self.learning_rate * layer.dweights
        layer.biases ${equals} self.learning_rate * layer.dbiases
`;

describe('python: steps that are read', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('a sum over the samples is applied behind the loop that adds it up', async () => {
    const right = await check(batches(''));
    assert.equal(right.verdict, 'correct', say(right));
    const source = batches('    ');
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['wrong', 'update_batch', lineOf(source, 'self.weights = [w - alpha')], say(result));
    assert.match(result.summary, /It belongs behind the loop/);
  });

  it('a step whose result is dropped moves nothing', async () => {
    const right = await check(layers('-='));
    assert.equal(right.verdict, 'correct', say(right));
    const source = layers('-');
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['wrong', 'update_params', lineOf(source, 'layer.biases - self')], say(result));
    assert.match(result.summary, /An = or -= is missing/);
  });
});
