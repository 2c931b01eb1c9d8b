// Stops that no widths and no samples avoid: parameters by another spelling than they have, and asserts that no network passes.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const network = `import numpy as np


def initialize_parameters_deep(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["w" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.5
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


def layer_forward(A_prev, W, b):
    Z = np.dot(W, A_prev) + b
    A = 1 / (1 + np.exp(-Z))
    assert A.shape == (W.shape[0], A_prev.shape[1])
    return A, (A_prev, W, A)


def L_model_forward(X, parameters):
    A, caches = X, []
    for l in range(1, len(parameters) // 2 + 1):
        A, cache = layer_forward(A, parameters["w" + str(l)], parameters["b" + str(l)])
        caches.append(cache)
    return A, caches


def compute_cost(AL, Y):
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]


def L_model_backward(AL, Y, caches):
    grads, m = {}, Y.shape[1]
    dZ = AL - Y
    for l in reversed(range(len(caches))):
        A_prev, W, A = caches[l]
        grads["dw" + str(l + 1)] = np.dot(dZ, A_prev.T) / m
        grads["db" + str(l + 1)] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = np.dot(W.T, dZ) * A_prev * (1 - A_prev)
    return grads
`;

const asserted = `import numpy as np


def initialize_parameters(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters['W' + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1])
        parameters['b' + str(l)] = np.zeros((layer_dims[l]))
        assert parameters['b' + str(l)].shape == (layer_dims[l], 1)
    return parameters


def forward_propagation(X, parameters):
    Z1 = np.dot(parameters['W1'], X) + parameters['b1']
    A1 = np.tanh(Z1)
    A2 = np.dot(parameters['W2'], A1) + parameters['b2']
    return A2, {'A1': A1, 'A2': A2}


def backward_propagation(parameters, cache, X, Y):
    dZ2 = cache['A2'] - Y
    dZ1 = np.dot(parameters['W2'].T, dZ2) * (1 - cache['A1'] ** 2)
    return {'dW1': np.dot(dZ1, X.T), 'db1': np.sum(dZ1, axis=1, keepdims=True), 'dW2': np.dot(dZ2, cache['A1'].T), 'db2': np.sum(dZ2, axis=1, keepdims=True)}
`;

describe('stops that nothing avoids', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('are none where all fits', async () => {
    const result = await check(network);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('are keys of another spelling', async () => {
    const source = network.replace('layer_forward(A, parameters["w" + str(l)]', 'layer_forward(A, parameters["W" + str(l)]');
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['cannot run', 'L_model_forward', lineOf(source, 'A, cache = layer_forward')], say(result));
    assert.match(result.findings[0]!.message, /'W1'.*'w1'/);
  });

  it('are asserts on shapes that no network passes', async () => {
    const source = network.replace('assert A.shape == (W.shape[0], A_prev.shape[1])', 'assert A.shape == (W.shape[0], W.shape[1])');
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['cannot run', 'layer_forward', lineOf(source, 'assert A.shape')], say(result));
  });

  it('are an assertion of an initializer that holds for no widths', async () => {
    const result = await check(asserted);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]?.function, 'initialize_parameters');
    assert.match(result.summary, /AssertionError \(/);
  });

  it('are no asserts on what was given', async () => {
    const result = await check(network.replace('    A, caches = X, []\n', '    assert X.shape == (12288, 209)\n    A, caches = X, []\n'));
    assert.notEqual(result.verdict, 'cannot run', say(result));
    // nor on a number of units that was chosen here
    const sized = await check(network.replace('    parameters = {}\n', '    parameters = {}\n    w = np.zeros((3, 1))\n    assert w.shape == (layer_dims, 1)\n'));
    assert.notEqual(sized.verdict, 'cannot run', say(sized));
  });

  it('are products of what does not fit, in a loss that keeps its derivatives under the names of the weights', async () => {
    const loss = `import numpy as np


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-1):
        self.params = {"W1": std * np.random.randn(input_size, hidden_size), "W2": std * np.random.randn(hidden_size, output_size)}

    def loss(self, X, y, reg=0.0):
        W1, W2 = self.params["W1"], self.params["W2"]
        N = X.shape[0]
        hidden = np.maximum(X.dot(W1), 0)
        e = np.exp(hidden.dot(W2))
        probs = e / np.sum(e, axis=1, keepdims=True)
        loss = -np.sum(np.log(probs[range(N), y])) / N + 0.5 * reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        probs[range(N), y] -= 1
        probs /= N
        grads = {}
        grads["W2"] = np.dot(hidden.T, probs) + reg * W2
        below = np.dot(probs, W2.T) * (hidden > 0)
        grads["W1"] = np.dot(X.T, below) + reg * W1
        return loss, grads
`;
    const right = await check(loss);
    assert.equal(right.verdict, 'correct', say(right));
    const source = loss.replace('np.dot(hidden.T, probs)', 'np.dot(hidden, probs)');
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['cannot run', 'loss', lineOf(source, 'grads["W2"] = ')], say(result));
  });
});
