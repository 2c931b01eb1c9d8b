// Samples that lie one after the other, each as a column: X (m, n, 1), of which the training takes X[i].

import { bindsEach, pythonChecks } from './support';

/** The activations are kept in an array of one column, which no vector can fill. */
const filled = `import numpy as np


def read(lines):
    xs = np.array([[float(each) for each in line.split()] for line in lines])
    return xs.reshape(len(xs), xs.shape[1], 1)


class Network:
    def __init__(self, n_in, n_hidden):
        self.l1_w = np.random.rand(n_hidden, n_in)
        self.l2_w = np.random.rand(1, n_hidden + 1)
        self.a1 = np.ones([n_hidden + 1, 1])

    def step(self, x, y, lr):
        self.a1[:-1, :] = np.tanh(np.dot(self.l1_w, x))
        a2 = 1 / (1 + np.exp(-np.dot(self.l2_w, self.a1)))
        delta = (a2 - y) * a2 * (1 - a2)
        before = self.l2_w
        self.l2_w = self.l2_w - lr * delta * self.a1.T
        self.l1_w = self.l1_w - lr * np.dot(delta * before[:, :-1].T * (1 - self.a1[:-1] ** 2), x.T)

    def train(self, xs, ys, lr=0.1, epochs=20):
        for epoch in range(epochs):
            for i in range(ys.shape[0]):
                self.step(xs[i], ys[i], lr)
`;

describe('Samples that are columns, one after the other', function () {
  this.timeout(60_000);
  bindsEach([{ what: 'a training that takes them by their number', source: filled, mistake: [' * (1 - self.a1[:-1] ** 2)', ''] }], pythonChecks());
});
