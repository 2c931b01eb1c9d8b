// Where a mistake shows in one function of a chain and was made in another: what is handed on, given back, or left to somebody else.

import assert from 'node:assert/strict';
import { changed, lineOf, pythonChecks, say, type Changes } from './support';

interface Slip {
  readonly what: string;
  readonly file: string;
  readonly changes: Changes;
  readonly in: string;
  /** Text of the line that is named. */
  readonly at: string;
  readonly formula?: RegExp;
}

const deep = 'deep_layers.py';
const layers = 'cs231n.py';

const DAL = 'dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))';
const HIDDEN = 'linear_activation_backward(grads["dA" + str(l + 1)], caches[l], "relu")';

/** Two layers as one function each way. */
const joined: Changes = [
  ['def softmax_loss(x, y):', 'def affine_relu_forward(x, w, b):\n    h, fc_cache = affine_forward(x, w, b)\n    a, relu_cache = relu_forward(h)\n    return a, (fc_cache, relu_cache)\n\n\ndef affine_relu_backward(dout, cache):\n    fc_cache, relu_cache = cache\n    dh = relu_backward(dout, relu_cache)\n    return affine_backward(dh, fc_cache)\n\n\ndef softmax_loss(x, y):'],
  ['        h, affine1_cache = affine_forward(X, self.params["W1"], self.params["b1"])\n        a, relu_cache = relu_forward(h)\n', '        a, first_cache = affine_relu_forward(X, self.params["W1"], self.params["b1"])\n'],
  ['        dh = relu_backward(da, relu_cache)\n        dx, grads["W1"], grads["b1"] = affine_backward(dh, affine1_cache)\n', '        dx, grads["W1"], grads["b1"] = affine_relu_backward(da, first_cache)\n'],
];

const slips: readonly Slip[] = [
  { what: 'a dAL that is the derivative by Z already', file: deep, changes: [[DAL, 'dAL = AL - Y']], in: 'L_model_backward', at: 'dAL = AL - Y', formula: /^dAL = -\(np\.divide\(Y, AL\) - np\.divide\(1 - Y, 1 - AL\)\)$/ },
  { what: '1/m in what goes down alone', file: deep, changes: [['dA_prev = np.dot(W.T, dZ)', 'dA_prev = np.dot(W.T, dZ) / m']], in: 'linear_backward', at: 'dA_prev = np.dot(W.T, dZ) / m' },
  { what: 'one that is returned as it is computed', file: deep, changes: [['    dA_prev = np.dot(W.T, dZ)\n    return dA_prev, dW, db', '    return np.dot(W.T, dZ) / m, dW, db']], in: 'linear_backward', at: 'return np.dot(W.T, dZ) / m' },
  { what: 'the word of another activation, where the branch is an else', file: deep, changes: [[HIDDEN, HIDDEN.replace('relu', 'sigmoid')], ['    elif activation == "sigmoid":\n        dZ', '    else:\n        dZ']], in: 'L_model_backward', at: 'dA, dW, db = linear' },
  { what: 'dAL for the error of every layer', file: deep, changes: [[HIDDEN, 'linear_activation_backward(dAL, caches[l], "relu")']], in: 'L_model_backward', at: 'dA, dW, db = linear' },
  { what: 'gradients under each other’s keys', file: deep, changes: [['grads["dW" + str(l + 1)] = dW', 'grads["dW" + str(l + 1)] = db'], ['grads["db" + str(l + 1)] = db', 'grads["db" + str(l + 1)] = dW']], in: 'L_model_backward', at: 'grads["dW" + str(l + 1)] = db' },
  { what: 'a relu_backward that passes on what it is given, inside another function', file: layers, changes: [...joined, ['dx = dout * (x > 0)', 'dx = dout']], in: 'relu_backward', at: '    return dx\n\n\ndef affine_relu_forward' },
  { what: 'a loss that does not divide its derivative, beside L2', file: layers, changes: [['    dx /= N\n', '']], in: 'softmax_loss', at: 'return loss, dx' },
  { what: 'an L2 term that the layer cannot know of', file: layers, changes: [['        dx, grads["W1"], grads["b1"] = affine_backward(dh, affine1_cache)\n', '        dx, dw, grads["b1"] = affine_backward(dh, affine1_cache)\n        grads["W1"] = dw\n'], ['        grads["W1"] += self.reg * self.params["W1"]\n', '']], in: 'loss', at: 'grads["W1"] = dw' },
];

