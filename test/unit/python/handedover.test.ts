// A loss whose derivative comes with more: `grad, classes = net.loss.backward(A, Y)`, both of which the network's backward pass is given; and hidden widths that are a list by what is done with them.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const source = `import numpy as np


class Linear:
    def __init__(self, n_in, n_out):
        self.w = np.random.normal(0, 0.1, (n_in, n_out))

    def forward(self, x):
        self.x = x
        return np.dot(x, self.w)

    def backward(self, above, rate):
        below = np.dot(above, self.w.T)
        self.w = self.w - rate * np.dot(self.x.T, above) / len(above)
        return below


class Softmax:
    def forward(self, z):
        shifted = np.exp(z - z.max(axis=1, keepdims=True))
        self.p = shifted / shifted.sum(axis=1, keepdims=True)
        return self.p

    def backward(self, above, classes):
        picked = self.p[np.arange(len(classes)), classes]
        below = -self.p * (above * picked)[:, None]
        below[np.arange(len(classes)), classes] += above * picked
        return below


class CrossEntropy:
    def forward(self, x, y):
        return -np.sum(y * np.log(x)) / len(x)

    def backward(self, x, y):
        classes = np.argmax(y, axis=1)
        return -1 / x[np.arange(len(x)), classes], classes


class Net:
    def __init__(self, n_inputs, n_hidden, n_classes):
        self.hidden = n_hidden
        self.layers = []
        for i in range(len(self.hidden)):
            self.layers.append(Linear(n_inputs if i == 0 else self.hidden[i - 1], self.hidden[i]))
        self.layers.append(Linear(self.hidden[-1], n_classes))
        self.top = Softmax()
        self.loss = CrossEntropy()

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return self.top.forward(x)

    def backward(self, dout, index, rate):
        above = self.top.backward(dout, index)
        for layer in reversed(self.layers):
            above = layer.backward(above, rate)


def step(net, x, y, rate):
    out = net.forward(x)
    loss = net.loss.forward(out, y)
    grad, classes = net.loss.backward(out, y)
    net.backward(grad, classes, rate)
    return loss
`;

describe('a derivative that comes with more', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is handed over part by part', async () => {
    const right = await check(source);
    assert.equal(right.verdict, 'correct', say(right));
    assert.equal(right.layers.length, 3, say(right));
    assert.deepEqual(right.findings, [], say(right));
  });

  it('shows where it goes on wrong', async () => {
    const broken = source.replace('below = -self.p * (above * picked)[:, None]', 'below = -self.p * self.p * above[:, None]');
    const wrong = await check(broken);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.ok([lineOf(broken, 'below = -self.p'), lineOf(broken, 'return below\n\n\nclass CrossEntropy')].includes(wrong.findings[0]?.line as number), say(wrong));
  });
});
