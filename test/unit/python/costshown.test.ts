// Costs that are shown where no function of the file is called by its name: kept in an attribute, printed with np.abs, computed in the training method, in the module that trains.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPython } from '../../../src/python/check';
import { interpreter, lineOf, pythonChecks, say } from './support';

/** Labels that fit makes one-hot, and a cost in an attribute. */
const attribute = (delta: string): string => `import numpy as np


def bend(Z, slope=False):
    A = np.tanh(Z)
    return 1 - A ** 2 if slope else A


def softmax(Z, slope=False):
    Z = np.clip(Z, -1e50, 1e50)
    if slope:
        return softmax(Z) * (1 - softmax(Z))
    top = np.max(Z, axis=1, keepdims=True)
    return np.exp(Z - top - np.log(np.sum(np.exp(Z - top), axis=1, keepdims=True)))


def entropy_loss(y, p):
    return -np.sum(y * np.log(p)) / y.shape[0]


def one_hot(labels):
    out = np.zeros((len(labels), len(set(labels))))
    for row, label in enumerate(labels):
        out[row, sorted(set(labels)).index(label)] = 1
    return out


class Classifier:
    def __init__(self, hidden=8, rounds=100, rate=0.01):
        self.hidden, self.rounds, self.rate = hidden, rounds, rate
        self._loss_function = entropy_loss
        self._y = None
        self.W1 = self.b1 = self.W2 = self.b2 = None

    def _prepare(self, X, y):
        self._X = X
        self._y = one_hot(y)
        self.W1, self.b1 = np.random.rand(X.shape[1], self.hidden), np.ones((1, self.hidden))
        self.W2, self.b2 = np.random.rand(self.hidden, len(set(y))), np.ones((1, len(set(y))))

    def fit(self, X, y):
        self._prepare(X, y)
        for i in range(self.rounds):
            self.forward(self._X)
            self.backward()
            self.shown = self._loss_function(self._y, self.A2)

    def forward(self, X):
        self.Z1 = np.dot(X, self.W1) + self.b1
        self.A1 = bend(self.Z1)
        self.Z2 = np.dot(self.A1, self.W2) + self.b2
        self.A2 = softmax(self.Z2)

    def backward(self):
        error = self._y - self.A2
        delta = ${delta}
        hidden_delta = np.dot(delta, self.W2.T) * bend(self.Z1, slope=True)
        self.W2 += np.dot(self.A1.T, delta) * self.rate
        self.W1 += np.dot(self._X.T, hidden_delta) * self.rate
        self.b1 += np.sum(hidden_delta, axis=0) * self.rate
        self.b2 += np.sum(delta, axis=0) * self.rate
`;

/** A script whose learning rate nothing reads. */
const script = (shown: string): string => `import numpy as np

X = np.array([[1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
w0 = np.random.random((3, 4))
w1 = np.random.random((4, 1))
learning_rate = 0.01


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


for i in range(1000):
    l1 = sigmoid(np.dot(X, w0))
    l2 = sigmoid(np.dot(l1, w1))
    l2_delta = y - l2
    l1_delta = np.dot(l2_delta, w1.T) * l1 * (1 - l1)
    w0 += np.dot(X.T, l1_delta)
    w1 += np.dot(l1.T, l2_delta)
    if i % 100 == 0:
        print("Error:", ${shown})
`;

/** An error that only the method which trains makes a number of, and shows, or only compares to stop. */
const method = (error: string, show = 'print(error)'): string => `import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


class Network:
    def __init__(self, widths):
        self.weights = [np.random.randn(m, n) for n, m in zip(widths, widths[1:])]

    def forward_all(self, sample):
        states = [sample]
        for w in self.weights:
            states.append(sigmoid(np.matmul(w, states[-1])))
        return states

    def forward(self, sample):
        return self.forward_all(sample)[-1]

    def back_propagate(self, sample, output):
        states = self.forward_all(sample)
        delta = (states[-1] - output) * states[-1] * (1 - states[-1])
        grads = [None] * len(self.weights)
        for l in range(len(self.weights) - 1, -1, -1):
            grads[l] = np.matmul(delta, states[l].T)
            delta = np.matmul(self.weights[l].T, delta) * states[l] * (1 - states[l])
        return states[-1] - output, grads

    def train(self, sample, output, learning_rate, target_error, group_size):
        for i in range(1000000):
            left = (i * group_size) % sample.shape[1]
            result = self.back_propagate(sample[:, left:left + group_size], output[:, left:left + group_size])
            off = np.ravel(result[0])
            error = ${error}
            ${show}
            if error < target_error * group_size:
                break
            for l in range(len(self.weights)):
                self.weights[l] = self.weights[l] - learning_rate * result[1][l]
`;

