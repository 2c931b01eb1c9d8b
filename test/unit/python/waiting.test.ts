// Objects that wait for their samples: a dictionary of placeholders, empty lists that a method fills with what it reads.

import { bindsEach, pythonChecks, type Shape } from './support';

const placeholders = `import numpy as np

class NN:
    def __init__(self, input_size, hidden_size, output_size):
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros([1, hidden_size])
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros([1, output_size])
        self.feeds = {"x": None, "y": None}

    def feed(self, feed_dict):
        for key in feed_dict:
            self.feeds[key] = feed_dict[key].copy()

    def forward(self):
        self.h = np.tanh(self.feeds["x"].dot(self.W1) + self.b1)
        self.y = self.h.dot(self.W2) + self.b2
        return self.y

    def loss(self):
        return 0.5 * np.square(self.y - self.feeds["y"]).sum(axis=1).mean()

    def backward(self):
        n = self.feeds["y"].shape[0]
        d2 = (self.y - self.feeds["y"]) / n
        self.grad_W2 = self.h.T.dot(d2)
        self.grad_b2 = d2.sum(axis=0, keepdims=True)
        d1 = d2.dot(self.W2.T) * (1 - self.h ** 2)
        self.grad_W1 = self.feeds["x"].T.dot(d1)
        self.grad_b1 = d1.sum(axis=0, keepdims=True)
`;

const lists = `import numpy as np
from footage import read_footage

class NN:
    def __init__(self, x_size, y_size, rate):
        self.X = list()
        self.Y = list()
        self.x_size = x_size
        self.y_size = y_size
        self.rate = rate
        self.weight = list()
        self.bias = list()

    def read(self):
        self.X, self.Y = read_footage()

    def initialize(self, hidden_dim):
        dims = [self.x_size] + hidden_dim + [self.y_size]
        for i in range(len(dims) - 1):
            self.weight.append(np.random.randn(dims[i + 1], dims[i]))
            self.bias.append(np.random.randn(dims[i + 1], 1))

    def feedforward(self):
        self.A = [self.X]
        for W, b in zip(self.weight, self.bias):
            self.A.append(1 / (1 + np.exp(-(W @ self.A[-1] + b))))
        return self.A[-1]

    def calc_cost(self):
        m = self.Y.shape[1]
        return -np.sum(self.Y * np.log(self.A[-1]) + (1 - self.Y) * np.log(1 - self.A[-1])) / m

    def backpropagation(self):
        m = self.Y.shape[1]
        self.dweight, self.dbias = [], []
        dZ = self.A[-1] - self.Y
        for l in reversed(range(len(self.weight))):
            self.dweight.insert(0, dZ @ self.A[l].T / m)
            self.dbias.insert(0, np.sum(dZ, axis=1, keepdims=True) / m)
            dZ = self.weight[l].T @ dZ * self.A[l] * (1 - self.A[l])
`;

const shapes: readonly Shape[] = [
  { what: 'a dictionary of placeholders', source: placeholders, mistake: ['* (1 - self.h ** 2)', ''] },
  { what: 'empty lists that a method fills', source: lists, mistake: ['dZ @ self.A[l].T / m', 'dZ @ self.A[l].T'] },
];

describe('objects that wait for their samples', function () {
  this.timeout(30_000);
  bindsEach(shapes, pythonChecks());
});
