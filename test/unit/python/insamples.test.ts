// Correct networks that were told wrong, or could not be put together, for how they take their samples: in pairs, one by one, out of one table.

import { bindsEach, pythonChecks } from './support';

const handedError = `import numpy as np


class MLP:
    def __init__(self, shape):
        self.biases = [np.random.randn(y, 1) for y in shape[1:]]
        self.weights = [np.random.randn(x, y) for x, y in zip(shape[1:], shape[:-1])]
        self.activations = [np.zeros((y, 1)) for y in shape]
        self.derivatives = [np.zeros((x, y)) for x, y in zip(shape[1:], shape[:-1])]

    def feed_forward(self, a):
        self.activations[0] = a
        for i, (b, w) in enumerate(zip(self.biases, self.weights)):
            a = sigmoid(np.dot(w, a) + b)
            self.activations[i + 1] = a
        return a

    def back_prop(self, error):
        for i in reversed(range(len(self.derivatives))):
            delta = error * slope(self.activations[i + 1])
            self.derivatives[i] = np.dot(delta, self.activations[i].T)
            error = np.dot(self.weights[i].T, delta)
        return error

    def descend(self, learning_rate):
        for i in range(len(self.weights)):
            self.weights[i] += self.derivatives[i] * learning_rate

    def train(self, inputs, targets, epochs, learning_rate):
        for epoch in range(epochs):
            total = 0
            for j, (one, target) in enumerate(zip(inputs, targets)):
                output = self.feed_forward(np.array([[one[0]], [one[1]]]))
                error = target - output
                self.back_prop(error)
                self.descend(learning_rate)
                total += np.average((target - output) ** 2)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def slope(x):
    return x * (1.0 - x)
`;

const vectors = `import numpy as np


class Weights:
    def __init__(self, n_in, n_out):
        self.n_in, self.n_out = n_in, n_out
        self.values = np.random.normal(0, 0.5, (n_in, n_out))

    def forward(self, X):
        self.given = X
        return np.dot(X, self.values)

    def backward(self, grad):
        self.grad = np.dot(self.given.reshape(self.n_in, -1), grad.reshape(-1, self.n_out))
        return np.dot(grad, self.values.T)

    def update(self):
        self.values -= 0.1 * self.grad


class Sigmoid:
    def forward(self, X):
        self.out = 1 / (1 + np.exp(-X))
        return self.out

    def backward(self, grad):
        return grad * self.out * (1 - self.out)


class Network:
    def __init__(self, structure):
        self.layers = []
        for n_in, n_out in zip(structure[:-1], structure[1:]):
            self.layers += [Weights(n_in, n_out), Sigmoid()]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        self.output = X
        return X

    def backward(self, y):
        gradient = self.output - y
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)
        return gradient

    def update(self):
        for layer in self.layers[::2]:
            layer.update()
`;

const unzipped = `import numpy as np


def linear(a):
    return a


def linear_prime(a):
    return np.ones(a.shape)


def tanh(a):
    return np.tanh(a)


def tanh_prime(a):
    return 1.0 - np.tanh(a) ** 2


def softmax(a):
    e = np.exp(a - np.max(a, axis=0))
    return e / np.sum(e, axis=0)


class NN:
    def __init__(self, sizes, kind):
        self.sizes = sizes
        self.g, self.g_prime = globals()[kind], globals()[kind + "_prime"]
        self.Ws = [np.random.randn(y, x) for x, y in zip(sizes[:-1], sizes[1:])]
        self.bs = [np.zeros((y, 1)) for y in sizes[1:]]

    def forward_prop(self, x):
        outs, sums = [x], []
        for l, (W, b) in enumerate(zip(self.Ws, self.bs)):
            sums.append(np.dot(W, outs[-1]) + b)
            outs.append(softmax(sums[-1]) if l == len(self.Ws) - 1 else self.g(sums[-1]))
        return outs, sums

    def backward_prop(self, batch):
        x, y = zip(*batch)
        x, y = np.hstack(x), np.hstack(y)
        outs, sums = self.forward_prop(x)
        nabla_W, nabla_b = [None] * len(self.Ws), [None] * len(self.Ws)
        delta = outs[-1] - y
        for l in range(len(self.Ws) - 1, -1, -1):
            nabla_W[l] = np.dot(delta, outs[l].T)
            nabla_b[l] = np.sum(delta, axis=1).reshape(self.bs[l].shape)
            if l > 0:
                delta = np.dot(self.Ws[l].T, delta) * self.g_prime(sums[l - 1])
        return nabla_W, nabla_b

    def step(self, batch, alpha):
        nabla_W, nabla_b = self.backward_prop(batch)
        self.Ws = [W - alpha * each for W, each in zip(self.Ws, nabla_W)]
        self.bs = [b - alpha * each for b, each in zip(self.bs, nabla_b)]
`;