describe('a cost that is shown elsewhere', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is that of an attribute, given the one-hot targets that the object keeps', async () => {
    const right = await check(attribute('error / len(error)'));
    assert.equal(right.verdict, 'correct', say(right));
    assert.match(right.checked.join(), /of your cost/, say(right));
    const source = attribute('np.multiply(error, softmax(self.Z2, slope=True))');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.line, lineOf(source, 'delta = np.multiply'), say(wrong));
  });

  it('is printed, with np.abs around logarithms, in a script whose learning rate nothing reads', async () => {
    const mean = await check(script('np.mean(np.abs(-y * np.log(l2) - (1 - y) * np.log(1 - l2)))'));
    assert.equal(mean.verdict, 'convention', say(mean));
    assert.match(mean.summary, /m times/);
    for (const other of ['np.sum(np.abs(-y * np.log(l2) - (1 - y) * np.log(1 - l2)))', 'np.mean(np.abs(y - l2))']) {
      const right = await check(script(other));
      assert.equal(right.verdict, 'correct', say(right));
    }
  });

  it('is made by the training that calls the backward pass', async () => {
    const squared = await check(method('np.dot(off, off)'));
    assert.equal(squared.verdict, 'convention', say(squared));
    assert.match(squared.summary, /1\/2 times/);
    for (const other of ['np.dot(off, off) / 2', 'np.max(off)']) assert.equal((await check(method(other))).verdict, 'correct', other);
    const compared = await check(method('np.dot(off, off)', 'pass'));
    assert.equal(compared.verdict, 'correct', say(compared));
  });

  it('is of the squares of a softmax, whose A - Y is the derivative of another', async () => {
    const shown = `import numpy as np


class Net:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1, self.b1 = np.random.randn(n_in, n_hidden), np.zeros((1, n_hidden))
        self.W2, self.b2 = np.random.randn(n_hidden, n_out), np.zeros((1, n_out))

    def forward(self, X):
        self.A1 = np.tanh(X @ self.W1 + self.b1)
        e = np.exp(self.A1 @ self.W2 + self.b2)
        self.A2 = e / e.sum(axis=1, keepdims=True)
        return self.A2

    def loss(self, A2, Y):
        return np.mean(np.sum((A2 - Y) ** 2, axis=1)) / 2

    def backward(self, X, Y):
        m = len(X)
        dZ2 = self.A2 - Y
        dZ1 = dZ2 @ self.W2.T * (1 - self.A1 ** 2)
        return X.T @ dZ1 / m, dZ1.sum(axis=0, keepdims=True) / m, self.A1.T @ dZ2 / m, dZ2.sum(axis=0, keepdims=True) / m
`;
    const result = await check(shown);
    assert.deepEqual([result.verdict, result.findings[0]?.rule, result.findings[0]?.function], ['wrong', 'loss-derivative', 'backward'], say(result));
    assert.match(result.summary, /gradient of the mean of cross-entropy; the cost of the file is another/);
    const measure = await check(shown.replace('def loss(', 'def eval_loss('));
    assert.equal(measure.verdict, 'convention', say(measure));
    const wrong = await check(shown.replace('(1 - self.A1 ** 2)', '(1 - self.A1)'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('stands in the module that trains, above the folder of the file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradient-beside-'));
    try {
      mkdirSync(join(folder, 'models'));
      mkdirSync(join(folder, 'tools'));
      const file = join(folder, 'models/net.py');
      writeFileSync(file, `import numpy as np


class Net:
    def __init__(self, n_in, n_out):
        self.W, self.b = np.random.randn(n_in, n_out), np.zeros((1, n_out))

    def forward(self, X):
        e = np.exp(X @ self.W + self.b)
        return e / e.sum(axis=1, keepdims=True)

    def backward(self, X, y, output, learning_rate):
        dZ = output - y
        self.W -= learning_rate * X.T @ dZ
        self.b -= learning_rate * dZ.sum(axis=0, keepdims=True)
`);
      writeFileSync(join(folder, 'tools/losses.py'), 'import numpy as np\n\n\ndef entropy_loss(A, Y):\n    return -np.sum(Y * np.log(A)) / len(Y)\n');
      const checked = async (training: string): Promise<string> => {
        writeFileSync(join(folder, 'train.py'), training);
        return (await checkPython({ file, probe: join(process.cwd(), 'dist/python/probe.py'), interpreter: interpreter! })).result.verdict;
      };
      const training = 'from models.net import Net\nfrom tools.losses import entropy_loss\n\nnet = Net(4, 3)\nout = net.forward(X)\nloss = entropy_loss(out, y)\nnet.backward(X, y, out, 0.1)\n';
      assert.equal(await checked(training), 'convention');
      // one that trains another network shows no cost of this one
      assert.equal(await checked(training.replace('net.backward', 'net.learn')), 'correct');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
