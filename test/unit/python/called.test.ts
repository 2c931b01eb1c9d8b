// What the rest of the file, or a module beside it, says of a backward pass: that it is never called as it can be, that its cost cannot run, that samples come one by one.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineOf, pythonChecks, say } from './support';

const digits = (call: string) => `import numpy as np


def init_params():
    return np.random.rand(8, 20) - 0.5, np.random.rand(8, 1) - 0.5, np.random.rand(3, 8) - 0.5, np.random.rand(3, 1) - 0.5


def softmax(Z):
    return np.exp(Z) / np.sum(np.exp(Z), axis=0, keepdims=True)


def forward_prop(W1, b1, W2, b2, X):
    Z1 = W1.dot(X) + b1
    A1 = np.maximum(Z1, 0)
    Z2 = W2.dot(A1) + b2
    return Z1, A1, Z2, softmax(Z2)


def back_prop(Z1, A1, A2, W2, X, Y):
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2.dot(A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = W2.T.dot(dZ2) * (Z1 > 0)
    dW1 = dZ1.dot(X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return dW1, db1, dW2, db2


def gradient_descent(X, Y, alpha, iterations):
    W1, b1, W2, b2 = init_params()
    for i in range(iterations):
        Z1, A1, Z2, A2 = forward_prop(W1, b1, W2, b2, X)
        dW1, db1, dW2, db2 = ${call}
        W1, b1, W2, b2 = W1 - alpha * dW1, b1 - alpha * db1, W2 - alpha * dW2, b2 - alpha * db2
    return W1, b1, W2, b2
`;

/** Two variants; the cost with L2 counts its layers with a quotient. */
const variants = (layers: string) => `import numpy as np


def initialize_parameters(dims):
    parameters = {}
    for l in range(1, len(dims)):
        parameters["W" + str(l)] = np.random.randn(dims[l], dims[l - 1]) * 0.1
        parameters["b" + str(l)] = np.zeros((dims[l], 1))
    return parameters


def model_forward(X, parameters):
    caches = [(X, None)]
    for l in range(1, len(parameters) // 2 + 1):
        W = parameters["W" + str(l)]
        caches.append((1 / (1 + np.exp(-(np.dot(W, caches[-1][0]) + parameters["b" + str(l)]))), W))
    return caches[-1][0], caches


def compute_cost(AL, Y):
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]


def compute_cost_with_regularization(AL, Y, parameters, lambd):
    penalty = 0
    for l in range(${layers}):
        penalty += np.sum(np.square(parameters["W" + str(l + 1)]))
    return compute_cost(AL, Y) + penalty * lambd / 2 / Y.shape[1]


def model_backward(AL, Y, caches):
    grads = {}
    dZ = AL - Y
    for l in range(len(caches) - 1, 0, -1):
        A_prev, W = caches[l - 1][0], caches[l][1]
        grads["dW" + str(l)] = np.dot(dZ, A_prev.T) / Y.shape[1]
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / Y.shape[1]
        dZ = np.dot(W.T, dZ) * A_prev * (1 - A_prev)
    return grads


def model_backward_with_regularization(AL, Y, caches, lambd):
    grads = model_backward(AL, Y, caches)
    for l in range(1, len(caches)):
        grads["dW" + str(l)] = grads["dW" + str(l)] + lambd / Y.shape[1] * caches[l][1]
    return grads


def model(X, Y, dims, lambd=0):
    parameters = initialize_parameters(dims)
    AL, caches = model_forward(X, parameters)
    if lambd == 0:
        cost, grads = compute_cost(AL, Y), model_backward(AL, Y, caches)
    else:
        cost, grads = compute_cost_with_regularization(AL, Y, parameters, lambd), model_backward_with_regularization(AL, Y, caches, lambd)
    return cost, grads
`;

/** The loss of the forward pass is a sum, then penalized, then divided. */
const goesOn = (rate: string) => `import numpy as np


class Classifier:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1 = np.random.uniform(size=[n_in, n_hidden])
        self.b1 = np.zeros(n_hidden)
        self.W2 = np.random.uniform(size=[n_hidden, n_out])
        self.b2 = np.zeros(n_out)
        self.reg = 0.1

    def forward_pass(self, X, y):
        self.X, self.y = X, y
        self.z1 = np.tanh(np.dot(X, self.W1) + self.b1)
        e = np.exp(np.dot(self.z1, self.W2) + self.b2)
        self.probs = e / np.sum(e, axis=1, keepdims=True)
        self.loss = -np.sum(np.log(self.probs[np.arange(len(y)), y]))
        self.loss += 0.5 * self.reg * (np.sum(np.square(self.W1)) + np.sum(np.square(self.W2)))
        self.loss /= 2
        return self.loss, self.probs

    def back_propagation(self):
        delta = self.probs.copy()
        delta[np.arange(len(self.y)), self.y] -= 1
        back = (1 - self.z1 ** 2) * np.dot(delta, self.W2.T)
        self.dW2 = np.dot(self.z1.T, delta) + ${rate} * self.W2
        self.db2 = np.sum(delta, axis=0)
        self.dW1 = np.dot(self.X.T, back) + ${rate} * self.W1
        self.db1 = np.sum(back, axis=0)
`;

