// What functions give back and are given, in other words than usual: a squeezed cost, a step of gradients, parameters of normalization,
// layers that no constructor is written for.

import assert from 'node:assert/strict';
import { bindsEach, changed, lineOf, pythonChecks, say } from './support';

const logistic = (returned: string): string => `import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(w.T @ X + b)))
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    dw = X @ (A - Y).T / m
    db = np.sum(A - Y) / m
    grads = {"dw": dw, "db": db}
    return grads, ${returned}


def optimize(w, b, X, Y, num_iterations, learning_rate):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        costs.append(cost)
    return w, b, costs
`;

const lists = (step: string): string => `import numpy as np


class Net:
    def __init__(self, sizes):
        self.W = [np.random.randn(n, m) for n, m in zip(sizes[:-1], sizes[1:])]
        self.b = [np.zeros((1, m)) for m in sizes[1:]]

    def forward(self, X):
        self.A = [X]
        for W, b in zip(self.W, self.b):
            self.A.append(np.tanh(self.A[-1] @ W + b))
        return self.A[-1]

    def loss(self, out, y):
        return np.sum((out - y) ** 2) / (2 * len(y))

    def backward(self, y):
        dW, db = [None] * len(self.W), [None] * len(self.W)
        delta = (self.A[-1] - y) * (1 - self.A[-1] ** 2)
        for i in reversed(range(len(self.W))):
            dW[i] = self.A[i].T @ delta / len(y)
            db[i] = delta.sum(axis=0, keepdims=True) / len(y)
            delta = delta @ self.W[i].T * (1 - self.A[i] ** 2)
        return dW, db

    def step(self, dW, db, lr):
        for i in range(len(self.W)):
            self.W[i] -= lr * dW[i]
            self.b[i] -= ${step}
`;

const normalized = `import numpy as np


class Net:
    def __init__(self, D, H, C):
        self.p = {"W1": 0.1 * np.random.randn(D, H), "b1": np.zeros(H), "gamma": np.ones(H), "beta": np.zeros(H), "W2": 0.1 * np.random.randn(H, C), "b2": np.zeros(C)}

    def loss(self, X, y):
        p, N = self.p, len(X)
        h = X @ p["W1"] + p["b1"]
        std = np.sqrt(h.var(axis=0) + 1e-5)
        hat = (h - h.mean(axis=0)) / std
        a = np.tanh(p["gamma"] * hat + p["beta"])
        s = a @ p["W2"] + p["b2"]
        probs = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
        loss = -np.log(probs[np.arange(N), y]).mean()
        ds = probs.copy()
        ds[np.arange(N), y] -= 1
        ds /= N
        dout = ds @ p["W2"].T * (1 - a ** 2)
        dgamma = np.sum(dout * hat, axis=0)
        dhat = dout * p["gamma"]
        dh = (N * dhat - dhat.sum(axis=0) - hat * np.sum(dhat * hat, axis=0)) / (N * std)
        return loss, {"W2": a.T @ ds, "b2": ds.sum(axis=0), "gamma": dgamma, "beta": dout.sum(axis=0), "W1": X.T @ dh, "b1": dh.sum(axis=0)}
`;

const ofClass = `import numpy as np
from dataclasses import dataclass, field


@dataclass
class Layer:
    n_in: int
    n_out: int
    act: str = "relu"
    W: np.ndarray = field(init=False)
    b: np.ndarray = field(init=False)

    def __post_init__(self):
        self.W = np.random.randn(self.n_in, self.n_out)
        self.b = np.zeros((1, self.n_out))

    def forward(self, A):
        self.A, self.Z = A, A @ self.W + self.b
        return np.maximum(0, self.Z) if self.act == "relu" else self.Z

    def backward(self, dA):
        dZ = dA * (self.Z > 0) if self.act == "relu" else dA
        self.dW = self.A.T @ dZ / len(dA)
        self.db = dZ.sum(axis=0, keepdims=True) / len(dA)
        return dZ @ self.W.T


class Regressor:
    def __init__(self, dims):
        self.layers = [Layer(n, m, "relu" if i < len(dims) - 2 else "linear") for i, (n, m) in enumerate(zip(dims, dims[1:]))]

    def predict(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def mse(self, Y_hat, Y):
        return np.sum((Y_hat - Y) ** 2) / (2 * len(Y))

    def fit(self, X, Y, lr=0.01, epochs=500):
        for _ in range(epochs):
            grad = self.predict(X) - Y
            for layer in reversed(self.layers):
                grad = layer.backward(grad)
            for layer in self.layers:
                layer.W -= lr * layer.dW
                layer.b -= lr * layer.db
`;

