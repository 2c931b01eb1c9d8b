// What a file leaves to what is around it: the parameters to a caller, names to pylab, derivatives to a module that is not there, the training to a first run.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say, type Shape } from './support';

const hinge = `import numpy as np


def svm_loss(W, X, y, reg):
    dW = np.zeros_like(W)
    loss = 0.0
    for i in range(X.shape[0]):
        scores = X[i].dot(W)
        for j in range(W.shape[1]):
            if j == y[i]:
                continue
            margin = scores[j] - scores[y[i]] + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    loss = loss / X.shape[0] + reg * np.sum(W * W)
    dW = dW / X.shape[0] + 2 * reg * W
    return loss, dW
`;

const single = `import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def compute_cost(X, y, w, b):
    f = sigmoid(X @ w + b)
    return -np.mean(y * np.log(f) + (1 - y) * np.log(1 - f))


def compute_gradient(X, y, w, b):
    f = sigmoid(X @ w + b)
    dj_dw = X.T @ (f - y) / X.shape[0]
    dj_db = np.mean(f - y)
    return dj_db, dj_dw
`;

const cell = (source: string) => ({ cell_type: 'code', source });
const notebook = (...cells: string[]) => JSON.stringify({ cells: cells.map(cell), metadata: {}, nbformat: 4, nbformat_minor: 5 });

const inline = notebook(
  '%pylab inline',
  `class Net(object):
    def __init__(self):
        self.W1 = np.random.randn(2, 3)
        self.W2 = randn(3, 1)

    def forward(self, X):
        self.z2 = dot(X, self.W1)
        self.a2 = tanh(self.z2)
        return dot(self.a2, self.W2)

    def cost(self, X, y):
        return 0.5 * sum((y - self.forward(X)) ** 2)

    def cost_prime(self, X, y):
        delta3 = self.forward(X) - y
        delta2 = dot(delta3, self.W2.T) * (1 - self.a2 ** 2)
        return dot(X.T, delta2), dot(self.a2.T, delta3)
`,
);

const written = notebook(`%%writefile tiny.py
import numpy as np

class Dense:
    def __init__(self, n_in, n_out):
        self.weights = np.random.randn(n_in, n_out) * 0.1
        self.bias = np.zeros((1, n_out))

    def forward(self, x):
        self.x = x
        return x @ self.weights + self.bias

    def backward(self, grad, learning_rate):
        down = grad @ self.weights.T
        self.weights -= learning_rate * self.x.T @ grad
        self.bias -= learning_rate * np.sum(grad, axis=0, keepdims=True)
        return down

class Activation:
    def __init__(self, activation, activation_prime):
        self.activation, self.activation_prime = activation, activation_prime

    def forward(self, x):
        self.x = x
        return self.activation(x)

    def backward(self, grad, learning_rate):
        if self.activation_prime is None:
            return grad
        return grad * self.activation_prime(self.x)

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_prime(x):
    return sigmoid(x) * (1 - sigmoid(x))

def softmax(x):
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)

def cross_entropy(y_true, y_pred):
    return -np.sum(y_true * np.log(y_pred)) / len(y_true)

def cross_entropy_prime(y_true, y_pred):
    return (y_pred - y_true) / len(y_true)
`);

const absent = `import numpy as np
from helpers_of_ours import *


def start(layers):
    return {letter + str(l): np.random.randn(layers[l], layers[l - 1]) if letter == "W" else np.zeros((layers[l], 1)) for l in range(1, len(layers)) for letter in "Wb"}


def forward(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = sigmoid(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    return sigmoid(Z2), (Z1, A1, Z2)


def backward(X, Y, A2, cache, parameters):
    Z1, A1, Z2 = cache
    dZ2 = (A2 - Y) * backward_sigmoid(Z2)
    dZ1 = parameters["W2"].T @ dZ2 * backward_sigmoid(Z1)
    return {"dW2": dZ2 @ A1.T, "db2": dZ2.sum(axis=1, keepdims=True), "dW1": dZ1 @ X.T, "db1": dZ1.sum(axis=1, keepdims=True)}
`;

/** The same by a name of the module; and in a notebook whose cell that imported NumPy is gone. */
const named = absent
  .replace('from helpers_of_ours import *', 'from helpers_of_ours import tools as t')
  .replaceAll(' sigmoid(', ' t.sigmoid(')
  .replaceAll('backward_sigmoid(', 't.backward_sigmoid(');
const gone = notebook(absent.replace('import numpy as np\n', ''));

const kept = `import numpy as np


class Softmax:
    def __init__(self, input_size=28 * 28, num_classes=10):
        self.weights, self.gradients = {}, {}
        self.weights["W1"] = 0.1 * np.random.randn(input_size, num_classes)

    def forward(self, X, y, mode="train"):
        Z = X @ self.weights["W1"]
        p = np.exp(Z) / np.sum(np.exp(Z), axis=1, keepdims=True)
        accuracy = np.mean(np.argmax(p, axis=1) == y)
        loss = -np.mean(np.log(p[np.arange(len(y)), y]))
        if mode != "train":
            return loss, accuracy
        error = p.copy()
        error[np.arange(len(y)), y] -= 1
        self.gradients["W1"] = X.T @ error / len(y)
        return loss, accuracy
`;

