// Mistakes that a first look does not show: right for one sample or for the usual activation, covered by dropout, or seen first where they do no harm.

import assert from 'node:assert/strict';
import { changed, lineOf, pythonChecks, say } from './support';

/** The course's network whose hidden activation is told by a word. */
const worded = (slope: string): string =>
  changed('two_layers.py', [
    ['def forward_propagation(X, parameters):', 'def forward_propagation(X, parameters, activation):'],
    ['    A1 = np.tanh(Z1)\n', '    if activation == "tanh":\n        A1 = np.tanh(Z1)\n    else:\n        A1 = sigmoid(Z1)\n'],
    ['def backward_propagation(parameters, cache, X, Y, lambd):', 'def backward_propagation(parameters, cache, X, Y, lambd, activation):'],
    ['    dZ1 = np.multiply(dA1, 1 - np.power(A1, 2))\n', `    if activation == "tanh":\n        dZ1 = np.multiply(dA1, 1 - np.power(A1, 2))\n    else:\n        dZ1 = np.multiply(dA1, ${slope})\n`],
    ['def nn_model(X, Y, num_iterations=10000,', 'def nn_model(X, Y, activation, num_iterations=10000,'],
    ['cache = forward_propagation(X, parameters)\n', 'cache = forward_propagation(X, parameters, activation)\n'],
    ['cache, X, Y, 0.1)', 'cache, X, Y, 0.1, activation)'],
  ]);

/** Weights at module level, rows are samples, trained in batches. */
const batches = `import numpy as np

W1 = np.random.randn(20, 8) * 0.1
b1 = np.zeros((1, 8))
W2 = np.random.randn(8, 3) * 0.1
b2 = np.zeros((1, 3))


def forward_pass(X):
    A1 = np.tanh(X @ W1 + b1)
    scores = A1 @ W2 + b2
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return A1, e / e.sum(axis=1, keepdims=True)


def cross_entropy_loss(y_true, y_pred):
    return -np.sum(y_true * np.log(y_pred)) / y_true.shape[0]


def backward_pass(X, y_true, A1, A2):
    m = X.shape[0]
    dZ2 = A2 - y_true
    dW2 = (A1.T @ dZ2) / m
    db2 = np.sum(dZ2, axis=0, keepdims=True) / m
    dZ1 = (dZ2 @ W2.T) * (1 - A1 ** 2)
    dW1 = (X.T @ dZ1) / m
    db1 = np.sum(dZ1, axis=0, keepdims=True) / m
    return dW1, db1, dW2, db2


def train(X, y, epochs=10, batch_size=64, learning_rate=0.01):
    global W1, b1, W2, b2
    for epoch in range(epochs):
        for start in range(0, X.shape[0], batch_size):
            end = start + batch_size
            X_batch = X[start:end]
            y_batch = y[start:end]
            A1, A2 = forward_pass(X_batch)
            dW1, db1, dW2, db2 = backward_pass(X_batch, y_batch, A1, A2)
            W1 -= learning_rate * dW1
            b1 -= learning_rate * db1
            W2 -= learning_rate * dW2
            b2 -= learning_rate * db2
`;

/** One sample after the other, whose gradients are gathered for one step. */
const gathering = `import numpy as np


class NeuralNetwork:
    def __init__(self, input_nodes, hidden_nodes, output_nodes, learning_rate):
        self.weights_in = np.random.normal(0.0, 0.1, (input_nodes, hidden_nodes))
        self.weights_out = np.random.normal(0.0, 0.1, (hidden_nodes, output_nodes))
        self.lr = learning_rate

    def train(self, features, targets):
        n_records = features.shape[0]
        delta_in = np.zeros(self.weights_in.shape)
        delta_out = np.zeros(self.weights_out.shape)
        for X, y in zip(features, targets):
            outputs, hidden = self.forward_pass_train(X)
            delta_in, delta_out = self.backpropagation(outputs, hidden, X, y, delta_in, delta_out)
        self.weights_out += self.lr * delta_out / n_records
        self.weights_in += self.lr * delta_in / n_records

    def forward_pass_train(self, X):
        hidden = 1 / (1 + np.exp(-np.dot(X, self.weights_in)))
        return np.dot(hidden, self.weights_out), hidden

    def backpropagation(self, outputs, hidden, X, y, delta_in, delta_out):
        error = y - outputs
        hidden_error = np.dot(self.weights_out, error) * hidden * (1 - hidden)
        delta_in += hidden_error * X[:, None]
        delta_out += error * hidden[:, None]
        return delta_in, delta_out
`;

