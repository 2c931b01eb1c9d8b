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

/** Layers, activations as layers, a loss and an optimizer, and the network that is given them: each in a module of its own. */
const objects: Record<string, string> = {
  'layers.py': `import numpy as np

class Layer:
    def forward(self, x):
        raise NotImplementedError

    def backward(self, grad):
        raise NotImplementedError

class Dense(Layer):
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * 0.1
        self.b = np.zeros((1, n_out))

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0, keepdims=True)
        return grad @ self.W.T

class Sigmoid(Layer):
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, grad):
        return grad * self.out * (1 - self.out)
`,
  'losses.py': `import numpy as np

class MSE:
    def forward(self, y_pred, y_true):
        self.diff = y_pred - y_true
        return np.mean(self.diff ** 2)

    def backward(self):
        return 2 * self.diff / self.diff.size
`,
  'optim.py': `class SGD:
    def __init__(self, lr=0.01):
        self.lr = lr

    def step(self, layers):
        for layer in layers:
            if hasattr(layer, "W"):
                layer.W -= self.lr * layer.dW
                layer.b -= self.lr * layer.db
`,
  'network.py': `class Network:
    def __init__(self, layers, loss, optimizer):
        self.layers = layers
        self.loss = loss
        self.optimizer = optimizer

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)

    def fit(self, X, y, epochs):
        for e in range(epochs):
            out = self.forward(X)
            loss = self.loss.forward(out, y)
            self.backward(self.loss.backward())
            self.optimizer.step(self.layers)
`,
  'main.py': `import numpy as np
from layers import Dense, Sigmoid
from losses import MSE
from optim import SGD
from network import Network

X, y = np.random.rand(50, 2), np.random.rand(50, 1)
net = Network([Dense(2, 4), Sigmoid(), Dense(4, 1), Sigmoid()], MSE(), SGD(0.1))
net.fit(X, y, 1000)
`,
};
const oneFile = ['layers.py', 'losses.py', 'optim.py', 'network.py'].map((name) => objects[name]).join('\n');

/** A network to which the layers are added as objects, which keep their own errors. */
const added = `import numpy as np

class Layer:
    def __init__(self, n_inputs, n_neurons, activation):
        self.weights = np.random.randn(n_inputs, n_neurons)
        self.bias = np.zeros((1, n_neurons))
        self.activation = activation

    def activate(self, x):
        self.x = x
        z = x @ self.weights + self.bias
        self.z = z
        self.a = np.tanh(z) if self.activation == "tanh" else 1 / (1 + np.exp(-z))
        return self.a

    def derivative(self):
        return 1 - self.a ** 2 if self.activation == "tanh" else self.a * (1 - self.a)

class NeuralNetwork:
    def __init__(self):
        self.layers = []

    def add_layer(self, layer):
        self.layers.append(layer)

    def feed_forward(self, X):
        for layer in self.layers:
            X = layer.activate(X)
        return X

    def backpropagation(self, X, y, learning_rate):
        output = self.feed_forward(X)
        for i in reversed(range(len(self.layers))):
            layer = self.layers[i]
            if layer == self.layers[-1]:
                layer.error = y - output
                layer.delta = layer.error * layer.derivative()
            else:
                nxt = self.layers[i + 1]
                layer.error = nxt.delta @ nxt.weights.T
                layer.delta = layer.error * layer.derivative()
        for i in range(len(self.layers)):
            layer = self.layers[i]
            inp = X if i == 0 else self.layers[i - 1].a
            layer.weights += inp.T @ layer.delta * learning_rate
            layer.bias += layer.delta.sum(axis=0, keepdims=True) * learning_rate

    def train(self, X, y, learning_rate, epochs):
        for i in range(epochs):
            self.backpropagation(X, y, learning_rate)
            mse = np.mean((y - self.feed_forward(X)) ** 2)
nn = NeuralNetwork()
nn.add_layer(Layer(2, 3, "tanh"))
nn.add_layer(Layer(3, 1, "sigmoid"))
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

/** An object that keeps the weights alone, which functions are given. */
const holder = `import numpy as np

class Net:
    def __init__(self, n_in, n_hidden, n_out):
        self.w1 = np.random.randn(n_in, n_hidden)
        self.b1 = np.zeros(n_hidden)
        self.w2 = np.random.randn(n_hidden, n_out)
        self.b2 = np.zeros(n_out)

