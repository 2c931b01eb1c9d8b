// Trainings that leave much unsaid: samples with a column of ones that the cost is handed, deltas that begin as a list, one W that sgd is given, parameters that only another file makes.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineOf, pythonChecks, say } from './support';

/** The ones are added by fit, and by predict only where it is asked to. */
const ones = (slope: string, half = '0.5 * '): string => `import numpy as np


class Net:
    def __init__(self, layers, alpha=0.1):
        self.W = []
        self.alpha = alpha
        for i in range(len(layers) - 2):
            self.W.append(np.random.randn(layers[i] + 1, layers[i + 1] + 1))
        self.W.append(np.random.randn(layers[-2] + 1, layers[-1]))

    def sigmoid(self, z):
        return 1 / (1 + np.exp(-z))

    def sigmoid_deriv(self, a):
        return a * (1 - a)

    def fit(self, X, y, epochs=1000):
        X = np.c_[X, np.ones((X.shape[0]))]
        for epoch in range(epochs):
            for x, target in zip(X, y):
                self.fit_partial(x, target)
            print(self.calculate_loss(X, y))

    def fit_partial(self, x, y):
        A = [np.atleast_2d(x)]
        for layer in range(len(self.W)):
            A.append(self.sigmoid(A[layer].dot(self.W[layer])))
        error = A[-1] - y
        D = [error * ${slope}]
        for layer in range(len(A) - 2, 0, -1):
            D.append(D[-1].dot(self.W[layer].T) * self.sigmoid_deriv(A[layer]))
        D = D[::-1]
        for layer in range(len(self.W)):
            self.W[layer] += -self.alpha * A[layer].T.dot(D[layer])

    def predict(self, X, add_ones=True):
        p = np.atleast_2d(X)
        if add_ones:
            p = np.c_[p, np.ones((p.shape[0]))]
        for layer in range(len(self.W)):
            p = self.sigmoid(np.dot(p, self.W[layer]))
        return p

    def calculate_loss(self, X, targets):
        return ${half}np.sum((self.predict(X, add_ones=False) - np.atleast_2d(targets)) ** 2)
`;

/** A softmax regression: nothing makes its one W. */
const single = (off: string): string => `import numpy as np


def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


def sgd(W, train_images, T, l2_lambda, epochs, learning_rate):
    N, D = train_images.shape
    for epoch in range(epochs):
        loss = cross_entropy(W, train_images, T, l2_lambda)
        grad = np.zeros_like(W)
        for i in range(N):
            off = softmax(W.dot(train_images[i, :])) - T[i]
            for j in range(W.shape[0]):
                grad[j, :] += ${off} * train_images[i, :]
        grad /= N
        grad += l2_lambda * W
        W -= learning_rate * grad
    return W


def cross_entropy(W, X, T, l2_lambda):
    N, D = X.shape
    total = 0
    for i in range(N):
        total += -T[i].dot(np.log(softmax(W.dot(X[i, :]))))
    return total / N + 0.5 * l2_lambda * np.sum(W * W)
`;

/** Passes that are given their parameters, and a module with functions of the same names. */
const passes = (first: string): string => `import numpy as np
import bends


class Passes:
    def __init__(self, hidden_layer_activation, output_layer_activation, dropout_rate):
        self.hidden_layer_activation = hidden_layer_activation
        self.output_layer_activation = output_layer_activation
        self.keep_prob = 1 - dropout_rate

    def forward(self, data, parameters):
        L = len(parameters) // 2
        caches = {"A0": data}
        A = data
        for l in range(1, L):
            A = bends.forward(np.dot(parameters["W" + str(l)], A) + parameters["b" + str(l)], self.hidden_layer_activation)
            D = np.random.rand(A.shape[0], A.shape[1]) < self.keep_prob
            A = A * D / self.keep_prob
            caches["A" + str(l)], caches["D" + str(l)] = A, D
        AL = bends.forward(np.dot(parameters["W" + str(L)], A) + parameters["b" + str(L)], self.output_layer_activation)
        return AL, caches

    def backward(self, real_label, pred_label, parameters, caches):
        L, m = len(parameters) // 2, real_label.shape[1]
        dZ = pred_label - real_label
        gradients = {}
        for l in reversed(range(2, L + 1)):
            gradients["dW" + str(l)] = np.dot(dZ, caches["A" + str(l - 1)].T) / m
            gradients["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
            dA = np.dot(parameters["W" + str(l)].T, dZ) * caches["D" + str(l - 1)] / self.keep_prob
            dZ = dA * bends.backward(caches["A" + str(l - 1)], self.hidden_layer_activation)
        gradients["dW1"] = np.dot(${first}, caches["A0"].T) / m
        gradients["db1"] = np.sum(${first}, axis=1, keepdims=True) / m
        parameters["W1"] = parameters["W1"]
        return gradients
`;
const bends = `import numpy as np


def forward(Z, activation):
    if activation == "sigmoid":
        A = 1 / (1 + np.exp(-Z))
    elif activation == "relu":
        A = np.maximum(0, Z)
    return A


def backward(A, activation):
    if activation == "sigmoid":
        dA = A * (1 - A)
    elif activation == "relu":
        dA = np.int64(A > 0)
    return dA
`;

describe('a training that leaves much unsaid', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('hands its cost the samples with a column of ones, and begins its deltas as a list', async () => {
    const right = await check(ones('self.sigmoid_deriv(A[-1])'));
    assert.equal(right.verdict, 'correct', say(right));
    assert.match(right.checked.join(), /of your cost/);
    assert.equal((await check(ones('self.sigmoid_deriv(A[-1])', ''))).verdict, 'convention');
    const source = ones('self.sigmoid(A[-1])');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.line, lineOf(source, 'D = [error'), say(wrong));
  });

  it('is given the one W of its one layer', async () => {
    const right = await check(single('off[j]'));
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(single('abs(off[j])'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('has passes that are given parameters which another file makes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradient-passes-'));
    try {
      writeFileSync(join(folder, 'bends.py'), bends);
      const file = join(folder, 'passes.py');
      writeFileSync(file, passes('dZ'));
      const right = await check('', '.py', { file });
      assert.equal(right.verdict, 'correct', say(right));
      writeFileSync(file, passes('dA'));
      const wrong = await check('', '.py', { file });
      assert.equal(wrong.verdict, 'wrong', say(wrong));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
