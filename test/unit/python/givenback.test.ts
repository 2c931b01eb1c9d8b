// Trainings that are given their weights, move them as new arrays, and give them back; until an error is small; over samples that are counted beside them.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say, type Shape } from './support';

const train = (more: { readonly made?: string; readonly head?: string; readonly count?: string } = {}): string => `import numpy as np


def logistic(v):
    return 1 / (1 + np.exp(-v))

${more.made ?? ''}
def train(x, d, w_h, w_o, Q, alpha, precision):
    error, epoch = float("inf"), 0
    while error > precision and epoch < 900:
        epoch += 1
        error = 0
        for j in range(${more.count ?? 'Q'}):
            hidden = logistic(np.dot(w_h, x[j]))
            out = logistic(np.dot(w_o, hidden))
            delta_o = (d[j] - out) * out * (1 - out)
            delta_h = hidden * (1 - hidden) * np.dot(w_o.T, delta_o)
            w_o = w_o + alpha * np.outer(delta_o, hidden)
            w_h = w_h + alpha * np.outer(delta_h, x[j])
            error += np.linalg.norm(delta_o)
    return w_h, w_o
`;

const made = `
def initialize_weights(n_in, n_hidden, n_out):
    w_h = np.random.randn(n_hidden, n_in)
    w_o = np.random.randn(n_out, n_hidden)
    return w_h, w_o

`;

const batch = `import numpy as np


def fit(X, y, W1, b1, W2, b2, lr, epochs):
    costs = []
    for epoch in range(epochs):
        A1 = np.tanh(X @ W1 + b1)
        A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
        cost = -np.mean(np.sum(y * np.log(A2) + (1 - y) * np.log(1 - A2), axis=1))
        costs.append(cost)
        dZ2 = (A2 - y) / X.shape[0]
        dZ1 = dZ2 @ W2.T * (1 - A1 ** 2)
        W1 = W1 - lr * X.T @ dZ1
        b1 = b1 - lr * dZ1.sum(axis=0, keepdims=True)
        W2 = W2 - lr * A1.T @ dZ2
        b2 = b2 - lr * dZ2.sum(axis=0, keepdims=True)
    return W1, b1, W2, b2, costs
`;

/** The backward pass gives back what the update of the globals gives back. */
const handedOn = `import numpy as np

w1 = np.random.normal(0, 0.1, (784, 64))
w2 = np.random.normal(0, 0.1, (64, 10))

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def softmax(x):
    return np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x)))

def forward_pass(x):
    z1 = np.dot(x, w1)
    a1 = sigmoid(z1)
    a2 = softmax(np.dot(a1, w2))
    return z1, a1, a2

def weight_update(w1, w2, deltaW1, deltaW2):
    w1 -= 0.001 * deltaW1
    w2 -= 0.001 * deltaW2
    return w1, w2

def backpropagation(y, x):
    z1, a1, a2 = forward_pass(x)
    e2 = a2 - y
    deltaW2 = np.outer(a1, e2)
    e1 = e2.dot(w2.T) * sigmoid(z1) * (1 - sigmoid(z1))
    deltaW1 = np.outer(x, e1)
    return weight_update(w1, w2, deltaW1, deltaW2)
`;

const wrong = ['delta_h = hidden * (1 - hidden) * np.dot', 'delta_h = (1 - hidden) * np.dot'] as const;
const shapes: Shape[] = [
  { what: 'globals that a backward pass gives back as its update does', source: handedOn, mistake: ['sigmoid(z1) * (1 - sigmoid(z1))', 'z1 * (1 - z1)'] },
  { what: 'a training whose weights nothing makes', source: train(), mistake: wrong },
  { what: 'the same whose weights an initializer makes', source: train({ made }), mistake: wrong },
  { what: 'the same that asks its samples how many they are', source: train({ count: 'len(x)' }), mistake: wrong },
  { what: 'one of all samples at once', source: batch, mistake: ['(1 - A1 ** 2)', '(1 - A1)'] },
];

describe('python: weights that a training gives back', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('makes up no weights where nothing says how many layers they are of', async () => {
    const source = train().replace('w_h, w_o, Q', 'w_h, w_o, b, Q').replace('logistic(np.dot(w_h, x[j]))', 'logistic(np.dot(w_h, x[j]) + b)');
    const result = await check(source);
    assert.equal(result.verdict, 'not bound', say(result));
  });
});
