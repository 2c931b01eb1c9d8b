// What the rest of a file leaves for its functions: a prediction under a name of the script, the words of two activations, layers that no network has.

import assert from 'node:assert/strict';
import { bindsEach, changed, pythonChecks, say, type Shape } from './support';

/** The backward pass reads the prediction and the targets under the names that the script gives them. */
const prediction = `${changed('deep_layers.py', [
  ['dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))', 'dAL = -(np.divide(Y, prediction) - np.divide(1 - Y, 1 - prediction))'],
]).split('def L_layer_model')[0]!}
train_x = np.loadtxt("images.csv")
train_y = np.loadtxt("labels.csv").reshape(1, -1)
parameters = initialize_parameters_deep([64, 20, 7, 1])
for i in range(2500):
    prediction, caches = L_model_forward(train_x, parameters)
    grads = L_model_backward(prediction, train_y, caches)
    parameters = update_parameters(parameters, grads, 0.0075)
`;

/** The words of the hidden layers' activation and of the output's are options, looked up by their own names. */
const words = `import sys
import numpy as np


def tanh(Z):
    return np.tanh(Z)


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def relu(Z):
    return np.maximum(0, Z)


def inverse_tanh(A):
    return 1 - A ** 2


def activate(word, Z):
    return getattr(sys.modules[__name__], word)(Z)


def init_parameters(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


def forward_prop(X, activation, parameters):
    values = [X]
    L = len(parameters) // 2
    for l in range(1, L + 1):
        Z = np.dot(parameters["W" + str(l)], values[-1]) + parameters["b" + str(l)]
        values.append(activate(activation[0] if l < L else activation[1], Z))
    return values


def back_prop(m, A_values, Y, activation, parameters):
    grads = {}
    dZ = A_values[-1] - Y
    for l in reversed(range(len(A_values) - 1)):
        grads["dW" + str(l + 1)] = np.dot(dZ, A_values[l].T) / m
        grads["db" + str(l + 1)] = np.sum(dZ, axis=1, keepdims=True) / m
        if l > 0:
            slope = getattr(sys.modules[__name__], "inverse_" + activation[0])
            dZ = np.dot(parameters["W" + str(l + 1)].T, dZ) * slope(A_values[l])
    return grads


def model(X, Y, **options):
    activation = options.get("activation", ["tanh", "sigmoid"])
    parameters = init_parameters(options["layer_dims"])
    for i in range(options["rounds"]):
        values = forward_prop(X, activation, parameters)
        grads = back_prop(X.shape[1], values, Y, activation, parameters)
        for key in parameters:
            parameters[key] = parameters[key] - 0.1 * grads["d" + key]
    return parameters
`;

const shapes: readonly Shape[] = [
  { what: 'a backward pass that reads the prediction of the script', source: prediction, mistake: ['np.divide(Y, prediction) -', 'np.divide(Y, prediction) +'] },
  { what: 'two words that the file writes down for hidden layers and output', source: words, mistake: ['1 - A ** 2', '1 + A ** 2'] },
];

describe('what the rest of a file leaves', function () {
  this.timeout(30_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('tells the mistake of the network before that of a layer which it has not', async () => {
    const source = changed('deep_layers.py', [['np.divide(Y, AL) -', 'np.divide(Y, AL) +']]);
    const beside = source.replace('def linear_forward(', 'def tanh(Z):\n    return np.tanh(Z), Z\n\ndef tanh_backward(dA, cache):\n    cache[cache >= 0] = 1\n    return dA * cache\n\ndef linear_forward(');
    const found = await check(beside);
    assert.equal(found.verdict, 'wrong', say(found));
    assert.equal(found.findings.find((each) => each.severity === 'error')?.function, 'L_model_backward', say(found));
  });
});
