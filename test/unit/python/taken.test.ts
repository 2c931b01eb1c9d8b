// What is given to a file's own code: what it takes is never told as its fault.

import assert from 'node:assert/strict';
import { pythonChecks, say } from './support';

const script = (body: string): string => `import numpy as np\n\n${body}`;

describe('what a file takes, and what was given to it', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  const agrees = async (source: string): Promise<void> => {
    const result = await check(source);
    assert.equal(result.verdict, 'correct', say(result));
  };

  it('a class that only holds functions is given as it is', () =>
    agrees(
      script(`
class Sigmoid:
    def value(z):
        return 1 / (1 + np.exp(-z))
    def slope(z):
        return Sigmoid.value(z) * (1 - Sigmoid.value(z))

class Half:
    def value(a, y):
        return 0.5 * np.sum((a - y) ** 2)
    def error(a, y, z, bend):
        return (a - y) * bend.slope(z)

class Net:
    def __init__(self, dims):
        self.W = [np.random.randn(n, k) for k, n in zip(dims[:-1], dims[1:])]
        self.b = [np.zeros((n, 1)) for n in dims[1:]]

    def forward(self, X, bend):
        self.A, self.Z = [X], []
        for W, b in zip(self.W, self.b):
            self.Z.append(W @ self.A[-1] + b)
            self.A.append(bend.value(self.Z[-1]))
        return self.A[-1]

    def backward(self, Y, loss, bend):
        delta = loss.error(self.A[-1], Y, self.Z[-1], bend)
        self.dW, self.db = [None] * len(self.W), [None] * len(self.W)
        for l in reversed(range(len(self.W))):
            self.dW[l] = delta @ self.A[l].T
            self.db[l] = np.sum(delta, axis=1, keepdims=True)
            if l > 0:
                delta = (self.W[l].T @ delta) * bend.slope(self.Z[l - 1])
`),
    ));

  it('numbers of 32 bits are taken whole', () =>
    agrees(
      script(`
class Linear:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out).astype(np.float32)
        self.b = np.zeros((1, n_out), dtype='float32')

    def forward(self, X):
        self.X = X.astype(np.float32)
        return self.X @ self.W + self.b

    def backward(self, dZ):
        dZ = dZ.astype('float32')
        self.dW = self.X.T @ dZ
        self.db = dZ.sum(axis=0, keepdims=True)
        return dZ @ self.W.T

class Relu:
    def forward(self, Z):
        self.Z = Z.astype('float32')
        return np.maximum(0, self.Z)

    def backward(self, dA):
        return dA * (self.Z > 0)
`),
    ));

  it('a bias that is a number stays one when an array of one is taken from it', () =>
    agrees(
      script(`
def initialize(n):
    w, b = np.zeros((n, 1)), 0.0
    return w, b

def propagate(w, b, X, Y):
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    grads = {"dw": np.dot(X, (A - Y).T) / m, "db": np.sum(A - Y, axis=1) / m}
    return grads, cost
`),
    ));

  it('a cost that looks up classes is given their numbers where the backward pass takes one-hot targets', () =>
    agrees(
      script(`
def initialize(n_in, n_hidden, n_out):
    W1, b1 = np.random.randn(n_in, n_hidden) * 0.1, np.zeros((1, n_hidden))
    W2, b2 = np.random.randn(n_hidden, n_out) * 0.1, np.zeros((1, n_out))
    return W1, b1, W2, b2

def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ W2 + b2
    E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    return Z1, A1, Z2, E / E.sum(axis=1, keepdims=True)

def log_loss(Y, P):
    return -np.mean(np.log(P[np.arange(len(Y)), Y] + 1e-12))

def backward(X, Y, Z1, A1, A2, W2):
    m = X.shape[0]
    dZ2 = A2 - Y
    dW2 = A1.T @ dZ2 / m
    db2 = dZ2.sum(axis=0, keepdims=True) / m
    dZ1 = (dZ2 @ W2.T) * (Z1 > 0)
    dW1 = X.T @ dZ1 / m
    db1 = dZ1.sum(axis=0, keepdims=True) / m
    return dW1, db1, dW2, db2
`),
    ));

  it('one-hot targets are tried where the numbers of the classes only broadcast in a script', () =>
    agrees(
      script(`
data = np.genfromtxt('iris.csv', delimiter=',')
X, y = data[:, :-1], data[:, -1].astype(int)
one_hot = np.zeros((y.size, 3))
one_hot[np.arange(y.size), y] = 1
X_train, y_train = X[:100], one_hot[:100]

W1, b1 = np.random.randn(4, 6) * 0.1, np.zeros((1, 6))
W2, b2 = np.random.randn(6, 3) * 0.1, np.zeros((1, 3))

def softmax(Z):
    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return E / np.sum(E, axis=1, keepdims=True)

for epoch in range(50):
    loss = 0
    gW1, gW2, gb1, gb2 = np.zeros_like(W1), np.zeros_like(W2), np.zeros_like(b1), np.zeros_like(b2)
    for i in range(X_train.shape[0]):
        h = np.tanh(np.dot(X_train[i], W1) + b1)
        p = softmax(np.dot(h, W2) + b2)
        loss += -np.sum(y_train[i] * np.log(p))
        d2 = p - y_train[i]
        d1 = d2.dot(W2.T) * (1 - h ** 2)
        gW2 += h.reshape(-1, 1).dot(d2.reshape(1, -1))
        gW1 += X_train[i].reshape(-1, 1).dot(d1.reshape(1, -1))
        gb2 += d2
        gb1 += d1
    W2 -= 0.1 * gW2
    W1 -= 0.1 * gW1
    b2 -= 0.1 * gb2
    b1 -= 0.1 * gb1
`),
    ));

  it('a word for the output that is handed on is no number of units', () =>
    agrees(
      script(`
def init(dims):
    return {k + str(l): (np.random.randn(dims[l], dims[l - 1]) * 0.1 if k == "W" else np.zeros((dims[l], 1))) for l in range(1, len(dims)) for k in "Wb"}

def bend(Z, kind):
    if kind == "relu":
        A = np.maximum(0, Z)
    elif kind == "sigmoid":
        A = 1 / (1 + np.exp(-Z))
    return A

def forward(X, parameters, output_unit):
    L = len(parameters) // 2
    cache = {"A0": X}
    for l in range(1, L + 1):
        kind = "relu"
        if l == L:
            kind = output_unit
        cache["Z" + str(l)] = parameters["W" + str(l)] @ cache["A" + str(l - 1)] + parameters["b" + str(l)]
        cache["A" + str(l)] = bend(cache["Z" + str(l)], kind)
    return cache["A" + str(L)], cache

def cost(AL, Y):
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))

def backward(AL, Y, cache, parameters):
    L, m, grads = len(parameters) // 2, Y.shape[1], {}
    dZ = AL - Y
    for l in reversed(range(1, L + 1)):
        grads["dW" + str(l)] = dZ @ cache["A" + str(l - 1)].T / m
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        if l > 1:
            dZ = (parameters["W" + str(l)].T @ dZ) * (cache["Z" + str(l - 1)] > 0)
    return grads
`),
    ));

  it('f-strings with the same quotes inside, or with braces over lines, are read in an older Python', () =>
    agrees(
      script(`
def initialize(n):
    w, b = np.zeros((n, 1)), 0.0
    return w, b

def propagate(w, b, X, Y):
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(w.T @ X + b)))
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    grads = {"dw": X @ (A - Y).T / m, "db": np.sum(A - Y) / m}
    print(f"dw: {grads["dw"]}, {{as it is}}")
    print(f"cost {
        cost:.4f}, {grads["db"]}")
    return grads, cost
`),
    ));

  it('the weights that a script keeps as globals are those that forward is given, and a bias for all units becomes one for each', () =>
    agrees(
      script(`
def init_params():
    W1, b1 = np.random.randn(6, 5), np.random.randn(1, 1)
    W2, b2 = np.random.randn(1, 6), np.random.randn(1, 1)
    return W1, b1, W2, b2

def forward_prop(W1, b1, W2, b2, A0):
    A1 = 1 / (1 + np.exp(-(W1 @ A0 + b1)))
    A2 = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
    return A2, A1

def backward_prop(A2, A1, A0, Y):
    m = Y.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * A1 * (1 - A1)
    dW1 = dZ1 @ A0.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return dW1, db1, dW2, db2

def loss(A, Y):
    return -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))

W1, b1, W2, b2 = init_params()
for i in range(100):
    A2, A1 = forward_prop(W1, b1, W2, b2, X)
    dW1, db1, dW2, db2 = backward_prop(A2, A1, X, Y)
    W1 = W1 - 0.1 * dW1
    b1 = b1 - 0.1 * db1
    W2 = W2 - 0.1 * dW2
    b2 = b2 - 0.1 * db2
`),
    ));

  it('of several numbers that are returned the cost is the one of that name', () =>
    agrees(
      script(`
def initialize(n):
    w, b = np.zeros((n, 1)), 0
    return w, b

def propagate(w, b, X, Y):
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(w.T @ X + b)))
    dw = X @ (A - Y).T / m
    db = np.sum(A - Y) / m
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return dw, db, cost
`),
    ));

  it('one-hot targets are tried where the numbers of the classes only broadcast in a training', () =>
    agrees(
      script(`
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

# targets: one_hot
def training(X_train, y_train):
    m, n_x = X_train.shape
    X_train, y_train = X_train.T, y_train.T
    W1, b1 = np.random.randn(6, n_x), np.zeros((6, 1))
    W2, b2 = np.random.randn(3, 6), np.zeros((3, 1))
    for i in range(1000):
        A1 = sigmoid(W1 @ X_train + b1)
        A2 = sigmoid(W2 @ A1 + b2)
        dZ2 = (A2 - y_train) * A2 * (1 - A2)
        dZ1 = W2.T @ dZ2 * A1 * (1 - A1)
        W1 = W1 - 0.5 * dZ1 @ X_train.T / m
        W2 = W2 - 0.5 * dZ2 @ A1.T / m
        b1 = b1 - 0.5 * np.sum(dZ1, axis=1, keepdims=True) / m
        b2 = b2 - 0.5 * np.sum(dZ2, axis=1, keepdims=True) / m
    return W1, b1, W2, b2
`),
    ));
});
