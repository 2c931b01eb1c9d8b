// Descriptions of layers that nothing in the file writes down: pairs, a global that is set later, objects with the number of units.

import { bindsEach, pythonChecks, type Shape } from './support';

/** Pairs that a comprehension takes apart; the words of the activations are constants of the module. */
const pairs = `import numpy as np

RELU = "relu"
LOGISTIC = "logistic"
ENTROPY = "entropy"

def bend(kind, Z):
    if kind == RELU:
        return np.maximum(Z, 0)
    if kind == LOGISTIC:
        return 1 / (1 + np.exp(-Z))
    raise ValueError(kind)

def slope(kind, Z):
    if kind == RELU:
        return (Z > 0) * 1.0
    return bend(kind, Z) * (1 - bend(kind, Z))

class Net:
    def __init__(self, n_in, plan, loss):
        self.kinds = [None] + [kind for _, kind in plan]
        self.widths = [n_in] + [units for units, _ in plan]
        if loss == ENTROPY:
            self.top = lambda A, Y: -Y / A + (1 - Y) / (1 - A)
        self.params = {}
        for l in range(1, len(self.widths)):
            self.params["W%d" % l] = np.random.randn(self.widths[l], self.widths[l - 1])
            self.params["b%d" % l] = np.zeros((self.widths[l], 1))

    def forward(self, X):
        self.kept = {"A0": X}
        for l in range(1, len(self.widths)):
            self.kept["Z%d" % l] = self.params["W%d" % l] @ self.kept["A%d" % (l - 1)] + self.params["b%d" % l]
            self.kept["A%d" % l] = bend(self.kinds[l], self.kept["Z%d" % l])
        return self.kept["A%d" % l]

    def cost(self, AL, Y):
        return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]

    def backward(self, AL, Y):
        grads, m = {}, Y.shape[1]
        dA = self.top(AL, Y)
        for l in reversed(range(1, len(self.widths))):
            dZ = dA * slope(self.kinds[l], self.kept["Z%d" % l])
            grads["dW%d" % l] = dZ @ self.kept["A%d" % (l - 1)].T / m
            grads["db%d" % l] = np.sum(dZ, axis=1, keepdims=True) / m
            dA = self.params["W%d" % l].T @ dZ
        return grads
`;

/** The layers are asked for at the keyboard, into a global that is None before. */
const asked = `import numpy as np

plan = None

def init_params(dims):
    params = {}
    for l in range(1, len(dims)):
        params["W" + str(l)] = np.random.randn(dims[l], dims[l - 1])
        params["b" + str(l)] = np.zeros((dims[l], 1))
    return params

def forward(X, params):
    A, kept = X, {"A0": X}
    for l in range(1, len(params) // 2 + 1):
        Z = params["W" + str(l)] @ A + params["b" + str(l)]
        A = np.tanh(Z) if plan[l - 1][1] == "tanh" else 1 / (1 + np.exp(-Z))
        kept["A" + str(l)] = A
    return A, kept

def compute_cost(A, Y):
    return -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / Y.shape[1]

def backward(A, Y, kept, params):
    grads, m = {}, Y.shape[1]
    dA = -Y / A + (1 - Y) / (1 - A)
    for l in reversed(range(1, len(params) // 2 + 1)):
        A = kept["A" + str(l)]
        dZ = dA * (1 - A ** 2) if plan[l - 1][1] == "tanh" else dA * A * (1 - A)
        grads["dW" + str(l)] = dZ @ kept["A" + str(l - 1)].T / m
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        dA = params["W" + str(l)].T @ dZ
    return grads

def ask():
    out = []
    for _ in range(int(input("how many layers? "))):
        units, kind = input("units and activation? ").split(" ")
        out.append((int(units), kind))
    return out

def model(X, Y, rounds, rate):
    global plan
    plan = ask()
    params = init_params([X.shape[0]] + [units for units, _ in plan])
    for _ in range(rounds):
        A, kept = forward(X, params)
        grads = backward(A, Y, kept, params)
        for key in params:
            params[key] = params[key] - rate * grads["d" + key]
    return params
`;

/** A function, no class, is given layers as objects of a class that has their units and activation. */
const described = `import numpy as np

class Layer:
    def __init__(self, units=1, kind="tanh"):
        self.units = units
        self.kind = kind

def init_params(layers):
    params = {}
    for l in range(1, len(layers)):
        params["W" + str(l)] = np.random.randn(layers[l].units, layers[l - 1].units)
        params["b" + str(l)] = np.zeros((layers[l].units, 1))
    return params

def forward(X, params, layers):
    A, kept = X, {"A0": X}
    for l in range(1, len(layers)):
        Z = params["W" + str(l)] @ A + params["b" + str(l)]
        A = np.tanh(Z) if layers[l].kind == "tanh" else 1 / (1 + np.exp(-Z))
        kept["A" + str(l)] = A
    return A, kept

def cost(A, Y):
    return np.sum((A - Y) ** 2) / (2 * Y.shape[1])

def backward(A, Y, kept, params, layers):
    grads, m = {}, Y.shape[1]
    dA = A - Y
    for l in reversed(range(1, len(layers))):
        A = kept["A" + str(l)]
        dZ = dA * (1 - A ** 2) if layers[l].kind == "tanh" else dA * A * (1 - A)
        grads["dW" + str(l)] = dZ @ kept["A" + str(l - 1)].T / m
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        dA = params["W" + str(l)].T @ dZ
    return grads
`;

