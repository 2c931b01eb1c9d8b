// What keeps a file from being run as a whole: questions to the user, a training that stops, functions that another file puts together, a layer alone.

import assert from 'node:assert/strict';
import { changed, lineOf, pythonChecks, say } from './support';

/** Asks for the units of each layer while it makes them. */
const asking = `import numpy as np


def initialize(n_0, n_1):
    return np.random.randn(n_1, n_0), np.zeros((n_1, 1))


def softmax(z):
    e = np.exp(z - np.max(z, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def forward(x, y, kept, j, l):
    a, n_o = x, x.shape[0]
    for i in range(l):
        if j == 0:
            n = int(input("How many nodes has layer " + str(i + 1) + "? "))
            kept["w_" + str(i + 1)], kept["b_" + str(i + 1)] = initialize(n_o, n)
            n_o = n
        z = np.dot(kept["w_" + str(i + 1)], a) + kept["b_" + str(i + 1)]
        a = softmax(z) if i == l - 1 else np.maximum(0, z)
        kept["z_" + str(i + 1)], kept["a_" + str(i + 1)] = z, a
    return kept, a, l


def backward(x, y, kept, y_hat, l, lr):
    m = x.shape[1]
    dz = y_hat - y
    for i in reversed(range(1, l + 1)):
        a_prev = x if i == 1 else kept["a_" + str(i - 1)]
        dw = np.dot(dz, a_prev.T) / m
        db = np.sum(dz, axis=1, keepdims=True) / m
        if i > 1:
            dz = np.dot(kept["w_" + str(i)].T, dz) * (kept["z_" + str(i - 1)] > 0)
        kept["w_" + str(i)] -= lr * dw
        kept["b_" + str(i)] -= lr * db
    return kept, -np.sum(y * np.log(y_hat + 1e-8)) / m


def optimize(x, y, l, lr, ni):
    kept = dict()
    for j in range(ni):
        kept, y_hat, l = forward(x, y, kept, j, l)
        kept, cost = backward(x, y, kept, y_hat, l, lr)
    return kept


l = int(input("How many layers? "))
optimize(x_train, y_train, l, 0.01, 1000)
`;

/** Functions that only another file puts together. */
const apart = (slope: string) => `import math
from training_of_nets import Trainer


class Net(Trainer):
    def f(self, s):
        return 1 / (1 + math.exp(-10 * s))

    def derivative(self, value):
        y = self.f(value)
        return ${slope}

    def b_pass(self, errors, sums):
        return [e * self.derivative(s) for e, s in zip(errors, sums)]


class Tanh:
    def forward(self, x):
        return math.tanh(x)

    def derivative(self, x):
        return 1 - math.tanh(x) ** 2


def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + math.exp(-x))


def hidden(error, a):
    return error * nonlin(a, deriv=True)
`;

/** A training that makes its parameters itself; everything of the output layer comes before what may stop. */
const stopping = (dW1: string) => `import numpy as np


def init_params():
    return np.random.rand(64, 784) - 0.5, np.random.rand(64, 1) - 0.5, np.random.rand(10, 64) - 0.5, np.random.rand(10, 1) - 0.5


def forward_propag(W1, b1, W2, b2, X):
    Z1 = W1.dot(X) + b1
    A1 = np.maximum(0, Z1)
    Z2 = W2.dot(A1) + b2
    e = np.exp(Z2 - np.max(Z2, axis=0))
    return Z1, A1, Z2, e / np.sum(e, axis=0)


def one_hot(Y):
    out = np.zeros((Y.max() + 1, Y.size))
    out[Y, np.arange(Y.size)] = 1
    return out


def back_propag(Z1, A1, A2, W2, X, Y):
    m = X.shape[1]
    dZ2 = A2 - one_hot(Y)
    dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = W2.T.dot(dZ2) * (Z1 > 0)
    dW1 = 1 / m * dZ1.dot(${dW1})
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return dW1, db1, dW2, db2


def gradient_descent(X, Y, alpha, iterations):
    W1, b1, W2, b2 = init_params()
    for i in range(iterations):
        Z1, A1, Z2, A2 = forward_propag(W1, b1, W2, b2, X)
        dW1, db1, dW2, db2 = back_propag(Z1, A1, A2, W2, X, Y)
        W1, b1, W2, b2 = W1 - alpha * dW1, b1 - alpha * db1, W2 - alpha * dW2, b2 - alpha * db2
    return W1, b1, W2, b2
`;

/** One layer among others, and nothing that puts them together. */
const layersAlone = `import numpy as np


class Linear:
    def __init__(self, dim_input, num_neurons):
        self.W = np.random.normal(0, 1, (dim_input, num_neurons))
        self.b = np.zeros((1, num_neurons))

    def fprop(self, X):
        self.X = X
        return X @ self.W + self.b

    def bprop(self, V):
        self.db = np.sum(V, axis=0) / len(V)
        self.dW = self.X.T @ V / len(V)
        return V @ self.W.T


class Tanh:
    def fprop(self, X):
        self.Z = np.tanh(X)
        return self.Z

    def bprop(self, V):
        return V * (1 - self.Z ** 2)


class Sigmoid:
    def fprop(self, X):
        self.Z = 1 / (1 + np.exp(-X))
        return self.Z

    def bprop(self, V):
        return V * self.Z * (1 - self.Z)


def test():
    layer = Linear(3, 2)
    V = layer.fprop(np.ones((4, 3)))
    print(layer.bprop(V))
`;

