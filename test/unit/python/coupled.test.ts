// A script whose samples stand beside their targets in one list: `for x, y in training_data`.

import { bindsEach, pythonChecks, type Shape } from './support';

const script = `import numpy as np
import mnist_loader

training_data, validation_data, test_data = mnist_loader.load_data_wrapper()
W2 = np.random.randn(30, 784)
b2 = np.random.randn(30, 1)
W3 = np.random.randn(10, 30)
b3 = np.random.randn(10, 1)
eta, batch_size = 3.0, 10
n = len(training_data)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


for j in range(30):
    np.random.shuffle(training_data)
    for k in range(0, n, batch_size):
        batch = training_data[k:k + batch_size]
        sum_b2, sum_W2, sum_b3, sum_W3 = 0, 0, 0, 0
        for x, y in batch:
            a2 = sigmoid(np.dot(W2, x) + b2)
            a3 = sigmoid(np.dot(W3, a2) + b3)
            delta_3 = (a3 - y) * a3 * (1 - a3)
            delta_2 = np.dot(W3.T, delta_3) * a2 * (1 - a2)
            sum_b3, sum_b2 = sum_b3 + delta_3, sum_b2 + delta_2
            sum_W3 = sum_W3 + np.dot(delta_3, a2.T)
            sum_W2 = sum_W2 + np.dot(delta_2, x.T)
        b3 -= eta * sum_b3 / batch_size
        b2 -= eta * sum_b2 / batch_size
        W3 -= eta * sum_W3 / batch_size
        W2 -= eta * sum_W2 / batch_size
`;

const shapes: Shape[] = [{ what: 'slices of one list of samples and targets', source: script, mistake: ['* a2 * (1 - a2)', '* a2 * (1 + a2)'] }];

describe('python: samples and targets in one list', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
