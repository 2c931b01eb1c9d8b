// What makes the parameters in other ways than an initializer: `*units`, a method of the class, nothing at all; and samples that another module has.

import { bindsEach, pythonChecks, type Shape } from './support';

/** An initializer that makes the memory of an optimizer as well, under single letters. */
const memory = `import numpy as np

def init_with_adam(dims):
    parameters, m, v = {}, {}, {}
    for i in range(1, len(dims)):
        parameters[f"W{i}"] = np.random.randn(dims[i - 1], dims[i]) * 0.01
        parameters[f"b{i}"] = np.zeros((1, dims[i]))
        for key in (f"W{i}", f"b{i}"):
            m[key], v[key] = np.zeros_like(parameters[key]), np.zeros_like(parameters[key])
    return parameters, m, v

def forward(X, parameters):
    A1 = np.tanh(X @ parameters["W1"] + parameters["b1"])
    e = np.exp(A1 @ parameters["W2"] + parameters["b2"])
    return e / e.sum(axis=1, keepdims=True), {"A1": A1}

def compute_loss(Y, Y_hat):
    return -np.mean(np.sum(Y * np.log(Y_hat), axis=1))

def backward(X, Y, Y_hat, parameters, cache):
    d = (Y_hat - Y) / len(X)
    d1 = d @ parameters["W2"].T * (1 - cache["A1"] ** 2)
    return {"W2": cache["A1"].T @ d, "b2": d.sum(axis=0, keepdims=True), "W1": X.T @ d1, "b1": d1.sum(axis=0, keepdims=True)}
`;

/** Samples that another module has, as a table; the loop takes them one by one, and steps once for all. */
const elsewhere = `import numpy as np
from data_prep import features, targets, features_test, targets_test

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

n_hidden = 2
epochs = 900
learnrate = 0.005

n_records, n_features = features.shape
weights_in = np.random.normal(scale=1 / n_features ** .5, size=(n_features, n_hidden))
weights_out = np.random.normal(scale=1 / n_features ** .5, size=n_hidden)

for e in range(epochs):
    del_w_in = np.zeros(weights_in.shape)
    del_w_out = np.zeros(weights_out.shape)
    for x, y in zip(features.values, targets):
        hidden = sigmoid(np.dot(x, weights_in))
        output = sigmoid(np.dot(hidden, weights_out))
        error = y - output
        output_error = error * output * (1 - output)
        hidden_error = np.dot(output_error, weights_out) * hidden * (1 - hidden)
        del_w_out += output_error * hidden
        del_w_in += hidden_error * x[:, None]
    weights_in += learnrate * del_w_in / n_records
    weights_out += learnrate * del_w_out / n_records
`;

/** Two trainings of one network; only the shorter one has a cost. */
const twice = `import numpy as np

def squash(z):
    return 1 / (1 + np.exp(-z))

def slope(z):
    return squash(z) * (1 - squash(z))

def start(n):
    return np.random.randn(6, n), np.random.randn(1, 6), np.random.randn(6, 1), np.random.randn(1)

def whole_descent(X, y_true, epochs, lr=0.01):
    m = X.shape[1]
    W1, W2, b1, b2 = start(X.shape[0])
    for i in range(epochs):
        z1 = W1 @ X + b1
        z2 = W2 @ squash(z1) + b2
        y_pred = squash(z2)
        mse = np.sum((y_true - y_pred) ** 2) / m
        d2 = -2 / m * (y_true - y_pred) * slope(z2)
        d1 = W2.T @ d2 * slope(z1)
        W1, W2 = W1 - lr * d1 @ X.T, W2 - lr * d2 @ squash(z1).T
        b1, b2 = b1 - lr * d1.sum(axis=1, keepdims=True), b2 - lr * d2.sum(axis=1)
        print(i, mse)
    return W1, W2, b1, b2

def single_descent(X, y_true, epochs, lr=0.01):
    m = X.shape[1]
    W1, W2, b1, b2 = start(X.shape[0])
    for i in range(epochs):
        chosen = np.random.randint(0, m - 1)
        x, y = np.expand_dims(X[:, chosen], axis=-1), y_true[chosen]
        z1 = W1 @ x + b1
        z2 = W2 @ squash(z1) + b2
        y_pred = squash(z2)
        d2 = np.array([[-2 * (y - y_pred[0][0])]]) @ slope(z2)
        d1 = (d2 @ W2).T * slope(z1)
        dW2 = d2 @ squash(z1).T
        dW1 = d1 @ x.T
        db1 = d1
        db2 = d2.sum(axis=1)
        W2 = W2 - lr * dW2
        W1 = W1 - lr * dW1
        b1 = b1 - lr * db1
        b2 = b2 - lr * db2
    return W1, W2, b1, b2
`;

/** Numbers of units one after the other; the targets and samples have long names. */
const several = `import numpy as np

class Net:
    def __init__(self, *units):
        self.weights = [np.random.randn(o, i) for i, o in zip(units, units[1:])]
        self.biases = [np.zeros((o, 1)) for o in units[1:]]

    def predict(self, input_matrix):
        self.kept = [input_matrix]
        for W, b in zip(self.weights, self.biases):
            self.kept.append(1 / (1 + np.exp(-(W @ self.kept[-1] + b))))
        return self.kept[-1]

    def gradients(self, input_matrix, target_output_matrix):
        d = 2 * (self.predict(input_matrix) - target_output_matrix) * self.kept[-1] * (1 - self.kept[-1]) / input_matrix.shape[1]
        dW, db = [], []
        for l in range(len(self.weights) - 1, -1, -1):
            dW.insert(0, d @ self.kept[l].T)
            db.insert(0, d.sum(axis=1, keepdims=True))
            d = self.weights[l].T @ d * self.kept[l] * (1 - self.kept[l])
        return dW, db
`;

