// Backward passes that are written for one sample: outer products of two vectors, which several samples do not stop.

import { bindsEach, pythonChecks, type Shape } from './support';

/** A network of the module at the widths of pictures; with 13 samples of 784 numbers an outer product is large. */
const pictures = `import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()

def loss(y, y_hat):
    return -np.sum(y * np.log(y_hat))

weights = {"first": np.random.normal(0, 0.1, (784, 32)), "second": np.random.normal(0, 0.1, (32, 32)), "out": np.random.normal(0, 0.1, (32, 10))}
biases = {"first": np.zeros(32), "second": np.zeros(32), "out": np.zeros(10)}

def feed_forward(sample, weights, biases):
    kept = {}
    kept["first"] = sigmoid(np.dot(sample, weights["first"]) + biases["first"])
    kept["second"] = sigmoid(np.dot(kept["first"], weights["second"]) + biases["second"])
    kept["out"] = softmax(np.dot(kept["second"], weights["out"]) + biases["out"])
    return kept

def backpropagation(sample, target, kept, weights):
    error_out = kept["out"] - target
    error_second = np.dot(weights["out"], error_out) * kept["second"] * (1 - kept["second"])
    error_first = np.dot(weights["second"], error_second) * kept["first"] * (1 - kept["first"])
    weight_gradients = {"out": np.outer(kept["second"], error_out), "second": np.outer(kept["first"], error_second), "first": np.outer(sample, error_first)}
    bias_gradients = {"out": error_out, "second": error_second, "first": error_first}
    return weight_gradients, bias_gradients

def train_one(sample, label, rate=0.01):
    target = np.zeros(10)
    target[label] = 1
    kept = feed_forward(sample, weights, biases)
    weight_gradients, bias_gradients = backpropagation(sample, target, kept, weights)
    for layer in weights:
        weights[layer] -= rate * weight_gradients[layer]
        biases[layer] -= rate * bias_gradients[layer]
`;

/** The initializer gives a copy of the parameters for the gradients; the target is the number of its class. */
const copies = `import copy
import numpy as np

def initialize(n_x, n_h, n_y):
    model = {"W1": np.random.randn(n_h, n_x), "C": np.random.randn(n_y, n_h), "b1": np.random.randn(n_h), "b2": np.random.randn(n_y)}
    model_grads = copy.deepcopy(model)
    return model, model_grads

def forward(x, y, model):
    Z = np.dot(model["W1"], x) + model["b1"]
    H = np.tanh(Z)
    e = np.exp(np.dot(model["C"], H) + model["b2"])
    p = e / np.sum(e)
    return Z, H, p

def backward(x, y, Z, H, p, model, model_grads):
    dU = 1.0 * p
    dU[y] = dU[y] - 1.0
    model_grads["b2"] = dU
    model_grads["C"] = np.outer(dU, H)
    delta = np.dot(model["C"].T, dU)
    model_grads["b1"] = delta * (1 - H ** 2)
    model_grads["W1"] = np.outer(model_grads["b1"], x)
    return model_grads
`;

/** As many outputs as inputs, and a wide layer between: only the biases say which width is which. */
const between = `import numpy as np

class Net:
    def __init__(self, W1, W2, b1, b2):
        self.W1, self.W2, self.b1, self.b2 = W1, W2, b1, b2
        self.unrolled_weights = np.concatenate((np.ravel(W1), np.ravel(W2)))

    def forward(self, x):
        self.x = x
        self.h = np.tanh(self.W1.dot(x) + self.b1)
        self.out = 1 / (1 + np.exp(-(self.W2.dot(self.h) + self.b2)))
        return self.out

    def cost(self, y, out):
        return np.sum((y - out) ** 2) / 2

    def backward(self, y, out):
        delta2 = (out - y) * out * (1 - out)
        delta1 = self.W2.T.dot(delta2) * (1 - self.h ** 2)
        return np.outer(delta1, self.x), np.outer(delta2, self.h), delta1, delta2

W1 = np.random.rand(30, 2)
W2 = np.random.rand(2, 30)
b1 = np.random.rand(30)
b2 = np.random.rand(2)
net = Net(W1, W2, b1, b2)
`;

/** Gradients that lie the other way, which the step turns under another name; (n,) + (n, 1) would be a matrix. */
const turned = `import random
import numpy as np


class Net:
    def __init__(self, sizes):
        self.num_layers = len(sizes)
        self.biases = [np.random.randn(x, 1) for x in sizes[1:]]
        self.weights = [np.random.randn(nxt, lst) for nxt, lst in zip(sizes[1:], sizes[:-1])]

    def sigmoid_prime(self, z):
        return 1 / (1 + np.exp(-z)) * (1 - 1 / (1 + np.exp(-z)))

    def feedforward(self, input):
        self.z, self.a = [], [input]
        for w, b in zip(self.weights, self.biases):
            self.z.append(np.dot(w, self.a[-1]) + b)
            self.a.append(1 / (1 + np.exp(-self.z[-1])))
        return self.a[-1]

    def cost_function(self, X, y):
        return 0.5 * ((y - self.feedforward(X)) ** 2)

    def cost_function_prime(self, X, y):
        self.feedforward(X)
        delta = (self.a[-1] - y) * self.sigmoid_prime(self.z[-1])
        self.delta_biases, self.delta_weights = [delta], [delta * self.a[-2]]
        for i in range(1, self.num_layers - 1):
            delta = np.dot(self.weights[-i].T, delta) * self.sigmoid_prime(self.z[-i - 1])
            self.delta_biases.append(delta)
            self.delta_weights.append(np.dot(self.a[-i - 2], delta.T))
        self.delta_weights.reverse()
        self.delta_biases.reverse()
        return self.delta_weights, self.delta_biases

    def train(self, training_data, eta):
        random.shuffle(training_data)
        for x, y in training_data:
            self.cost_function_prime(x, y)
            for i, (w, dw) in enumerate(zip(self.weights, self.delta_weights)):
                self.weights[i] = w - (eta * dw.T)
            for i, (b, db) in enumerate(zip(self.biases, self.delta_biases)):
                self.biases[i] = b - (eta * db)
`;

