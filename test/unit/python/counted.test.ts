// Gradients that are counted from another number than their parameters, kept as np.matrix, or left over of the last sample; weights that the round before has moved.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say, type Shape } from './support';

/** Parameters from 1, gradients from 0; all hidden layers could be confused with their neighbours. */
const offset = `import numpy as np


def initialize_parameters(layer_dims):
    parameters = {"W": {}, "b": {}}
    for index in range(1, len(layer_dims)):
        parameters["W"][index] = np.random.randn(layer_dims[index], layer_dims[index - 1]) / np.sqrt(layer_dims[index - 1])
        parameters["b"][index] = np.zeros((layer_dims[index], 1))
    return parameters


def softmax(Z):
    e = np.exp(Z - Z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def model_forward(X, parameters):
    A, caches = X, []
    layers = len(parameters["b"])
    for layer in range(1, layers + 1):
        Z = np.dot(parameters["W"][layer], A) + parameters["b"][layer]
        caches.append({"A": A, "W": parameters["W"][layer], "Z": Z})
        A = softmax(Z) if layer == layers else Z * (Z > 0)
    return A, caches


def compute_cost(AL, Y):
    return -np.sum(Y * np.log(AL)) / Y.shape[1]


def model_backward(AL, Y, caches):
    grads = {"dW": {}, "db": {}}
    dZ = AL - Y
    for layer in reversed(range(len(caches))):
        cache = caches[layer]
        grads["dW"][layer] = np.dot(dZ, cache["A"].T) / Y.shape[1]
        grads["db"][layer] = np.sum(dZ, axis=1) / Y.shape[1]
        if layer > 0:
            dZ = np.dot(cache["W"].T, dZ) * (caches[layer - 1]["Z"] > 0)
    return grads


def update_parameters(parameters, grads, learning_rate):
    for layer in range(len(parameters["W"])):
        parameters["W"][layer + 1] = parameters["W"][layer + 1] - learning_rate * grads["dW"][layer]
        parameters["b"][layer + 1] = parameters["b"][layer + 1] - learning_rate * grads["db"][layer].reshape(-1, 1)
    return parameters
`;

/** np.mat multiplies as matrices wherever a * stands. */
const matrices = `import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x) * 0.01, "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h) * 0.01, "b2": np.zeros((n_y, 1))}


def forward_propagation(X, parameters):
    Z1 = np.asmatrix(parameters["W1"]) * np.asmatrix(X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"A1": A1, "A2": A2}


def compute_cost(A2, Y):
    return -np.sum(np.multiply(Y, np.log(A2)) + np.multiply(1 - Y, np.log(1 - A2))) / Y.shape[1]


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    A1, A2 = cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    dW2 = np.asmatrix(dZ2) * np.asmatrix(A1.T) / m
    db2 = np.sum(dZ2, axis=1) / m
    dZ1 = np.multiply(parameters["W2"].T * dZ2, 1 - np.power(A1, 2))
    dW1 = np.asmatrix(dZ1) * np.asmatrix(X.T) / m
    db1 = np.sum(dZ1, axis=1) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def update_parameters(parameters, grads, learning_rate=1.2):
    return {key: parameters[key] - learning_rate * grads["d" + key] for key in parameters}
`;

/** The training goes over the samples, and keeps the derivatives of the last one. */
const lastSample = `import numpy as np


class Network:
    def __init__(self, inputs=2, hidden=[3, 5], outputs=2):
        layers = [inputs] + hidden + [outputs]
        self.weights = [np.random.randn(layers[i], layers[i + 1]) for i in range(len(layers) - 1)]
        self.derivatives = [np.zeros((layers[i], layers[i + 1])) for i in range(len(layers) - 1)]
        self.activations = [np.zeros(each) for each in layers]

    def forward(self, given):
        self.activations[0] = given
        for i, w in enumerate(self.weights):
            given = 1 / (1 + np.exp(-np.dot(given, w)))
            self.activations[i + 1] = given
        return given

    def backward(self, error):
        for i in reversed(range(len(self.derivatives))):
            activations = self.activations[i + 1]
            delta = error * activations * (1.0 - activations)
            before = self.activations[i]
            self.derivatives[i] = np.dot(before.reshape(before.shape[0], -1), delta.reshape(delta.shape[0], -1).T)
            error = np.dot(delta, self.weights[i].T)

    def train(self, inputs, targets, epochs, learning_rate):
        for i in range(epochs):
            for j, each in enumerate(inputs):
                output = self.forward(each)
                self.backward(targets[j] - output)
                self.descend(learning_rate)

    def descend(self, learning_rate):
        for i in range(len(self.weights)):
            self.weights[i] += self.derivatives[i] * learning_rate

    def _mse(self, target, output):
        return np.average((target - output) ** 2)
`;

/** Each round moves its weights, and hands the error down through those of the round before. */
const rounds = `import numpy as np


class Classifier:
    def __init__(self, n_x, hidden, n_y):
        dims = [n_x] + hidden + [n_y]
        self.hidden = hidden
        self.weights = [np.random.randn(dims[i], dims[i + 1]) for i in range(len(dims) - 1)]
        self.biases = [np.zeros((1, dims[i + 1])) for i in range(len(dims) - 1)]

    def forward(self, X):
        self.activations, self.zs = [X], []
        for W, b in zip(self.weights, self.biases):
            self.zs.append(self.activations[-1] @ W + b)
            self.activations.append(np.maximum(0, self.zs[-1]))
        e = np.exp(self.zs[-1] - self.zs[-1].max(axis=1, keepdims=True))
        self.activations[-1] = e / e.sum(axis=1, keepdims=True)
        return self.activations[-1]

    def cross_entropy(self, y_pred, y_true):
        return -np.sum(y_true * np.log(y_pred)) / y_true.shape[0]

    def backpropagate(self, X, y, rate):
        m = X.shape[0]
        gradient = self.activations[-1] - y
        self.weights[-1] -= rate * self.activations[-2].T @ gradient / m
        self.biases[-1] -= rate * np.sum(gradient, axis=0, keepdims=True) / m
        for i in range(len(self.hidden) - 1, -1, -1):
            gradient = np.dot(gradient, self.weights[i + 1].T) * (self.zs[i] > 0)
            self.weights[i] -= rate * self.activations[i].T @ gradient / m
            self.biases[i] -= rate * np.sum(gradient, axis=0, keepdims=True) / m
`;

const shapes: Shape[] = [
  { what: 'gradients counted from 0 of parameters from 1', source: offset, mistake: ['dZ = np.dot(cache["W"].T, dZ) * (caches[layer - 1]["Z"] > 0)', 'dZ = np.dot(cache["W"].T, dZ) * caches[layer - 1]["Z"]'] },
  { what: 'gradients that are matrices', source: matrices, mistake: ['1 - np.power(A1, 2)', '1 - A1'] },
  { what: 'derivatives of the last of several samples', source: lastSample, verdict: 'convention', mistake: ['error * activations * (1.0 - activations)', 'error * (1.0 - activations)'] },
];

describe('python: what stands under another number, or of another kind', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  bindsEach(shapes, check);

  it('tells that the round before has moved the weights', async () => {
    const result = await check(rounds);
    assert.deepEqual([result.verdict, result.findings[0]?.rule, result.findings[0]?.function, result.findings[0]?.line], ['wrong', 'order', 'backpropagate', lineOf(rounds, 'gradient = np.dot(gradient')], say(result));
  });
});
