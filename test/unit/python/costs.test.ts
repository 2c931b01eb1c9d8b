// Which cost of a file is the one that its gradient is compared with: both arguments named as targets, and an L2 term on one side only.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** Its loss is a mean of squares, and its two arguments have the same letter; the samples come from a module that is not there. */
const named = (delta: string): string => `import numpy as np
from digits import batches

w0 = np.random.normal(0.0, 0.1, (12, 9))
w1 = np.random.normal(0.0, 0.1, (9, 4))

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def answer(features):
    return sigmoid(np.matmul(sigmoid(np.matmul(features, w0)), w1))

def loss(y, Y):
    return np.mean((y - Y) ** 2)

def train(features, targets, alpha):
    global w0, w1
    l1 = sigmoid(np.matmul(features, w0))
    l2 = sigmoid(np.matmul(l1, w1))
    l2_delta = ${delta}
    l1_delta = l2_delta.dot(w1.T) * l1 * (1 - l1)
    w1 -= alpha * l1.T.dot(l2_delta)
    w0 -= alpha * features.T.dot(l1_delta)

for x, y in batches(100):
    train(x, y, 0.01)
    print(loss(answer(x), y))
`;

/** A script with an L2 term so small that it looks like rounding. */
const penalized = (cost: string, last: string): string => `import numpy as np

N, D, H, K = 40, 2, 12, 3
X = np.random.randn(N * K, D)
y = np.repeat(np.arange(K), N)
W = 0.01 * np.random.randn(D, H)
b = np.zeros((1, H))
W2 = 0.01 * np.random.randn(H, K)
b2 = np.zeros((1, K))
reg = 1e-3
step_size = 0.5
num_examples = X.shape[0]
for i in range(2000):
    hidden = np.maximum(0, np.dot(X, W) + b)
    exp_scores = np.exp(np.dot(hidden, W2) + b2)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    data_loss = np.sum(-np.log(probs[range(num_examples), y])) / num_examples
    loss = data_loss${cost}
    if i % 500 == 0:
        print(i, loss)
    dscores = probs
    dscores[range(num_examples), y] -= 1
    dscores /= num_examples
    dW2 = np.dot(hidden.T, dscores) + reg * W2
    db2 = np.sum(dscores, axis=0, keepdims=True)
    dhidden = np.dot(dscores, W2.T)
    dhidden[hidden <= 0] = 0
    dW = np.dot(X.T, dhidden)${last}
    db = np.sum(dhidden, axis=0, keepdims=True)
    W += -step_size * dW
    b += -step_size * db
    W2 += -step_size * dW2
    b2 += -step_size * db2
`;

const largest = `import numpy as np


class Network:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1 = np.random.randn(n_in, n_hidden)
        self.b1 = np.zeros((1, n_hidden))
        self.W2 = np.random.randn(n_hidden, n_out)
        self.b2 = np.zeros((1, n_out))

    def forward(self, X):
        self.A1 = np.tanh(X @ self.W1 + self.b1)
        return self.A1 @ self.W2 + self.b2

    def backward(self, X, Y, A):
        dZ2 = 2 * (A - Y) / len(X)
        dZ1 = dZ2 @ self.W2.T * (1 - self.A1 ** 2)
        self.dW2, self.db2 = self.A1.T @ dZ2, dZ2.sum(axis=0, keepdims=True)
        self.dW1, self.db1 = X.T @ dZ1, dZ1.sum(axis=0, keepdims=True)

    def predict(self, X):
        return np.argmax(self.forward(X), axis=1)


def mse(A, Y):
    return ((A - Y) ** 2).mean()
`;

