// A dropout mask that the backward pass draws anew, and none in the forward pass; and one that only a training switches on.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say } from './support';

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

/** The forward pass keeps the masked and scaled activation, and takes the derivative of that; only a training says that there is dropout. */
const inTraining = `import numpy as np


class DropoutNN:
    def __init__(self, input_size, hidden_size=32, dropout_rate=0.3):
        self.W1, self.b1 = np.random.randn(hidden_size, input_size) * 0.1, np.zeros((hidden_size, 1))
        self.W2, self.b2 = np.random.randn(1, hidden_size) * 0.1, np.zeros((1, 1))
        self.dropout_rate = dropout_rate
        self._is_training = False
        self.mask = None

    def forward(self, X):
        S1 = 1 / (1 + np.exp(-(self.W1 @ X.T + self.b1)))
        A1 = S1
        if self._is_training:
            self.mask = (np.random.rand(*A1.shape) > self.dropout_rate).astype(float)
            A1 = A1 * self.mask / (1 - self.dropout_rate)
        self.S1, self.A1 = S1, A1
        self.A2 = 1 / (1 + np.exp(-(self.W2 @ A1 + self.b2)))
        return self.A2.T

    def compute_loss(self, y_pred, y_true):
        return -np.mean(y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred))

    def backward(self, X, y):
        n = X.shape[0]
        dZ2 = self.A2 - y.T
        self.dW2, self.db2 = dZ2 @ self.A1.T / n, np.sum(dZ2, axis=1, keepdims=True) / n
        dA1 = self.W2.T @ dZ2
        if self._is_training:
            dA1 = dA1 * self.mask / (1 - self.dropout_rate)
        dZ1 = dA1 * self.S1 * (1 - self.S1)
        self.dW1, self.db1 = dZ1 @ X / n, np.sum(dZ1, axis=1, keepdims=True) / n

    def fit(self, X, y, rate=0.1, steps=100):
        self._is_training = True
        for _ in range(steps):
            self.forward(X)
            self.backward(X, y)
            self.W1 -= rate * self.dW1
            self.b1 -= rate * self.db1
            self.W2 -= rate * self.dW2
            self.b2 -= rate * self.db2
        self._is_training = False
`;

describe('dropout that only a training switches on', function () {
  this.timeout(30_000);
  bindsEach([{ what: 'a network with a flag for its training', source: inTraining, mistake: ['dA1 * self.S1 * (1 - self.S1)', 'dA1 * self.A1 * (1 - self.A1)'] }], pythonChecks());
});
