// What objects keep for one another: the same array in two places, the samples of `fit`, a rate of dropout for each layer; and
// keys and names that nothing keeps.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bindsEach, lineOf, pythonChecks, say, type Shape } from './support';

/** A training method keeps the samples; forward and backward are given none. */
const keeper = `import numpy as np

class Net:
    def __init__(self, layers=[9, 5, 1], learning_rate=0.01, iterations=50):
        self.params = {}
        self.layers = layers
        self.learning_rate = learning_rate
        self.iterations = iterations
        self.X = None
        self.y = None

    def init_weights(self):
        np.random.seed(1)
        self.params["W1"] = np.random.randn(self.layers[0], self.layers[1])
        self.params["b1"] = np.random.randn(self.layers[1])
        self.params["W2"] = np.random.randn(self.layers[1], self.layers[2])
        self.params["b2"] = np.random.randn(self.layers[2])

    def sigmoid(self, z):
        return 1 / (1 + np.exp(-z))

    def entropy_loss(self, y, yhat):
        return -1 / len(y) * np.sum(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))

    def forward_propagation(self):
        A1 = np.tanh(self.X.dot(self.params["W1"]) + self.params["b1"])
        yhat = self.sigmoid(A1.dot(self.params["W2"]) + self.params["b2"])
        self.params["A1"] = A1
        return yhat, self.entropy_loss(self.y, yhat)

    def back_propagation(self, yhat):
        delta = (yhat - self.y) / self.count
        lower = delta.dot(self.params["W2"].T) * (1 - self.params["A1"] ** 2)
        self.params["W2"] = self.params["W2"] - self.learning_rate * self.params["A1"].T.dot(delta)
        self.params["b2"] = self.params["b2"] - self.learning_rate * np.sum(delta, axis=0, keepdims=True)
        self.params["W1"] = self.params["W1"] - self.learning_rate * self.X.T.dot(lower)
        self.params["b1"] = self.params["b1"] - self.learning_rate * np.sum(lower, axis=0, keepdims=True)

    def fit(self, X, y):
        self.X = X
        self.y = y
        self.count = X.shape[0]
        self.init_weights()
        for i in range(self.iterations):
            yhat, loss = self.forward_propagation()
            self.back_propagation(yhat)

    def predict(self, X):
        A1 = np.tanh(X.dot(self.params["W1"]) + self.params["b1"])
        return np.round(self.sigmoid(A1.dot(self.params["W2"]) + self.params["b2"]))
`;

/** The layers hold the very arrays of the dictionary, which an optimizer changes in place. */
const twice = `import numpy as np

class Linear:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.x = self.dW = self.db = None

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T)

class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout[self.mask] = 0
        return dout

class SoftmaxLoss:
    def forward(self, x, t):
        self.t = t
        e = np.exp(x - x.max(axis=1, keepdims=True))
        self.y = e / e.sum(axis=1, keepdims=True)
        return -np.sum(t * np.log(self.y + 1e-9)) / t.shape[0]

    def backward(self, dout=1):
        return (self.y - self.t) / self.t.shape[0]

class TwoLayers:
    def __init__(self, input_size, hidden_size, output_size, scale=0.01):
        self.params = {}
        self.params["W1"] = scale * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = scale * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)
        self.layers = {}
        self.layers["first"] = Linear(self.params["W1"], self.params["b1"])
        self.layers["relu"] = Relu()
        self.layers["second"] = Linear(self.params["W2"], self.params["b2"])
        self.last = SoftmaxLoss()

    def predict(self, x):
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        return self.last.forward(self.predict(x), t)

    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.last.backward(1)
        for layer in reversed(list(self.layers.values())):
            dout = layer.backward(dout)
        return {"W1": self.layers["first"].dW, "b1": self.layers["first"].db, "W2": self.layers["second"].dW, "b2": self.layers["second"].db}
`;

