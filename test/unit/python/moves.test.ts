// Steps that name no parameter: loops over parameters and their gradients, comprehensions, tables under one key.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const net = (error: string, trained: string): string => `import numpy as np


def initialize(sizes):
    return [(np.random.randn(m, n), np.zeros(n)) for m, n in zip(sizes[:-1], sizes[1:])]


def forward(params, x):
    kept = [x]
    for w, b in params[:-1]:
        x = np.tanh(x @ w + b)
        kept.append(x)
    w, b = params[-1]
    return x @ w + b, kept


def loss(params, x, y):
    pred, _ = forward(params, x)
    return np.mean((pred - y) ** 2)


def gradients(params, x, y):
    pred, kept = forward(params, x)
    g = 2 * (${error}) / pred.size
    grads = []
    for (w, b), a in zip(reversed(params), reversed(kept)):
        grads.append((a.T @ g, g.sum(0)))
        g = (g @ w.T) * (1 - a ** 2)
    return grads[::-1]


${trained}
`;

const comprehension = (sign: string) => `def sgd(params, grads, lr):\n    return [(w ${sign} lr * dw, b ${sign} lr * db) for (w, b), (dw, db) in zip(params, grads)]`;
const loop = (sign: string) => `def fit(params, x, y, lr, steps):\n    for _ in range(steps):\n        for (w, b), (dw, db) in zip(params, gradients(params, x, y)):\n            w ${sign}= lr * dw\n            b ${sign}= lr * db`;

const table = (step: string): string => `import numpy as np


class Net:
    def __init__(self, sizes, rate=0.1):
        self.rate, self.L = rate, len(sizes) - 1
        self.theta = {}
        for l in range(1, self.L + 1):
            self.theta["W%d" % l] = np.random.randn(sizes[l], sizes[l - 1])
            self.theta["b%d" % l] = np.zeros((sizes[l], 1))

    def forward(self, X):
        kept = {"a0": X}
        for l in range(1, self.L + 1):
            kept["a%d" % l] = np.tanh(self.theta["W%d" % l] @ kept["a%d" % (l - 1)] + self.theta["b%d" % l])
        return kept

    def cost(self, out, y):
        return np.sum((out - y) ** 2) / (2 * y.shape[1])

    def backward(self, kept, y):
        m, g = y.shape[1], {}
        d = kept["a%d" % self.L] - y
        for l in range(self.L, 0, -1):
            d = d * (1 - kept["a%d" % l] ** 2)
            g["W%d" % l] = d @ kept["a%d" % (l - 1)].T / m
            g["b%d" % l] = d.mean(axis=1, keepdims=True)
            d = self.theta["W%d" % l].T @ d
        return g

    def train(self, X, y, epochs):
        for _ in range(epochs):
            kept = self.forward(X)
            g = self.backward(kept, y)
            ${step}
            print(self.cost(kept["a%d" % self.L], y))
`;

describe('Steps that name no parameter', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const [what, step, at] of [
    ['a comprehension over both', comprehension, 'return [(w +'],
    ['a loop over both', loop, 'w += lr'],
  ] as const) {
    it(`are told in ${what} where they add a gradient`, async () => {
      const right = await check(net('pred - y', step('-')));
      assert.equal(right.verdict, 'correct', say(right));
      const source = net('pred - y', step('+'));
      const wrong = await check(source);
      assert.equal(wrong.verdict, 'wrong', say(wrong));
      assert.equal(wrong.findings[0]!.rule, 'update', say(wrong));
      assert.equal(wrong.findings[0]!.line, lineOf(source, at), say(wrong));
    });

    it(`are right in ${what} where they add the negative gradient`, async () => {
      const right = await check(net('y - pred', step('+')));
      assert.equal(right.verdict, 'correct', say(right));
      const wrong = await check(net('y - pred', step('-')));
      assert.equal(wrong.verdict, 'wrong', say(wrong));
    });
  }

  it('are told in a table that is gone through by its keys', async () => {
    const right = await check(table('for k in self.theta: self.theta[k] -= self.rate * g[k]'));
    assert.equal(right.verdict, 'correct', say(right));
    const source = table('for k in self.theta: self.theta[k] += self.rate * g[k]');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]!.line, lineOf(source, 'for k in self.theta'), say(wrong));
    // turned round before
    const turned = await check(table('self.rate = -0.1\n            for k in self.theta: self.theta[k] += self.rate * g[k]'));
    assert.equal(turned.verdict, 'correct', say(turned));
  });
});
