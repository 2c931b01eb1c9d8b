// A layer whose weights never move: its gradient is never summed up, though the same statement moves the others.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

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

/** A script that trains with functions for single layers, and a loop that moves them all. */
const script = (range: string): string => `import numpy as np


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def layer_forward(A_prev, W, b):
    Z = np.dot(W, A_prev) + b
    return sigmoid(Z), Z


def layer_backward(A_prev, W, Z, dA):
    m = A_prev.shape[1]
    dZ = dA * sigmoid(Z) * (1 - sigmoid(Z))
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T) / m, np.sum(dZ, axis=1, keepdims=True) / m


def move(params, grads, rate):
    L = len(params) // 2
    for l in ${range}:
        params["W" + str(l)] = params["W" + str(l)] - rate * grads["dW" + str(l)]
        params["b" + str(l)] = params["b" + str(l)] - rate * grads["db" + str(l)]
    return params


if __name__ == "__main__":
    X = np.random.rand(5, 40)
    Y = (X.sum(axis=0, keepdims=True) > 2.5) * 1.0
    params = {"W1": np.random.randn(4, 5), "b1": np.zeros((4, 1)), "W2": np.random.randn(3, 4), "b2": np.zeros((3, 1)), "W3": np.random.randn(1, 3), "b3": np.zeros((1, 1))}
    rate = 0.01
    grads = {}
    for i in range(1000):
        A1, Z1 = layer_forward(X, params["W1"], params["b1"])
        A2, Z2 = layer_forward(A1, params["W2"], params["b2"])
        A3, Z3 = layer_forward(A2, params["W3"], params["b3"])
        cost = -np.mean(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))
        dA3 = -(Y / A3 - (1 - Y) / (1 - A3))
        dA2, grads["dW3"], grads["db3"] = layer_backward(A2, params["W3"], Z3, dA3)
        dA1, grads["dW2"], grads["db2"] = layer_backward(A1, params["W2"], Z2, dA2)
        _, grads["dW1"], grads["db1"] = layer_backward(X, params["W1"], Z1, dA1)
        params = move(params, grads, rate)
        print(cost)
`;

describe('a layer that the loop of a training leaves out', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is told at the loop', async () => {
    const right = await check(script('range(1, L + 1)'));
    assert.equal(right.verdict, 'correct', say(right));
    for (const [range, layer] of [['range(1, L)', 3], ['range(2, L + 1)', 1]] as const) {
      const source = script(range);
      const wrong = await check(source);
      assert.equal(wrong.verdict, 'wrong', say(wrong));
      assert.equal(wrong.findings[0]?.line, lineOf(source, 'for l in'), say(wrong));
      assert.match(wrong.findings[0].message, new RegExp(`leaves out a layer: W${layer} and b${layer} stay`));
    }
  });
});
