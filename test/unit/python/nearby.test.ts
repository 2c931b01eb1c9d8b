// Derivatives beside a kink, layers that are moved one after the other, and steps whose parts stand elsewhere or count otherwise.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bindsEach, interpreter, lineOf, pythonChecks, say, type Shape } from './support';

/** Lists that count from 1; the weights are moved in the loop over the layers, behind their use or before it. */
const fromOne = `import numpy as np

class Model:
    def initialize(self, train_x, train_y, learning_rate=0.01, batch_size=5000):
        self.train_x, self.train_y = train_x, train_y
        self.layer_count = 3
        sizes = [train_x.shape[0], 64, 64, train_y.shape[0]]
        self.W = [np.zeros((1, 1))] + [np.random.randn(sizes[i], sizes[i + 1]) * 0.01 for i in range(3)]
        self.B = [np.zeros((1, 1))] + [np.zeros((sizes[i + 1], 1)) for i in range(3)]
        self.alpha = learning_rate
        self.batch_size = batch_size
        self.A = [None for i in range(4)]
        self.Z = [None for i in range(4)]

    def cost(self, derived, desired):
        return -np.sum(desired * np.log(derived) + (1 - desired) * np.log(1 - derived)) / self.batch_size

    def propogate(self, X):
        self.A[0] = X
        for i in range(1, self.layer_count + 1):
            self.Z[i] = np.dot(self.W[i].T, self.A[i - 1]) + self.B[i]
            self.A[i] = np.tanh(self.Z[i]) if i < self.layer_count else 1 / (1 + np.exp(-self.Z[i]))
        return self.A[i]

    def optimize(self, Y):
        self.dZ = [None for x in range(self.layer_count + 1)]
        self.dW = [None for x in range(self.layer_count + 1)]
        self.dB = [None for x in range(self.layer_count + 1)]
        for i in reversed(range(1, self.layer_count + 1)):
            if i == self.layer_count:
                self.dZ[i] = self.A[i] - Y
            else:
                self.dZ[i] = np.dot(self.W[i + 1], self.dZ[i + 1]) * (1 - self.A[i] ** 2)
            self.dW[i] = np.dot(self.A[i - 1], self.dZ[i].T) / self.batch_size
            self.dB[i] = np.sum(self.dZ[i], axis=1, keepdims=True) / self.batch_size
        for i in range(1, self.layer_count + 1):
            self.W[i] -= self.dW[i] * self.alpha
            self.B[i] -= self.dB[i] * self.alpha

    def train(self):
        derived = self.propogate(self.train_x)
        self.optimize(self.train_y)
        print(self.cost(derived, self.train_y))
`;

/** The weights by another name, which is that of the very array that is changed in place. */
const alias = `import numpy as np


class Net:
    def __init__(self, sizes):
        self.weights = [np.random.randn(i, o) for i, o in zip(sizes, sizes[1:])]
        self.biases = [np.zeros((1, o)) for o in sizes[1:]]

    def forward(self, X):
        self.A = [X]
        for W, b in zip(self.weights, self.biases):
            self.A.append(1 / (1 + np.exp(-(self.A[-1] @ W + b))))
        return self.A[-1]

    def cost(self, A, Y):
        return -np.mean(np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A), axis=1))

    def backward(self, X, Y, rate=0.1):
        dZ = self.A[-1] - Y
        for l in reversed(range(len(self.weights))):
            W = self.weights[l]
            dW = self.A[l].T @ dZ / len(X)
            self.weights[l] -= rate * dW
            self.biases[l] -= rate * np.sum(dZ, axis=0, keepdims=True) / len(X)
            if l > 0:
                dA = dZ @ W.T
                dZ = dA * self.A[l] * (1 - self.A[l])
`;

