// What a class gets from outside itself: helpers of a module that is not here, and the number of samples, which a training counts.

import { bindsEach, pythonChecks, type Shape } from './support';

const network = (made: string, told: string): string => `import numpy as np
import our_reports

class Network:
    def __init__(self, sizes, learning_rate=0.1):
        ${made}
        self.W1, self.b1 = np.random.randn(sizes[1], sizes[0]), np.zeros((sizes[1], 1))
        self.W2, self.b2 = np.random.randn(sizes[2], sizes[1]), np.zeros((sizes[2], 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        self.A1 = np.tanh(self.W1 @ X + self.b1)
        self.A2 = 1 / (1 + np.exp(-(self.W2 @ self.A1 + self.b2)))
        ${told}
        return self.A2

    def compute_cost(self, A2, Y):
        return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]

    def backward(self, X, Y):
        dZ2 = (self.A2 - Y) / self.m
        self.dW2, self.db2 = dZ2 @ self.A1.T, np.sum(dZ2, axis=1, keepdims=True)
        dZ1 = self.W2.T @ dZ2 * (1 - self.A1 ** 2)
        self.dW1, self.db1 = dZ1 @ X.T, np.sum(dZ1, axis=1, keepdims=True)
`;

const shapes: Shape[] = [
  { what: 'a number of samples that is not known until a training counts them', source: network('self.m = None', 'pass'), mistake: ['(1 - self.A1 ** 2)', '(1 - self.A1)'] },
  { what: 'an object of a module that is not here, which only prints', source: network('self.m = 0; self.reports = our_reports.Reports()', 'self.reports.print_layers(self.A1, self.A2)'), mistake: ['(1 - self.A1 ** 2)', '(1 - self.A1)'] },
];

describe('python: what a class gets from outside', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
