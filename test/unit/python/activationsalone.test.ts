// A file of activations and their derivatives, without a network: each is compared by itself.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** What stands beside the notebooks of a course. */
const utilities = `import numpy as np

def sigmoid(Z):
    A = 1 / (1 + np.exp(-Z))
    cache = Z
    return A, cache

def tanh_activate(Z):
    A = np.tanh(Z)
    cache = Z
    return A, cache

def sigmoid_backward(dA, cache):
    Z = cache
    s = 1 / (1 + np.exp(-Z))
    dZ = dA * s * (1 - s)
    return dZ

def tanh_backward(dA, cache):
    Z = cache
    dZ = dA * (1 - np.power(np.tanh(Z), 2))
    return dZ
`;

const slopes = `import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def sigmoid_derivative(z):
    return sigmoid(z) * (1 - sigmoid(z))
`;

/** Each gives its derivative where it is asked for, and is called by another name. */
const asked = `import numpy as np

class Activation:
    @staticmethod
    def relu(Z, derivative, leak=0):
        if not derivative:
            A = Z.copy()
            A[A < 0] *= leak
            return A
        else:
            dA = np.ones_like(Z)
            dA[Z < 0] = leak
            return dA

class Layer:
    def __init__(self):
        self.g = Activation.relu

    def activate(self, Z, derivative=False):
        return self.g(Z, derivative)
`;

const classes = `import numpy as np

class ReLU:
    def __init__(self):
        self.cache = None

    def forward(self, x):
        self.cache = np.maximum(0, x)
        return self.cache

    def __call__(self, x):
        return self.forward(x)

    def backward(self, dX):
        return (self.cache > 0) * dX

class Sigmoid:
    def forward(self, x):
        self.a = 1 / (1 + np.exp(-x))
        return self.a

    def backward(self, dX):
        return self.a * (1 - self.a) * dX
`;

const losses = `import numpy as np

class Loss:
    def forward(self, predictions, targets):
        raise NotImplementedError('in subclasses')

    def backward(self):
        raise NotImplementedError('in subclasses')

class MSELoss(Loss):
    def forward(self, predictions, targets):
        self.kept = (predictions, targets)
        return np.mean((predictions - targets) ** 2)

    def backward(self):
        predictions, targets = self.kept
        return 2 * (predictions - targets) / targets.size
`;

/** Beside the course's functions stands one that shows what another file has computed. */
const shown = `${utilities}
def print_grads(grads):
    print("dW1 = " + str(grads["dW1"]))
`;

describe('python: activations alone', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const [what, source] of Object.entries({ 'with caches': utilities, 'and their slopes': slopes, 'in classes': classes, 'which are losses': losses, 'beside what shows gradients': shown })) {
    it(`are right, ${what}, and it is told that there is no network`, async () => {
      const result = await check(source);
      assert.equal(result.verdict, 'correct', say(result));
      assert.match(result.summary, /no network in this file/);
      assert.deepEqual(result.layers, []);
    });
  }

  const wrong = [
    ['a slope of what the cache does not hold', utilities, 'np.power(np.tanh(Z), 2)', 'np.power(Z, 2)', 'dZ = dA * (1 - np.power(Z'],
    ['a sigmoid that is none, beside the derivative of one', utilities, 'A = 1 / (1 + np.exp(-Z))', 'A = 1 / (1 + np.exp(Z))', 'return A, cache'],
    ['a class that drops what comes from above', classes, 'self.a * (1 - self.a) * dX', 'self.a * (1 - self.a)', 'return self.a * (1 - self.a)'],
    ['a slope that nothing calls', slopes, 'return sigmoid(z) * (1 - sigmoid(z))', 'return sigmoid(z) * (1 + sigmoid(z))', 'return sigmoid(z) *'],
    ['a slope that is asked for by another name', asked, 'np.ones_like(Z)', 'Z.copy()', 'return dA'],
  ] as const;
  for (const [what, source, from, to, line] of wrong) {
    it(`tell ${what}`, async () => {
      const changed = source.replace(from, to);
      const result = await check(changed);
      assert.equal(result.verdict, 'wrong', say(result));
      assert.ok(Math.abs((result.findings[0]?.line ?? 0) - lineOf(changed, line)) <= 1, say(result));
    });
  }

  it('are not called right where the file has more in it', async () => {
    const result = await check(`${slopes}\ndef forward(X, W):\n    return sigmoid(W @ X)\n`);
    assert.equal(result.verdict, 'not bound', say(result));
    assert.ok(result.checked.some((each) => each.endsWith('sigmoid_derivative')), say(result));
  });

  it('are not called right where the class that has them trains a network', async () => {
    const application = `import numpy as np

class Application:
    def __init__(self, window):
        self.window = window

    def sigmoid(self, z):
        return 1 / (1 + np.exp(-z))

    def sigmoid_derivative(self, z):
        return self.sigmoid(z) * (1 - self.sigmoid(z))

    def run(self):
        self.output = self.window.read().dot(self.window.weights)
`;
    assert.notEqual((await check(application)).verdict, 'correct');
  });

  it('are not called right where one of them gives nothing, or a layer stands beside them that was not compared', async () => {
    for (const text of [utilities.replace(/    return dZ\n$/, ''), `${classes}\nclass Dense:\n    def backward(self, dZ):\n        return self.W.T @ dZ\n`]) {
      assert.notEqual((await check(text)).verdict, 'correct');
    }
  });
});
