// What reading takes for a stop and is none: private names, checks of gradients, SciPy's distributions, the memory of a device; and a stop that reading sees through a name.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const network = `import numpy as np


class Network:
    __EPSILON = 1e-8

    def __init__(self, n_x, n_h, n_y):
        self.W1, self.b1 = np.random.randn(n_h, n_x), np.zeros((n_h, 1))
        self.W2, self.b2 = np.random.randn(n_y, n_h), np.zeros((n_y, 1))

    def forward(self, X):
        self.A1 = np.tanh(np.dot(self.W1, X) + self.b1)
        self.A2 = 1 / (1 + np.exp(-(np.dot(self.W2, self.A1) + self.b2)))
        return self.A2

    def compute_cost(self, A2, Y):
        return -np.mean(Y * np.log(A2 + self.__EPSILON) + (1 - Y) * np.log(1 - A2 + self.__EPSILON))

    def backward(self, X, Y):
        m = X.shape[1]
        dZ2 = self.A2 - Y
        self.dW2, self.db2 = np.dot(dZ2, self.A1.T) / m, np.sum(dZ2, axis=1, keepdims=True) / m
        dZ1 = np.dot(self.W2.T, dZ2) * (1 - self.A1 ** 2)
        self.dW1, self.db1 = np.dot(dZ1, X.T) / m, np.sum(dZ1, axis=1, keepdims=True) / m

    def update_parameters(self, rate):
        self.W1 -= rate * self.dW1 / (1 + self.__EPSILON)
        self.b1 -= rate * self.db1
        self.W2 -= rate * self.dW2 / (1 + self.__EPSILON)
        self.b2 -= rate * self.db2
`;

describe('python: what is no stop', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  it('knows the private names of a class', async () => {
    const result = await check(network);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('takes no gradient check that fails for the backward pass', async () => {
    const result = await check(`${network}\n\ndef gradient_check(net, X, Y, epsilon=1e-7):\n    net.forward(X)\n    net.backward(X, Y)\n    approx = (loss_plus - loss_minus) / (2 * epsilon)\n    return np.linalg.norm(net.dW1 - approx)\n`);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('draws from a distribution at once, with all its arguments', async () => {
    const drawn = network.replace('import numpy as np\n', 'import numpy as np\nfrom scipy import stats\n').replace('np.random.randn(n_h, n_x)', 'stats.truncnorm.rvs(-1, 1, loc=0, scale=1, size=n_h * n_x).reshape(n_h, n_x)').replace('np.random.randn(n_y, n_h)', 'stats.norm(0, 0.5).rvs((n_y, n_h))');
    const result = await check(drawn);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('scores what a training prints, without scikit-learn', async () => {
    const scored = `import argparse
import numpy as np
from sklearn.metrics import accuracy_score, log_loss, f1_score


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--layer", type=int, default=4)
    parser.add_argument("--iterations", type=int, default=3)
    parser.add_argument("--batch", action="store_true")
    return parser.parse_args()


class Perceptron:
    def __init__(self, X, y, args):
        self.sizes = [X.shape[0], args.layer, y.shape[0]]
        self.params = {name + str(l): np.random.randn(self.sizes[l], self.sizes[l - 1] if name == "W" else 1) for l in (1, 2) for name in "Wb"}
        for i in range(args.iterations):
            for low in range(0, y.shape[1], 32 if args.batch else y.shape[1]):
                activations = self.forward_propagation(X)
                self.update(self.back_propagation(y, activations), 0.1)
            out = self.forward_propagation(X)["A2"]
            print(log_loss(y.flatten(), out.flatten()), accuracy_score(y.flatten(), (out > 0.5).flatten()), f1_score(y.flatten(), (out > 0.5).flatten()))

    def forward_propagation(self, X):
        A1 = 1 / (1 + np.exp(-(self.params["W1"] @ X + self.params["b1"])))
        return {"A0": X, "A1": A1, "A2": 1 / (1 + np.exp(-(self.params["W2"] @ A1 + self.params["b2"])))}

    def back_propagation(self, y, activations):
        m = y.shape[1]
        dZ2 = activations["A2"] - y
        dZ1 = self.params["W2"].T @ dZ2 * activations["A1"] * (1 - activations["A1"])
        return {"dW2": dZ2 @ activations["A1"].T / m, "db2": np.sum(dZ2, axis=1, keepdims=True) / m, "dW1": dZ1 @ activations["A0"].T / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m}

    def update(self, gradients, rate):
        for key in self.params:
            self.params[key] = self.params[key] - rate * gradients["d" + key]
`;
    const result = await check(scored);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('frees the memory of a device that is not there', async () => {
    const device = network.replaceAll('np.', 'cp.').replace('import numpy as np', 'import cupy as cp\nimport numpy as np').replace('        m = X.shape[1]\n', '        m = X.shape[1]\n        cp.get_default_memory_pool().free_all_blocks()\n        cp._default_memory_pool.free_all_blocks()\n').replace('return self.A2\n', 'return cp.asnumpy(self.A2)\n');
    const result = await check(device);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('sees that a name holds what an activation gives back as two', async () => {
    const source = `import numpy as np


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z)), Z


def initialize_parameters(layer_dims):
    return {name + str(l): np.random.randn(layer_dims[l], layer_dims[l - 1] if name == "W" else 1) for l in range(1, len(layer_dims)) for name in "Wb"}


def L_model_forward(X, parameters):
    caches, A = [], X
    for l in range(1, len(parameters) // 2 + 1):
        A_prev, W = A, parameters["W" + str(l)]
        A, Z = sigmoid(np.dot(W, A_prev) + parameters["b" + str(l)])
        caches.append((A_prev, W, Z))
    return A, caches


def compute_cost(AL, Y):
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))


def sigmoid_backward(dA, Z):
    s = sigmoid(Z)
    return dA * s * (1 - s)


def L_model_backward(AL, Y, caches):
    grads = {}
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in reversed(range(len(caches))):
        A_prev, W, Z = caches[l]
        dZ = sigmoid_backward(dA, Z)
        grads["dW" + str(l + 1)] = np.dot(dZ, A_prev.T) / Y.shape[1]
        grads["db" + str(l + 1)] = np.sum(dZ, axis=1, keepdims=True) / Y.shape[1]
        dA = np.dot(W.T, dZ)
    return grads
`;
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]?.function, 'sigmoid_backward');
    assert.equal(result.findings[0]?.line, lineOf(source, 'return dA * s'));
  });
});
