// Steps that a training takes, and what they are told: taken several times, gathered, made of errors, over batches, or with gradients that are given.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** Lists of matrices in one dictionary; the update goes through its keys, and moves every matrix each time. */
const listed = (error: string) => `import numpy as np


def init(dims):
    net = {"W": [], "b": [], "A": []}
    for l in range(len(dims) - 1):
        net["W"].append(np.random.randn(dims[l + 1], dims[l]))
        net["b"].append(np.zeros((dims[l + 1], 1)))
        net["A"].append(None)
    return net


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(X, net, dims):
    A = X
    for l in range(len(dims) - 1):
        A = sigmoid(np.dot(net["W"][l], A) + net["b"][l])
        net["A"][l] = A
    return net["A"]


def backward(dA, net, grads, dims, X):
    m = X.shape[1]
    for l in range(len(dims) - 2, -1, -1):
        A = net["A"][l]
        A_prev = net["A"][l - 1] if l > 0 else X
        dZ = ${error}
        grads["dW"][l] = np.dot(dZ, A_prev.T) / m
        grads["db"][l] = np.sum(dZ, axis=1, keepdims=True) / m
        dA = np.dot(net["W"][l].T, dZ)
    return grads


def update(net, grads, alpha):
    for i in range(len(net)):
        net["W"] = [W - alpha * dW for W, dW in zip(net["W"], grads["dW"])]
        net["b"] = [b - alpha * db for b, db in zip(net["b"], grads["db"])]
    return net


def cost(Y, P):
    return -np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P)) / Y.shape[1]


def train(X, Y, net, dims, alpha, n_iters):
    grads = {"dW": [None] * (len(dims) - 1), "db": [None] * (len(dims) - 1)}
    for i in range(int(n_iters)):
        net["A"] = forward(X, net, dims)
        P = net["A"][len(dims) - 2]
        dA = -Y / P + (1 - Y) / (1 - P)
        grads = backward(dA, net, grads, dims, X)
        net = update(net, grads, alpha)
        print(cost(Y, P))
    return net
`;

/** The backward pass gives back errors; the update makes gradients of them, with the number of samples written down. */
const errors = (hidden: string) => `import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def start(n_in, n_neurons, n_out):
    return np.random.rand(n_neurons, n_in), np.random.rand(n_out, n_neurons), np.zeros((n_neurons, 1)), np.zeros((n_out, 1))


def forward_pass(X, w1, w2, b1, b2):
    z1 = np.dot(w1, X) + b1
    z1_hat = sigmoid(z1)
    z2 = np.dot(w2, z1_hat) + b2
    z2_hat = sigmoid(z2)
    return z1, z1_hat, z2, z2_hat


def back_pass(z1_hat, z2_hat, wanted, w2):
    error_out = z2_hat * (1 - z2_hat) * (wanted - z2_hat)
    error_hidden = ${hidden}
    return error_out, error_hidden


def update_weights(z1_hat, w1, w2, b1, b2, e5, e_hidden, lr, X):
    w2 = w2 + lr * np.dot(e5, z1_hat.T)
    w1 = w1 + lr * np.dot(e_hidden, X.T)
    b2 = b2 + lr * np.dot(e5, np.ones((4, 1)))
    b1 = b1 + lr * np.dot(e_hidden, np.ones((4, 1)))
    return w1, w2, b1, b2


def main():
    inputs, wanted = read('xor.csv')
    w1, w2, b1, b2 = start(2, 2, 1)
    for i in range(10000):
        z1, z1_hat, z2, z2_hat = forward_pass(inputs, w1, w2, b1, b2)
        e5, e_hidden = back_pass(z1_hat, z2_hat, wanted, w2)
        w1, w2, b1, b2 = update_weights(z1_hat, w1, w2, b1, b2, e5, e_hidden, 0.25, inputs)
`;

/** A slope that may be 0 everywhere. */
const flat = (slope: string) => `import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def prime(z):
    return ${slope}


class Network:
    def __init__(self, sizes):
        self.biases = [np.random.randn(y, 1) for y in sizes[1:]]
        self.weights = [np.random.randn(y, x) for x, y in zip(sizes[:-1], sizes[1:])]

    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights):
            a = sigmoid(np.dot(w, a) + b)
        return a

    def backprop(self, x, y):
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        activation, activations, zs = x, [x], []
        for b, w in zip(self.biases, self.weights):
            z = np.dot(w, activation) + b
            zs.append(z)
            activation = sigmoid(z)
            activations.append(activation)
        delta = (activations[-1] - y) * prime(zs[-1])
        nabla_b[-1], nabla_w[-1] = delta, np.dot(delta, activations[-2].T)
        for l in range(2, len(self.weights) + 1):
            delta = np.dot(self.weights[-l + 1].T, delta) * prime(zs[-l])
            nabla_b[-l], nabla_w[-l] = delta, np.dot(delta, activations[-l - 1].T)
        return nabla_b, nabla_w

    def update_mini_batch(self, mini_batch, eta):
        for x, y in mini_batch:
            nabla_b, nabla_w = self.backprop(x, y)
            self.weights = [w - eta * nw for w, nw in zip(self.weights, nabla_w)]
            self.biases = [b - eta * nb for b, nb in zip(self.biases, nabla_b)]
`;

