// Weights that stand for the derivative of Z by the A below, and that the step has moved already: told by reading, whatever products follow.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** Each sample is a column of its own, (m, n, 1): no layout that is tried here. */
const stacked = `import numpy as np

class Net:
    def __init__(self):
        self.W1, self.W2 = np.random.randn(30, 1), np.random.randn(1, 30)

    def forward(self, x):
        self.x = x
        self.h1 = np.tanh(np.einsum('ij,bjk->bik', self.W1, x))
        self.z2 = np.einsum('ij,bjk->bik', self.W2, self.h1)
        return self.z2

    def backward(self, target):
        delta2 = 2 * (self.z2 - target)
        dz2_dh1 = self.W2
        dW2 = np.mean(np.einsum('bij,bkj->bik', delta2, self.h1), axis=0)
        self.W2 = self.W2 - 0.01 * dW2
        delta1 = np.einsum('ij,bik->bjk', dz2_dh1, delta2) * (1 - self.h1 ** 2)
        self.W1 = self.W1 - 0.01 * np.mean(np.einsum('bij,bkj->bik', delta1, self.x), axis=0)
`;

const late = stacked.replace('        dz2_dh1 = self.W2\n', '').replace('        delta1 =', '        dz2_dh1 = self.W2\n        delta1 =');

describe('Python: a derivative that is taken of weights of after their update', function () {
  this.timeout(40_000);
  const check = pythonChecks();

  it('is wrong in the line that takes them', async () => {
    const result = await check(late);
    assert.deepEqual([result.verdict, result.findings[0]?.rule, result.findings[0]?.function, result.findings[0]?.line], ['wrong', 'order', 'backward', lineOf(late, 'dz2_dh1 = self.W2')], say(result));
  });

  it('is no mistake where it is taken before', async () => {
    const result = await check(stacked);
    assert.notEqual(result.verdict, 'wrong', say(result));
  });
});

/** Samples are rows, so it is the error that lies transposed; images come in, and no samples that are tried here fit. */
const rows = (update: string, below: string): string => `import numpy as np

class Dense:
    def __init__(self, n_in, n_out, images):
        self.side = int(np.sqrt(images.shape[3]))
        self.weights = np.random.randn(n_in, n_out)

    def activations(self, volume):
        return np.tanh(volume.reshape(len(volume), self.side, -1) @ self.weights)

    def back_propagate(self, delta, volume, out):
        delta_true = delta * (1 - out ** 2)${below}
        self.weights -= 0.01 * np.dot(volume.T, delta_true)
        ${update}
`;

describe('Python: a transposed error that is multiplied with weights of after their update', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is wrong in the line that multiplies them', async () => {
    const source = rows('return np.dot(self.weights, np.transpose(delta_true)).T', '');
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.rule, result.findings[0]?.function, result.findings[0]?.line], ['wrong', 'order', 'back_propagate', lineOf(source, 'return np.dot')], say(result));
  });

  it('is no mistake where they are multiplied before, nor where samples are multiplied with the new weights', async () => {
    for (const source of [rows('return below', '\n        below = np.dot(self.weights, delta_true.T).T'), rows('return np.dot(self.weights, volume.T)', '')]) {
      const result = await check(source);
      assert.notEqual(result.verdict, 'wrong', say(result));
    }
  });
});
