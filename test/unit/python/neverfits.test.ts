// Parts of the course's functions that never run as they are, beside others that do: a cost that stops at its own assert, an initializer whose weights fit only where all layers are equally wide; and an unfinished link that nothing calls, which stops nothing.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const source = `import numpy as np

def sigmoid(Z):
    return 1 / (1 + np.exp(-Z)), Z

def relu(Z):
    return np.maximum(0, Z), Z

def initialize_parameters(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}

def initialize_parameters_deep(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters

def L_model_forward(X, parameters):
    caches, A, L = [], X, len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        Z = np.dot(W, A) + b
        caches.append(((A, W, b), Z))
        A, _ = sigmoid(Z) if l == L else relu(Z)
    return A, caches

def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL), axis=1) / m
    cost = np.squeeze(cost)
    assert(cost.shape == ())
    return cost

def L_model_backward(AL, Y, caches):
    grads, m, dZ = {}, Y.shape[1], AL - Y
    for l in reversed(range(len(caches))):
        (A_prev, W, b), _ = caches[l]
        grads["dW" + str(l + 1)] = np.dot(dZ, A_prev.T) / m
        grads["db" + str(l + 1)] = np.sum(dZ, axis=1, keepdims=True) / m
        if l > 0:
            dZ = np.dot(W.T, dZ) * (caches[l - 1][1] > 0)
    return grads
`;

const unfinished = `
def tanh_backward(dA, cache):
    Z = cache
    return dZ
`;

describe('python: parts that never run', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('tells a cost that stops at its own assert', async () => {
    assert.equal((await check(source)).verdict, 'correct');
    const stops = source.replace('    cost = np.squeeze(cost)\n', '');
    const result = await check(stops);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['cannot run', 'compute_cost', lineOf(stops, 'assert(cost.shape')], say(result));
  });

  it('tells an initializer whose weights fit at equal widths alone', async () => {
    const unfit = source.replace('np.random.randn(layer_dims[l], layer_dims[l - 1])', 'np.random.randn(layer_dims[1], layer_dims[l - 1])');
    const result = await check(unfit);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['cannot run', 'initialize_parameters_deep', lineOf(unfit, 'layer_dims[1]')], say(result));
  });

  it('leaves alone what fits where the hidden layers are equally wide, and a cost of one output that nothing calls', async () => {
    const orthogonal = source.replace('np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01', '(np.random.randn(layer_dims[1], layer_dims[0]) if l == 1 else np.linalg.qr(np.random.randn(layer_dims[1], layer_dims[1]))[0][:layer_dims[l]])');
    assert.equal((await check(orthogonal)).verdict, 'correct');
    const idle = source.replace('def L_model_backward', 'def binary_cost(AL, Y):\n    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL), axis=1)\n    assert cost.shape == (1,)\n    return cost\n\ndef L_model_backward');
    assert.equal((await check(idle)).verdict, 'correct');
  });

  it('is not stopped by an unfinished link that nothing calls', async () => {
    assert.equal((await check(source + unfinished)).verdict, 'correct');
    const called = source.replace('(caches[l - 1][1] > 0)', '(caches[l - 1][1] > 0) if l < 9 else tanh_backward(dZ, caches[l])') + unfinished;
    assert.equal((await check(called)).verdict, 'cannot run');
  });
});