const beside = `import numpy as np


def sigmoid(x, backward=False):
    return x * (1 - x) if backward else 1 / (1 + np.exp(-x))


def to_one_hot(y, classes):
    y = [y] if type(y) == int else y
    out = np.zeros((len(y), classes))
    out[np.arange(len(y)), np.array(y)] = 1
    return out


def mse_loss(out, y):
    return 0.5 * np.sum((out - y) ** 2)


class Network:
    def __init__(self, shape):
        self.shape = shape
        self.weights = [np.random.randn(n, k) for n, k in zip(shape[:-1], shape[1:])]
        self.biases = [np.random.randn(k) for k in shape[1:]]

    def forward(self, x):
        outputs = [x]
        for w, b in zip(self.weights, self.biases):
            outputs.append(sigmoid(np.dot(outputs[-1], w) + b))
        return outputs

    def backprop(self, x, y):
        x = np.array(x)[np.newaxis, :]
        y = to_one_hot(y, 2)
        outputs = self.forward(x)
        loss = mse_loss(outputs[-1], y)
        nabla_w, nabla_b = [None] * len(self.weights), [None] * len(self.weights)
        delta = (outputs[-1] - y) * sigmoid(outputs[-1], backward=True)
        for l in range(len(self.weights) - 1, -1, -1):
            nabla_w[l], nabla_b[l] = np.dot(outputs[l].T, delta), delta[0]
            delta = np.dot(delta, self.weights[l].T) * sigmoid(outputs[l], backward=True)
        return nabla_w, nabla_b, loss

    def update_mini_batch(self, batch, lr):
        nabla_w, nabla_b = [np.zeros(w.shape) for w in self.weights], [np.zeros(b.shape) for b in self.biases]
        for x, y in batch:
            dw, db, _ = self.backprop(x, y)
            nabla_w = [a + b for a, b in zip(nabla_w, dw)]
            nabla_b = [a + b for a, b in zip(nabla_b, db)]
        self.weights = [w - lr * each for w, each in zip(self.weights, nabla_w)]
        self.biases = [b - lr * each for b, each in zip(self.biases, nabla_b)]
`;

const split = `from numpy import random, exp, dot
import pandas as pd


class NeuralNetwork:
    def __init__(self, gate_input, gate_output):
        self.gate_input = gate_input
        self.gate_output = gate_output
        self.weights_1 = 2 * random.random((3, 5)) - 1
        self.weights_2 = 2 * random.random((5, 2)) - 1

    def sigmoid(self, x):
        return 1 / (1 + exp(-x))

    def sigmoid_derivative(self, x):
        return x * (1 - x)

    def train(self, num_steps):
        for _ in range(num_steps):
            layer1 = self.sigmoid(dot(self.gate_input, self.weights_1))
            output = self.sigmoid(dot(layer1, self.weights_2))
            delta = (self.gate_output - output) * self.sigmoid_derivative(output)
            below = dot(delta, self.weights_2.T) * self.sigmoid_derivative(layer1)
            self.weights_2 += dot(layer1.T, delta)
            self.weights_1 += dot(self.gate_input.T, below)


if __name__ == "__main__":
    dataset = pd.read_csv("gates.txt").values
    network = NeuralNetwork(dataset[:, :3], dataset[:, 3:])
    network.train(6000)
`;

describe('how a network takes its samples', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  bindsEach(
    [
      { what: 'a pass that its training hands the error, of samples taken in pairs', source: handedError, mistake: ['return x * (1.0 - x)', 'return x * (2.0 - x)'] },
      { what: 'layers of one sample that are turned by their shapes', source: vectors, mistake: ['grad * self.out * (1 - self.out)', 'grad * self.out * (1 + self.out)'] },
      { what: 'activations looked up by a text, and pairs that are unzipped', source: unzipped, mistake: ['return 1.0 - np.tanh(a) ** 2', 'return 1.0 - np.tanh(a)'] },
      { what: 'labels made one-hot beside the cost', source: beside, mistake: ['delta = (outputs[-1] - y) * sigmoid(outputs[-1], backward=True)', 'delta = (outputs[-1] - y)'] },
      { what: 'columns of one table as samples and targets', source: split, mistake: ['* self.sigmoid_derivative(layer1)', '* self.sigmoid_derivative(delta.dot(self.weights_2.T))'] },
    ],
    check,
  );
});
