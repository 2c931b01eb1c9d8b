// What stands beside cost and gradient: an L2 term that the training adds to the cost it shows, a key that it asks for.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

describe('python: what a training does with cost and gradient', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  const shown = (gradient: string): string => `import numpy as np


def cross_entropy(A, Y):
    return -np.sum(Y * np.log(A)) / Y.shape[0]


class Model:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1, self.b1 = np.random.randn(n_in, n_hidden), np.zeros(n_hidden)
        self.W2, self.b2 = np.random.randn(n_hidden, n_out), np.zeros(n_out)

    def forward(self, X):
        self.X, self.A1 = X, np.tanh(X @ self.W1 + self.b1)
        e = np.exp(self.A1 @ self.W2 + self.b2)
        self.A2 = e / e.sum(axis=1, keepdims=True)
        return self.A2

    def backward(self, y, lambda_reg=0.0):
        m = y.shape[0]
        dZ2 = (self.A2 - y) / m
        dW2 = self.A1.T @ dZ2 + ${gradient} * self.W2
        dZ1 = dZ2 @ self.W2.T * (1 - self.A1 ** 2)
        dW1 = self.X.T @ dZ1 + ${gradient} * self.W1
        return {"W1": dW1, "b1": dZ1.sum(axis=0), "W2": dW2, "b2": dZ2.sum(axis=0)}


class Trainer:
    def __init__(self, model, learning_rate, lambda_reg):
        self.model, self.learning_rate, self.lambda_reg = model, learning_rate, lambda_reg

    def train(self, X, y):
        out = self.model.forward(X)
        loss = cross_entropy(out, y)
        loss += 0.5 * self.lambda_reg * (np.sum(self.model.W1 ** 2) + np.sum(self.model.W2 * self.model.W2))
        grads = self.model.backward(y, lambda_reg=self.lambda_reg)
        self.model.W1 -= self.learning_rate * grads["W1"]
        self.model.b1 -= self.learning_rate * grads["b1"]
        self.model.W2 -= self.learning_rate * grads["W2"]
        self.model.b2 -= self.learning_rate * grads["b2"]
        return loss
`;

  it('compares the L2 term of a gradient with the one that the training adds to its cost', async () => {
    const right = await check(shown('lambda_reg'));
    assert.equal(right.verdict, 'correct', say(right));
    const source = shown('2 * lambda_reg');
    const double = await check(source);
    assert.equal(double.verdict, 'wrong', say(double));
    assert.equal(double.findings[0]!.rule, 'l2');
    assert.equal(double.findings[0]!.line, lineOf(source, 'dW2 ='), say(double));
    assert.match(double.findings[0]!.message, /2 times/);
  });

  it('reads the term out of one sum with the cost, over all weights at once', async () => {
    const inOne = (gradient: string): string => shown(gradient).replace(/        loss = cross_entropy\(out, y\)\n        loss \+= .*\n/, '        loss = cross_entropy(out, y) + 0.5 * self.lambda_reg * sum(np.sum(W * W) for W in (self.model.W1, self.model.W2))\n');
    assert.equal((await check(inOne('lambda_reg'))).verdict, 'correct');
    assert.equal((await check(inOne('2 * lambda_reg'))).verdict, 'wrong');
  });

  it('takes the number that the file takes of several that its cost gives', async () => {
    const source = `import numpy as np

def cost_function(A, Y, Theta, lam):
    m = len(Y)
    J = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return J, J + lam / (2 * m) * sum(np.sum(T ** 2) for T in Theta)

def forward(X, Theta):
    A = [X]
    for T in Theta:
        A.append(1 / (1 + np.exp(-A[-1] @ T.T)))
    return A

def backward(Theta, A, Y, lam):
    m, delta, grads = len(Y), A[-1] - Y, []
    for i in reversed(range(len(Theta))):
        grads.insert(0, delta.T @ A[i] / m + lam / m * Theta[i])
        delta = delta @ Theta[i] * A[i] * (1 - A[i])
    return grads

def run(X, Y, lam):
    Theta = [np.random.randn(4, X.shape[1]), np.random.randn(Y.shape[1], 4)]
    A = forward(X, Theta)
    _, J = cost_function(A[-1], Y, Theta, lam)
    return J, backward(Theta, A, Y, lam)
`;
    const right = await check(source);
    assert.equal(right.verdict, 'correct', say(right));
    assert.equal((await check(source.replace('_, J = cost_function', 'J, _ = cost_function'))).verdict, 'convention');
  });

  const asked = (key: string, after = ''): string => `import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    grads = {"dw": np.dot(X, (A - Y).T) / m, "db": np.sum(A - Y) / m}${after}
    return grads, cost


def optimize(w, b, X, Y, num_iterations, learning_rate):
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        dw = grads["${key}"]
        w = w - learning_rate * dw
        b = b - learning_rate * grads["db"]
    grads = {"last": dw}
    return w, b, grads, cost
`;

  it('tells a key that the training asks for in vain, and none that may have been made', async () => {
    const source = asked('gw');
    const stopped = await check(source);
    assert.equal(stopped.verdict, 'cannot run', say(stopped));
    assert.equal(stopped.findings[0]!.line, lineOf(source, 'dw = grads'));
    assert.match(stopped.findings[0]!.message, /KeyError: 'gw'/);
    for (const other of [asked('dw'), asked('gw', '\n    grads["gw"] = grads["dw"]')]) assert.equal((await check(other)).verdict, 'correct', other);
  });
});
