// Shapes of code that need binding: each correct source must be recognised as such, and the same source with one mistake as wrong.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say, type Shape } from './support';

const shapes: readonly Shape[] = [
  {
    what: 'samples that the file writes down, under names that say nothing',
    source: `import numpy as np

class Unit:
    def __init__(self):
        self.strengths = 2 * np.random.random((3, 1)) - 1

    def slope(self, a):
        return a * (1 - a)

    def think(self, things):
        return 1 / (1 + np.exp(-np.dot(things, self.strengths)))

    def train(self, questions, replies, how_often):
        for turn in range(how_often):
            output = self.think(questions)
            gap = replies - output
            self.strengths += np.dot(questions.T, gap * self.slope(output))

unit = Unit()
q = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
r = np.array([[0, 1, 1, 0]]).T
unit.train(q, r, 20000)
`,
  },
  {
    what: 'a descent that returns the parameters under another name',
    source: `import numpy as np

def compute_cost(X, y, theta):
    return np.sum((np.dot(X, theta) - y) ** 2) / (2 * len(y))

def gradient_descent(X, y, theta, alpha, num_iters):
    m = y.shape[0]
    adjusted_theta = theta.copy()
    history = []
    for i in range(num_iters):
        adjusted_theta -= alpha / m * (np.dot(X, adjusted_theta) - y).dot(X)
        history.append(compute_cost(X, y, adjusted_theta))
    return history, adjusted_theta
`,
    mistake: ['(np.dot(X, adjusted_theta) - y).dot(X)', '(np.dot(X, adjusted_theta) - y).dot(X ** 2)'],
  },
  {
    what: 'a loss that returns the probabilities which its derivative wants',
    source: `import numpy as np

class Linear:
    def __init__(self, n_in, n_out):
        self.weights = np.random.randn(n_in, n_out)
        self.bias = np.zeros((1, n_out))

    def forward(self, x):
        self.x = x
        return x @ self.weights + self.bias

    def backward(self, dy):
        self.dweights = self.x.T @ dy
        self.dbias = np.sum(dy, axis=0, keepdims=True)
        return dy @ self.weights.T

class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def backward(self, dy):
        return dy * (self.x > 0)

class CrossEntropyLoss:
    def forward(self, x, target):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        probs = e / e.sum(axis=1, keepdims=True)
        return -np.sum(np.log(probs[range(len(x)), target])) / len(x), probs

    def backward(self, probs, target):
        dy = probs
        dy[range(len(dy)), target] -= 1
        return dy / len(dy)
`,
    mistake: ['dy * (self.x > 0)', 'dy * (dy > 0)'],
  },
  {
    what: 'a cost in bits',
    source: `import numpy as np

def initialize(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}

def forward(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"A1": A1, "A2": A2}

def compute_cost(A2, Y):
    return -np.sum(Y * np.log2(A2) + (1 - Y) * np.log2(1 - A2)) / Y.shape[1]

def backward(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    return {"dW1": dZ1 @ X.T / m, "db1": dZ1.sum(axis=1, keepdims=True) / m, "dW2": dZ2 @ cache["A1"].T / m, "db2": dZ2.sum(axis=1, keepdims=True) / m}
`,
    verdict: 'convention',
    mistake: ['(1 - cache["A1"] ** 2)', '(1 - cache["A1"])'],
  },
  {
    what: 'weights at module level that the script takes from a function, and a number of classes that is written down',
    source: `import numpy as np
from data import X_train, y_train

def init_weights():
    W1 = np.random.randn(64, 12) * 0.1
    b1 = np.zeros((1, 12))
    W2 = np.random.randn(12, 10) * 0.1
    b2 = np.zeros((1, 10))
    return W1, b1, W2, b2

W1, b1, W2, b2 = init_weights()

def forward_pass(X):
    A1 = np.tanh(X @ W1 + b1)
    Z2 = A1 @ W2 + b2
    e = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    return A1, e / e.sum(axis=1, keepdims=True)

def cross_entropy_loss(A2, Y):
    return -np.mean(np.sum(Y * np.log(A2), axis=1))

def backward_pass(X, Y, A1, A2):
    n = len(X)
    dZ2 = (A2 - Y) / n
    dZ1 = dZ2 @ W2.T * (1 - A1 ** 2)
    return X.T @ dZ1, dZ1.sum(axis=0, keepdims=True), A1.T @ dZ2, dZ2.sum(axis=0, keepdims=True)

def update(dW1, db1, dW2, db2, rate):
    global W1, b1, W2, b2
    W1 -= rate * dW1
    b1 -= rate * db1
    W2 -= rate * dW2
    b2 -= rate * db2

def train(rounds):
    for i in range(rounds):
        A1, A2 = forward_pass(X_train)
        dW1, db1, dW2, db2 = backward_pass(X_train, y_train, A1, A2)
        update(dW1, db1, dW2, db2, 0.1)
`,
    mistake: ['dZ2 @ W2.T * (1 - A1 ** 2)', 'dZ2 @ W2.T * A1'],
  },
  {
    what: 'parameters under a name of its own, a rate that is asked for, and values kept in a global dictionary',
    source: `import numpy as np
from scipy.special import expit

kept = {}

def make_brain(n_inputs, n_hidden, n_outputs):
    brain = {"w1": np.random.randn(n_inputs, n_hidden), "w2": np.random.randn(n_hidden, n_outputs)}
    return brain

def run_forward(x, brain):
    kept["hidden"] = expit(x @ brain["w1"])
    kept["output"] = expit(kept["hidden"] @ brain["w2"])
    return kept["output"]

def backprop(x, y, brain):
    delta2 = (kept["output"] - y) * kept["output"] * (1 - kept["output"])
    delta1 = delta2 @ brain["w2"].T * kept["hidden"] * (1 - kept["hidden"])
    brain["w2"] -= rate * kept["hidden"].T @ delta2
    brain["w1"] -= rate * x.T @ delta1

def main():
    global rate
    rate = float(input("learning rate: "))
    my_brain = make_brain(2, 3, 1)
    x, y = np.random.rand(8, 2), np.random.rand(8, 1)
    for i in range(100):
        run_forward(x, my_brain)
        backprop(x, y, my_brain)

main()
`,
    mistake: ['delta2 @ brain["w2"].T * kept["hidden"] * (1 - kept["hidden"])', 'delta2 @ brain["w2"].T'],
  },
  {
    what: 'samples that the script transposes, and layers that it completes',
    source: `import numpy as np
from sklearn import datasets

X, Y = datasets.make_moons(400)
X_train = X.T
count, features = X.shape

def build(sizes):
    return [{"n_in": a, "n_out": b, "last": i == len(sizes) - 2} for i, (a, b) in enumerate(zip(sizes[:-1], sizes[1:]))]

def initialize_weights(layers):
    weights = {}
    for i, layer in enumerate(layers):
        weights[f"W{i + 1}"] = np.random.rand(layer["n_out"], layer["n_in"]) * 0.1
        weights[f"b{i + 1}"] = np.random.rand(layer["n_out"], 1) * 0.1
    return weights

def loss_function(predicted, true):
    return -np.sum(true * np.log(predicted) + (1 - true) * np.log(1 - predicted)) / count

def forward(weights, layers):
    A = X_train
    for i, layer in enumerate(layers):
        values[i] = A
        Z = weights[f"W{i + 1}"] @ A + weights[f"b{i + 1}"]
        A = 1 / (1 + np.exp(-Z)) if layer["last"] else np.maximum(Z, 0)
        values[i + 1] = A
    return A

def backward(predicted, true, weights, layers):
    grads = {}
    dZ = predicted - true.reshape(predicted.shape)
    for i in reversed(range(len(layers))):
        grads[f"dW{i + 1}"] = dZ @ values[i].T / count
        grads[f"db{i + 1}"] = dZ.sum(axis=1, keepdims=True) / count
        dZ = weights[f"W{i + 1}"].T @ dZ * (values[i] > 0)
    return grads

values = {}

def perceptron(epochs, learning_rate, layers):
    layers = [features, *layers, 1]
    details = build(layers)
    weights = initialize_weights(details)
    for i in range(epochs):
        predicted = forward(weights, details)
        cost = loss_function(predicted, Y)
        grads = backward(predicted, Y, weights, details)
        for name in weights:
            weights[name] -= learning_rate * grads["d" + name]

for i in range(3):
    perceptron(2000, 10, [6 for _ in range(i + 1)])
`,
    mistake: ['weights[f"W{i + 1}"].T @ dZ * (values[i] > 0)', 'weights[f"W{i + 1}"].T @ dZ'],
  },
];

