// A layer whose weights never move: its gradient is never summed up, though the same statement moves the others.

import assert from 'node:assert/strict';
import { pythonChecks, say } from './support';

const network = `import numpy as np


def f(z):
    return 1 / (1 + np.exp(-z))


def forward(W, b, x):
    h, z = {1: x}, {}
    for l in range(1, len(W) + 1):
        z[l + 1] = W[l].dot(h[l]) + b[l]
        h[l + 1] = f(z[l + 1])
    return h, z


def train(sizes, X, y):
    rate, n = 0.5, len(sizes)
    W, b = {}, {}
    for l in range(1, n):
        W[l] = np.random.random_sample((sizes[l], sizes[l - 1]))
        b[l] = np.random.random_sample((sizes[l],))
        W[l] *= 1.0
    for step in range(300):
        dW = {l: np.zeros(W[l].shape) for l in W}
        db = {l: np.zeros(b[l].shape) for l in b}
        for i in range(len(y)):
            h, z = forward(W, b, X[i, :])
            delta = {n: (h[n] - y[i, :]) * h[n] * (1 - h[n])}
            for l in range(n - 1, 0, -1):
                delta[l] = W[l].T.dot(delta[l + 1]) * h[l] * (1 - h[l])
                dW[l] += np.outer(delta[l + 1], h[l])
                db[l] += delta[l + 1]
        for l in range(n - 1, 0, -1):
            W[l] += -rate * dW[l] / len(y)
            b[l] += -rate * db[l] / len(y)
    return W, b


def main():
    X, y = np.loadtxt("x.csv"), np.loadtxt("y.csv")
    train([2, 5, 4, 3], X, y)


if __name__ == "__main__":
    main()
`;

describe('Python check: a layer that never moves', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is a parameter as the others are', async () => {
    const right = await check(network);
    assert.equal(right.verdict, 'correct', say(right));
    assert.equal(right.layers.length, 3, say(right));
    const wrong = await check(network.replace('                dW[l] +=', '                if l > 1: dW[l] +='));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.function, 'train', say(wrong));
  });
});
