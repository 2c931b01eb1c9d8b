// A training that makes its weights by another method, and moves them by what it gathers of the gradients: `v[i] = beta * v[i] + (1 - beta) * dW[i]`.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say } from './support';

const source = `import numpy as np


class Base:
    def __init__(self, units, lambda_):
        self.units = units
        self.lambda_ = lambda_
        self.weights_ = []

    def _initialize_weights(self, n_in, n_out):
        sizes = [n_in] + self.units + [n_out]
        self.weights_ = []
        for i in range(len(sizes) - 1):
            W = np.random.uniform(-1, 1, size=(sizes[i] + 1, sizes[i + 1]))
            self.weights_.append(W)

    def _forward_hidden(self, X):
        acts = [X]
        a = X
        for W in self.weights_[:-1]:
            a = np.tanh(np.hstack([a, np.ones((a.shape[0], 1))]).dot(W))
            acts.append(a)
        return acts


class Classifier(Base):
    def fit(self, X, y, learning_rate=0.05, epochs=5000):
        n_samples, n_features = X.shape
        n_classes = np.unique(y).size
        self._initialize_weights(n_features, n_classes)
        v = [np.zeros_like(W) for W in self.weights_]
        beta = 0.9
        Y = np.eye(n_classes)[y]
        for epoch in range(1, epochs + 1):
            hidden = self._forward_hidden(X)
            a = np.hstack([hidden[-1], np.ones((n_samples, 1))])
            z = a.dot(self.weights_[-1])
            e = np.exp(z - z.max(axis=1, keepdims=True))
            probs = e / e.sum(axis=1, keepdims=True)
            loss = -np.mean((Y * np.log(probs + 1e-8)).sum(axis=1))
            loss += 0.5 * self.lambda_ * sum((W[:-1] ** 2).sum() for W in self.weights_)
            delta = probs - Y
            dW = [None] * len(self.weights_)
            dW[-1] = a.T.dot(delta) / n_samples
            for i in range(len(self.weights_) - 2, -1, -1):
                delta = delta.dot(self.weights_[i + 1][:-1, :].T) * (1 - hidden[i + 1] ** 2)
                dW[i] = np.hstack([hidden[i], np.ones((n_samples, 1))]).T.dot(delta) / n_samples
            for i in range(len(dW)):
                dW[i][:-1, :] += self.lambda_ * self.weights_[i][:-1, :]
            for i in range(len(self.weights_)):
                v[i] = beta * v[i] + (1 - beta) * dW[i]
                self.weights_[i] -= learning_rate * v[i]
        return self

    def predict(self, X):
        hidden = self._forward_hidden(X)
        z = np.hstack([hidden[-1], np.ones((X.shape[0], 1))]).dot(self.weights_[-1])
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)
`;

describe('A training that makes its weights and moves them by what it gathers', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  bindsEach([{ what: 'momentum whose first step is a tenth of the gradient', source, mistake: [' * (1 - hidden[i + 1] ** 2)', ''] }], check);

  it('is not excused where nothing is gathered: then a tenth of the gradient is one', async () => {
    const result = await check(source.replace('v[i] = beta * v[i] + (1 - beta) * dW[i]', 'v[i] = (1 - beta) * dW[i]'));
    assert.equal(result.verdict, 'wrong', say(result));
  });
});
