// Everyday habits of course files: widths in a dictionary, parameters that a loop appends, one-hot targets for the cost alone, an accuracy on the way.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say, type Shape } from './support';

const dictionary = `import numpy as np


def define_dimensions(X, Y, n_h):
    return {"n_x": X.shape[0], "n_h": n_h, "n_y": Y.shape[0]}


def init_parameters(dimensions):
    n_x, n_h, n_y = dimensions["n_x"], dimensions["n_h"], dimensions["n_y"]
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}


def forward(X, parameters):
    A1 = np.tanh(np.dot(parameters["W1"], X) + parameters["b1"])
    A2 = 1 / (1 + np.exp(-(np.dot(parameters["W2"], A1) + parameters["b2"])))
    return {"A1": A1, "A2": A2}


def backward(X, Y, parameters, cache, lambd):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dW2 = 1 / m * np.dot(dZ2, cache["A1"].T) + lambd / m * parameters["W2"]
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - np.power(cache["A1"], 2))
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd / m * parameters["W1"]
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def compute_cost(Y, cache, lambd, parameters):
    A2, m = cache["A2"], Y.shape[1]
    entropy = -1 / m * np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    return entropy + lambd / (2 * m) * (np.sum(np.square(parameters["W1"])) + np.sum(np.square(parameters["W2"])))
`;

const appended = `import numpy as np

length = 3
nodes = [30, 12, 12, 1]
weights = []
for i in range(length):
    W = np.random.randn(nodes[i + 1], nodes[i])
    weights.append(W)
biases = []
for i in range(length):
    biases.append(np.random.randn(nodes[i + 1], 1))


def feed_forward(A0):
    cache = [A0]
    for i in range(length):
        cache.append(1 / (1 + np.exp(-(np.dot(weights[i], cache[i]) + biases[i]))))
    return cache


def cost(y_hat, y):
    return np.sum(-y * np.log(y_hat) - (1 - y) * np.log(1 - y_hat)) / y.shape[1]


def backprop(A0, labels):
    cache = feed_forward(A0)
    m = labels.shape[1]
    dZ = (cache[-1] - labels) / m
    dW, db = [None] * length, [None] * length
    for i in reversed(range(length)):
        dW[i] = np.dot(dZ, cache[i].T)
        db[i] = np.sum(dZ, axis=1, keepdims=True)
        dZ = weights[i].T @ dZ * cache[i] * (1 - cache[i])
    return dW, db
`;

const encoded = `import numpy as np


def initialize(n_x, n_h, n_y):
    return np.random.rand(n_h, n_x), np.random.rand(n_h, 1), np.random.rand(n_y, n_h), np.random.rand(n_y, 1)


def softmax(x):
    e = np.exp(x - np.amax(x, axis=0))
    return e / np.sum(e, axis=0)


def forward(X, W1, b1, W2, b2):
    h1 = np.tanh(W1.dot(X) + b1)
    return h1, softmax(W2.dot(h1) + b2)


def one_hot(Y):
    out = np.zeros((Y.size, max(Y) + 1))
    out[np.arange(Y.size), Y] = 1
    return out.T


def back(X, h1, W2, Yhat, Y):
    dZ2 = Yhat - one_hot(Y)
    dW2, db2 = dZ2.dot(h1.T), np.sum(dZ2, axis=1)[:, None]
    dZ1 = W2.T.dot(dZ2) * (1 - h1 ** 2)
    return dZ1.dot(X.T), np.sum(dZ1, axis=1)[:, None], dW2, db2


def cross_entropy(y, y_pre):
    return -np.sum(y * np.log(y_pre)) / y_pre.size


def train(epochs, alpha, X, Y):
    Y_hot = one_hot(Y)
    W1, b1, W2, b2 = initialize(X.shape[0], 8, 10)
    for epoch in range(epochs):
        h1, Yhat = forward(X, W1, b1, W2, b2)
        print(cross_entropy(Y_hot, Yhat))
        dW1, db1, dW2, db2 = back(X, h1, W2, Yhat, Y)
        W1, b1, W2, b2 = W1 - alpha * dW1, b1 - alpha * db1, W2 - alpha * dW2, b2 - alpha * db2
`;

