// What a file leaves to its callers: a prediction that a method of its own gives, activations as objects, words of a match statement, widths that alone fit, sets of samples that are handed on.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const read = (error: string): string => `import numpy as np


class Layer:
    def __init__(self, inputs, units):
        self.biases = np.empty(units, np.float32)
        self.weights = np.empty((units, inputs), np.float32)


class Network:
    def __init__(self):
        self.layers = []

    def add_layer(self, inputs, units):
        self.layers.append(Layer(inputs, units))

    def forward_pass(self, inputs):
        for layer in self.layers:
            layer.activations = 1 / (1 + np.exp(-(np.dot(layer.weights, inputs) + layer.biases)))
            inputs = layer.activations

    def backward_pass(self, inputs, learning_rate, target):
        last = self.layers[-1]
        last.deltas = last.activations * (1 - last.activations) * (target - last.activations)
        for i in reversed(range(len(self.layers) - 1)):
            layer, above = self.layers[i], self.layers[i + 1]
            layer.deltas = ${error} * np.dot(above.weights.T, above.deltas)
        for i, layer in enumerate(self.layers):
            before = inputs if i == 0 else self.layers[i - 1].activations
            layer.weights += learning_rate * np.outer(layer.deltas, before)
            layer.biases += learning_rate * layer.deltas

    def return_output(self):
        return self.layers[-1].activations


def half_square(predicted, target):
    return np.sum((predicted - target) ** 2) / 2
`;

const objects = (at: string): string => `import numpy as np


class Activation:
    def forward(self, x):
        pass

    def derivative(self, x):
        pass


class Tanh(Activation):
    def forward(self, x):
        return np.tanh(x)

    def derivative(self, x):
        return 1 - np.tanh(x) ** 2


class Dense:
    def __init__(self, input_size, output_size, activation):
        self.W = np.random.randn(input_size, output_size)
        self.b = np.zeros((1, output_size))
        self.activation = activation

    def forward(self, x):
        self.input = x
        self.z = np.dot(x, self.W) + self.b
        self.a = self.activation.forward(self.z)
        return self.a

    def backward(self, grad, learning_rate):
        grad = grad * self.activation.derivative(self.${at})
        below = np.dot(grad, self.W.T)
        self.W -= learning_rate * np.dot(self.input.T, grad)
        self.b -= learning_rate * np.sum(grad, axis=0, keepdims=True)
        return below


class Net:
    def __init__(self, layers):
        self.layers = layers

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad, learning_rate):
        for layer in reversed(self.layers):
            grad = layer.backward(grad, learning_rate)


class Squares:
    def loss(self, y_true, y_pred):
        return np.sum((y_pred - y_true) ** 2) / 2

    def derivative(self, y_true, y_pred):
        return y_pred - y_true
`;

const called = `import numpy as np


class Module:
    def __call__(self, X):
        return self.forward(X)


class TanH(Module):
    def forward(self, X):
        return np.tanh(X)

    def backward(self, X, grad):
        return grad * (1 - np.tanh(X) ** 2)


class Layer(Module):
    def __init__(self, dim_in, dim_out, act):
        self.W = np.random.randn(dim_out, dim_in)
        self.B = np.zeros((dim_out, 1))
        self.act = act

    def forward(self, X):
        return self.act(self.W @ X + self.B)

    def backward(self, X, grad, lr):
        grad = self.act.backward(self.W @ X + self.B, grad)
        below = self.W.T @ grad
        self.W -= lr * grad @ X.T
        self.B -= lr * np.sum(grad, axis=1, keepdims=True)
        return below
`;

const matched = (slope: string): string => `import numpy as np


def activate(z, kind):
    match kind:
        case "tanh":
            return np.tanh(z)
        case "sigmoid" | "logistic":
            return 1 / (1 + np.exp(-z))
        case _:
            return z


def activate_derivative(a, kind):
    match kind:
        case "tanh":
            return ${slope}
        case "sigmoid" | "logistic":
            return a * (1 - a)
        case _:
            return np.ones_like(a)


