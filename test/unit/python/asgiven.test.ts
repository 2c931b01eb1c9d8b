// What functions are given and give in other wrappings: samples as objects, layers in lambdas, mini-batches beside the parameters, a cost with its accuracy.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say, type Shape } from './support';

/** Each sample is an object, of which the passes read what they need. */
const objects = `import numpy as np

class Layer:
    def __init__(self, n_in, n_out):
        self.weights = np.random.randn(n_in, n_out) / np.sqrt(n_in)
        self.biases = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        self.z = np.matmul(x, self.weights) + self.biases
        return self.z

    def backward(self, dz, rate):
        below = np.matmul(dz, self.weights.T)
        self.weights -= rate * np.matmul(self.x.T, dz) / len(dz)
        self.biases -= rate * np.mean(dz, axis=0)
        return below

class Network:
    def __init__(self, sizes):
        self.layers = [Layer(n_in, n_out) for n_in, n_out in zip(sizes[:-1], sizes[1:])]

    def calculate_output(self, points):
        values = np.array([point.input for point in points])
        for layer in self.layers[:-1]:
            values = np.tanh(layer.forward(values))
        values = np.exp(self.layers[-1].forward(values))
        return values / np.sum(values, axis=1, keepdims=True)

    def loss(self, points):
        targets = np.array([point.expected_output for point in points])
        return -np.mean(np.sum(targets * np.log(self.calculate_output(points)), axis=1))

    def backward(self, points, rate):
        delta = self.calculate_output(points) - np.array([point.expected_output for point in points])
        for l in range(len(self.layers) - 1, -1, -1):
            below = self.layers[l].backward(delta, rate)
            delta = below * (1 - np.tanh(self.layers[l - 1].z) ** 2) if l > 0 else None
`;

/** The layers are lambdas of the object; how many samples there are, fit keeps of the samples that it has kept. */
const lambdas = `import numpy as np

class Network:
    def __init__(self, n_in, n_classes, n_hidden):
        self._build_network(n_in, n_classes, n_hidden)

    def _build_network(self, n_in, n_classes, n_hidden):
        self.W1 = np.random.random((n_in, n_hidden))
        self.b1 = np.zeros((n_hidden,))
        self.hidden = lambda x: np.tanh(np.dot(x, self.W1) + self.b1)
        self.W2 = np.random.random((n_hidden, n_classes))
        self.b2 = np.zeros((n_classes,))
        self.scores = lambda x: np.dot(x, self.W2) + self.b2

    def _forward(self):
        self.a1 = self.hidden(self.X)
        e = np.exp(self.scores(self.a1))
        self.pred = e / np.sum(e, axis=1, keepdims=True)
        return self.pred

    def _compute_loss(self):
        return -np.mean(np.sum(self.Y * np.log(self.pred), axis=1))

    def _backward(self):
        delta2 = (self.pred - self.Y) / self.num_examples
        self.dW2 = np.dot(self.a1.T, delta2)
        self.db2 = np.sum(delta2, axis=0)
        delta1 = np.dot(delta2, self.W2.T) * (1 - self.a1 ** 2)
        self.dW1 = np.dot(self.X.T, delta1)
        self.db1 = np.sum(delta1, axis=0)

    def fit(self, x, y, lr):
        self.X = x
        self.num_examples = self.X.shape[0]
        self.X = self.X / np.linalg.norm(self.X)
        self.Y = y
        self._forward()
        loss = self._compute_loss()
        self._backward()
        for name in ("W1", "b1", "W2", "b2"):
            setattr(self, name, getattr(self, name) - lr * getattr(self, "d" + name))
        return loss
`;

/** The initializer cuts the samples into mini-batches as well; the cost comes in a list with the accuracy. */
const batches = `import numpy as np

def initialize(layers, X_train, Y_train, size):
    parameters, X, Y = {}, [], []
    for l in range(1, len(layers)):
        parameters["W" + str(l)] = np.random.randn(layers[l], layers[l - 1]) * np.sqrt(2 / layers[l - 1])
        parameters["b" + str(l)] = np.zeros((layers[l], 1))
    for i in range(0, Y_train.shape[1], size):
        X.append(X_train[:, i:i + size])
        Y.append(Y_train[:, i:i + size])
    return parameters, X, Y

def forward_propagation(X, parameters):
    cache, A = [], X
    L = len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        Z = np.dot(W, A) + b
        cache.append([W, b, Z, A])
        A = np.maximum(0, Z) if l < L else 1 / (1 + np.exp(-Z))
    return A, cache

def cost(Y_hat, Y, parameters, lambd):
    m = Y.shape[1]
    accuracy = np.equal(Y, Y_hat >= 0.5).mean()
    current_cost = -np.sum(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)) / m
    penalty = 0
    for l in range(1, len(parameters) // 2 + 1):
        penalty += np.sum(np.square(parameters["W" + str(l)]))
    return [current_cost + penalty * lambd / (2 * m), accuracy]

def back_propagation(Y_hat, Y, caches, lambd):
    grads, L, m = {}, len(caches), Y_hat.shape[1]
    dZ = Y_hat - Y
    for l in reversed(range(L)):
        W, b, Z, A_prev = caches[l]
        grads["dW" + str(l + 1)] = np.dot(dZ, A_prev.T) / m + lambd / m * W
        grads["db" + str(l + 1)] = np.sum(dZ, axis=1, keepdims=True) / m
        if l > 0:
            dZ = np.dot(W.T, dZ) * (caches[l - 1][2] > 0)
    return grads
`;

