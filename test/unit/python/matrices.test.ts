// Samples that are matrices, as a file reads them: their sums keep both axes, where those of arrays lose one.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const source = (read: string): string => `import numpy as np

def load(path):
    rows = [line.split(',') for line in open(path)]
    return ${read}

def initialize(layer_dims):
    np.random.seed(3)
    return {f'{kind}{l}': np.random.randn(layer_dims[l], layer_dims[l - 1] if kind == 'W' else 1) for l in range(1, len(layer_dims)) for kind in 'Wb'}

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def forward(X, parameters):
    caches = {'A0': X}
    for l in range(1, len(parameters) // 2 + 1):
        caches['A' + str(l)] = sigmoid(np.dot(parameters['W' + str(l)], caches['A' + str(l - 1)]) + parameters['b' + str(l)])
    return caches['A' + str(len(parameters) // 2)], caches

def compute_cost(AL, Y):
    return -np.sum(np.multiply(Y, np.log(AL)) + np.multiply(1 - Y, np.log(1 - AL))) / Y.shape[1]

def backward(AL, Y, caches, parameters):
    grads, m, dZ = {}, Y.shape[1], AL - Y
    for l in reversed(range(1, len(parameters) // 2 + 1)):
        A = caches['A' + str(l - 1)]
        grads['dW' + str(l)] = np.dot(dZ, A.T) / m
        grads['db' + str(l)] = np.sum(dZ, axis=1) / m
        dZ = np.multiply(np.dot(parameters['W' + str(l)].T, dZ), np.multiply(A, 1 - A))
    return grads
`;
const matrices = source('np.asmatrix(rows, dtype=float).T');

describe('python: samples that are matrices', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('keep the axis that a sum of an array loses', async () => {
    const right = await check(matrices);
    assert.equal(right.verdict, 'correct', say(right));
    const arrays = await check(source('np.array(rows, dtype=float).T'));
    assert.equal(arrays.verdict, 'wrong', say(arrays));
    assert.match(arrays.findings[0]!.message, /keepdims/);
  });

  it('show a mistake beside it', async () => {
    const mistaken = matrices.replace('np.multiply(A, 1 - A)', '1 - A');
    const result = await check(mistaken);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.ok(result.findings.some((each) => each.line === lineOf(mistaken, 'dZ = np.multiply')) || result.findings[0]?.function === 'backward', say(result));
  });
});
