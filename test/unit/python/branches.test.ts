// Mistakes that hide where the check did not look: a branch that the default does not take, dropout that is off, a count along another axis, a step
// that leaves a layer out, what an optimizer gathers, a second backward pass.

import assert from 'node:assert/strict';
import { changed, lineOf, pythonChecks, say } from './support';

/** A class with a choice of activations, dropout while it trains, and gradients in dictionaries; samples are rows. */
const network = `import numpy as np


class Network:
    def __init__(self, sizes, activation="relu", dropout=0.2):
        self.activation = activation
        self.dropout = dropout
        self.L = len(sizes) - 1
        self.W, self.b, self.dW, self.db = {}, {}, {}, {}
        for l in range(1, self.L + 1):
            self.W[l] = np.random.randn(sizes[l - 1], sizes[l]) * 0.1
            self.b[l] = np.zeros((1, sizes[l]))

    def forward(self, X, training=False):
        self.A, self.Z, self.masks = {0: X}, {}, {}
        for l in range(1, self.L):
            self.Z[l] = self.A[l - 1] @ self.W[l] + self.b[l]
            self.A[l] = np.maximum(0, self.Z[l]) if self.activation == "relu" else np.tanh(self.Z[l])
            if training and self.dropout > 0:
                self.masks[l] = (np.random.rand(*self.A[l].shape) > self.dropout) / (1 - self.dropout)
                self.A[l] = self.A[l] * self.masks[l]
        logits = self.A[self.L - 1] @ self.W[self.L] + self.b[self.L]
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        self.A[self.L] = e / e.sum(axis=1, keepdims=True)
        return self.A[self.L]

    def loss(self, X, Y):
        P = self.forward(X, training=False)
        return -np.sum(Y * np.log(P)) / X.shape[0]

    def backward(self, Y):
        m = Y.shape[0]
        dZ = self.A[self.L] - Y
        for l in range(self.L, 0, -1):
            self.dW[l] = self.A[l - 1].T @ dZ / m
            self.db[l] = np.sum(dZ, axis=0, keepdims=True) / m
            if l > 1:
                dA = dZ @ self.W[l].T
                if l - 1 in self.masks:
                    dA = dA * self.masks[l - 1]
                if self.activation == "relu":
                    dZ = dA * (self.Z[l - 1] > 0)
                else:
                    dZ = dA * (1 - np.tanh(self.Z[l - 1]) ** 2)
`;

/** A second backward pass beside that of the fixture. */
const second = `

def backward_propagation_with_regularization(parameters, cache, X, Y, lambd):
    m = X.shape[1]
    W1 = parameters["W1"]
    W2 = parameters["W2"]
    dZ2 = np.sum(cache["A2"] - Y)
    dW2 = np.dot(dZ2, cache["A1"].T) / m + lambd / m * W2
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(cache["A1"], 2))
    dW1 = np.dot(dZ1, X.T) / m + lambd / m * W1
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
`;

/** Momentum, whose memory belongs to each parameter. */
const momentum = `

def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for l in range(len(parameters) // 2):
        v["dW" + str(l + 1)] = beta * v["dW" + str(l + 1)] + (1 - beta) * grads["dW" + str(l + 1)]
        v["db" + str(l + 1)] = beta * v["db" + str(l + 1)] + (1 - beta) * grads["db" + str(l + 1)]
        parameters["W" + str(l + 1)] -= learning_rate * v["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] -= learning_rate * v["db" + str(l + 1)]
    return parameters, v
`;

/** Activations that are handed in, one function for a layer, which give their derivative where that is asked for. */
const handed = `import numpy as np


class Network:
    def __init__(self, layer_sizes, activation_functions):
        self.num_layers = len(layer_sizes)
        self.weights = [np.random.randn(layer_sizes[i], layer_sizes[i - 1]) for i in range(1, self.num_layers)]
        self.biases = [np.random.randn(layer_sizes[i], 1) for i in range(1, self.num_layers)]
        self.activation_functions = activation_functions

    def forward_propagation(self, X):
        activations, z_values = [X], []
        for i in range(self.num_layers - 1):
            z = np.dot(self.weights[i], activations[-1]) + self.biases[i]
            z_values.append(z)
            activations.append(self.activation_functions[i](z))
        return activations, z_values

    def backward_propagation(self, X, y, activations, z_values, learning_rate):
        m = X.shape[1]
        d_weights = [np.zeros(w.shape) for w in self.weights]
        d_biases = [np.zeros(b.shape) for b in self.biases]
        delta = (activations[-1] - y) * self.activation_functions[-1](z_values[-1], derivative=True)
        d_weights[-1] = np.dot(delta, activations[-2].T) / m
        d_biases[-1] = np.sum(delta, axis=1, keepdims=True) / m
        for l in range(2, self.num_layers):
            delta = np.dot(self.weights[-l + 1].T, delta) * self.activation_functions[-l](z_values[-l], derivative=True)
            d_weights[-l] = np.dot(delta, activations[-l - 1].T) / m
            d_biases[-l] = np.sum(delta, axis=1, keepdims=True) / m
        self.weights = [w - learning_rate * dw for w, dw in zip(self.weights, d_weights)]
        self.biases = [b - learning_rate * db for b, db in zip(self.biases, d_biases)]

    def half_squares(self, y_hat, y):
        return np.sum((y_hat - y) ** 2) / (2 * y.shape[1])
`;

