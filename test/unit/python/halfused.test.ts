// What a file could do and does not: a penalty whose rate stays 0, names of a module that is not there; and L1 in a step, a derivative whose name ends in d.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** A cost that can have L2, and a backward pass that cannot; `training`: what calls them. */
const penalized = (training: string): string => `import numpy as np


def initialize(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}


def forward(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"A1": A1, "A2": A2}


def compute_cost(A2, Y, parameters, lambd=0):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m
    if lambd > 0:
        cost += lambd / 2 / m * (np.sum(parameters["W1"] ** 2) + np.sum(parameters["W2"] ** 2))
    return cost


def backward(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - cache["A1"] ** 2)
    return {"dW1": np.dot(dZ1, X.T) / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m, "dW2": np.dot(dZ2, cache["A1"].T) / m, "db2": np.sum(dZ2, axis=1, keepdims=True) / m}


def model(X, Y):
    parameters = initialize(X.shape[0], 4, Y.shape[0])
    for i in range(100):
        A2, cache = forward(X, parameters)
        ${training}
        grads = backward(parameters, cache, X, Y)
        for key in parameters:
            parameters[key] = parameters[key] - 0.1 * grads["d" + key]
    return parameters
`;

const script = (signs: string): string => `import numpy as np

rate, lamda, n = 0.5, 5, 100
W2, b2 = np.random.randn(6, 5), np.random.randn(6, 1)
W3, b3 = np.random.randn(3, 6), np.random.randn(3, 1)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

for epoch in range(10):
    for x, y in training_data:
        a2 = sigmoid(np.dot(W2, x) + b2)
        a3 = sigmoid(np.dot(W3, a2) + b3)
        delta3 = a3 - y
        delta2 = np.dot(W3.T, delta3) * a2 * (1 - a2)
        W3 -= rate * lamda / n * ${signs}
        W2 -= rate * lamda / n * np.sign(W2)
        W3 -= rate * np.dot(delta3, a2.T)
        W2 -= rate * np.dot(delta2, x.T)
        b3 -= rate * delta3
        b2 -= rate * delta2
`;

const slopes = (slope: string): string => `import numpy as np

X = np.random.randn(5, 40)
Y = np.random.rand(1, 40)

def relu(z):
    return np.maximum(0, z)

def relu_d(z):
    dZ = ${slope}
    return dZ

dims = [5, 4, 3, 1]
W, b = [0] * 4, [0] * 4
Z, A, dZ, dA, dW, db = [0] * 4, [0] * 4, [0] * 4, [0] * 4, [0] * 4, [0] * 4
for i in range(1, 4):
    W[i] = np.random.randn(dims[i], dims[i - 1])
    b[i] = np.zeros((dims[i], 1))
A[0] = X
m = X.shape[1]
for step in range(1000):
    for i in range(1, 4):
        Z[i] = np.dot(W[i], A[i - 1]) + b[i]
        A[i] = relu(Z[i])
    J = np.sum((A[3] - Y) ** 2) / m / 2
    dA[3] = A[3] - Y
    for i in range(3, 0, -1):
        dZ[i] = dA[i] * relu_d(Z[i])
        dA[i - 1] = np.dot(W[i].T, dZ[i])
        db[i] = np.sum(dZ[i], axis=1, keepdims=True) / m
        dW[i] = np.dot(dZ[i], A[i - 1].T) / m
    for i in range(1, 4):
        W[i] -= 0.01 * dW[i]
        b[i] -= 0.01 * db[i]
`;

/** A layer with weights of three dimensions, for samples that are columns of their own. */
const columns = `import numpy as np


class DenseLayer:
    def __init__(self, in_shape, out_shape):
        self.weights = {"W": np.random.randn(1, out_shape, in_shape), "b": np.random.randn(1, out_shape, 1)}

    def forward(self, inputs):
        return np.matmul(self.weights["W"], inputs) + self.weights["b"]

    def backward(self, inputs, delta):
        dx = np.matmul(np.transpose(self.weights["W"], [0, 2, 1]), delta)
        dw = np.matmul(delta, np.transpose(inputs, [0, 2, 1]))
        return {"W": dw, "b": 1 * delta, "x": dx}


class MSELoss:
    def forward(self, label, out):
        return np.mean((out - label) ** 2)

    def backward(self, label, out):
        return out - label
`;

