// What looks like a mistake and is none, what looks right and is not, and the place where a mistake is.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** Keeps the samples that its constructor is given, at widths that the file fixes. */
const keeping = `import numpy as np

HIDDEN, CLASSES = 20, 10

def squash(z):
    return 1 / (1 + np.exp(-z))

class Reader:
    def __init__(self, picture, wanted):
        self.picture = picture
        self.wanted = wanted
        self.w1 = np.random.rand(picture.shape[0], HIDDEN)
        self.w2 = np.random.rand(HIDDEN, CLASSES)
        self.out = 0

    def feedforward(self):
        self.mid = squash(self.picture.T @ self.w1)
        self.out = squash(self.mid @ self.w2).T

    def backprop(self):
        d = 2 * (self.wanted - self.out) * self.out * (1 - self.out)
        step2 = self.mid.T @ d.T
        step1 = self.picture @ (d.T @ self.w2.T * self.mid * (1 - self.mid))
        self.w1 += step1
        self.w2 += step2
`;

/** np.matrix keeps two dimensions in a sum over one. */
const matrices = `import numpy as np

class TwoLayers:
    def __init__(self, inputs, hidden, classes):
        self.params = {"W1": 0.1 * np.random.randn(inputs, hidden), "b1": np.zeros(hidden), "W2": 0.1 * np.random.randn(hidden, classes), "b2": np.zeros(classes)}

    def loss(self, X, y):
        p, N = self.params, X.shape[0]
        a1 = np.maximum(0, X.dot(p["W1"]) + p["b1"])
        scores = a1.dot(p["W2"]) + p["b2"]
        sums = np.matrix(np.sum(np.exp(scores), axis=1))
        loss = (np.sum(np.log(sums)) - np.sum(scores[np.arange(N), y])) / N
        d2 = np.exp(scores) / sums.T
        d2[range(N), y] = d2[range(N), y] - 1
        d2 = d2 / N
        d1 = np.multiply(d2.dot(p["W2"].T), a1 > 0)
        return loss, {"W2": a1.T.dot(d2), "b2": np.sum(d2, axis=0), "W1": X.T.dot(d1), "b1": np.sum(d1, axis=0)}

    def train(self, X, y, rate):
        loss, grads = self.loss(X, y)
        self.params["b1"] = np.array(self.params["b1"] - rate * grads["b1"])
`;

/** A step that was tried out before the loop: told by reading alone, because nothing gives these samples. */
const cells = `import numpy as np
from somewhere import samples, one_hot, drawn

x, y = samples(), one_hot()
w1, w2 = np.random.randn(30, 700), np.random.randn(10, 30)
h = np.tanh(w1 @ drawn(x))
o = w2 @ h
dz2 = o - y
dw2 = dz2 @ h.T / 50000
dz1 = w2.T @ dz2 * (1 - h ** 2)
w2 -= 0.1 * dw2
for i in range(500):
    h = np.tanh(w1 @ drawn(x))
    o = w2 @ h
    dz2 = o - y
    dz1 = w2.T @ dz2 * (1 - h ** 2)
    w1 -= 0.1 * dz1 @ drawn(x).T / 50000
`;

/** The second layer is moved before its weights go into the gradient of the first, inside a function. */
const early = `import numpy as np

X = np.random.rand(12, 3)
T = np.eye(2)[np.arange(12) % 2]
W1, B1 = np.random.randn(3, 4), np.random.randn(4)
W2, B2 = np.random.randn(4, 2), np.random.randn(2)

def run(X, W1, B1, W2, B2):
    H = 1 / (1 + np.exp(-(X.dot(W1) + B1)))
    E = np.exp(H.dot(W2) + B2)
    return E / E.sum(axis=1, keepdims=True), H

def for_W2(H, T, P):
    return H.T.dot(T - P)

def for_W1(X, H, T, P, W2):
    return X.T.dot((T - P).dot(W2.T) * H * (1 - H))

rate = 1e-3
for i in range(5000):
    P, H = run(X, W1, B1, W2, B2)
    W2 += rate * for_W2(H, T, P)
    B2 += rate * (T - P).sum(axis=0)
    W1 += rate * for_W1(X, H, T, P, W2)
    B1 += rate * ((T - P).dot(W2.T) * H * (1 - H)).sum(axis=0)
`;

