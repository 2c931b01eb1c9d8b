// How samples and targets lie, where a wrong guess of the check would look like a mistake of the person.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say, type Shape } from './support';

const shapes: readonly Shape[] = [
  {
    what: 'numbers of classes that a training makes one-hot itself, in every part of it',
    source: `import numpy as np


def one_hot(Y, classes):
    out = np.zeros((classes, Y.shape[1]))
    for i in range(Y.shape[1]):
        out[int(Y[0, i]), i] = 1
    return out


def loss(Z, Y):
    A = np.exp(Z - np.max(Z, axis=0)) / np.sum(np.exp(Z - np.max(Z, axis=0)), axis=0, keepdims=True)
    return A, -np.sum(Y * np.log(A + 1e-8)) / A.shape[1]


def train(X, Y, net_dims, num_iterations=500, learning_rate=0.2):
    W1, b1 = np.random.randn(net_dims[1], net_dims[0]), np.zeros((net_dims[1], 1))
    W2, b2 = np.random.randn(10, net_dims[1]), np.zeros((10, 1))
    Y_one_hot = one_hot(Y, 10)
    for i in range(num_iterations):
        A1 = np.tanh(np.dot(W1, X) + b1)
        A2, cost = loss(np.dot(W2, A1) + b2, Y_one_hot)
        dZ2 = (A2 - Y_one_hot) / A2.shape[1]
        dZ1 = np.dot(W2.T, dZ2) * (1 - A1 ** 2)
        W2 = W2 - learning_rate * np.dot(dZ2, A1.T)
        b2 = b2 - learning_rate * np.sum(dZ2, axis=1, keepdims=True)
        W1 = W1 - learning_rate * np.dot(dZ1, X.T)
        b1 = b1 - learning_rate * np.sum(dZ1, axis=1, keepdims=True)
    return W1, b1, W2, b2
`,
    mistake: ['(A2 - Y_one_hot)', '(Y_one_hot - A2)'],
  },
  {
    what: 'samples in rows under targets in a row',
    source: `import numpy as np

def initialize_parameters(dim):
    w = np.zeros((dim, 1))
    b = 0
    return w, b

def propagate(w, b, X, Y):
    m = X.shape[0]
    A = 1 / (1 + np.exp(-(np.dot(w.T, X.T) + b)))
    cost = (-1 / m) * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    dw = (1 / m) * np.dot(X.T, (A - Y).T)
    db = (1 / m) * np.sum(A - Y)
    return {"dw": dw, "db": db}, cost
`,
    mistake: ['np.dot(X.T, (A - Y).T)', 'np.dot(X.T ** 2, (A - Y).T)'],
  },
  {
    what: 'targets that only the script makes one-hot, and no cost',
    source: `import numpy as np

def one_hot(labels):
    made = np.zeros((10, len(labels)))
    for i in range(len(labels)):
        made[labels[i], i] = 1
    return made

class Network:
    def __init__(self):
        self.w1, self.b1 = np.random.randn(30, 784) * 0.1, np.zeros((30, 1))
        self.w2, self.b2 = np.random.randn(10, 30) * 0.1, np.zeros((10, 1))

    def forward(self, x):
        a1 = np.maximum(self.w1 @ x + self.b1, 0)
        e = np.exp(self.w2 @ a1 + self.b2)
        return a1, e / np.sum(e, axis=0, keepdims=True)

    def backward(self, a1, a2, Y, m, x):
        dz2 = a2 - Y
        dz1 = self.w2.T @ dz2 * (a1 > 0)
        return dz1 @ x.T / m, dz1.sum(axis=1, keepdims=True) / m, dz2 @ a1.T / m, dz2.sum(axis=1, keepdims=True) / m

if __name__ == "__main__":
    images, labels = np.load("images.npy"), np.load("labels.npy")
    nn, train_Y = Network(), one_hot(labels)
    for i in range(100):
        a1, a2 = nn.forward(images)
        dw1, db1, dw2, db2 = nn.backward(a1, a2, train_Y, images.shape[1], images)
`,
    mistake: ['dz1 = self.w2.T @ dz2 * (a1 > 0)', 'dz1 = self.w2.T @ dz2 * (dz2.sum() > 0)'],
  },
  {
    what: 'lists of activations and of weighted inputs, one sample at a time',
    source: `import numpy as np

class NeuralNetwork:
    def __init__(self, layer_size):
        self.layer_size = layer_size
        self.weights = [np.random.randn(n, c) for c, n in zip(layer_size[:-1], layer_size[1:])]
        self.biases = [np.random.randn(n, 1) for n in layer_size[1:]]

    def sigmoid(self, z):
        return 1 / (1 + np.exp(-z))

    def feed_forward(self, input_data):
        activations, weighted_inputs = [input_data], []
        for bias, weight in zip(self.biases, self.weights):
            weighted_inputs.append(np.dot(weight, activations[-1]) + bias)
            activations.append(self.sigmoid(weighted_inputs[-1]))
        return activations, weighted_inputs

    def back_propagation(self, input_data, target):
        gradient_biases = [np.zeros(bias.shape) for bias in self.biases]
        gradient_weights = [np.zeros(weight.shape) for weight in self.weights]
        activations, weighted_inputs = self.feed_forward(input_data)
        delta = (activations[-1] - target) * activations[-1] * (1 - activations[-1])
        gradient_biases[-1], gradient_weights[-1] = delta, np.dot(delta, activations[-2].T)
        for layer in range(2, len(self.layer_size)):
            s = self.sigmoid(weighted_inputs[-layer])
            delta = np.dot(self.weights[-layer + 1].T, delta) * s * (1 - s)
            gradient_biases[-layer], gradient_weights[-layer] = delta, np.dot(delta, activations[-layer - 1].T)
        return gradient_biases, gradient_weights

    def update(self, mini_batch, learning_rate):
        for input_data, target in mini_batch:
            delta_b, delta_w = self.back_propagation(input_data, target)
            self.weights = [w - learning_rate * d for w, d in zip(self.weights, delta_w)]
            self.biases = [b - learning_rate * d for b, d in zip(self.biases, delta_b)]
`,
    mistake: ['delta) * s * (1 - s)', 'delta) * s'],
  },
  {
    what: 'a training step that the script calls for each sample, and a cost under a name of its own',
    source: `import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def see(y_actual, y_pred):
    loss = (y_actual - y_pred) ** 2
    return np.sum(loss)

class Network:
    def __init__(self, inputs, hidden, output):
        self.w1, self.b1 = np.random.rand(hidden, inputs) - 0.5, np.random.rand(hidden, 1) - 0.5
        self.w2, self.b2 = np.random.rand(output, hidden) - 0.5, np.random.rand(output, 1) - 0.5

    def predict(self, X):
        return sigmoid(self.w2 @ sigmoid(self.w1 @ X + self.b1) + self.b2)

    def train(self, X, y, alpha):
        a1 = sigmoid(self.w1 @ X + self.b1)
        a2 = sigmoid(self.w2 @ a1 + self.b2)
        db2 = 2 * (a2 - y) * a2 * (1 - a2)
        db1 = self.w2.T @ db2 * a1 * (1 - a1)
        self.w1 = self.w1 - alpha * db1 @ X.T
        self.b1 = self.b1 - alpha * db1
        self.w2 = self.w2 - alpha * db2 @ a1.T
        self.b2 = self.b2 - alpha * db2

images, labels = np.load("images.npy"), np.load("labels.npy")
network = Network(784, 100, 10)
for j in range(len(images)):
    wanted = np.expand_dims(labels[j], axis=1)
    data = np.expand_dims(images[j], axis=1)
    network.train(data, wanted, 0.01)
`,
    mistake: ['self.b2 = self.b2 - alpha * db2', 'self.b2 = self.b2 - alpha * db2 * a2'],
  },
  {
    what: 'samples in columns under targets in a column, in a training function',
    source: `import numpy as np

def sigmoid(W, X):
    return (1.0 / (1.0 + np.exp(-np.dot(W.T, X)))).T

def gradient(X, Target):
    W = np.zeros((X.shape[0], 1))
    for epoch in range(450):
        W = W + 0.001 * np.dot(X, Target - sigmoid(W, X))
    return W
`,
    mistake: ['np.dot(X, Target', 'np.dot(X ** 2, Target'],
  },
  {
    what: 'a backward pass that is given the prediction as y beside the targets as t',
    source: `import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size):
        self.params = {'W1': 0.1 * np.random.randn(input_size, hidden_size), 'b1': np.zeros(hidden_size),
                       'W2': 0.1 * np.random.randn(hidden_size, output_size), 'b2': np.zeros(output_size)}

    def predict(self, x):
        self.z1 = sigmoid(x @ self.params['W1'] + self.params['b1'])
        return softmax(self.z1 @ self.params['W2'] + self.params['b2'])

    def loss(self, y, t):
        return -np.sum(t * np.log(y + 1e-12)) / y.shape[0]

    def backward(self, x, y, t):
        grads = {}
        dy = (y - t) / x.shape[0]
        grads['W2'] = self.z1.T @ dy
        grads['b2'] = dy.sum(axis=0)
        dz1 = dy @ self.params['W2'].T * self.z1 * (1 - self.z1)
        grads['W1'] = x.T @ dz1
        grads['b1'] = dz1.sum(axis=0)
        return grads

def train(net, x, t, lr=0.1):
    for i in range(100):
        y = net.predict(x)
        print(net.loss(y, t))
        grads = net.backward(x, y, t)
        for key in grads:
            net.params[key] -= lr * grads[key]
`,
    mistake: ['* self.z1 * (1 - self.z1)', '* (1 - self.z1)'],
  },
];

describe('how samples and targets lie', function () {
  this.timeout(30_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('takes no cost of its own where theirs cannot run', async () => {
    const source = shapes[2]!.source.replace('if __name__', 'def compute_cost(A, Y):\n    return -np.sum(Y * np.log(a3)) / Y.shape[1]\n\nif __name__');
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.match(result.summary, /'a3' is not defined/);
  });
});
