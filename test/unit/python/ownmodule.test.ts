// A module of their own that is not there: said as what it is, and never a reason to call what stands in the file wrong.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const layer = `import numpy as np

from own_functions import get_activation


class Linear:
    def __init__(self, n_in, n_out, act=None):
        self.weight = np.random.randn(n_out, n_in) / np.sqrt(n_in)
        self.bias = np.zeros((n_out, 1))
        self.act = get_activation(act)

    def forward(self, x):
        z = self.weight @ x + self.bias
        return z, self.act(z)

    def backward(self, x, z, da):
        dz = da * self.act(z, deriv=True)
        return self.weight.T @ dz, dz @ x.T, np.sum(dz, axis=1, keepdims=True)
`;

const course = `import numpy as np


def softmax(Z):
    e = np.exp(Z - np.max(Z, axis=0))
    return e / np.sum(e, axis=0), Z


def relu(Z):
    return np.maximum(0, Z), Z


def initialize_parameters(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.1
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


def L_model_forward(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        Z = np.dot(W, A) + b
        linear_cache = (A, W, b)
        A, activation_cache = softmax(Z) if l == L else relu(Z)
        caches.append([linear_cache, activation_cache])
    return A, caches


def compute_cost(AL, Y):
    return -np.sum(Y * np.log(AL)) / Y.shape[1]


def softmax_backward(dA, Y):
    return dA - Y


def relu_backward(dA, Z):
    return dA * (Z > 0)


def linear_activation_backward(dA, cache, activation):
    (A_prev, W, b), Z = cache
    m = A_prev.shape[1]
    dZ = softmax_backward(dA, Z) if activation == "softmax" else relu_backward(dA, Z)
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T) / m, np.sum(dZ, axis=1, keepdims=True) / m


def L_model_backward(AL, Y, caches):
    grads, L = {}, len(caches)
    caches[L - 1][1] = Y
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = linear_activation_backward(AL, caches[L - 1], "softmax")
    for l in reversed(range(L - 1)):
        grads["dA" + str(l)], grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = linear_activation_backward(grads["dA" + str(l + 1)], caches[l], "relu")
    return grads
`;

describe('a module of their own that is missing', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is said at its import, where nothing can be run without it', async () => {
    const result = await check(layer);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]?.line, lineOf(layer, 'from own_functions'), say(result));
    assert.match(result.summary, /No module named 'own_functions'.*neither beside this file nor installed/);
  });

  it('is no activation that stands where its derivative is meant, unless it is called as one', async () => {
    const result = await check(layer.replace('self.act(z, deriv=True)', 'self.act(z)'));
    assert.equal(result.verdict, 'wrong', say(result));
    assert.match(result.findings[0]!.message, /multiplied by the activation itself/);
  });
});

describe('a softmax that is handed the prediction and the targets', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('subtracts them itself: what is wrong below it is told there', async () => {
    const right = await check(course);
    assert.equal(right.verdict, 'correct', say(right));
    const source = course.replace('return dA * (Z > 0)', 'return dA * (Z < 0)');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.line, lineOf(source, '(Z < 0)'), say(wrong));
  });
});

describe('a network whose layers are of a module of their own', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is what is told where its functions are called otherwise than what stands for them', async () => {
    const source = `import numpy as np
from own_utils import sigmoid, softmax


class Network:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1, self.b1 = np.random.randn(n_in, n_hidden), np.zeros((1, n_hidden))
        self.W2, self.b2 = np.random.randn(n_hidden, n_out), np.zeros((1, n_out))

    def forward(self, X):
        self.X, self.Z1 = X, X @ self.W1 + self.b1
        self.A1 = sigmoid(self.Z1)
        self.Z2 = self.A1 @ self.W2 + self.b2
        return softmax(self.Z2)

    def backward(self, A2, Y, rate):
        dZ2 = (A2 - Y) * softmax(self.Z2, derivative=True)
        dZ1 = dZ2 @ self.W2.T * sigmoid(self.Z1, derivative=True)
        self.W2 -= rate * self.A1.T @ dZ2
        self.W1 -= rate * self.X.T @ dZ1
`;
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.match(result.summary, /No module named 'own_utils'/);
    assert.equal(result.findings[0]?.line, lineOf(source, 'from own_utils'), say(result));
  });

  it('cannot be run without it', async () => {
    const source = `import numpy as np
import own_network.layers as L


class Network:
    def __init__(self, sizes):
        self.layers = [L.Linear(n_in, n_out) for n_in, n_out in zip(sizes, sizes[1:])]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad
`;
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, 'import own_network.layers'), say(result));
    // what loads data and draws may be missing
    const other = await check(source.replace('import own_network.layers as L', 'from own_plots import draw').replace('L.Linear(n_in, n_out)', 'Linear(n_in, n_out)'));
    assert.ok(!other.summary.includes('own_plots'), say(other));
  });
});
