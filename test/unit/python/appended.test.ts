// Weights that a training appends to a list, layer by layer, in several statements; and what it calls its samples by one letter.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** d and t are the samples and the targets; d is a number of units elsewhere. */
const appended = `import numpy as np


def squash(x, slope=False):
    if slope:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))


def train_mlp(d, t, epoch=5000, learning_r=0.1, h_layers=[4]):
    n_in, n_out, count = len(d[0, :]), len(t[0, :]), len(h_layers)
    w = []
    b = []
    w.append(np.random.rand(n_in, h_layers[0]) - 0.5)
    b.append(np.random.rand(h_layers[0]) - 0.5)
    for h in range(1, count):
        w.append(np.random.rand(h_layers[h - 1], h_layers[h]) - 0.5)
        b.append(np.random.rand(h_layers[h]) - 0.5)
    w.append(np.random.rand(h_layers[-1], n_out) - 0.5)
    b.append(np.random.rand(n_out) - 0.5)
    for ep in range(epoch):
        D = []
        A = [d]
        x = d
        for h in range(count + 1):
            x = squash(x.dot(w[h]) + b[h])
            A.append(x)
        E = t - x
        mse = 0.5 * np.sum(E ** 2)
        delta = E * squash(x, slope=True)
        D.append(delta)
        for h in range(count - 1, -1, -1):
            err = delta.dot(w[h + 1].T)
            delta = err * squash(A[h + 1], slope=True)
            D.append(delta)
        for l in range(count, -1, -1):
            w[l] += A[l].T.dot(D[count - l]) * learning_r
            b[l] += np.sum(D[count - l], axis=0) * learning_r
        print(ep, mse)
    return w, b
`;

describe('weights that are appended to a list', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('are one of each statement that appends them', async () => {
    const right = await check(appended);
    assert.equal(right.verdict, 'correct', say(right));
    assert.equal(right.bound?.parameters.length, 4, say(right));
  });

  it('are told with the rate that comes in once more at each layer', async () => {
    const source = appended.replace('delta = err * squash(A[h + 1], slope=True)', 'delta = err * squash(A[h + 1], slope=True) * learning_r');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.line, lineOf(source, 'delta = err'), say(wrong));
  });
});