const onTheWay = `import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def relu(Z):
    A = Z * (Z >= 0)
    cache = (A, Z)
    return A, cache


def relu_back(dA, cache):
    _, Z = cache
    return dA * (Z >= 0)


def linear_forward(A, W, b):
    Z = np.dot(W, A) + b
    cache = (A, W, b)
    return Z, cache


def predict(X, parameters, Y):
    A1, _ = relu(linear_forward(X, parameters["W1"], parameters["b1"])[0])
    A2 = sigmoid(linear_forward(A1, parameters["W2"], parameters["b2"])[0])
    Y_hat = A2 >= 0.5
    return np.mean(Y_hat == Y)


def two_layer_model(X, Y, parameters, num_iteration, learning_rate=0.05):
    W1, b1, W2, b2 = parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]
    m = X.shape[1]
    for i in range(num_iteration):
        Z1, linear = linear_forward(X, W1, b1)
        A1, cache1 = relu(Z1)
        Z2, _ = linear_forward(A1, W2, b2)
        A2 = sigmoid(Z2)
        print("train accuracy = ", predict(X, parameters, Y))
        dZ2 = A2 - Y
        dW2 = np.dot(dZ2, A1.T) / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        dZ1 = relu_back(np.dot(W2.T, dZ2), cache1)
        dW1 = np.dot(dZ1, linear[0].T) / m
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m
        W1 -= learning_rate * dW1
        b1 -= learning_rate * db1
        W2 -= learning_rate * dW2
        b2 -= learning_rate * db2
    return parameters
`;

const reused = `import csv
import numpy as np

m = np.zeros((259, 1))
Y = np.zeros((259, 1))
X1 = np.zeros((259, 2))
i = 0
with open("train.csv", "r") as csv_file:
    reader = csv.DictReader(csv_file)
    for lines in reader:
        m[i] = lines["shortness"]
        Y[i] = lines["ill"]
        X1[i][0] = m[i]
        i = i + 1

X = (X1 - np.mean(X1)).T
Y = Y.T
n_x, n_h, n_y = X.shape[0], 500, Y.shape[0]
W1 = np.random.randn(n_h, n_x) * 0.01
b1 = np.zeros(shape=(n_h, 1))
W2 = np.random.randn(n_y, n_h) * 0.01
b2 = np.zeros(shape=(n_y, 1))
m = 259
for i in range(2000):
    A1 = np.tanh(np.dot(W1, X) + b1)
    A2 = 1 / (1 + np.exp(-(np.dot(W2, A1) + b2)))
    cost = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m
    dZ2 = A2 - Y
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2))
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    lr = 0.05
    W1 = W1 - lr * dW1
    W2 = W2 - lr * dW2
    b1 = b1 - lr * db1
    b2 = b2 - lr * db2
`;

/** The temperature of a softmax, which no call in the file gives. */
const temperature = `import numpy as np

def probabilities(X, theta, temperature):
    Z = theta @ X.T / temperature
    E = np.exp(Z - np.max(Z, axis=0))
    return E / np.sum(E, axis=0)

def cost_function(X, Y, theta, temperature):
    P = probabilities(X, theta, temperature)
    return -np.mean(np.log(P[Y, np.arange(len(Y))]))

def gradient_descent_iteration(X, Y, theta, alpha, temperature):
    P = probabilities(X, theta, temperature)
    P[Y, np.arange(len(Y))] -= 1
    grad = P @ X / (temperature * len(Y))
    return theta - alpha * grad

def softmax_regression(X, Y, temperature, alpha, k, num_iterations):
    theta = np.zeros([k, X.shape[1]])
    for _ in range(num_iterations):
        theta = gradient_descent_iteration(X, Y, theta, alpha, temperature)
    return theta
`;

const shapes: readonly Shape[] = [
  { what: 'the temperature of a softmax', source: temperature, mistake: ['/ (temperature * len(Y))', '/ (temperature ** 2)'] },
  { what: 'widths in a dictionary', source: dictionary, mistake: ['+ lambd / m * parameters["W1"]', '+ parameters["W1"]'] },
  { what: 'parameters that a loop at the top level appends', source: appended, mistake: ['* cache[i] * (1 - cache[i])', '* (1 - cache[i])'] },
  { what: 'one-hot targets of the cost, and numbers elsewhere', source: encoded, verdict: 'convention', mistake: ['(1 - h1 ** 2)', '(1 - h1)'] },
  { what: 'an accuracy that is computed on the way', source: onTheWay, mistake: ['dA * (Z >= 0)', 'dA'] },
  { what: 'a script that uses a name twice', source: reused, mistake: ['dW1 = 1 / m * np', 'dW1 = np'] },
];

describe('a file of everyday habits', function () {
  this.timeout(30_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('takes the wrong one of a cache that keeps both: told where it is taken', async () => {
    const source = onTheWay.replace('_, Z = cache\n    return dA * (Z >= 0)', 'A, _ = cache\n    return dA * (A >= 0)');
    const result = await check(source);
    assert.equal(result.findings[0]?.function, 'relu_back', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, 'A, _ = cache'));
  });

  it('has a slope of 0.01 where 0 is meant: no epsilon of the cost', async () => {
    const source = dictionary.replaceAll('np.tanh(', 'np.maximum(0, ').replace('(1 - np.power(cache["A1"], 2))', 'np.where(cache["A1"] > 0, 1, 0.01)').replace('np.log(A2)', 'np.log(A2 + 1e-12)');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
  });
});