/** Each layer with its units, its function and the derivative; the weights are made outside, and given. What training watches are the squares of an error that the backward pass gives back. */
const triples = `import numpy as np

def logistic(z):
    return 1 / (1 + np.exp(-z))

def logistic_slope(z):
    return logistic(z) * (1 - logistic(z))

def same(z):
    return z

def one(z):
    return np.ones(np.shape(z))

def random_weights(layers):
    weights = [None] * (len(layers) - 1)
    for i in range(len(layers) - 1):
        weights[i] = np.random.normal(0, 1, (layers[i + 1][0], layers[i][0]))
    return weights

class Network:
    def __init__(self, layers, weights):
        self.layers = layers
        self.weights = weights

    def forward_propagate_all(self, sample):
        states = [(sample, sample)]
        for i in range(len(self.weights)):
            z = np.matmul(self.weights[i], states[i][1])
            states.append((z, self.layers[i + 1][1](z)))
        return states

    def forward_propagate(self, sample):
        return self.forward_propagate_all(sample)[-1][1]

    def back_propagate(self, sample, output):
        states = self.forward_propagate_all(sample)
        L = len(self.layers) - 1
        dCdz, dCdW = [None] * (L + 1), [None] * L
        dCdz[L] = (states[L][1] - output) * self.layers[L][2](states[L][0])
        for l in range(L - 1, -1, -1):
            dCdW[l] = np.matmul(dCdz[l + 1], np.transpose(states[l][1]))
            if l > 0:
                dCdz[l] = np.matmul(np.transpose(self.weights[l]), dCdz[l + 1]) * self.layers[l][2](states[l][0])
        return (states[L][1] - output, dCdW)

    def train(self, sample, output, rate, goal):
        for _ in range(100000):
            bprop = self.back_propagate(sample, output)
            error_vec = np.ravel(bprop[0])
            error = np.dot(error_vec, error_vec)
            if error < goal:
                break
            for l in range(len(self.weights)):
                self.weights[l] = self.weights[l] - rate * bprop[1][l]
`;

const called = `${triples}
layers = [[64, same, one], [16, logistic, logistic_slope], [16, logistic, logistic_slope], [10, logistic, logistic_slope]]
network = Network(layers, random_weights(layers))
`;

/** The network is a list of objects that nothing in the file puts together; the targets are called d. */
const held = `import numpy as np


class layer:
    def __init__(self, inputNum, neuronsNum):
        self.weights = np.random.uniform(-0.1, 0.1, (neuronsNum, inputNum))
        self.biases = np.zeros((neuronsNum, 1))
        self.output = np.zeros((neuronsNum, 1))


def loss(d, y):
    return np.mean((d - y) ** 2)


def ff(model, x):
    for a in range(len(model)):
        model[a].output = np.tanh(np.dot(model[a].weights, model[a - 1].output if a else x) + model[a].biases)
    return model[-1].output


def bp(model, x, d, lr):
    delta = (model[-1].output - d) * (1 - model[-1].output ** 2) / d.shape[1]
    for a in range(len(model) - 1, -1, -1):
        below = model[a - 1].output if a else x
        passed = np.dot(model[a].weights.T, delta) * (1 - below ** 2)
        model[a].weights -= lr * np.dot(delta, below.T)
        model[a].biases -= lr * np.sum(delta, axis=1, keepdims=True)
        delta = passed
`;

const shapes: readonly Shape[] = [
  { what: 'a list of objects that functions are given', source: held, verdict: 'convention', mistake: ['np.sum(delta, axis=1, keepdims=True)', 'np.mean(delta)'] },
  { what: 'triples of units, function and derivative', source: triples, mistake: [' * self.layers[l][2](states[l][0])', ''] },
  { what: 'triples that the file writes down', source: called, mistake: ['self.layers[l][2](states[l][0])', 'self.layers[l][2](states[l][1])'] },
  { what: 'pairs that a comprehension takes apart', source: pairs, mistake: ['grads["dW%d" % l] = dZ @ self.kept["A%d" % (l - 1)].T / m', 'grads["dW%d" % l] = dZ @ self.kept["A%d" % (l - 1)].T'] },
  { what: 'a global that is asked for before training', source: asked, mistake: ['np.sum(dZ, axis=1, keepdims=True) / m', 'np.sum(dZ) / m'] },
  { what: 'objects that hold the units', source: described, mistake: ['dA = params["W" + str(l)].T @ dZ', 'dA = params["W" + str(l)].T @ dA'] },
];

describe('descriptions of layers', function () {
  this.timeout(30_000);
  bindsEach(shapes, pythonChecks());
});
