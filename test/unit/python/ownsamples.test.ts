// A network of layers that is given its samples when it is made, and trains without being given anything.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const network = `import numpy as np


def loss(y_hat, y):
    return -np.mean(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat))


class Layer:
    def __init__(self, n_in, n_out, g):
        self.W = np.random.randn(n_out, n_in)
        self.b = np.zeros((n_out, 1))
        self.g = g

    def forward(self, X):
        self.X = X
        self.Z = np.dot(self.W, X) + self.b
        if self.g == "relu":
            self.A = np.maximum(0, self.Z)
        elif self.g == "sigmoid":
            self.A = 1 / (1 + np.exp(-self.Z))
        return self.A

    def backward(self, dA):
        m = self.X.shape[1]
        if self.g == "relu":
            dZ = dA * (self.Z > 0)
        else:
            s = 1 / (1 + np.exp(-self.Z))
            dZ = dA * s * (1 - s)
        self.dW = np.dot(dZ, self.X.T) / m
        self.db = np.sum(dZ, axis=1, keepdims=True) / m
        return np.dot(self.W.T, dZ)

    def step(self, alpha):
        self.W = self.W - alpha * self.dW
        self.b = self.b - alpha * self.db


class Sequential:
    def __init__(self, X, Y, alpha, num_epochs):
        self.layers = []
        self.X, self.Y = X, Y
        self.alpha, self.num_epochs = alpha, num_epochs

    def add_layer(self, layer):
        self.layers.append(layer)

    def fit(self):
        for i in range(self.num_epochs):
            A = np.array(self.X, copy=True)
            for layer in self.layers:
                A = layer.forward(A)
            dA = -(np.divide(self.Y, A) - np.divide(1 - self.Y, 1 - A))
            for layer in reversed(self.layers):
                dA = layer.backward(dA)
            for layer in self.layers:
                layer.step(self.alpha)
            print(loss(A, self.Y))

    def predict(self, X, y_test):
        A = np.array(X, copy=True)
        for layer in self.layers:
            A = layer.forward(A)
        print(np.mean(np.squeeze(y_test) == (A > 0.5)))
        return np.where(A > 0.5, 1, 0)


X, y = np.load("x.npy"), np.load("y.npy")
model = Sequential(X.T, y, 0.3, 40)
model.add_layer(Layer(785, 395, "relu"))
model.add_layer(Layer(395, 1, "sigmoid"))
model.fit()
`;

describe('Python check: a training that is given nothing', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is run on the samples that the network keeps', async () => {
    const right = await check(network);
    assert.equal(right.verdict, 'correct', say(right));
    const source = network.replace('dA * (self.Z > 0)', 'dA.copy()');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.line, lineOf(source, 'dA.copy()'), say(wrong));
  });
});