/** The loop over the samples calls a step, which hands each on to the backward pass. */
const handedOn = `import numpy as np

class MLP:
    def __init__(self, sizes):
        self.weights = [np.random.randn(n, m) for m, n in zip(sizes[:-1], sizes[1:])]
        self.biases = [np.random.randn(n, 1) for n in sizes[1:]]

    def forward(self, x):
        for w, b in zip(self.weights, self.biases):
            x = np.tanh(np.dot(w, x) + b)
        return x

    def backward(self, x, y):
        grad_b, grad_w = [0] * len(self.biases), [0] * len(self.weights)
        a = [x]
        for w, b in zip(self.weights, self.biases):
            a.append(np.tanh(np.dot(w, a[-1]) + b))
        delta = (a[-1] - y) * (1 - a[-1] ** 2)
        for l in range(1, len(a)):
            grad_b[-l] = delta
            grad_w[-l] = np.dot(delta, a[-l - 1].T)
            delta = np.dot(self.weights[-l].T, delta) * (1 - a[-l - 1] ** 2)
        return grad_b, grad_w

    def update(self, x, y, rate):
        grad_b, grad_w = self.backward(x, y)
        self.weights = [w - rate * dw for w, dw in zip(self.weights, grad_w)]
        self.biases = [b - rate * db for b, db in zip(self.biases, grad_b)]

    def SGD(self, samples, targets, epochs, rate):
        for epoch in range(epochs):
            for x, y in zip(samples, targets):
                self.update(x, y, rate)
`;

/** No cost anywhere: of one output the biases of the last layer alone tell which it is. */
const costless = `import numpy as np

class Network:
    def __init__(self, sizes):
        self.weights = [np.random.randn(n, m) * np.sqrt(1 / m) for m, n in zip(sizes[:-1], sizes[1:])]
        self.biases = [np.zeros(n) for n in sizes[1:]]

    def sigmoid(self, z):
        return 1 / (1 + np.exp(-z))

    def feed_forward(self, sample):
        self.sums, self.outputs = [sample], [sample]
        for W, b in zip(self.weights, self.biases):
            self.sums.append(np.matmul(W, self.outputs[-1]) + b)
            self.outputs.append(self.sigmoid(self.sums[-1]))
        return self.outputs[-1]

    def back_propagate(self, sample, target, rate):
        self.feed_forward(sample)
        delta = 2 * (self.outputs[-1] - target) * self.outputs[-1] * (1 - self.outputs[-1])
        for l in range(len(self.weights) - 1, -1, -1):
            below = np.matmul(self.weights[l].T, delta) * self.sigmoid(self.sums[l]) * (1 - self.sigmoid(self.sums[l]))
            self.weights[l] -= rate * np.outer(delta, self.outputs[l])
            self.biases[l] -= rate * delta
            delta = below
`;

/** A progress bar is held open around the loop; SciPy has no functions for pictures any more. */
const shown = `from scipy.misc import imresize\nfrom tqdm import tqdm\n${handedOn.replace('            for x, y in zip(samples, targets):\n                self.update(x, y, rate)\n', '            with tqdm(zip(samples, targets)) as bar:\n                for x, y in bar:\n                    self.update(x, y, rate)\n                    bar.set_postfix(epoch=epoch)\n')}`;

const shapes: readonly Shape[] = [
  { what: 'a step that is called in a loop over what a progress bar shows', source: shown, mistake: ['(a[-1] - y) * (1 - a[-1] ** 2)', '(a[-1] - y) * (1 - a[-1])'] },
  { what: 'a network without a cost', source: costless, mistake: ['np.matmul(W, self.outputs[-1])', 'np.matmul(W, self.sums[-1])'] },
  { what: 'a step that is called for each sample, and hands it on', source: handedOn, mistake: ['(a[-1] - y) * (1 - a[-1] ** 2)', '(a[-1] - y) * (1 - a[-1])'] },
  { what: 'gradients that a step turns', source: turned, mistake: ['(self.a[-1] - y) * self.sigmoid_prime(self.z[-1])', '(self.a[-1] - y)'] },
  { what: 'outer products at the widths of pictures', source: pictures, mistake: ['kept["second"] * (1 - kept["second"])', 'sigmoid(kept["second"]) * (1 - sigmoid(kept["second"]))'] },
  { what: 'a copy of the parameters for the gradients', source: copies, mistake: ['delta * (1 - H ** 2)', 'delta * (1 - H)'] },
  { what: 'a wide layer between as many inputs as outputs', source: between, mistake: ['(out - y) * out * (1 - out)', '(out - y) * out'] },
];

describe('one sample at a time', function () {
  this.timeout(30_000);
  bindsEach(shapes, pythonChecks());
});
