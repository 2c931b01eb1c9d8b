// Code whose names say nothing: arguments are bound by how they are used, passes by what they do. Each correct source must be
// recognised as such, and the same source with one mistake as wrong.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

interface Shape {
  readonly what: string;
  readonly source: string;
  /** Must occur once. */
  readonly mistake: readonly [from: string, to: string];
}

const layers = (ending: string): string => `
    def vor(self, X):
        self.H = np.tanh(X @ self.W1 + self.b1)
        return 1 / (1 + np.exp(-(self.H @ self.W2 + self.b2)))

    def backward(self, X, Y, A):
        m = len(X)
        dZ2 = A - Y
        self.dW2 = self.H.T @ dZ2 / m
        self.db2 = dZ2.sum(axis=0, keepdims=True) / m
        dZ1 = dZ2 @ self.W2.T * (1 - self.H ** 2)
        self.dW1 = X.T @ dZ1 / m
        self.db1 = dZ1.sum(axis=0, keepdims=True) / m
${ending}`;

const shapes: readonly Shape[] = [
  {
    what: 'numbers of units under names that say nothing, told apart by the weights that have them',
    source: `import numpy as np

class Netz:
    def __init__(self, p, q, r):
        self.q = q
        self.W1 = np.random.randn(p, self.q) * 0.1
        self.b1 = np.zeros((1, self.q))
        self.W2 = np.random.randn(self.q, r) * 0.1
        self.b2 = np.zeros((1, r))
${layers('')}`,
    mistake: ['(1 - self.H ** 2)', '(1 - self.H)'],
  },
  {
    what: 'a list of widths under another name',
    source: `import numpy as np

class Netz:
    def __init__(self, sequential):
        self.sequential = sequential
        self.n = len(sequential) - 1
        self.W = [np.random.randn(self.sequential[i + 1], self.sequential[i]) for i in range(self.n)]
        self.b = [np.zeros((self.sequential[i + 1], 1)) for i in range(self.n)]

    def forward(self, X):
        self.A = [X]
        for i in range(self.n):
            self.A.append(1 / (1 + np.exp(-(self.W[i] @ self.A[i] + self.b[i]))))
        return self.A[-1]

    def backward(self, y, m):
        dW, db = [None] * self.n, [None] * self.n
        dZ = self.A[-1] - y
        for i in reversed(range(self.n)):
            dW[i] = dZ @ self.A[i].T / m
            db[i] = np.sum(dZ, axis=1, keepdims=True) / m
            dZ = self.W[i].T @ dZ * self.A[i] * (1 - self.A[i])
        return dW, db
`,
    mistake: ['np.sum(dZ, axis=1, keepdims=True) / m', 'np.sum(dZ, axis=1) / m'],
  },
  {
    what: 'a number of layers, and widths that the width of the samples is put before',
    source: `import numpy as np

class DNN:
    def __init__(self, layers, neurons, X_train, y_train, learning_rate=0.01):
        self.layers = layers
        self.X_train = np.array(X_train, ndmin=2)
        self.y_train = np.array(y_train, ndmin=2)
        self.neurons = np.append(self.X_train.shape[0], np.array(neurons))
        self.learning_rate = learning_rate
        self.weights, self.biases = [], []
        for i in range(0, layers):
            self.weights.append(np.random.randn(self.neurons[i + 1], self.neurons[i]) * 0.01)
            self.biases.append(np.zeros((self.neurons[i + 1], 1)))

    def forward_prop(self, X):
        self.kept = [X]
        for i in range(0, self.layers):
            Z = np.dot(self.weights[i], self.kept[i]) + self.biases[i]
            self.kept.append(np.tanh(Z) if i < self.layers - 1 else 1 / (1 + np.exp(-Z)))
        return self.kept[-1]

    def backward_prop(self):
        dZ = (self.kept[-1] - self.y_train) / self.y_train.shape[1]
        for i in reversed(range(0, self.layers)):
            dW, db = np.dot(dZ, self.kept[i].T), np.sum(dZ, axis=1, keepdims=True)
            dZ = np.dot(self.weights[i].T, dZ) * (1 - self.kept[i] ** 2)
            self.weights[i] = self.weights[i] - self.learning_rate * dW
            self.biases[i] = self.biases[i] - self.learning_rate * db
`,
    mistake: ['(1 - self.kept[i] ** 2)', '(1 - self.kept[i] ** 2) / 2'],
  },
  {
    what: 'settings as a dict whose default is None',
    source: `import numpy as np

class Netz:
    def __init__(self, other=None, settings=None):
        if other is None:
            self.middle = settings["in_the_middle"]
            self.W1 = np.random.randn(settings["first"], self.middle) * 0.1
            self.b1 = np.zeros((1, self.middle))
            self.W2 = np.random.randn(self.middle, settings["last"]) * 0.1
            self.b2 = np.zeros((1, settings["last"]))
        else:
            self.W1, self.W2, self.b1, self.b2 = other.W1, other.W2, other.b1, other.b2
${layers('')}`,
    mistake: ['self.W2.T * (1 - self.H ** 2)', 'self.W2.T'],
  },
  {
    what: 'options of the command line, one of them a text that decides what is computed',
    source: `import argparse
import numpy as np

def start(args, n_x):
    W1 = np.random.uniform(-args.spread, args.spread, (args.nunits, n_x))
    W2 = np.random.uniform(-args.spread, args.spread, (args.num_classes, args.nunits))
    return [W1, W2]

def forward(args, x, weights):
    H = np.tanh(weights[0] @ x)
    Z = weights[1] @ H
    if args.kind == "other":
        raise RuntimeError("not this one")
    elif args.kind == "C":
        E = np.exp(Z - Z.max(axis=0))
        Z = E / E.sum(axis=0)
    return H, Z

def cross_entropy(y, yhat):
    return -np.sum(y * np.log(yhat + 1e-12))

def back_prop(args, weights, x, y, H, yhat):
    d = yhat - y
    grads = [None, d @ H.T]
    grads[0] = (weights[1].T @ d * (1 - H ** 2)) @ x.T
    return grads

def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("-nunits", type=int, default=10)
    parser.add_argument("-num_classes", type=int, default=2)
    parser.add_argument("-spread", type=float, default=0.1)
    parser.add_argument("-kind", type=str, default="other")
    return parser.parse_args()

def main(args, x, y):
    weights = start(args, x.shape[0])
    H, yhat = forward(args, x, weights)
    print(cross_entropy(y, yhat))
    grads = back_prop(args, weights, x, y, H, yhat)
`,
    mistake: ['(1 - H ** 2)', '(1 - H)'],
  },
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
        self.layer_count = h_count + 2
        self.layers = [[] for _ in range(self.layer_count)]
        self.layers[1] = np.array(0 for _ in range(h_sizes[0]))
        self.sums = [[] for _ in range(self.layer_count)]
        self.weights = [[[random() - 0.5 for _ in range(h_sizes[0])] for _ in range(len(inputs))]]
        self.weights.append([[random() - 0.5 for _ in range(len(wanted))] for _ in range(h_sizes[0])])
        self.weights_changes = [[[0 for _ in each] for each in rows] for rows in self.weights]

    def feed_forward(self):
        self.layers[0] = self.inputs
        for i in range(1, 3):
            self.sums[i] = np.dot(np.transpose(np.asarray(self.weights[i - 1])), np.asarray(self.layers[i - 1]))
            self.layers[i] = np.array([squash(each) for each in self.sums[i]])

    def back_propagation(self):
        errors = [None, None, np.subtract(self.output_expected, self.layers[2])]
        errors[1] = [sum(errors[2][k] * self.layers[2][k] * (1 - self.layers[2][k]) * self.weights[1][j][k] for k in range(len(errors[2]))) for j in range(len(self.layers[1]))]
        for l in (1, 2):
            for i in range(len(self.weights[l - 1])):
                for j in range(len(self.weights[l - 1][i])):
                    self.weights_changes[l - 1][i][j] = errors[l][j] * self.layers[l][j] * (1 - self.layers[l][j]) * self.layers[l - 1][i]

    def modify_weights(self):
        for i in range(2):
            self.weights[i] = np.add(np.asarray(self.weights[i]), np.asarray(self.weights_changes[i])).tolist()
`,
    mistake: ['sum(errors[2][k] *', 'sum(2 * errors[2][k] *'],
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

describe('a Python file whose names say nothing', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const { what, source, mistake } of shapes)
    it(`is bound: ${what}`, async () => {
      const right = await check(source);
      assert.equal(right.verdict, 'correct', say(right));
      assert.deepEqual(right.findings.filter((each) => each.severity === 'error'), []);
      assert.equal(source.split(mistake[0]).length, 2, `"${mistake[0]}" must occur once`);
      const wrong = await check(source.replace(mistake[0], () => mistake[1]));
      assert.equal(wrong.verdict, 'wrong', say(wrong));
    });

  it('cannot run where forward and cost do, and the backward pass stops at what it is handed', async () => {
    const source = shapes[1]!.source.replace('dW[i] = dZ @ self.A[i].T / m', 'dW[i] = "dZ" @ self.A[i].T / m');
    const result = await check(source + `

def cost(A, y, m):
    return -np.sum(y * np.log(A) + (1 - y) * np.log(1 - A)) / m
`);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, '"dZ" @'), say(result));
  });
});
