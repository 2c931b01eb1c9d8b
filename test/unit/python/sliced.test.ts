// A network that takes its layer objects apart in slices: layers[:-1], layers[::-1], layers[-1].

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const network = `import numpy as np


class NN:
    def __init__(self, layers):
        self.layers = list(layers)

    def forward(self, X):
        self.kept = [X]
        for layer in self.layers[:-1]:
            Z = layer.forward(X)
            self.kept.append(Z)
            X = np.maximum(Z, 0)
            self.kept.append(X)
        Z = self.layers[-1].forward(X)
        e = np.exp(Z - Z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def backward(self, A, Y):
        gradients = []
        self.kept.reverse()
        delta = A - Y
        for X, Z, layer in zip(self.kept[::2], self.kept[1::2], self.layers[::-1]):
            gradients.append(X.T @ delta)
            delta = delta @ layer.weights.T * (Z > 0)
        X = self.kept[-1]
        gradients.append(X.T @ delta)
        return gradients[::-1]


class Layer:
    def __init__(self, ninputs, noutputs):
        self.weights = np.random.randn(ninputs, noutputs)

    def forward(self, X):
        return X @ self.weights


def cross_entropy(A, Y):
    return -(Y * np.log(A)).sum()
`;

describe('layer objects in slices', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  it('are given to the network', async () => {
    const right = await check(network);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(network.replace(' * (Z > 0)', ''));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('are no arrays: what takes the first of them for the samples stops', async () => {
    const source = network.replace('X = self.kept[-1]', 'X = self.layers[0]');
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, 'gradients.append(X.T @ delta)\n        return'), say(result));
  });
});
