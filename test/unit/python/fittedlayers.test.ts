// A training that makes its layers itself, of as many units as the constructor is told, each with an optimizer of its own.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const source = (optimizer: string): string => `import numpy as np


class FC:
    def __init__(self, n_nodes1, n_nodes2, initializer, optimizer):
        self.optimizer = optimizer
        self.W = initializer.W(n_nodes1, n_nodes2)
        self.B = initializer.B(n_nodes2)

    def forward(self, X):
        self.X = X
        return X @ self.W + self.B

    def backward(self, dA):
        self.dB = np.sum(dA, axis=0) / len(dA)
        self.dW = self.X.T @ dA / len(dA)
        dZ = dA @ self.W.T
        self = self.optimizer.update(self)
        return dZ


class SimpleInitializer:
    def __init__(self, sigma):
        self.sigma = sigma

    def W(self, n_nodes1, n_nodes2):
        return self.sigma * np.random.randn(n_nodes1, n_nodes2)

    def B(self, n_nodes2):
        return self.sigma * np.random.randn(1, n_nodes2)


class SGD:
    def __init__(self, lr):
        self.lr = lr

    def update(self, layer):
        layer.W -= self.lr * layer.dW
        layer.B -= self.lr * layer.dB
        return layer


class AdaGrad:
    def __init__(self, lr):
        self.lr = lr
        self.hW = 0
        self.hB = 0

    def update(self, layer):
        self.hW += layer.dW * layer.dW
        self.hB += layer.dB * layer.dB
        layer.W -= self.lr * layer.dW / (np.sqrt(self.hW) + 1e-7)
        layer.B -= self.lr * layer.dB / (np.sqrt(self.hB) + 1e-7)
        return layer


class Tanh:
    def forward(self, A):
        self.A = A
        return np.tanh(A)

    def backward(self, dZ):
        return dZ * (1 - np.tanh(self.A) ** 2)


class Softmax:
    def forward(self, A):
        return np.exp(A) / np.sum(np.exp(A), axis=1).reshape(-1, 1)

    def backward(self, Z, y):
        return Z - y, -np.sum(y * np.log(Z)) / len(y)


class Classifier:
    def __init__(self, n_epochs=10, lr=0.01, sigma=0.01, n_nodes1=400, n_nodes2=200, n_output=10, activation=Tanh, optimizer=${optimizer}):
        self.n_epochs = n_epochs
        self.lr = lr
        self.sigma = sigma
        self.n_nodes1 = n_nodes1
        self.n_nodes2 = n_nodes2
        self.n_output = n_output
        self.activation = activation
        self.optimizer = optimizer

    def fit(self, X, y):
        made = lambda a, b: FC(a, b, SimpleInitializer(self.sigma), self.optimizer(self.lr))
        self.FC1 = made(X.shape[1], self.n_nodes1)
        self.activation1 = self.activation()
        self.FC2 = made(self.n_nodes1, self.n_nodes2)
        self.activation2 = self.activation()
        self.FC3 = made(self.n_nodes2, self.n_output)
        self.activation3 = Softmax()
        for i in range(self.n_epochs):
            A1 = self.FC1.forward(X)
            Z1 = self.activation1.forward(A1)
            A2 = self.FC2.forward(Z1)
            Z2 = self.activation2.forward(A2)
            A3 = self.FC3.forward(Z2)
            Z3 = self.activation3.forward(A3)
            dA3, loss = self.activation3.backward(Z3, y)
            dZ2 = self.FC3.backward(dA3)
            dA2 = self.activation2.backward(dZ2)
            dZ1 = self.FC2.backward(dA2)
            dA1 = self.activation1.backward(dZ1)
            self.FC1.backward(dA1)
`;

describe('python: a training that makes its layers', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const optimizer of ['SGD', 'AdaGrad']) {
    it(`is checked at few units, whatever ${optimizer} makes of its gradients`, async () => {
      const right = await check(source(optimizer));
      assert.equal(right.verdict, 'correct', say(right));
      assert.ok(right.layers.every(({ dW }) => dW !== undefined), say(right));
      const wrong = source(optimizer).replace('(1 - np.tanh(self.A) ** 2)', '(1 - np.tanh(self.A))');
      const result = await check(wrong);
      assert.equal(result.verdict, 'wrong', say(result));
      assert.equal(result.findings[0]?.line, lineOf(wrong, '(1 - np.tanh(self.A))'));
    });
  }
});