/** Layers that a training goes through backwards, each of which makes its step at once. */
const stacked = `import numpy as np


class Layer:
    def __init__(self, n_input, n_output):
        self.weight = np.random.randn(n_input, n_output)
        self.bias = np.random.randn(1, n_output)

    def forward_pass(self, input_value):
        self.input_value = input_value
        self.a = np.tanh(input_value @ self.weight + self.bias)
        return self.a

    def back_prop(self, error, learning_rate):
        before = self.weight.copy()
        delta = error * (1 - self.a ** 2)
        self.weight = self.weight - learning_rate * self.input_value.T @ delta
        self.bias = self.bias - learning_rate * np.sum(delta, axis=0, keepdims=True)
        error_to_pass = np.dot(delta, before.T)
        return error_to_pass


class Network:
    def __init__(self):
        self.layer_list = []

    def add_layer(self, inp, out):
        self.layer_list.append(Layer(inp, out))

    def train(self, X, Y, alpha=0.01, epochs=100):
        losses = []
        for i in range(epochs):
            data = X
            for layer in self.layer_list:
                data = layer.forward_pass(data)
            loss = np.mean((data - Y) ** 2)
            losses.append(loss)
            error = (data - Y) * (2 / data.size)
            for layer in self.layer_list[::-1]:
                error = layer.back_prop(error, alpha)
        return losses
`;

const edit = (source: string, from: string, to: string): string => {
  assert.equal(source.split(from).length, 2, from);
  return source.replace(from, () => to);
};

