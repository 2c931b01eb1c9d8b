// Exercises whose gaps nobody filled in: they stop, whatever they are given.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const exercise = (W1: string, check = ''): string => `import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    ### START CODE HERE ###
    W1 = ${W1}
    W2 = ${W1}
    ### END CODE HERE ###
    ${check}assert W1.shape == (n_h, n_x)
    return {"W1": W1, "W2": W2}


def forward_propagation(X, parameters):
    A2 = None
    cache = {"A2": A2}
    return A2, cache


def backward_propagation(parameters, cache, X, Y):
    dW1 = None
    dW2 = None
    return {"dW1": dW1, "dW2": dW2}
`;

/** What layers are given is in another file, and the cost stops in any case. */
const layer = (targets: string): string => `import numpy as np
from slopes_of_ours import activation, derivative


class Layer:
    def __init__(self, n_in, n_out, kind):
        self.W, self.kind = np.random.randn(n_out, n_in), kind

    def feedforward(self, x):
        self.x, self.z = x, self.W @ x
        return activation(self.z, self.kind)

    def backpropagate(self, error, rate, kept):
        error = derivative(self.z, self.kind) * error * kept
        below = self.W.T @ error
        self.W -= rate * error @ self.x.T
        return below

    def estimate_loss(self, y_true, y_pred):
        loss = 0.5 * np.sum((y_pred - y_true) ** 2)
        return loss, y_pred - ${targets}
`;

/** A whole class of which only the constructor is there; nothing asks for what is missing. */
const template = (loss: string): string => `import numpy as np


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size):
        self.params = {"W1": np.random.randn(input_size, hidden_size), "b1": np.zeros(hidden_size), "W2": np.random.randn(hidden_size, output_size), "b2": np.zeros(output_size)}

    def loss(self, X, y=None, reg=0.0):
        scores = None
        # TODO: the forward pass
        pass
        if y is None:
            return scores
        loss = ${loss}
        grads = {}
        # TODO: the backward pass
        pass
        return loss, grads
`;

describe('python: an exercise', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('cannot run where a gap is asked for its shape', async () => {
    const source = exercise('None');
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.match(result.summary, /'NoneType' object has no attribute 'shape'/);
    assert.equal(result.findings[0]?.line, lineOf(source, 'assert W1.shape'));
  });

  it('is not bound, and yet cannot run, where its cost reads what nothing makes', async () => {
    const stopped = await check(layer('true'));
    assert.equal(stopped.verdict, 'cannot run', say(stopped));
    assert.match(stopped.summary, /name 'true' is not defined/);
    const runs = await check(layer('y_true'));
    assert.doesNotMatch(runs.summary, /is not defined/, say(runs));
  });

  it('cannot run where its cost is never computed', async () => {
    const result = await check(template('None'));
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.match(result.summary, /`loss` is None, and nothing computes it/);
    assert.equal(result.findings[0]?.line, lineOf(template('None'), 'loss = None'));
    const filled = await check(template('np.sum(X)'));
    assert.doesNotMatch(filled.summary, /not filled in/, say(filled));
  });

  it('is not said to stop where the gap is filled, or only asked where it is', async () => {
    for (const source of [exercise('np.zeros(3)'), exercise('None', 'if W1 is not None: ')]) {
      const result = await check(source);
      assert.doesNotMatch(result.summary, /'NoneType' object has no attribute 'shape'/, say(result));
    }
  });
});
