// What stands beside a right backward pass: steps of another parameter's gradient, or the other way, a second backward pass that stops, and names that nothing makes.

import assert from 'node:assert/strict';
import { changed, lineOf, pythonChecks, say } from './support';

/** An update that takes every gradient out of the dictionary by itself. */
const unpacking = changed('two_layers.py', [['    for key in ("W1", "b1", "W2", "b2"):\n        parameters[key] = parameters[key] - learning_rate * grads["d" + key]\n    return parameters\n', `    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    dW1 = grads["dW1"]
    db1 = grads["db1"]
    dW2 = grads["dW2"]
    db2 = grads["db2"]
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
`]]);

/** A second step that the comparison does not come to: an optimizer's, and one of an older training. */
const unreached = `${unpacking}

class RMSprop:
    def update_params(self, layer):
        layer.weight_cache = 0.9 * layer.weight_cache + 0.1 * layer.dW ** 2
        layer.bias_cache = 0.9 * layer.bias_cache + 0.1 * layer.db ** 2
        layer.W += -self.rate * layer.dW / (np.sqrt(layer.weight_cache) + self.epsilon)
        layer.b += -self.rate * layer.db / (np.sqrt(layer.bias_cache) + self.epsilon)
`;

/** A second forward and backward pass, with dropout. */
const second = `${unpacking}

def forward_with_dropout(X, parameters, keep_prob=0.5):
    W1, b1, W2, b2 = parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]
    Z1 = np.dot(W1, X) + b1
    D1 = np.random.rand(*Z1.shape) < keep_prob
    A1 = np.tanh(Z1) * D1 / keep_prob
    A2 = sigmoid(np.dot(W2, A1) + b2)
    cache = (Z1, D1, A1, W1, b1, A2, W2, b2)
    return A2, cache

def backward_with_dropout(X, Y, cache, keep_prob):
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, A2, W2, b2) = cache
    dZ2 = A2 - Y
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(W2.T, dZ2) * D1 / keep_prob
    dZ1 = dA1 * (1 - np.tanh(Z1) ** 2)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
`;

/** The deep network of the course, and a right one of one hidden layer. */
const deep = `${changed('deep_layers.py', []).replace(/# the script[^]*/, '')}
def two_layers(X, Y, rate):
    W1, b1, W2, b2 = np.random.randn(4, X.shape[0]), np.zeros((4, 1)), np.random.randn(1, 4), np.zeros((1, 1))
    for i in range(100):
        Z1 = np.dot(W1, X) + b1
        A1 = np.tanh(Z1)
        A2 = 1 / (1 + np.exp(-(np.dot(W2, A1) + b2)))
        cost = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / X.shape[1]
        dZ2 = A2 - Y
        dW2 = np.dot(dZ2, A1.T) / X.shape[1]
        db2 = np.sum(dZ2, axis=1, keepdims=True) / X.shape[1]
        dZ1 = np.dot(W2.T, dZ2) * (1 - A1 ** 2)
        dW1 = np.dot(dZ1, X.T) / X.shape[1]
        db1 = np.sum(dZ1, axis=1, keepdims=True) / X.shape[1]
        W1 -= rate * dW1
        b1 -= rate * db1
        W2 -= rate * dW2
        b2 -= rate * db2
    return W1, b1, W2, b2
`;

/** Star imports of a module that is not here. */
const starred = unpacking.replace('import numpy as np', 'import numpy as np\nfrom testCases_v2 import *');

/** What a script does below its functions. */
const script = `

parameters = initialize_parameters(2, 4, 1)
A2, cache = forward_propagation(X_train, parameters)
grad = backward_propagation(parameters, cache, X_train, Y_train, 0.1)
parameters = update_parameters(parameters, grad)
`;

/** Adam, whose steps no comparison can tell. */
const adam = `${unpacking}

def update_parameters_with_adam(parameters, v, s, t, rate=0.01, epsilon=1e-8):
    for l in range(1, len(parameters) // 2 + 1):
        parameters["W" + str(l)] -= rate * (
            v["dW" + str(l)] / (np.sqrt(s["dW" + str(l)]) + epsilon))
        parameters["b" + str(l)] -= rate * (v["db" + str(l)] / (np.sqrt(s["db" + str(l)]) + epsilon))
    return parameters
`;