const tested = `import numpy as np


def initialize_adam_test_case():
    np.random.seed(1)
    return {"W1": np.random.randn(2, 3), "b1": np.random.randn(2, 1), "W2": np.random.randn(3, 2), "b2": np.random.randn(3, 1)}


def forward_propagation_n(X, Y, parameters):
    m = X.shape[1]
    W1, b1, W2, b2, W3, b3 = (parameters[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
    A1 = np.tanh(W1 @ X + b1)
    A2 = np.tanh(W2 @ A1 + b2)
    A3 = 1 / (1 + np.exp(-(W3 @ A2 + b3)))
    cost = -1. / m * np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))
    return cost, (A1, W1, A2, W2, A3, W3)


def backward_propagation_n(X, Y, cache):
    m = X.shape[1]
    (A1, W1, A2, W2, A3, W3) = cache
    dZ3 = A3 - Y
    dZ2 = W3.T @ dZ3 * (1 - A2 ** 2)
    dZ1 = W2.T @ dZ2 * (1 - A1 ** 2)
    return {"dW3": 1. / m * dZ3 @ A2.T, "db3": 1. / m * np.sum(dZ3, axis=1, keepdims=True), "dW2": 1. / m * dZ2 @ A1.T, "db2": 1. / m * np.sum(dZ2, axis=1, keepdims=True), "dW1": 1. / m * dZ1 @ X.T, "db1": 1. / m * np.sum(dZ1, axis=1, keepdims=True)}
`;

const once = `import numpy as np

X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
W1 = 2 * np.random.random((3, 4)) - 1
W2 = 2 * np.random.random((4, 1)) - 1

try:
    W1, W2 = np.load("weights.npy", allow_pickle=True)
except FileNotFoundError:
    for epoch in range(20000):
        hidden = np.tanh(X.dot(W1))
        output = hidden.dot(W2)
        loss = 0.5 * np.sum((output - y) ** 2)
        delta2 = output - y
        delta1 = delta2.dot(W2.T) * (1 - hidden ** 2)
        W2 -= 0.1 * hidden.T.dot(delta2)
        W1 -= 0.1 * X.T.dot(delta1)
`;

const shapes: Shape[] = [
  { what: 'a loss that is given its one matrix, which nothing makes', source: hinge, mistake: ['dW[:, y[i]] -= X[i]', 'dW[:, y[i]] += X[i]'] },
  { what: 'w and b that nothing makes', source: single, mistake: ['dj_dw = X.T @ (f - y) / X.shape[0]', 'dj_dw = X.T @ (f - y)'] },
  { what: 'the names that %pylab leaves', source: inline, extension: '.ipynb', mistake: ['* (1 - self.a2 ** 2)', '* (1 - self.z2 ** 2)'] },
  { what: 'a module that a notebook writes, and a softmax whose derivative is in that of the loss', source: written, extension: '.ipynb', mistake: ['(y_pred - y_true)', '(y_true - y_pred)'] },
  { what: 'the derivative of a module that is not there, by what it is given', source: absent, mistake: ['(A2 - Y) * backward_sigmoid(Z2)', '(A2 - Y) * backward_sigmoid(Z2) ** 2'] },
  { what: 'functions of a module that is not there, by its name', source: named, mistake: ['t.backward_sigmoid(Z1)', 't.backward_sigmoid(Z1) ** 2'] },
  { what: 'a notebook that no longer imports NumPy', source: gone, extension: '.ipynb', mistake: ['backward_sigmoid(Z1)', 'backward_sigmoid(Z1) ** 2'] },
  { what: 'one layer whose gradient is left in a dictionary, and the cost returned beside an accuracy', source: kept, mistake: ['X.T @ error / len(y)', 'X.T @ error / len(y) ** 2'] },
  { what: 'a network whose parameters are not those of a test', source: tested, mistake: ['"dW2": 1. / m * dZ2 @ A1.T', '"dW2": 1. / m * dZ2 @ A1.T * 2'] },
  { what: 'a training that is done where no earlier one is found', source: once, mistake: ['(1 - hidden ** 2)', '(1 + hidden ** 2)'] },
];

describe('python: what a file leaves to what is around it', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('says what a gradient should be that is too large, and offers it without the number', async () => {
    const source = tested.replace('    return {"dW3"', '    dW2 = 1. / m * np.dot(dZ2, A1.T) * 2\n    return {"dW3"').replace('1. / m * dZ2 @ A1.T', 'dW2');
    const [first] = (await check(source)).findings;
    assert.deepEqual([first?.line, first?.formula, first?.replacement], [lineOf(source, 'dW2 = 1.'), 'dW2 = np.dot(dZ, A_prev.T) / m', '1. / m * np.dot(dZ2, A1.T)']);
  });

  it('makes no weights of one layer for a gradient without a product', async () => {
    const result = await check(`import numpy as np

def forward_propagation(x, theta):
    J = np.dot(theta, x)
    return J

def backward_propagation(x, theta):
    dtheta = x
    return dtheta
`);
    assert.notEqual(result.verdict, 'wrong', say(result));
  });
});
