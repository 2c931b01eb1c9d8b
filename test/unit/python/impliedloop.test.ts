// A backward pass that has a file of its own, and goes over its layers in a loop: what it reads of a dictionary says what the forward pass was.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say } from './support';

const descent = `import numpy as np


def l2_gradient_descent(Y, weights, cache, alpha, lambtha, L):
    """One step; tanh in the layers but the last."""
    m = Y.shape[1]
    dz = cache['A' + str(L)] - Y
    for layer in reversed(range(1, L + 1)):
        below = cache['A{}'.format(layer - 1)]
        W = weights['W{}'.format(layer)]
        dW = np.matmul(dz, below.T) / m + lambtha * W / m
        db = np.sum(dz, axis=1, keepdims=True) / m
        dz = np.matmul(W.T, dz) * (1 - np.square(below))
        weights['W{}'.format(layer)] = W - alpha * dW
        weights['b{}'.format(layer)] -= alpha * db
`;

const dropout = `import numpy as np


def dropout_gradient_descent(Y, weights, cache, alpha, keep_prob, L):
    m = Y.shape[1]
    dA = cache['A' + str(L)] - Y
    for i in reversed(range(1, L + 1)):
        A_prev = cache['A' + str(i - 1)]
        W = weights['W' + str(i)].copy()
        dW = np.dot(dA, A_prev.T) / m
        db = np.sum(dA, axis=1, keepdims=True) / m
        weights['W' + str(i)] -= alpha * dW
        weights['b' + str(i)] -= alpha * db
        if i > 1:
            dA_prev = np.dot(W.T, dA)
            dA_prev *= cache['D' + str(i - 1)]
            dA_prev /= keep_prob
            dA = dA_prev * (1 - A_prev ** 2)
`;

describe('A backward pass alone that loops over its layers', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  bindsEach([{ what: 'a step that is given weights and activations in dictionaries', source: descent, mistake: ['keepdims=True) / m', 'keepdims=True)'] }, { what: 'a step with dropout', source: dropout, mistake: ['keepdims=True) / m', 'keepdims=True)'] }], check);

  it('is told where a step in place moves the weights that are still needed under another name', async () => {
    const early = dropout.replace("['W' + str(i)].copy()", "['W' + str(i)]");
    const result = await check(early);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.rule, 'order');
    assert.equal(result.findings[0]?.line, lineOf(early, 'dA_prev = np.dot(W.T, dA)'));
  });

  it('is not judged where it reads what no forward pass is known to keep', async () => {
    const masked = descent.replace('(1 - np.square(below))', "(1 - np.square(below)) * cache['D' + str(layer)]");
    const result = await check(masked);
    assert.equal(result.verdict, 'not bound', say(result));
  });
});
