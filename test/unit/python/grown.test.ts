// Networks that get their layers by calls and their weights in the training itself.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say, type Shape } from './support';

/** Layers are announced by their number of units; [nan] keeps the place of the input. */
const announced = `import numpy as np


class NeuralNetwork:
    def __init__(self, learning_rate=0.04):
        self.W, self.b, self.Z, self.A = [np.nan], [np.nan], [np.nan], [np.nan]
        self.layer_units, self.layer_activations = [0], [None]
        self.loss = 0.0
        self.learning_rate = learning_rate

    def add_layer(self, units, activation='tanh'):
        self.layer_units.append(units)
        self.layer_activations.append(activation)

    def activate(self, z, activation, slope=False):
        if activation == 'tanh':
            return 1 - np.tanh(z) ** 2 if slope else np.tanh(z)
        elif activation == 'softmax':
            e = np.exp(z - np.max(z, axis=0, keepdims=True))
            return e / np.sum(e, axis=0, keepdims=True)

    def initialize_params(self, X_input):
        self.layer_units[0] = X_input.shape[0]
        for l in range(1, len(self.layer_units)):
            self.W.append(np.random.randn(self.layer_units[l], self.layer_units[l - 1]))
            self.b.append(np.zeros((self.layer_units[l], 1)))
            self.Z.append(None)
            self.A.append(None)

    def forward_propagate(self):
        for l in range(1, len(self.layer_units)):
            self.Z[l] = np.dot(self.W[l], self.A[l - 1]) + self.b[l]
            self.A[l] = self.activate(self.Z[l], self.layer_activations[l])

    def calculate_loss(self, actual):
        assert self.layer_activations[-1] == 'softmax', 'the last layer must be softmax'
        self.loss = -np.sum(actual * np.log(self.A[-1])) / actual.shape[1]

    def output_dZ(self, actual):
        return self.A[-1] - actual

    def backward_propagate(self, actual):
        m, last = actual.shape[1], len(self.layer_units) - 1
        dZ = self.output_dZ(actual)
        for l in range(last, 0, -1):
            dW = np.dot(dZ, self.A[l - 1].T) / m
            dB = np.sum(dZ, axis=1, keepdims=True) / m
            if l > 1:
                dZ = np.dot(self.W[l].T, dZ) * self.activate(self.Z[l - 1], self.layer_activations[l - 1], True)
            self.W[l] = self.W[l] - self.learning_rate * dW
            self.b[l] = self.b[l] - self.learning_rate * dB

    def train(self, x_train, y_train, iterations=1):
        self.A[0] = x_train
        self.initialize_params(x_train)
        for i in range(iterations):
            self.forward_propagate()
            self.calculate_loss(y_train)
            self.backward_propagate(y_train)
            print('iteration', i, self.loss)
`;

/** Methods of their own for the input and the output. */
const byEnds = `import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_der(A):
    return A * (1 - A)


def relu(z):
    return np.maximum(0, z)


def relu_der(A):
    return (A > 0) * 1.0


class MultiLayer:
    def __init__(self):
        self.layer_size, self.act_func, self.act_der = [], [], []
        self.w, self.b, self.prev = [], [], []

    def addLayerInput(self, size):
        self.layer_size.append(size)

    def addHiddenLayer(self, size, act_func=relu):
        self.layer_size.append(size)
        self.act_func.append(act_func)
        self.act_der.append(sigmoid_der if act_func == sigmoid else relu_der)

    def addOutputLayer(self, size, act_func=sigmoid):
        self.addHiddenLayer(size, act_func)

    def initialize_parameters(self):
        for l in range(1, len(self.layer_size)):
            self.w.append(np.random.randn(self.layer_size[l], self.layer_size[l - 1]))
            self.b.append(np.zeros((self.layer_size[l], 1)))

    def forward_propagation(self, X):
        self.prev = [X]
        for i in range(len(self.layer_size) - 1):
            self.prev.append(self.act_func[i](np.dot(self.w[i], self.prev[i]) + self.b[i]))
        return self.prev[-1]

    def compute_cost(self, A, Y):
        return -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / Y.shape[1]

    def backward_propagation(self, X, Y):
        m, grads = X.shape[1], {}
        dz = self.prev[-1] - Y
        for i in range(len(self.w), 0, -1):
            grads["dW" + str(i)] = np.dot(dz, self.prev[i - 1].T) / m
            grads["db" + str(i)] = np.sum(dz, axis=1, keepdims=True) / m
            if i != 1:
                dz = np.dot(self.w[i - 1].T, dz) * self.act_der[i - 2](self.prev[i - 1])
        return grads

    def update_parameters(self, grads, learning_rate=1.2):
        for i in range(len(self.w)):
            self.w[i] = self.w[i] - learning_rate * grads["dW" + str(i + 1)]
            self.b[i] = self.b[i] - learning_rate * grads["db" + str(i + 1)]
`;

