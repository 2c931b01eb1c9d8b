// Adaptations of the course's functions: a dictionary under another name, weights that nothing uses, widths given to the training, rates of dropout for the hidden layers alone.

import assert from 'node:assert/strict';
import { bindsEach, changed, lineOf, pythonChecks, say, type Shape } from './support';
import { dropped, matrices, numbered, pars, switched, trained } from './course';

/** The prediction is y_, and the targets are y; db is (n,), which b (1, n) is moved by as well. */
const underscored = `import numpy as np


class Network:
    def __init__(self, input_size, layers, output_size):
        self.model = {'W1': np.random.randn(input_size, layers[0]), 'b1': np.zeros((1, layers[0])), 'W2': np.random.randn(layers[0], output_size), 'b2': np.zeros((1, output_size))}

    def forward_propagation(self, x):
        a1 = np.tanh(np.dot(x, self.model['W1']) + self.model['b1'])
        e = np.exp(np.dot(a1, self.model['W2']) + self.model['b2'])
        y_ = e / np.sum(e, axis=1, keepdims=True)
        self.outputs = [a1, y_]
        return y_

    def backward_propagation(self, x, y, lr=0.001):
        a1, y_ = self.outputs
        m = x.shape[0]
        del2 = y_ - y
        dw2 = np.dot(a1.T, del2) / m
        db2 = np.sum(del2, axis=0) / m
        del1 = (1 - np.square(a1)) * np.dot(del2, self.model['W2'].T)
        dw1 = np.dot(x.T, del1) / m
        db1 = np.sum(del1, axis=0) / m
        self.model['W1'] -= lr * dw1
        self.model['b1'] -= lr * db1
        self.model['W2'] -= lr * dw2
        self.model['b2'] -= lr * db2

    def loss(self, y, p):
        return -np.sum(y * np.log(p)) / len(y)
`;

const shapes: Shape[] = [
  { what: 'parameters under another name, with weights that nothing uses', source: pars, mistake: ['np.dot(w.T, dz) * (caches[l - 2][2] > 0)', 'np.dot(w.T, dz) * (caches[l - 2][2] > 1)'] },
  { what: 'a number of layers that counts the inputs', source: numbered, mistake: ['* (caches[l - 2][2] > 0)', '* (caches[l - 2][2] > 1)'] },
  { what: 'widths that the training is given, None at first', source: trained, mistake: ['* (1 - self.kept[l - 1])', '* (1 + self.kept[l - 1])'] },
  { what: 'samples that a constructor keeps, as matrices', source: matrices, mistake: ['* (1 - self.A["A" + str(c - 1)])', '* (1 + self.A["A" + str(c - 1)])'] },
  { what: 'an L2 term that an argument switches on', source: switched, mistake: ['range(1, len(parameters) // 2 + 1)', 'range(1, len(parameters) // 2)'] },
  { what: 'a prediction named y_', source: underscored, mistake: ['(1 - np.square(a1))', '(1 - a1)'] },
  { what: 'rates of dropout for the hidden layers', source: dropped, mistake: ['np.dot(W.T, dZ) * D / keep_prob', 'np.dot(W.T, dZ) * D'] },
];

describe("python: adaptations of the course's functions", function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('tells an L2 term that the cost computes and loses', async () => {
    const source = switched.replace('total = cost + lambd / (2 * m) * penalty', 'term = lambd / (2 * m) * np.sum(np.square(parameters["W1"])) + penalty\n    total = np.squeeze(cost)');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.deepEqual([result.findings[0]?.rule, result.findings[0]?.function], ['cost-l2', 'compute_cost'], say(result));
  });

  it('tells a factor, where (n,) moves (1, n)', async () => {
    const result = await check(underscored.replace('dw2 = np.dot(a1.T, del2) / m', 'dw2 = np.dot(a1.T, del2)').replace('dw1 = np.dot(x.T, del1) / m', 'dw1 = np.dot(x.T, del1)'));
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.rule, 'factor', say(result));
  });

  it('stops at a key that is put together in another place', async () => {
    const source = matrices.replace('A["A" + str(c)] = 1 / (1 + np.exp(-Z))', 'A["Z" + str(c)] = Z\n            A["A" + str(c)] = 1 / (1 + np.exp(-A["Z"] + str(c)))');
    assert.notEqual(source, matrices);
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]?.function, '_forward_propagation', say(result));
  });

  it('takes no broken check of the gradient for the network', async () => {
    const result = await check(`${pars}

def as_matrix(y, classes):
    return (np.arange(classes) == y[:, None]).astype(float)


def gradient_check(x, y, pars):
    y = as_matrix(y)
    y_hat, caches = L_model_forward(x, pars)
    return L_model_backward(y_hat, y, caches)
`);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('are checked with three layers, whatever is right for two; a gradient under another key is told where it is put there', async () => {
    const source = changed('deep_layers.py', [['grads["db" + str(l + 1)] = db', 'grads["db" + str(l)] = db']]);
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['wrong', 'L_model_backward', lineOf(source, 'grads["db" + str(l)] = db')], say(result));
    assert.match(result.summary, /gradient of b2 is kept here as that of b1/);
  });
});
