// Products that go sample by sample, (m, units, 1), with weights of (1, units, inputs); images and labels as short words.

import { bindsEach, pythonChecks, type Shape } from './support';

const source = `import numpy as np


class Units:
    def __init__(self, n_in, n_out):
        self.held = {"W": np.random.randn(1, n_out, n_in) / np.sqrt(n_in), "b": np.random.randn(1, n_out, 1)}

    def forward(self, a):
        return np.matmul(self.held["W"], a) + self.held["b"]

    def backward(self, a, error):
        below = np.matmul(np.transpose(self.held["W"], [0, 2, 1]), error)
        return {"W": np.matmul(error, np.transpose(a, [0, 2, 1])), "b": error, "below": below}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def training_set():
    with open("train.bin", "rb") as f:
        raw = np.fromfile(f, dtype=np.uint8)
    return raw[:-100].reshape(100, -1), raw[-100:]


img_train, lbl_train = training_set()
first, second = Units(784, 40), Units(40, 6)
batch_size = 50
lr = 0.3
for epoch in range(4):
    for imgs, lbls in zip(np.split(img_train, len(img_train) // batch_size), np.split(lbl_train, len(lbl_train) // batch_size)):
        x = np.reshape(imgs, [imgs.shape[0], -1, 1])
        y = np.zeros([batch_size, 6, 1])
        for n in range(batch_size):
            y[n, lbls[n]] = 1
        hidden = sigmoid(first.forward(x))
        out = sigmoid(second.forward(hidden))
        cost = -np.mean(y * np.log(out + 1e-8) + (1 - y) * np.log(1 - out + 1e-8))
        delta2 = out - y
        above = second.backward(hidden, delta2)
        delta1 = above["below"] * hidden * (1 - hidden)
        under = first.backward(x, delta1)
        first.held["W"] += -lr * np.mean(under["W"], axis=0)
        first.held["b"] += -lr * np.mean(under["b"], axis=0)
        second.held["W"] += -lr * np.mean(above["W"], axis=0)
        second.held["b"] += -lr * np.mean(above["b"], axis=0)
    print(epoch, cost)
`;

const shapes: Shape[] = [{ what: 'a script with a matrix product for each sample', source, verdict: 'convention', mistake: ['delta1 = above["below"] * hidden * (1 - hidden)', 'delta1 = above["below"] * (1 - hidden)'] }];

describe('python: products that go sample by sample', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
