// Activations that a table gives by their names, `{"relu": self.relu}.get(name, self.sigmoid)`: each that it knows is tried.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const source = `import numpy as np


class Net:
    def __init__(self, sizes, activations, rate=0.1):
        self.rate = rate
        self.functions = [self.pick(each) for each in activations]
        self.slopes = [self.pick_slope(each) for each in activations]
        self.weights = [np.random.randn(b, a) * 0.1 for a, b in zip(sizes[:-1], sizes[1:])]

    def pick(self, name):
        return {"sigmoid": self.sigmoid, "tanh": self.tanh, "identity": self.identity, "softmax": self.softmax}.get(name, self.sigmoid)

    def pick_slope(self, name):
        return {"sigmoid": self.sigmoid_derivative, "tanh": self.tanh_derivative, "identity": self.identity_derivative, "softmax": self.softmax_derivative}.get(name, self.sigmoid_derivative)

    def sigmoid(self, x):
        return 1 / (1 + np.exp(-x))

    def sigmoid_derivative(self, x):
        return x * (1 - x)

    def tanh(self, x):
        return np.tanh(x)

    def tanh_derivative(self, x):
        return 1 - x ** 2

    def identity(self, x):
        return x

    def identity_derivative(self, x):
        return np.ones_like(x)

    def softmax(self, x):
        return np.exp(x) / np.sum(np.exp(x), axis=0, keepdims=True)

    def softmax_derivative(self, x):
        return x * (1 - x)

    def forward(self, x):
        activations = [x]
        for w, g in zip(self.weights, self.functions):
            activations.append(g(w @ activations[-1]))
        return activations

    def backward(self, activations, y):
        deltas = [(activations[-1] - y) * self.slopes[-1](activations[-1])]
        for l in range(len(self.weights) - 1, 0, -1):
            deltas.insert(0, self.weights[l].T @ deltas[0] * self.slopes[l - 1](activations[l]))
        for l in range(len(self.weights)):
            self.weights[l] -= self.rate * deltas[l] @ activations[l].T

    def train(self, X, Y, epochs=100):
        for epoch in range(epochs):
            for x, y in zip(X, Y):
                activations = self.forward(x.reshape(-1, 1))
                self.backward(activations, y.reshape(-1, 1))
                loss = 0.5 * np.sum((activations[-1] - y.reshape(-1, 1)) ** 2)
`;

describe('Activations that are looked up in a table', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('are right where each has its slope, and a squared error goes with a sigmoid rather than a softmax', async () => {
    const result = await check(source);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('are wrong where one slope is of z and the others of the activation: that one is named, and not the call of all', async () => {
    const mistaken = source.replace('1 - x ** 2', '1 - np.tanh(x) ** 2');
    const result = await check(mistaken);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['wrong', 'tanh_derivative', lineOf(mistaken, '1 - np.tanh(x) ** 2')], say(result));
  });

  it('leave the call to blame where every slope is of z', async () => {
    const mistaken = source.replace('1 - x ** 2', '1 - np.tanh(x) ** 2').replace('def sigmoid_derivative(self, x):\n        return x * (1 - x)', 'def sigmoid_derivative(self, x):\n        return self.sigmoid(x) * (1 - self.sigmoid(x))');
    const result = await check(mistaken);
    assert.deepEqual([result.verdict, result.findings[0]?.function], ['wrong', 'backward'], say(result));
  });
});
