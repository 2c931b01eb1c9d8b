// Networks in plain Python: numbers and lists in place of arrays, samples written down as lists, constants that a function computes.

import { bindsEach, pythonChecks, type Shape } from './support';

const gate = `import math
import random

def sigmoid(x):
    return 1 / (1 + math.exp(-x))

inputs = [[0, 0], [0, 1], [1, 0], [1, 1]]
targets = [0, 0, 0, 1]
random.seed(1)
w1, w2, w3 = random.uniform(-1, 1), random.uniform(-1, 1), random.uniform(-1, 1)
b1, b2 = random.uniform(-1, 1), random.uniform(-1, 1)
learning_rate = 0.5
for epoch in range(20):
    total_error = 0
    for i in range(len(inputs)):
        x1, x2 = inputs[i]
        y = targets[i]
        h = sigmoid(x1 * w1 + x2 * w2 + b1)
        y_hat = sigmoid(h * w3 + b2)
        error = y - y_hat
        total_error += error ** 2
        delta_o = error * y_hat * (1 - y_hat)
        delta_h = delta_o * w3 * h * (1 - h)
        w3 += learning_rate * delta_o * h
        b2 += learning_rate * delta_o
        w1 += learning_rate * delta_h * x1
        w2 += learning_rate * delta_h * x2
        b1 += learning_rate * delta_h
    print(f"Loss={total_error:.4f}")
`;

/** Its weights begin as numbers, and are matrices of one entry from the first step on. */
const line = `import math
import random
import numpy as np

m = 500
x_train, y_train = [], []
for i in range(m):
    angle = random.uniform(0, 360)
    x_train.append(angle)
    y_train.append(1 if math.sin(math.radians(angle)) > 0 else 0)
x_train = np.array(x_train).reshape(1, len(x_train))
y_train = np.array(y_train).reshape(1, len(y_train))
w1, b1, w2, b2 = random.random(), random.random(), random.random(), random.random()
alpha = 0.01

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

for j in range(5000):
    A1 = sigmoid(np.dot(w1, x_train) + b1)
    A2 = sigmoid(np.dot(w2, A1) + b2)
    cost = -np.sum(y_train * np.log(A2) + (1 - y_train) * np.log(1 - A2)) / m
    dZ2 = A2 - y_train
    dw2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = np.dot(w2, dZ2) * A1 * (1 - A1)
    dw1 = np.dot(dZ1, x_train.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    w1 -= alpha * dw1
    b1 -= alpha * db1
    w2 -= alpha * dw2
    b2 -= alpha * db2
`;

/** Methods that are given their weights, as lists of rows; the class keeps none, and the loss counts two classes. */
const handed = `import math

def series(terms):
    total, one = 0.0, 1.0
    for n in range(terms):
        total += one
        one /= n + 1
    return total

E = series(20)

class MLP:
    def __init__(self, n_inputs, n_hidden, n_outputs):
        self.n_inputs = n_inputs
        self.n_hidden = n_hidden
        self.n_outputs = n_outputs

    def sigmoid(self, x):
        return 1 / (1 + E ** -x)

    def softmax(self, z):
        e = [E ** one for one in z]
        return [one / sum(e) for one in e]

    def calculate_loss(self, yh, y):
        return sum(-y[i] * math.log(yh[i]) for i in range(len(yh)))

    def forward(self, x, w1, b1, w2, b2):
        h = [0.0] * self.n_hidden
        yh = [0.0] * self.n_outputs
        for j in range(self.n_hidden):
            for i in range(self.n_inputs):
                h[j] += w1[i][j] * x[i]
            h[j] = self.sigmoid(h[j] + b1[j])
        for j in range(self.n_outputs):
            for i in range(self.n_hidden):
                yh[j] += w2[i][j] * h[i]
            yh[j] += b2[j]
        return h, self.softmax(yh)

    def backward(self, x, y, yh, w2, h):
        d_y = [0.0] * 2
        for i in range(len(yh)):
            d_y[i] = yh[i] - y[i]
        d_w2 = [[d_y[j] * h[i] for j in range(self.n_outputs)] for i in range(self.n_hidden)]
        d_k = [sum(d_y[j] * w2[i][j] for j in range(self.n_outputs)) * h[i] * (1 - h[i]) for i in range(self.n_hidden)]
        d_w1 = [[d_k[j] * x[i] for j in range(self.n_hidden)] for i in range(self.n_inputs)]
        return d_w1, d_w2, d_k, d_y
`;

const shapes: readonly Shape[] = [
  { what: 'a gate whose weights are numbers and whose samples are lists', source: gate, verdict: 'convention', mistake: ['w3 * h * (1 - h)', 'w3 * h'] },
  { what: 'numbers that become matrices in the first step', source: line, mistake: ['A1 * (1 - A1)', 'A1'] },
  { what: 'lists of rows that methods are given, and a constant that a function computes', source: handed, mistake: ['* h[i] * (1 - h[i]) for', '* h[i] for'] },
];

describe('a Python file without arrays', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
