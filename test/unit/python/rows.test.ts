// A gradient of a part of the weights, W[1:] beside the biases in W[0]: the training that moves both says of what it is.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const network = `import numpy as np


class Net:
    def __init__(self, n_in=4, n_hidden=6, n_out=3, lr=0.01):
        self.lr = lr
        self.W = np.random.randn(n_in + 1, n_hidden) * 0.3
        self.V = np.random.randn(n_hidden, n_out) * 0.3

    def forward(self, x):
        a = np.dot(x, self.W[1:, :]) + self.W[0, :]
        z = np.tanh(a)
        return np.dot(z, self.V), z

    def loss(self, y, t):
        return np.sum(np.square(y - t)) / 2

    def gradients(self, x, y, z, t):
        dy = y - t
        dV = np.outer(z, dy)
        da = np.dot(dy, self.V.T) * (1 - z ** 2)
        dW = np.outer(x, da)
        return dV, dW, da

    def train(self, x, t):
        y, z = self.forward(x)
        dV, dW, da = self.gradients(x, y, z, t)
        self.V = self.V - self.lr * dV
        self.W[1:, :] = self.W[1:, :] - self.lr * dW
        self.W[0, :] = self.W[0, :] - self.lr * da
        return self.loss(y, t)
`;

describe('Python check: gradients of rows', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('takes them for what the training moves by them, V being the weights after W', async () => {
    const result = await check(network);
    assert.equal(result.verdict, 'correct', say(result));
    assert.deepEqual(result.bound?.parameters, ['W', 'V']);
  });

  it('names the link that is wrong, not their shape', async () => {
    const source = network.replace('(1 - z ** 2)', '(1 - z)');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, '(1 - z)'), say(result));
  });

  it('is wrong where a gradient has another shape than what it moves', async () => {
    const result = await check(network.replace('dW = np.outer(x, da)', 'dW = np.outer(x[1:], da[1:])'));
    assert.notEqual(result.verdict, 'correct', say(result));
  });
});