describe('what hides where the check did not look', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  const two = (from: string, to: string, more = ''): string => changed('two_layers.py', [[from, to]]) + more;
  const deep = (from: string, to: string): string => changed('deep_layers.py', [[from, to]]);

  for (const [what, source] of [
    ['a class with words, dropout and dictionaries', network],
    ['activations that are handed in and give their derivative where asked', handed],
    ['layers that make their step at once', stacked],
    ['momentum', changed('deep_layers.py', []) + momentum],
    ['momentum in a table of gradients', changed('deep_layers.py', []) + momentum.replace(/\bv\b/g, 'grads_v').replaceAll('["dW"', "['dW'").replaceAll('["db"', "['db'")],
    ['biases that stay on purpose', changed('deep_layers.py', [['        parameters["b" + str(l+1)] = parameters["b" + str(l+1)] - learning_rate * grads["db" + str(l+1)]\n', '']])],
  ] as const) {
    it(`is silent on ${what}`, async () => {
      const found = await check(source);
      assert.equal(found.verdict, 'correct', say(found));
    });
  }

  for (const [what, source, name, at] of [
    ['a branch that the default does not take', edit(network, 'dA * (1 - np.tanh(self.Z[l - 1]) ** 2)', 'dA * (1 - self.Z[l - 1] ** 2)'), 'backward', 'dZ = dA * (1 - self.Z'],
    ['the derivative missing in that branch', edit(network, 'dA * (1 - np.tanh(self.Z[l - 1]) ** 2)', 'dA * 1'), 'backward', 'dZ = dA * 1'],
    ['a mask that is left out of a network whose loss runs it without dropout', edit(network, 'dA = dA * self.masks[l - 1]', 'dA = dA * 1'), 'backward', undefined],
    ['db of hidden layers as one number, in a dictionary', edit(network, 'self.db[l] = np.sum(dZ, axis=0, keepdims=True) / m', 'self.db[l] = np.sum(dZ) / m if l < self.L else np.sum(dZ, axis=0, keepdims=True) / m').replaceAll('self.b', 'self.biases').replaceAll('self.W', 'self.weights'), 'backward', 'self.db[l] = np.sum(dZ) / m if'],
    ['m along the features', two('m = X.shape[1]', 'm = X.shape[0]'), 'backward_propagation', 'm = X.shape[0]'],
    ['m along the units of each layer', deep('m = A_prev.shape[1]', 'm = A_prev.shape[0]'), 'linear_backward', 'm = A_prev.shape[0]'],
    ['the backward function of another activation', deep('dZ = sigmoid_backward(dA, activation_cache)', 'dZ = relu_backward(dA, activation_cache)  # slip'), 'linear_activation_backward', '        dZ = relu_backward(dA, activation_cache)  # slip'],
    ['another activation that is asked for', deep('linear_activation_backward(dAL, caches[L-1], "sigmoid")', 'linear_activation_backward(dAL, caches[L-1], "relu")'), 'L_model_backward', '    grads["dA" + str(L-1)], grads'],
    ['dA handed on where dZ was computed', deep('linear_backward(dZ, linear_cache)', 'linear_backward(dA, linear_cache)'), 'linear_activation_backward', '    return linear_backward(dA'],
    ['1/m twice beside an L2 term', two('dZ2 = A2 - Y', 'dZ2 = (A2 - Y) / m'), 'backward_propagation', 'dZ2 = (A2 - Y) / m'],
    ['an update that leaves the last layer out', deep('    for l in range(L):\n', '    for l in range(L - 1):\n'), 'update_parameters', '    for l in range(L - 1):'],
    ['an update that leaves the first layer out', deep('    for l in range(L):\n', '    for l in range(1, L):\n'), 'update_parameters', '    for l in range(1, L):\n        parameters["W" + str(l+1)] = p'],
    ['an update that returns in its loop', deep('    return parameters\n\n\ndef L_layer_model', '        return parameters\n\n\ndef L_layer_model'), 'update_parameters', '        return parameters\n\n\ndef L_layer_model'],
    ['weights that no step moves', deep('        parameters["W" + str(l+1)] = parameters["W" + str(l+1)] - learning_rate * grads["dW" + str(l+1)]\n', ''), 'update_parameters', 'def update_parameters'],
    ['b moved by dW in a loop', deep('learning_rate * grads["db" + str(l+1)]', 'learning_rate * grads["dW" + str(l+1)]'), 'update_parameters', '    parameters["b" + str(l+1)] ='],
    ['a memory that gathers the gradient of another', changed('deep_layers.py', []) + edit(momentum, '(1 - beta) * grads["db"', '(1 - beta) * grads["dW"'), 'update_parameters_with_momentum', '    v["db" + str(l + 1)] ='],
  ] as const) {
    it(`tells ${what}`, async () => {
      const found = await check(source);
      assert.equal(found.verdict, 'wrong', say(found));
      const errors = found.findings.filter((each) => each.severity === 'error');
      assert.ok(errors.some((each) => each.function === name && (at === undefined || each.line === lineOf(source, at))), say(found));
    });
  }

  it('says which word was asked for', async () => {
    const found = await check(edit(network, 'dA * (1 - np.tanh(self.Z[l - 1]) ** 2)', 'dA * 1'));
    assert.ok(found.findings.some((each) => each.message.includes("activation = 'sigmoid'")), say(found));
  });

  it('reads 1/m twice within one backward pass only, and not in an L2 term', async () => {
    const apart = `import numpy as np

W = np.ones((3, 4))


def first_backward(A, Y, X, m, lambd):
    dZ = (A - Y) / m
    dW = np.dot(dZ, X.T) + lambd * W / m
    return dW


def second_backward(A, Y, X, m):
    dZ = A - Y
    dW = np.dot(dZ, X.T) / m
    return dW
`;
    assert.equal((await check(apart)).verdict, 'not bound');
    assert.equal((await check(edit(apart, '+ lambd * W / m', '/ m'))).verdict, 'wrong');
  });

  it('finds a misspelt name where the script trains', async () => {
    const source = `import numpy as np


def relu(z):
    return np.maximum(0, z)


X = np.random.randn(7, 3)
target = np.random.rand(7, 2)
w = np.random.randn(3, 2)
for i in range(100):
    z = X @ w
    a = relu(z)
    delta = (a - target_) * (z > 0)
    w -= 0.1 * X.T @ delta / 7
`;
    const found = await check(source);
    assert.equal(found.verdict, 'cannot run', say(found));
    assert.equal(found.findings[0]?.line, lineOf(source, '    delta ='));
  });

  it('finds where a training stops below the layer that it has moved', async () => {
    const source = edit(stacked, 'np.dot(delta, before.T)', 'np.dot(delta, before)');
    const found = await check(source);
    assert.equal(found.verdict, 'cannot run', say(found));
    assert.deepEqual([found.findings[0]?.function, found.findings[0]?.line], ['back_prop', lineOf(source, '        error_to_pass =')]);
  });

  it('finds where a second backward pass stops, as the samples lie for the first', async () => {
    const found = await check(changed('two_layers.py', []) + second);
    assert.equal(found.verdict, 'cannot run', say(found));
    assert.equal(found.findings[0]?.function, 'backward_propagation_with_regularization');
  });
});
