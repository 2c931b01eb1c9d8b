// Forms that files in the wild have: modules that are missing, costs kept in attributes, losses made of their targets, steps without a loop.
// Each source is right as it stands, and wrong with its one mistake; nothing else may be said of it.

import assert from 'node:assert/strict';
import { pythonChecks, say } from './support';

interface Form {
  readonly what: string;
  readonly source: string;
  readonly verdict?: 'convention' | 'not bound';
  readonly mistake?: readonly [from: string, to: string];
}

const course = `import numpy as np
from testCases_v2 import *
from dnn_utils import sigmoid, sigmoid_backward, relu, relu_backward

def initialize(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x) * 0.1, "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h) * 0.1, "b2": np.zeros((n_y, 1))}

def forward(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1, cache1 = relu(Z1)
    A2, cache2 = sigmoid(np.dot(parameters["W2"], A1) + parameters["b2"])
    return A2, (A1, cache1, cache2)

def compute_cost(AL, Y):
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))

def backward(AL, Y, caches, X, parameters):
    m = X.shape[1]
    A1, cache1, cache2 = caches
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    dZ2 = sigmoid_backward(dAL, cache2)
    dZ1 = relu_backward(np.dot(parameters["W2"].T, dZ2), cache1)
    return {"dW1": np.dot(dZ1, X.T) / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m, "dW2": np.dot(dZ2, A1.T) / m, "db2": np.sum(dZ2, axis=1, keepdims=True) / m}

from dnn_app_utils import compute_cost, load_data
`;

const layers = `import numpy as np

class Sigmoid:
    def forward(self, given):
        self.came = given
        self.went = 1 / (1 + np.exp(-given))

    def backward(self, deriv_output):
        self.deriv_given = self.went * (1 - self.went) * deriv_output

class BinaryCrossEntropy:
    def __init__(self, y_true):
        self.y_true = y_true.reshape(-1, 1)

    def forward(self, y_pred):
        self.y_pred = y_pred
        self.loss = np.mean(-self.y_true * np.log(y_pred) - (1 - self.y_true) * np.log(1 - y_pred))

    def backward(self):
        self.deriv_given = -(self.y_true / self.y_pred - (1 - self.y_true) / (1 - self.y_pred)) / len(self.y_pred)

class Layer:
    def __init__(self, input_count, neuron_count):
        self.biases = np.zeros((1, neuron_count))
        self.weights = np.random.rand(input_count, neuron_count) * 0.01

    def forward(self, inputs):
        self.came = inputs
        self.went = np.dot(inputs, self.weights) + self.biases

    def backward(self, deriv_output):
        self.weight_derivs = np.dot(self.came.T, deriv_output)
        self.bias_derivs = np.sum(deriv_output, axis=0, keepdims=True)
        self.deriv_given = np.dot(deriv_output, self.weights.T)
`;

const step = `import numpy as np

X = np.array([[0.5, 0.2, 0.1]])
y_true = np.array([[0, 1]])
W1 = np.random.randn(3, 4)
b1 = np.zeros((1, 4))
W2 = np.random.randn(4, 2)
b2 = np.zeros((1, 2))

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

Z1 = X @ W1 + b1
A1 = sigmoid(Z1)
A2 = sigmoid(A1 @ W2 + b2)
loss = 0.5 * np.sum((A2 - y_true) ** 2)
print("before", loss)

dZ2 = (A2 - y_true) * A2 * (1 - A2)
dW2 = A1.T @ dZ2
db2 = np.sum(dZ2, axis=0, keepdims=True)
dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
dW1 = X.T @ dZ1
db1 = np.sum(dZ1, axis=0, keepdims=True)
`;

const updates = `
learning_rate = 0.1
W2 -= learning_rate * dW2
b2 -= learning_rate * db2
W1 -= learning_rate * dW1
b1 -= learning_rate * db1
print("after", 0.5 * np.sum((sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2) - y_true) ** 2))
`;