def forward(net, x):
    h = np.tanh(x @ net.w1 + net.b1)
    return h, h @ net.w2 + net.b2

def mse(y_hat, y):
    return np.mean((y_hat - y) ** 2)

def backward(net, x, y, h, y_hat):
    d = 2 * (y_hat - y) / y.size
    dh = d @ net.w2.T * (1 - h ** 2)
    return x.T @ dh, dh.sum(axis=0), h.T @ d, d.sum(axis=0)

def train(net, x, y, lr=0.01, epochs=100):
    for e in range(epochs):
        h, y_hat = forward(net, x)
        loss = mse(y_hat, y)
        dw1, db1, dw2, db2 = backward(net, x, y, h, y_hat)
        net.w1 -= lr * dw1
        net.b1 -= lr * db1
        net.w2 -= lr * dw2
        net.b2 -= lr * db2
`;

/** Layers that are called, in a network that a training function is given. */
const callable = `import numpy as np

class Linear:
    def __init__(self, in_features, out_features):
        self.weight = np.random.randn(out_features, in_features)
        self.bias = np.zeros(out_features)

    def __call__(self, x):
        self.x = x
        return x @ self.weight.T + self.bias

    def backward(self, dout):
        self.dweight = dout.T @ self.x
        self.dbias = dout.sum(0)
        return dout @ self.weight

class ReLU:
    def __call__(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask

class CrossEntropyLoss:
    def __call__(self, logits, y):
        e = np.exp(logits - logits.max(1, keepdims=True))
        self.p = e / e.sum(1, keepdims=True)
        self.y = y
        return -np.log(self.p[np.arange(len(y)), y]).mean()

    def backward(self):
        d = self.p.copy()
        d[np.arange(len(self.y)), self.y] -= 1
        return d / len(self.y)

class MLP:
    def __init__(self, n_in, n_hidden, n_out):
        self.fc1 = Linear(n_in, n_hidden)
        self.relu = ReLU()
        self.fc2 = Linear(n_hidden, n_out)

    def __call__(self, x):
        return self.fc2(self.relu(self.fc1(x)))

    def backward(self, dout):
        self.fc1.backward(self.relu.backward(self.fc2.backward(dout)))

def train(model, X, y, lr=0.1, epochs=10):
    criterion = CrossEntropyLoss()
    for e in range(epochs):
        logits = model(X)
        loss = criterion(logits, y)
        model.backward(criterion.backward())
        for layer in [model.fc1, model.fc2]:
            layer.weight -= lr * layer.dweight
            layer.bias -= lr * layer.dbias
`;

/** Layers and activations that are added to a network, and a loss that two functions are. */
const sequential = `import numpy as np

class Sequential:
    def __init__(self):
        self.modules = []

    def add(self, module):
        self.modules.append(module)

    def forward(self, x):
        for m in self.modules:
            x = m.forward(x)
        return x

    def backward(self, g):
        for m in reversed(self.modules):
            g = m.backward(g)
        return g

    def update(self, lr):
        for m in self.modules:
            m.update(lr)

class Linear:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out)
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, g):
        self.gW = self.x.T @ g
        self.gb = g.sum(0)
        return g @ self.W.T

    def update(self, lr):
        self.W -= lr * self.gW
        self.b -= lr * self.gb

class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, g):
        return g * (1 - self.y ** 2)

    def update(self, lr):
        pass

def mse_loss(pred, target):
    return ((pred - target) ** 2).mean()

def mse_grad(pred, target):
    return 2 * (pred - target) / pred.size

def fit(net, X, Y, lr, epochs):
    for _ in range(epochs):
        pred = net.forward(X)
        loss = mse_loss(pred, Y)
        net.backward(mse_grad(pred, Y))
        net.update(lr)
`;

/** A sigmoid whose derivative is in that of the loss. */
const passing = `import numpy as np

class Linear:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out)
        self.b = np.zeros((1, n_out))

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, g):
        self.dW = self.x.T @ g
        self.db = g.sum(axis=0, keepdims=True)
        return g @ self.W.T

class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(0, x)

    def backward(self, g):
        return g * (self.x > 0)

class Sigmoid:
    def forward(self, x):
        self.y = 1 / (1 + np.exp(-x))
        return self.y

    def backward(self, g):
        return g   # with the derivative of the loss

