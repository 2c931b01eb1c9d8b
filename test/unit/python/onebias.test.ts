// A bias that is one number, `self.b = 0`: its gradient counts like that of the weights.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const linear = `import numpy as np


class LinearRegression:
    def __init__(self, n):
        self.w = np.random.randn(n)
        self.b = 0

    def pred(self, X):
        return X @ self.w + self.b

    def mse(self, y, y_pred):
        return np.mean((y - y_pred) ** 2)

    def fit(self, X, y):
        for i in range(200):
            y_hat = self.pred(X)
            grad_w = 2 * (y_hat - y) @ X / len(X)
            grad_b = 2 * np.mean(y_hat - y)
            self.w = self.w - 0.001 * grad_w
            self.b = self.b - 0.001 * grad_b
            print(self.mse(y, y_hat))
`;

const logistic = `import numpy as np


class LogisticRegression:
    def __init__(self, lr=0.01, n_iters=1000):
        self.lr, self.n_iters = lr, n_iters

    def fit(self, X, y):
        n_samples, n_features = X.shape
        self.weights = np.zeros(n_features)
        self.bias = 0
        for _ in range(self.n_iters):
            p = 1 / (1 + np.exp(-(np.dot(X, self.weights) + self.bias)))
            dw = (1 / n_samples) * np.dot(X.T, (p - y))
            db = (1 / n_samples) * np.sum(p - y)
            self.weights = self.weights - self.lr * dw
            self.bias = self.bias - self.lr * db
`;

describe('Python check: a bias that is one number', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('compares its gradient too, where the constructor makes it and where the training does', async () => {
    const twice = logistic.replace('n_iters\n\n', 'n_iters\n        self.weights = None\n        self.bias = 0.0\n\n');
    for (const source of [linear, logistic, twice]) {
      const result = await check(source);
      assert.equal(result.verdict, 'correct', say(result));
      assert.equal(result.bound?.parameters.length, 2);
    }
  });

  it('finds 1/m in one of the two gradients only', async () => {
    const result = await check(linear.replace(' / len(X)', ''));
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(linear, 'grad_w ='));
    const other = await check(logistic.replace('db = (1 / n_samples) * ', 'db = '));
    assert.equal(other.verdict, 'wrong', say(other));
    assert.equal(other.findings[0]?.function, 'fit');
  });
});