/** Nothing makes the parameters, and the samples lie as rows: the products have them as columns. */
const turned = `import numpy as np

def forward_propagation(A0, parameters):
    Z1 = parameters['W1'] @ A0.T + parameters['b1']
    A1 = np.tanh(Z1)
    Z2 = parameters['W2'] @ A1 + parameters['b2']
    A2 = 1 / (1 + np.exp(-Z2))
    return {'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}

def back_propagation(A0, activations, parameters, Y):
    N = A0.shape[0]
    dZ2 = (activations['A2'] - Y.T) / N
    dW2 = dZ2 @ activations['A1'].T
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = parameters['W2'].T @ dZ2 * (1 - activations['A1'] ** 2)
    dW1 = dZ1 @ A0
    db1 = np.sum(dZ1, axis=1, keepdims=True)
    return {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}
`;

/** The prediction is turned where the cost is called with it. */
const turnedThere = `import numpy as np

def cross_entropy_loss(y_true, y_pred):
    m = y_pred.shape[0]
    return -1 / m * np.sum(y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred))

class MLP:
    def __init__(self, input_size=2, hidden_size=10, output_size=2, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size) * np.sqrt(2. / input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * np.sqrt(2. / hidden_size)
        self.b2 = np.zeros((output_size, 1))

    def forward(self, X):
        self.A1 = np.tanh(np.dot(self.W1, X.T) + self.b1)
        return 1 / (1 + np.exp(-(np.dot(self.W2, self.A1) + self.b2)))

    def backpropagation(self, X, y_true, y_pred):
        m = y_true.shape[0]
        dZ2 = y_pred - y_true.T
        dZ1 = np.dot(self.W2.T, dZ2) * (1 - self.A1 ** 2)
        return {'W2': np.dot(dZ2, self.A1.T) / m, 'b2': np.sum(dZ2, axis=1, keepdims=True) / m,
                'W1': np.dot(dZ1, X) / m, 'b1': np.sum(dZ1, axis=1, keepdims=True) / m}

    def step(self, X_batch, y_batch):
        y_pred = self.forward(X_batch)
        loss = cross_entropy_loss(y_batch, y_pred.T)
        gradients = self.backpropagation(X_batch, y_batch, y_pred)
        for name, gradient in gradients.items():
            setattr(self, name, getattr(self, name) - self.learning_rate * gradient)
        return loss
`;

const shapes: readonly Shape[] = [
  { what: 'samples that are objects', source: objects, mistake: ['(1 - np.tanh(self.layers[l - 1].z) ** 2)', '(1 - self.layers[l - 1].z ** 2)'] },
  { what: 'layers that are lambdas of the object, and a number of the samples that are kept', source: lambdas, mistake: ['(1 - self.a1 ** 2)', '(1 - self.a1)'] },
  { what: 'mini-batches beside the parameters, and a cost in a list', source: batches, mistake: ['(caches[l - 1][2] > 0)', '(caches[l][3] > 1)'] },
  { what: 'parameters that nothing makes for samples as rows that go through as columns', source: turned, mistake: ["(1 - activations['A1'] ** 2)", "(1 - activations['A1'])"] },
  { what: 'a prediction that is turned where the cost is called', source: turnedThere, mistake: ['(1 - self.A1 ** 2)', '(1 - self.A1)'] },
];

describe('python: what is given in other wrappings', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('compares a cost that comes in a list with all its terms', async () => {
    const wrong = await check(batches.replace('range(1, len(parameters) // 2 + 1):\n        penalty', 'range(1, len(parameters) // 2):\n        penalty'));
    assert.deepEqual([wrong.verdict, wrong.findings[0]?.function], ['wrong', 'cost'], say(wrong));
    assert.match(wrong.findings[0]?.message ?? '', /leaves out W\d, which the gradient counts/);
  });
});
