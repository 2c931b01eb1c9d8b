// Layers of which nothing in the file makes a network: a backward pass that stops wherever the layer stands.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const layers = `import numpy as np


class Dense:
    def __init__(self, n_in, n_out):
        self.weights = np.random.randn(n_in, n_out) * 0.1
        self.biases = np.zeros((1, n_out))

    def forward(self, inputs):
        self.inputs = inputs
        return np.dot(inputs, self.weights) + self.biases

    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        return np.dot(dvalues, self.weights.T)


class ReLU:
    def forward(self, inputs):
        self.inputs = inputs
        return np.maximum(0, inputs)

    def backward(self, dvalues):
        return dvalues * (self.inputs > 0)
`;

describe('Python check: layers alone', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('are put together, and cannot run where a product of the backward pass never fits', async () => {
    const right = await check(layers);
    assert.equal(right.verdict, 'correct', say(right));
    for (const [product, other] of [
      ['np.dot(self.inputs.T, dvalues)', 'np.dot(self.inputs, dvalues)'],
      ['np.dot(dvalues, self.weights.T)', 'np.dot(dvalues, self.weights)'],
    ] as const) {
      const source = layers.replace(product, other);
      const result = await check(source);
      assert.equal(result.verdict, 'cannot run', say(result));
      assert.equal(result.findings[0]?.line, lineOf(source, other), say(result));
    }
  });
});
