// Arguments, globals and attributes of which nothing is known: they become what the code uses them as.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say, type Shape } from './support';

/** Widths and activations as pairs; the activation is looked up among the functions of the module. */
const pairs = `import numpy as np

def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))

def relu(Z):
    return Z * (Z > 0)

def initialize(plan):
    params = {}
    for l in range(1, len(plan)):
        params["W" + str(l)] = np.random.randn(plan[l][0], plan[l - 1][0]) * 0.01
        params["b" + str(l)] = np.zeros((plan[l][0], 1))
    return params

def forward_propagation(X, params, plan):
    A, cache = X, [(X, None)]
    for l in range(1, len(plan)):
        Z = params["W" + str(l)] @ A + params["b" + str(l)]
        A = globals()[plan[l][1]](Z)
        cache.append((A, Z))
    return A, cache

def compute_cost(A, Y):
    return -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / Y.shape[1]

def back_propagation(A, Y, params, cache, plan):
    grads, m = {}, Y.shape[1]
    dZ = A - Y
    for l in range(len(plan) - 1, 0, -1):
        grads["dW" + str(l)] = dZ @ cache[l - 1][0].T / m
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        if l > 1:
            dZ = params["W" + str(l)].T @ dZ
            if plan[l - 1][1] == "relu":
                dZ = dZ * (cache[l - 1][1] > 0)
            else:
                dZ = dZ * cache[l - 1][0] * (1 - cache[l - 1][0])
    return grads
`;

/** The name of the activation is a key of a table. */
const table = `import numpy as np

def logistic(z):
    return 1 / (1 + np.exp(-z))

def logistic_slope(z):
    return logistic(z) * (1 - logistic(z))

KINDS = {"sigmoid": (logistic, logistic_slope), "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2)}

class NeuralNetwork:
    def __init__(self, neurons, kind):
        self.weights = [np.random.randn(j, i) for i, j in zip(neurons[:-1], neurons[1:])]
        self.biases = [np.random.randn(j, 1) for j in neurons[1:]]
        self.f, self.df = KINDS[kind]

    def feed_forward(self, x):
        self.zs, self.activations = [], [x]
        for w, b in zip(self.weights, self.biases):
            self.zs.append(w @ self.activations[-1] + b)
            self.activations.append(self.f(self.zs[-1]))
        return self.activations[-1]

    def cost(self, out, y):
        return np.sum((out - y) ** 2) / 2

    def back_propagation(self, x, y):
        out = self.feed_forward(x)
        delta = (out - y) * self.df(self.zs[-1])
        nabla_w, nabla_b = [], []
        for l in range(len(self.weights) - 1, -1, -1):
            nabla_w.insert(0, delta @ self.activations[l].T)
            nabla_b.insert(0, np.sum(delta, axis=1, keepdims=True))
            if l > 0:
                delta = (self.weights[l].T @ delta) * self.df(self.zs[l - 1])
        return nabla_w, nabla_b
`;

/** Batches of pairs, in a list of which no call tells what is in it. */
const batches = `import numpy as np

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

class Network:
    def __init__(self, sizes):
        self.weights = [np.random.randn(x, y) for x, y in zip(sizes[1:], sizes[:-1])]
        self.biases = [np.random.randn(x, 1) for x in sizes[1:]]

    def feedforward(self, a):
        for w, b in zip(self.weights, self.biases):
            a = sigmoid(w @ a + b)
        return a

    def mini_batch_update(self, mini_batches, eta):
        for group in mini_batches:
            nabla_w = [np.zeros(w.shape) for w in self.weights]
            nabla_b = [np.zeros(b.shape) for b in self.biases]
            for x, y in group:
                a, layers = x, [x]
                for w, b in zip(self.weights, self.biases):
                    a = sigmoid(w @ a + b)
                    layers.append(a)
                error = (layers[-1] - y) * layers[-1] * (1 - layers[-1])
                for l in range(-1, -len(layers), -1):
                    nabla_w[l] = nabla_w[l] + error @ layers[l - 1].T
                    nabla_b[l] = nabla_b[l] + error
                    error = (self.weights[l].T @ error) * layers[l - 1] * (1 - layers[l - 1])
            self.weights = [w - nw * eta / len(group) for w, nw in zip(self.weights, nabla_w)]
            self.biases = [b - nb * eta / len(group) for b, nb in zip(self.biases, nabla_b)]
`;

const shapes: readonly Shape[] = [
  {
    what: 'layers as pairs of widths and names of activations',
    source: pairs,
    mistake: ['dZ = params["W" + str(l)].T @ dZ\n', 'dZ = params["W" + str(l)].T @ (dZ / m)\n'],
  },
  {
    what: 'an activation whose name is a key of a table',
    source: table,
    mistake: ['delta = (self.weights[l].T @ delta) * self.df(self.zs[l - 1])', 'delta = (self.weights[l].T @ delta) * self.df(self.activations[l])'],
  },
  {
    what: 'batches of pairs of samples and targets',
    source: batches,
    mistake: ['error = (layers[-1] - y) * layers[-1] * (1 - layers[-1])', 'error = (layers[-1] - y) * layers[-1]'],
  },
];

describe('values of which nothing is known', function () {
  this.timeout(30_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('takes a global that only input() gives as what the code compares it with', async () => {
    const asked = `import numpy as np

kind = input("which task? ")

def init(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}

def forward(X, p):
    A1 = np.tanh(p["W1"] @ X + p["b1"])
    Z2 = p["W2"] @ A1 + p["b2"]
    A2 = 1 / (1 + np.exp(-Z2)) if kind == "binary" else Z2
    return A2, {"A1": A1, "A2": A2}

def cost(A2, Y):
    m = Y.shape[1]
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m if kind == "binary" else np.sum((A2 - Y) ** 2) / (2 * m)

def backward(p, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = p["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    return {"dW1": dZ1 @ X.T / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m, "dW2": dZ2 @ cache["A1"].T / m, "db2": np.sum(dZ2, axis=1, keepdims=True) / m}
`;
    const result = await check(asked);
    assert.equal(result.verdict, 'correct', say(result));
  });
});
