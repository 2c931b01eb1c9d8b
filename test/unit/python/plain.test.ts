// Networks of plain functions and lists: parameters in a dictionary of the module, costs that run the network, neurons of numbers, letters with the name of a layer.

import { bindsEach, pythonChecks, type Shape } from './support';

const dictionary = `import numpy as np

net = {}

def setup(n_in, n_hid, n_out):
    net["w1"] = np.random.uniform(-1, 1, (n_in, n_hid))
    net["w2"] = np.random.uniform(-1, 1, (n_hid, n_out))

def sig(v):
    return 1.0 / (1.0 + np.exp(-v))

def run(inputs):
    net["in"] = inputs
    net["hid"] = sig(inputs @ net["w1"])
    net["out"] = sig(net["hid"] @ net["w2"])
    return net["out"]

def learn(targets, rate):
    err = net["out"] - targets
    d_out = err * net["out"] * (1 - net["out"])
    d_hid = (d_out @ net["w2"].T) * net["hid"] * (1 - net["hid"])
    net["w2"] -= rate * net["hid"].T @ d_out
    net["w1"] -= rate * net["in"].T @ d_hid
    return 0.5 * np.sum(err ** 2)
`;

/** cost(x, y) of the samples: it runs the network, under a name that says nothing. */
const runs = `import numpy as np

weights, biases = [], []

def init_network(sizes):
    global weights, biases
    weights = [np.random.randn(y, x) for x, y in zip(sizes[:-1], sizes[1:])]
    biases = [np.random.randn(y, 1) for y in sizes[1:]]

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def feed(x):
    a = [x]
    for w, b in zip(weights, biases):
        a.append(sigmoid(w @ a[-1] + b))
    return a

def backprop(x, y):
    a = feed(x)
    delta = (a[-1] - y) * a[-1] * (1 - a[-1])
    gw = [None] * len(weights)
    gb = [None] * len(weights)
    for l in range(len(weights) - 1, -1, -1):
        gw[l] = delta @ a[l].T
        gb[l] = delta.sum(axis=1, keepdims=True)
        delta = (weights[l].T @ delta) * a[l] * (1 - a[l])
    return gw, gb

def cost(x, y):
    return np.sum((feed(x)[-1] - y) ** 2) / 2
`;

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

const spanish = `import numpy as np
import pandas as pd

datos = pd.read_csv('datos.csv')
X = datos.iloc[:, :-1].values
y = datos.iloc[:, -1].values.reshape(-1, 1)

n_ocultas = 5
tasa = 0.1
W_oculta = np.random.randn(X.shape[1], n_ocultas)
b_oculta = np.zeros((1, n_ocultas))
W_salida = np.random.randn(n_ocultas, 1)
b_salida = np.zeros((1, 1))

for epoca in range(1000):
    z1 = X @ W_oculta + b_oculta
    a1 = np.tanh(z1)
    z2 = a1 @ W_salida + b_salida
    prediccion = 1 / (1 + np.exp(-z2))
    perdida = -np.mean(y * np.log(prediccion) + (1 - y) * np.log(1 - prediccion))
    dz2 = (prediccion - y) / len(y)
    dW_salida = a1.T @ dz2
    db_salida = dz2.sum(axis=0, keepdims=True)
    dz1 = dz2 @ W_salida.T * (1 - a1 ** 2)
    dW_oculta = X.T @ dz1
    db_oculta = dz1.sum(axis=0, keepdims=True)
    W_salida -= tasa * dW_salida
    b_salida -= tasa * db_salida
    W_oculta -= tasa * dW_oculta
    b_oculta -= tasa * db_oculta
`;

/** A bias as the last row of each weight, and a column of ones that a function puts beside what goes in. */
const ones = `import numpy as np

n_inputs, n_hidden, n_outputs = 3, 5, 2
V = np.random.randn(n_inputs + 1, n_hidden) * 0.1
W = np.random.randn(n_hidden + 1, n_outputs) * 0.1

def add_ones(A):
    return np.hstack([A, np.ones((A.shape[0], 1))])

def forward(X):
    Z = np.tanh(add_ones(X) @ V)
    return Z, add_ones(Z) @ W

def gradient(X, T):
    Z, Y = forward(X)
    error = (Y - T) / X.shape[0]
    dW = add_ones(Z).T @ error
    back = (error @ W[:-1].T) * (1 - Z ** 2)
    return add_ones(X).T @ back, dW

def objective(X, T):
    return 0.5 * np.mean(np.sum((forward(X)[1] - T) ** 2, axis=1))
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

/** Names of activations that forward and backward are both given. */
const named = `import numpy as np

def create(layer_dims):
    params = {}
    for i in range(1, len(layer_dims)):
        params['w' + str(i)] = np.random.randn(layer_dims[i], layer_dims[i - 1])
        params['b' + str(i)] = np.zeros((layer_dims[i], 1))
    return params

