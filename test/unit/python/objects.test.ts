// Networks of objects that are given their parts: layers, activations, a loss and an optimizer that a network is given, and trainers that are given the network.

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