describe('shapes of code that need binding', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  bindsEach(shapes, check);

  it('takes no layer of its own choice for wrong: parameters that a function makes anew are no step', async () => {
    const source = shapes[3]!.source.replaceAll('np.log2', 'np.log') + `
def adam(p, g, v, s, t):
    for key in p:
        v[key] = 0.9 * v[key] + 0.1 * g["d" + key]
        s[key] = 0.999 * s[key] + 0.001 * g["d" + key] ** 2
        p[key] = p[key] - 0.01 * v[key] / (1 - 0.9 ** t) / (np.sqrt(s[key] / (1 - 0.999 ** t)) + 1e-8)
    return p

def gradient_descent(X, Y, iterations):
    parameters = initialize(X.shape[0], 4, Y.shape[0])
    W1, b1, W2, b2 = (parameters[key] for key in ("W1", "b1", "W2", "b2"))
    v = {key: 0 * value for key, value in parameters.items()}
    s = {key: 0 * value for key, value in parameters.items()}
    for i in range(iterations):
        A2, cache = forward(X, parameters)
        parameters = adam(parameters, backward(parameters, cache, X, Y), v, s, i + 1)
        W1, b1, W2, b2 = (parameters[key] for key in ("W1", "b1", "W2", "b2"))
    return W1, b1, W2, b2
`;
    const result = await check(source);
    assert.equal(result.verdict, 'correct', say(result));
  });
});
