// A loop over the layers that pulls the error down through the wrong weights is right of two layers, and stops at three of different widths: three that are equally wide show it.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const network = `import numpy as np

class Network:
    def __init__(self, sizes):
        self.weights = [np.random.randn(n, k) for k, n in zip(sizes[:-1], sizes[1:])]
        self.biases = [np.zeros((n, 1)) for n in sizes[1:]]

    def sigmoid(self, Z):
        return 1 / (1 + np.exp(-Z))

    def forward(self, X):
        self.A = [X]
        for W, b in zip(self.weights, self.biases):
            self.A.append(self.sigmoid(W @ self.A[-1] + b))
        return self.A[-1]

    def cost(self, AL, Y):
        return np.sum((AL - Y) ** 2) / (2 * Y.shape[1])

    def backward(self, Y):
        m, L = Y.shape[1], len(self.weights)
        dW, db = [None] * L, [None] * L
        dZ = (self.A[-1] - Y) * self.A[-1] * (1 - self.A[-1])
        for i in reversed(range(L)):
            dW[i] = dZ @ self.A[i].T / m
            db[i] = np.sum(dZ, axis=1, keepdims=True) / m
            if i > 0:
                dZ = self.weights[i].T @ dZ * self.A[i] * (1 - self.A[i])
        return dW, db
`;
const wrong = network.replace('self.weights[i].T @ dZ * ', 'self.weights[-1].T @ dZ * ');
const forTwo = network.replace(/ {8}for i in reversed[^]*$/, `        dZ1 = self.weights[-1].T @ dZ * self.A[-2] * (1 - self.A[-2])
        dW[0], dW[-1] = dZ1 @ self.A[0].T / m, dZ @ self.A[-2].T / m
        db[0], db[-1] = np.sum(dZ1, axis=1, keepdims=True) / m, np.sum(dZ, axis=1, keepdims=True) / m
        return dW, db
`);

// The helper of one layer is right; who calls it hands every hidden layer the derivative that came down to the last one.
const handed = network.replace(/        dZ = \(self\.A\[-1\][^]*$/, `        dA = self.A[-1] - Y
        last, dW[-1], db[-1] = self.one_layer(dA, L - 1, m)
        for i in reversed(range(L - 1)):
            upper, dW[i], db[i] = self.one_layer(last, i, m)
        return dW, db

    def one_layer(self, dA, i, m):
        dZ = dA * self.A[i + 1] * (1 - self.A[i + 1])
        return self.weights[i].T @ dZ, dZ @ self.A[i].T / m, np.sum(dZ, axis=1, keepdims=True) / m
`);

describe('python: layers that are equally wide', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('tells a mistake in the loop over the layers that two layers do not show', async () => {
    const result = await check(wrong);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['wrong', 'backward', lineOf(wrong, 'self.weights[-1].T @ dZ')], say(result));
    assert.ok(result.findings.some((each) => each.rule === 'note' && each.message.includes('three layers that are equally wide')), say(result));
  });

  it('blames who hands a layer the derivative of another, and not the helper that takes it', async () => {
    const result = await check(handed);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['wrong', 'backward', lineOf(handed, 'self.one_layer(last, i, m)')], say(result));
    assert.equal((await check(handed.replace('upper, dW[i]', 'last, dW[i]'))).verdict, 'correct');
  });

  it('has nothing to say of the right loop, and of a backward pass that is written for two layers', async () => {
    for (const text of [network, forTwo]) {
      assert.equal((await check(text)).verdict, 'correct');
    }
  });
});
