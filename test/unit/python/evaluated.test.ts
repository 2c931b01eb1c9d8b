// A loss as the last of a list of layers: eval(input, label_data) gives the accuracy and the loss, and backward() takes nothing.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const evaluated = `import numpy as np


class Dense:
    def __init__(self, num_input, num_output, w=None, rate=0.1):
        self.w = np.random.randn(num_input, num_output) if w is None else w
        self.b = np.zeros((1, num_output))
        self.rate = rate

    def forward(self, values):
        self.x = values
        return np.dot(self.x, self.w) + self.b

    def backward(self, above):
        below = np.dot(above, self.w.T)
        self.db = np.mean(above, axis=0, keepdims=True)
        self.dw = np.dot(self.x.T, above) / len(self.x)
        self.w = self.w - self.rate * self.dw
        self.b = self.b - self.rate * self.db
        return below


class Rectifier:
    def forward(self, values):
        self.x = values
        return values * (values > 0)

    def backward(self, above):
        return above * (self.x > 0)


class SoftmaxWithLoss:
    def eval(self, values, label_data):
        self.y = label_data
        shifted = np.exp(values - np.max(values))
        self.p = shifted / np.sum(shifted, axis=1, keepdims=True)
        loss = -np.sum(np.log(self.p) * label_data) / label_data.shape[0]
        accuracy = np.mean(np.argmax(self.p, axis=1) == np.argmax(label_data, axis=1))
        return accuracy, loss

    def backward(self):
        return self.p - self.y


def network_forward(network, values, label_data):
    for layer in network[:-1]:
        values = layer.forward(values)
    return network[-1].eval(values, label_data)


def network_backward(network):
    above = network[-1].backward()
    for layer in reversed(network[:-1]):
        above = layer.backward(above)


def build(num_input, num_output):
    return [Dense(num_input, 20), Rectifier(), Dense(20, num_output), SoftmaxWithLoss()]
`;

describe('a loss that ends a list of layers', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is the second of what eval gives, after the accuracy', async () => {
    const right = await check(evaluated);
    assert.equal(right.verdict, 'correct', say(right));
  });

  it('shows a mistake below it', async () => {
    const source = evaluated.replace('return above * (self.x > 0)', 'return above * (self.x < 0)');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.line, lineOf(source, 'return above * (self.x'), say(wrong));
  });
});
