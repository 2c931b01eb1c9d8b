// Functions whose names say nothing, and networks that are made in other ways: they are bound by what they do.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say, type Shape } from './support';

const shapes: readonly Shape[] = [
  {
    what: 'a network to which a method adds one layer after the other',
    source: `import numpy as np

class Netz:
    def __init__(self, samples, wanted):
        self.samples, self.wanted = samples, wanted.reshape(-1, 1)
        self.width = np.shape(samples)
        self.weights, self.biases, self.a, self.dweights, self.dbiases = {}, {}, {}, {}, {}

    def dense(self, size):
        n = self.width[1] if len(self.weights) <= 0 else np.shape(list(self.weights.values())[-1])[1]
        self.weights[len(self.weights) + 1] = np.random.randn(n, size)
        self.biases[len(self.biases) + 1] = np.zeros((1, size))

    def forward(self, x):
        self.a[0] = x
        for i in range(1, len(self.weights) + 1):
            self.a[i] = 1 / (1 + np.exp(-(self.a[i - 1] @ self.weights[i] + self.biases[i])))

    def backward(self):
        d = (self.a[len(self.a) - 1] - self.wanted) / len(self.wanted)
        for i in range(len(self.weights), 0, -1):
            self.dweights[i] = self.a[i - 1].T @ d
            self.dbiases[i] = np.sum(d, axis=0, keepdims=True)
            d = d @ self.weights[i].T * self.a[i - 1] * (1 - self.a[i - 1])
`,
    mistake: ['* (1 - self.a[i - 1])', ''],
  },
  {
    what: 'passes whose names say nothing, and parameters that are read by attributes',
    source: `import numpy as np

class Rest:
    def __init__(self, W_last, c_last, parts):
        self.W_last, self.c_last, self.parts = W_last, c_last, parts

def create_net(sizes):
    parts = [np.random.randn(sizes[0], sizes[1]) * 0.1]
    return Rest(np.random.randn(sizes[1], sizes[-1]) * 0.1, np.zeros((1, sizes[-1])), parts)

def hinauf(netz, X):
    H = np.tanh(X @ netz.parts[0])
    E = np.exp(H @ netz.W_last + netz.c_last)
    return H, E / E.sum(axis=1, keepdims=True)

def hinab(netz, X, Y, lr):
    H, P = hinauf(netz, X)
    d = (P - Y) / len(X)
    under = (d @ netz.W_last.T) * (1 - H ** 2)
    netz.W_last -= lr * (H.T @ d)
    netz.c_last -= lr * d.sum(axis=0, keepdims=True)
    netz.parts[0] -= lr * (X.T @ under)
`,
    mistake: ['(1 - H ** 2)', '(1 - H)'],
  },
  {
    what: 'weights in lists of lists beside what cannot be copied, and steps that another method adds',
    source: `import math
import numpy as np
from random import random

def squash(x):
    return 1 / (1 + math.exp(-x))

class Netz:
    def __init__(self, inputs, wanted, h_count, h_sizes):
        self.inputs, self.output_expected = inputs, wanted
        sizes = [len(inputs)] + list(h_sizes) + [len(wanted)]
        self.layer_count = h_count + 2
        self.layers = [[] for _ in range(self.layer_count)]
        self.kept = np.array(0 for _ in range(h_sizes[0]))
        self.weights = [[[random() - 0.5 for _ in range(sizes[l + 1])] for _ in range(sizes[l])] for l in range(h_count + 1)]
        self.weights_changes = [[[0 for _ in each] for each in rows] for rows in self.weights]

    def feed_forward(self):
        self.layers[0] = self.inputs
        for i in range(1, self.layer_count):
            sums = np.dot(np.transpose(np.asarray(self.weights[i - 1])), np.asarray(self.layers[i - 1]))
            self.layers[i] = np.array([squash(each) for each in sums])

    def back_propagation(self):
        errors = np.subtract(self.output_expected, self.layers[-1])
        for l in range(self.layer_count - 1, 0, -1):
            steps = [errors[j] * self.layers[l][j] * (1 - self.layers[l][j]) for j in range(len(errors))]
            for i in range(len(self.weights[l - 1])):
                for j in range(len(self.weights[l - 1][i])):
                    self.weights_changes[l - 1][i][j] = steps[j] * self.layers[l - 1][i]
            errors = [sum(steps[k] * self.weights[l - 1][j][k] for k in range(len(steps))) for j in range(len(self.layers[l - 1]))]

    def modify_weights(self):
        for i in range(self.layer_count - 1):
            self.weights[i] = np.add(np.asarray(self.weights[i]), np.asarray(self.weights_changes[i])).tolist()
`,
    mistake: ['sum(steps[k] *', 'sum(2 * steps[k] *'],
  },
  {
    what: 'one sample with the number of its class, and a bias gradient that is turned where it is used',
    source: `import numpy as np

def _start_():
    return np.random.randn(6, 4) * 0.1, np.random.randn(3, 4) * 0.1, np.zeros((4, 1)), np.zeros((3, 1))

def one_hot(y):
    out = np.zeros((1, 3))
    out[0, y] = 1
    return out

def softmax(x):
    e = np.exp(x - np.max(x))
    return e / e.sum(axis=1, keepdims=True)

def forwardprop(W1, W2, b1, b2, X):
    X = X.reshape(1, -1)
    A1 = np.tanh(np.matmul(X, W1) + b1.T)
    A2 = softmax(np.matmul(A1, W2.T) + b2.T)
    return A2, A1

def backprop(W2, A1, A2, Y, input):
    dZ2 = A2 - one_hot(Y)
    dZ1 = dZ2.dot(W2) * (1 - A1 ** 2)
    dW2, dW1 = dZ2.T.dot(A1), input.reshape(1, -1).T.dot(dZ1)
    db2 = np.sum(dZ2, axis=0, keepdims=True)
    db1 = np.sum(dZ1, axis=0, keepdims=True)
    return dW1, dW2, db1, db2

def train(xs, ys, lr):
    W1, W2, b1, b2 = _start_()
    for j in range(len(xs)):
        A2, A1 = forwardprop(W1, W2, b1, b2, xs[j, :])
        dW1, dW2, db1, db2 = backprop(W2, A1, A2, ys[j], xs[j, :])
        W1, W2, b1, b2 = W1 - lr * dW1, W2 - lr * dW2, b1 - lr * db1.T, b2 - lr * db2.T
`,
    mistake: ['db2 = np.sum(dZ2, axis=0, keepdims=True)', 'db2 = np.sum(dZ2, axis=1, keepdims=True)'],
  },
];

/** A network in two passes and a cost. */
const passes = `import numpy as np

class DNN:
    def __init__(self, sizes):
        self.W = [np.random.randn(n, m) for m, n in zip(sizes[:-1], sizes[1:])]

    def forward(self, X):
        self.A = [X]
        for W in self.W:
            self.A.append(1 / (1 + np.exp(-(W @ self.A[-1]))))
        return self.A[-1]

    def cost(self, A, y):
        return -np.sum(y * np.log(A) + (1 - y) * np.log(1 - A)) / y.shape[1]

    def backward(self, y):
        dW = [None] * len(self.W)
        dZ = (self.A[-1] - y) / y.shape[1]
        for i in reversed(range(len(self.W))):
            dW[i] = dZ @ self.A[i].T
            dZ = self.W[i].T @ dZ * self.A[i] * (1 - self.A[i])
        return dW
`;

describe('a Python file whose functions have names that say nothing', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('cannot run where forward and cost do, and the backward pass stops at what it is handed', async () => {
    const right = await check(passes);
    assert.equal(right.verdict, 'correct', say(right));
    const source = passes.replace('dW[i] = dZ @', 'dW[i] = "dZ" @');
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, '"dZ" @'), say(result));
  });
});