/** One sample is a vector; only the module beside it shows that. */
const vector = `import numpy as np


class Layer:
    def __init__(self, n_in, n_out):
        self.n_in, self.n_out = n_in, n_out
        self.W = np.random.normal(0.0, 0.1, (n_in, n_out))

    def forward(self, X):
        self.input = X
        self.output = 1 / (1 + np.exp(-np.dot(X, self.W)))
        return self.output

    def backward(self, grad):
        grad = grad * self.output * (1 - self.output)
        self.dW = np.dot(self.input.reshape(self.n_in, -1), grad.reshape(-1, self.n_out))
        return np.dot(grad, self.W.T)


class Network:
    def __init__(self, sizes):
        self.layers = [Layer(a, b) for a, b in zip(sizes[:-1], sizes[1:])]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        self.output = X
        return X

    def backward(self, y):
        grad = self.output - y
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad
`;
const trainer = `from network import Network

net = Network([4, 5, 2])
for i in range(len(train_X)):
    X = train_X[i]
    y = train_y[i]
    net.forward(X)
    net.backward(y)
`;

describe('Python: what stands around a backward pass', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('a backward pass that is always called with arguments it does not take cannot run', async () => {
    const right = await check(digits('back_prop(Z1, A1, A2, W2, X, Y)'));
    assert.equal(right.verdict, 'correct', say(right));
    const source = digits('back_prop(Z1, A1, Z2, A2, W1, W2, X, Y)');
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.deepEqual([result.findings[0]!.function, result.findings[0]!.line], ['gradient_descent', lineOf(source, '        dW1, db1, dW2, db2 = back_prop')]);
  });

  it('a cost with L2 that cannot run is told, and the plain cost is not blamed for it', async () => {
    const right = await check(variants('len(parameters) // 2'));
    assert.equal(right.verdict, 'correct', say(right));
    const result = await check(variants('len(parameters) / 2'));
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]!.function, 'compute_cost_with_regularization');
  });

  it('the cost that forward gives back counts with all that is added and divided below its first line', async () => {
    const result = await check(goesOn('self.reg'));
    assert.equal(result.verdict, 'convention', say(result));
    assert.match(result.summary, /^Every gradient is 2 times/);
    const wrong = await check(goesOn('2 * self.reg'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('a module beside the file shows that samples come one by one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradient-singly-'));
    try {
      const file = join(folder, 'network.py');
      writeFileSync(file, vector);
      writeFileSync(join(folder, 'main.py'), trainer);
      const right = await check('', '.py', { file });
      assert.equal(right.verdict, 'correct', say(right));
      const cut = 'for X, y in cut(train_X, train_y, batch_size=32):\n    net.forward(X)\n    net.backward(y)\n';
      writeFileSync(join(folder, 'main.py'), trainer.slice(0, trainer.indexOf('for i')) + cut);
      assert.notEqual((await check('', '.py', { file })).verdict, 'correct', 'of batches it is wrong');
      rmSync(join(folder, 'main.py'));
      assert.equal((await check('', '.py', { file })).verdict, 'correct', 'nothing speaks of batches, and vectors are turned by their shapes');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('a magic with a blank before its name is one', async () => {
    const cells = ['% matplotlib inline\nimport numpy as np', digits('back_prop(Z1, A1, A2, W2, X, Y)')];
    const result = await check(JSON.stringify({ nbformat: 4, cells: cells.map((source) => ({ cell_type: 'code', source })) }), '.ipynb');
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('a function whose cell is no Python stops whoever calls it, and nobody else', async () => {
    const network = ['import numpy as np', digits('back_prop(Z1, A1, A2, W2, X, Y)')];
    const broken = 'def cost_with_penalty(A2, Y, W1):\n    return (np.sum(W1 ** 2) + np.sum(A2 - Y)';
    const cells = (...all: string[]): string => JSON.stringify({ nbformat: 4, cells: all.map((source) => ({ cell_type: 'code', source })) });
    const stopped = await check(cells(...network, broken, 'def model_with_penalty(A2, Y, W1):\n    return cost_with_penalty(A2, Y, W1)'), '.ipynb');
    assert.equal(stopped.verdict, 'cannot run', say(stopped));
    assert.equal(stopped.findings[0]?.cell, 2, say(stopped));
    const alone = await check(cells(...network, broken), '.ipynb');
    assert.equal(alone.verdict, 'correct', say(alone));
    const after = await check(cells(...network, broken.replace('cost_with_penalty', 'accuracy'), 'print(accuracy(A2, Y, W1))'), '.ipynb');
    assert.equal(after.verdict, 'correct', say(after));
  });
});
