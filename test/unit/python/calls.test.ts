// Calls that stop whatever the samples are: arguments that do not fit the function of the file, and activations that refuse one.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** A model whose layers call one another; nothing calls the model. */
const model = `import numpy as np

def linear_forward(A, W, b):
    return np.dot(W, A) + b, (A, W, b)

def activation_forward(A, W, b, activation):
    Z, cache = linear_forward(A, W, b)
    return (np.maximum(0, Z) if activation == "relu" else 1 / (1 + np.exp(-Z))), (cache, Z)

class Model:
    def __init__(self, layers_dims):
        self.parameters = {}
        self.layers_dims = layers_dims
        for l in range(1, len(layers_dims)):
            self.parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 0.1
            self.parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))

    def compute_cost(self, AL, Y):
        return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]

    def forward(self, X):
        A, caches = X, []
        L = len(self.layers_dims) - 1
        for l in range(1, L + 1):
            A, cache = activation_forward(A, self.parameters["W" + str(l)], self.parameters["b" + str(l)], "relu" if l < L else "sigmoid")
            caches.append(cache)
        return A, caches

    def backward(self, AL, Y, caches):
        grads = {}
        dZ = (AL - Y) / Y.shape[1]
        for l in reversed(range(len(caches))):
            (A, W, b), Z = caches[l]
            grads["dW" + str(l + 1)] = np.dot(dZ, A.T)
            grads["db" + str(l + 1)] = np.sum(dZ, axis=1, keepdims=True)
            if l > 0:
                dZ = np.dot(W.T, dZ) * (caches[l - 1][1] > 0)
        return grads
`;

const one = (source: string, from: string, to: string): string => {
  assert.equal(source.split(from).length, 2, from);
  return source.replace(from, to);
};

describe('a Python file with a call that does not fit', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('runs as it is', async () => {
    assert.equal((await check(model)).verdict, 'correct');
  });

  /** The same, with parameters from somewhere that is not known here: nothing can be run. */
  const kept = one(model, 'def __init__(self, layers_dims):', 'def __init__(self, layers_dims, store):\n        self.rows = store.connect("weights").rows(7)');

  it('cannot run where a function of the file is called without an argument it needs, though the network cannot be made here', async () => {
    const inner = one(one(kept, 'def activation_forward(A, W, b, activation)', 'def activation_forward(W, b, activation)'), 'linear_forward(A, W, b)\n    return (', 'linear_forward(W, b)\n    return (');
    const source = one(inner, 'activation_forward(A, self.parameters["W" + str(l)]', 'activation_forward(self.parameters["W" + str(l)]');
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.match(result.findings[0]!.message, /linear_forward\(\) missing 1 required/);
    assert.equal(result.findings[0]!.line, lineOf(source, 'Z, cache = linear_forward(W, b)'));
  });

  it('is not said to be unable for an older version that nothing calls', async () => {
    const source = `${kept}
    def train(self, X, Y):
        A, caches = self.forward(X)
        return self.backward(A, Y, caches)

    def backward_old(self, AL, Y):
        return self.compute_cost(AL)
`;
    assert.equal((await check(source)).verdict, 'not bound');
    assert.equal((await check(source.replace('return self.backward(A', 'return self.backward_old(A'))).verdict, 'cannot run');
  });

  it('is not said to be unable where arguments are handed on as they come, or a name is given another value', async () => {
    for (const changes of [['linear_forward(A, W, b)\n    return (', 'linear_forward(*(A, W, b))\n    return ('], ['class Model:', 'linear_forward = lambda A, W, b: (np.dot(W, A) + b, (A, W, b))\n\nclass Model:']] as const) {
      const result = await check(one(model, changes[0], changes[1]));
      assert.equal(result.verdict, 'correct', say(result));
    }
  });

  const listed = (sigmoid: string, relu: string): string => `import numpy as np

def sigmoid(${sigmoid}):
    s = 1 / (1 + np.exp(-x))
    return s${sigmoid === 'x' ? '' : ' * (1 - s) if derivative else s'}

def relu(${relu}):
    return ${relu === 'x' ? 'np.maximum(0, x)' : '(x > 0) * 1.0 if derivative else np.maximum(0, x)'}

def initialize_parameters(layers):
    parameters = {}
    for l in range(1, len(layers)):
        parameters[f"W{l}"] = np.random.randn(layers[l], layers[l - 1]) * 0.1
        parameters[f"b{l}"] = np.zeros((layers[l], 1))
    return parameters

def forward_propagation(X, parameters, activations):
    caches, A = [], X
    for i in range(len(parameters) // 2):
        Z = np.dot(parameters[f"W{i + 1}"], A) + parameters[f"b{i + 1}"]
        caches.append((A, parameters[f"W{i + 1}"], Z))
        activation = activations[i]
        A = activation(Z)
    return A, caches

def mean_squared_error(y_true, y_pred):
    return np.sum((y_true - y_pred) ** 2) / y_true.shape[1]

def backward_propagation(AL, Y, caches, activations):
    grads = {}
    dA = 2 * (AL - Y) / Y.shape[1]
    for i in reversed(range(len(caches))):
        A, W, Z = caches[i]
        activation = activations[i]
        dZ = dA * activation(Z, derivative=True)
        grads[f"dW{i + 1}"] = np.dot(dZ, A.T)
        grads[f"db{i + 1}"] = np.sum(dZ, axis=1, keepdims=True)
        dA = np.dot(W.T, dZ)
    return grads
`;

  it('cannot run where no activation of the file takes the argument that backward gives it', async () => {
    const source = listed('x', 'x');
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]!.line, lineOf(source, 'dZ = dA * activation'));
  });

  it('is not said to be unable where another activation takes it', async () => {
    const result = await check(listed('x', 'x, derivative=False'));
    assert.notEqual(result.verdict, 'cannot run', say(result));
    assert.notEqual(result.verdict, 'wrong', say(result));
  });
});
