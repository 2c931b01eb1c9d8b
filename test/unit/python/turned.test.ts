// Gradients that are kept last layer first, each lying the other way than its weights, which the step turns: `W -= rate * grads[l]["dW"].T`.

import assert from 'node:assert/strict';
import { pythonChecks, say } from './support';

/** `turn`: what the step does with a gradient. */
const network = (slope: string, turn: string): string => `import numpy as np


class Network:
    def __init__(self, sizes):
        self.params = [{"W": np.random.randn(o, i), "b": np.zeros((1, o))} for i, o in zip(sizes[:-1], sizes[1:])]

    def forward(self, X):
        self.inputs = []
        for l, each in enumerate(self.params):
            self.inputs.append(X)
            Z = np.dot(X, each["W"].T) + each["b"]
            X = np.tanh(Z) if l < len(self.params) - 1 else Z
        return X

    def loss(self, predicted, actual):
        return np.sum((predicted - actual) ** 2) / (2 * len(actual))

    def backprop(self, predicted, actual):
        self.gradients = []
        delta = (predicted - actual) / len(actual)
        for l in reversed(range(len(self.params))):
            A = self.inputs[l]
            self.gradients.append({"dW": np.dot(A.T, delta), "db": np.sum(delta, axis=0, keepdims=True)})
            delta = np.dot(delta, self.params[l]["W"])${slope}

    def update(self, lr=0.01):
        for l, each in enumerate(self.params):
            self.params[l]["W"] -= lr * list(reversed(self.gradients))[l]["dW"]${turn}
            self.params[l]["b"] -= lr * list(reversed(self.gradients))[l]["db"]

    def train(self, X, y, epochs):
        for epoch in range(epochs):
            out = self.forward(X)
            print(self.loss(out, y))
            self.backprop(out, y)
            self.update()
`;

describe('Gradients that the step turns', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  it('are right, last layer first and whatever the widths', async () => {
    const right = await check(network(' * (1 - A ** 2)', '.T'));
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(network('', '.T'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });
  it('are wrong where the step does not turn them', async () => {
    const result = await check(network(' * (1 - A ** 2)', ''));
    assert.notEqual(result.verdict, 'correct', say(result));
  });
});