/** The constructor is given the weights; a method of the class makes them of numbers of units. */
const otherwise = several
  .replace('def __init__(self, *units):\n        self.weights = [np.random.randn(o, i) for i, o in zip(units, units[1:])]\n        self.biases = [np.zeros((o, 1)) for o in units[1:]]', `@classmethod
    def random(cls, *layer_units):
        pairs = list(zip(layer_units, layer_units[1:]))
        return cls([np.random.randn(o, i) for i, o in pairs], [np.zeros((o, 1)) for i, o in pairs])

    def __init__(self, weights, biases):
        self.weights, self.biases = list(weights), list(biases)`);

/** One step that is given lists of weights and biases and moves them; nothing in the file makes them. */
const step = `import numpy as np

def train_batches(epochs, w1, w2, b1, b2, x_train, y_train):
    losses = []
    for e in range(epochs):
        for i in range(len(x_train) // 200):
            x_batch, y_batch = x_train[i * 200:(i + 1) * 200], y_train[i * 200:(i + 1) * 200]
            losses.append(two_layers(x_batch, [w1, w2], [b1, b2], y_batch, False))
    return losses

def two_layers(A, W, b, y, test):
    Z1 = np.matmul(A, W[0]) + b[0]
    A1 = np.maximum(0, Z1)
    F = np.matmul(A1, W[1]) + b[1]
    if test == True:
        return np.argmax(F, axis=1)
    loss, dF = cross_entropy(F, y)
    dW2, db2 = np.matmul(A1.T, dF), np.sum(dF, axis=0)
    dZ1 = np.matmul(dF, W[1].T) * (Z1 > 0)
    W[0] -= 0.1 * np.matmul(A.T, dZ1)
    W[1] -= 0.1 * dW2
    b[0] -= 0.1 * np.sum(dZ1, axis=0)
    b[1] -= 0.1 * db2
    return loss

def cross_entropy(F, y):
    e = np.exp(F)
    p = e / e.sum(axis=1, keepdims=True)
    chosen = np.arange(len(y)), y.astype(int)
    loss = -np.mean(np.log(p[chosen]))
    p[chosen] -= 1
    return loss, p / len(y)
`;

/** A class of static methods; the initializer returns two dictionaries without names. */
const statics = `import numpy as np

class NN:
    @staticmethod
    def init(sizes):
        return {"W%d" % i: np.random.randn(sizes[i], sizes[i-1]) for i in range(1, len(sizes))}, {"b%d" % i: np.zeros((sizes[i], 1)) for i in range(1, len(sizes))}

    @staticmethod
    def forward(X, W, b):
        acts = [X]
        for i in range(1, len(W) + 1):
            acts.append(1 / (1 + np.exp(-(W["W%d" % i] @ acts[-1] + b["b%d" % i]))))
        return acts

    @staticmethod
    def loss(A, Y):
        return np.sum((A - Y) ** 2) / (2 * Y.shape[1])

    @staticmethod
    def backward(acts, Y, W):
        dW, db = {}, {}
        d = (acts[-1] - Y) / Y.shape[1] * acts[-1] * (1 - acts[-1])
        for i in range(len(W), 0, -1):
            dW["W%d" % i] = d @ acts[i-1].T
            db["b%d" % i] = d.sum(axis=1, keepdims=True)
            if i > 1:
                d = W["W%d" % i].T @ d * acts[i-1] * (1 - acts[i-1])
        return dW, db

    @staticmethod
    def train(X, Y, sizes, lr, epochs):
        W, b = NN.init(sizes)
        for e in range(epochs):
            acts = NN.forward(X, W, b)
            cost = NN.loss(acts[-1], Y)
            dW, db = NN.backward(acts, Y, W)
            for k in W: W[k] -= lr * dW[k]
            for k in b: b[k] -= lr * db[k]
`;

const shapes: readonly Shape[] = [
  { what: 'an initializer that also makes what an optimizer remembers', source: memory, mistake: ['* (1 - cache["A1"] ** 2)', '* (1 - cache["A1"])'] },
  { what: 'samples of another module, in a table that is gone through row by row', source: elsewhere, mistake: ['np.dot(output_error, weights_out)', 'np.dot(error, weights_out)'] },
  { what: 'the training that has a cost before a longer one that has none', source: twice, mistake: ['W2.T @ d2 * slope(z1)', 'W2.T @ d2'] },
  { what: 'numbers of units as `*units`', source: several, mistake: ['self.weights[l].T @ d * self.kept[l] *', 'self.weights[l].T @ d *'] },
  { what: 'a class that another method makes of numbers of units', source: otherwise, mistake: ['self.weights[l].T @ d * self.kept[l] *', 'self.weights[l].T @ d *'] },
  { what: 'a step that moves the lists of weights that it is given', source: step, mistake: ['np.matmul(dF, W[1].T) * (Z1 > 0)', 'np.matmul(dF, W[1].T)'] },
  { what: 'static methods of one class', source: statics, mistake: ['d * acts[i-1] * (1 - acts[i-1])', 'd * acts[i-1]'] },
];

describe('parameters and samples that are made otherwise', function () {
  this.timeout(30_000);
  bindsEach(shapes, pythonChecks());
});
