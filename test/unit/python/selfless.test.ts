// Methods that have no self, called by the name of their class, with parameters that a training alone keeps under the names they are given by.

import { bindsEach, pythonChecks } from './support';

const network = `import numpy as np


class Net:
    def __init__(self, inputs=3, width=4):
        self.W_start = [np.random.randn(width, inputs), np.random.randn(1, width)]
        self.b_start = [np.random.randn(width, 1), np.random.randn(1)]

    def forward(x, W, b):
        h = [x.reshape(-1, 1)]
        for k in range(len(W)):
            h.append(1 / (1 + np.exp(-(W[k] @ h[k] + b[k]))))
        return h

    def cost(X, labels, W, b):
        total = 0
        for x, y in zip(X, labels):
            p = float(Net.forward(x, W, b)[-1])
            total -= y * np.log(p) + (1 - y) * np.log(1 - p)
        return total / len(X)

    def gradients(self, X, labels, W, b):
        dW, db = [0] * len(W), [0] * len(W)
        for x, y in zip(X, labels):
            h = Net.forward(x, W, b)
            g = h[-1] - y
            for k in range(len(W) - 1, -1, -1):
                dW[k] = dW[k] + g @ h[k].T / len(X)
                db[k] = db[k] + g / len(X)
                g = W[k].T @ g * h[k] * (1 - h[k])
        return dW, db

    def fit(self, X, labels, rounds=100, rate=0.1):
        self.W = self.W_start
        self.b = self.b_start
        for t in range(rounds):
            dW, db = self.gradients(X, labels, self.W, self.b)
            for l in range(len(self.W)):
                self.W[l] = self.W[l] - rate * dW[l]
                self.b[l] = self.b[l] - rate * db[l]
            print(Net.cost(X, labels, self.W, self.b))
`;

/** One method calls its object otherwise than the others. */
const otherwise = `import numpy as np


class Net:
    def __init__(self, inputs, outputs):
        self.W, self.b = np.random.randn(inputs, outputs), np.zeros((1, outputs))

    def forward(me, X):
        return X @ me.W + me.b

    def cost(self, A, Y):
        return np.sum((A - Y) ** 2) / (2 * len(Y))

    def backward(self, X, A, Y):
        dZ = (A - Y) / len(Y)
        return {"dW": X.T @ dZ, "db": dZ.sum(axis=0, keepdims=True)}
`;

describe('python: methods without self', function () {
  this.timeout(60_000);
  bindsEach(
    [
      { what: 'a network whose passes are called by the name of the class', source: network, mistake: ['* h[k] * (1 - h[k])', '* h[k]'] },
      { what: 'a method that calls its object otherwise', source: otherwise, mistake: ['X.T @ dZ', '2 * X.T @ dZ'] },
    ],
    pythonChecks(),
  );
});
