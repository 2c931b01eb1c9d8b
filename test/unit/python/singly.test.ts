// Code for one sample at a time: what trains it shows that no gradient of several is meant; and an update that does not do what the gradients say.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** Layers whose bias takes one column; the loop below gives forward a sample and backward its target. */
const columns = (loop: string, derivative = 'dvalues * self.output * (1 - self.output)') => `import numpy as np


class HalfSquares:
    def forward(self, y_true, y_pred):
        return np.sum(0.5 * (y_true - y_pred) ** 2)

    def backward(self, y_true, y_pred):
        return y_pred - y_true


class Dense:
    def __init__(self, n_in, n_out):
        self.weights = np.random.randn(n_out, n_in) * 0.1
        self.biases = np.zeros((n_out, 1))

    def forward(self, inputs):
        self.inputs = inputs
        self.output = 1 / (1 + np.exp(-(np.dot(self.weights, inputs) + self.biases)))
        return self.output

    def backward(self, dvalues):
        dvalues = ${derivative}
        self.dweights = np.dot(dvalues, self.inputs.T)
        self.dbiases = dvalues
        self.dinputs = np.dot(self.weights.T, dvalues)


class Network:
    def __init__(self, loss):
        self.layers = []
        self.loss = loss

    def add(self, layer):
        self.layers.append(layer)

    def forward(self, inputs):
        for layer in self.layers:
            inputs = layer.forward(inputs)
        return inputs

    def backward(self, y_true):
        dvalues = self.loss.backward(y_true, self.layers[-1].output)
        for layer in reversed(self.layers):
            layer.backward(dvalues)
            dvalues = layer.dinputs

    def train(self, X, y):
${loop}

net = Network(HalfSquares())
net.add(Dense(3, 5))
net.add(Dense(5, 1))
`;
const eachSample = `        for i in range(len(X)):
            out = self.forward(X[i].reshape(-1, 1))
            self.backward(y[i].reshape(-1, 1))
`;
const allSamples = `        for epoch in range(100):
            out = self.forward(X.T)
            self.backward(y.T)
`;

/** A stochastic step: the sample is drawn in it. */
const drawing = (delta: string) => `import numpy as np


class Classifier:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1 = np.random.uniform(-0.1, 0.1, (n_in, n_hidden))
        self.b1 = np.zeros((1, n_hidden))
        self.W2 = np.random.uniform(-0.1, 0.1, (n_hidden, n_out))
        self.b2 = np.zeros((1, n_out))
        self.rate = 0.1

    def forward(self, X):
        a1 = np.tanh(X.dot(self.W1) + self.b1)
        scores = np.exp(a1.dot(self.W2) + self.b2)
        return scores / np.sum(scores, axis=1, keepdims=True)

    def loss(self, X, y):
        probs = self.forward(X)
        total = 0
        for i in range(X.shape[0]):
            total += -np.log(probs[i, y[i, 0]])
        return total

    def sgd_step(self, x, y):
        i = np.random.randint(x.shape[0])
        x0 = x[i, :].reshape(1, -1)
        a1 = np.tanh(x0.dot(self.W1) + self.b1)
        e = np.exp(a1.dot(self.W2) + self.b2)
        delta = e / np.sum(e)
        delta[0, y[i, 0]] -= 1
        dW2 = a1.T.dot(delta)
        db2 = delta
        delta = ${delta}
        dW1 = x0.T.dot(delta)
        db1 = delta
        self.W1 -= self.rate * dW1
        self.b1 -= self.rate * db1
        self.W2 -= self.rate * dW2
        self.b2 -= self.rate * db2
`;

/** Right gradients, and an update with its own loop over the layers. */
const updated = (loop: string, bias: string) => `import numpy as np


def initialize_parameters(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.1
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


def forward_propagation(X, parameters):
    caches = [X]
    for l in range(1, len(parameters) // 2 + 1):
        Z = np.dot(parameters["W" + str(l)], caches[-1]) + parameters["b" + str(l)]
        caches.append(1 / (1 + np.exp(-Z)))
    return caches[-1], caches


def compute_cost(AL, Y):
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]


def backward_propagation(AL, Y, caches, parameters):
    grads = {}
    m = Y.shape[1]
    dZ = AL - Y
    for l in range(len(parameters) // 2, 0, -1):
        A_prev = caches[l - 1]
        grads["dW" + str(l)] = np.dot(dZ, A_prev.T) / m
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = np.dot(parameters["W" + str(l)].T, dZ) * A_prev * (1 - A_prev)
    return grads


def update_parameters(parameters, grads, learning_rate):
    L = len(parameters) // 2
    for l in ${loop}:
        parameters["W" + str(l)] -= learning_rate * grads["dW" + str(l)]
        parameters["b" + str(l)] -= learning_rate * ${bias}
    return parameters
`;
const own = 'grads["db" + str(l)]';

describe('Python: one sample at a time, and what the update does', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('a loop that gives forward a sample and backward its target is code for one sample', async () => {
    const result = await check(columns(eachSample));
    assert.equal(result.verdict, 'correct', say(result));
    assert.ok(result.checked.some((each) => each.startsWith('1 sample')), say(result));
  });

  it('where all samples are given at once, a column for each is wrong; and what is wrong for one sample is told', async () => {
    const batch = await check(columns(allSamples));
    assert.equal(batch.verdict, 'wrong', say(batch));
    const source = columns(eachSample, 'dvalues * self.output');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]!.line, lineOf(source, 'dvalues = dvalues * self.output'));
  });

  it('a step on a sample that it draws is the gradient of that sample', async () => {
    const result = await check(drawing('delta.dot(self.W2.T) * (1 - a1 ** 2)'));
    assert.equal(result.verdict, 'correct', say(result));
    const wrong = await check(drawing('delta.dot(self.W2.T) * (1 - a1)'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]!.function, 'sgd_step');
  });

  it('an update that leaves out the last layer is told, and one that reaches all is right', async () => {
    const right = await check(updated('range(1, L + 1)', own));
    assert.equal(right.verdict, 'correct', say(right));
    const source = updated('range(1, L)', own);
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.deepEqual([result.findings[0]!.function, result.findings[0]!.line], ['update_parameters', lineOf(source, 'for l in range(1, L):')]);
  });

  it('a bias that is moved by the gradient of its first unit is told', async () => {
    const source = updated('range(1, L + 1)', `${own}[0]`);
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.deepEqual([result.findings[0]!.function, result.findings[0]!.line], ['update_parameters', lineOf(source, 'parameters["b" + str(l)] -=')]);
  });

  it('a bias with weight decay, and a step that is halved for all, are plain descent', async () => {
    for (const bias of [`(${own} + 0.1 * parameters["b" + str(l)])`, `2 * ${own}`]) {
      const result = await check(updated('range(1, L + 1)', bias));
      assert.equal(result.verdict, 'correct', say(result));
    }
  });
});
