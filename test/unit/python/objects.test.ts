// Networks of objects: layers, activations, a loss and an optimizer that a network is given, and trainers that are given the network.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bindsEach, pythonChecks, say, type Shape } from './support';

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
  { what: 'a trainer of a network of layers, each given to the next', source: trainer, mistake: ['(1 - layer.A ** 2)', '(1 - layer.A)'] },
  { what: 'activations that are layers, of a network that is given all', source: oneFile, mistake: ['grad * self.out * (1 - self.out)', 'grad * (1 - self.out)'] },
  { what: 'a loss that a network is given', source: oneFile, mistake: ['2 * self.diff / self.diff.size', 'self.diff ** 2'] },
  { what: 'layers that are added as objects', source: added, verdict: 'convention', mistake: ['nxt.delta @ nxt.weights.T', 'nxt.error @ nxt.weights.T'] },
  { what: 'functions that are given an object with the weights', source: holder, mistake: ['* (1 - h ** 2)', '* (1 - h)'] },
  { what: 'a training function that is given a network of layers that are called', source: callable, mistake: ['return dout * self.mask', 'return dout'] },
  { what: 'a derivative of the loss that the caller hands to a network', source: sequential, mistake: ['g * (1 - self.y ** 2)', 'g * (1 - self.y)'] },
  { what: 'an activation that hands the derivative through, of a network that is given its layers', source: passing, mistake: ['return g * (self.x > 0)', 'return g'] },
  { what: 'a layer that is an activation with its derivative', source: bending, mistake: ['self.activation_prime(self.input) * output_error', 'self.activation_prime(self.input)'] },
];

describe('networks of objects', function () {
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
});
