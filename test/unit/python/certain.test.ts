// What proves that a file is wrong or cannot run, and what does not: a mismatch that comes from widths, samples or arguments chosen here is no proof.

import assert from 'node:assert/strict';
import { changed, lineOf, pythonChecks, say } from './support';

/** One sample at a time through a network whose widths stand in the code as numbers. */
const fixedWidths = `import numpy as np

corners = np.array([[1, 1], [0, 0], [1, 0], [0, 1]])
answers = [1, 1, 0, 0]

def sigmoid(v):
    return 1 / (1 + np.exp(-v))

def initialize_parameters(num_inputs, num_hidden, num_outputs):
    w1 = np.random.randn(num_hidden, num_inputs)
    w2 = np.random.randn(num_hidden, num_outputs)
    b1 = np.random.randn(2, 1)
    b2 = np.random.randn()
    return w1, w2, b1, b2

def forward(x, w1, w2, b1, b2):
    h = np.dot(w1, x).reshape((2, 1)) + b1
    a = sigmoid(h)
    return h, a, sigmoid(np.dot(w2.T, a) + b2)

def compute_loss(prediction, label):
    return 0.5 * (prediction - label) ** 2

def backpropagation(w2, x, a, out, label):
    delta = (out - label) * out * (1 - out)
    dw2 = delta * a
    db2 = delta
    hidden = delta * w2 * a * (1 - a)
    dw1 = hidden * x
    db1 = hidden
    return dw2, db2, dw1, db1

num_inputs = 2
num_hidden = 2
num_outputs = 1

def train(points, labels, epochs=1500, learning_rate=1):
    w1, w2, b1, b2 = initialize_parameters(num_inputs, num_hidden, num_outputs)
    for i in range(epochs):
        for j in range(points.shape[0]):
            x = points[j]
            label = labels[j]
            h, a, out = forward(x, w1, w2, b1, b2)
            loss = compute_loss(out.item(), label)
            dw2, db2, dw1, db1 = backpropagation(w2, x, a, out, label)
            w1 -= learning_rate * dw1
            w2 -= learning_rate * dw2
            b1 -= learning_rate * db1
            b2 -= learning_rate * db2
    return w1, w2, b1, b2

trained = train(corners, answers, epochs=1000, learning_rate=1)
`;

/** A list of hidden layers with a name that could be a number. */
const joined = `import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

class Network:
    def __init__(self, input_dim, hidden_layers, output_dim, eta=0.1):
        self.eta = eta
        self.layers = [input_dim] + hidden_layers + [output_dim]
        self.W = []
        self.b = []
        for i in range(len(self.layers) - 1):
            self.W.append(np.random.randn(self.layers[i], self.layers[i + 1]) * 0.1)
            self.b.append(np.zeros(self.layers[i + 1]))

    def forward(self, X):
        self.A = [X]
        for i in range(len(self.W)):
            self.A.append(sigmoid(self.A[-1] @ self.W[i] + self.b[i]))
        return self.A[-1]

    def train(self, X, y, epochs=100):
        for _ in range(epochs):
            out = self.forward(X)
            delta = (out - y) * out * (1 - out)
            for l in reversed(range(len(self.W))):
                dW = self.A[l].T @ delta / len(X)
                db = np.mean(delta, axis=0)
                if l > 0:
                    delta = (delta @ self.W[l].T) * self.A[l] * (1 - self.A[l])
                self.W[l] -= self.eta * dW
                self.b[l] -= self.eta * db
`;

/** A step of which the file gives an example with numbers. */
const ownNumbers = (gradient: string) => `import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def initialize_with_zeros(dim):
    w = np.zeros((2, 1))
    assert w.shape == (dim, 1)
    return w, 0.0

def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -1 / m * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    dw = ${gradient}
    db = 1 / m * np.sum(A - Y)
    assert dw.shape == w.shape
    return {"dw": dw, "db": db}, cost

w, b, X, Y = np.array([[1.], [2.]]), 2., np.array([[1., 2., -1.], [3., 4., -3.2]]), np.array([[1, 0, 1]])
grads, cost = propagate(w, b, X, Y)
`;

/** Its constructor is given the samples. */
const standing = (delta: string, product: string): string => `import numpy as np

class Perceptron:
    def __init__(self, features, labels, hidden_nodes):
        self.X = features
        self.Y = labels
        self.m = len(features)
        self.w1 = np.random.randn(hidden_nodes, features.shape[1])
        self.b1 = np.zeros((hidden_nodes, 1))
        self.w2 = np.random.randn(1, hidden_nodes)
        self.b2 = np.zeros((1, 1))

    def forward_prop(self):
        A1 = np.tanh(self.w1.dot(self.X.T) + self.b1)
        return A1, 1 / (1 + np.exp(-(self.w2.dot(A1) + self.b2)))

    def train(self, iterations, alpha):
        for i in range(iterations):
            A1, A2 = self.forward_prop()
            ${delta}
            dW2 = ${product} / self.m
            db2 = np.sum(dZ2, axis=1, keepdims=True) / self.m
            dZ1 = self.w2.T.dot(dZ2) * (1 - A1 ** 2)
            self.w1 -= alpha * dZ1.dot(self.X) / self.m
            self.b1 -= alpha * np.sum(dZ1, axis=1, keepdims=True) / self.m
            self.w2 -= alpha * dW2
            self.b2 -= alpha * db2
`;

