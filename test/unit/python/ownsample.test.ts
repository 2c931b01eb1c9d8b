// Scripts with one sample of their own, with an error that is collected for a plot; and names that every branch of a backward pass reads and nothing makes.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const script = (samples: string, targets: string): string => `import numpy as np

X = np.array(${samples})
Y = np.array(${targets})
W1 = np.random.randn(3, 4)
b1 = np.zeros((1, 4))
W2 = np.random.randn(4, 2)
b2 = np.zeros((1, 2))


def softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e, axis=1, keepdims=True)


def cross_entropy(y, p):
    return -np.sum(y * np.log(p + 1e-8)) / y.shape[0]


A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
A2 = softmax(A1 @ W2 + b2)
loss = cross_entropy(Y, A2)
print("Loss before update:", loss)
dZ2 = A2 - Y
dW2 = A1.T @ dZ2
db2 = np.sum(dZ2, axis=0, keepdims=True)
dZ1 = (dZ2 @ W2.T) * A1 * (1 - A1)
dW1 = X.T @ dZ1
db1 = np.sum(dZ1, axis=0, keepdims=True)
learning_rate = 0.1
W1 -= learning_rate * dW1
b1 -= learning_rate * db1
W2 -= learning_rate * dW2
b2 -= learning_rate * db2
`;

const collected = `import numpy as np

X = np.random.rand(40, 3)
Z = np.random.randint(0, 2, (40, 1))
U = np.random.rand(3, 4) * 2 - 1
v = np.random.rand(4, 1) * 2 - 1
E = np.zeros((1000, 1))

for i in range(1000):
    A = 1 / (1 + np.exp(-np.dot(X, U)))
    h = 1 / (1 + np.exp(-np.dot(A, v)))
    d = Z - h
    step = np.dot(X.T, np.dot(d, v.T) * A * (1 - A))
    v = v + 0.2 * np.dot(A.T, d)
    U = U + 0.2 * step
    E[i] = np.dot(d.T, d)
`;

const branches = `import numpy as np


def forward(x, params, acts):
    cache = {"A0": x}
    for l in range(1, len(acts) + 1):
        z = np.dot(params["W" + str(l)], cache["A" + str(l - 1)]) + params["b" + str(l)]
        cache["Z" + str(l)] = z
        cache["A" + str(l)] = np.maximum(0, z) if acts[l - 1] == "relu" else 1 / (1 + np.exp(-z))
    return cache["A" + str(len(acts))], cache


def cost(AL, y):
    m = y.shape[1]
    return -np.sum(y * np.log(AL) + (1 - y) * np.log(1 - AL)) / m


def model_backward(params, cache, acts, y, AL):
    dA = (AL - y) / (AL * (1 - AL))
    grads = {}
    for l in reversed(range(1, len(acts) + 1)):
        if acts[l - 1] == "relu":
            dZ = dA * (cache["Z" + str(l)] > 0)
            grads["dW" + str(l)] = np.dot(dZ, cache["A" + str(l - 1)].T) / m
        elif acts[l - 1] == "sigmoid":
            dZ = dA * cache["A" + str(l)] * (1 - cache["A" + str(l)])
            grads["dW" + str(l)] = np.dot(dZ, cache["A" + str(l - 1)].T) / m
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True)
        dA = np.dot(params["W" + str(l)].T, dZ)
    return grads
`;

describe('python: scripts of one sample, and what every branch reads', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('takes the sum for the mean where there is one sample, and where there are several tells them apart', async () => {
    const one = await check(script('[[0.5, 0.2, 0.1]]', '[[0, 1]]'));
    assert.equal(one.verdict, 'correct', say(one));
    const several = await check(script('[[0.5, 0.2, 0.1], [0.1, 0.7, 0.3]]', '[[0, 1], [1, 0]]'));
    assert.equal(several.verdict, 'convention', say(several));
  });

  it('sees the squared error that is collected, though its name is a letter', async () => {
    const other = await check(collected);
    assert.equal(other.verdict, 'convention', say(other));
    const none = await check(collected.replace('    E[i] = np.dot(d.T, d)\n', ''));
    assert.equal(none.verdict, 'correct', say(none));
  });

  it('cannot run where every branch reads a name that nothing makes', async () => {
    const result = await check(branches);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]?.line, lineOf(branches, '/ m\n        elif'));
  });
});
