// Networks in classes of their own: neurons of numbers, a step that returns its loss, layers in a list, one sample that is drawn.

import { bindsEach, pythonChecks, type Shape } from './support';

/** Neurons as dictionaries of numbers; the error of a hidden one is a sum, and no cost. */
const neurons = `import math
import random

class Network:
    def __init__(self, n_inputs, n_hidden, n_outputs):
        self.hidden = [{'weights': [random.random() for _ in range(n_inputs + 1)]} for _ in range(n_hidden)]
        self.output = [{'weights': [random.random() for _ in range(n_hidden + 1)]} for _ in range(n_outputs)]

    def activate(self, weights, inputs):
        total = weights[-1]
        for i in range(len(weights) - 1):
            total += weights[i] * inputs[i]
        return 1.0 / (1.0 + math.exp(-total))

    def forward(self, row):
        inputs = row
        for layer in (self.hidden, self.output):
            outs = []
            for neuron in layer:
                neuron['output'] = self.activate(neuron['weights'], inputs)
                outs.append(neuron['output'])
            inputs = outs
        return inputs

    def backward(self, expected):
        for j, neuron in enumerate(self.output):
            neuron['delta'] = (neuron['output'] - expected[j]) * neuron['output'] * (1 - neuron['output'])
        for j, neuron in enumerate(self.hidden):
            error = sum(out['weights'][j] * out['delta'] for out in self.output)
            neuron['delta'] = error * neuron['output'] * (1 - neuron['output'])

    def update(self, row, lr):
        for neuron in self.hidden:
            for j in range(len(row)):
                neuron['weights'][j] -= lr * neuron['delta'] * row[j]
            neuron['weights'][-1] -= lr * neuron['delta']
        inputs = [n['output'] for n in self.hidden]
        for neuron in self.output:
            for j in range(len(inputs)):
                neuron['weights'][j] -= lr * neuron['delta'] * inputs[j]
            neuron['weights'][-1] -= lr * neuron['delta']

    def train(self, data, targets, lr, epochs):
        for epoch in range(epochs):
            total = 0
            for row, expected in zip(data, targets):
                out = self.forward(row)
                total += sum((e - o) ** 2 for e, o in zip(expected, out)) / 2
                self.backward(expected)
                self.update(row, lr)
            print(epoch, total)
`;

/** What a step returns is its cost: the penalty is added there, to what a function of a loss gives. */
const step = `import numpy as np

class Net:
    def __init__(self, inputs, hidden, outputs):
        self.params = {'W1': np.random.randn(inputs, hidden), 'b1': np.zeros(hidden), 'W2': np.random.randn(hidden, outputs), 'b2': np.zeros(outputs)}

    def scores(self, X):
        hidden = np.maximum(0, X.dot(self.params['W1']) + self.params['b1'])
        return hidden.dot(self.params['W2']) + self.params['b2'], hidden

    def softmax_loss(self, scores, y):
        shifted = scores - scores.max(axis=1, keepdims=True)
        probs = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
        n = scores.shape[0]
        loss = -np.log(probs[np.arange(n), y]).mean()
        dscores = probs.copy()
        dscores[np.arange(n), y] -= 1
        return loss, dscores / n

    def train_step(self, X, y, lr, reg):
        scores, hidden = self.scores(X)
        loss, dscores = self.softmax_loss(scores, y)
        loss += reg * sum(np.sum(self.params[k] ** 2) for k in ('W1', 'W2'))
        grads = {'W2': hidden.T.dot(dscores) + 2 * reg * self.params['W2'], 'b2': dscores.sum(axis=0)}
        dhidden = dscores.dot(self.params['W2'].T)
        dhidden[hidden <= 0] = 0
        grads['W1'] = X.T.dot(dhidden) + 2 * reg * self.params['W1']
        grads['b1'] = dhidden.sum(axis=0)
        for k in self.params:
            self.params[k] -= lr * grads[k]
        return loss
`;

