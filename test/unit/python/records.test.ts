// Parameters, caches and gradients in records: data classes and named tuples.

import { bindsEach, pythonChecks, type Shape } from './support';

const classes = `from dataclasses import dataclass
import numpy as np

@dataclass
class Params:
    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray

@dataclass
class Cache:
    X: np.ndarray
    Z1: np.ndarray
    A1: np.ndarray
    A2: np.ndarray

def init_params(n_x: int, n_h: int, n_y: int) -> Params:
    return Params(np.random.randn(n_h, n_x) * 0.01, np.zeros((n_h, 1)), np.random.randn(n_y, n_h) * 0.01, np.zeros((n_y, 1)))

def forward(X: np.ndarray, params: Params) -> Cache:
    Z1 = params.W1 @ X + params.b1
    A1 = np.tanh(Z1)
    Z2 = params.W2 @ A1 + params.b2
    return Cache(X, Z1, A1, 1 / (1 + np.exp(-Z2)))

def cost(cache: Cache, Y: np.ndarray) -> float:
    m = Y.shape[1]
    return -np.sum(Y * np.log(cache.A2) + (1 - Y) * np.log(1 - cache.A2)) / m

def backward(params: Params, cache: Cache, Y: np.ndarray) -> Params:
    m = Y.shape[1]
    dZ2 = cache.A2 - Y
    dW2 = dZ2 @ cache.A1.T / m
    db2 = dZ2.sum(axis=1, keepdims=True) / m
    dZ1 = params.W2.T @ dZ2 * (1 - cache.A1 ** 2)
    return Params(dZ1 @ cache.X.T / m, dZ1.sum(axis=1, keepdims=True) / m, dW2, db2)

def update(params: Params, grads: Params, lr: float) -> Params:
    return Params(params.W1 - lr * grads.W1, params.b1 - lr * grads.b1, params.W2 - lr * grads.W2, params.b2 - lr * grads.b2)
`;

const tuples = `from collections import namedtuple
import numpy as np

Params = namedtuple("Params", ["W1", "b1", "W2", "b2"])

def init(n_in, n_hidden, n_out):
    return Params(np.random.randn(n_in, n_hidden), np.zeros(n_hidden), np.random.randn(n_hidden, n_out), np.zeros(n_out))

def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def forward(p, X):
    Z1 = X @ p.W1 + p.b1
    A1 = np.maximum(Z1, 0)
    return Z1, A1, softmax(A1 @ p.W2 + p.b2)

def cross_entropy(probs, Y):
    return -np.mean(np.sum(Y * np.log(probs), axis=1))

def gradients(p, X, Y):
    Z1, A1, probs = forward(p, X)
    dZ2 = (probs - Y) / X.shape[0]
    dZ1 = dZ2 @ p.W2.T * (Z1 > 0)
    return Params(X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0))

def step(p, g, lr):
    return Params(*[w - lr * d for w, d in zip(p, g)])
`;

const shapes: readonly Shape[] = [
  { what: 'data classes of parameters, of what forward keeps, and of gradients', source: classes, mistake: ['* (1 - cache.A1 ** 2)', '* (1 - cache.A1)'] },
  { what: 'named tuples of parameters and of gradients', source: tuples, mistake: ['dZ2 @ p.W2.T * (Z1 > 0)', 'dZ2 @ p.W2.T'] },
];

describe('Python: records', function () {
  this.timeout(40000);
  bindsEach(shapes, pythonChecks());
});