describe('the verdict of what cannot be run as a whole', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  it('what follows from our answers to input() does not stop a file', async () => {
    const result = await check(asking);
    assert.notEqual(result.verdict, 'cannot run', say(result));
    assert.notEqual(result.verdict, 'wrong', say(result));
  });

  it('a derivative is asked by itself where the functions cannot be run together', async () => {
    const right = await check(apart('10 * y * (1 - y)'));
    assert.equal(right.verdict, 'not bound', say(right));
    for (const [from, to, function_] of [
      ['10 * y * (1 - y)', 'y * (1 - y)', 'derivative'],
      ['1 - math.tanh(x) ** 2', '1 - math.tanh(x)', 'derivative'],
      ['x * (1 - x)', 'x * (x - 1)', 'nonlin'],
    ] as const) {
      const source = apart('10 * y * (1 - y)').replace(from, to);
      const wrong = await check(source);
      assert.equal(wrong.verdict, 'wrong', say(wrong));
      assert.deepEqual([wrong.findings[0]!.function, wrong.findings[0]!.line], [function_, lineOf(source, `return ${to}`)], say(wrong));
    }
  });

  it('a training that stops before it has every gradient is never right', async () => {
    assert.equal((await check(stopping('X.T'))).verdict, 'correct');
    const result = await check(stopping('X'));
    assert.ok(['cannot run', 'wrong'].includes(result.verdict), say(result));
    assert.equal(result.findings[0]!.function, 'back_propag', say(result));
  });

  it('one layer among others is no network, and its output no derivative', async () => {
    const result = await check(layersAlone);
    assert.notEqual(result.verdict, 'wrong', say(result));
  });

  it('a pass that asks for one layer more than there are stops, however many there are', async () => {
    const source = `import numpy as np


def initialize_parameters(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


def L_model_forward(X, parameters):
    A, caches = X, []
    L = len(parameters)
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        caches.append((A, W))
        A = np.tanh(W @ A + b)
    return A, caches


def compute_cost(AL, Y):
    return np.sum((AL - Y) ** 2) / (2 * Y.shape[1])


def L_model_backward(AL, Y, caches):
    grads, dA, A = {}, AL - Y, AL
    for l in reversed(range(len(caches))):
        A_prev, W = caches[l]
        dZ = dA * (1 - A ** 2)
        grads["dW" + str(l + 1)] = dZ @ A_prev.T / Y.shape[1]
        grads["db" + str(l + 1)] = dZ.sum(axis=1, keepdims=True) / Y.shape[1]
        dA, A = W.T @ dZ, A_prev
    return grads
`;
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.match(result.findings[0]!.message, /of \d layers it asks for layer/);
    assert.equal(result.findings[0]!.line, lineOf(source, 'W, b = parameters'));
    assert.equal((await check(source.replace('L = len(parameters)', 'L = len(parameters) // 2 + 1'))).verdict, 'correct');
  });

  it('is a product without its sign, where nothing puts the functions together', async () => {
    const source = `import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward_prop(X, w, b):
    z = np.dot(w, X) + b
    return sigmoid(z), z


def back_prop(w, a, a_prev, da):
    slope = a(1 - a)
    dz = da * slope
    return np.dot(dz, a_prev.T), np.sum(dz, axis=1, keepdims=True), np.dot(w.T, dz)
`;
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]?.function, 'back_prop');
    assert.equal(result.findings[0]?.line, lineOf(source, 'slope ='));
    assert.notEqual((await check(source.replace('a(1 - a)', 'a * (1 - a)'))).verdict, 'cannot run');
  });

  for (const [what, changes, name, at] of [
    ['an activation that compares an array as one number', [['np.maximum(0, Z)', 'max(0, Z)']], 'relu', '    A = max(0, Z)'],
    ['an array that is taken for a pair', [['    cache = Z\n    return A, cache\n\ndef relu(', '    return A\n\ndef relu(']], 'linear_activation_forward', '        A, activation_cache = sigmoid(Z)'],
    ['a pair that is taken as one number under a name of its own', [['s = 1/(1+np.exp(-Z))', 's = sigmoid(Z)'], ['(linear_cache, activation_cache)\n    return A, cache', '(linear_cache, activation_cache)\n    return Z, cache']], 'sigmoid_backward', '    dZ = dA * s'],
  ] as const) {
    it(`${what} stops a file`, async () => {
      const source = changed('deep_layers.py', changes);
      const result = await check(source);
      assert.equal(result.verdict, 'cannot run', say(result));
      assert.equal(result.findings[0]?.function, name, say(result));
      assert.equal(result.findings[0].line, lineOf(source, at));
    });
  }
});
