// Several networks in one file: what is wrong in the second is told, though the first is right.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const two = `import numpy as np


def softmax(z):
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


class LogisticRegression:
    def __init__(self, n_in, n_out, lr=0.01, reg=0.0):
        self.W = np.random.randn(n_in, n_out) * 0.01
        self.b = np.zeros(n_out)
        self.lr = lr
        self.reg = reg

    def forward(self, X):
        return softmax(np.dot(X, self.W) + self.b)

    def compute_loss(self, Y, A):
        return -np.sum(Y * np.log(A)) / len(Y) + self.reg / 2 * np.sum(self.W ** 2)

    def backward(self, X, Y, A):
        dZ = A - Y
        self.W -= self.lr * (np.dot(X.T, dZ) / len(X) + self.reg * self.W)
        self.b -= self.lr * np.sum(dZ, axis=0) / len(X)


class NeuralNetwork:
    def __init__(self, n_in, n_hidden, n_out, lr=0.01, reg=0.0):
        self.W1 = np.random.randn(n_in, n_hidden) * 0.01
        self.b1 = np.zeros(n_hidden)
        self.W2 = np.random.randn(n_hidden, n_out) * 0.01
        self.b2 = np.zeros(n_out)
        self.lr = lr
        self.reg = reg

    def forward(self, X):
        self.A1 = np.tanh(np.dot(X, self.W1) + self.b1)
        self.A2 = softmax(np.dot(self.A1, self.W2) + self.b2)
        return self.A2

    def compute_loss(self, Y, A):
        return -np.sum(Y * np.log(A)) / len(Y) + self.reg / 2 * (np.sum(self.W1 ** 2) + np.sum(self.W2 ** 2))

    def backward(self, X, Y):
        m = len(X)
        dZ2 = self.A2 - Y
        dW2 = np.dot(self.A1.T, dZ2) / m + self.reg * self.W2
        dZ1 = np.dot(dZ2, self.W2.T) * (1 - self.A1 ** 2)
        dW1 = np.dot(X.T, dZ1) / m + self.reg * self.W1
        self.W2 -= self.lr * dW2
        self.b2 -= self.lr * np.sum(dZ2, axis=0) / m
        self.W1 -= self.lr * dW1
        self.b1 -= self.lr * np.sum(dZ1, axis=0) / m
`;

describe('the second network of a file', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  it('is right with the L2 rate that it keeps', async () => {
    const result = await check(two);
    assert.equal(result.verdict, 'correct', say(result));
  });

  for (const [what, from, to] of [
    ['counts twice', '+ self.reg * self.W1\n', '+ 2 * self.reg * self.W1\n'],
    ['is missing', ' / m + self.reg * self.W1\n', ' / m\n'],
  ] as const) {
    it(`is wrong where the L2 term of one weight ${what}`, async () => {
      const source = two.replace(from, to);
      const result = await check(source);
      assert.equal(result.findings[0]?.rule, 'l2', say(result));
      assert.equal(result.findings[0]?.line, lineOf(source, 'dW1 ='), say(result));
    });
  }
});
