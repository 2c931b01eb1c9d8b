// Scripts that cut their training samples out of all by numbers: ours are fewer, and all of them are meant.

import { bindsEach, pythonChecks } from './support';

/** The number of samples stands in the script too, and the targets lie beside the numbers of the classes. */
const cut = `import numpy as np

data = np.loadtxt("digits.csv")
X = data[:, 1:].T / 255
Y = data[:, 0]
rest = X[:, :2000]
train = X[:, 2000:9000]
train_y = Y[2000:9000]

W1 = np.random.randn(20, 64) * 0.01
W2 = np.random.randn(10, 20) * 0.01


def softmax(x):
    e = np.exp(x - np.max(x, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def one_hot(Y):
    out = np.zeros((10, Y.size))
    out[Y.astype(int), np.arange(Y.size)] = 1
    return out


Y_onehot = one_hot(train_y)
for i in range(500):
    a1 = np.tanh(W1 @ train)
    a2 = softmax(W2 @ a1)
    cost = -np.sum(np.log(a2[train_y.astype(int), np.arange(7000)])) / 7000
    dz2 = a2 - Y_onehot
    dW2 = (1 / 7000) * dz2 @ a1.T
    dz1 = W2.T @ dz2 * (1 - a1 ** 2)
    dW1 = (1 / 7000) * dz1 @ train.T
    W1 -= 0.5 * dW1
    W2 -= 0.5 * dW2
`;

describe('Python scripts that cut their samples out of all', function () {
  this.timeout(60_000);
  bindsEach([{ what: 'by numbers larger than ours', source: cut, mistake: [' * (1 - a1 ** 2)', ''] }], pythonChecks());
});