/** All layers in one backward pass, each with its dropout mask. */
const dropout = changed('deep_layers.py', [
  ['def L_model_forward(X, parameters):', 'def L_model_forward(X, parameters, keep_prob=1.0):\n    np.random.seed(1)'],
  ['parameters[\'b\' + str(l)], "relu")\n        caches.append(cache)', 'parameters[\'b\' + str(l)], "relu")\n        D = np.random.rand(A.shape[0], A.shape[1]) < keep_prob\n        A = A * D\n        A = A / keep_prob\n        caches.append((cache, D))'],
  ['def L_model_backward(AL, Y, caches):', 'def L_model_backward(AL, Y, caches, keep_prob):'],
  ['        dA, dW, db = linear_activation_backward(grads["dA" + str(l + 1)], caches[l], "relu")', '        cache, D = caches[l]\n        dA = grads["dA" + str(l + 1)]\n        dA = dA * D\n        dA = dA / keep_prob\n        dA, dW, db = linear_activation_backward(dA, cache, "relu")'],
  ['AL, caches = L_model_forward(X, parameters)\n', 'AL, caches = L_model_forward(X, parameters, 0.8)\n'],
  ['grads = L_model_backward(AL, Y, caches)', 'grads = L_model_backward(AL, Y, caches, 0.8)'],
]);

/** Two costs, and an L2 term in the gradient: only one of them belongs to it. */
const penalized = changed('deep_layers.py', [
  ['def linear_backward(dZ, cache):', 'def compute_cost_with_regularization(AL, Y, parameters, lambd):\n    L2_cost = sum(np.sum(np.square(parameters["W" + str(l)])) for l in range(1, len(parameters) // 2 + 1))\n    return compute_cost(AL, Y) + lambd / (2 * Y.shape[1]) * L2_cost\n\ndef linear_backward(dZ, cache, lambd):'],
  ['dW = np.dot(dZ, A_prev.T) / m', 'dW = np.dot(dZ, A_prev.T) / m + lambd / m * W'],
  ['def linear_activation_backward(dA, cache, activation):', 'def linear_activation_backward(dA, cache, activation, lambd):'],
  ['linear_backward(dZ, linear_cache)', 'linear_backward(dZ, linear_cache, lambd)'],
  ['def L_model_backward(AL, Y, caches):', 'def L_model_backward(AL, Y, caches, lambd):'],
  ['caches[L-1], "sigmoid")', 'caches[L-1], "sigmoid", lambd)'],
  ['caches[l], "relu")', 'caches[l], "relu", lambd)'],
]).split('def L_layer_model')[0]!;

/** Each branch goes on to the linear layer by itself. */
const branched = changed('deep_layers.py', [
  ['        dZ = relu_backward(dA, activation_cache)\n', '        dZ = relu_backward(dA, activation_cache)\n        dA_prev, dW, db = linear_backward(dZ, linear_cache)\n'],
  ['        dZ = sigmoid_backward(dA, activation_cache)\n    return linear_backward(dZ, linear_cache)\n', '        dZ = sigmoid_backward(dA, activation_cache)\n        dA_prev, dW, db = linear_backward(dZ, linear_cache)  # of the sigmoid\n    return dA_prev, dW, db\n'],
]);

/** The two layers in one training function. */
const two = `${changed('deep_layers.py', []).split('def L_model_forward')[0]!}
def compute_cost(AL, Y):
    return np.squeeze(-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1])

def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T) / m, np.sum(dZ, axis=1, keepdims=True) / m

def linear_activation_backward(dA, cache, activation):
    linear_cache, activation_cache = cache
    dZ = relu_backward(dA, activation_cache) if activation == "relu" else sigmoid_backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache)

def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000):
    parameters = initialize_parameters_deep(layers_dims)
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    for i in range(num_iterations):
        A1, cache1 = linear_activation_forward(X, W1, b1, "relu")
        A2, cache2 = linear_activation_forward(A1, W2, b2, "sigmoid")
        cost = compute_cost(A2, Y)
        dA2 = -(np.divide(Y, A2) - np.divide(1 - Y, 1 - A2))
        dA1, dW2, db2 = linear_activation_backward(dA2, cache2, "sigmoid")
        dA0, dW1, db1 = linear_activation_backward(dA1, cache1, "relu")
        W1 = W1 - learning_rate * dW1
        b1 = b1 - learning_rate * db1
        W2 = W2 - learning_rate * dW2
        b2 = b2 - learning_rate * db2
`;

