// The course's application exercise: every part of a layer comes from a helper module that is not beside the file, and only the training is there.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const twoLayers = `import numpy as np
from dnn_app_utils_v2 import *


def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000):
    grads, costs = {}, []
    (n_x, n_h, n_y) = layers_dims
    parameters = initialize_parameters(n_x, n_h, n_y)
    W1 = parameters["W1"]
    b1 = parameters["b1"]
    W2 = parameters["W2"]
    b2 = parameters["b2"]
    for i in range(0, num_iterations):
        A1, cache1 = linear_activation_forward(X, W1, b1, "relu")
        A2, cache2 = linear_activation_forward(A1, W2, b2, "sigmoid")
        cost = compute_cost(A2, Y)
        dA2 = -(np.divide(Y, A2) - np.divide(1 - Y, 1 - A2))
        dA1, dW2, db2 = linear_activation_backward(dA2, cache2, "sigmoid")
        dA0, dW1, db1 = linear_activation_backward(dA1, cache1, "relu")
        grads["dW1"] = dW1
        grads["db1"] = db1
        grads["dW2"] = dW2
        grads["db2"] = db2
        parameters = update_parameters(parameters, grads, learning_rate)
        W1 = parameters["W1"]
        b1 = parameters["b1"]
        W2 = parameters["W2"]
        b2 = parameters["b2"]
    return parameters
`;

/** The passes through all layers are theirs, those of one layer are not. */
const deep = `import numpy as np
from forward_utils import *
from backward_utils import *


def L_model_forward(X, parameters):
    caches, A, L = [], X, len(parameters) // 2
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters["W" + str(l)], parameters["b" + str(l)], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters["W" + str(L)], parameters["b" + str(L)], "sigmoid")
    caches.append(cache)
    return AL, caches


def L_model_backward(AL, Y, caches, lambd):
    grads, L = {}, len(caches)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    dA, grads["dW" + str(L)], grads["db" + str(L)] = linear_activation_backward(dAL, caches[L - 1], "sigmoid", lambd)
    for l in reversed(range(L - 1)):
        dA, grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = linear_activation_backward(dA, caches[l], "relu", lambd)
    return grads


def model(X, Y, layers_dims, learning_rate):
    parameters = initialize_parameters_deep(layers_dims)
    for i in range(100):
        AL, caches = L_model_forward(X, parameters)
        grads = L_model_backward(AL, Y, caches, 0.3)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters
`;

/** Nothing but the backward parts, of which the caches tell what the forward pass was. */
const downwards = `import numpy as np


def relu_backward(dA, cache):
    return dA * (cache > 0)


def sigmoid_backward(dA, cache):
    s = 1 / (1 + np.exp(-cache))
    return dA * s * (1 - s)


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T) / m, np.sum(dZ, axis=1, keepdims=True) / m


def linear_activation_backward(dA, cache, activation):
    linear_cache, activation_cache = cache
    slope = relu_backward if activation == "relu" else sigmoid_backward
    return linear_backward(slope(dA, activation_cache), linear_cache)


def L_model_backward(AL, Y, caches):
    grads, L = {}, len(caches)
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    dA, grads["dW" + str(L)], grads["db" + str(L)] = linear_activation_backward(dA, caches[L - 1], "sigmoid")
    for l in reversed(range(L - 1)):
        dA, grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = linear_activation_backward(dA, caches[l], "relu")
    return grads
`;

describe('python: parts of a layer from the helper module of a course', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('are known by their names beside a training of two layers', async () => {
    const right = await check(twoLayers);
    assert.equal(right.verdict, 'correct', say(right));
    assert.ok(right.notChecked.some((each) => each.includes('linear_activation_backward') && each.includes('is not here')), say(right));
    for (const [from, to, line] of [
      ['dA2 = -(np.divide(Y, A2)', 'dA2 = (np.divide(Y, A2)', 'dA2 = '],
      ['grads["db2"] = db2', 'grads["db2"] = db1', 'grads["db2"] = '],
    ] as const) {
      const source = twoLayers.replace(from, to);
      const wrong = await check(source);
      assert.deepEqual([wrong.verdict, wrong.findings[0]?.function, wrong.findings[0]?.line], ['wrong', 'two_layer_model', lineOf(source, line)], say(wrong));
    }
  });

  it('are known with as many features as the file has pixels', async () => {
    const right = await check(twoLayers.replace('(n_x, n_h, n_y) = layers_dims', '(n_x, n_h, n_y) = (12288, 7, 1)'));
    assert.equal(right.verdict, 'correct', say(right));
    assert.deepEqual(right.bound?.widths, [12288, 7, 1]);
  });

  it('are known where they are called as attributes of such modules', async () => {
    const source = twoLayers.replace('from dnn_app_utils_v2 import *', 'import forward_pass as forward\nimport backward_pass as backward\nimport rest')
      .replaceAll('linear_activation_forward(', 'forward.linear_activation_forward(').replaceAll('linear_activation_backward(', 'backward.linear_activation_backward(')
      .replace('initialize_parameters(', 'rest.initialize_parameters(').replace('compute_cost(', 'rest.compute_cost(').replace('update_parameters(', 'rest.update_parameters(');
    const right = await check(source);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(source.replace('dA2 = -(np.divide(Y, A2)', 'dA2 = (np.divide(Y, A2)'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('are known beside passes through all layers', async () => {
    const right = await check(deep);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(deep.replace('(dA, caches[l], "relu", lambd)', '(dAL, caches[l], "relu", lambd)'));
    assert.notEqual(wrong.verdict, 'correct', say(wrong));
  });

  it('are implied by the caches where there is a backward pass alone', async () => {
    const right = await check(downwards);
    assert.equal(right.verdict, 'correct', say(right));
    const source = downwards.replace('np.sum(dZ, axis=1, keepdims=True) / m', 'np.sum(dZ, axis=1, keepdims=True)');
    const wrong = await check(source);
    assert.deepEqual([wrong.verdict, wrong.findings[0]?.function], ['wrong', 'linear_backward'], say(wrong));
  });

  it('are not meant where they are called with something else', async () => {
    const other = await check(twoLayers.replaceAll(', "relu")', ', "relu", 3, 4)').replaceAll(', "sigmoid")', ', "sigmoid", 3, 4)'));
    assert.equal(other.verdict, 'not bound', say(other));
  });
});