const shapes: readonly Shape[] = [
  { what: 'lists that count from 1, in methods that are called otherwise', source: fromOne, mistake: ['* (1 - self.A[i] ** 2)', '* (1 - self.A[i])'] },
  {
    what: 'l0, l1 and l2 as numbers of units',
    source: `import numpy as np

class Net:
    def __init__(self, l0, l1, l2):
        self.w1 = np.random.normal(loc=0, scale=1, size=(l0, l1)) * 0.01
        self.b1 = np.zeros(l1)
        self.w2 = np.random.normal(loc=0, scale=1, size=(l1, l2)) * 0.01
        self.b2 = np.zeros(l2)

    def forward_prop(self, X):
        self.X = X
        self.a1 = np.tanh(X @ self.w1 + self.b1)
        e = np.exp(self.a1 @ self.w2 + self.b2)
        self.a2 = e / e.sum(axis=1, keepdims=True)
        return self.a2

    def cost(self, y):
        return -np.sum(y * np.log(self.a2)) / len(y)

    def backward_prop(self, y):
        m = len(y)
        d2 = self.a2 - y
        self.dw2 = self.a1.T @ d2 / m
        self.db2 = np.sum(d2, axis=0) / m
        d1 = d2 @ self.w2.T * (1 - self.a1 ** 2)
        self.dw1 = self.X.T @ d1 / m
        self.db1 = np.sum(d1, axis=0) / m
`,
    mistake: ['* (1 - self.a1 ** 2)', ''],
  },
  {
    what: 'a step inside one large function, with the targets around it',
    source: `import numpy as np
from somewhere import quantiles

def everything():
    X, Y = quantiles(1000)
    Y = Y[:, np.newaxis]

    def squash(x, slope=False):
        return x * (1 - x) if slope else 1 / (1 + np.exp(-x))

    def mse(y, y_hat, slope=False):
        return (y_hat - y) / len(y) if slope else np.sum((y_hat - y) ** 2) / (2 * len(y))

    def initialize_parameters(dims):
        parameters = {}
        for l in range(len(dims) - 1):
            parameters["W" + str(l + 1)] = np.random.rand(dims[l], dims[l + 1]) * 2 - 1
            parameters["b" + str(l + 1)] = np.random.rand(1, dims[l + 1]) * 2 - 1
        return parameters

    def train(x_data, learning_rate, params, training=True):
        params["A0"] = x_data
        params["A1"] = squash(params["A0"] @ params["W1"] + params["b1"])
        params["A2"] = squash(params["A1"] @ params["W2"] + params["b2"])
        output = params["A2"]
        if training:
            params["dZ2"] = mse(Y, output, True) * squash(params["A2"], True)
            params["dW2"] = params["A1"].T @ params["dZ2"]
            params["dZ1"] = params["dZ2"] @ params["W2"].T * squash(params["A1"], True)
            params["dW1"] = params["A0"].T @ params["dZ1"]
            params["W2"] = params["W2"] - params["dW2"] * learning_rate
            params["W1"] = params["W1"] - params["dW1"] * learning_rate
            params["b2"] = params["b2"] - np.sum(params["dZ2"], axis=0, keepdims=True) * learning_rate
            params["b1"] = params["b1"] - np.sum(params["dZ1"], axis=0, keepdims=True) * learning_rate
        return output

    params = initialize_parameters([2, 6, 1])
    for _ in range(50000):
        output = train(X, 0.001, params)
        print(mse(Y, output))
`,
    mistake: ['* squash(params["A1"], True)', '* params["A1"]'],
  },
];

describe('beside a kink, and layer by layer', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('names the statement that uses the weights of every layer after their update', async () => {
    const early = fromOne.replace('        for i in range(1, self.layer_count + 1):\n            self.W[i] -=', '            self.W[i] -=');
    assert.notEqual(early, fromOne);
    const result = await check(early);
    const [finding] = result.findings;
    assert.deepEqual([result.verdict, finding?.rule, finding?.function, finding?.line], ['wrong', 'order', 'optimize', lineOf(early, 'self.dZ[i] = np.dot')], say(result));
  });

  it('names the statement that uses weights by another name after they were changed in place', async () => {
    const result = await check(alias);
    const [finding] = result.findings;
    assert.deepEqual([result.verdict, finding?.rule, finding?.line], ['wrong', 'order', lineOf(alias, 'dA = dZ @ W.T')], say(result));
    assert.ok(finding!.message.includes('3 lines above'), say(result));
    const copied = await check(alias.replace('W = self.weights[l]', 'W = self.weights[l].copy()'));
    assert.equal(copied.verdict, 'correct', say(copied));
  });

  it('takes a smaller step where a ReLU bends inside the usual one', () => {
    const source = 'import numpy as np\nfrom gradient_probe.common.numeric import difference\nprint(difference(lambda x: {"c": float(np.sum(np.maximum(0, x) * [2, 3]))}, np.array([3e-6, -4e-6]), [0, 1])["c"].round(6).tolist())';
    const { stdout, stderr } = spawnSync(interpreter!, ['-B', '-c', source], { env: { ...process.env, PYTHONPATH: join(process.cwd(), 'dist/python') }, encoding: 'utf8' });
    assert.equal(stdout.trim(), '[2.0, 0.0]', stderr);
  });
});
