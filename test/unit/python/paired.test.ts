// Files that stop whatever they are given: a template that nobody filled in, and a helper's pair that is taken for an array.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const pair = (activation: string): string => `import numpy as np

def sigmoid(Z):
    A = 1 / (1 + np.exp(-Z))
    return ${activation}

def initialize(dims):
    parameters = {}
    for l in range(1, len(dims)):
        parameters["W" + str(l)] = np.random.randn(dims[l], dims[l - 1])
        parameters["b" + str(l)] = np.zeros((dims[l], 1))
    return parameters

def forward_propagation(X, parameters):
    forward = {"A0": X}
    for l in range(1, len(parameters) // 2 + 1):
        forward["Z" + str(l)] = np.dot(parameters["W" + str(l)], forward["A" + str(l - 1)]) + parameters["b" + str(l)]
        forward["A" + str(l)] = sigmoid(forward["Z" + str(l)])
    return forward["A" + str(l)], forward

def compute_cost(AL, Y):
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]

def backward_propagation(AL, Y, parameters, forward):
    grads, m = {}, Y.shape[1]
    dZ = AL - Y
    for l in range(len(parameters) // 2, 0, -1):
        grads["dW" + str(l)] = np.dot(dZ, forward["A" + str(l - 1)].T) / m
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        dA = np.dot(parameters["W" + str(l)].T, dZ)
        dZ = dA * forward["A" + str(l - 1)] * (1 - forward["A" + str(l - 1)])
    return grads
`;

const template = `import numpy as np

def forward(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    return np.tanh(Z1), {"Z1": Z1}

def backward(parameters, cache, X, Y):
    # YOUR CODE HERE
    W1 = None
    dW1 = None
    return {"dW1": dW1}

def model(X, Y, parameters, num_iterations=1000):
    for i in range(num_iterations):
        # YOUR CODE HERE
        A1, cache = None
        grads = None
    return parameters
`;

describe('python: files that stop whatever they are given', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('tells where a pair that a helper returns is taken for the activation', async () => {
    const source = pair('A, Z');
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]?.function, 'forward_propagation');
    assert.equal(result.findings[0]?.line, lineOf(source, '        forward["Z"'));
    assert.equal((await check(pair('A'))).verdict, 'correct');
  });

  it('tells where a template is not filled in', async () => {
    const result = await check(template);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.equal(result.findings[0]?.line, lineOf(template, '        A1, cache = None'));
    const open = await check(template.replace('A1, cache = None', 'A1 = None'));
    assert.equal(open.verdict, 'not bound', say(open));
  });
});
