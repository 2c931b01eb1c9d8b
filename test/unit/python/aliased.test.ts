// Scripts that call each sample X only where they take it, and fill their one-hot targets in a loop.

import { bindsEach, pythonChecks, type Shape } from './support';

const script = (read: string, targets: string): string => `import numpy as np

${read}
${targets}


def softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


def layer(x, W, b):
    return W @ x + b


def right(table, classes, W1, b1, W2, b2):
    count = 0
    for i in range(len(table)):
        X = table[i:i + 1].T
        h = np.maximum(0, layer(X, W1, b1))
        count += np.argmax(layer(h, W2, b2)) == np.argmax(classes[i])
    return count / len(table)


W1, b1 = np.random.randn(8, 784) * 0.05, np.zeros((8, 1))
W2, b2 = np.random.randn(10, 8) * 0.05, np.zeros((10, 1))
learning_rate, before, now, epoch = 0.01, 1, 0, 0

while abs(now - before) > 0.01 and epoch < 20:
    before = now
    for i in range(len(table)):
        X = table[i:i + 1].T
        y = classes[i:i + 1].T
        h = np.maximum(0, layer(X, W1, b1))
        o = softmax(layer(h, W2, b2))
        d2 = o - y
        d1 = W2.T @ d2 * (h > 0)
        W2 -= learning_rate * d2 @ h.T
        b2 -= learning_rate * d2
        W1 -= learning_rate * d1 @ X.T
        b1 -= learning_rate * d1
    now = right(table, classes, W1, b1, W2, b2)
    epoch += 1
`;
const mistake = ['* (h > 0)', '* (d2.sum() > 0)'] as const;

const shapes: readonly Shape[] = [
  { what: 'samples that have their name in the loop alone', source: script('table = np.array(open("digits.csv").read().split(), dtype=float).reshape(-1, 785)[:, 1:]', 'classes = np.array(open("classes.csv").read().split(), dtype=float)'), mistake },
  { what: 'targets that a loop fills', source: script('from keras.datasets import mnist\n(table, numbers), _ = mnist.load_data()\ntable = table.reshape(60000, 784)', 'classes = np.zeros((len(numbers), 10))\nfor i, number in enumerate(numbers):\n    classes[i][number] = 1'), mistake },
];

describe('python: scripts that name their samples late', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
