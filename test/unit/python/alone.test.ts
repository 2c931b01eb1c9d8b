// A backward pass with its forward pass inside, and no other beside it: the prediction is found among what it computes.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say, type Shape } from './support';

const given = `import numpy as np


def start(n_in, n_hidden, n_out):
    W1 = np.random.randn(n_hidden, n_in)
    b1 = np.zeros((n_hidden, 1))
    W2 = np.random.randn(n_out, n_hidden)
    b2 = np.zeros((n_out, 1))
    return W1, b1, W2, b2


def compute_gradients(X, Y, W1, b1, W2, b2):
    m = X.shape[1]
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    A2 = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = W2.T @ dZ2 * (1 - A1 ** 2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return dW1, db1, dW2, db2
`;

/** Of one sample at a time, which nothing but the missing sums says. */
const single = `import numpy as np

sizes = [784, 30, 10]
biases = [np.random.randn(n, 1) for n in sizes[1:]]
weights = [np.random.randn(n, k) for k, n in zip(sizes[:-1], sizes[1:])]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def backprop(x, y):
    nabla_b = [np.zeros(b.shape) for b in biases]
    nabla_w = [np.zeros(w.shape) for w in weights]
    a = [x]
    for b, w in zip(biases, weights):
        a.append(sigmoid(np.dot(w, a[-1]) + b))
    delta = (a[2] - y) * a[2] * (1 - a[2])
    nabla_b[1] = delta
    nabla_w[1] = np.dot(delta, a[1].T)
    delta = np.dot(weights[1].T, delta) * a[1] * (1 - a[1])
    nabla_b[0] = delta
    nabla_w[0] = np.dot(delta, a[0].T)
    return nabla_b, nabla_w
`;

const shapes: Shape[] = [
  { what: 'gradients of weights that are given', source: given, mistake: ['(1 - A1 ** 2)', '(1 - Z1 ** 2)'] },
  { what: 'gradients of lists of the module, of one sample', source: single, mistake: ['* a[1] * (1 - a[1])', '* a[1] * (1 + a[1])'] },
];

describe('python: a backward pass alone', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  const own = (output: string, delta: string, main: string): string => `import numpy as np


def gradients(xs, ys, w1, w2):
    hidden = 1 / (1 + np.exp(-np.matmul(w1, xs)))
${output}
${delta}
    below = np.matmul(w2.transpose(), delta) * hidden * (1 - hidden)
    grads2 = np.matmul(delta, hidden.transpose())
    grads1 = np.matmul(below, xs.transpose())
    return grads1, grads2
${main}`;
  const trained = `

def main(rate=0.1):
    w1 = 0.1 * np.random.randn(40, 784)
    w2 = 0.1 * np.random.randn(10, 40)
    for _ in range(100):
        xs, ys = next_batch()
        grads1, grads2 = gradients(xs, ys, w1, w2)
        w1 = w1 - rate * grads1
        w2 = w2 - rate * grads2
`;

  it('is not told as wrong for a prediction that stands nowhere by itself', async () => {
    const scores = '    scores = np.exp(np.matmul(w2, hidden))\n    totals = np.sum(scores, axis=0)';
    const shares = '    delta = np.zeros([len(w2), len(ys)])\n    for k in range(len(w2)):\n        for i in range(len(ys)):\n            delta[k][i] += scores[k][i] / totals[i] - (ys[i] == k)';
    const result = await check(own(scores, shares, trained));
    assert.equal(result.verdict, 'not bound', say(result));
  });

  it('runs through with weights that nothing makes, where it is given nothing but them and the samples', async () => {
    const source = own('    out = 1 / (1 + np.exp(-np.matmul(w2, hidden)))', '    delta = (out - ys) * out * (1 - out)', '');
    const result = await check(source);
    assert.equal(result.verdict, 'correct', say(result));
    const wrong = await check(source.replace('(out - ys) * out * (1 - out)', '(out - ys) * hidden.mean() * (1 - out)'));
    assert.notEqual(wrong.verdict, 'correct', say(wrong));
  });
});
