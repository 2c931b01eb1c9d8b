// Activations that are layers and are told by a word which they are; and networks of layers that take one sample after the other, as a row.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say } from './support';

/** Layers in a list; a training of its own comes below. */
const network = `class Network:
    def __init__(self):
        self.layers = []

    def add(self, layer):
        self.layers.append(layer)

    def predict(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x
`;

const dense = (bias: string) => `import numpy as np


def mse(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2)


def mse_prime(y_true, y_pred):
    return 2 * (y_pred - y_true) / y_true.size


class Dense:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * 0.5
        self.b = np.zeros((1, n_out))

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, grad, rate):
        below = np.dot(grad, self.W.T)
        self.W -= rate * np.dot(self.x.T, grad)
        self.b -= rate * ${bias}
        return below
`;

const told = (constructor: string) => `${dense('grad.sum(axis=0, keepdims=True)')}

class Activation:
    ${constructor}

    def forward(self, x):
        self.x = x
        if self.kind == 'tanh':
            return np.tanh(x)
        elif self.kind == 'sigmoid':
            return 1 / (1 + np.exp(-x))

    def backward(self, grad, rate):
        if self.kind == 'tanh':
            return grad * (1 - np.tanh(self.x) ** 2)
        elif self.kind == 'sigmoid':
            s = 1 / (1 + np.exp(-self.x))
            return grad * s * (1 - s)


${network}
    def train(self, x, y, epochs, rate):
        for epoch in range(epochs):
            grad = mse_prime(y, self.predict(x))
            for layer in reversed(self.layers):
                grad = layer.backward(grad, rate)
`;

const made = told('def __init__(self, kind):\n        self.kind = kind');
const chosen = told('def __init__(self):\n        self.kind = None\n\n    def choose(self, kind):\n        self.kind = kind');

/** Looked up in a table of functions. */
const tabled = `${dense('grad.sum(axis=0, keepdims=True)')}

def tanh(x):
    return np.tanh(x)


def tanh_prime(x):
    return 1 - np.tanh(x) ** 2


KINDS = {'tanh': (tanh, tanh_prime)}


class Activation:
    def __init__(self, kind):
        self.curve, self.slope = KINDS[kind]

    def forward(self, x):
        self.x = x
        return self.curve(x)

    def backward(self, grad, rate):
        return grad * self.slope(self.x)
`;

const rowByRow = `${dense('grad')}

class Tanh:
    def forward(self, x):
        self.x = x
        return np.tanh(x)

    def backward(self, grad, rate):
        return grad * (1 - np.tanh(self.x) ** 2)


${network}
    def fit(self, x_train, y_train, epochs, learning_rate):
        for epoch in range(epochs):
            for j in range(len(x_train)):
                out = self.predict(x_train[j])
                grad = mse_prime(y_train[j], out)
                for layer in reversed(self.layers):
                    grad = layer.backward(grad, learning_rate)
`;

describe('Layers that are told by a word which activation they are', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  bindsEach([
    { what: 'those that are made with it', source: made, mistake: ['np.tanh(self.x) ** 2', 'np.tanh(self.x)'] },
    { what: 'those that are given it later', source: chosen, mistake: ['np.tanh(self.x) ** 2', 'np.tanh(self.x)'] },
    { what: 'those that look it up', source: tabled, mistake: ['return grad * self', 'return self'] },
    { what: 'a network whose samples are rows, one after the other', source: rowByRow, mistake: ['np.tanh(self.x) ** 2', 'np.tanh(self.x)'] },
  ], check);

  it('are wrong where one word has a wrong slope, though the network with another is right', async () => {
    const source = made.replace('grad * s * (1 - s)', 'grad * s');
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['wrong', 'backward', lineOf(source, 'return grad * s')], say(result));
  });
});
