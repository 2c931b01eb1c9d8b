// Costs that a file shows beside a training which does not use them, an L2 term of its own, and gradients that lost their samples.

import assert from 'node:assert/strict';
import type { PythonResult } from '../../../src/python/result';
import { lineOf, pythonChecks, say } from './support';

/** A training in one body; the cost is a function of the parameters that it calls now and then. */
const penalized = `import numpy as np

class Config:
    n_in = 2
    n_out = 2
    epsilon = 0.01
    reg_lambda = 0.05

def calculate_loss(model, X, y):
    W1, b1, W2, b2 = model['W1'], model['b1'], model['W2'], model['b2']
    scores = np.tanh(X.dot(W1) + b1).dot(W2) + b2
    probs = np.exp(scores) / np.sum(np.exp(scores), axis=1, keepdims=True)
    data_loss = np.sum(-np.log(probs[range(len(X)), y]))
    data_loss += Config.reg_lambda / 2 * (np.sum(np.square(W1)) + np.sum(np.square(W2)))
    return 1. / len(X) * data_loss

def build_model(X, y, nn_hdim, num_passes=20000, print_loss=False):
    W1 = np.random.randn(Config.n_in, nn_hdim)
    b1 = np.zeros((1, nn_hdim))
    W2 = np.random.randn(nn_hdim, Config.n_out)
    b2 = np.zeros((1, Config.n_out))
    model = {}
    for i in range(0, num_passes):
        a1 = np.tanh(X.dot(W1) + b1)
        exp_scores = np.exp(a1.dot(W2) + b2)
        probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
        delta3 = probs
        delta3[range(len(X)), y] -= 1
        dW2 = a1.T.dot(delta3)
        db2 = np.sum(delta3, axis=0, keepdims=True)
        delta2 = delta3.dot(W2.T) * (1 - np.power(a1, 2))
        dW1 = np.dot(X.T, delta2)
        db1 = np.sum(delta2, axis=0)
        dW2 += Config.reg_lambda * W2
        dW1 += Config.reg_lambda * W1
        W1 += -Config.epsilon * dW1
        b1 += -Config.epsilon * db1
        W2 += -Config.epsilon * dW2
        b2 += -Config.epsilon * db2
        model = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}
        if print_loss and i % 1000 == 0:
            print(calculate_loss(model, X, y))
    return model
`;

/** The mean is shown every thousandth time only; the step is that of half the sum. */
const seldom = `import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

w_hidden = np.random.rand(2, 4)
w_output = np.random.rand(4, 1)
b_hidden = np.random.rand(1, 4)

def train(X, y, epochs, learning_rate):
    global w_hidden, w_output, b_hidden
    for epoch in range(epochs):
        hidden = sigmoid(np.dot(X, w_hidden) + b_hidden)
        predicted = sigmoid(np.dot(hidden, w_output))
        error = y - predicted
        d_predicted = error * predicted * (1 - predicted)
        d_hidden = d_predicted.dot(w_output.T) * hidden * (1 - hidden)
        w_output += hidden.T.dot(d_predicted) * learning_rate
        w_hidden += X.T.dot(d_hidden) * learning_rate
        b_hidden += np.sum(d_hidden, axis=0, keepdims=True) * learning_rate
        if (epoch + 1) % 1000 == 0:
            loss = np.mean(np.square(error))
            print(f'Epoch {epoch + 1}, Loss: {loss}')

train(np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]]), 60000, 0.1)
`;

/** Gradients are kept in attributes, and fit() hands over all samples at once. */
const kept = `import numpy as np

class Network:
    def __init__(self, n_x, n_h):
        self.W1, self.b1 = np.random.rand(n_h, n_x), np.zeros((n_h, 1))
        self.W2, self.b2 = np.random.rand(1, n_h), np.zeros((1, 1))
        self.lr = 0.1

    def forward(self, X):
        self.X = X
        self.A1 = np.tanh(self.W1 @ X + self.b1)
        self.A2 = 1 / (1 + np.exp(-(self.W2 @ self.A1 + self.b2)))
        return self.A2

    def compute_loss(self, Y):
        return -np.sum(Y * np.log(self.A2) + (1 - Y) * np.log(1 - self.A2)) / Y.shape[1]

    def backward(self, Y):
        m = Y.shape[1]
        dZ2 = self.A2 - Y
        self.dW2 = dZ2 @ self.A1.T / m
        self.db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        dZ1 = self.W2.T @ dZ2 * (1 - self.A1 ** 2)
        self.dW1 = dZ1 @ self.X.T / m
        self.db1 = np.sum(dZ1, axis=1, keepdims=True) / m

    def update(self):
        self.W1, self.b1 = self.W1 - self.lr * self.dW1, self.b1 - self.lr * self.db1
        self.W2, self.b2 = self.W2 - self.lr * self.dW2, self.b2 - self.lr * self.db2

    def fit(self, X, Y, epochs):
        for epoch in range(epochs):
            self.forward(X)
            self.backward(Y)
            self.update()
`;