/** Parameters that an object of another class makes. */
const elsewhere = changed('deep_layers.py', [
  ['def linear_forward(', 'class Initialization:\n    def __init__(self, dims):\n        self.dims = dims\n\n    def compute(self):\n        parameters = {}\n        for l in range(1, len(self.dims)):\n            parameters["W" + str(l)] = np.random.randn(self.dims[l], self.dims[l-1])\n            parameters["b" + str(l)] = np.zeros((self.dims[l], 1))\n        return parameters\n\ndef linear_forward('],
  ['    parameters = initialize_parameters_deep(layers_dims)\n', '    parameters = Initialization(layers_dims).compute()\n'],
  ['linear_activation_backward(dAL, caches[L-1], "sigmoid")', 'linear_activation_backward(dAL, caches[L-1], "sigmoid")\n    grads["db" + str(L)] = np.sum(AL - Y, axis=1, keepdims=True) / Y.shape[1]'],
]).replace(/def initialize_parameters_deep[^]*?(?=class Init)/, '');

/** Both models of the course: the training of the two layers has a loss derivative of its own. */
const beside = `${changed('deep_layers.py', []).split('def L_layer_model')[0]!}${two.slice(two.indexOf('def two_layer_model'))}

def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000):
    parameters = initialize_parameters_deep(layers_dims)
    for i in range(0, num_iterations):
        AL, caches = L_model_forward(X, parameters)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters
`;

/** A word for each layer; tanh is never the first that is tried. */
const listed = (slope: string): string => `import numpy as np


class Network:
    def __init__(self, layers, activations):
        self.num_layers = len(layers)
        self.activations = activations
        self.parameters = {}
        for l in range(1, len(layers)):
            self.parameters["W" + str(l)] = np.random.randn(layers[l], layers[l - 1])
            self.parameters["b" + str(l)] = np.zeros((layers[l], 1))

    def forward_propagation(self, X):
        A, kept = X, {"A0": X}
        for l in range(1, self.num_layers):
            Z = np.dot(self.parameters["W" + str(l)], A) + self.parameters["b" + str(l)]
            if self.activations[l - 1] == "sigmoid":
                A = 1 / (1 + np.exp(-Z))
            elif self.activations[l - 1] == "tanh":
                A = np.tanh(Z)
            kept["A" + str(l)] = A
        return A, kept

    def compute_cost(self, A, Y):
        return -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / Y.shape[1]

    def backward_propagation(self, A, Y, kept):
        grads = {}
        dA = -(np.divide(Y, A) - np.divide(1 - Y, 1 - A))
        for l in reversed(range(1, self.num_layers)):
            A = kept["A" + str(l)]
            if self.activations[l - 1] == "sigmoid":
                dZ = dA * A * (1 - A)
            elif self.activations[l - 1] == "tanh":
                dZ = ${slope}
            grads["dW" + str(l)] = np.dot(dZ, kept["A" + str(l - 1)].T) / Y.shape[1]
            grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / Y.shape[1]
            dA = np.dot(self.parameters["W" + str(l)].T, dZ)
        return grads
`;

const edit = (source: string, from: string, to: string): string => {
  assert.equal(source.split(from).length, 2, from);
  return source.replace(from, () => to);
};