/** The error that is shown is that of after the steps: it is no cost of before them. */
const shownAfter = `import numpy as np

class Layer:
    def __init__(self, inputs, units):
        self.weights = np.random.rand(inputs, units)
        self.bias = np.random.rand(units)
        self.out = None
        self.delta = None

    def activate(self, x):
        self.out = np.tanh(np.dot(x, self.weights) + self.bias)
        return self.out

class Network:
    def __init__(self):
        self.layers = []

    def add(self, layer):
        self.layers.append(layer)

    def feed(self, x):
        for layer in self.layers:
            x = layer.activate(x)
        return x

    def backpropagate(self, x, y, rate):
        output = self.feed(x)
        for i in reversed(range(len(self.layers))):
            layer = self.layers[i]
            if i == len(self.layers) - 1:
                layer.delta = (y - output) * (1 - output ** 2)
            else:
                after = self.layers[i + 1]
                layer.delta = np.dot(after.weights, after.delta) * (1 - layer.out ** 2)
        for i, layer in enumerate(self.layers):
            given = np.atleast_2d(x if i == 0 else self.layers[i - 1].out)
            layer.weights += layer.delta * given.T * rate

    def train(self, X, Y, rate, epochs):
        shown = []
        for i in range(epochs):
            for j in range(len(X)):
                self.backpropagate(X[j], Y[j], rate)
            mse = np.mean(np.square(Y - self.feed(X)))
            shown.append(mse)
        return shown

net = Network()
net.add(Layer(2, 3))
net.add(Layer(3, 3))
net.add(Layer(3, 2))
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([[0, 1], [1, 0], [1, 0], [0, 1]])
errors = net.train(X, y, 0.3, 290)
`;

/** One sample is drawn for each step. */
const drawn = `import numpy as np

class Network:
    def __init__(self, layers):
        self.weights = []
        for i in range(1, len(layers) - 1):
            self.weights.append(2 * np.random.random((layers[i - 1] + 1, layers[i] + 1)) - 1)
        self.weights.append(2 * np.random.random((layers[i] + 1, layers[i + 1])) - 1)

    def fit(self, X, y, learning_rate=0.2, epochs=10000):
        X = np.concatenate((np.ones((X.shape[0], 1)), X), axis=1)
        for k in range(epochs):
            i = np.random.randint(X.shape[0])
            a = [X[i]]
            for l in range(len(self.weights)):
                a.append(np.tanh(np.dot(a[l], self.weights[l])))
            deltas = [(y[i] - a[-1]) * (1 - a[-1] ** 2)]
            for l in range(len(a) - 2, 0, -1):
                deltas.append(deltas[-1].dot(self.weights[l].T) * (1 - a[l] ** 2))
            deltas.reverse()
            for i in range(len(self.weights)):
                self.weights[i] += learning_rate * np.atleast_2d(a[i]).T.dot(np.atleast_2d(deltas[i]))
`;

/** activation=None stands for none, with a slope that is wrong: no layer of the file is made so. */
const unasked = shownAfter
  .replace('def __init__(self, inputs, units):', 'def __init__(self, inputs, units, activation=None):\n        self.activation = activation')
  .replace('self.out = np.tanh(np.dot(x, self.weights) + self.bias)', "r = np.dot(x, self.weights) + self.bias\n        self.out = np.tanh(r) if self.activation == 'tanh' else r")
  .replace('class Network:', "    def slope(self, r):\n        return 1 - r ** 2 if self.activation == 'tanh' else r\n\nclass Network:")
  .replace('(1 - output ** 2)', 'layer.slope(output)')
  .replace('(1 - layer.out ** 2)', 'layer.slope(layer.out)')
  .replace(/Layer\((\d), (\d)\)/g, "Layer($1, $2, 'tanh')");

const shapes: readonly Shape[] = [
  { what: 'neurons whose errors are summed by hand', source: neurons, mistake: ["error * neuron['output'] * (1 - neuron['output'])", "error * neuron['output']"] },
  { what: 'a step that returns the loss with the penalty it has added', source: step, mistake: [" + 2 * reg * self.params['W1']", ''] },
  { what: 'an error that is shown after the steps of layers', source: shownAfter, mistake: ['np.dot(after.weights, after.delta) * (1 - layer.out ** 2)', 'np.dot(after.weights, after.delta) * (1 - layer.out)'] },
  { what: 'one sample that is drawn for each step', source: drawn, mistake: ['.dot(self.weights[l].T) * (1 - a[l] ** 2)', '.dot(self.weights[l].T) * (1 - a[l])'] },
  { what: 'layers that are asked for an activation', source: unasked, mistake: ['np.dot(after.weights, after.delta) * layer.slope(layer.out)', 'np.dot(after.weights, after.delta) * layer.out'] },
];

describe('Python: networks in classes of their own', function () {
  this.timeout(40000);
  bindsEach(shapes, pythonChecks());
});
