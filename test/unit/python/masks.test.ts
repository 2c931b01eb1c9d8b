// A dropout mask that the backward pass draws anew, and none in the forward pass; one that only a training switches on; masks that a
// function makes for both, and what they need of a folder beside the file's own.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPython } from '../../../src/python/check';
import { bindsEach, interpreter, lineOf, pythonChecks, say } from './support';

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

/** The masks of all layers are called D, as a number of inputs might be; what makes the parameters stands in scripts/. */
const handed = `import os
import numpy as np
os.chdir("../scripts")
from start import initialize_parameters


def masks(layers_dims, m, keep_prob):
    D = {}
    for l in range(len(layers_dims)):
        D[str(l)] = np.random.rand(layers_dims[l], m) < keep_prob[l]
    return D


def forward(X, parameters, D, keep_prob):
    A, caches = X * D["0"] / keep_prob[0], []
    L = len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        Z = W @ A + b
        caches.append((A, W, Z))
        A = np.tanh(Z) * D[str(l)] / keep_prob[l] if l < L else 1 / (1 + np.exp(-Z))
    return A, caches


def compute_cost(AL, Y):
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]


def backward(AL, Y, caches, D, keep_prob):
    grads, m, L = {}, Y.shape[1], len(caches)
    dZ = AL - Y
    for l in range(L, 0, -1):
        A_prev, W, Z = caches[l - 1]
        grads["dW" + str(l)], grads["db" + str(l)] = dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dA = W.T @ dZ
            dA = dA * D[str(l - 1)] / keep_prob[l - 1]
            dZ = dA * (1 - np.tanh(caches[l - 2][2]) ** 2)
    return grads


def model(X, Y, layers_dims, keep_prob, rate=0.01, iterations=100):
    parameters = initialize_parameters(layers_dims)
    for i in range(iterations):
        D = masks(layers_dims, X.shape[1], keep_prob)
        AL, caches = forward(X, parameters, D, keep_prob)
        grads = backward(AL, Y, caches, D, keep_prob)
        for key in parameters:
            parameters[key] = parameters[key] - rate * grads["d" + key]
    return parameters
`;

describe('masks that a function makes', function () {
  this.timeout(30_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'gradient-masks-'));
    for (const name of ['notebooks', 'scripts']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'scripts/start.py'), `import numpy as np


def initialize_parameters(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
`);
  });
  after(() => rmSync(folder, { recursive: true }));
  const check = async (text: string) => {
    const file = join(folder, 'notebooks/network.py');
    writeFileSync(file, text);
    return (await checkPython({ file, probe: join(process.cwd(), 'dist/python/probe.py'), interpreter: interpreter! })).result;
  };

  it('are the same for forward and backward', async function () {
    if (interpreter === undefined) this.skip();
    const right = await check(handed);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(handed.replace(' * D[str(l - 1)] / keep_prob[l - 1]', ''));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
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
