// What sort of thing a value is, told by how the code asks it: yes or no, a table with rows, a layer that is passed through.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say, type Shape } from './support';

const flags = `import numpy as np

class MLP:
    def __init__(self, inputs, outputs, hidden, regression):
        self.W1 = np.random.randn(inputs, hidden)
        self.W2 = np.random.randn(hidden, outputs)
        self.regression = regression

    def forward(self, X):
        self.H = np.tanh(X @ self.W1)
        Z = self.H @ self.W2
        if self.regression == True:
            return Z
        e = np.exp(Z)
        return e / e.sum(axis=1, keepdims=True)

    def loss(self, P, Y):
        if self.regression == False:
            return -np.mean(np.log(P[range(len(Y)), Y.argmax(axis=1)]))
        return np.mean((P - Y) ** 2)

    def backward(self, X, P, Y):
        dZ = P - Y
        dW2 = self.H.T @ dZ / len(Y)
        dW1 = X.T @ (dZ @ self.W2.T * (1 - self.H ** 2)) / len(Y)
        return dW1, dW2
`;

const table = `import numpy as np

class Net:
    def __init__(self, n_in, n_hidden, n_out, lr=0.1):
        self.W1 = np.random.randn(n_hidden, n_in)
        self.W2 = np.random.randn(n_out, n_hidden)
        self.lr = lr

    def fit(self, X, y):
        for i, row in X.iterrows():
            x = row.values.reshape(-1, 1)
            t = y.loc[i].values.reshape(-1, 1)
            h = np.tanh(self.W1 @ x)
            a = self.W2 @ h
            error = a - t
            print(np.sum(error ** 2) / 2)
            grad1 = (self.W2.T @ error * (1 - h ** 2)) @ x.T
            self.W2 -= self.lr * error @ h.T
            self.W1 -= self.lr * grad1
`;

/** The biases' gradients have another shape than the biases, and all layers have the same names. */
const passed = `import numpy as np

class Linear:
    def __init__(self, dim_input, num_neurons):
        self.W = np.random.randn(dim_input, num_neurons)
        self.b = np.zeros((1, num_neurons))

    def fprop(self, X):
        self.X = X
        return X @ self.W + self.b

    def bprop(self, V):
        self.db = np.sum(V, axis=0) / len(V)
        self.dW = self.X.T @ V / len(V)
        return V @ self.W.T

    def update_params(self, rate):
        self.W -= rate * self.dW
        self.b -= rate * self.db

class Tanh:
    def fprop(self, X):
        self.A = np.tanh(X)
        return self.A

    def bprop(self, V):
        return V * (1 - self.A ** 2)

    def update_params(self, rate):
        pass

class Half:
    def fprop(self, A, Y):
        self.difference = A - Y
        return np.sum(self.difference ** 2) / 2 / len(A)

    def bprop(self):
        return self.difference

class Network:
    def __init__(self, layers, loss):
        self.layers = layers
        self.loss = loss

    def _forward(self, X):
        for layer in self.layers:
            X = layer.fprop(X)
        return X

    def train(self, X, T, rate):
        self.loss.fprop(self._forward(X), T)
        V = self.loss.bprop()
        for layer in reversed(self.layers):
            V = layer.bprop(V)
        for layer in self.layers:
            layer.update_params(rate)
`;

/** `layers` are no widths here; the weights that are changed in place are given back. */
const layers = `import numpy as np
import pandas as pd

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def start(n_features, n_hidden, n_out):
    return [np.random.randn(n_hidden, n_features), np.random.randn(n_out, n_hidden)]

def ahead(x, weights):
    h = sigmoid(np.dot(weights[0], x))
    out = sigmoid(np.dot(weights[1], h))
    return [x, h, out]

def back(layers, y, weights, rate):
    error = (layers[2] - y) * layers[2] * (1 - layers[2])
    first = np.dot(weights[1].T, error) * layers[1] * (1 - layers[1])
    weights[1] -= rate * np.outer(error, layers[1])
    weights[0] -= rate * np.outer(first, layers[0])
    return weights

def fit(X, Y, rounds, hidden, out):
    weights = start(X.shape[1], hidden, out)
    for i in range(rounds):
        for x, y in zip(X, Y):
            weights = back(ahead(x, weights), y, weights, 0.1)
    return weights

table = pd.read_csv("wine.csv")
x_train = table.iloc[:, :-1].to_numpy()
y_train = pd.get_dummies(table.iloc[:, -1]).to_numpy()
fit(x_train, y_train, 100, 21, 7)
`;

const shapes: readonly Shape[] = [
  { what: 'a flag that is compared with True and False', source: flags, mistake: ['(1 - self.H ** 2)', '(1 - self.H)'] },
  { what: 'a table that is gone through row by row, and a cost that is printed with its ½', source: table, mistake: ['(1 - h ** 2)', '(1 - h)'] },
  { what: 'what forward gives as a whole, whatever it is called', source: layers, mistake: ['* layers[1] * (1 - layers[1])', '* (1 - layers[1])'] },
  { what: 'layers that have fprop and bprop', source: passed, mistake: ['V * (1 - self.A ** 2)', 'V * (1 - self.A)'] },
];

describe('Python: sorts of values', function () {
  this.timeout(30_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('finds the gradient of every bias where it has another shape', async () => {
    const result = await check(passed);
    assert.ok(result.layers.length > 1 && result.layers.every((each) => each.db?.verdict === 'agrees'), say(result));
  });
});
