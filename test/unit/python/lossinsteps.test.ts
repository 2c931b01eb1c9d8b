// A last layer that is a softmax and its loss in steps, as a lab course has it: forward, get_loss of the labels, backward without arguments; its dense layers make their weights in a method of their own.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const source = `import numpy as np


class FullyConnectedLayer(object):
    def __init__(self, num_input, num_output):
        self.num_input = num_input
        self.num_output = num_output

    def init_param(self, std=0.01):
        self.weight = np.random.normal(loc=0.0, scale=std, size=(self.num_input, self.num_output))
        self.bias = np.zeros([1, self.num_output])

    def forward(self, input):
        self.input = input
        return np.matmul(self.input, self.weight) + self.bias

    def backward(self, top_diff):
        self.d_weight = np.dot(self.input.T, top_diff)
        self.d_bias = np.sum(top_diff, axis=0)
        return np.dot(top_diff, self.weight.T)

    def update_param(self, lr):
        self.weight = self.weight - lr * self.d_weight
        self.bias = self.bias - lr * self.d_bias


class ReLULayer(object):
    def forward(self, input):
        self.input = input
        return np.maximum(self.input, 0)

    def backward(self, top_diff):
        return top_diff * (self.input > 0)


class SoftmaxLossLayer(object):
    def forward(self, input):
        input_exp = np.exp(input - np.max(input, axis=1, keepdims=True))
        self.prob = input_exp / np.sum(input_exp, axis=1, keepdims=True)
        return self.prob

    def get_loss(self, label):
        self.batch_size = self.prob.shape[0]
        self.label_onehot = np.zeros_like(self.prob)
        self.label_onehot[np.arange(self.batch_size), label] = 1.0
        return -np.sum(np.log(self.prob) * self.label_onehot) / self.batch_size

    def backward(self):
        return (self.prob - self.label_onehot) / self.batch_size
`;

describe('python: a last layer with its loss in steps', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is put together with the layers below it', async () => {
    const result = await check(source);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('tells a mean of the loss and a sum of the gradient apart from a mistake', async () => {
    const result = await check(source.replace('(self.prob - self.label_onehot) / self.batch_size', 'self.prob - self.label_onehot'));
    assert.equal(result.verdict, 'convention', say(result));
  });

  it('tells what is wrong in a layer', async () => {
    const wrong = source.replace('np.sum(top_diff, axis=0)', 'np.sum(top_diff)');
    const result = await check(wrong);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(wrong, 'self.d_bias = '));
  });
});
