// A derivative that is wrong where the network is told another activation than its default, also if its output has that one too; and one that a layer asks for by a method that chooses by a word.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const told = `import numpy as np


class Network:
    def __init__(self, sizes, activation='sigmoid', learning_rate=0.1):
        if activation == 'sigmoid':
            self.g, self.slope = self.sigmoid, self.sigmoid_derivative
        elif activation == 'tanh':
            self.g, self.slope = self.tanh, self.tanh_derivative
        self.learning_rate = learning_rate
        self.weights = [np.random.randn(a, b) for a, b in zip(sizes[:-1], sizes[1:])]
        self.biases = [np.zeros((1, b)) for b in sizes[1:]]

    def sigmoid(self, x):
        return 1 / (1 + np.exp(-x))

    def sigmoid_derivative(self, x):
        return x * (1 - x)

    def tanh(self, x):
        return np.tanh(x)

    def tanh_derivative(self, x):
        return 1 - x ** 2

    def forward(self, X):
        activations = [X]
        for w, b in zip(self.weights, self.biases):
            activations.append(self.g(activations[-1] @ w + b))
        return activations

    def backward(self, y, activations):
        delta = (activations[-1] - y) * self.slope(activations[-1])
        for l in reversed(range(len(self.weights))):
            below = (delta @ self.weights[l].T) * self.slope(activations[l])
            self.weights[l] -= self.learning_rate * activations[l].T @ delta
            self.biases[l] -= self.learning_rate * delta.sum(axis=0, keepdims=True)
            delta = below
`;

const chosen = `import numpy as np


def sigmoid(s):
    return 1 / (1 + np.exp(-s))


def sigmoid_derivative(s):
    return sigmoid(s) * (1 - sigmoid(s))


class Layer:
    def __init__(self, inputs, units, activation='sigmoid'):
        self.weights = np.random.randn(units, inputs)
        self.biases = np.random.randn(units, 1)
        self.activation = activation

    def activate(self, s):
        return np.where(s >= 0, 1, 0) if self.activation == 'step' else sigmoid(s)

    def derivative(self, s):
        if self.activation == 'step':
            return 1
        elif self.activation == 'sigmoid':
            return sigmoid_derivative(s)

    def forward(self, inputs):
        self.inputs = inputs
        self.z = self.weights @ inputs + self.biases
        self.outputs = self.activate(self.z)
        return self.outputs


class Network:
    def __init__(self, sizes, learning_rate=0.1):
        self.layers = [Layer(a, b) for a, b in zip(sizes[:-1], sizes[1:])]
        self.learning_rate = learning_rate

    def forward(self, inputs):
        for layer in self.layers:
            inputs = layer.forward(inputs)
        return inputs

    def backpropagate(self, y_true):
        last = self.layers[-1]
        last.deltas = (last.outputs - y_true) * last.derivative(last.z)
        for here, above in zip(self.layers[-2::-1], self.layers[:0:-1]):
            here.deltas = (above.weights.T @ above.deltas) * here.derivative(here.z)
        for layer in self.layers:
            layer.weights -= self.learning_rate * layer.deltas @ layer.inputs.T
            layer.biases -= self.learning_rate * np.sum(layer.deltas, axis=1, keepdims=True)
`;

describe('python: a derivative that a word asks for', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is told where the default is right and the other one wrong, in the output too', async () => {
    const right = await check(told);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = told.replace('return 1 - x ** 2', 'return 1 - np.tanh(x) ** 2');
    const result = await check(wrong);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(wrong, '1 - np.tanh(x)'));
  });

  it('is told of the activation that stands for every other word', async () => {
    const either = told.replace("elif activation == 'tanh':", 'else:');
    assert.equal((await check(either)).verdict, 'correct');
    const wrong = either.replace('return 1 - x ** 2', 'return 1 - np.tanh(x) ** 2');
    const result = await check(wrong);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(wrong, '1 - np.tanh(x)'));
  });

  it('is right by itself where who calls the choosing method gives it A', async () => {
    const right = await check(chosen);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = chosen.replace('last.derivative(last.z)', 'last.derivative(last.outputs)');
    const result = await check(wrong);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(wrong, 'last.derivative(last.outputs)'));
  });
});