/** The terms of this cost have the shape of the output, as its derivative has. */
const terms = `import numpy as np
from somewhere import load

def squash(z):
    return 1 / (1 + np.exp(-z))

def slope(a):
    return a * (1 - a)

def entropy(y, p):
    p = np.clip(p, 1e-10, 1 - 1e-10)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

X, y = load()
W1, b1 = np.random.randn(X.shape[1], 20), np.zeros((1, 20))
W2, b2 = np.random.randn(20, 1), np.zeros((1, 1))
lr = 0.1
for epoch in range(1000):
    A1 = squash(X @ W1 + b1)
    A2 = squash(A1 @ W2 + b2)
    loss = entropy(y, A2)
    dA2 = (A2 - y) / len(X)
    dZ2 = dA2 * slope(A2)
    dW2 = A1.T @ dZ2
    db2 = np.sum(dZ2, axis=0, keepdims=True)
    dZ1 = dZ2 @ W2.T * slope(A1)
    dW1 = X.T @ dZ1
    db1 = np.sum(dZ1, axis=0, keepdims=True)
    W1 -= lr * dW1
    b1 -= lr * db1
    W2 -= lr * dW2
    b2 -= lr * db2
`;

/** m is how many targets there are: they are numbers here, no row of them. */
const counted = `import numpy as np

def squash(z):
    return 1 / (1 + np.exp(-z))

def train(x, y):
    m = y.shape[0]
    W1, b1 = np.random.randn(3, 4) * 0.1, np.zeros((3, 1))
    W2, b2 = np.random.randn(1, 3) * 0.1, np.zeros((1, 1))
    for i in range(10000):
        A1 = squash(W1 @ x + b1)
        A2 = squash(W2 @ A1 + b2)
        dZ2 = A2 - y
        dW2 = dZ2 @ A1.T / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        dZ1 = W2.T @ dZ2 * A1 * (1 - A1)
        dW1 = dZ1 @ x.T / m
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m
        W1 -= 0.1 * dW1
        b1 -= 0.1 * db1
        W2 -= 0.1 * dW2
        b2 -= 0.1 * db2
    return W1, b1, W2, b2
`;

/** The cost has one letter and a number for each output; the learning rate has a name of its own. */
const letter = `import numpy as np

tempo, m = 0.3, 10
A0, Y = np.random.rand(2, m), np.random.rand(3, m)
w1, b1 = np.random.rand(8, 2) * 0.1, np.random.rand(8, 1)
w2, b2 = np.random.rand(3, 8) * 0.1, np.random.rand(3, 1)
tempo = 0.3
for i in range(100000):
    A1 = 1 / (1 + np.exp(-(w1 @ A0 + b1)))
    A2 = 1 / (1 + np.exp(-(w2 @ A1 + b2)))
    c = np.sum(-(Y * np.log10(A2) + (1 - Y) * np.log10(1 - A2)), axis=1, keepdims=True) / m
    dZ2 = A2 - Y
    dw2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = w2.T @ dZ2 * A1 * (1 - A1)
    dw1 = dZ1 @ A0.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    b1 -= tempo * db1
    w1 -= tempo * dw1
    b2 -= tempo * db2
    w2 -= tempo * dw2
`;

/** Batches are handed on in a loop over pairs. */
const batches = `import numpy as np

class Net:
    def __init__(self):
        self.W1 = np.random.randn(5, 4)
        self.W2 = np.random.randn(4, 3)

    def parts(self, x, y, size):
        for i in np.arange(0, x.shape[0], size):
            yield x[i:i + size], y[i:i + size]

    def forward(self, x):
        self.a = 1 / (1 + np.exp(-x @ self.W1))
        self.h = 1 / (1 + np.exp(-self.a @ self.W2))
        return self.h

    def cost(self, x, y, lambd):
        return np.sum((y - self.forward(x)) ** 2) / (2 * x.shape[0]) + lambd / (2 * x.shape[0]) * (np.sum(self.W1 ** 2) + np.sum(self.W2 ** 2))

    def backward(self, X, y):
        self.h = self.forward(X)
        d = (self.h - y) * self.h * (1 - self.h)
        return X.T @ (d @ self.W2.T * self.a * (1 - self.a)), self.a.T @ d

    def train(self, x, y, rate, lambd):
        for x_batch, y_batch in self.parts(x, y, 32):
            dW1, dW2 = self.backward(x_batch, y_batch)
            self.W1 += -rate * dW1 - rate * lambd * self.W1
            self.W2 += -rate * dW2 - rate * lambd * self.W2
`;

