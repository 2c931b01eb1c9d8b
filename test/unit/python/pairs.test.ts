// Layers as pairs of functions, of which the backward one is given once more what went in and what came out.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say, type Shape } from './support';

const columns = `import numpy as np


def fc(x, w, b):
    y = w @ x + b
    return y


def fc_backward(dl_dy, x, w, b, y):
    return w.T @ dl_dy, dl_dy @ x.T, np.sum(dl_dy, axis=1, keepdims=True)


def relu(x):
    y = np.maximum(0, x)
    return y


def relu_backward(dl_dy, x, y):
    return dl_dy * (x > 0)


def flattening(x):
    y = x.reshape(-1, 1)
    return y


def flattening_backward(dl_dy, x, y):
    return dl_dy.reshape(x.shape)


def loss_cross_entropy_softmax(a, y):
    p = np.exp(a) / np.sum(np.exp(a), axis=0, keepdims=True)
    l = -np.sum(y * np.log(p)) / y.shape[1]
    dl_da = (p - y) / y.shape[1]
    return l, dl_da


def train_mlp(batches_x, batches_y):
    k = 1
    w1, b1 = np.random.randn(30, batches_x[0].shape[0]), np.random.randn(30, 1)
    w2, b2 = np.random.randn(10, 30), np.random.randn(10, 1)
    for i in range(10000):
        z = fc(batches_x[k - 1], w1, b1)
        a = relu(z)
        y = fc(a, w2, b2)
        _, dl_dy = loss_cross_entropy_softmax(y, batches_y[k - 1])
        dl_da, dl_dw2, dl_db2 = fc_backward(dl_dy, a, w2, b2, y)
        _, dl_dw1, dl_db1 = fc_backward(relu_backward(dl_da, z, a), batches_x[k - 1], w1, b1, z)
        w1, b1, w2, b2 = w1 - 0.1 * dl_dw1, b1 - 0.1 * dl_db1, w2 - 0.1 * dl_dw2, b2 - 0.1 * dl_db2
        k = k % len(batches_x) + 1
    return w1, b1, w2, b2
`;

const rows = `import numpy as np


def dense(x, W, b):
    return x @ W + b


def dense_backward(dout, x, W):
    return dout @ W.T, x.T @ dout, dout.sum(axis=0)


def sigmoid(x):
    out = 1 / (1 + np.exp(-x))
    return out


def sigmoid_backward(dout, out):
    return dout * out * (1 - out)


def mse(pred, y):
    return np.mean((pred - y) ** 2)


def mse_grad(pred, y):
    return 2 * (pred - y) / y.size
`;

const shapes: Shape[] = [
  { what: 'pairs that are given the input and the output, samples as columns', source: columns, mistake: ['dl_dy * (x > 0)', 'dl_dy + (x > 0)'] },
  { what: 'pairs that are given the input or the output, samples as rows', source: rows, mistake: ['dout * out * (1 - out)', 'dout * (1 - out)'] },
];

/** What networks of other files are made of; nothing here calls it. */
const activations = `import numpy as np


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z)), Z


def tanh(Z):
    return np.tanh(Z), Z


def relu(Z):
    return np.maximum(0, Z), Z


def relu_backward(dA, cache):
    dZ = np.array(dA, copy=True)
    dZ[cache <= 0] = 0
    return dZ


def sigmoid_backward(dA, cache):
    s = 1 / (1 + np.exp(-cache))
    return dA * s * (1 - s)


def tanh_backward(dA, cache):
    Z = cache
    dZ = dA * (1 - np.tanh(Z) ** 2)
    return dZ
`;

describe('python: layers as pairs of functions', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('is wrong in a pair of a module that is nothing but activations', async () => {
    const source = activations.replace('np.tanh(Z) ** 2', 'np.power(Z, 2)');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.deepEqual([result.findings[0]?.function, result.findings[0]?.line], ['tanh_backward', lineOf(source, 'np.power(Z, 2)')]);
    assert.equal((await check(activations)).verdict, 'correct');
  });
});
