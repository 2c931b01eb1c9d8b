// What may stand around a network without being a fault of it, and what stops it whatever it is given.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say } from './support';

/** A classifier in the manner of scikit-learn, of two bases that may not be here. */
const classifier = `import numpy as np
from own_toolbox.base import BaseEstimator, ClassifierMixin


class Classifier(BaseEstimator, ClassifierMixin):
    def __init__(self, n_hidden=4, rate=0.1, rounds=100):
        self.n_hidden, self.rate, self.rounds = n_hidden, rate, rounds

    def fit(self, X, y):
        m = X.shape[0]
        self.W1, self.b1 = np.random.randn(X.shape[1], self.n_hidden), np.zeros((1, self.n_hidden))
        self.W2, self.b2 = np.random.randn(self.n_hidden, y.shape[1]), np.zeros((1, y.shape[1]))
        for i in range(self.rounds):
            A1 = np.tanh(X @ self.W1 + self.b1)
            A2 = 1 / (1 + np.exp(-(A1 @ self.W2 + self.b2)))
            loss = -np.sum(y * np.log(A2) + (1 - y) * np.log(1 - A2)) / m
            dZ2 = (A2 - y) / m
            dZ1 = (dZ2 @ self.W2.T) * (1 - A1 ** 2)
            self.W2 -= self.rate * (A1.T @ dZ2)
            self.b2 -= self.rate * np.sum(dZ2, axis=0, keepdims=True)
            self.W1 -= self.rate * (X.T @ dZ1)
            self.b1 -= self.rate * np.sum(dZ1, axis=0, keepdims=True)
            print(loss)
        return self
`;

/** Two functions of a table of layers that stands elsewhere. */
const tabled = (slope: string): string => `import numpy as np


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def sigmoid_gradient(dA, Z):
    return ${slope}
`;

const script = (y: string): string => `import numpy as np

np.random.seed(0)
X = np.random.randn(50, 2)
y = (X[:, 0] + X[:, 1] > 0).astype(int)${y}
W1, b1 = np.random.randn(2, 4), np.zeros((1, 4))
W2, b2 = np.random.randn(4, 1), np.zeros((1, 1))
learning_rate = 0.01

for epoch in range(1000):
    hidden = np.tanh(np.dot(X, W1) + b1)
    output = 1 / (1 + np.exp(-(np.dot(hidden, W2) + b2)))
    loss = -np.mean(y * np.log(output) + (1 - y) * np.log(1 - output))
    doutput = (output - y) / len(y)
    dhidden_output = np.dot(doutput, W2.T)
    dhidden = dhidden_output * (1 - hidden ** 2)
    W2 -= learning_rate * np.dot(hidden.T, doutput)
    b2 -= learning_rate * np.sum(doutput, axis=0, keepdims=True)
    W1 -= learning_rate * np.dot(X.T, dhidden)
    b1 -= learning_rate * np.sum(dhidden, axis=0, keepdims=True)
    print(loss)
`;

describe('around a network', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  bindsEach(
    [
      { what: 'a classifier of two bases that are not here', source: classifier, mistake: ['(1 - A1 ** 2)', '(1 - A1)'] },
      { what: 'a script whose targets are made a column', source: script('.reshape(-1, 1)'), mistake: ['(1 - hidden ** 2)', '(1 - hidden)'] },
    ],
    check,
  );

  it('a product with the activation is its derivative where the rest of it follows', async () => {
    const right = await check(tabled('dA * sigmoid(Z) * (1 - sigmoid(Z))'));
    assert.notEqual(right.verdict, 'wrong', say(right));
    const source = tabled('dA * sigmoid(Z)');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.line, lineOf(source, 'return dA * '), say(wrong));
  });

  it('targets of the file that lie flat beside a column stop it', async () => {
    const result = await check(script(''));
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]?.line, lineOf(script(''), 'dhidden_output = '), say(result));
  });

  it('a shape that is written as two arguments stops it', async () => {
    const source = `import numpy as np


def initialize(sizes):
    W1 = np.random.randn(sizes[1], sizes[0])
    b1 = np.zeros(sizes[1], 1)
    return W1, b1


def forward(X, W1, b1):
    return np.dot(W1, X) + b1


def backward(X, Y, A):
    m = X.shape[1]
    return np.dot(A - Y, X.T) / m, np.sum(A - Y, axis=1, keepdims=True) / m
`;
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, 'b1 = np.zeros'), say(result));
    assert.notEqual((await check(source.replace('(sizes[1], 1)', '((sizes[1], 1))'))).verdict, 'cannot run');
  });
});