/** Layers as dictionaries, of which nothing tells how many there are. */
const ofDictionaries = `import numpy as np


def dense(n_in, n_out):
    return {"W": np.random.randn(n_in, n_out), "b": np.zeros(n_out)}


def dense_fwd(layer, x):
    layer["x"] = x
    return x @ layer["W"] + layer["b"]


def dense_bwd(layer, dy):
    layer["dW"] = layer["x"].T @ dy
    layer["db"] = dy.sum(axis=0)
    return dy @ layer["W"].T
`;

describe('What functions give back and are given', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  const mistake = ['X @ (A - Y).T / m', 'X @ (Y - A).T / m'] as const;
  bindsEach(
    [
      { what: 'a squeezed cost', source: logistic('np.squeeze(cost)'), mistake },
      { what: 'the number of a cost', source: logistic('cost.item()'), mistake },
      { what: 'a step that is given the gradients', source: lists('lr * db[i]'), mistake: ['self.W[i] -= lr', 'self.W[i] += lr'] },
      { what: 'a step that moves a bias by one number', source: lists('lr * db[i]'), mistake: ['lr * db[i]', 'lr * np.sum(db[i])'] },
      { what: 'the scale of a normalization', source: normalized, mistake: ['dgamma = np.sum(dout * hat, axis=0)', 'dgamma = np.sum(dout, axis=0)'] },
      { what: 'layers without a written constructor', source: ofClass, mistake: ['return dZ @ self.W.T', 'return dA @ self.W.T'] },
    ],
    check,
  );

  it('says nothing of itself where a layer needs what no constructor tells', async () => {
    const { notChecked } = await check(ofClass);
    assert.ok(!notChecked.some((each) => each.includes('failed')), notChecked.join('\n'));
  });

  it('does not stop a file for what it was given here', async () => {
    const result = await check(`${ofDictionaries}\n\ndef train_step(net, x, t, lr):\n    l1, l2 = net\n    p = dense_fwd(l2, np.tanh(dense_fwd(l1, x)))\n    dense_bwd(l2, p - t)\n    return np.sum((p - t) ** 2)\n\n\nnet = [dense(5, 10), dense(10, 3)]\nprint(train_step(net, np.random.randn(9, 5), np.eye(3)[np.random.randint(0, 3, 9)], 0.1))\n`);
    assert.notEqual(result.verdict, 'cannot run', say(result));
  });

  it('stops a file that asks a matrix for a third axis', async () => {
    const source = changed('two_layers.py', [['db2 = np.sum(dZ2, axis=1, keepdims=True) / m', 'db2 = np.sum(dZ2, 2) / m']]);
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]!.line, lineOf(source, 'np.sum(dZ2, 2)'), say(result));
  });

  it('tells a parameter that is moved by the gradient of another, out of a table', async () => {
    const each = (given: string): string => `def update_parameters(parameters, grads, learning_rate=1.2):\n${['W1', 'b1', 'W2', 'b2'].map((name) => `    ${name} = parameters["${name}"] - learning_rate * grads["d${name === 'W1' ? given : name}"]\n`).join('')}    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}\n`;
    const loop = 'def update_parameters(parameters, grads, learning_rate=1.2):\n    for key in ("W1", "b1", "W2", "b2"):\n        parameters[key] = parameters[key] - learning_rate * grads["d" + key]\n    return parameters\n';
    const right = await check(changed('two_layers.py', [[loop, each('W1')]]));
    assert.equal(right.verdict, 'correct', say(right));
    const source = changed('two_layers.py', [[loop, each('W2')]]);
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]!.line, lineOf(source, 'W1 = parameters["W1"] - learning_rate'), say(wrong));
  });
});
