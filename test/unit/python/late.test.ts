// A cost that a training computes after its step, when the parameters have moved: it is that of the parameters the step began with.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const logistic = (step: string): string => `import numpy as np


class Logistic:
    def __init__(self, rate=0.05, rounds=500, lambd=0.1):
        self.rate = rate
        self.rounds = rounds
        self.lambd = lambd

    def fit(self, X, Y):
        m, n = X.shape
        self.W = np.random.randn(n, 1) * 0.01
        self.b = np.random.randn(1, 1) * 0.01
        for i in range(self.rounds):
            A = 1 / (1 + np.exp(-(np.dot(X, self.W) + self.b)))
            dZ = A - Y
            dW = ${step}
            db = (1 / m) * np.sum(dZ, axis=0, keepdims=True)
            self.W = self.W - self.rate * dW
            self.b = self.b - self.rate * db
            if i % 100 == 0:
                cost = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)) + self.lambd / (2 * m) * np.sum(self.W ** 2)
                print(cost)
`;

/** Parameters that the constructor makes, moved in place. */
const network = (term: string): string => `import numpy as np


class Network:
    def __init__(self, n_x, n_h, n_y):
        self.W1 = np.random.randn(n_x, n_h)
        self.b1 = np.zeros((1, n_h))
        self.W2 = np.random.randn(n_h, n_y)
        self.b2 = np.zeros((1, n_y))

    def train(self, X, Y, rate=0.1):
        m = X.shape[0]
        A1 = np.tanh(X @ self.W1 + self.b1)
        A2 = A1 @ self.W2 + self.b2
        dZ2 = (A2 - Y) / m
        dZ1 = dZ2 @ self.W2.T * (1 - A1 ** 2)
        self.W2 -= rate * (A1.T @ dZ2${term})
        self.b2 -= rate * dZ2.sum(axis=0, keepdims=True)
        self.W1 -= rate * (X.T @ dZ1 + 0.5 * self.W1)
        self.b1 -= rate * dZ1.sum(axis=0, keepdims=True)
        loss = np.sum((A2 - Y) ** 2) / (2 * m) + 0.25 * (np.sum(self.W1 ** 2) + np.sum(self.W2 ** 2))
        return loss
`;

describe('a cost after the step', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  it('is that of the parameters which the training made', async () => {
    const right = await check(logistic('(1 / m) * (np.dot(X.T, dZ) + self.lambd * self.W)'));
    assert.equal(right.verdict, 'correct', say(right));
    assert.ok(right.checked.some((each) => each.includes('your cost')), say(right));
    const source = logistic('(1 / m) * np.dot(X.T, dZ)');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.rule, 'l2');
    assert.equal(wrong.findings[0]?.line, lineOf(source, 'dW ='));
    assert.match(wrong.findings[0]?.message ?? '', /missing in the gradient of w: lambd \/ m \* w/);
    assert.match(wrong.findings[0]?.formula ?? '', /\+ lambd \/ m \* w$/);
  });

  it('is that of the parameters which an object holds', async () => {
    const right = await check(network(' + 0.5 * self.W2'));
    assert.equal(right.verdict, 'correct', say(right));
    assert.ok(right.checked.some((each) => each.includes('your cost')), say(right));
    const wrong = await check(network(''));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('goes with samples in rows, where the file counts the rows', async () => {
    const source = logistic('(1 / m) * np.dot(X.T, dZ)').replace(/ {12}if i % 100 == 0:\n {4}( +cost = .*)\n.*\n/, '$1\n');
    const before = source.replace(/( +cost = .*\n)/, '').replace('            dZ =', `${/ +cost = .*\n/.exec(source)![0]}            dZ =`);
    const result = await check(before);
    assert.equal(result.findings[0]?.rule, 'l2', say(result));
  });
});