/** Activations that are looked up in a module that is not there. */
const lookedUp = `import numpy as np
import course.activation as activation

functions = {each: (getattr(activation, each), getattr(activation, each + "_backward")) for each in ["relu", "sigmoid"]}


class Layer:
    def __init__(self, W, b, kind="relu"):
        self.W, self.b = W, b
        self.activation, self.back = functions[kind]

    def forward(self, A):
        self.A = A
        self.Z = self.W.dot(A) + self.b
        return self.activation(self.Z)

    def backward(self, dA, learning_rate):
        dZ = self.back(dA, self.Z)
        dA = self.W.T.dot(dZ)
        self.W -= learning_rate * dZ.dot(self.A.T)
        return dA
`;

describe('python: what a file could do and does not', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('a cost whose rate of L2 is 0 and never given has none', async () => {
    const off = await check(penalized('cost = compute_cost(A2, Y, parameters)'));
    assert.equal(off.verdict, 'correct', say(off));
    assert.ok(off.findings.some((each) => /L2 term of the cost is off/.test(each.message)), say(off));
  });

  it('and one that the training gives has one, which the gradient lacks', async () => {
    const on = await check(penalized('cost = compute_cost(A2, Y, parameters, 0.7)'));
    assert.equal(on.verdict, 'wrong', say(on));
    assert.equal(on.findings[0]?.rule, 'l2', say(on));
  });

  it('L1 in the step is a penalty of all weights, and none where one layer has another', async () => {
    const right = await check(script('np.sign(W3)'));
    assert.equal(right.verdict, 'correct', say(right));
    assert.match(right.summary, /L1/);
    const other = await check(script('np.cos(W3)'));
    assert.notEqual(other.verdict, 'correct', say(other));
  });

  it('relu_d is the derivative of relu by its name, and where it gives Z it is told itself', async () => {
    assert.equal((await check(slopes('(z > 0) * 1.0'))).verdict, 'correct');
    const source = slopes('np.where(z > 0, z, 0)');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.deepEqual([result.findings[0]?.function, result.findings[0]?.line], ['relu_d', lineOf(source, 'return dZ')], say(result));
  });

  it('a script whose ReLU outputs are all dead for the weights that it draws is checked with others', async () => {
    // as it stands every output is 0 with the seed of the check, and nothing moves
    const source = slopes('(z > 0) * 1.0').replace('np.dot(W[i].T, dZ[i])', 'np.dot(W[i].T, dA[i])');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.match(result.summary, /derivative of the activation, g'\(Z\), is missing/, say(result));
  });

  it('an absolute error that a script keeps to be drawn is not its cost', async () => {
    const source = (slope: string): string => `import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

iris = pd.read_csv("iris.csv")
X_train, X_test, y_train, y_test = train_test_split(iris.values[:, :4], iris.values[:, 4:], test_size=0.33)

def sigmoid(x, deriv=False):
    return x * (1 - x) if deriv else 1 / (1 + np.exp(-x))

w0 = 2 * np.random.random((4, 5)) - 1
w1 = 2 * np.random.random((5, 3)) - 1
errors = []
for i in range(100):
    layer1 = sigmoid(np.dot(X_train, w0))
    layer2 = sigmoid(np.dot(layer1, w1))
    layer2_error = y_train - layer2
    layer2_delta = layer2_error * sigmoid(layer2, deriv=True)
    layer1_delta = layer2_delta.dot(w1.T) * ${slope}
    w1 += layer1.T.dot(layer2_delta) * 0.01
    w0 += X_train.T.dot(layer1_delta) * 0.01
    error = np.mean(np.abs(layer2_error))
    errors.append(error)
`;
    const right = await check(source('sigmoid(layer1, deriv=True)'));
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(source('(1 - layer1)'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('a layer for samples of another form than ours does not stop for that', async () => {
    const result = await check(columns);
    assert.notEqual(result.verdict, 'cannot run', say(result));
  });

  it('functions that are looked up in a missing module do not end the check', async () => {
    const result = await check(lookedUp);
    assert.ok(['not bound', 'cannot run'].includes(result.verdict), say(result));
  });
});
