// The backward parts of the course alone: what they take out of the caches, and which activations they name, says what the forward pass was; and labels that a module which is not here makes one-hot.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say } from './support';

/** A dictionary for each layer; the loop asks for the number of the layer. */
const dictionaries = `import numpy as np


def linear_backward(dZ, cache):
    m = dZ.shape[1]
    dW = dZ @ cache['A_prev'].T / m
    db = dZ.sum(axis=1, keepdims=True) / m
    return cache['W'].T @ dZ, dW, db


def linear_activation_backward(dA, cache, activation):
    if activation == 'relu':
        dZ = dA * (cache['Z'] > 0)
    else:
        dZ = cache['P'] - cache['T']
    return linear_backward(dZ, cache)


def L_model_backward(AL, Y, caches):
    grads, dA = {}, None
    caches[-1]['P'], caches[-1]['T'] = AL, Y
    for l in range(len(caches), 0, -1):
        kind = 'softmax' if l == len(caches) else 'relu'
        dA, grads['dW%d' % l], grads['db%d' % l] = linear_activation_backward(dA, caches[l - 1], kind)
    return grads
`;

/** The loop asks whether anything came from above; the step of the bias takes one entry of its gradient. */
const fromAbove = dictionaries.replace("'softmax' if l == len(caches) else 'relu'", "'relu' if dA is not None else 'softmax'") + `

def update_parameters(parameters, grads, learning_rate):
    for l in range(1, len(parameters) // 2 + 1):
        parameters['W%d' % l] -= learning_rate * grads['dW%d' % l]
        parameters['b%d' % l] -= learning_rate * grads['db%d' % l]
    return parameters
`;

/** Tuples, with activations and one-hot labels of modules that are not here. */
const tuples = `import numpy as np
from activations import sigmoid_deriv, ReLU_deriv
from targets import one_hot


def linear_activation_backward(dA, cache, activation):
    linear_cache, activation_cache = cache
    dZ = ReLU_deriv(dA, activation_cache) if activation == 'ReLU' else sigmoid_deriv(dA, activation_cache)
    A_prev, W, b = linear_cache
    m = A_prev.shape[1]
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T) / m, np.sum(dZ, axis=1, keepdims=True) / m


def L_model_backward(AL, Y, caches):
    grads, L = {}, len(caches)
    Y = one_hot(Y)
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    dA, grads[f'dW{L}'], grads[f'db{L}'] = linear_activation_backward(dA, caches[L - 1], 'sigmoid')
    for l in reversed(range(L - 1)):
        dA, grads[f'dW{l + 1}'], grads[f'db{l + 1}'] = linear_activation_backward(dA, caches[l], 'ReLU')
    return grads
`;

/** The activation of the hidden layers is an argument. */
const toldHidden = tuples.replace('AL, Y, caches)', 'AL, Y, caches, act)').replace("caches[l], 'ReLU')", 'caches[l], act)').replace("if activation == 'ReLU' else", "if activation == 'relu' else").replace('Y = one_hot(Y)', 'Y = Y.reshape(AL.shape)');

/** Labels become rows by what is not here. */
const trained = (imports: string, made: string) => `import numpy as np
${imports}


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def train(X, y, hidden=8, classes=3, rate=0.1, epochs=100):
    W1, b1 = np.random.randn(X.shape[1], hidden), np.zeros((1, hidden))
    W2, b2 = np.random.randn(hidden, classes), np.zeros((1, classes))
    T = ${made}
    for epoch in range(epochs):
        A1 = np.tanh(X @ W1 + b1)
        A2 = softmax(A1 @ W2 + b2)
        loss = -np.sum(T * np.log(A2)) / len(X)
        dZ2 = (A2 - T) / len(X)
        dZ1 = dZ2 @ W2.T * (1 - A1 ** 2)
        W2, b2 = W2 - rate * A1.T @ dZ2, b2 - rate * dZ2.sum(axis=0, keepdims=True)
        W1, b1 = W1 - rate * X.T @ dZ1, b1 - rate * dZ1.sum(axis=0, keepdims=True)
    return W1, b1, W2, b2
`;

describe('The backward parts of the course alone', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  bindsEach([
    { what: 'caches that are dictionaries', source: dictionaries, mistake: ["(cache['Z'] > 0)", "(cache['Z'] < 0)"] },
    { what: 'a loop that asks whether anything came from above', source: fromAbove, mistake: ["grads['db%d' % l]\n    return parameters", "grads['db%d' % l][0]\n    return parameters"] },
    { what: 'a hidden activation that is an argument', source: toldHidden, mistake: ['keepdims=True) / m', 'keepdims=True)'] },
    { what: 'caches that are tuples, and one-hot labels of a helper', source: tuples, mistake: ['keepdims=True) / m', 'keepdims=True)'], unchecked: 'one_hot' },
    { what: "one-hot labels that are Keras' rows", source: trained('from keras.utils import to_categorical', 'to_categorical(y, classes)'), mistake: [' * (1 - A1 ** 2)', ''] },
    { what: "one-hot labels that are pandas' dummies", source: trained('import pandas as pd', 'pd.get_dummies(y).values'), mistake: [' * (1 - A1 ** 2)', ''] },
    { what: 'one-hot labels of a helper', source: trained('from helpers import convert_to_one_hot', 'convert_to_one_hot(y, classes)'), mistake: [' * (1 - A1 ** 2)', ''] },
  ], check);

  it('are not judged where they read what no forward pass is known to keep', async () => {
    const result = await check(dictionaries.replace("(cache['Z'] > 0)", "(cache['Z'] > 0) * cache['D']"));
    assert.equal(result.verdict, 'not bound', say(result));
  });
});
