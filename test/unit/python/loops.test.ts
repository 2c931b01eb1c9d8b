// What stands around a training loop of a script: a log, batches, labels made of other packages' matrices.

import { bindsEach, pythonChecks, type Shape } from './support';

const shapes: readonly Shape[] = [
  {
    what: 'a training loop that writes a log',
    source: `import csv
import numpy as np

with open("costs.csv", "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["epoch", "cost"])

pairs = [(x, y) for x in (1, 3, 5) for y in (1, 3, 5)]
X = np.array([[p[0], p[1]] for p in pairs], dtype=float) / 5
y = np.array([p[0] * p[1] for p in pairs], dtype=float).reshape(-1, 1) / 25
m = X.shape[0]
W1, b1 = np.random.randn(2, 6) * 0.1, np.zeros((1, 6))
W2, b2 = np.random.randn(6, 1) * 0.1, np.zeros((1, 1))

for i in range(20000):
    A1 = 1 / (1 + np.exp(-(np.dot(X, W1) + b1)))
    A2 = np.dot(A1, W2) + b2
    error = A2 - y
    cost = np.mean(error ** 2) / 2
    dZ2 = error / m
    dZ1 = np.dot(dZ2, W2.T) * A1 * (1 - A1)
    dW2, db2 = np.dot(A1.T, dZ2), np.sum(dZ2, axis=0, keepdims=True)
    dW1, db1 = np.dot(X.T, dZ1), np.sum(dZ1, axis=0, keepdims=True)
    W1 -= 0.5 * dW1
    b1 -= 0.5 * db1
    W2 -= 0.5 * dW2
    b2 -= 0.5 * db2
    with open("costs.csv", "a", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([i, cost])
`,
    mistake: ['* A1 * (1 - A1)', '* A1'],
  },
  {
    what: 'labels as a sparse matrix, with or without SciPy',
    source: `import numpy as np
from scipy import sparse

X = np.zeros((2, 300))
y = np.zeros(300, dtype="uint8")
for j in range(3):
    ix = range(100 * j, 100 * (j + 1))
    t = np.linspace(4 * j, 4 * j + 4, 100)
    X[:, ix] = np.c_[t * np.sin(t), t * np.cos(t)].T
    y[ix] = j

def convert_labels(y, C=3):
    return sparse.coo_matrix((np.ones_like(y), (y, np.arange(len(y)))), shape=(C, len(y))).toarray()

def cost(Y, Yhat):
    return -np.sum(Y * np.log(Yhat)) / Y.shape[1]

W1, b1 = 0.01 * np.random.randn(2, 20), np.zeros((20, 1))
W2, b2 = 0.01 * np.random.randn(20, 3), np.zeros((3, 1))
Y = convert_labels(y, 3)
N = X.shape[1]
for i in range(10000):
    A1 = np.tanh(np.dot(W1.T, X) + b1)
    Z2 = np.dot(W2.T, A1) + b2
    E = np.exp(Z2 - Z2.max(axis=0))
    Yhat = E / E.sum(axis=0)
    if i % 1000 == 0:
        print(cost(Y, Yhat))
    E2 = (Yhat - Y) / N
    E1 = np.dot(W2, E2) * (1 - A1 ** 2)
    W2 -= np.dot(A1, E2.T)
    b2 -= np.sum(E2, axis=1, keepdims=True)
    W1 -= np.dot(X, E1.T)
    b1 -= np.sum(E1, axis=1, keepdims=True)
`,
    mistake: ['* (1 - A1 ** 2)', '* (1 - A1)'],
  },
  {
    what: 'a loop over batches whose number is written down, with a column of ones beside the hidden units',
    source: `import numpy as np

def add_bias(array):
    return np.concatenate([np.ones((array.shape[0], 1)), array], axis=1)

def generate_theta(n, k, seed):
    return np.random.default_rng(seed).standard_normal((n, k)) * 0.05

def softmax(score):
    e = np.exp(score)
    return e / np.sum(e, axis=1)[:, None]

train_images = add_bias((np.load("images.npy") / 255.0).reshape(-1, 64))
train_labels = np.load("labels.npy")
theta1 = generate_theta(65, 12, 1)
theta2 = generate_theta(13, 12, 2)
theta3 = generate_theta(13, 5, 3)
one_hot = np.zeros((train_images.shape[0], theta3.shape[1]))
one_hot[range(one_hot.shape[0]), train_labels] = 1

losses = []
batch_size = 500
for epoch in range(70):
    for batch in range(120):
        data = train_images[batch * batch_size:(batch + 1) * batch_size]
        h1 = np.tanh(np.dot(data, theta1))
        h1b = add_bias(h1)
        h2 = np.tanh(np.dot(h1b, theta2))
        h2b = add_bias(h2)
        output = softmax(np.dot(h2b, theta3))
        error3 = output - one_hot[batch * batch_size:(batch + 1) * batch_size]
        error2 = (error3 @ theta3[1:].T) * (1 - h2 ** 2)
        error1 = (error2 @ theta2[1:].T) * (1 - h1 ** 2)
        batch_size = data.shape[0]
        theta3 -= 0.1 * (h2b.T @ error3) / batch_size
        theta2 -= 0.1 * (h1b.T @ error2) / batch_size
        theta1 -= 0.1 * (data.T @ error1) / batch_size
    losses.append(np.mean(-np.log(output[range(batch_size), train_labels[batch * batch_size:(batch + 1) * batch_size]])))
`,
    mistake: ['* (1 - h1 ** 2)', '* (1 - h2 ** 2)'],
  },
  {
    what: 'samples one by one, handed over by keyword',
    source: `import numpy as np

class Network:
    def __init__(self, widths):
        self.W1 = np.random.randn(widths[1], widths[0]) * 0.1
        self.b1 = np.random.randn(widths[1], 1) * 0.1
        self.W2 = np.random.randn(widths[2], widths[1]) * 0.1
        self.b2 = np.random.randn(widths[2], 1) * 0.1

    def forward(self, X):
        self.X = X
        self.Z1 = np.dot(self.W1, X) + self.b1
        self.A1 = np.maximum(self.Z1, 0)
        return 1 / (1 + np.exp(-(np.dot(self.W2, self.A1) + self.b2)))

    def cost(self, Y, AL):
        return 0.5 * (Y - AL) ** 2

    def backward(self, Y, AL):
        dZ2 = -(Y.reshape(AL.shape) - AL) * AL * (1 - AL)
        dZ1 = np.dot(self.W2.T, dZ2) * (self.Z1 > 0)
        return {"dW2": np.dot(dZ2, self.A1.T), "db2": dZ2, "dW1": np.dot(dZ1, self.X.T), "db1": dZ1}

    def train(self, X, y, learning_rate=0.1):
        for i in range(len(X)):
            out = self.forward(X[i])
            grads = self.backward(Y=y[i], AL=out)
            for name in ("W1", "b1", "W2", "b2"):
                setattr(self, name, getattr(self, name) - learning_rate * grads["d" + name])
`,
    mistake: [' * (self.Z1 > 0)', ''],
  },
  {
    what: 'an iteration that is counted by the same letter as the loop over weights in it',
    source: `import numpy as np

class Logistic:
    def __init__(self, inputs=2, rate=0.01):
        self.rate = rate
        self.w = np.random.rand(inputs, 1)
        self.b = np.random.rand(1, 1)

    def predict(self, X):
        return np.array([1 / (1 + np.exp(-(self.w.T @ x + self.b)))[0][0] for x in X])

    def loss(self, y, p):
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def gradient(self, X, y, p):
        return np.append(X.T @ (p - y), np.sum(p - y)) / len(X)

    def fit(self, X, y):
        for i in range(1000):
            gradient = self.gradient(X, y, self.predict(X))
            for i in range(len(self.w)):
                self.w[i][0] -= self.rate * gradient[i]
            self.b -= self.rate * gradient[-1]
`,
    mistake: ['X.T @ (p - y)', '0.5 * X.T @ (p - y)'],
  },
];

describe('what stands around a training loop', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
