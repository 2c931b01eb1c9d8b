// Arguments whose names say nothing: they are bound by how they are used.

import { bindsEach, pythonChecks, type Shape } from './support';

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
    what: 'the number of samples under a name of samples',
    source: `import numpy as np

def initialize(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}

def forward(x, params):
    A1 = np.tanh(params["W1"] @ x + params["b1"])
    return {"A1": A1, "A2": 1 / (1 + np.exp(-(params["W2"] @ A1 + params["b2"])))}

def cross_entropy(A2, y, batch):
    return -(1.0 / batch) * np.sum(y * np.log(A2) + (1 - y) * np.log(1 - A2))

def backprop(x, y, params, cache, batch):
    dZ2 = cache["A2"] - y
    dZ1 = params["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    return {"dW2": (1.0 / batch) * np.dot(dZ2, cache["A1"].T), "db2": (1.0 / batch) * dZ2.sum(axis=1, keepdims=True), "dW1": (1.0 / batch) * np.dot(dZ1, x.T), "db1": (1.0 / batch) * dZ1.sum(axis=1, keepdims=True)}
`,
    mistake: ['(1 - cache["A1"] ** 2)', '(1 - cache["A1"])'],
  },
  {
    what: 'one object for samples, targets and their number, under the name of samples',
    source: `import numpy as np

class Data:
    def __init__(self, values, wanted):
        self.m = values.shape[1]
        self.x = values / 255
        self.y = wanted

class Model:
    def __init__(self, train_set, widths):
        self.data = train_set
        self.W1 = np.random.randn(widths[1], widths[0])
        self.W2 = np.random.randn(widths[2], widths[1])

    def forward(self, dataset):
        A1 = np.tanh(np.dot(self.W1, dataset.x))
        A2 = 1 / (1 + np.exp(-np.dot(self.W2, A1)))
        return A2, (A1, A2)

    def cost(self, A2):
        return np.sum((A2 - self.data.y) ** 2) / (2 * self.data.m)

    def backward(self, cache):
        A1, A2 = cache
        dZ2 = (A2 - self.data.y) * A2 * (1 - A2)
        dW2 = np.dot(dZ2, A1.T) / self.data.m
        dZ1 = np.dot(self.W2.T, dZ2) * (1 - A1 ** 2)
        dW1 = np.dot(dZ1, self.data.x.T) / self.data.m
        return {"dW1": dW1, "dW2": dW2}

    def training(self, rounds):
        for _ in range(rounds):
            A2, cache = self.forward(self.data)
            print(self.cost(A2))
            grads = self.backward(cache)
            self.W1 -= 0.1 * grads["dW1"]
            self.W2 -= 0.1 * grads["dW2"]
`,
    mistake: ['* (1 - A1 ** 2)', '* (A1 > 0)'],
  },
  {
    what: 'a list of hidden widths under the name of one, by which another method extends a list',
    source: `import numpy as np


class Network:
    def __init__(self, in_dim, hidden_dim, out_dim):
        self.in_dim, self.hidden_dim, self.out_dim = in_dim, hidden_dim, out_dim
        self.dims = []
        self.start()

    def start(self):
        self.dims.append(self.in_dim)
        self.dims.extend(self.hidden_dim)
        self.dims.append(self.out_dim)
        self.W = [np.random.randn(o, i) for i, o in zip(self.dims[:-1], self.dims[1:])]

    def forward(self, X):
        self.A = [X]
        for W in self.W:
            self.A.append(np.tanh(W @ self.A[-1]))
        return self.A[-1]

    def cost(self, AL, Y):
        return np.sum((AL - Y) ** 2) / (2 * Y.shape[1])

    def backward(self, AL, Y):
        grads = [None] * len(self.W)
        delta = (AL - Y) / Y.shape[1]
        for l in reversed(range(len(self.W))):
            delta = delta * (1 - self.A[l + 1] ** 2)
            grads[l] = delta @ self.A[l].T
            delta = self.W[l].T @ delta
        return grads
`,
    mistake: ['delta * (1 - self.A[l + 1] ** 2)', 'delta * (1 - self.A[l + 1])'],
  },
];

describe('a Python file whose arguments have names that say nothing', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