const edit = (source: string, from: string, to: string): string => {
  assert.equal(source.split(from).length, 2, from);
  return source.replace(from, () => to);
};

const loop = changed('deep_layers.py', []);

describe('what stands beside a right backward pass', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const [name, source] of Object.entries({ unpacking, unreached, adam, second, deep, starred, scripted: unpacking + script })) {
    it(`leaves ${name} correct`, async () => {
      const result = await check(source);
      assert.equal(result.verdict, 'correct', say(result));
    });
  }

  const edits: readonly (readonly [what: string, source: string, in_: string, at: string])[] = [
    ['a gradient that is taken from the key of another', edit(unpacking, 'db2 = grads["db2"]', 'db2 = grads["db1"]'), 'update_parameters', 'db2 = grads'],
    ['a parameter that is moved by the gradient of another', edit(unpacking, 'b2 - learning_rate * db2', 'b2 - learning_rate * db1'), 'update_parameters', 'b2 = b2 -'],
    ['a parameter that starts from another', edit(unpacking, 'W1 = W1 -', 'W1 = W2 -'), 'update_parameters', 'W1 = W2 -'],
    ['a key that is there twice', edit(unpacking, '"db1": db1, "dW2"', '"db2": db1, "dW2"'), 'backward_propagation', '    grads = {"dW1"'],
    ['a bias that is moved by the gradient of the layer below', edit(loop, 'learning_rate * grads["db" + str(l+1)]', 'learning_rate * grads["db" + str(l)]'), 'update_parameters', '        parameters["b" + str(l+1)] ='],
    ['a parameter that is moved by the learning rate alone', edit(unpacking, 'W2 - learning_rate * dW2', 'W2 - learning_rate'), 'update_parameters', 'W2 = W2 -'],
    ['one step of Adam that goes up', edit(adam, 'parameters["b" + str(l)] -= rate', 'parameters["b" + str(l)] += rate'), 'update_parameters_with_adam', '        parameters["b" + str(l)] +='],
    ['the one branch of an optimizer that goes up', edit(unreached, 'layer.b += -self', 'layer.b -= -self'), 'update_params', '        layer.b -='],
  ];
  for (const [what, source, in_, at] of edits) {
    it(`tells ${what}`, async () => {
      const result = await check(source);
      const first = result.findings.find((each) => each.severity === 'error');
      assert.equal(result.verdict, 'wrong', say(result));
      assert.equal(first?.function, in_, say(result));
      assert.equal(first.line, lineOf(source, at), say(result));
    });
  }

  for (const [what, source, in_, at] of [
    ['a second backward pass that stops', edit(second, '(1 - np.tanh(Z1) ** 2)\n    dW1 = np.dot(dZ1, X.T)', '(1 - np.tanh(Z1) ** 2)\n    dW1 = np.dot(dZ1, X)'), 'backward_with_dropout', '    dW1 = np.dot(dZ1, X)'],
    ['a misspelt argument of a backward pass, beside helpers that are not here', edit(starred, 'A1 = cache["A1"]\n    A2', 'A1 = cache_["A1"]\n    A2'), 'backward_propagation', '    A1 = cache_["A1"]'],
    ['a misspelt name in a training, beside helpers that are not here', edit(starred, 'grads = backward_propagation(parameters, cache', 'grads = backward_propagation(paramters, cache'), 'nn_model', '        grads = backward_propagation(paramters'],
    ['what a script hands to the update, below its functions', `${unpacking}${edit(script, 'grad)', 'gard)')}`, '<module>', 'parameters = update_parameters(parameters, gard)'],
    ['a cache behind the last', edit(deep, 'caches[L-1]', 'caches[L]'), 'L_model_backward', '    grads["dA" + str(L-1)]'],
  ] as const) {
    it(`tells ${what}`, async () => {
      const result = await check(source);
      assert.equal(result.verdict, 'cannot run', say(result));
      assert.deepEqual([result.findings[0]!.function, result.findings[0]!.line], [in_, lineOf(source, at)], say(result));
    });
  }
});
