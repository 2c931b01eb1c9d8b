// A dropout mask that the backward pass draws anew, and none in the forward pass.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const source = `import numpy as np


def initialize(dims):
    parameters = {}
    for l in range(1, len(dims)):
        parameters["W" + str(l)] = np.random.randn(dims[l], dims[l - 1])
        parameters["b" + str(l)] = np.zeros((dims[l], 1))
    return parameters


def forward(X, parameters):
    A, caches = X, []
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        Z = W @ A + b
        caches.append((A, W, Z))
        A = np.tanh(Z)
    return A, caches


def compute_cost(AL, Y):
    return np.sum((AL - Y) ** 2) / (2 * Y.shape[1])


def layer_backward(dA, cache, keep_prob=1.0):
    A_prev, W, Z = cache
    m = A_prev.shape[1]
    dZ = dA * (1 - np.tanh(Z) ** 2)
    if keep_prob < 1:
        dZ *= np.random.rand(dZ.shape[0], dZ.shape[1]) < keep_prob
        dZ /= keep_prob
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m


def backward(AL, Y, caches, keep_prob=1.0):
    grads = {}
    dA = AL - Y
    for l in reversed(range(len(caches))):
        dA, grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = layer_backward(dA, caches[l], keep_prob)
    return grads
`;

describe('a mask of the backward pass alone', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  it('is told where it is drawn', async () => {
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.function, 'layer_backward', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, 'dZ *= np.random'));
    assert.match(result.findings[0]?.message ?? '', /drawn anew/);
  });
});
