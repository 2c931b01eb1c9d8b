// What a helper module that is not here gives by its name: how many predictions are right, and slopes that the network keeps under a name of its own.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say } from './support';

/** The forward pass counts right predictions with the helper; the settings say how much of the last step is kept. */
const counted = `import numpy as np
import tools

class Network:
    def __init__(self, config):
        widths = config['layer_specs']
        self.weights = [0.1 * np.random.randn(widths[l], widths[l + 1]) for l in range(len(widths) - 1)]
        self.steps = [0 * w for w in self.weights]
        self.rate, self.keeps = config['learning_rate'], config['momentum_gamma']

    def forward(self, x, targets=None):
        self.targets, self.seen = targets, [x]
        for w in self.weights[:-1]:
            self.seen.append(np.tanh(self.seen[-1] @ w))
        e = np.exp(self.seen[-1] @ self.weights[-1])
        self.y = e / np.sum(e, axis=1, keepdims=True)
        if targets is None:
            return self.y
        return self.loss(self.y, targets), tools.countCorrect(self.y, targets)

    def loss(self, logits, targets):
        return -np.sum(targets * np.log(logits)) / len(logits)

    def backward(self):
        delta = (self.y - self.targets) / len(self.y)
        for l in reversed(range(len(self.weights))):
            dw = self.seen[l].T @ delta
            delta = delta @ self.weights[l].T * (1 - self.seen[l] ** 2)
            self.steps[l] = self.keeps * self.steps[l] - self.rate * dw
            self.weights[l] += self.steps[l]
`;

/** One sample after the other, with activations of the helper. */
const slopes = `import numpy as np
from curves import sigmoid, sigmoid_prime, tanh, tanh_prime

class Network:
    def __init__(self, layers, kind='tanh'):
        if kind == 'sigmoid':
            self.bend, self.slope = sigmoid, sigmoid_prime
        elif kind == 'tanh':
            self.bend = tanh
            self.slope = tanh_prime
        self.weights = [np.random.randn(layers[l], layers[l + 1]) for l in range(len(layers) - 1)]

    def fit(self, X, y, learning_rate=0.2, epochs=1000):
        for k in range(epochs):
            i = np.random.randint(X.shape[0])
            a = [X[i]]
            for w in self.weights:
                a.append(self.bend(a[-1] @ w))
            deltas = [(y[i] - a[-1]) * self.slope(a[-1])]
            for l in range(len(self.weights) - 1, 0, -1):
                deltas.insert(0, deltas[0] @ self.weights[l].T * self.slope(a[l]))
            for l in range(len(self.weights)):
                self.weights[l] += learning_rate * np.outer(a[l], deltas[l])
`;

/** Taken out of its package; it makes its gradients on the way forward. */
const packaged = `import numpy as np
from .functions import sigmoid, softmax

class Network:
    def __init__(self, inputs=784, hidden=32, outputs=10):
        self.W1, self.W2 = np.random.randn(inputs, hidden), np.random.randn(hidden, outputs)

    def forward_pass(self, x_batch, y_batch, gradient=True):
        a = sigmoid(np.dot(x_batch, self.W1))
        out = softmax(np.dot(a, self.W2))
        if gradient:
            delta = out - y_batch
            self.dW2 = np.dot(a.T, delta)
            delta = np.dot(delta, self.W2.T) * (a * (1 - a))
            self.dW1 = np.dot(x_batch.T, delta)
        return out

    def update(self, learning_rate=0.1):
        self.W1 -= learning_rate * self.dW1
        self.W2 -= learning_rate * self.dW2
`;

/** What softmax is given is one of a list, and only the products say how it lies. */
const listed = `import numpy as np
from curves import softmax, tanh


class Network:
    def __init__(self, sizes):
        self.w = [np.random.randn(i, o) for i, o in zip(sizes[:-1], sizes[1:])]

    def forward(self, x):
        self.a = [x]
        z = []
        for l in range(len(self.w)):
            z.append(np.dot(self.a[l], self.w[l]))
            self.a.append(tanh(z[l]) if l < len(self.w) - 1 else softmax(z[l]))
        return self.a[-1]

    def backward(self, y, rate=0.1):
        delta = (self.a[-1] - y) / len(y)
        for l in reversed(range(len(self.w))):
            step = np.dot(self.a[l].T, delta)
            delta = np.dot(delta, self.w[l].T) * (1 - self.a[l] ** 2)
            self.w[l] -= rate * step
`;

/** A class of activations that is not here; the forward pass asks whether there is dropout at all. */
const called = `import numpy as np
from net.curves import Curves


class Forward:
    def L_model_forward(self, X, parameters, rates):
        curves, caches, A, L = Curves(), [], X, len(parameters) // 2
        for l in range(1, L + 1):
            W, b = parameters['W' + str(l)], parameters['b' + str(l)]
            Z = np.dot(W, A) + b
            caches.append((A, W, Z))
            A = curves.tanh(Z) if l < L else curves.sigmoid(Z)
            if rates != None and l < L:
                A = A * (np.random.rand(*A.shape) < rates[l - 1])
        return A, caches


class Backward:
    def __init__(self):
        self.curves = Curves()

    def L_model_backward(self, AL, Y, caches):
        grads, m, L = {}, Y.shape[1], len(caches)
        dA = -(Y / AL - (1 - Y) / (1 - AL))
        for l in range(L, 0, -1):
            A_prev, W, Z = caches[l - 1]
            dZ = self.curves.sigmoid_backward(dA, Z) if l == L else self.curves.tanh_backward(dA, Z)
            grads['dW' + str(l)] = np.dot(dZ, A_prev.T) / m
            grads['db' + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
            dA = np.dot(W.T, dZ)
        return grads
`;

describe('What a missing helper module has', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  bindsEach([
    { what: 'a count of right predictions, and a momentum of the settings', source: counted, mistake: ['* (1 - self.seen[l] ** 2)', '* (1 - self.seen[l])'] },
    { what: 'slopes that are kept under another name', source: slopes, mistake: ['.T * self.slope(a[l])', '.T'] },
    { what: 'softmax of what a list keeps', source: listed, mistake: [' * (1 - self.a[l] ** 2)', ''] },
    { what: 'activations of a module of its own package', source: packaged, mistake: [' * (a * (1 - a))', ''], unchecked: 'the module they come from is not here' },
    { what: 'activations that are methods of a class which is not here', source: called, mistake: ['keepdims=True) / m', 'keepdims=True)'], unchecked: 'sigmoid_backward' },
  ], check);

  it('knows nothing of what a class is called for that is given something', async () => {
    const result = await check(called.replace('curves, caches, A, L = Curves(),', "curves, caches, A, L = Curves('steep'),"));
    assert.equal(result.verdict, 'cannot run', say(result));
  });
});
