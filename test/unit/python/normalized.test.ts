// Batch normalization between layers of several widths: its scale leads from no layer to another, the widths are one array, and means of several lengths are kept in one.

import { bindsEach, pythonChecks, type Shape } from './support';

const normalized = `import numpy as np


def make_params(dims):
    params = {"W": [], "b": [], "gamma": [], "beta": []}
    for i in range(dims.shape[0] - 1):
        params["W"].append(np.random.randn(dims[i + 1], dims[i]) * np.sqrt(2 / dims[i]))
        params["b"].append(np.zeros((dims[i + 1], 1)))
    for i in range(dims.shape[0] - 2):
        params["gamma"].append(np.ones((dims[i + 1], 1)))
        params["beta"].append(np.zeros((dims[i + 1], 1)))
    return params


def softmax(s):
    return np.exp(s) / np.sum(np.exp(s), axis=0)


def evaluate(X, params):
    h, s, hat, var = [X], [], [], []
    for W, b, gamma, beta in zip(params["W"], params["b"], params["gamma"], params["beta"]):
        s.append(W @ h[-1] + b)
        var.append(np.var(s[-1], axis=1, keepdims=True) + 1e-12)
        hat.append((s[-1] - np.mean(s[-1], axis=1, keepdims=True)) / np.sqrt(var[-1]))
        h.append(np.maximum(0, gamma * hat[-1] + beta))
    return softmax(params["W"][-1] @ h[-1] + params["b"][-1]), {"h": h, "hat": hat, "var": var}


def compute_cost(X, Y, params):
    P, _ = evaluate(X, params)
    return -np.sum(Y * np.log(P)) / X.shape[1]


def compute_gradients(X, Y, params):
    n = X.shape[1]
    P, kept = evaluate(X, params)
    grads = {"W": [], "b": [], "gamma": [], "beta": []}
    G = (P - Y) / n
    for i in range(len(params["W"]) - 1, -1, -1):
        if i < len(params["W"]) - 1:
            G = G * (kept["h"][i + 1] > 0)
            grads["gamma"].insert(0, np.sum(G * kept["hat"][i], axis=1, keepdims=True))
            grads["beta"].insert(0, np.sum(G, axis=1, keepdims=True))
            G = G * params["gamma"][i]
            G = (G - np.mean(G, axis=1, keepdims=True) - kept["hat"][i] * np.mean(G * kept["hat"][i], axis=1, keepdims=True)) / np.sqrt(kept["var"][i])
        grads["W"].insert(0, G @ kept["h"][i].T)
        grads["b"].insert(0, np.sum(G, axis=1, keepdims=True))
        G = params["W"][i].T @ G
    grads["var"] = np.copy(kept["var"])
    return grads


def find_lambda(K, d):
    return make_params(K, d, 50)
`;

/** No data of ours would pass the assertion, but those of as many classes. */
const asserted = `import numpy as np


class Network:
    def __init__(self, input_size=784, hidden_size=32, output_size=10):
        self.sizes = [input_size, hidden_size, output_size]
        self.weights = [np.random.randn(n, k) * 0.1 for n, k in zip(self.sizes[:-1], self.sizes[1:])]
        self.biases = [np.zeros(k) for k in self.sizes[1:]]
        assert self.sizes[-1] == 10, f"ten outputs, not {self.sizes[-1]}"

    def forward(self, X):
        self.a = [X, np.tanh(X @ self.weights[0] + self.biases[0])]
        e = np.exp(self.a[1] @ self.weights[1] + self.biases[1])
        self.a.append(e / e.sum(axis=1, keepdims=True))
        return self.a[-1]

    def loss(self, A, y):
        return -np.mean(np.log(A[np.arange(len(y)), y]))

    def backward(self, y):
        dZ = (self.a[2] - np.eye(10)[y]) / len(y)
        self.dW = [None, self.a[1].T @ dZ]
        self.db = [None, dZ.sum(axis=0)]
        dZ = dZ @ self.weights[1].T * (1 - self.a[1] ** 2)
        self.dW[0], self.db[0] = self.a[0].T @ dZ, dZ.sum(axis=0)
`;

const shapes: Shape[] = [
  { what: 'batch normalization of layers of several widths', source: normalized, mistake: ['np.sum(G * kept["hat"][i], axis=1', 'np.sum(kept["hat"][i], axis=1'] },
  { what: 'a constructor that asserts how many outputs there are', source: asserted, mistake: ['(1 - self.a[1] ** 2)', '(1 - self.a[1])'] },
];

describe('python: widths that are asked of a network', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
