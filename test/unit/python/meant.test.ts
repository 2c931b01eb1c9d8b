// What a file means where several readings run: which cost, which forward pass, whose samples, and one sample at a time.

import assert from 'node:assert/strict';
import type { PythonResult } from '../../../src/python/result';
import { lineOf, pythonChecks, say } from './support';

const sigmoid = `import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))
`;

/** The script shows a mean over its own samples, which stand at the top of the file. */
const shown = `${sigmoid}
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)
y = np.array([[0], [1], [1], [0]], dtype=float)

class Network:
    def __init__(self, x, y):
        self.input = x
        self.weights1 = np.random.rand(self.input.shape[1], 4)
        self.weights2 = np.random.rand(4, 1)
        self.y = y
        self.output = np.zeros(y.shape)

    def feed_forward(self):
        self.layer1 = sigmoid(np.dot(self.input, self.weights1))
        self.layer2 = sigmoid(np.dot(self.layer1, self.weights2))
        return self.layer2

    def back_prop(self):
        delta = 2 * (self.y - self.output) * self.output * (1 - self.output)
        d_weights2 = np.dot(self.layer1.T, delta)
        d_weights1 = np.dot(self.input.T, np.dot(delta, self.weights2.T) * self.layer1 * (1 - self.layer1))
        self.weights1 += d_weights1
        self.weights2 += d_weights2

    def train(self, X, y):
        self.output = self.feed_forward()
        self.back_prop()

if __name__ == '__main__':
    net = Network(X, y)
    for i in range(1500):
        print("Loss:", np.mean(np.square(y - net.feed_forward())))
        net.train(X, y)
`;

/** The cost stands in the training, with the forward pass inside it. */
const inside = `import numpy as np

class Network:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1 = np.random.randn(n_hidden, n_in)
        self.W2 = np.random.randn(n_out, n_hidden)

    def forward(self, x):
        self.a1 = np.tanh(self.W1 @ x)
        self.z2 = self.W2 @ self.a1
        return self.z2

    def backward(self, x, y, learning_rate):
        self.forward(x)
        dz2 = (self.z2 - y) / x.shape[1]
        dz1 = (self.W2.T @ dz2) * (1 - self.a1 ** 2)
        dW2 = dz2 @ self.a1.T
        dW1 = dz1 @ x.T
        self.W2 -= learning_rate * dW2
        self.W1 -= learning_rate * dW1

    def train(self, X_train, Y_train, epochs, learning_rate):
        for epoch in range(epochs):
            loss = np.mean((self.forward(X_train) - Y_train) ** 2)
            self.backward(X_train, Y_train, learning_rate)
`;

/** forward drops units and predict does not; what the training calls beside backward counts. */
const dropped = `import numpy as np

def init_params():
    return np.random.randn(8, 5), np.zeros((8, 1)), np.random.randn(3, 8), np.zeros((3, 1))

def softmax(z):
    return np.exp(z) / np.sum(np.exp(z), axis=0, keepdims=True)

def forward(x, w1, b1, w2, b2, p):
    z1 = np.dot(w1, x) + b1
    d1 = np.random.rand(*z1.shape) < p
    a1 = np.tanh(z1)
    a1 = a1 * d1 / p
    a2 = softmax(np.dot(w2, a1) + b2)
    return z1, a1, a2, d1

def predict(x, w1, b1, w2, b2):
    z1 = np.dot(w1, x) + b1
    a1 = np.tanh(z1)
    a2 = softmax(np.dot(w2, a1) + b2)
    return z1, a1, a2, np.ones_like(a1)

def cross_entropy(one_hot_y, a2):
    return -np.sum(one_hot_y * np.log(a2)) / one_hot_y.shape[1]

def backward(x, one_hot_y, w2, a2, a1, z1, d1, p):
    m = x.shape[1]
    dz2 = (a2 - one_hot_y) / m
    dw2 = np.dot(dz2, a1.T)
    db2 = np.sum(dz2, axis=1, keepdims=True)
    da1 = np.dot(w2.T, dz2) * d1 / p
    dz1 = da1 * (1 - np.tanh(z1) ** 2)
    dw1 = np.dot(dz1, x.T)
    db1 = np.sum(dz1, axis=1, keepdims=True)
    return dw1, db1, dw2, db2

def descend(x, one_hot_y, w1, b1, w2, b2, epochs, alpha, p=0.5):
    for epoch in range(epochs):
        z1, a1, a2, d1 = forward(x, w1, b1, w2, b2, 0.5)
        loss = cross_entropy(one_hot_y, a2)
        dw1, db1, dw2, db2 = backward(x, one_hot_y, w2, a2, a1, z1, d1, 0.5)
        w1, b1, w2, b2 = w1 - alpha * dw1, b1 - alpha * db1, w2 - alpha * dw2, b2 - alpha * db2
    return w1, b1, w2, b2

w1, b1, w2, b2 = init_params()
`;

