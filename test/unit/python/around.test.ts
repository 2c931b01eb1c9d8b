// What surrounds a network in a file: widths as a list of the module, functions defined once more for tensors, a softmax whose module is not there.

import { bindsEach, pythonChecks, type Shape } from './support';

/** Columns are samples; the functions count the layers of a list that they are not given. */
const counted = `import numpy as np

layer_dims = [3000, 20, 7, 5, 1]

def initialize_parameters(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.1
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters

def model_forward(x, parameters):
    a, caches = x, {}
    for l in range(1, len(layer_dims)):
        caches[str(l)] = a
        a = 1 / (1 + np.exp(-(parameters["W" + str(l)] @ a + parameters["b" + str(l)])))
    return a, caches

def compute_cost(al, y):
    return -np.sum(y * np.log(al) + (1 - y) * np.log(1 - al)) / y.shape[1]

def model_backward(al, y, caches, parameters):
    grads, dz = {}, al - y
    for l in reversed(range(1, len(layer_dims))):
        a = caches[str(l)]
        grads["dW" + str(l)] = dz @ a.T / y.shape[1]
        grads["db" + str(l)] = np.sum(dz, axis=1, keepdims=True) / y.shape[1]
        dz = parameters["W" + str(l)].T @ dz * a * (1 - a)
    return grads
`;

/** Rows are samples; below it the same functions for tensors. */
const again = `import numpy as np

def relu(x):
    return np.maximum(0, x)

def relu_derivative(x):
    return (x > 0).astype(float)

def mse_loss(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2) / 2

class Net:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.Z1 = X @ self.W1 + self.b1
        self.A1 = relu(self.Z1)
        return self.A1 @ self.W2 + self.b2

    def backward(self, X, y, y_pred):
        dZ2 = (y_pred - y) / y.size
        dZ1 = dZ2 @ self.W2.T * relu_derivative(self.Z1)
        self.W2 -= self.learning_rate * self.A1.T @ dZ2
        self.b2 -= self.learning_rate * dZ2.sum(axis=0, keepdims=True)
        self.W1 -= self.learning_rate * X.T @ dZ1
        self.b1 -= self.learning_rate * dZ1.sum(axis=0, keepdims=True)

import torch

def relu(x):
    return torch.maximum(torch.tensor(0.0), x)

def relu_derivative(x):
    return (x > 0).float()

def mse_loss(y_true, y_pred):
    return torch.mean((y_true - y_pred) ** 2)
`;

/** Samples are rows and lie as columns inside; what adds up to 1 shows in W · A. */
const elsewhere = `import numpy as np
from my_tools.math import softmax

def init_params(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}

def forward_propagation(X, params):
    A1 = np.tanh(np.dot(params["W1"], X.T) + params["b1"])
    Z2 = np.dot(params["W2"], A1) + params["b2"]
    A2 = softmax(Z2)
    return A2, {"A1": A1, "A2": A2}

def compute_loss(Y, A2):
    return -np.sum(Y.T * np.log(A2)) / Y.shape[0]

def backward_propagation(X, Y, cache, params):
    m = X.shape[0]
    dZ2 = cache["A2"] - Y.T
    dZ1 = np.dot(params["W2"].T, dZ2) * (1 - cache["A1"] ** 2)
    return {"dW2": np.dot(dZ2, cache["A1"].T) / m, "db2": dZ2.sum(axis=1, keepdims=True) / m, "dW1": np.dot(dZ1, X) / m, "db1": dZ1.sum(axis=1, keepdims=True) / m}
`;

/** The output under O, behind the scores under A: both are kept in one dictionary. */
const scored = `import numpy as np

def initialize(dims):
    params = {}
    for i in range(1, len(dims)):
        params["W" + str(i)] = np.random.randn(dims[i - 1], dims[i]) * 0.1
        params["b" + str(i)] = np.zeros((1, dims[i]))
    return params

def forward_propagation(X, params):
    n, cache = len(params) // 2, {"A0": X}
    for i in range(1, n):
        cache["A" + str(i)] = np.tanh(cache["A" + str(i - 1)] @ params["W" + str(i)] + params["b" + str(i)])
    cache["A" + str(n)] = cache["A" + str(n - 1)] @ params["W" + str(n)] + params["b" + str(n)]
    e = np.exp(cache["A" + str(n)] - cache["A" + str(n)].max(axis=1, keepdims=True))
    cache["O" + str(n)] = e / e.sum(axis=1, keepdims=True)
    return cache

def compute_loss(Y, Y_hat):
    return -np.sum(Y * np.log(Y_hat)) / Y.shape[0]

def backward_propagation(X, Y, params, cache):
    n, m, grads = len(params) // 2, X.shape[0], {}
    dZ = cache["O" + str(n)] - Y
    for i in range(n, 0, -1):
        grads["dW" + str(i)] = cache["A" + str(i - 1)].T @ dZ / m
        grads["db" + str(i)] = dZ.sum(axis=0, keepdims=True) / m
        dZ = dZ @ params["W" + str(i)].T * (1 - cache["A" + str(i - 1)] ** 2)
    return grads
`;

const shapes: readonly Shape[] = [
  { what: 'functions that count the widths in a list of the module', source: counted, mistake: ['@ dz * a * (1 - a)', '@ dz * a'] },
  { what: 'a network whose functions are defined again for tensors', source: again, mistake: ['* relu_derivative(self.Z1)', '* relu(self.Z1)'] },
  { what: 'a softmax of a module that is not there', source: elsewhere, mistake: ['(1 - cache["A1"] ** 2)', '(1 - cache["A1"])'], unchecked: 'softmax' },
  { what: 'an output that is kept under O, behind the scores under A', source: scored, mistake: ['(1 - cache["A" + str(i - 1)] ** 2)', '(1 - cache["A" + str(i - 1)])'] },
];

describe('what surrounds a network', function () {
  this.timeout(30_000);
  bindsEach(shapes, pythonChecks());
});
