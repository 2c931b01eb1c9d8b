// Gradients that get another shape where they are used: np.reshape(db1, (4, 1)), grads["dW" + str(l)].T.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say, type Shape } from './support';

const digits = (use: string): string => `import numpy as np


def init_params():
    return np.random.randn(10, 784), np.random.randn(10, 1), np.random.randn(10, 10), np.random.randn(10, 1)


def softmax(Z):
    e = np.exp(Z - np.max(Z, axis=0))
    return e / e.sum(axis=0)


def forward(X, W1, b1, W2, b2):
    Z1 = W1.dot(X) + b1
    A1 = np.maximum(Z1, 0)
    Z2 = W2.dot(A1) + b2
    return Z1, A1, Z2, softmax(Z2)


def one_hot(Y):
    out = np.zeros((Y.max() + 1, Y.size))
    out[Y, np.arange(Y.size)] = 1
    return out


def backward(X, Y, A1, A2, W2, Z1, m):
    dZ2 = A2 - one_hot(Y)
    dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2, 1)
    dZ1 = W2.T.dot(dZ2) * (Z1 > 0)
    dW1 = 1 / m * dZ1.dot(X.T)
    db1 = 1 / m * np.sum(dZ1, 1)
    return dW1, db1, dW2, db2


def update(alpha, W1, b1, W2, b2, dW1, db1, dW2, db2):
    W1 -= alpha * dW1
    W2 -= alpha * dW2
    b1 -= alpha * ${use.replaceAll('db', 'db1')}
    b2 -= alpha * ${use.replaceAll('db', 'db2')}
    return W1, b1, W2, b2


def gradient_descent(X, Y, alpha, iterations):
    W1, b1, W2, b2 = init_params()
    for i in range(iterations):
        Z1, A1, Z2, A2 = forward(X, W1, b1, W2, b2)
        dW1, db1, dW2, db2 = backward(X, Y, A1, A2, W2, Z1, Y.size)
        W1, b1, W2, b2 = update(alpha, W1, b1, W2, b2, dW1, db1, dW2, db2)
    return W1, b1, W2, b2
`;

/** The update calls the gradients otherwise than the backward pass. */
const later = digits('np.reshape(db, (10, 1))').replace(/def update[\s\S]*?return/, (update) => update.replace(/\bd(W|b)(\d)/g, 'der_$1$2'));
const shapes: Shape[] = [{ what: 'sums that the update gives their shape', source: later, mistake: ['(Z1 > 0)', '(Z1 > 1)'] }];

const turned = (W: string): string => `import numpy as np


def initialize(dims):
    return {k: v for l in range(1, len(dims)) for k, v in (("W" + str(l), np.random.randn(dims[l], dims[l - 1])), ("b" + str(l), np.zeros((dims[l], 1))))}


def forward(X, parameters):
    A, caches = X, []
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        caches.append((A, W))
        A = np.tanh(W @ A + b)
    return A, caches


def compute_cost(AL, Y):
    return np.sum((AL - Y) ** 2) / (2 * Y.shape[1])


def backward(AL, Y, caches):
    grads, m, A = {}, Y.shape[1], AL
    dA = AL - Y
    for l in reversed(range(len(caches))):
        A_prev, W = caches[l]
        dZ = dA * (1 - A ** 2)
        grads["dW" + str(l + 1)] = A_prev @ dZ.T / m
        grads["db" + str(l + 1)] = dZ.sum(axis=1, keepdims=True) / m
        dA, A = W.T @ dZ, A_prev
    return grads


def update(parameters, grads, rate):
    for l in range(1, len(parameters) // 2 + 1):
        parameters["W" + str(l)] = parameters["W" + str(l)] - rate * ${W}
        parameters["b" + str(l)] = parameters["b" + str(l)] - rate * grads["db" + str(l)]
    return parameters
`;

describe('a gradient that is reshaped where it is used', function () {
  this.timeout(30_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  for (const use of ['np.reshape(db, (10, 1))', 'db.reshape(-1, 1)', 'db[:, None]']) {
    it(`is no shape that is lost: ${use}`, async () => {
      const result = await check(digits(use));
      assert.notEqual(result.verdict, 'wrong', say(result));
      assert.notEqual(result.verdict, 'not bound', say(result));
    });
  }

  it('has lost its shape where nothing gives it back', async () => {
    const result = await check(digits('db'));
    assert.equal(result.verdict, 'wrong', say(result));
  });

  it('is no transposed one under a name that is put together', async () => {
    assert.equal((await check(turned('grads["dW" + str(l)].T'))).verdict, 'correct');
    const plain = await check(turned('grads["dW" + str(l)]'));
    assert.equal(plain.findings[0]?.rule, 'transposed', say(plain));
  });

  it('tells a 2 in the derivative of a cross-entropy', async () => {
    const result = await check(later.replace('dZ2 = A2 - one_hot(Y)', 'dZ2 = 2 * (A2 - one_hot(Y))'));
    assert.equal(result.verdict, 'convention', say(result));
    assert.equal(result.findings[0]?.factor, 2);
    assert.match(result.summary, /twice that of the cross-entropy/);
  });
});