describe('A mistake that shows elsewhere than it was made', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const { what, file, changes, in: where, at, formula } of slips) {
    it(`names ${what}`, async () => {
      const source = changed(file, changes);
      const result = await check(source);
      assert.equal(result.verdict, 'wrong', say(result));
      const first = result.findings[0]!;
      assert.equal(first.function, where, say(result));
      assert.equal(first.line, lineOf(source, at), say(result));
      if (formula) assert.match(first.formula ?? '', formula, say(result));
      // the chain marks the link that the finding names
      if (formula) assert.equal(result.chain.find((each) => each.state === 'broken')?.line, first.line);
    });
  }

  it('says nothing of functions that are joined rightly', async () => {
    const result = await check(changed(layers, joined));
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('names a softmax that sums over the samples', async () => {
    const columns = `import numpy as np


def softmax(Z):
    e = np.exp(Z - Z.max())
    return e / np.sum(e, axis=1, keepdims=True)


def forward(X, W1, b1, W2, b2):
    A1 = np.tanh(W1 @ X + b1)
    return A1, softmax(W2 @ A1 + b2)


def backward(X, Y, A1, A2, W2):
    m = X.shape[1]
    dZ2 = A2 - Y
    dZ1 = W2.T @ dZ2 * (1 - A1 ** 2)
    return dZ1 @ X.T / m, dZ1.sum(axis=1, keepdims=True) / m, dZ2 @ A1.T / m, dZ2.sum(axis=1, keepdims=True) / m


def initialize(n_x, n_h, n_y):
    return np.random.randn(n_h, n_x), np.zeros((n_h, 1)), np.random.randn(n_y, n_h), np.zeros((n_y, 1))


def train(X, Y, n_h, rate, steps):
    W1, b1, W2, b2 = initialize(X.shape[0], n_h, Y.shape[0])
    for _ in range(steps):
        A1, A2 = forward(X, W1, b1, W2, b2)
        dW1, db1, dW2, db2 = backward(X, Y, A1, A2, W2)
        W1, b1, W2, b2 = W1 - rate * dW1, b1 - rate * db1, W2 - rate * dW2, b2 - rate * db2
`;
    const wrong = await check(columns);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]!.function, 'softmax', say(wrong));
    assert.equal(wrong.findings[0]!.line, lineOf(columns, 'return e /'), say(wrong));
    const whole = columns.replace('np.sum(e, axis=1, keepdims=True)', 'np.sum(e)').replaceAll('softmax(', 'stable_softmax(');
    assert.equal((await check(whole)).findings[0]!.function, 'stable_softmax');
    const right = await check(columns.replace('np.sum(e, axis=1', 'np.sum(e, axis=0'));
    assert.equal(right.verdict, 'correct', say(right));
  });

  /** Activations and their derivatives behind one function that is told which. */
  const worded = (given: string): string => `import numpy as np


class Net:
    def __init__(self, n_x, n_h, n_y, kind="tanh"):
        self.kind = kind
        self.W1 = np.random.randn(n_h, n_x)
        self.W2 = np.random.randn(n_y, n_h)

    def tanh(self, z):
        return np.tanh(z)

    def tanh_derivative(self, z):
        return 1 - np.tanh(z) ** 2

    def ask(self, kind, z, derivative=0):
        if kind == "tanh" and derivative == 0:
            return self.tanh(z)
        if kind == "tanh" and derivative == 1:
            return self.tanh_derivative(z)

    def forward(self, X):
        self.Z1 = self.W1 @ X
        self.A1 = self.ask(self.kind, self.Z1)
        return self.W2 @ self.A1

    def cost(self, out, Y):
        return np.sum((out - Y) ** 2) / 2

    def backward(self, X, Y, out, rate):
        dZ2 = out - Y
        dZ1 = self.W2.T @ dZ2 * self.ask(self.kind, self.${given}, 1)
        self.W2 = self.W2 - rate * dZ2 @ self.A1.T
        self.W1 = self.W1 - rate * dZ1 @ X.T
`;

  it('names who asks for the derivative at the wrong value, and not who only chooses it', async () => {
    const right = await check(worded('Z1'));
    assert.equal(right.verdict, 'correct', say(right));
    const source = worded('A1');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.deepEqual([wrong.findings[0]!.function, wrong.findings[0]!.line], ['backward', lineOf(source, 'dZ1 = ')], say(wrong));
  });

  it('names a training that drops what its step gives back', async () => {
    const taken = 'parameters = update_parameters(parameters, grads, learning_rate)';
    const copies: Changes = [['    L = len(parameters) // 2\n    for l in range(L):\n        parameters["W" + str(l+1)] =', '    parameters = {key: value.copy() for key, value in parameters.items()}\n    L = len(parameters) // 2\n    for l in range(L):\n        parameters["W" + str(l+1)] =']];
    const right = await check(changed(deep, copies));
    assert.equal(right.verdict, 'correct', say(right));
    const source = changed(deep, [...copies, [taken, taken.slice('parameters = '.length)]]);
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.deepEqual([wrong.findings[0]!.function, wrong.findings[0]!.line], ['L_layer_model', lineOf(source, '        update_parameters(')], say(wrong));
    // in place it may well be dropped
    const kept = await check(changed(deep, [[taken, taken.slice('parameters = '.length)]]));
    assert.equal(kept.verdict, 'correct', say(kept));
  });
});
