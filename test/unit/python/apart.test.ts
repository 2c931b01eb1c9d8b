// Networks whose parts lie in several classes and modules, so that each is plain and none is whole.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bindsEach, lineOf, pythonChecks, say, type Shape } from './support';

const bends = `import numpy as np

class Squash:
    def apply(self, Z):
        return 1 / (1 + np.exp(-Z)), Z

    def apply_backward(self, dA, cache):
        s = 1 / (1 + np.exp(-cache))
        return dA * s * (1 - s)

class Bends:
    def __init__(self):
        self.squash = Squash()
`;

const start = `import numpy as np

class Start(object):
    def __init__(self, dims):
        pass

    def initialize(self, dims):
        out = {}
        for l in range(1, len(dims)):
            out["W" + str(l)] = np.random.randn(dims[l], dims[l - 1])
            out["b" + str(l)] = np.zeros((dims[l], 1))
        return out

    def compute_cost(self, AL, Y):
        return float(-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1])
`;

const upwards = `class Upwards(object):
    def __init__(self):
        self.bends = Bends()

    def L_model_forward(self, X, parameters):
        caches, A = [], X
        for l in range(1, len(parameters) // 2 + 1):
            linear = (A, parameters["W" + str(l)], parameters["b" + str(l)])
            A, kept = self.bends.squash.apply(parameters["W" + str(l)] @ A + parameters["b" + str(l)])
            caches.append((linear, kept))
        return A, caches
`;

const downwards = `class Downwards(object):
    def __init__(self):
        self.bends = Bends()

    def layer_backward(self, dA, cache):
        (A_prev, W, b), Z = cache
        dZ = self.bends.squash.apply_backward(dA, Z)
        m = A_prev.shape[1]
        return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m

    def L_model_backward(self, AL, Y, caches):
        grads = {}
        dA = -(Y / AL - (1 - Y) / (1 - AL))
        for l in reversed(range(len(caches))):
            dA, grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = self.layer_backward(dA, caches[l])
        return grads
`;

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

/** Layers that the network is given one after the other, and a trainer that is given the network. */
const trainer = `import numpy as np

class Dense:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_out, n_in)
        self.b = np.zeros((n_out, 1))

    def up(self, X):
        self.X = X
        self.A = np.tanh(self.W @ X + self.b)
        return self.A

class Network:
    def __init__(self, *layers):
        self.layers = layers

    def predict(self, X):
        for layer in self.layers:
            X = layer.up(X)
        return X

class Trainer:
    def __init__(self, network, learning_rate=0.1):
        self.network = network
        self.learning_rate = learning_rate

    def cost(self, A, Y):
        return np.sum((A - Y) ** 2) / 2

    def fit(self, X, Y, epochs=10):
        for i in range(epochs):
            A = self.network.predict(X)
            print(self.cost(A, Y))
            d = A - Y
            for layer in reversed(self.network.layers):
                d = d * (1 - layer.A ** 2)
                down = layer.W.T @ d
                layer.W = layer.W - self.learning_rate * d @ layer.X.T
                layer.b = layer.b - self.learning_rate * d.sum(axis=1, keepdims=True)
                d = down
`;

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

const shapes: readonly Shape[] = [
  { what: 'classes of methods that keep nothing, each with one part of the network', source: [bends, start, upwards, downwards].join('\n'), mistake: ['W.T @ dZ,', 'W.T @ dA,'] },
  { what: 'an initializer that also makes what an optimizer remembers', source: memory, mistake: ['* (1 - cache["A1"] ** 2)', '* (1 - cache["A1"])'] },
  { what: 'samples of another module, in a table that is gone through row by row', source: elsewhere, mistake: ['np.dot(output_error, weights_out)', 'np.dot(error, weights_out)'] },
  { what: 'the training that has a cost before a longer one that has none', source: twice, mistake: ['W2.T @ d2 * slope(z1)', 'W2.T @ d2'] },
  { what: 'numbers of units as `*units`', source: several, mistake: ['self.weights[l].T @ d * self.kept[l] *', 'self.weights[l].T @ d *'] },
  { what: 'a class that another method makes of numbers of units', source: otherwise, mistake: ['self.weights[l].T @ d * self.kept[l] *', 'self.weights[l].T @ d *'] },
  { what: 'a trainer of a network of layers, each given to the next', source: trainer, mistake: ['(1 - layer.A ** 2)', '(1 - layer.A)'] },
  { what: 'a step that moves the lists of weights that it is given', source: step, mistake: ['np.matmul(dF, W[1].T) * (Z1 > 0)', 'np.matmul(dF, W[1].T)'] },
];

/** A package with a class in each module, and the one that has them all. */
const modules: Record<string, string> = {
  'deep/__init__.py': '',
  'deep/bends.py': bends,
  'deep/start.py': start,
  'deep/upwards.py': `import numpy as np\nfrom deep.bends import Bends\n\n${upwards}`,
  'deep/downwards.py': `import numpy as np\nfrom deep.bends import Bends\n\n${downwards}`,
  'deep/model.py': `from deep.start import Start
from deep.upwards import Upwards
from deep.downwards import Downwards

class Model:
    def __init__(self, dims, rate=0.1):
        self.dims, self.rate = dims, rate
        self.start, self.up, self.down = Start(dims), Upwards(), Downwards()

    def train(self, X, Y):
        parameters = self.start.initialize(self.dims)
        for i in range(100):
            AL, caches = self.up.L_model_forward(X, parameters)
            cost = self.start.compute_cost(AL, Y)
            grads = self.down.L_model_backward(AL, Y, caches)
            for key in parameters:
                parameters[key] = parameters[key] - self.rate * grads["d" + key]
`,
};

describe('networks whose parts lie in several places', function () {
  this.timeout(30_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('a file imports a module of its package, which has the name of the file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradient-named-'));
    try {
      mkdirSync(join(folder, 'network'));
      writeFileSync(join(folder, 'network/start.py'), start);
      const file = join(folder, 'network/network.py');
      writeFileSync(file, `import network.start as st\n\n${[bends, upwards, downwards].join('\n')}\ndef train(X, Y, dims):\n    parameters = st.Start(dims).initialize(dims)\n`);
      const right = await check('', '.py', { file });
      assert.equal(right.verdict, 'correct', say(right));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('a class with the backward pass alone is completed by those that the package uses with it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradient-apart-'));
    try {
      const file = join(folder, 'deep/downwards.py');
      for (const [name, text] of Object.entries(modules)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
      const right = await check('', '.py', { file });
      assert.equal(right.verdict, 'correct', say(right));
      const broken = modules['deep/downwards.py']!.replace('W.T @ dZ,', 'W.T @ dA,');
      writeFileSync(file, broken);
      const wrong = await check('', '.py', { file });
      assert.equal(wrong.verdict, 'wrong', say(wrong));
      assert.equal(wrong.findings[0]?.function, 'layer_backward');
      assert.equal(wrong.findings[0]?.line, lineOf(broken, 'return W.T @ dA'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