/** An update that needs four samples, and targets under the name of a width; of one sample, the errors have the shape of the weights. */
const errors = `import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def initialize(input_f, num_of_neurons, output_f):
    w1 = np.random.rand(num_of_neurons, input_f)
    w2 = np.random.rand(output_f, num_of_neurons)
    b1 = np.zeros((num_of_neurons, 1))
    b2 = np.zeros((output_f, 1))
    return w1, w2, b1, b2

def forward_propagation(X, Y, w1, w2, b1, b2):
    z1 = np.dot(w1, X) + b1
    z1_hat = sigmoid(z1)
    z2 = np.dot(w2, z1_hat) + b2
    z2_hat = sigmoid(z2)
    return z1, z1_hat, z2, z2_hat

def back_propagation(z1, z1_hat, z2, z2_hat, output_f, w1, w2):
    error_2 = z2_hat * (1 - z2_hat) * (output_f - z2_hat)
    error_hidden = z1_hat * (1 - z1_hat) * np.dot(w2.T, error_2)
    return error_2, error_hidden

def update(z1_hat, z2_hat, w1, w2, b1, b2, e2, e_hidden, lr, X):
    w2 = w2 + lr * np.dot(e2, z1_hat.T)
    w1 = w1 + lr * np.dot(e_hidden, X.T)
    b2 = b2 + lr * np.dot(e2, np.ones((4, 1)))
    b1 = b1 + lr * np.dot(e_hidden, np.ones((4, 1)))
    return w1, w2, b1, b2

def main():
    input_xor, output_xor = np.array([[0, 0, 1, 1], [0, 1, 0, 1]]), np.array([[0, 1, 1, 0]])
    num_of_neurons = 2
    input_f = input_xor.shape[0]
    output_f = output_xor.shape[0]
    w1, w2, b1, b2 = initialize(input_f, num_of_neurons, output_f)
    for i in range(10000):
        z1, z1_hat, z2, z2_hat = forward_propagation(input_xor, output_xor, w1, w2, b1, b2)
        e2, e_hidden = back_propagation(z1, z1_hat, z2, z2_hat, output_xor, w1, w2)
        w1, w2, b1, b2 = update(z1_hat, z2_hat, w1, w2, b1, b2, e2, e_hidden, 0.25, input_xor)

if __name__ == '__main__':
    main()
`;

describe('what looks like a mistake or like none', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  it('gives a constructor that keeps the targets those of as many outputs as the file has', async () => {
    const right = await check(keeping);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(keeping.replace('self.w2.T * self.mid * (1 - self.mid)', 'self.w2.T * self.mid'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('takes (1, n) for (n,) as the same numbers, but not where a parameter is changed in place', async () => {
    const right = await check(matrices);
    assert.equal(right.verdict, 'correct', say(right));
    const stops = await check(matrices.replace('self.params["b1"] = np.array(self.params["b1"] - rate * grads["b1"])', 'for key in self.params:\n            self.params[key] -= rate * grads[key]'));
    assert.equal(stops.verdict, 'wrong', say(stops));
  });

  it('reads an error that is made after an update as one of the next step', async () => {
    const right = await check(cells);
    assert.equal(right.verdict, 'cannot run', say(right));
    const wrong = await check(cells.replace('dz1 = w2.T @ dz2 * (1 - h ** 2)\nw2', 'w2').replace('for i', 'dz1 = w2.T @ dz2 * (1 - h ** 2)\nfor i'));
    assert.deepEqual([wrong.verdict, wrong.findings[0]?.rule], ['wrong', 'order'], say(wrong));
  });

  it('names the statement that uses weights of after their update, not the function that is given them', async () => {
    const result = await check(early);
    assert.deepEqual([result.verdict, result.findings[0]?.rule, result.findings[0]?.function, result.findings[0]?.line], ['wrong', 'order', '<module>', lineOf(early, 'W1 += rate')], say(result));
  });

  it('names the first broken link, however many terms of its shape the cost has', async () => {
    const result = await check(terms);
    assert.deepEqual([result.verdict, result.findings[0]?.line], ['wrong', lineOf(terms, 'dZ2 = dA2')], say(result));
  });

  it('tells a 1/m that only the weights have, where the targets are counted by their first axis', async () => {
    const right = await check(counted);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(counted.replace('db2 = np.sum(dZ2, axis=1, keepdims=True) / m', 'db2 = np.sum(dZ2, axis=1, keepdims=True)'));
    assert.deepEqual([wrong.verdict, wrong.findings[0]?.function, wrong.findings[0]?.line, wrong.findings[0]?.factor?.toFixed(3)], ['wrong', 'train', lineOf(counted, 'db2 ='), '7.000'], say(wrong));
  });

  it('knows a cost by its formula, and the rate by what it multiplies', async () => {
    const result = await check(letter);
    assert.equal(result.verdict, 'convention', say(result));
    assert.match(result.findings[0]!.message, /log10/);
    assert.equal((await check(letter.replaceAll('log10', 'log'))).verdict, 'correct');
  });

  it('does not take batches for samples', async () => {
    const result = await check(batches);
    assert.deepEqual([result.verdict, result.findings[0]?.factor?.toFixed(3)], ['convention', '7.000'], say(result));
  });

  it('takes no error of one sample for the gradient of weights of its shape', async () => {
    const result = await check(errors);
    assert.notEqual(result.verdict, 'wrong', say(result));
  });
});