describe('mistakes in disguise', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const [what, source] of [
    ['an activation told by a word', worded('A1 * (1 - A1)')],
    ['batches of globals', batches],
    ['gradients that are gathered sample by sample', gathering],
    ['dropout masks in the caches', dropout],
    ['two costs, of which one has the L2 term', penalized],
    ['branches that each go on to the linear layer', branched],
    ['two layers in one training', two],
    ['parameters that an object makes', elsewhere],
    ['two models beside each other', beside],
    ['a word for each layer', listed('dA * (1 - A ** 2)')],
    ['a word that is the default', worded('A1 * (1 - A1)').replaceAll('activation):', 'activation="tanh"):')],
  ] as const) {
    it(`is silent on ${what}`, async () => {
      const found = await check(source);
      assert.equal(found.verdict, 'correct', say(found));
    });
  }

  for (const [what, source, name, at] of [
    ['the slope of another word', worded('A1 * (1 + A1)'), 'backward_propagation', '        dZ1 = np.multiply(dA1, A1 * (1 + A1))'],
    ['a gradient that forgets the samples before', edit(gathering, 'delta_in += hidden_error', 'delta_in = hidden_error'), 'backpropagation', '        delta_in = hidden_error'],
    ['a dropout mask that is left out before the activation goes backward', edit(dropout, '        dA = dA * D\n', ''), 'L_model_backward', '        dA, dW, db = linear_act'],
    ['an L2 term at twice the scale of the cost that has it', edit(penalized, 'lambd / m * W', '2 * lambd / m * W'), 'linear_backward', '    dW = np.dot'],
    ['dA handed on in the branch that computes dZ', edit(branched, 'linear_backward(dZ, linear_cache)  # of', 'linear_backward(dA, linear_cache)  # of'), 'linear_activation_backward', '        dA_prev, dW, db = linear_backward(dA'],
    ['a sign that the training turns before its helpers', edit(two, 'dA2 = -(np.divide(Y, A2) - np.divide(1 - Y, 1 - A2))', 'dA2 = np.divide(Y, A2) - np.divide(1 - Y, 1 - A2)'), 'two_layer_model', '        dA2 = np.divide'],
    ['the loss derivative of the second model', edit(beside, 'np.divide(Y, A2) - np', 'np.divide(Y, A2) + np'), 'two_layer_model', '        dA2 = -('],
    ['another activation asked for in the second model', edit(beside, 'linear_activation_backward(dA1, cache1, "relu")', 'linear_activation_backward(dA1, cache1, "sigmoid")'), 'two_layer_model', '        dA0, dW1, db1 ='],
    ['weights that are not turned', changed('deep_layers.py', [['dA_prev = np.dot(W.T, dZ)', 'dA_prev = np.dot(W, dZ)']]), 'linear_backward', '    dA_prev = np.dot(W, dZ)'],
    ['the slope of one word in a list', listed('dA * (1 - A)'), 'backward_propagation', '                dZ = dA * (1 - A)'],
    ['the slope of the default word', worded('A1 * (1 - A1)').replaceAll('activation):', 'activation="tanh"):').replace('1 - np.power(A1, 2)', '1 - A1'), 'backward_propagation', '        dZ1 = np.multiply(dA1, 1 - A1)'],
    ['an L2 term that only the cost has, beside a cost without it', edit(penalized, ' + lambd / m * W', ''), 'linear_backward', '    dW = np.dot'],
    ['weights that are moved up where biases are moved down', edit(two, 'W1 = W1 - learning_rate * dW1', 'W1 = W1 + learning_rate * dW1').replace('W2 = W2 - learning_rate * dW2', 'W2 = W2 + learning_rate * dW2'), 'two_layer_model', '        W1 = W1 + learning'],
    ['a bias that the step makes a matrix', edit(elsewhere, 'np.sum(AL - Y, axis=1', 'np.sum(AL - Y, axis=0'), 'L_model_backward', '    grads["db" + str(L)] = np.sum'],
  ] as const) {
    it(`tells ${what}`, async () => {
      const found = await check(source);
      assert.equal(found.verdict, 'wrong', say(found));
      const error = found.findings.find((each) => each.severity === 'error');
      assert.equal(error?.function, name, say(found));
      assert.equal(error.line, lineOf(source, at), say(found));
    });
  }

  for (const [what, source, at] of [
    ['the batches that stop', edit(batches, '(A1.T @ dZ2)', '(A1.T * dZ2)'), '    dW2 = (A1.T'],
    ['a shape that is asserted', changed('deep_layers.py', [['    db = np.sum(dZ, axis=1, keepdims=True) / m\n', '    db = dZ / m\n    assert db.shape == b.shape\n']]), '    assert db.shape'],
  ] as const) {
    it(`does not take one sample for ${what}`, async () => {
      const found = await check(source);
      assert.equal(found.verdict, 'cannot run', say(found));
      assert.equal(found.findings[0]?.line, lineOf(source, at));
    });
  }
});