const kept = `import numpy as np

class Net:
    def __init__(self, X, y, layers):
        self.W, self.B, self.Z, self.A, self.dW, self.dB = {}, {}, {}, {}, {}, {}
        self.layers = [X.shape[0]] + layers
        self.L = len(self.layers) - 1
        for i in range(1, self.L + 1):
            self.W[i] = np.random.randn(self.layers[i], self.layers[i - 1]) * 0.1
            self.B[i] = np.zeros((self.layers[i], 1))
        order = np.random.permutation(X.shape[1])
        self.X, self.y = X[:, order], y[:, order]

    def forward_prop(self, X):
        self.A[0] = X
        for i in range(1, self.L + 1):
            self.Z[i] = np.dot(self.W[i], self.A[i - 1]) + self.B[i]
            self.A[i] = 1 / (1 + np.exp(-self.Z[i]))

    def cost_function(self, y, m, lambd):
        penalty = 0
        for i in range(1, self.L + 1):
            penalty += lambd / (2 * m) * np.sum(np.square(self.W[i]))
        self.J = -np.sum(y * np.log(self.A[self.L]) + (1 - y) * np.log(1 - self.A[self.L])) / m + penalty

    def backward_prop(self, y, m, lambd):
        dZ = self.A[self.L] - y
        for i in reversed(range(1, self.L + 1)):
            self.dW[i] = np.dot(dZ, self.A[i - 1].T) / m + lambd / m * self.W[i]
            self.dB[i] = np.sum(dZ, axis=1, keepdims=True) / m
            if i > 1:
                dZ = np.dot(self.W[i].T, dZ) * self.A[i - 1] * (1 - self.A[i - 1])

    def train(self, rate, epochs, lambd=0.1):
        for epoch in range(epochs):
            self.forward_prop(self.X)
            self.cost_function(self.y, self.X.shape[1], lambd)
            self.backward_prop(self.y, self.X.shape[1], lambd)
            for i in self.W:
                self.W[i] -= rate * self.dW[i]
                self.B[i] -= rate * self.dB[i]
`;

const rounds = `import numpy as np

def make_params(n_x):
    W = np.random.randn(n_x, 1) * 0.01
    b = 0
    return W, b

def prop(X, W, b, Y, i):
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(np.dot(W.T, X) + b)))
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return {"dW": np.dot(X, (A - Y).T) / m, "db": np.sum(A - Y) / m}, cost

def optimize(W, b, X, Y, num_itr=1000, alpha=0.05):
    for i in range(num_itr):
        grads, cost = prop(X, W, b, Y, i)
        dW, db = grads["dW"], grads["db"]
        W = W - np.dot(alpha, dW)
        b = b - alpha * db
        if i % 100 == 0:
            print(i, cost)
    params = {"W": W, "b": b}
    return params, grads, cost
`;

const alone = `import numpy as np

class Layer:
    def __init__(self, n_in, n_out, ativacao, derivada=None):
        self.W = np.random.randn(n_in, n_out)
        self.b = np.zeros((1, n_out))
        self.ativacao, self.derivada = ativacao, derivada

    def forward(self, entrada):
        self.entrada = entrada
        self.saida = self.ativacao(entrada @ self.W + self.b)
        return self.saida

    def backward(self, grad_saida):
        delta = grad_saida * self.derivada(self.saida) if self.derivada is not None else grad_saida
        self.grad_W = self.entrada.T @ delta
        self.grad_b = np.sum(delta, axis=0, keepdims=True)
        return delta @ self.W.T
`;

