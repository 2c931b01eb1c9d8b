// What is given as a whole: samples and targets in one argument, and objects of the file's own classes.

import { bindsEach, pythonChecks, type Shape } from './support';

const listed = `import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

class Net:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1 = np.random.randn(n_hidden, n_in)
        self.b1 = np.zeros((n_hidden, 1))
        self.W2 = np.random.randn(n_out, n_hidden)
        self.b2 = np.zeros((n_out, 1))

    def train(self, data, epochs, lr):
        for epoch in range(epochs):
            for x, y in data:
                h = sigmoid(self.W1 @ x + self.b1)
                out = sigmoid(self.W2 @ h + self.b2)
                d2 = (out - y) * out * (1 - out)
                d1 = (self.W2.T @ d2) * h * (1 - h)
                self.W2 -= lr * d2 @ h.T
                self.b2 -= lr * d2
                self.W1 -= lr * d1 @ x.T
                self.b1 -= lr * d1
`;

const single = `import numpy as np

class Net:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1 = np.random.randn(n_in, n_hidden)
        self.b1 = np.zeros(n_hidden)
        self.W2 = np.random.randn(n_hidden, n_out)
        self.b2 = np.zeros(n_out)

    def forward(self, sample):  # softmax
        x, label = sample
        h = np.tanh(np.dot(x, self.W1) + self.b1)
        z = np.dot(h, self.W2) + self.b2
        e = np.exp(z - z.max())
        return h, e / e.sum()

    def loss(self, sample):
        x, label = sample
        return -np.log(self.forward(sample)[1][label])

    def backward(self, sample):
        x, label = sample
        h, probs = self.forward(sample)
        d = probs.copy()
        d[label] -= 1
        dW2 = np.outer(h, d)
        dh = self.W2.dot(d) * (1 - h ** 2)
        return np.outer(x, dh), dh, dW2, d
`;

/** A loss and an activation, which another file would make. */
const objects = `import numpy as np

class MeanSquare:
    def value(self, y, p):
        return 0.5 * np.mean((p - y) ** 2)

    def slope(self, y, p):
        return (p - y) / y.size

class Tanh:
    def apply(self, z):
        return np.tanh(z)

    def slope_at(self, z):
        return 1 - np.tanh(z) ** 2

class Net:
    def __init__(self, n_in, n_hidden, n_out, loss, unit):
        self.loss = loss
        self.unit = unit
        self.W1 = np.random.randn(n_in, n_hidden)
        self.b1 = np.zeros((1, n_hidden))
        self.W2 = np.random.randn(n_hidden, n_out)
        self.b2 = np.zeros((1, n_out))

    def forward(self, X):
        self.X = X
        self.z1 = X @ self.W1 + self.b1
        self.a1 = self.unit.apply(self.z1)
        return self.a1 @ self.W2 + self.b2

    def compute_loss(self, y, p):
        return self.loss.value(y, p)

    def backward(self, y, p):
        d2 = self.loss.slope(y, p)
        d1 = d2 @ self.W2.T * self.unit.slope_at(self.z1)
        return self.X.T @ d1, d1.sum(axis=0, keepdims=True), self.a1.T @ d2, d2.sum(axis=0, keepdims=True)
`;

const shapes: readonly Shape[] = [
  { what: 'a training that is given a list of pairs', source: listed, mistake: ['* h * (1 - h)', '* h'] },
  { what: 'methods that are given one sample and its label together', source: single, mistake: [' * (1 - h ** 2)', ''] },
  { what: 'a constructor that is given objects with the methods that are called', source: objects, mistake: ['1 - np.tanh(z) ** 2', '1 - z ** 2'] },
];

describe('what a Python file is given as a whole', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
