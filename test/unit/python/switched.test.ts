// What a file keeps beside the way that is tried first: a flag that turns L2 on, weights that a constructor is given, gradients in a tuple of their own, and a training that runs with targets that lie otherwise.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** L2 by a flag of the backward pass, and a cost of its own that adds it. */
const flagged = (term: string): string => `import numpy as np

def initialize(dims):
    parameters = {}
    for l in range(1, len(dims)):
        parameters["W" + str(l)] = np.random.randn(dims[l], dims[l - 1])
        parameters["b" + str(l)] = np.zeros((dims[l], 1))
    return parameters

def forward(X, parameters):
    caches, A = [], X
    for l in range(1, len(parameters) // 2 + 1):
        caches.append(A)
        A = 1 / (1 + np.exp(-(parameters["W" + str(l)] @ A + parameters["b" + str(l)])))
    caches.append(A)
    return A, caches

def compute_cost(AL, Y):
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))

def compute_cost_with_reg(AL, Y, parameters=None, lambd=None):
    cost = -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    squares = sum(np.sum(np.square(parameters["W" + str(l)])) for l in range(1, len(parameters) // 2 + 1))
    return cost + lambd * squares / (2 * Y.shape[1])

def backward(AL, Y, caches, parameters, L2_reg=False, lambd=0):
    grads, m = {}, Y.shape[1]
    dZ = AL - Y
    for l in reversed(range(1, len(parameters) // 2 + 1)):
        grads["dW" + str(l)] = dZ @ caches[l - 1].T / m
        if L2_reg == True:
            grads["dW" + str(l)] += ${term}
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = parameters["W" + str(l)].T @ dZ * caches[l - 1] * (1 - caches[l - 1])
    return grads
`;

/** Parameters that a constructor takes out of a dictionary; rows are samples. */
const handed = `import numpy as np

class Net:
    def __init__(self, weights, input_size=784, hidden_size=100, output_size=10):
        self.params = {}
        self.params["W1"] = weights["W1"]
        self.params["b1"] = weights["b1"]
        self.params["W2"] = weights["W2"]
        self.params["b2"] = weights["b2"]

    def loss(self, X, y, reg=0.0):
        W1, b1, W2, b2 = self.params["W1"], self.params["b1"], self.params["W2"], self.params["b2"]
        hidden = np.maximum(0, X.dot(W1) + b1)
        scores = np.exp(hidden.dot(W2) + b2)
        probs = scores / np.sum(scores, axis=1, keepdims=True)
        probs[range(X.shape[0]), y] -= 1
        grads = {"W2": hidden.T.dot(probs) / X.shape[0] + reg * W2, "b2": np.sum(probs, axis=0) / X.shape[0]}
        delta = probs.dot(W2.T) * (hidden > 0)
        grads["W1"] = X.T.dot(delta) / X.shape[0] + reg * W1
        grads["b1"] = np.sum(delta, axis=0) / X.shape[0]
        return grads
`;

/** All parameters in one tuple, and all gradients in another; ten classes. */
const tuples = `import numpy as np

class Net:
    def __init__(self):
        W1, b1 = np.random.rand(80, 784) - 0.5, np.random.rand(80, 1) - 0.5
        W2, b2 = np.random.rand(10, 80) - 0.5, np.random.rand(10, 1) - 0.5
        self.theta = W1, b1, W2, b2
        self.grads = None

    def forward(self, X):
        W1, b1, W2, b2 = self.theta
        self.Z1 = W1.dot(X) + b1
        self.A1 = np.maximum(self.Z1, 0)
        Z2 = W2.dot(self.A1) + b2
        self.A2 = np.exp(Z2) / sum(np.exp(Z2))
        return self.A2

    def one_hot(self, Y):
        out = np.zeros((10, Y.size))
        out[Y, np.arange(Y.size)] = 1
        return out

    def backward(self, X, Y):
        m, (_, _, W2, _) = Y.size, self.theta
        dZ2 = self.A2 - self.one_hot(Y)
        dZ1 = W2.T.dot(dZ2) * (self.Z1 > 0)
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m
        self.grads = dZ1.dot(X.T) / m, db1, dZ2.dot(self.A1.T) / m, db2

    def cross_entropy_loss(self, A2, Y):
        return np.sum(-np.log(A2[Y, np.arange(Y.shape[0])])) / Y.shape[0]
`;

/** A line with two features: the training that calls the backward pass runs with targets in a column too. */
const line = `import numpy as np

def forward_prop(X, W1, B1):
    Z1 = W1.dot(X) + B1
    return Z1, Z1

def loss_f(A1, Y):
    return np.mean((A1 - Y) ** 2)

def init_params():
    return np.random.randn(1, 2), np.zeros((1, 1))

def back_prop(X, Y, Z1, A1, W1):
    dZ1 = 2 * (A1 - Y)
    return dZ1.dot(X.T) / X.shape[1], np.sum(dZ1, axis=1, keepdims=True) / X.shape[1]

def update(W1, B1, dW1, dB1, rate):
    return W1 - rate * dW1, B1 - rate * dB1

def gradient_descent(X, Y, rate, itrs):
    W1, B1 = init_params()
    for i in range(itrs):
        Z1, A1 = forward_prop(X, W1, B1)
        dW1, dB1 = back_prop(X, Y, Z1, A1, W1)
        W1, B1 = update(W1, B1, dW1, dB1, rate)
        print(loss_f(A1, Y))
    return W1, B1
`;

describe('python: what stands beside the way that is tried first', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('L2 that a flag turns on is compared with the cost that adds it', async () => {
    const right = await check(flagged('lambd / m * parameters["W" + str(l)]'));
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(flagged('lambd / m * np.abs(parameters["W" + str(l)])'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.function, 'backward', say(wrong));
  });

  for (const [what, source, from, to, at] of [
    ['weights that a constructor is given', handed, 'hidden.T.dot(probs) / X.shape[0]', 'hidden.T.dot(probs)', 'grads = {"W2"'],
    ['gradients in a tuple', tuples, 'np.sum(dZ2, axis=1, keepdims=True)', 'np.sum(dZ2)', 'db2 = '],
    ['a line whose training is told to run with columns', line, '2 * (A1 - Y)', '2 * (A1 - Y) ** 2', 'dZ1 = '],
  ] as const) {
    it(`is bound: ${what}`, async () => {
      const right = await check(source);
      assert.equal(right.verdict, 'correct', say(right));
      assert.equal(source.split(from).length, 2, from);
      const mistaken = source.replace(from, to);
      const wrong = await check(mistaken);
      assert.deepEqual([wrong.verdict, wrong.findings[0]?.line], ['wrong', lineOf(mistaken, at)], say(wrong));
    });
  }
});