const forms: readonly Form[] = [
  { what: 'activations of a helper module that is missing, and a stub that must not hide their own function', source: course, mistake: ['relu_backward(np.dot(parameters["W2"].T, dZ2), cache1)', 'relu_backward(np.dot(parameters["W2"].T, dZ2), A1 - 0.3)'] },
  { what: 'layers that return nothing, and a loss that is made of its targets', source: layers, mistake: ['(1 - self.went) * deriv_output', '(1 - self.came) * deriv_output'] },
  { what: 'layers without a loss, whose activation another file gives', source: alone, mistake: ['return delta @ self.W.T', 'return grad_saida @ self.W.T'] },
  { what: 'one step at the top level without a loop', source: step + updates, mistake: ['A1 * (1 - A1)\ndW1', 'A1 * (1 - Z1)\ndW1'] },
  { what: 'gradients at the top level that no update follows', source: step, mistake: ['A1 * (1 - A1)\ndW1', 'A1 * (1 - Z1)\ndW1'] },
  { what: 'a cost that a method keeps and does not return, with its penalty added up in a loop', source: kept, mistake: ['self.A[i - 1] * (1 - self.A[i - 1])\n', 'self.A[i - 1] * (1 - self.Z[i - 1])\n'] },
  { what: 'parameters returned beside their gradients, after rounds that are counted by an odd name', source: rounds, mistake: ['np.dot(X, (A - Y).T) / m', 'np.dot(X ** 2, (A - Y).T) / m'] },
];

describe('python: forms that files in the wild have', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const { what, source, verdict, mistake } of forms) {
    it(`finds no mistake in ${what}`, async () => {
      const result = await check(source);
      assert.equal(result.verdict, verdict ?? 'correct', say(result));
    });

    if (mistake !== undefined) {
      it(`finds the mistake in ${what}`, async () => {
        assert.equal(source.split(mistake[0]).length, 2, `"${mistake[0]}" must occur once`);
        const result = await check(source.replace(mistake[0], () => mistake[1]));
        assert.equal(result.verdict, 'wrong', say(result));
      });
    }
  }

  it('says which activations it took for those of a missing module', async () => {
    const result = await check(course);
    assert.ok(result.notChecked.some((each) => /relu.*module they come from is not here/.test(each)), say(result));
  });

  it('names the missing library without which code cannot run', async () => {
    const result = await check(`import numpy as np
from sklearn_of_nobody import scaled

class Net:
    def __init__(self, X, y):
        self.X = scaled(X)
        self.W = np.zeros((X.shape[1], 1))

    def forward(self):
        return self.X @ self.W

    def backward(self, y):
        self.dW = self.X.T @ (self.forward() - y)
`);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.ok(result.summary.includes('sklearn_of_nobody'), say(result));
  });

  it('takes no layer with an upstream derivative for a whole network', async () => {
    const result = await check(`import numpy as np

class Linear:
    def __init__(self, num_in, num_out):
        self.weight = np.random.uniform(-0.5, 0.5, (num_in + 1, num_out))

    def forward(self, x):
        self.kept = np.concatenate((x, np.ones((x.shape[0], 1))), axis=1)
        return self.kept @ self.weight

    def backward(self, y_grad):
        self.weight_grad = self.kept.T @ y_grad
        return (y_grad @ self.weight.T)[:, :-1]
`);
    assert.notEqual(result.verdict, 'wrong', say(result));
  });

  it('leaves open what a star import from a missing module may bring', async () => {
    const result = await check(`import numpy as np
from not_here import *

def init(n_x, n_y):
    return {"W": np.random.randn(n_y, n_x), "b": np.zeros((n_y, 1))}

def forward(X, parameters):
    return 1 / (1 + np.exp(-(parameters["W"] @ X + parameters["b"])))

def cost(A, Y):
    return np.mean((A - Y) ** 2)

def backward(X, A, Y):
    dZ = 2 * (A - Y) * steepness(A) / A.size
    return {"dW": dZ @ X.T, "db": dZ.sum(axis=1, keepdims=True)}
`);
    assert.equal(result.verdict, 'not bound', say(result));
    assert.ok(result.missing.some((each) => each.includes('steepness')), say(result));
  });
});