class BCE:
    def forward(self, p, y):
        self.p, self.y = p, y
        return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / len(y)

    def backward(self):
        return (self.p - self.y) / len(self.y)

class Net:
    def __init__(self, layers, loss):
        self.layers = layers
        self.loss = loss

    def forward(self, x):
        for l in self.layers:
            x = l.forward(x)
        return x

    def backward(self):
        g = self.loss.backward()
        for l in reversed(self.layers):
            g = l.backward(g)

    def train(self, X, y, lr=0.1, epochs=10):
        for e in range(epochs):
            p = self.forward(X)
            c = self.loss.forward(p, y)
            self.backward()
            for l in self.layers:
                if hasattr(l, "W"):
                    l.W -= lr * l.dW
                    l.b -= lr * l.db
`;

/** A layer that is given an activation and its derivative; a bias that is that of one sample. */
const bending = `import numpy as np

def squash(x):
    return 1 / (1 + np.exp(-x))

def tanh(x):
    return np.tanh(x)

def tanh_prime(x):
    return 1 - np.tanh(x) ** 2

def mse(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2)

def mse_prime(y_true, y_pred):
    return 2 * (y_pred - y_true) / y_true.size

class Full:
    def __init__(self, input_size, output_size):
        self.weights = np.random.rand(input_size, output_size) - 0.5
        self.bias = np.random.rand(1, output_size) - 0.5

    def forward_propagation(self, input_data):
        self.input = input_data
        return np.dot(self.input, self.weights) + self.bias

    def backward_propagation(self, output_error, learning_rate):
        down = np.dot(output_error, self.weights.T)
        self.weights -= learning_rate * np.dot(self.input.T, output_error)
        self.bias -= learning_rate * output_error
        return down

class Bend:
    def __init__(self, activation, activation_prime):
        self.activation = activation
        self.activation_prime = activation_prime

    def forward_propagation(self, input_data):
        self.input = input_data
        return self.activation(self.input)

    def backward_propagation(self, output_error, learning_rate):
        return self.activation_prime(self.input) * output_error
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
  { what: 'activations that are layers, of a network that is given all', source: oneFile, mistake: ['grad * self.out * (1 - self.out)', 'grad * (1 - self.out)'] },
  { what: 'a loss that a network is given', source: oneFile, mistake: ['2 * self.diff / self.diff.size', 'self.diff ** 2'] },
  { what: 'layers that are added as objects', source: added, verdict: 'convention', mistake: ['nxt.delta @ nxt.weights.T', 'nxt.error @ nxt.weights.T'] },
  { what: 'static methods of one class', source: statics, mistake: ['d * acts[i-1] * (1 - acts[i-1])', 'd * acts[i-1]'] },
  { what: 'functions that are given an object with the weights', source: holder, mistake: ['* (1 - h ** 2)', '* (1 - h)'] },
  { what: 'a training function that is given a network of layers that are called', source: callable, mistake: ['return dout * self.mask', 'return dout'] },
  { what: 'a derivative of the loss that the caller hands to a network', source: sequential, mistake: ['g * (1 - self.y ** 2)', 'g * (1 - self.y)'] },
  { what: 'an activation that hands the derivative through, of a network that is given its layers', source: passing, mistake: ['return g * (self.x > 0)', 'return g'] },
  { what: 'a layer that is an activation with its derivative', source: bending, mistake: ['self.activation_prime(self.input) * output_error', 'self.activation_prime(self.input)'] },
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

  it('a network of objects is completed by the modules that make those', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradient-objects-'));
    try {
      const file = join(folder, 'network.py');
      for (const [name, text] of Object.entries(objects)) writeFileSync(join(folder, name), text);
      const right = await check('', '.py', { file });
      assert.equal(right.verdict, 'correct', say(right));
      writeFileSync(file, objects['network.py']!.replace('grad = layer.backward(grad)', 'layer.backward(grad)'));
      const wrong = await check('', '.py', { file });
      assert.equal(wrong.verdict, 'wrong', say(wrong));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('a module is found whose name differs in case alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradient-case-'));
    try {
      writeFileSync(join(folder, 'Start.py'), start);
      const file = join(folder, 'rest.py');
      writeFileSync(file, `from start import Start\n\n${[bends, upwards, downwards].join('\n')}`);
      const right = await check('', '.py', { file });
      assert.equal(right.verdict, 'correct', say(right));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

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