describe('networks that grow', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  bindsEach(
    [
      { what: 'layers that are announced by their units', source: announced, mistake: ['return self.A[-1] - actual', 'return -actual * (1 - self.A[-1])'] },
      { what: 'layers that are added by methods for the input, between, and the output', source: byEnds, mistake: ['return (A > 0) * 1.0', 'return A * 1.0'] },
      { what: 'weights that a training draws and scales in place', source: announced.replace("            self.b.append(", '            self.W[l] *= 0.1\n            self.b.append('), mistake: ['- np.tanh(z) ** 2', '- np.tanh(z)'] },
    ],
    check,
  );

  it('tells the mistake of the output layer first, and what is wrong below it', async () => {
    const source = announced.replace('return self.A[-1] - actual', 'return -actual * (1 - self.A[-1])').replace('- np.tanh(z) ** 2', '- np.tanh(z)');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.deepEqual(
      result.findings.filter((each) => each.severity === 'error').map((each) => each.line),
      [lineOf(source, 'return -actual'), lineOf(source, 'return 1 - np.tanh')],
      say(result),
    );
  });
});

/** One argument has both ends of a layer. */
const shaped = `import numpy as np

class Net:
    def __init__(self):
        self.weights, self.biases = [], []

    def add_layer(self, shape):
        self.weights.append(np.random.randn(shape[0], shape[1]))
        self.biases.append(np.zeros((1, shape[1])))

    def forward(self, X):
        self.A = [X]
        for W, b in zip(self.weights, self.biases):
            self.A.append(1 / (1 + np.exp(-(self.A[-1] @ W + b))))
        return self.A[-1]

    def backward(self, Y):
        self.dW, self.db = [], []
        delta = (self.A[-1] - Y) * self.A[-1] * (1 - self.A[-1])
        for l in reversed(range(len(self.weights))):
            self.dW.insert(0, self.A[l].T @ delta)
            self.db.insert(0, delta.sum(axis=0, keepdims=True))
            delta = delta @ self.weights[l].T * self.A[l] * (1 - self.A[l])
`;

/** A training that is told the widths, and keeps its costs in a list, adds no layer. */
const trained = `import numpy as np


class Network:
    def __init__(self):
        self.costs = []

    def train(self, X, Y, layer_dims, epochs=100, rate=0.01):
        layer_dims.insert(0, X.shape[0])
        self.layer_dims = layer_dims
        params = self.initialize()
        for i in range(epochs):
            kept = self.forward(params, X)
            self.costs.append(self.cost(kept["A" + str(len(layer_dims) - 1)], Y))
            grads = self.backward(params, kept, Y)
            params = self.update(params, grads, rate)
        self.learned = params

    def update(self, params, grads, rate):
        for key in params:
            params[key] = params[key] - rate * grads["d" + key]
        return params

    def initialize(self):
        params = {}
        for l in range(1, len(self.layer_dims)):
            params["W" + str(l)] = np.random.randn(self.layer_dims[l], self.layer_dims[l - 1])
            params["b" + str(l)] = np.zeros((self.layer_dims[l], 1))
        return params

    def forward(self, params, X):
        kept = {"A0": X}
        for l in range(1, len(self.layer_dims)):
            kept["A" + str(l)] = 1 / (1 + np.exp(-(np.dot(params["W" + str(l)], kept["A" + str(l - 1)]) + params["b" + str(l)])))
        return kept

    def cost(self, AL, Y):
        return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))

    def backward(self, params, kept, Y):
        grads, last = {}, len(self.layer_dims) - 1
        dZ = kept["A" + str(last)] - Y
        for l in range(last, 0, -1):
            A_prev = kept["A" + str(l - 1)]
            grads["dW" + str(l)] = np.dot(dZ, A_prev.T) / Y.size
            grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / Y.size
            dZ = np.dot(params["W" + str(l)].T, dZ) * A_prev * (1 - A_prev)
        return grads
`;

describe('python: layers that are added by their shape', function () {
  this.timeout(60_000);
  const shapes = [
    { what: 'a network whose layers are added by their shape', source: shaped, mistake: ['delta @ self.weights[l].T * self.A[l] * (1 - self.A[l])', 'delta @ self.weights[l].T * self.A[l]'] },
    { what: 'a training that is told the widths', source: trained, mistake: ['* A_prev * (1 - A_prev)', '* A_prev'] },
  ] satisfies Shape[];
  bindsEach(shapes, pythonChecks());
});
