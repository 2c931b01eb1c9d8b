// Regressions of one layer: by one function for its cost and its gradients, and as a class whose bias, or only weight, is a plain number.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const regression = `import numpy as np


def initialize(n):
    return {"w": np.zeros((n, 1)), "b": np.zeros((1, 1))}


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    dw = np.dot(X, (A - Y).T) / m
    db = np.sum(A - Y, axis=1, keepdims=True) / m
    return {"w": dw, "b": db}, cost


def optimize(X, Y, rounds=100, rate=0.009):
    params = initialize(X.shape[0])
    for i in range(rounds):
        grads, cost = propagate(params["w"], params["b"], X, Y)
        for key in params:
            params[key] -= rate * grads[key]
        print(cost)
    return params
`;

/** X @ w of one dimension: a column of targets beside it makes a matrix of all pairs. */
const ofNumbers = `import numpy as np


class LogisticRegression:
    def __init__(self, n, lr=0.01):
        self.w = np.random.randn(n)
        self.b = 0.0
        self.lr = lr

    def forward(self, X):
        return 1 / (1 + np.exp(-(X @ self.w + self.b)))

    def loss(self, p, y):
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def backward(self, X, y, p):
        m = len(y)
        return X.T @ (p - y) / m, np.sum(p - y) / m

    def fit(self, X, y):
        for _ in range(100):
            p = self.forward(X)
            dw, db = self.backward(X, y, p)
            self.w -= self.lr * dw
            self.b -= self.lr * db
`;

const line = `import numpy as np


class Line:
    def __init__(self, rate=0.01):
        self.rate = rate
        self.W = np.random.randn()
        self.b = 0.0

    def forward(self, x):
        return self.W * x + self.b

    def loss(self, p, y):
        return np.mean((p - y) ** 2)

    def backward(self, x, y, p):
        dW = 2 * np.mean((p - y) * x)
        db = 2 * np.mean(p - y)
        return dW, db
`;

/** The same as a script, whose samples are numbers, and whose loop multiplies no matrices. */
const lineScript = `import numpy as np

x = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
y = np.array([3.0, 5.0, 7.0, 9.0, 11.0])
w = 0.0
b = 0.0
rate = 0.01
n = len(x)
for epoch in range(1000):
    p = w * x + b
    cost = (1 / n) * np.sum((y - p) ** 2)
    dw = -(2 / n) * np.sum(x * (y - p))
    db = -(2 / n) * np.sum(y - p)
    w = w - rate * dw
    b = b - rate * db
`;

/** Its weights and its bias are one array, moved part by part; `errors` is what a step is made of. */
const parts = `import numpy as np


class Adaline:
    def __init__(self, eta=0.01, n_iter=50):
        self.eta = eta
        self.n_iter = n_iter

    def fit(self, X, y):
        self.w_ = np.zeros(1 + X.shape[1])
        self.cost_ = []
        for i in range(self.n_iter):
            output = self.net_input(X)
            errors = y - output
            self.w_[1:] += self.eta * X.T.dot(errors)
            self.w_[0] += self.eta * errors.sum()
            cost = (errors ** 2).sum() / 2.0
            self.cost_.append(cost)
        return self

    def net_input(self, X):
        return np.dot(X, self.w_[1:]) + self.w_[0]

    def predict(self, X):
        return np.where(self.net_input(X) >= 0.0, 1, -1)
`;

describe('a logistic regression', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const [what, from, to, verdict] of [
    ['is right', '', '', 'correct'],
    ['stops with all samples, whatever one alone may do', 'np.dot(X, (A - Y).T)', 'np.dot(X, A - Y)', 'cannot run'],
    ['moves every parameter by the learning rate alone', '-= rate * grads[key]', '-= rate', 'wrong'],
  ] as const) {
    it(what, async () => {
      const source = regression.replace(from, to);
      const result = await check(source);
      assert.equal(result.verdict, verdict, say(result));
      if (to) assert.equal(result.findings[0]?.line, lineOf(source, to), say(result));
    });
  }

  it('has a bias that is a plain number, and a gradient of it', async () => {
    for (const zero of ['0.0', '0']) {
      const right = await check(ofNumbers.replace('self.b = 0.0', `self.b = ${zero}`));
      assert.equal(right.verdict, 'correct', say(right));
      assert.ok(right.layers[0]?.db, say(right));
    }
    const source = ofNumbers.replace('np.sum(p - y) / m', 'np.sum(p - y)');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.line, lineOf(source, 'np.sum(p - y)'), say(wrong));
    assert.match(wrong.summary, /m times too large/);
  });

  it('has one weight, which is a number, of one feature', async () => {
    const right = await check(line);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(line.replace('2 * np.mean((p - y) * x)', '2 * np.mean(p - y)'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('is a script of numbers, whose loop multiplies no matrices', async () => {
    const right = await check(lineScript);
    assert.equal(right.verdict, 'correct', say(right));
    const source = lineScript.replace('db = -(2 / n) *', 'db = -2 *');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.match(wrong.summary, new RegExp(`line ${lineOf(source, 'db = -2')}.*m times too large`));
  });

  it('is wrong in its bias alone where a class trains it', async () => {
    const source = ofNumbers
      .replace('self.w = np.random.randn(n)', 'self.w = None')
      .replace('self.b = 0.0', 'self.b = None')
      .replace('    def fit(self, X, y):\n', '    def fit(self, X, y):\n        self.w, self.b = np.zeros(X.shape[1]), 0\n')
      .replace('    def backward(self, X, y, p):\n        m = len(y)\n        return X.T @ (p - y) / m, np.sum(p - y) / m\n\n', '')
      .replace('dw, db = self.backward(X, y, p)', 'dw = X.T @ (p - y) / len(y)\n            db = np.sum(p - y)');
    const wrong = await check(source);
    assert.equal(wrong.findings[0]?.line, lineOf(source, 'db = np.sum(p - y)'), say(wrong));
    assert.equal(wrong.findings.length, 1, say(wrong));
  });

  it('keeps its bias as the first entry of its weights', async () => {
    const right = await check(parts);
    assert.equal(right.verdict, 'correct', say(right));
    const whole = await check(parts.replace('.sum() / 2.0', '.sum()'));
    assert.equal(whole.verdict, 'convention', say(whole));
  });

  it('is no network where its steps have no gradient, which can run all the same', async () => {
    const result = await check(parts
      .replace('            output = self.net_input(X)\n            errors = y - output\n', '')
      .replace('            self.w_[1:] += self.eta * X.T.dot(errors)\n            self.w_[0] += self.eta * errors.sum()\n            cost = (errors ** 2).sum() / 2.0\n', '            cost = 0\n            for xi, target in zip(X, y):\n                update = self.eta * (target - self.predict(xi))\n                self.w_[1:] += update * xi\n                self.w_[0] += update\n                cost += int(update != 0)\n'));
    assert.equal(result.verdict, 'not bound', say(result));
  });
});