/** All samples at once, and the step at the end of the backward pass. */
const stepping = kept
  .replace(/self\.d(W|b)/g, 'd$1')
  .replace(/\n {4}def update\(self\):\n/, '')
  .replace('            self.update()\n', '');

describe('what a Python file shows', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  const first = (result: PythonResult): unknown => ({ verdict: result.verdict, function: result.findings[0]?.function, line: result.findings[0]?.line });

  it('compares with a cost of the parameters that is called now and then, L2 and all', async () => {
    const result = await check(penalized);
    assert.equal(result.verdict, 'convention', say(result));
    assert.match(result.summary, /m times the derivative of your cost/);
    const mean = await check(penalized.replace('delta2 = delta3', 'delta3 /= len(X)\n        db2 = np.sum(delta3, axis=0, keepdims=True)\n        dW2 = a1.T.dot(delta3)\n        delta2 = delta3').replace(/reg_lambda \* W/g, 'reg_lambda / len(X) * W'));
    assert.equal(mean.verdict, 'correct', say(mean));
  });

  it('finds an L2 term that one of the weights has not', async () => {
    const source = penalized.replace('        dW1 += Config.reg_lambda * W1\n', '');
    assert.equal((await check(source)).verdict, 'wrong');
  });

  it('works out a mean that is shown every thousandth time', async () => {
    const result = await check(seldom);
    assert.equal(result.verdict, 'convention', say(result));
    assert.match(result.summary, /half the sum over the samples/);
  });

  it('finds a sum to one number among gradients that are kept', async () => {
    assert.equal((await check(kept)).verdict, 'correct');
    const source = kept.replace('self.db1 = np.sum(dZ1, axis=1, keepdims=True) / m', 'self.db1 = np.sum(dZ1) / m');
    const found = await check(source);
    assert.deepEqual(first(found), { verdict: 'wrong', function: 'backward', line: lineOf(source, 'self.db1 = np.sum') }, say(found));
    assert.equal(found.findings[0]?.rule, 'axis');
  });

  it('takes a column for each sample for a mistake where all samples come at once', async () => {
    assert.equal((await check(stepping)).verdict, 'correct');
    const source = stepping.replace('db1 = np.sum(dZ1, axis=1, keepdims=True) / m', 'db1 = dZ1 / m');
    const found = await check(source);
    assert.deepEqual(first(found), { verdict: 'wrong', function: 'backward', line: lineOf(source, 'db1 = dZ1') }, say(found));
  });

  it('says where a prediction is handed over for a derivative', async () => {
    const source = `import numpy as np

def initialize_parameters(layer_dims):
    return {f'{kind}{l}': np.random.randn(layer_dims[l], layer_dims[l - 1] if kind == 'W' else 1) for l in range(1, len(layer_dims)) for kind in 'Wb'}

def forward(X, parameters):
    A, caches = X, []
    for l in range(1, len(parameters) // 2 + 1):
        A_prev, W = A, parameters['W' + str(l)]
        A = 1 / (1 + np.exp(-(np.dot(W, A_prev) + parameters['b' + str(l)])))
        caches.append((A_prev, W, A))
    return A, caches

def compute_cost(AL, Y):
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))

def sigmoid_backward(dA, A):
    return dA * A * (1 - A)

def layer_backward(dA, cache):
    A_prev, W, A = cache
    m = A_prev.shape[1]
    dZ = sigmoid_backward(dA, A)
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T) / m, np.sum(dZ, axis=1, keepdims=True) / m

def backward(AL, Y, caches):
    grads, L = {}, len(caches)
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    for l in reversed(range(L)):
        dA, grads['dW' + str(l + 1)], grads['db' + str(l + 1)] = layer_backward(AL if l == L else dA, caches[l])
    return grads
`;
    assert.equal((await check(source)).verdict, 'correct');
    const wrong = source.replace('    for l in reversed(range(L)):', "    dA, grads['dW' + str(L)], grads['db' + str(L)] = layer_backward(AL, caches[L - 1])\n    for l in reversed(range(L - 1)):");
    const found = await check(wrong);
    assert.deepEqual(first(found), { verdict: 'wrong', function: 'backward', line: lineOf(wrong, 'layer_backward(AL, caches[L - 1])') }, say(found));
    assert.match(found.findings[0]?.message ?? '', /is given AL where dA is meant/);
  });
});
