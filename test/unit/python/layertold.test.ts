// Layers whose backward pass has a name of its own, and is told once more what the forward pass keeps.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const dense = (slope: string): string => `import numpy as np
from our_functions import ${slope}


class Dense:
    def __init__(self, n_in, n_out, activation):
        self.W = np.random.randn(n_out, n_in)
        self.b = np.zeros((n_out, 1))
        self.activation = activation

    def forward(self, x):
        self.below = x
        self.z = self.W @ x + self.b
        return self.activation(self.z)

    def derivatives(self, dl_da, next_layer, z, below):
        dz = dl_da * ${slope}(z)
        dl_dw = dz @ below.T
        dl_db = dz.sum(axis=1, keepdims=True)
        return self.W.T @ dz, dl_dw, dl_db
`;

describe('python: a layer that is told once more what it keeps', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is right where its derivative is that of the activation it is named for', async () => {
    for (const slope of ['relu_derivative', 'sigmoid_derivative']) {
      const result = await check(dense(slope));
      assert.equal(result.verdict, 'correct', say(result));
      assert.match(say(result), /Dense\.derivatives/);
    }
  });

  it('is wrong where it multiplies by what did not come in', async () => {
    const source = dense('relu_derivative').replace('= dz @ below.T', '= dz @ np.abs(below).T');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, 'dl_dw = '));
  });

  it('is no layer where something it is told is kept nowhere', async () => {
    const result = await check(dense('relu_derivative').replace('self.z = self.W @ x + self.b', 'z = self.W @ x + self.b').replace('activation(self.z)', 'activation(z)'));
    assert.equal(result.verdict, 'cannot run', say(result));
  });
});
