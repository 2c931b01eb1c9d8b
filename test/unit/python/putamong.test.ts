// Activations that a network is given as objects, and puts among the layers that it makes itself.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const mixed = `import numpy as np

class Affine:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * 0.3
        self.b = np.zeros((1, n_out))

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0, keepdims=True)
        return grad @ self.W.T

class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad):
        return grad * (1 - self.out ** 2)

class Softmax:
    def forward(self, x):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        self.out = e / e.sum(axis=1, keepdims=True)
        return self.out

    def backward(self, grad):
        return grad

class Network:
    def __init__(self, sizes, activations):
        self.layers = []
        for i in range(len(sizes) - 1):
            self.layers.append(Affine(sizes[i], sizes[i + 1]))
            if i < len(sizes) - 2:
                self.layers.append(activations[i])
        self.layers.append(Softmax())

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)

    def loss(self, y, p):
        return -np.sum(y * np.log(p))

    def step(self, X, y, rate):
        p = self.forward(X)
        self.backward(p - y)
        for layer in self.layers:
            if isinstance(layer, Affine):
                layer.W -= rate * layer.dW
                layer.b -= rate * layer.db
        return self.loss(y, p)
`;

/** All of them are used, taken one after the other. */
const zipped = mixed
  .replace(/ {8}for i in range[^]*?Softmax\(\)\)\n/, '        for n, k, f in zip(sizes[:-1], sizes[1:], activations):\n            self.layers.append(Affine(n, k))\n            self.layers.append(f)\n');

/** A script that holds its layers by their names, and writes the activations between them. */
const script = `import numpy as np

class Dense:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * 0.1
        self.b = np.zeros((1, n_out))

    def forward(self, X):
        self.X = X
        return X @ self.W + self.b

    def backward(self, dZ, lr):
        dX = dZ @ self.W.T
        self.W -= lr * self.X.T @ dZ
        self.b -= lr * dZ.sum(axis=0, keepdims=True)
        return dX

X = np.random.randn(50, 3)
Y = (X.sum(axis=1, keepdims=True) > 0) * 1.0
first, second = Dense(3, 5), Dense(5, 1)
for i in range(1000):
    Z1 = first.forward(X)
    A1 = np.tanh(Z1)
    Z2 = second.forward(A1)
    A2 = 1 / (1 + np.exp(-Z2))
    loss = -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    dZ2 = (A2 - Y) / len(X)
    dA1 = second.backward(dZ2, 0.1)
    dZ1 = dA1 * (1 - A1 ** 2)
    first.backward(dZ1, 0.1)
`;

describe('activations among the layers of a network', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('are objects of the classes that have both passes', async () => {
    const result = await check(mixed);
    assert.equal(result.verdict, 'correct', say(result));
    assert.equal(result.layers.length, 3);
  });

  it('have the output\'s own on top where each layer is given one', async () => {
    const result = await check(zipped);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('begin with the derivative that the file writes out where it calls the backward pass', async () => {
    const mean = mixed.replace('return -np.sum(y * np.log(p))', 'return -np.sum(y * np.log(p)) / len(y)');
    const factor = await check(mean);
    assert.equal(factor.verdict, 'convention', say(factor));
    const result = await check(mean.replace('self.backward(p - y)', 'self.backward((p - y) / len(y))'));
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('show one whose derivative is wrong', async () => {
    const source = mixed.replace('(1 - self.out ** 2)', '(1 - self.out)');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, '(1 - self.out)'));
  });

  it('stand in a script that goes through its layers by their names', async () => {
    const right = await check(script);
    assert.equal(right.verdict, 'correct', say(right));
    assert.match(right.checked.join(), /of your cost/, say(right));
    const source = script.replace('(1 - A1 ** 2)', '(1 - A1)');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.line, lineOf(source, '(1 - A1)'), say(wrong));
  });
});
