// Batches that are drawn at random, of a size that the file writes down; and the step of Adam for each layer in a loop.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say, type Shape } from './support';

/** The targets of a batch are taken where they are used; the size of it is a global. */
const drawn = (draw: string): string => `import numpy as np

BATCH = 32


class Net:
    def __init__(self, inputs, hidden, outputs):
        self.W1 = np.random.randn(inputs, hidden)
        self.W2 = np.random.randn(hidden, outputs)

    def fit(self, X, y, rate=0.1, epochs=1000):
        for epoch in range(epochs):
            chosen = ${draw}
            x = X[chosen]
            h = np.tanh(x @ self.W1)
            out = h @ self.W2
            delta = (out - y[chosen]) / BATCH
            down = delta @ self.W2.T * (1 - h ** 2)
            self.W2 -= rate * h.T @ delta
            self.W1 -= rate * x.T @ down
`;

/** Ten classes are written down, a column of ones is put beside the samples, and every gradient is called g. */
const adam = (step: string, G = 'g'): string => `import numpy as np

def relu(x, prime=False):
    return 1.0 * (x > 0) if prime else x * (x > 0)

def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

class Net:
    def __init__(self, layers, activations):
        self.Ws = [np.random.normal(0, 0.1, (layers[i - 1] + 1, layers[i] + 1)) for i in range(1, len(layers) - 1)]
        self.Ws.append(np.random.normal(0, 0.1, (layers[-2] + 1, layers[-1])))
        self.activations = activations
        self.M = [0] * len(self.Ws)
        self.V = [0] * len(self.Ws)

    def fit(self, X, y, alpha, n_epoch):
        X = np.concatenate((np.ones((X.shape[0], 1)), X), axis=1)
        Y = np.eye(10)[y]
        for epoch in range(n_epoch):
            a = [X]
            for i in range(len(self.Ws) - 1):
                a.append(self.activations[i](np.dot(a[i], self.Ws[i])))
            a.append(self.activations[-1](np.dot(a[-1], self.Ws[-1])))
            deltas = [a[-1] - Y]
            for i in range(len(a) - 2, 0, -1):
                deltas.append(deltas[-1].dot(self.Ws[i].T) * self.activations[i - 1](a[i], prime=True))
            deltas.reverse()
            for i in range(len(self.Ws)):
                ${G} = np.dot(a[i].T, deltas[i])
                ${step}

    def predict(self, X):
        a = np.concatenate((np.ones((X.shape[0], 1)), X), axis=1)
        for w, activation in zip(self.Ws, self.activations):
            a = activation(a.dot(w))
        return a.argmax(axis=1)

net = Net([784, 128, 64, 10], [relu] * 2 + [softmax])
`;
const moments = (G: string): string => `self.M[i] = 0.9 * self.M[i] + 0.1 * ${G}
                self.V[i] = 0.99 * self.V[i] + 0.01 * ${G} ** 2
                self.Ws[i] -= alpha * (self.M[i] / 0.1) / (np.sqrt(self.V[i] / 0.01) + 1e-8)`;

/** A training function that works on a network of the script, and takes each sample, a row, with its target out of what the script has read. */
const rows = `import numpy as np

def read(path):
    return [[x.reshape((1, 784)), y.reshape((1, 10))] for x, y in np.load(path)]

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

class Layer:
    def __init__(self, inputs, outputs):
        self.b = np.random.randn(1, outputs)
        self.w = np.random.randn(inputs, outputs)
        self.bgrad = self.wgrad = 0

    def forward(self, x):
        self.x = x
        self.a = sigmoid(np.dot(x, self.w) + self.b)
        return self.a

    def compgrad(self, above):
        grad = self.a * (1 - self.a) * above
        self.bgrad += grad
        self.wgrad += np.dot(self.x.T, grad)
        return np.dot(grad, self.w.T)

    def move(self):
        self.w -= 1.5 * self.wgrad
        self.b -= 1.5 * self.bgrad
        self.bgrad = self.wgrad = 0

class Model:
    def __init__(self, sizes):
        self.layers = [Layer(sizes[i], sizes[i + 1]) for i in range(len(sizes) - 1)]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def compgrad(self, grad):
        for layer in reversed(self.layers):
            grad = layer.compgrad(grad)

def train(traindata, size=10):
    batches = (traindata[i:i + size] for i in range(0, len(traindata), size))
    for batch in batches:
        for x, y in batch:
            a = network.forward(x)
            network.compgrad(2 * (a - y) / size)
        for layer in network.layers:
            layer.move()

if __name__ == "__main__":
    traindata = read("train.npy")
    network = Model([784, 39, 10])
    for epoch in range(15):
        train(traindata)
`;

/** How many samples a batch has stands in the constructor, and the step divides by it; the cost is the mean. */
const written = `import numpy as np

class Net:
    def __init__(self):
        self.W1 = np.random.randn(5, 4)
        self.W2 = np.random.randn(4, 3)
        self.rate = 0.1
        self.batch_size = 64

    def forward(self, X):
        self.H = np.tanh(X @ self.W1)
        self.A = self.H @ self.W2
        return self.A

    def loss(self, Y):
        return np.sum((self.A - Y) ** 2) / (2 * len(Y))

    def backward(self, X, Y):
        delta = self.A - Y
        down = delta @ self.W2.T * (1 - self.H ** 2)
        self.W2 -= self.rate * self.H.T @ delta / self.batch_size
        self.W1 -= self.rate * X.T @ down / self.batch_size
`;

const fifths = drawn('np.arange(len(X))').replace('        for epoch in', '        shown = {1, *range(epochs // 5, epochs + 1, epochs // 5)}\n        for epoch in');

const shapes: readonly Shape[] = [
  { what: 'a training that shows every fifth of its rounds', source: fifths, mistake: ['(1 - h ** 2)', '(1 - h)'] },
  { what: 'a network of the script, trained by a function with samples and targets in pairs', source: rows, mistake: ['self.a * (1 - self.a) * above', 'self.a * above'] },
  { what: 'a batch whose size stands in a constructor', source: written, mistake: ['(1 - self.H ** 2)', '(1 - self.H)'] },
  { what: 'a batch that is chosen', source: drawn('np.random.choice(len(X), BATCH)'), mistake: ['(1 - h ** 2)', '(1 - h)'] },
  { what: 'a batch by numbers that are drawn', source: drawn('np.random.randint(0, X.shape[0], size=BATCH)'), mistake: ['(1 - h ** 2)', '(1 - h)'] },
  { what: "Adam's step for each layer, of a gradient that says no more than that", source: adam(moments('g')), mistake: ['self.activations[i - 1](a[i], prime=True)', '(1 - a[i])'] },
  { what: "Adam's step for each layer, of dW", source: adam(moments('dW'), 'dW'), mistake: ['self.activations[i - 1](a[i], prime=True)', '(1 - a[i])'] },
];

describe('Python: batches', function () {
  this.timeout(40000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('shows the line of a mistake in a step of Adam', async () => {
    const source = adam(moments('g')).replace('self.activations[i - 1](a[i], prime=True)', '(1 - a[i])');
    assert.equal((await check(source)).findings[0]?.line, lineOf(source, 'deltas.append'));
  });

  it('does not take the classes that the labels are made into for a product that cannot be', async () => {
    const result = await check(adam('self.Ws[i] -= alpha * np.cbrt(g)'));
    assert.equal(result.verdict, 'not bound', say(result));
  });
});