class Net:
    def __init__(self, n_in, n_hidden, n_out, activation):
        self.W1, self.b1 = np.random.randn(n_hidden, n_in), np.zeros((n_hidden, 1))
        self.W2, self.b2 = np.random.randn(n_out, n_hidden), np.zeros((n_out, 1))
        self.activation = activation

    def forward(self, X):
        self.A1 = activate(self.W1 @ X + self.b1, self.activation)
        return self.W2 @ self.A1 + self.b2

    def cost(self, out, Y):
        return np.sum((out - Y) ** 2) / 2

    def backward(self, X, out, Y):
        d2 = out - Y
        d1 = self.W2.T @ d2 * activate_derivative(self.A1, self.activation)
        return d1 @ X.T, d1.sum(axis=1, keepdims=True), d2 @ self.A1.T, d2.sum(axis=1, keepdims=True)
`;

const small = (hidden: string): string => `import numpy as np


def initialize_parameters(num_inputs, num_hidden, num_outputs):
    return np.random.randn(num_hidden, num_inputs), np.random.randn(num_hidden, num_outputs), np.random.randn(2, 1), np.random.randn()


def forward_propagation(x, w1, w2, b1, b2):
    a = 1 / (1 + np.exp(-(np.dot(w1, x).reshape((2, 1)) + b1)))
    return a, 1 / (1 + np.exp(-(np.dot(w2.T, a) + b2)))


def compute_loss(y_pred, label):
    return 0.5 * (y_pred - label) ** 2


def backpropagation(w2, x, a, y_pred, label):
    dz = (y_pred - label) * y_pred * (1 - y_pred)
    dh = dz * w2 * ${hidden}
    return dh * x, dz * a, dh, dz


w1, w2, b1, b2 = initialize_parameters(2, 2, 1)
for x, label in zip(np.array([[0, 1], [1, 1]]), [1, 0]):
    a, y_pred = forward_propagation(x, w1, w2, b1, b2)
    loss = compute_loss(y_pred, label)
    dw1, dw2, db1, db2 = backpropagation(w2, x, a, y_pred, label)
    w1, w2, b1, b2 = w1 - dw1, w2 - dw2, b1 - db1, b2 - db2
`;

const sets = (scale: string): string => `import numpy as np


class Net:
    def __init__(self, input_dim, hidden_dim, output_dim, rate=0.01):
        self.W1, self.b1 = np.random.randn(input_dim, hidden_dim), np.zeros((1, hidden_dim))
        self.W2, self.b2 = np.random.randn(hidden_dim, output_dim), np.zeros((1, output_dim))
        self.rate = rate

    def compute_loss(self, data):
        X, Y = data
        return np.sum((np.tanh(X.dot(self.W1) + self.b1).dot(self.W2) + self.b2 - Y) ** 2) / 2

    def train(self, train, valid, epochs=4):
        X, Y = train
        for i in range(epochs):
            a1 = np.tanh(X.dot(self.W1) + self.b1)
            delta2 = a1.dot(self.W2) + self.b2 - Y
            delta1 = delta2.dot(self.W2.T) * ${scale}
            self.W2 -= self.rate * a1.T.dot(delta2)
            self.b2 -= self.rate * np.sum(delta2, axis=0, keepdims=True)
            self.W1 -= self.rate * X.T.dot(delta1)
            self.b1 -= self.rate * np.sum(delta1, axis=0, keepdims=True)
            print(self.compute_loss(train), self.compute_loss(valid))
`;

describe('python: what a file leaves to its callers', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('a forward pass that gives nothing back, and a method that gives what it left', async () => {
    const right = await check(read('layer.activations * (1 - layer.activations)'));
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(read('(1 - layer.activations)'));
    assert.deepEqual([wrong.verdict, wrong.findings[0]?.function], ['wrong', 'backward_pass'], say(wrong));
  });

  it('an activation that is an object, and never one of the class that leaves all to others', async () => {
    assert.equal((await check(objects('z'))).verdict, 'correct');
    const wrong = await check(objects('a'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('an activation that is called as a function and asked for its derivative as an object', async () => {
    const right = await check(called);
    assert.equal(right.verdict, 'correct', say(right));
  });

  it('words that a match statement compares', async () => {
    const version = await check('import sys\nimport numpy as np\n');
    if (Number(version.python.version.split('.')[1]) < 10) return;
    const right = await check(matched('1 - a ** 2'));
    assert.equal(right.verdict, 'correct', say(right));
    const source = matched('1 - a');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.line, lineOf(source, 'return 1 - a\n'), say(wrong));
  });

  it('the widths that the file gives itself, where no others fit', async () => {
    const right = await check(small('a * (1 - a)'));
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(small('(1 - a)'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('a set of samples that a training only hands on', async () => {
    const right = await check(sets('(1 - a1 ** 2)'));
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(sets('(1 - a1)'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });
});
