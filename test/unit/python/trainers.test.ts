// A training that makes a network object itself and changes its weights from outside; and a forward pass that keeps its activations by the numbers of the layers.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const outside = `import numpy as np


class Weights:
    def __init__(self, n_in, n_hidden, n_out):
        self._w_one = np.random.uniform(-0.5, 0.5, (n_hidden, n_in))
        self._w_two = np.random.uniform(-0.5, 0.5, (n_out, n_hidden))

    @property
    def w_one(self):
        return self._w_one

    @w_one.setter
    def w_one(self, value):
        self._w_one = value

    @property
    def w_two(self):
        return self._w_two

    @w_two.setter
    def w_two(self, value):
        self._w_two = value


def cross_entropy(y, p):
    return -np.sum(y * np.log(p))


class Runner:
    @classmethod
    def run(cls, X, y):
        n_out = y.shape[1]
        n_hidden = 10
        learning_rate = 0.01
        model = Weights(X.shape[1], n_hidden, n_out)
        for epoch in range(100):
            for index in range(len(X)):
                x = X[index:index + 1, :]
                t = y[index:index + 1, :]
                h = np.tanh(np.dot(model.w_one, x.flatten()))
                z = np.dot(model.w_two, h)
                p = np.exp(z) / np.sum(np.exp(z), axis=0)
                loss = cross_entropy(t, p)
                d_out = (p - t.flatten()).reshape(n_out, 1)
                d_hid = np.dot(np.diag(1 - h ** 2), np.dot(model.w_two.T, d_out))
                step_two = np.dot(d_out, h.reshape((n_hidden, 1)).T)
                step_one = np.dot(d_hid, x)
                model.w_two = model.w_two - learning_rate * step_two
                model.w_one = model.w_one - learning_rate * step_one
`;

const keyed = `import numpy as np


class Network:
    def __init__(self, shapes):
        self.count = len(shapes)
        self.weights = {l: np.random.randn(shapes[l - 1], shapes[l]) for l in range(1, self.count)}
        self.slopes = {}

    def forward(self, data):
        values = {}
        values[1] = data
        for l in range(2, self.count + 1):
            data = np.dot(data, self.weights[l - 1])
            data = 1 / (1 + np.exp(-data))
            values[l] = data
        return values

    def squared_error(self, outputs, targets):
        return 0.5 * np.mean(np.sum((outputs - targets) ** 2, axis=1))

    def backward(self, output, target):
        deltas = {}
        deltas[self.count] = (output[self.count] - target) * output[self.count] * (1 - output[self.count])
        for l in reversed(range(2, self.count)):
            deltas[l] = np.dot(deltas[l + 1], self.weights[l].T) * output[l] * (1 - output[l])
        for l in range(1, self.count):
            self.slopes[l] = np.dot(output[l].T, deltas[l + 1]) / len(target)

    def update(self, rate):
        for l in range(1, self.count):
            self.weights[l] -= rate * self.slopes[l]

    def train(self, inputs, targets, epochs, rate=1):
        for epoch in range(epochs):
            output = self.forward(inputs)
            error = self.squared_error(output[self.count], targets)
            self.backward(output, targets)
            self.update(rate)
        return error
`;

describe('a training that changes its network from outside', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is bound by what it changes, one sample after the other', async () => {
    const right = await check(outside);
    assert.equal(right.verdict, 'correct', say(right));
    const source = outside.replace('np.diag(1 - h ** 2)', 'np.diag(1 - h)');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.line, lineOf(source, 'd_hid = '), say(wrong));
  });

  it('is told where it goes up', async () => {
    const wrong = await check(outside.replace('(p - t.flatten())', '(t.flatten() - p)'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.function, 'run', say(wrong));
  });
});

describe('activations by the numbers of the layers', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('hold the prediction under the last number', async () => {
    const right = await check(keyed);
    assert.equal(right.verdict, 'correct', say(right));
    const source = keyed.replace(' * output[self.count] * (1 - output[self.count])', '');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.line, lineOf(source, 'deltas[self.count]'), say(wrong));
  });
});
