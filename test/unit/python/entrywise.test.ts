// Gradients in lists, one entry a layer: an entry of the biases that is one number has lost its units.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const kept = `import numpy as np


class Network:
    def __init__(self, sizes):
        self.L = len(sizes) - 1
        self.W = [None] * (self.L + 1)
        self.b = [None] * (self.L + 1)
        self.A = [None] * (self.L + 1)
        self.delta = [None] * (self.L + 1)
        self.deriv_W = [None] * (self.L + 1)
        self.deriv_b = [None] * (self.L + 1)
        for l in range(1, self.L + 1):
            self.W[l] = np.random.randn(sizes[l - 1], sizes[l])
            self.b[l] = np.random.randn(1, sizes[l])

    def forward(self, X):
        self.A[0] = X
        for l in range(1, self.L + 1):
            self.A[l] = 1 / (1 + np.exp(-(self.A[l - 1] @ self.W[l] + self.b[l])))
        return self.A[self.L]

    def cost(self, X, Y):
        return np.sum((self.forward(X) - Y) ** 2) / (2 * len(X))

    def backward(self, X, Y):
        self.forward(X)
        m = len(X)
        for l in range(self.L, 0, -1):
            up = self.A[l] - Y if l == self.L else self.delta[l + 1] @ self.W[l + 1].T
            self.delta[l] = up * self.A[l] * (1 - self.A[l])
            self.deriv_W[l] = self.A[l - 1].T @ self.delta[l] / m
            self.deriv_b[l] = np.sum(self.delta[l], axis=0) / m
`;

const returned = `import numpy as np


def init(sizes):
    weights = [np.random.randn(n, k) for k, n in zip(sizes[:-1], sizes[1:])]
    biases = [np.random.randn(n, 1) for n in sizes[1:]]
    return weights, biases


def forward(X, weights, biases):
    A = [X]
    for W, b in zip(weights, biases):
        A.append(1 / (1 + np.exp(-(W @ A[-1] + b))))
    return A


def cost(A, Y):
    return np.sum((A[-1] - Y) ** 2) / (2 * Y.shape[1])


def backward(A, Y, weights, biases):
    m = Y.shape[1]
    gradients_w, gradients_b = [], []
    delta = (A[-1] - Y) * A[-1] * (1 - A[-1])
    for l in reversed(range(len(weights))):
        gradients_w.insert(0, delta @ A[l].T / m)
        gradients_b.insert(0, np.sum(delta, axis=1, keepdims=True) / m)
        delta = weights[l].T @ delta * A[l] * (1 - A[l])
    return gradients_w, gradients_b
`;

describe('gradients in lists', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  for (const [what, source, axis, line] of [
    ['attributes, with an entry for the samples', kept, ', axis=0) / m', 'self.deriv_b[l] ='],
    ['what is returned', returned, ', axis=1, keepdims=True) / m', 'gradients_b.insert'],
  ] as const) {
    it(`are those of ${what}`, async () => {
      const right = await check(source);
      assert.equal(right.verdict, 'correct', say(right));
      const slip = source.replace(axis, ') / m');
      const wrong = await check(slip);
      assert.equal(wrong.findings[0]?.rule, 'axis', say(wrong));
      assert.equal(wrong.findings[0]?.line, lineOf(slip, line), say(wrong));
    });
  }
});