/** Single numbers for weights, one sample after the other, and a method that nothing calls and that could not run. */
const scalars = `${sigmoid}
def mse(y_pred, y_true):
    return np.mean((y_true - y_pred) ** 2)

class Network:
    def __init__(self):
        self.w1, self.w2, self.w3 = np.random.normal(), np.random.normal(), np.random.normal()
        self.b1, self.b2 = np.random.normal(), np.random.normal()

    def feedforward(self, x):
        h = sigmoid(x[0] * self.w1 + x[1] * self.w2 + self.b1)
        return sigmoid(h * self.w3 + self.b2)

    def compute_loss(self, x):
        return self.never_made + x

    def train(self, data, y_combined, eta=0.001, epochs=100):
        for epoch in range(epochs):
            for x, y in zip(data, y_combined):
                h = sigmoid(x[0] * self.w1 + x[1] * self.w2 + self.b1)
                o = sigmoid(h * self.w3 + self.b2)
                dL_do = -2 * (y - o)
                do_dz = o * (1 - o)
                dh_dz = h * (1 - h)
                d_h = dL_do * do_dz * self.w3
                self.w1 -= eta * d_h * dh_dz * x[0]
                self.w2 -= eta * d_h * dh_dz * x[1]
                self.b1 -= eta * d_h * dh_dz
                self.w3 -= eta * dL_do * do_dz * h
                self.b2 -= eta * dL_do * do_dz
            if epoch % 10 == 0:
                print(mse(y_combined, np.apply_along_axis(self.feedforward, 1, data)))

network = Network()
network.train(np.array([[3, 4], [7, 3], [2, 6]]), np.array([1, 1, 0]))
`;

/** A script inside main(), whose bias gradient keeps a column for each sample. */
const columns = `${sigmoid}
def main():
    sample = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])
    Y = np.array([[0, 0, 1, 1]])
    B1 = np.zeros((2, 1))
    W1 = np.random.rand(2, 2)
    W2 = np.random.rand(1, 2)
    for i in range(1000):
        A1 = np.tanh(np.dot(W1, sample) + B1)
        A2 = sigmoid(np.dot(W2, A1))
        loss = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
        dZ2 = A2 - Y
        dZ1 = np.dot(W2.T, dZ2) * (1 - A1 ** 2)
        dB1 = np.sum(dZ1, axis=1, keepdims=True)
        dW1 = np.dot(dZ1, sample.T)
        dW2 = np.dot(dZ2, A1.T)
        W2 = W2 - 0.01 * dW2
        W1 = W1 - 0.01 * dW1
        B1 = B1 - 0.01 * dB1

main()
`;