def network_forward(x, params, activations):
    memory = {'a0': x}
    a = x
    for i, act in enumerate(activations, start=1):
        z = np.dot(params['w' + str(i)], a) + params['b' + str(i)]
        a = np.maximum(0, z) if act == 'relu' else 1 / (1 + np.exp(-z)) if act == 'sigmoid' else z
        memory['a' + str(i)], memory['z' + str(i)] = a, z
    return a, memory

def network_backward(y_hat, y, memory, params, activations):
    grads, m = {}, y.shape[1]
    da = -(y / y_hat - (1 - y) / (1 - y_hat))
    for i in range(len(activations), 0, -1):
        a = memory['a' + str(i)]
        dz = da * (memory['z' + str(i)] > 0) if activations[i - 1] == 'relu' else da * a * (1 - a) if activations[i - 1] == 'sigmoid' else da
        grads['dw' + str(i)] = np.dot(dz, memory['a' + str(i - 1)].T) / m
        grads['db' + str(i)] = np.sum(dz, axis=1, keepdims=True) / m
        da = np.dot(params['w' + str(i)].T, dz)
    return grads

def binary_loss(y_hat, y):
    return float(np.mean(-(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat))))
`;

/** M units; what is shown now and then wants the numbers of the classes, not the targets that are trained with. */
const ascent = `import numpy as np

def forward(X, W1, b1, W2, b2):
    Z = 1 / (1 + np.exp(-X.dot(W1) - b1))
    expA = np.exp(Z.dot(W2) + b2)
    return expA / expA.sum(axis=1, keepdims=True), Z

def rate(Y, P):
    right = 0
    for i in range(len(Y)):
        if Y[i] == P[i]:
            right += 1
    return right / len(Y)

def derivative_w1(X, Z, T, Y, W2):
    return X.T.dot((T - Y).dot(W2.T) * Z * (1 - Z))

def main():
    D, M, K = 2, 3, 3
    X = np.vstack([np.random.randn(50, D) + np.array([0, -2]), np.random.randn(50, D) + np.array([2, 2]), np.random.randn(50, D) + np.array([-2, 2])])
    Y = np.array([0] * 50 + [1] * 50 + [2] * 50)
    T = np.zeros((len(Y), K))
    for i in range(len(Y)):
        T[i, Y[i]] = 1
    W1 = np.random.randn(D, M)
    b1 = np.random.randn(M)
    W2 = np.random.randn(M, K)
    b2 = np.random.randn(K)
    learning_rate = 10e-7
    for epoch in range(1000):
        output, hidden = forward(X, W1, b1, W2, b2)
        if epoch % 100 == 0:
            print((T * np.log(output)).sum(), rate(Y, np.argmax(output, axis=1)))
        gW2, gb2 = hidden.T.dot(T - output), (T - output).sum(axis=0)
        gW1 = derivative_w1(X, hidden, T, output, W2)
        gb1 = ((T - output).dot(W2.T) * hidden * (1 - hidden)).sum(axis=0)
        W2 += learning_rate * gW2
        b2 += learning_rate * gb2
        W1 += learning_rate * gW1
        b1 += learning_rate * gb1

main()
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
  { what: 'parameters that a function puts into a dictionary of the module', source: dictionary, mistake: ['* net["hid"] * (1 - net["hid"])', '* net["hid"]'] },
  { what: 'a cost that runs the network itself', source: runs, mistake: ['(weights[l].T @ delta) * a[l] * (1 - a[l])', '(weights[l].T @ delta) * a[l]'] },
  { what: 'neurons whose errors are summed by hand', source: neurons, mistake: ["error * neuron['output'] * (1 - neuron['output'])", "error * neuron['output']"] },
  { what: 'W_salida and b_oculta in a script', source: spanish, mistake: ['* (1 - a1 ** 2)', '* (1 - a1)'] },
  { what: 'a bias that is the last row of weights of the module', source: ones, mistake: ['* (1 - Z ** 2)', '* (1 - Z)'] },
  { what: 'a step that returns the loss with the penalty it has added', source: step, mistake: [" + 2 * reg * self.params['W1']", ''] },
  { what: 'an error that is shown after the steps of layers', source: shownAfter, mistake: ['np.dot(after.weights, after.delta) * (1 - layer.out ** 2)', 'np.dot(after.weights, after.delta) * (1 - layer.out)'] },
  { what: 'one sample that is drawn for each step', source: drawn, mistake: ['.dot(self.weights[l].T) * (1 - a[l] ** 2)', '.dot(self.weights[l].T) * (1 - a[l])'] },
  { what: 'activations that both passes are given by name', source: named, mistake: ['else da * a * (1 - a) if', 'else da * a if'] },
  { what: 'M units, where what is shown wants other targets', source: ascent, mistake: ['(T - Y).dot(W2.T) * Z * (1 - Z)', '(T - Y).dot(W2.T) * Z'] },
  { what: 'layers that are asked for an activation', source: unasked, mistake: ['np.dot(after.weights, after.delta) * layer.slope(layer.out)', 'np.dot(after.weights, after.delta) * layer.out'] },
];

describe('Python: networks of plain functions and lists', function () {
  this.timeout(40000);
  bindsEach(shapes, pythonChecks());
});
