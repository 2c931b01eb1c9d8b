// Gradients that no name tells: what the update of a layer subtracts of its parameters.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say, type Shape } from './support';

/** Layers of a minibatch that is counted beside it; what is kept for the step has names of its own. */
const counted = `import numpy as np


class Affine:
    def __init__(self, size):
        self.weights = np.random.randn(size[1], size[0]) / np.sqrt(size[0])
        self.biases = np.random.randn(size[1], 1)

    def forward_batch(self, a, m, test=False):
        self.seen = a
        return a @ self.weights.T + np.tile(self.biases.T, (m, 1))

    def backprop(self, error):
        self.kept_w = error.T @ self.seen
        self.kept_b = error.sum(axis=0).reshape(-1, 1)
        return error @ self.weights

    def step(self, eta, reg, m, n):
        self.biases -= (eta / m) * self.kept_b
        self.weights = (1 - eta * reg / n) * self.weights - (eta / m) * self.kept_w


class Tanh:
    def forward_batch(self, z, m, test=False):
        self.out = np.tanh(z)
        return self.out

    def backprop(self, error):
        return error * (1 - self.out ** 2)

    def step(self, eta, reg, m, n):
        pass


class Dropout:
    def __init__(self, p=0.5):
        self.p = p

    def forward_batch(self, z, m, test=False):
        if test:
            return z
        self.kept = (np.random.rand(*z.shape) > self.p) / (1 - self.p)
        return z * self.kept

    def backprop(self, error):
        return error * self.kept

    def step(self, eta, reg, m, n):
        pass
`;

const shapes: Shape[] = [
  { what: 'layers whose update alone tells what their gradients are', source: counted, mistake: ['return error * (1 - self.out ** 2)', 'return error * (1 - self.out)'] },
  { what: 'a dropout layer beside them', source: counted, mistake: ['return error * self.kept', 'return error'] },
];

describe('python: gradients that no name tells', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('takes no velocity for a gradient', async () => {
    const result = await check(counted
      .replace('self.biases = np', 'self.kept_w, self.kept_b = 0, 0\n        self.biases = np')
      .replace('self.kept_w = error', 'self.kept_w = 0.9 * self.kept_w + 0.1 * error')
      .replace('self.kept_b = error', 'self.kept_b = 0.9 * self.kept_b - 0.2 * error'));
    assert.equal(result.verdict, 'not bound', say(result));
  });
});
