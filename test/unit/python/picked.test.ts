// A forward pass that gives one collection of everything: the prediction is where the file itself takes it from.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** A list with one tuple for each layer, the samples first. */
const steps = `import numpy as np

def start(dims):
    return {k + str(l): np.random.randn(dims[l], dims[l - 1] if k == "W" else 1) * 0.5 for l in range(1, len(dims)) for k in "Wb"}

def logistic(z):
    return 1 / (1 + np.exp(-z))

def forward(X, params):
    records = [(X, None, None)]
    for l in range(1, len(params) // 2 + 1):
        z = params["W" + str(l)] @ records[-1][0] + params["b" + str(l)]
        records.append((logistic(z), params["W" + str(l)], z))
    return records

def cost(p, Y):
    return -np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p))

def backward(records, Y):
    grads = {}
    last = len(records) - 1
    dz = (records[last][0] - Y) / Y.shape[1]
    for l in range(last, 0, -1):
        below, W = records[l - 1][0], records[l][1]
        grads["dW" + str(l)] = dz @ below.T
        grads["db" + str(l)] = np.sum(dz, axis=1, keepdims=True)
        dz = (W.T @ dz) * below * (1 - below)
    return grads

def train(X, Y, dims, rate=0.1, rounds=100):
    params = start(dims)
    for _ in range(rounds):
        records = forward(X, params)
        print(cost(records[-1][0], Y))
        grads = backward(records, Y)
        for key in params:
            params[key] = params[key] - rate * grads["d" + key]
    return params
`;

describe('a prediction that is picked from what forward gives', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is what the cost is called with', async () => {
    const result = await check(steps);
    assert.equal(result.verdict, 'correct', say(result));
    assert.equal(result.bound?.functions.cost?.function, 'cost');
  });

  it('shows a mistake in the loop behind it', async () => {
    const source = steps.replace('dz @ below.T', 'dz @ records[l - 2][0].T');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, 'records[l - 2]'));
  });

  it('is what the file unpacks under the name of a prediction', async () => {
    const result = await check(steps.replace('cost(records[-1][0], Y)', 'np.mean(records[-1][0])').replace('dz = (records[last][0] - Y)', '(AL, W, z) = records[-1]\n    dz = (AL - Y)'));
    assert.equal(result.verdict, 'correct', say(result));
  });
});
