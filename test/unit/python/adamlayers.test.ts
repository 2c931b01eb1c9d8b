// A script whose layers are objects that Adam updates, with an L2 term in the cost it computes: what is compared is what the layers keep as dW, and no step.

import assert from 'node:assert/strict';
import { pythonChecks, say } from './support';

const source = (term: string) => `import numpy as np


class Dense:
    def __init__(self, n_in, n_out):
        self.W = 0.1 * np.random.randn(n_in, n_out)
        self.b = np.zeros((1, n_out))
        self.mW, self.vW = np.zeros_like(self.W), np.zeros_like(self.W)
        self.mb, self.vb = np.zeros_like(self.b), np.zeros_like(self.b)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, dZ):
        self.dW = self.X.T @ dZ
        self.db = np.sum(dZ, axis=0, keepdims=True)
        return dZ @ self.W.T


def softmax(Z):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def cross_entropy(y_pred, y):
    return -np.mean(np.sum(y * np.log(y_pred), axis=1))


class Adam:
    def __init__(self, lr=0.01):
        self.lr, self.t = lr, 0

    def update(self, layer):
        self.t += 1
        layer.mW = 0.9 * layer.mW + 0.1 * layer.dW
        layer.vW = 0.999 * layer.vW + 0.001 * layer.dW ** 2
        layer.mb = 0.9 * layer.mb + 0.1 * layer.db
        layer.vb = 0.999 * layer.vb + 0.001 * layer.db ** 2
        low, high = 1 - 0.9 ** self.t, 1 - 0.999 ** self.t
        layer.W -= self.lr * layer.mW / low / (np.sqrt(layer.vW / high) + 1e-8)
        layer.b -= self.lr * layer.mb / low / (np.sqrt(layer.vb / high) + 1e-8)


X = np.array([[1.0, 2.0, 3.0, 2.5], [2.0, 5.0, -1.0, 2.0], [-1.5, 2.7, 3.3, -0.8]])
y = np.array([[0, 0, 1], [1, 0, 0], [0, 1, 0]])

hidden, output = Dense(4, 8), Dense(8, 3)
optimizer = Adam(lr=0.01)
lambd = 1e-2

for epoch in range(500):
    Z1 = hidden.forward(X)
    A1 = np.maximum(0, Z1)
    y_pred = softmax(output.forward(A1))

    loss = cross_entropy(y_pred, y) + lambd * (np.sum(hidden.W ** 2) + np.sum(output.W ** 2))

    dZ2 = (y_pred - y) / X.shape[0]
    dA1 = output.backward(dZ2)
    hidden.backward(dA1 * (Z1 > 0))
    hidden.dW += ${term} * hidden.W
    output.dW += ${term} * output.W

    optimizer.update(hidden)
    optimizer.update(output)
`;

describe('layers of a script that Adam updates', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('are compared by the gradient that each keeps', async () => {
    const result = await check(source('2 * lambd'));
    assert.equal(result.verdict, 'correct', say(result));
    assert.equal(result.bound?.gradient, 'attributes', say(result));
  });

  it('are wrong where the derivative of the L2 term lacks its 2', async () => {
    const result = await check(source('lambd'));
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.function, '<module>');
  });
});
