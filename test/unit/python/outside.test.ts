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

/** What the passes read is set by methods that nothing but the script calls: the weights under a name of their own, the samples by a split. */
const prepared = `import numpy as np
from sklearn.model_selection import train_test_split

class Classifier:
    def __init__(self, X, y):
        self.X, self.y = np.array(X), np.array(y)

    def split(self):
        self.x_train, self.x_test, self.y_train, self.y_test = train_test_split(self.X, self.y, test_size=0.3)

    def architecture(self):
        self.first = [np.random.uniform(-1, 1, size=(24, 16)), np.ones((1, 24))]
        self.last = [np.random.uniform(-1, 1, size=(3, 24)), np.ones((1, 3))]
        return self.first, self.last

    def forward_prop(self, table):
        z1 = self.first[0] @ table.T + self.first[1].T
        self.firstf = [z1, np.tanh(z1)]
        z2 = self.last[0] @ self.firstf[1] + self.last[1].T
        self.lastf = [z2, 1 / (1 + np.exp(-z2))]
        return self.lastf[1].T

    def cost_function(self, predicted, labels):
        return -np.sum(labels * np.log(predicted) + (1 - labels) * np.log(1 - predicted)) / len(labels)

    def back_prop(self):
        m = len(self.y_train)
        dz2 = self.lastf[1].T - self.y_train
        self.lastb = [dz2.T @ self.firstf[1].T / m, np.sum(dz2, axis=0, keepdims=True) / m]
        dz1 = dz2 @ self.last[0] * (1 - self.firstf[1].T ** 2)
        self.firstb = [dz1.T @ self.x_train / m, np.sum(dz1, axis=0, keepdims=True) / m]
        return self.firstb, self.lastb

classifier = Classifier(*load())
classifier.split()
classifier.architecture()
for epoch in range(1000):
    predicted = classifier.forward_prop(classifier.x_train)
    cost = classifier.cost_function(predicted, classifier.y_train)
    gradients = classifier.back_prop()
`;

const shapes: Shape[] = [
  { what: 'a number of samples that is not known until a training counts them', source: network('self.m = None', 'pass'), mistake: ['(1 - self.A1 ** 2)', '(1 - self.A1)'] },
  { what: 'an object of a module that is not here, which only prints', source: network('self.m = 0; self.reports = our_reports.Reports()', 'self.reports.print_layers(self.A1, self.A2)'), mistake: ['(1 - self.A1 ** 2)', '(1 - self.A1)'] },
  { what: 'samples and weights that two methods set which only the script calls', source: prepared, mistake: ['dz2 @ self.last[0] *', 'dz2 @ np.abs(self.last[0]) *'] },
];

describe('python: what a class gets from outside', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