describe('what proves something about a Python file, and what does not', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  it('compares cost and gradient of one and the same step', async () => {
    const right = await check(fixedWidths);
    assert.equal(right.verdict, 'correct', say(right));
    assert.deepEqual(right.layers[0]!.dW.shape, [2, 2], 'the widths of the file are kept');
    const source = fixedWidths.replace('hidden = delta * w2 * a * (1 - a)', 'hidden = delta * w2 * a');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.deepEqual([wrong.findings[0]!.function, wrong.findings[0]!.line], ['backpropagation', lineOf(source, 'hidden =')]);
  });

  it('gives a list where the code joins lists, whatever the argument is called', async () => {
    const result = await check(joined);
    assert.equal(result.verdict, 'correct', say(result));
    assert.ok(result.layers.length > 1, say(result));
  });

  it('tells a gradient that is used and never assigned, also beside a right backward pass', async () => {
    const second = '\ndef backward_with_penalty(AL, Y, caches):\n    dZ = AL - Y\n    grads = {"dZ": dZ, "dW1": dW1}\n    return grads\n';
    const source = changed('deep_layers.py', []) + second;
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.match(result.summary, /name 'dW1' is not defined/);
    assert.deepEqual([result.findings[0]!.function, result.findings[0]!.line], ['backward_with_penalty', lineOf(source, 'grads = {"dZ"')]);
    for (const made of ['dW1 = 0\n', 'from helpers import dW1\n']) {
      const twin = await check(`${made}${source}`);
      assert.doesNotMatch(twin.summary, /dW1/, say(twin));
    }
    const branch = await check(source.replace('    grads = {"dZ": dZ, "dW1": dW1}', '    grads = {}\n    if len(caches) > 9:\n        grads = {"dW1": dW1}'));
    assert.equal(branch.verdict, 'correct', say(branch));
  });

  it('tells that the numbers of the file itself stop its backward pass', async () => {
    const source = ownNumbers('1 / m * X * (A - Y)');
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.deepEqual([result.findings[0]!.function, result.findings[0]!.line], ['propagate', lineOf(source, 'assert dw.shape')]);
    const right = await check(ownNumbers('1 / m * np.dot(X, (A - Y).T)'));
    assert.notEqual(right.verdict, 'cannot run', say(right));
  });

  it('blames the caller that hands on the cache of another layer', async () => {
    const source = changed('deep_layers.py', [['linear_activation_backward(grads["dA" + str(l + 1)], caches[l], "relu")', 'linear_activation_backward(dAL, caches[l + 1], "relu")']]);
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]!.function, result.findings[0]!.line], ['wrong', 'L_model_backward', lineOf(source, '        dA, dW, db = linear')], say(result));
  });

  it("blames the caller that takes another layer's activation, and the helper where that is wrong", async () => {
    const direct: [string, string][] = [
      ['linear_activation_backward(dAL, caches[L-1], "sigmoid")', 'linear_backward(sigmoid_backward(dAL, caches[L-1][1]), caches[L-1][0])'],
      ['linear_activation_backward(grads["dA" + str(l + 1)], caches[l], "relu")', 'linear_backward(sigmoid_backward(grads["dA" + str(l + 1)], caches[l][1]), caches[l][0])'],
    ];
    const source = changed('deep_layers.py', direct);
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]!.function, result.findings[0]!.line], ['wrong', 'L_model_backward', lineOf(source, '        dA, dW, db = linear')], say(result));
    const helper = await check(changed('deep_layers.py', [['dZ[Z <= 0] = 0', 'dZ[Z <= 1] = 0']]));
    assert.equal(helper.findings[0]!.function, 'relu_backward', say(helper));
    const sum = await check(changed('deep_layers.py', [['db = np.sum(dZ, axis=1, keepdims=True) / m', 'db = np.sum(dZ) / m']]));
    assert.equal(sum.findings[0]!.function, 'linear_backward', say(sum));
  });

  it('does not take for undefined what the function around an inner one makes', async () => {
    const source = `import numpy as np

def main(DIGITS, exp):
    images = labels = weights = None

    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    def read(name, *more):
        return np.loadtxt(name)

    def train_weights(weights, images, labels, lr):
        a = sigmoid(images[i] @ weights)
        return weights + lr * (labels[i] - a) * a * (1 - a) * images[i]

    images, labels = read("images.csv"), read("labels.csv")
    weights = np.zeros(images.shape[1])
    for i in range(DIGITS):
        weights = train_weights(weights, images, labels, 0.1)
`;
    const result = await check(source);
    assert.notEqual(result.verdict, 'cannot run', say(result));
  });

  it('shows a product in a training that fits no targets, however they lie', async () => {
    const result = await check(standing('dZ2 = A2.T - self.Y', 'dZ2.dot(A1)'));
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]?.function, 'train', say(result));
    const right = await check(standing('dZ2 = A2 - self.Y.reshape(1, -1)', 'dZ2.dot(A1.T)'));
    assert.equal(right.verdict, 'correct', say(right));
  });
});
