// Random numbers whose seed a file leaves to the clock: every run of a check has the same ones.

import { bindsEach, pythonChecks, type Shape } from './support';

const network = (made: string): string => `import numpy as np

class Network:
    def __init__(self, n_hidden=30, eta=0.01, epochs=50, minibatch_size=10, seed=None):
        self.random = ${made}
        self.n_hidden, self.eta, self.epochs, self.minibatch_size = n_hidden, eta, epochs, minibatch_size

    def forward(self, X):
        a_h = np.tanh(X @ self.w_h + self.b_h)
        return a_h, 1 / (1 + np.exp(-(a_h @ self.w_out + self.b_out)))

    def fit(self, X_train, y_train):
        self.w_h = self.random.normal(loc=0.0, scale=0.1, size=(X_train.shape[1], self.n_hidden))
        self.b_h = np.zeros(self.n_hidden)
        self.w_out = self.random.normal(loc=0.0, scale=0.1, size=(self.n_hidden, y_train.shape[1]))
        self.b_out = np.zeros(y_train.shape[1])
        for i in range(self.epochs):
            indices = np.arange(X_train.shape[0])
            self.random.shuffle(indices)
            for start in range(0, len(indices) - self.minibatch_size + 1, self.minibatch_size):
                batch = indices[start:start + self.minibatch_size]
                a_h, a_out = self.forward(X_train[batch])
                delta_out = a_out - y_train[batch]
                delta_h = delta_out @ self.w_out.T * (1 - a_h ** 2)
                grad_w_out = a_h.T @ delta_out
                grad_w_h = X_train[batch].T @ delta_h
                self.w_out -= self.eta * grad_w_out
                self.b_out -= self.eta * np.sum(delta_out, axis=0)
                self.w_h -= self.eta * grad_w_h
                self.b_h -= self.eta * np.sum(delta_h, axis=0)
        return self
`;

const shapes: Shape[] = [
  { what: 'a generator whose seed is None, which shuffles the samples', source: network('np.random.RandomState(seed)'), mistake: ['(1 - a_h ** 2)', '(1 - a_h)'] },
  { what: 'the newer generator without a seed', source: network('np.random.default_rng()'), mistake: ['grad_w_h = X_train[batch].T', 'grad_w_h = 3 * X_train[batch].T'] },
];

describe('python: random numbers without a seed', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