describe('the cost of a Python file', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is a loss whose two arguments are both named as targets', async () => {
    const right = await check(named('(l2 - targets) * l2 * (1 - l2)'));
    assert.equal(right.verdict, 'convention', say(right));
    assert.equal(right.bound?.functions.cost?.function, 'loss');
    const source = named('l2 - targets');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.line, lineOf(source, 'l2_delta = '), say(wrong));
  });

  it('has an L2 term of one weight, however small, where the gradient has that of both', async () => {
    const right = await check(penalized(' + 0.5 * reg * (np.sum(W * W) + np.sum(W2 * W2))', ' + reg * W'));
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(penalized(' + 0.5 * reg * np.sum(W * W)', ' + reg * W'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.rule, 'l2');
  });

  it('is given its rate of L2 where that is False unless it is given', async () => {
    const source = (decay: string): string => `import numpy as np

class Net:
    def __init__(self, layers):
        self.weights = [np.random.randn(a, b) / np.sqrt(a) for a, b in zip(layers[:-1], layers[1:])]

    def predict(self, X):
        self.values = [X]
        for W in self.weights[:-1]:
            self.values.append(np.tanh(self.values[-1] @ W))
        return self.values[-1] @ self.weights[-1]

    def cost(self, X, y, l2_penalty=False):
        error = 0.5 * np.sum((self.predict(X) - y) ** 2)
        if l2_penalty:
            for W in self.weights:
                error += 0.5 * l2_penalty * np.sum(W * W)
        return error

    def backprop(self, X, y, rate=3e-4, l2_penalty=1e-6):
        delta = self.predict(X) - y
        for l in range(len(self.weights) - 1, -1, -1):
            below = delta @ self.weights[l].T * (1 - self.values[l] ** 2)
            self.weights[l] = self.weights[l] * (1 - ${decay}) - rate * self.values[l].T @ delta
            delta = below
`;
    assert.equal((await check(source('rate * l2_penalty'))).verdict, 'correct');
    const wrong = await check(source('l2_penalty'));
    assert.deepEqual([wrong.verdict, wrong.findings[0]?.function], ['wrong', 'backprop'], say(wrong));
  });

  it('may lack the L2 term that all weights have in the gradient: a convention', async () => {
    const result = await check(penalized('', ' + reg * W'));
    assert.equal(result.verdict, 'convention', say(result));
    assert.match(result.summary, /L2 term that your cost has not/);
  });

  it('is a mean over several outputs too, where the file takes the largest of each sample: a convention', async () => {
    const result = await check(largest);
    assert.equal(result.verdict, 'convention', say(result));
    assert.match(result.summary, /C times/);
    assert.equal((await check(largest.replace('.mean()', '.sum() / len(A)'))).verdict, 'correct');
    const single = await check(`${largest}\noutput_size = 1\n`);
    assert.equal(single.verdict, 'correct', say(single));
    assert.match(JSON.stringify(single.findings), /The file has one output/);
  });

  const squared = (cost: string, slope = '1 - out1 ** 2'): string => `import numpy as np


def mse(x, y):
    return 0.5 * ${cost}


def train(x, y, hidden=4):
    w1 = 2 * np.random.rand(x.shape[1], hidden) - 1
    w2 = 2 * np.random.rand(hidden, y.shape[1]) - 1
    for _ in range(1000):
        out1 = np.tanh(x.dot(w1))
        out2 = np.tanh(out1.dot(w2))
        error = mse(out2, y)
        delta2 = (out2 - y) * (1 - out2 ** 2)
        delta1 = delta2.dot(w2.T) * (${slope})
        w2 -= 0.01 * out1.T.dot(delta2)
        w1 -= 0.01 * x.T.dot(delta1)
        print(error)
    return w1, w2
`;

  const apart = (cost: string): string => `import numpy as np


def forward(X, W1, W2):
    A1 = np.tanh(W1 @ X)
    return A1, np.tanh(W2 @ A1)


def cost(A2, Y):
    return ${cost}


def backward(X, Y, A1, A2, W2):
    dZ2 = (A2 - Y) * (1 - A2 ** 2) / Y.shape[1]
    dZ1 = W2.T @ dZ2 * (1 - A1 ** 2)
    return dZ1 @ X.T, dZ2 @ A1.T


W1 = np.random.randn(4, 3)
W2 = np.random.randn(1, 4)
`;

  it('that squares a sum of differences is told, where the gradient is that of the squares', async () => {
    for (const [source, name] of [[squared('np.mean(x - y) ** 2'), 'mse'], [apart('0.5 * np.square(np.mean(A2 - Y))'), 'cost']] as const) {
      const result = await check(source);
      assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.rule], ['wrong', name, 'cost-term'], say(result));
    }
    const meant = await check(squared('np.mean((x - y) ** 2)'));
    assert.equal(meant.verdict, 'convention', say(meant));
    const both = await check(squared('np.mean(x - y) ** 2', '1 + out1 ** 2'));
    assert.deepEqual([both.verdict, both.findings[0]?.function], ['wrong', 'train'], say(both));
  });
});
