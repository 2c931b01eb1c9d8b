// What is not here, or not called yet, proves nothing against a file: missing modules, attributes of a later step, parameters that were made up here.

import assert from 'node:assert/strict';
import { changed, lineOf, pythonChecks, say } from './support';

const fitted = `import numpy as np


class Logistic:
    def __init__(self, rate=0.1):
        self.rate = rate

    def fit(self, data):
        self.beta = self.start(len(data.columns))
        self.beta -= self.rate * data.gradient(self.beta)

    def start(self, k):
        return np.zeros((k, 1))

    def predict_proba(self, X):
        return 1 / (1 + np.exp(-X @ self.beta))
`;

const inside = `import numpy as np


def main(table):
    order = table.order

    def forward(w, X):
        return X @ w + order[i]

    def backward(w, X, y):
        return X.T @ (forward(w, X) - y) + i

    for i in range(len(order)):
        table.w -= backward(table.w, table.X, table.y)
`;

/** Parameters that nothing makes, in a layout that nothing tells. */
const unrolled = `import numpy as np


def feed_forward(theta1, theta2, X):
    a1 = np.c_[np.ones(len(X)), X]
    a2 = np.c_[np.ones(len(X)), 1 / (1 + np.exp(-a1.dot(theta1.T)))]
    return a1, a2, 1 / (1 + np.exp(-a2.dot(theta2.T)))


def gradient(nn_params, splitter, X, y):
    theta1, theta2 = splitter(nn_params)
    a1, a2, h = feed_forward(theta1, theta2, X)
    d2 = (h - y).dot(theta2)[:, 1:] * a2[:, 1:] * (1 - a2[:, 1:])
    return np.concatenate([d2.T.dot(a1).ravel(), (h - y).T.dot(a2).ravel()])
`;

/** Two backward passes of a course's notebook whose helper module is not beside it: the forward pass and the cost without L2 stand there. */
const helped = `import numpy as np
from reg_utils import relu, initialize_parameters, forward_propagation, compute_cost, update_parameters


def compute_cost_with_regularization(A2, Y, parameters, lambd):
    m = Y.shape[1]
    squares = np.sum(np.square(parameters["W1"])) + np.sum(np.square(parameters["W2"]))
    return compute_cost(A2, Y) + lambd / (2 * m) * squares


def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2) = cache
    dZ2 = A2 - Y
    dW2 = 1 / m * np.dot(dZ2, A1.T) + lambd / m * W2
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.multiply(np.dot(W2.T, dZ2), np.int64(A1 > 0))
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd / m * W1
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1, b1, W2, b2 = parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]
    Z1 = np.dot(W1, X) + b1
    D1 = np.random.rand(*Z1.shape) < keep_prob
    A1 = relu(Z1) * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, (Z1, D1, A1, W1, b1, Z2, A2, W2, b2)


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, A2, W2, b2) = cache
    dZ2 = A2 - Y
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2) * D1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def model(X, Y, parameters, learning_rate=0.3, lambd=0, keep_prob=1):
    for i in range(100):
        if keep_prob == 1:
            A2, cache = forward_propagation(X, parameters)
        else:
            A2, cache = forward_propagation_with_dropout(X, parameters, keep_prob)
        cost = compute_cost(A2, Y) if lambd == 0 else compute_cost_with_regularization(A2, Y, parameters, lambd)
        if lambd != 0:
            grads = backward_propagation_with_regularization(X, Y, cache, lambd)
        else:
            grads = backward_propagation_with_dropout(X, Y, cache, keep_prob)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, cost
`;

describe('what is not here', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const [what, source] of [
    ['an attribute that another method gives its value', fitted],
    ['a name of the function around', inside],
    ['shapes of parameters that were made up', unrolled],
  ] as const) {
    it(`is no reason to say that a file cannot run: ${what}`, async () => {
      const result = await check(source);
      assert.equal(result.verdict, 'not bound', say(result));
    });
  }

  it('may be in a module that is imported as a whole', async () => {
    const source = changed('two_layers.py', [
      ['import numpy as np', 'import numpy as np\nfrom gc_helpers import *'],
      ['def update_parameters', 'def backward_again(parameters, gradients):\n    return gradients_to_vector(gradients) - np.ones(3)\n\n\ndef update_parameters'],
    ]);
    const result = await check(source);
    assert.equal(result.verdict, 'correct', say(result));
    const nowhere = await check(source.replace('\nfrom gc_helpers import *', ''));
    assert.equal(nowhere.verdict, 'cannot run', say(nowhere));
  });

  it('is told where the attribute is set nowhere', async () => {
    const result = await check(changed('network_class.py', [['self.z1 = np.dot(X, self.weights1) + self.bias1', 'self.z1 = np.dot(X, self.weights1) + self.bias0']]));
    assert.equal(result.verdict, 'cannot run', say(result));
  });

  it('may be the forward pass and the cost that the helper module of a course has', async () => {
    const right = await check(helped);
    assert.equal(right.verdict, 'correct', say(right));
    assert.ok(right.notChecked.some((each) => each.includes('compute_cost')), say(right));
    assert.ok(!right.notChecked.some((each) => each.includes('not reached')), say(right));
    for (const [from, to, line] of [['/ m * W2\n', '/ m * 2 * W2\n', 'dW2 = 1'], ['+ lambd / m * W1', '', 'dW1 = 1']] as const) {
      const source = helped.replace(from, to);
      const wrong = await check(source);
      assert.equal(wrong.findings[0]?.function, 'backward_propagation_with_regularization', say(wrong));
      assert.equal(wrong.findings[0]?.line, lineOf(source, line), say(wrong));
    }
    const other = await check(helped.replace('* D1 / keep_prob\n    dZ1', '* D1\n    dZ1'));
    assert.equal(other.findings[0]?.function, 'backward_propagation_with_dropout', say(other));
  });

  it('may be a data file that a class reads where it is made', async () => {
    const result = await check(`import numpy as np


class Network:
    W1 = np.random.randn(4, 3)
    X_train = np.loadtxt("data/mnist_train.csv", delimiter=",")

    def step(self):
        A = np.tanh(self.X_train @ self.W1)
        self.W1 = self.W1 - 0.1 * self.X_train.T @ (A * (1 - A ** 2))
`);
    assert.equal(result.verdict, 'not bound', say(result));
  });
});
