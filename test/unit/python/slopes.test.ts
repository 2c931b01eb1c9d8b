// Pairs of an activation and its derivative that the network that was checked does not use.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const source = `import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_prime(a):
    return a * (1 - a)


def relu(x):
    return np.maximum(0, x)


def relu_prime(x):
    return (x > 0) * 1.0


def softmax(x):
    e = np.exp(x - np.max(x, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def softmax_prime(x):
    return softmax(x) * 2


ACTIVATIONS = {"sigmoid": (sigmoid, sigmoid_prime), "relu": (relu, relu_prime), "softmax": (softmax, softmax_prime)}


class Network:
    def __init__(self, n_in, n_hidden, n_out, activation="sigmoid"):
        self.g, self.g_prime = ACTIVATIONS[activation]
        self.W1, self.b1 = np.random.randn(n_hidden, n_in), np.zeros((n_hidden, 1))
        self.W2, self.b2 = np.random.randn(n_out, n_hidden), np.zeros((n_out, 1))

    def forward(self, X):
        self.A1 = self.g(self.W1 @ X + self.b1)
        self.A2 = self.W2 @ self.A1 + self.b2
        return self.A2

    def loss(self, A2, Y):
        return np.sum((A2 - Y) ** 2) / (2 * Y.shape[1])

    def backward(self, X, Y):
        m = X.shape[1]
        dZ2 = self.A2 - Y
        dZ1 = (self.W2.T @ dZ2) * self.g_prime(self.A1)
        return {"dW1": dZ1 @ X.T / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m, "dW2": dZ2 @ self.A1.T / m, "db2": np.sum(dZ2, axis=1, keepdims=True) / m}
`;

describe('derivatives beside the network that was checked', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  it('are right at Z or at A, and not asked where the activation is of a whole layer', async () => {
    const result = await check(source);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('are told where they are neither', async () => {
    const wrong = source.replace('return (x > 0) * 1.0', 'return (x > 0) * x');
    const result = await check(wrong);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.function, 'relu_prime');
    assert.equal(result.findings[0]?.line, lineOf(wrong, 'return (x > 0) * x'));
  });

  it('are no matter where nothing of the file reads them', async () => {
    const unused = source.replace('return (x > 0) * 1.0', 'return (x > 0) * x').replace('"relu": (relu, relu_prime), ', '');
    const result = await check(unused);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('is told of a function that dispatches on a word, for each of the words', async () => {
    const source = `import numpy as np


class Net:
    def activate(self, fun, x):
        if fun == 'logistic':
            return 1 / (1 + np.exp(-x))
        elif fun == 'tanh':
            return np.tanh(x)
        elif fun == 'relu':
            return np.where(x >= 0, x, 0)
        return x

    def derivative(self, fun, x):
        if fun == 'logistic':
            return self.activate(fun, x) * (1 - self.activate(fun, x))
        elif fun == 'tanh':
            return (1 - np.tanh(x)) ** 2
        elif fun == 'relu':
            return np.where(x > 0, 1, 0)
        return np.ones(x.shape)

    def step(self, what):
        return self.derivative(what.kind, what.Z)
`;
    const wrong = await check(source);
    assert.equal(wrong.findings[0]?.line, lineOf(source, 'return (1 - np.tanh(x)) ** 2'), say(wrong));
    assert.match(wrong.findings[0]?.message ?? '', /derivative with 'tanh' is not the derivative/);
    const right = await check(source.replace('(1 - np.tanh(x)) ** 2', '1 - np.tanh(x) ** 2'));
    assert.equal(right.verdict, 'not bound', say(right));
  });

  it('names the derivative that ran, and is none, before what only looks wrong because of it', async () => {
    const network = `import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def diff_sigmoid(a):
    return 1 - a ** 2


class Network:
    def __init__(self, n_in, n_hidden, n_out):
        self.w1 = np.random.randn(n_in, n_hidden)
        self.w2 = np.random.randn(n_hidden, n_out)

    def forward(self, x):
        self.x = x
        self.hidden = sigmoid(x @ self.w1)
        self.out = sigmoid(self.hidden @ self.w2)
        return self.out

    def backward(self, y, rate=0.1):
        delta_out = diff_sigmoid(self.out) * (y - self.out)
        delta_hidden = diff_sigmoid(self.hidden) * (delta_out @ self.w2.T)
        step_out = self.hidden.T @ delta_out
        step_hidden = self.x.T @ delta_hidden
        self.w2 = self.w2 + rate * step_out
        self.w1 = self.w1 + rate * step_hidden
`;
    const wrong = await check(network);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.function, 'diff_sigmoid', say(wrong));
    assert.equal(wrong.findings[0]?.line, lineOf(network, 'return 1 - a ** 2'));
    const right = await check(network.replace('1 - a ** 2', 'a * (1 - a)'));
    assert.equal(right.verdict, 'correct', say(right));
    // a right derivative is not blamed for what stands beside it
    const other = network.replace('1 - a ** 2', 'a * (1 - a)').replace('(delta_out @ self.w2.T)', '(delta_out @ self.w2.T) * self.hidden');
    const beside = await check(other);
    assert.equal(beside.verdict, 'wrong', say(beside));
    assert.equal(beside.findings[0]?.function, 'backward', say(beside));
  });

  it('names a mask that is open at 0 where it is given A, and not where it is given Z', async () => {
    const network = `import numpy as np


def relu(x):
    return np.maximum(0, x)


def d_relu(x):
    return x >= 0


class Network:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1, self.b1 = np.random.randn(n_in, n_hidden), np.zeros(n_hidden)
        self.W2, self.b2 = np.random.randn(n_hidden, n_out), np.zeros(n_out)

    def loss(self, X, Y):
        m = X.shape[0]
        Z1 = X @ self.W1 + self.b1
        A1 = relu(Z1)
        out = A1 @ self.W2 + self.b2
        cost = np.sum((out - Y) ** 2) / (2 * m)
        dout = (out - Y) / m
        dhidden = (dout @ self.W2.T) * d_relu(A1)
        return cost, X.T @ dhidden, dhidden.sum(axis=0), A1.T @ dout, dout.sum(axis=0)
`;
    const open = await check(network);
    assert.equal(open.verdict, 'wrong', say(open));
    assert.equal(open.findings[0]?.line, lineOf(network, 'return x >= 0'), say(open));
    assert.match(open.findings[0]?.message ?? '', /d_relu is 1 at 0, and is given A/);
    for (const [from, to] of [['x >= 0', 'x > 0'], ['d_relu(A1)', 'd_relu(Z1)']] as const) {
      const right = await check(network.replace(from, to));
      assert.equal(right.verdict, 'correct', say(right));
    }
  });
});
