// Gradients of biases that have not the shape of their bias, in files that take no step with them: they are missed by their shape, and found by what they are called.

import assert from 'node:assert/strict';
import { changed, lineOf, pythonChecks, say } from './support';

/** Layers that keep their gradients for an optimizer that is elsewhere, under another word than their biases. */
const layers = changed('layer_objects.py', [
  ['self.biases = np.zeros', 'self.bias = np.zeros'],
  ['+ self.biases\n', '+ self.bias\n'],
]);

/** Weights and gradients by their numbers. */
const numbered = `import numpy as np

class Network:
    def __init__(self, layer_dims):
        self.L = len(layer_dims) - 1
        self.weights, self.biases, self.cache = {}, {}, {}
        for l in range(1, self.L + 1):
            self.weights[l] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.1
            self.biases[l] = np.zeros((layer_dims[l], 1))

    def forward_pass(self, X):
        self.cache["A0"] = A = X
        for l in range(1, self.L):
            self.cache["Z%d" % l] = Z = self.weights[l] @ A + self.biases[l]
            self.cache["A%d" % l] = A = np.maximum(0, Z)
        Z = self.weights[self.L] @ A + self.biases[self.L]
        e = np.exp(Z - Z.max(axis=0, keepdims=True))
        self.cache["A%d" % self.L] = e / e.sum(axis=0, keepdims=True)
        return self.cache["A%d" % self.L]

    def compute_loss(self, Y_pred, Y_true):
        return -np.sum(Y_true * np.log(Y_pred)) / Y_true.shape[1]

    def backward_pass(self, Y_true):
        m, gradients = Y_true.shape[1], {}
        dZ = self.cache["A%d" % self.L] - Y_true
        gradients["dW%d" % self.L] = dZ @ self.cache["A%d" % (self.L - 1)].T / m
        gradients["db%d" % self.L] = np.sum(dZ, axis=1, keepdims=True) / m
        for l in range(self.L - 1, 0, -1):
            dZ = (self.weights[l + 1].T @ dZ) * (self.cache["Z%d" % l] > 0)
            gradients["dW%d" % l] = dZ @ self.cache["A%d" % (l - 1)].T / m
            gradients["db%d" % l] = np.sum(dZ, axis=1, keepdims=True) / m
        return gradients
`;

describe('python: gradients of the wrong shape', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  const shapes = [
    ['of layers, summed over everything', layers, 'np.sum(dvalues, axis=0, keepdims=True)', 'np.sum(dvalues, keepdims=True)', 'self.dbiases ='],
    ['of layers, summed over the units', layers, 'np.sum(dvalues, axis=0, keepdims=True)', 'np.sum(dvalues, axis=1, keepdims=True)', 'self.dbiases ='],
    ['by their number, summed over the units', numbered, 'gradients["db%d" % self.L] = np.sum(dZ, axis=1', 'gradients["db%d" % self.L] = np.sum(dZ, axis=0', 'gradients["db%d" % self.L]'],
  ] as const;
  for (const [what, source, from, to, line] of shapes) {
    it(`are told: ${what}`, async () => {
      const right = await check(source);
      assert.equal(right.verdict, 'correct', say(right));
      const wrong = source.replace(from, to);
      const result = await check(wrong);
      assert.equal(result.verdict, 'wrong', say(result));
      assert.equal(result.findings[0]?.line, lineOf(wrong, line), say(result));
    });
  }
});
