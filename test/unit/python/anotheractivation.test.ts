// Whose fault it is where an activation is not the one that its backward pass belongs to, or not the one that its name says.

import assert from 'node:assert/strict';
import { changed, lineOf, pythonChecks, say } from './support';

/** Layers described by their units and the word for their activation, read by their places. */
const described = `import numpy as np

sigmoid = "sigmoid"
relu = "relu"


class Model:
    def __init__(self, layers):
        self.layers = layers
        self.parameters = {}
        for i in range(1, len(self.layers)):
            self.parameters["W" + str(i)] = np.random.randn(self.layers[i][0], self.layers[i - 1][0]) * 0.01
            self.parameters["b" + str(i)] = np.zeros((self.layers[i][0], 1))

    def forward(self, X):
        return model_forward(X, self.parameters, self.layers)

    def backward(self, Y, AL, caches):
        return model_backward(AL, Y, caches, self.layers)


def model_forward(A0, parameters, layers):
    caches, A = [], A0
    for i in range(1, len(layers)):
        Z = np.dot(parameters["W" + str(i)], A) + parameters["b" + str(i)]
        caches.append(((A, parameters["W" + str(i)]), Z))
        A = np.maximum(0, Z) if layers[i][1] == relu else 1 / (1 + np.exp(-Z))
    return A, caches


def compute_cost(AL, Y):
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]


def model_backward(AL, Y, caches, layers):
    grads = {}
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    for i in reversed(range(len(caches))):
        dA, grads["dW" + str(i + 1)], grads["db" + str(i + 1)] = activation_backward(dA, caches[i], layers[i + 1][1])
    return grads


def activation_backward(dA, cache, activation):
    (A_prev, W), Z = cache
    m = A_prev.shape[1]
    if activation == sigmoid:
        dZ = sigmoid_backward(dA, Z)
    if activation == relu:
        dZ = relu_backward(dA, Z)
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T) / m, np.sum(dZ, axis=1, keepdims=True) / m


def sigmoid_backward(dA, Z):
    s = 1 / (1 + np.exp(-Z))
    return dA * s * (1 - s)


def relu_backward(dA, Z):
    dZ = np.array(dA, copy=True)
    dZ[Z <= 0] = 0
    return dZ
`;

/** Softmax in the last layer; what is handed down is its dZ already. */
const softmax = `import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    return {"w1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "w2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}


def forward_prop(X, params):
    Z1 = np.dot(params["w1"], X) + params["b1"]
    A1 = np.maximum(0, Z1)
    Z2 = np.dot(params["w2"], A1) + params["b2"]
    A2 = np.exp(Z2) / np.sum(np.exp(Z2), axis=0)
    return A2, ((X, params["w1"], Z1), (A1, params["w2"], Z2))


def compute_cost(A2, Y):
    return -np.sum(Y * np.log(A2)) / Y.shape[1]


def relu_backward(dA, Z):
    dZ = dA * (Z > 0)
    return dZ


def linear_backward(dZ, A_prev, W):
    m = A_prev.shape[1]
    return np.dot(dZ, A_prev.T) / m, np.sum(dZ, axis=1, keepdims=True) / m, np.dot(W.T, dZ)


def backward_prop(A2, Y, caches):
    dZ2 = A2 - Y
    dW2, db2, dA1 = linear_backward(dZ2, *caches[1][:2])
    dZ1 = relu_backward(dA1, caches[0][2])
    dW1, db1, _ = linear_backward(dZ1, *caches[0][:2])
    return {"dw1": dW1, "db1": db1, "dw2": dW2, "db2": db2}
`;

/** The sigmoid from -1 to 1, and its own slope. */
const bipolar = `import numpy as np


class Network:
    def __init__(self, sizes):
        self.biases = [np.random.randn(y, 1) for y in sizes[1:]]
        self.weights = [np.random.randn(y, x) for x, y in zip(sizes[:-1], sizes[1:])]

    def sigmoid(self, x):
        return 2.0 / (1.0 + np.exp(-x)) - 1

    def dsigmoid(self, x):
        return 0.5 * (1 + self.sigmoid(x)) * (1 - self.sigmoid(x))

    def forward(self, X):
        self.z1 = self.weights[0] @ X + self.biases[0]
        self.a1 = self.sigmoid(self.z1)
        self.z2 = self.weights[1] @ self.a1 + self.biases[1]
        self.a2 = self.sigmoid(self.z2)
        return self.a2

    def cost(self, A, Y):
        return np.sum((A - Y) ** 2) / 2

    def backward(self, X, Y):
        d2 = (self.a2 - Y) * self.dsigmoid(self.z2)
        d1 = (self.weights[1].T @ d2) * self.dsigmoid(self.z1)
        return [d1 @ X.T, d2 @ self.a1.T], [np.sum(d1, axis=1, keepdims=True), np.sum(d2, axis=1, keepdims=True)]
`;

describe('python: another activation', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  const told = [
    ['whose backward pass a branch calls is told in that branch, of layers described by their places', described, 'dZ = sigmoid_backward(dA, Z)', 'dZ = relu_backward(dA, Z)', /right for relu, but the activation of this layer is sigmoid/],
    ['under a softmax is told where it is called', softmax, 'dZ2 = A2 - Y\n', 'dZ2 = relu_backward(A2 - Y, caches[1][2])\n', /the activation of this layer is softmax/],
    ['than its name says is no fault where its slope is its own', bipolar, 'self.dsigmoid(self.z2)', 'self.dsigmoid(self.a2)', /dsigmoid/],
  ] as const;
  for (const [what, source, from, to, message] of told) {
    it(what, async () => {
      const right = await check(source);
      assert.equal(right.verdict, 'correct', say(right));
      const wrong = source.replace(from, to);
      const result = await check(wrong);
      assert.equal(result.verdict, 'wrong', say(result));
      assert.equal(result.findings[0]?.line, lineOf(wrong, to));
      assert.match(result.findings[0]?.message ?? '', message);
    });
  }

  it('than its name says is not named where another mistake stays with the right one', async () => {
    const source = changed('deep_layers.py', [
      ['A = 1/(1+np.exp(-Z))', 'A = 1/(1+np.exp(Z))'],
      ['dZ = dA * s * (1-s)', 'dZ = s * (1-s)'],
    ]);
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.function, 'sigmoid_backward', say(result));
  });
});