/** The steps alone are in this file, with what they are given. */
const stepsAlone = `import numpy as np


class Net:
    def __init__(self):
        self.W1, self.W2 = np.random.randn(4, 5), np.random.randn(3, 4)

    def forward(self, x):
        a1 = np.tanh(self.W1 @ x)
        return a1, self.W2 @ a1

    def weight_update(self, dW1, dW2):
        self.W2 += -0.01 * dW2
        self.W1 += -0.01 * dW1


def squares(y, output):
    return np.sum((y - output) ** 2)
`;

/** Everything in one method, which goes through its samples batch by batch; nothing is printed. */
const batches = (dW: string) => `import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


class Shallow:
    def __init__(self, sizes, eta=0.1):
        self.eta = eta
        self.W = [np.random.randn(n, k) for n, k in zip(sizes[:-1], sizes[1:])]
        self.b = [np.zeros(k) for k in sizes[1:]]

    def forward(self, X):
        self.A = [X]
        for W, b in zip(self.W, self.b):
            self.A.append(sigmoid(self.A[-1] @ W + b))
        return self.A[-1]

    def train(self, X, y, epochs, batch_size):
        n = len(X)
        for epoch in range(epochs):
            for i in range(0, n, batch_size):
                xb, yb = X[i:i + batch_size], y[i:i + batch_size]
                y_hat = self.forward(xb)
                delta = (y_hat - yb) * y_hat * (1 - y_hat)
                dW, db = [None] * len(self.W), [None] * len(self.b)
                for l in reversed(range(len(self.W))):
                    dW[l] = ${dW}
                    db[l] = np.mean(delta, axis=0)
                    if l > 0:
                        delta = (delta @ self.W[l].T) * self.A[l] * (1 - self.A[l])
                for l in range(len(self.W)):
                    self.W[l] -= self.eta * dW[l]
                    self.b[l] -= self.eta * db[l]
`;

describe('the verdict of the steps of a training', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  it('a step that is taken once for every key of a dictionary is a larger step, and no mistake', async () => {
    const right = await check(listed('dA * A * (1 - A)'));
    assert.equal(right.verdict, 'correct', say(right));
    assert.ok(right.findings.some((each) => each.message.includes('taken 3 times')), say(right));
    assert.ok(right.layers.every((each) => each.dW.verdict === 'agrees'), say(right));
    const source = listed('dA * A');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    const found = wrong.findings.find((each) => each.severity === 'error')!;
    assert.deepEqual([found.function, found.line], ['backward', lineOf(source, 'dZ = dA')], say(wrong));
  });

  it('errors that a backward pass gives back are made gradients by the update', async () => {
    const right = await check(errors('z1_hat * (1 - z1_hat) * np.dot(w2.T, error_out)'));
    assert.equal(right.verdict, 'correct', say(right));
    assert.equal(right.bound!.samples, 4);
    const source = errors('z1_hat * np.dot(w2.T, error_out)');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.deepEqual([wrong.findings[0]!.function, wrong.findings[0]!.line], ['back_pass', lineOf(source, 'error_hidden =')], say(wrong));
  });

  it('a gradient that a backward pass computes as 0 everywhere is wrong', async () => {
    const right = await check(flat('sigmoid(z) * (1 - sigmoid(z))'));
    assert.equal(right.verdict, 'correct', say(right));
    const source = flat('sigmoid(z) * 1 - sigmoid(z)');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.deepEqual([wrong.findings[0]!.function, wrong.findings[0]!.line], ['prime', lineOf(source, 'return sigmoid(z) * 1')], say(wrong));
  });

  it('a step that is given gradients is no training that computes them', async () => {
    const result = await check(stepsAlone);
    assert.equal(result.verdict, 'not bound', say(result));
  });

  it('a loop over batches takes several samples at once: a sum beside a mean shows', async () => {
    assert.equal((await check(batches('self.A[l].T @ delta / len(xb)'))).verdict, 'correct');
    const result = await check(batches('self.A[l].T @ delta'));
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]!.function, 'train');
  });

  it('a step that gathers what a right backward pass gives goes down, and for all parameters alike', async () => {
    const right = flat('sigmoid(z) * (1 - sigmoid(z))').replace(/    def update_mini_batch[^]*$/, () => `    def update_mini_batch(self, mini_batch, eta):
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        for x, y in mini_batch:
            delta_b, delta_w = self.backprop(x, y)
            nabla_b = [nb + dnb for nb, dnb in zip(nabla_b, delta_b)]
            nabla_w = [nw + dnw for nw, dnw in zip(nabla_w, delta_w)]
        self.weights = [w - (eta / len(mini_batch)) * nw for w, nw in zip(self.weights, nabla_w)]
        self.biases = [b - (eta / len(mini_batch)) * nb for b, nb in zip(self.biases, nabla_b)]
`);
    assert.equal((await check(right)).verdict, 'correct');
    for (const [from, to, at] of [['nw + dnw', 'nw - dnw', 'self.weights = [w - (eta'], ['[b - (eta / len(mini_batch)) * nb', '[b - eta * nb', 'self.biases = [b - eta']] as const) {
      assert.equal(right.split(from).length, 2);
      const source = right.replace(from, to);
      const result = await check(source);
      assert.equal(result.verdict, 'wrong', say(result));
      assert.deepEqual([result.findings[0]!.function, result.findings[0]!.line, result.findings[0]!.rule], ['update_mini_batch', lineOf(source, at), 'update'], say(result));
    }
  });
});