/** A list of rates, one for each layer, or none. */
const rates = `import numpy as np

class Net:
    def __init__(self, dims, keep_probs=None):
        self.dims = dims
        if keep_probs is None:
            keep_probs = [1.0] * (len(dims) - 1)
        assert len(keep_probs) == len(dims) - 1
        self.keep = keep_probs
        self.params = {}
        for l in range(1, len(dims)):
            self.params["W%d" % l] = np.random.randn(dims[l], dims[l - 1])
            self.params["b%d" % l] = np.zeros((dims[l], 1))

    def forward(self, X):
        A, caches = X, []
        for l in range(1, len(self.dims)):
            caches.append(A)
            A = 1 / (1 + np.exp(-(self.params["W%d" % l] @ A + self.params["b%d" % l])))
            A = A * (np.random.rand(*A.shape) < self.keep[l - 1]) / self.keep[l - 1]
        return A, caches

    def compute_cost(self, AL, Y):
        return np.sum((AL - Y) ** 2) / (2 * Y.shape[1])

    def backward(self, AL, Y, caches):
        grads, dA = {}, (AL - Y) / Y.shape[1]
        A = AL
        for l in reversed(range(1, len(self.dims))):
            dZ = dA * A * (1 - A)
            A = caches[l - 1]
            grads["dW%d" % l] = dZ @ A.T
            grads["db%d" % l] = dZ.sum(axis=1, keepdims=True)
            dA = self.params["W%d" % l].T @ dZ
        return grads
`;

const shapes: readonly Shape[] = [
  { what: 'samples that only the training method is given, and keeps', source: keeper, mistake: ['(1 - self.params["A1"] ** 2)', '(1 - self.params["A1"])'] },
  { what: 'layers that share their weights with a dictionary, and a prediction named as the samples', source: twice, mistake: ['np.dot(dout, self.W.T)', 'np.dot(dout, np.abs(self.W.T))'] },
  { what: 'a list of rates of dropout that may be left out', source: rates, mistake: ['dA * A * (1 - A)', 'dA * A'] },
];

describe('what objects keep', function () {
  this.timeout(30_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('a bias that gets a row for each sample is wrong, though one sample alone makes it a row', async () => {
    const source = keeper
      .replace('A1 = np.tanh(self.X.dot', 'A1 = np.tanh(self.X.reshape(-1, self.layers[0]).dot')
      .replace('self.X.T.dot', 'self.X.reshape(-1, self.layers[0]).T.dot')
      .replace('(yhat - self.y) / self.count', 'yhat - self.y')
      .replace('np.sum(delta, axis=0, keepdims=True)', 'delta')
      .replace('np.sum(lower, axis=0, keepdims=True)', 'lower');
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.function], ['wrong', 'back_propagation'], say(result));
  });

  it('a key that nothing makes cannot run', async () => {
    const source = keeper.replace('A1.dot(self.params["W2"]) + self.params["b2"])\n        self', 'A1.dot(self.params["W2"]) + self.params["B2"])\n        self');
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['cannot run', 'forward_propagation', lineOf(source, 'yhat = self.sigmoid(A1.dot')], say(result));
  });

  it('a helper module that lacks an import of its own cannot run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradient-helper-'));
    try {
      const file = join(folder, 'net.py');
      writeFileSync(join(folder, 'activations.py'), 'def sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n');
      writeFileSync(file, keeper.replace('import numpy as np\n', 'import numpy as np\nfrom activations import *\n').replace('return 1 / (1 + np.exp(-z))', 'return sigmoid(z)'));
      const result = await check('', '.py', { file });
      assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['cannot run', 'sigmoid', 2], say(result));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('an attribute that only a branch for people reads stops nothing, where no call asks for it', async () => {
    const source = `import numpy as np

class Net:
    def __init__(self, n_x, n_h, n_y):
        self.w1, self.b1 = np.random.randn(n_x, n_h), np.zeros(n_h)
        self.w2, self.b2 = np.random.randn(n_h, n_y), np.zeros(n_y)

    def forward(self, X, verbose=False):
        self.a1 = np.tanh(X @ self.w1 + self.b1)
        out = self.a1 @ self.w2 + self.b2
        if verbose:
            print(self.a2)
        return out

    def loss(self, out, Y):
        return np.sum((out - Y) ** 2) / (2 * len(Y))

    def backward(self, X, Y, out):
        d = (out - Y) / len(Y)
        d1 = d @ self.w2.T
        self.dw2, self.db2 = self.a1.T @ d, d.sum(axis=0)
        self.dw1, self.db1 = X.T @ d1, d1.sum(axis=0)
`;
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    const asked = await check(`${source}\nnet = Net(3, 4, 1)\nnet.forward(np.ones((2, 3)), verbose=True)\n`);
    assert.equal(asked.verdict, 'cannot run', say(asked));
  });
});
