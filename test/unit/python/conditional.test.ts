// Networks whose biases are there on demand only, row by row of a table, with one-hot targets that are written out.

import { bindsEach, pythonChecks, type Shape } from './support';

const source = (biased: boolean): string => `import numpy as np


class Net:
    def __init__(self, inputs, hidden_sizes, outputs):
        self.inputs, self.hidden_sizes, self.outputs = inputs, hidden_sizes, outputs
        self.biased = ${biased ? 'True' : 'False'}
        self.lr = 0.01

    def Init(self):
        widths = [self.inputs] + self.hidden_sizes + [self.outputs]
        self.weights = [np.random.uniform(-0.5, 0.5, pair) for pair in zip(widths[:-1], widths[1:])]
        self.out = [np.zeros(n) for n in widths]
        self.errors = [np.zeros(n) for n in widths[1:]]
        if self.biased:
            self.bias = [np.random.uniform(-0.5, 0.5, n) for n in widths[1:]]

    def feedForward(self):
        for l, w in enumerate(self.weights):
            z = w.T @ self.out[l] + (self.bias[l] if self.biased else 0)
            self.out[l + 1] = 1 / (1 + np.exp(-z))

    def backPropagation(self, label):
        wanted = [i == label for i in range(self.outputs)]
        self.errors[-1] = (wanted - self.out[-1]) * self.out[-1] * (1 - self.out[-1])
        for l in range(len(self.weights) - 1, 0, -1):
            self.errors[l - 1] = self.weights[l] @ self.errors[l] * self.out[l] * (1 - self.out[l])

    def updateWeights(self):
        for l in range(len(self.weights)):
            self.weights[l] += self.lr * np.outer(self.out[l], self.errors[l])
            if self.biased:
                self.bias[l] += self.lr * self.errors[l]

    def fit(self, train_x, train_y):
        right = 0
        for i, row in train_x.iterrows():
            self.out[0] = row.values
            self.feedForward()
            right += self.out[-1].argmax() == train_y[i]
            self.backPropagation(train_y[i])
            self.updateWeights()
        return right
`;

const mistake = ['* self.out[l] * (1 - self.out[l])', '* (1 - self.out[l])'] as const;
const shapes: Shape[] = [
  { what: 'a network without the biases that it could have', source: source(false), mistake },
  { what: 'the same with them', source: source(true), mistake },
];

describe('python: biases on demand', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