describe('what a Python file means', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  const first = (result: PythonResult): unknown => ({ verdict: result.verdict, function: result.findings[0]?.function, line: result.findings[0]?.line });

  it('takes the mean that a script shows for its cost, over the samples of the check', async () => {
    const result = await check(shown);
    assert.equal(result.verdict, 'convention', say(result));
    assert.match(result.summary, /× m|m times|the sum over the samples/);
  });

  it('takes a cost with the forward pass inside it', async () => {
    const result = await check(inside);
    assert.equal(result.verdict, 'convention', say(result));
    assert.match(result.summary, /½·MSE/);
  });

  it('runs the forward pass that the training calls, with its dropout', async () => {
    const result = await check(dropped);
    assert.equal(result.verdict, 'correct', say(result));
    const wrong = dropped.replace('da1 = np.dot(w2.T, dz2) * d1 / p', 'da1 = np.dot(w2.T, dz2)');
    const found = await check(wrong);
    assert.deepEqual(first(found), { verdict: 'wrong', function: 'backward', line: lineOf(wrong, 'dz1 =') }, say(found));
    assert.equal(found.findings[0]?.rule, 'dropout-mask');
  });

  it('takes one sample where a training changes its numbers after each, and leaves alone what nothing calls', async () => {
    const result = await check(scalars);
    assert.equal(result.verdict, 'correct', say(result));
    assert.equal(result.bound?.samples, 1);
    const wrong = scalars.replace('d_h = dL_do * do_dz * self.w3', 'd_h = dL_do * self.w3');
    const found = await check(wrong);
    assert.deepEqual(first(found), { verdict: 'wrong', function: 'train', line: lineOf(wrong, 'd_h =') }, say(found));
  });

  it('tells a step that makes a vector a matrix, and names the function that holds a script', async () => {
    assert.equal((await check(columns)).verdict, 'correct');
    const wrong = columns.replace('dB1 = np.sum(dZ1, axis=1, keepdims=True)', 'dB1 = dZ1');
    const found = await check(wrong);
    assert.deepEqual(first(found), { verdict: 'wrong', function: 'main', line: lineOf(wrong, 'dB1 =') }, say(found));
    assert.match(found.findings[0]?.message ?? '', /\(2, \d+\) where \(2, 1\) is meant/);
  });

  it('sees private attributes, and a base class of a module that is not there', async () => {
    const source = `import numpy as np
from somewhere_else import BaseModel

class Network(BaseModel):
    def __init__(self, nx, nodes):
        super().__init__(nx)
        self.__W1 = np.random.randn(nodes, nx)
        self.__b1 = np.zeros((nodes, 1))
        self.__W2 = np.random.randn(1, nodes)

    def forward_prop(self, X):
        Z1 = self.__W1 @ X + self.__b1
        self.__A1 = 1 / (1 + np.exp(-Z1))
        Z2 = self.__W2 @ self.__A1
        self.__A2 = 1 / (1 + np.exp(-Z2))
        return self.__A1, self.__A2

    def cost(self, Y, A):
        return -np.sum(Y * np.log(A) + (1 - Y) * np.log(1.0000001 - A)) / Y.shape[1]

    def gradient_descent(self, X, Y, A1, A2, alpha=0.05):
        m = Y.shape[1]
        dz2 = A2 - Y
        dz1 = self.__W2.T @ dz2 * A1 * (1 - A1)
        self.__W2 -= alpha * dz2 @ A1.T / m
        self.__W1 -= alpha * dz1 @ X.T / m
        self.__b1 -= alpha * np.sum(dz1, axis=1, keepdims=True) / m
`;
    const result = await check(source);
    assert.equal(result.verdict, 'correct', say(result));
    const wrong = source.replace('A1 * (1 - A1)', '(1 - A1)');
    assert.deepEqual(first(await check(wrong)), { verdict: 'wrong', function: 'gradient_descent', line: lineOf(wrong, 'dz1 =') });
  });

  it('leaves the lists alone that a script fills to plot them, though they are called x and y', async () => {
    const source = `${sigmoid}
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
Y = np.array([[0], [1], [1], [1]])
syn0 = 2 * np.random.random((2, 11)) - 1
syn1 = 2 * np.random.random((11, 1)) - 1
x = []
y = []
for j in range(100):
    l1 = sigmoid(np.dot(X, syn0))
    l2 = sigmoid(np.dot(l1, syn1))
    l2_error = Y - l2
    x.append(j)
    y.append(np.mean(np.abs(l2_error)))
    l2_delta = l2_error * l2 * (1 - l2)
    l1_delta = l2_delta.dot(syn1.T) * l1 * (1 - l1)
    syn1 += l1.T.dot(l2_delta)
    syn0 += X.T.dot(l1_delta)
`;
    const right = await check(source);
    assert.ok(['correct', 'convention'].includes(right.verdict), say(right));
    const wrong = source.replace('l2_error * l2 * (1 - l2)', 'l2_error + l2 * (1 - l2)');
    assert.deepEqual(first(await check(wrong)), { verdict: 'wrong', function: '<module>', line: lineOf(wrong, 'l2_delta =') });
  });
});
