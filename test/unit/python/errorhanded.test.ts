// A method that goes down through all layers from the error it is handed, `self.back_propagate(target - output)`, keeps a derivative of each layer and leaves the step to another; and costs that no function of it is.

import { bindsEach, pythonChecks, type Shape } from './support';

const handed = `import numpy as np

class Network:
    def __init__(self, inputs=3, hidden=[3, 3], outputs=2):
        sizes = [inputs] + hidden + [outputs]
        self.weights = [np.random.rand(a, b) for a, b in zip(sizes[:-1], sizes[1:])]
        self.derivatives = [np.zeros((a, b)) for a, b in zip(sizes[:-1], sizes[1:])]
        self.activations = [np.zeros(n) for n in sizes]

    def forward_propagate(self, inputs):
        self.activations[0] = inputs
        for i, w in enumerate(self.weights):
            inputs = self._sigmoid(np.dot(inputs, w))
            self.activations[i + 1] = inputs
        return inputs

    def back_propagate(self, error):
        for i in reversed(range(len(self.derivatives))):
            delta = error * self._slope(self.activations[i + 1])
            turned = delta.reshape(delta.shape[0], -1).T
            column = self.activations[i].reshape(self.activations[i].shape[0], -1)
            self.derivatives[i] = np.dot(column, turned)
            error = np.dot(delta, self.weights[i].T)
        return error

    def gradient_descent(self, learning_rate=1):
        for i in range(len(self.weights)):
            self.weights[i] += self.derivatives[i] * learning_rate

    def train(self, inputs, targets, epochs, learning_rate):
        for i in range(epochs):
            errors = 0
            for j, input in enumerate(inputs):
                target = targets[j]
                output = self.forward_propagate(input)
                error = target - output
                self.back_propagate(error)
                self.gradient_descent(learning_rate)
                errors += self._mse(target, output)
            print(errors / len(items), i)

    def _sigmoid(self, x):
        return 1 / (1 + np.exp(-x))

    def _slope(self, a):
        return a * (1 - a)

    def _mse(self, target, output):
        return np.average((target - output) ** 2)
`;

/** What is shown stands at the end of a training, beside a function of metrics that is no cost. */
const shown = `import numpy as np

class Network:
    def __init__(self, inputs, hidden, outputs=1, rate=0.1):
        sizes = [inputs] + hidden + [outputs]
        self.weights = [np.random.randn(a, b) for a, b in zip(sizes[:-1], sizes[1:])]
        self.biases = [np.zeros((1, b)) for b in sizes[1:]]
        self.rate = rate

    def sigmoid(self, x):
        return 1 / (1 + np.exp(-x))

    def forward(self, X):
        self.activations = [X]
        for w, b in zip(self.weights, self.biases):
            X = self.sigmoid(X.dot(w) + b)
            self.activations.append(X)
        return X

    def backward(self, X, y, output):
        deltas = [(y - output) * output * (1 - output)]
        for i in range(len(self.weights) - 1, 0, -1):
            deltas.append(deltas[-1].dot(self.weights[i].T) * self.activations[i] * (1 - self.activations[i]))
        deltas.reverse()
        for i in range(len(self.weights)):
            self.weights[i] += self.activations[i].T.dot(deltas[i]) * self.rate
            self.biases[i] += np.sum(deltas[i], axis=0, keepdims=True) * self.rate

    def train(self, X, y, epochs=100, batch=16):
        for epoch in range(epochs):
            for i in range(0, X.shape[0], batch):
                y_batch = y[i:i + batch]
                output = self.forward(X[i:i + batch])
                self.backward(X[i:i + batch], y_batch, output)
            loss = np.mean(np.square(y_batch - output))
            print(f"Epoch {epoch}, loss {loss:.4f}")


def calculate_metrics(y_true, y_pred):
    mse = np.mean(np.square(y_true - y_pred))
    return {"accuracy": np.mean(y_true == y_pred), "mse": mse}
`;

const shapes: readonly Shape[] = [
  { what: 'a step that adds what the error that it was handed made', source: handed, verdict: 'convention', mistake: ['error * self._slope(self.activations[i + 1])', 'error * self._sigmoid(self.activations[i + 1])'] },
  { what: 'a mean that a training shows at its end, beside metrics', source: shown, verdict: 'convention', mistake: ['* self.activations[i] * (1 - self.activations[i])', '* (1 - self.activations[i])'] },
];

describe('python: an error that is handed down', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
