// Parameters that the script alone makes: a function reads them as a global, or is given them in parts under names of its own.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say } from './support';

/** `backward` reads `params`, which only the script makes; `forward` is given it. */
const read = `import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def initialize(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_x, n_h), "b1": np.zeros((1, n_h)), "W2": np.random.randn(n_h, n_y), "b2": np.zeros((1, n_y))}


def forward(X, params):
    A1 = sigmoid(X @ params["W1"] + params["b1"])
    A2 = sigmoid(A1 @ params["W2"] + params["b2"])
    return A2, {"A1": A1, "A2": A2}


def compute_loss(A2, Y):
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / len(Y)


def backward(X, Y, cache):
    dZ2 = (cache["A2"] - Y) / len(Y)
    dZ1 = dZ2 @ params["W2"].T * cache["A1"] * (1 - cache["A1"])
    return {"dW1": X.T @ dZ1, "db1": np.sum(dZ1, axis=0, keepdims=True), "dW2": cache["A1"].T @ dZ2, "db2": np.sum(dZ2, axis=0, keepdims=True)}


X = np.array([[1, 2], [3, 4], [2, 1], [4, 3]])
Y = np.array([[0], [1], [0], [1]])
params = initialize(2, 4, 1)
for epoch in range(1000):
    A2, cache = forward(X, params)
    grads = backward(X, Y, cache)
    for key in params:
        params[key] -= 0.1 * grads["d" + key]
`;

/** The training calls them W and B, the functions weights and biases, and the initializer otherwise again. */
const renamed = `import numpy as np


def start():
    first, second = np.random.randn(4, 5), np.random.randn(3, 4)
    weight_list, bias_list = [first, second], [np.zeros((4, 1)), np.zeros((3, 1))]
    return weight_list, bias_list


def forward(X, weights, biases):
    w1, w2 = weights
    b1, b2 = biases
    z1 = w1 @ X + b1
    a1 = np.tanh(z1)
    z2 = w2 @ a1 + b2
    e = np.exp(z2 - z2.max(axis=0))
    return [z1, z2], [a1, e / e.sum(axis=0)]


def backward(X, Y, weights, biases, sums, outputs):
    w1, w2 = weights
    a1, a2 = outputs
    dz2 = (a2 - Y) / X.shape[1]
    dz1 = w2.T @ dz2 * (1 - a1 ** 2)
    return [dz1 @ X.T, dz2 @ a1.T, dz1.sum(axis=1, keepdims=True), dz2.sum(axis=1, keepdims=True)]


def accuracy(A, Y):
    return np.mean(A[-1].argmax(axis=0) == Y.argmax(axis=0))


def run(X, Y, weights, biases):
    print(accuracy(forward(X, weights, biases)[1], Y))


def train(X, Y, rate, iterations):
    W, B = start()
    for i in range(1, iterations):
        Z, A = forward(X, W, B)
        d1, d2, e1, e2 = backward(X, Y, W, B, Z, A)
        W, B = [W[0] - rate * d1, W[1] - rate * d2], [B[0] - rate * e1, B[1] - rate * e2]
        if i % (iterations // 10) == 0:
            print(accuracy(A, Y))
    print(accuracy(A, Y))
    return W, B
`;

describe('Parameters that are made by the script alone', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  bindsEach([
    { what: 'read as a global', source: read, mistake: ['* cache["A1"] * (1 - cache["A1"])', ''] },
    { what: 'given in parts, under other names', source: renamed, mistake: ['* (1 - a1 ** 2)', ''] },
  ], check);

  it('stay unknown where nothing makes them', async () => {
    const result = await check(read.replace('params = initialize(2, 4, 1)', 'model = initialize(2, 4, 1)').replace('forward(X, params)\n    grads', 'forward(X, model)\n    grads').replace('in params:\n        params[key]', 'in model:\n        model[key]'));
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.match(result.summary, /'params' is not defined/);
  });
});

describe('A training over `range(1, iterations)`', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('has its first round, also where its functions have no names that tell', async () => {
    const whole = `import numpy as np


def fit(X, Y, iterations=1000, rate=0.1):
    W = np.random.randn(X.shape[1], 1)
    for i in range(1, iterations):
        A = 1 / (1 + np.exp(-X @ W))
        cost = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))
        W = W - rate * X.T @ (A - Y) / len(Y)
    print(A.shape)
    return W
`;
    const [right, wrong] = [await check(whole), await check(whole.replace('X.T @ (A - Y)', 'X.T @ (A * A - Y)'))];
    assert.equal(right.verdict, 'correct', say(right));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('are moved where a function changes them, though no assignment by itself explains what is wrong', async () => {
    const source = `import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def minimize(inputs, z, output, weights_hidden, weights_output, error):
    adjustment = error * output * (1 - output)
    weights_hidden[:3] += np.dot(inputs.T, adjustment)
    weights_output += np.dot(z, adjustment)
    return weights_hidden, weights_output

def train(inputs, targets, weights_hidden, weights_output):
    for i in range(10000):
        z1 = sigmoid(np.dot(inputs, weights_hidden[0]))
        z2 = sigmoid(np.dot(inputs, weights_hidden[1]))
        z3 = sigmoid(np.dot(inputs, weights_hidden[2]))
        output = sigmoid(np.dot(np.array([z1, z2, z3]).T, weights_output))
        error = targets - output
        weights_hidden, weights_output = minimize(inputs, np.array([z1, z2, z3]), output, weights_hidden, weights_output, error)
    return weights_hidden, weights_output

if __name__ == '__main__':
    inputs = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
    targets = np.array([[0, 1, 1, 0]]).T
    weights_hidden = 2 * np.random.random((3, 3)) - 1
    weights_output = 2 * np.random.random((3, 1)) - 1
    weights_hidden, weights_output = train(inputs, targets, weights_hidden, weights_output)
`;
    const wrong = await check(source);
    assert.deepEqual([wrong.verdict, wrong.findings[0]?.function], ['wrong', 'minimize'], say(wrong));
  });
});
