// The course's network with its parameters in lists and its gradients under counted keys, flat where the step turns them; a cost that
// gives its own derivative on to the backward pass; a dropout that turns units off and scales none.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say } from './support';

interface Parts {
  /** What the cost returns after its value, and how the backward pass gets its derivative. */
  readonly given?: string;
  readonly sum?: string;
  readonly step?: string;
  /** What the forward pass does with the activations of a hidden layer. */
  readonly hidden?: string;
}

const ofTargets = 'AL, Y, caches';

const network = ({ given = ofTargets, sum = 'np.sum(dZ, axis=1) / m', step = 'np.expand_dims(grads["db" + str(l)], axis=-1)', hidden = 'A' }: Parts): string => `import numpy as np


def initialize(dims):
    parameters = {"weights": [], "bias": []}
    for n_in, n_out in zip(dims, dims[1:]):
        parameters["weights"].append(np.random.randn(n_out, n_in))
        parameters["bias"].append(np.zeros((n_out, 1)))
    return parameters


def switch_off(A, rate):
    kept = (np.random.rand(*A.shape) > rate).astype(float)
    return kept * A


def model_forward(X, parameters, rate=0.5):
    A, caches = X, []
    L = len(parameters["weights"])
    for l, (W, b) in enumerate(zip(parameters["weights"], parameters["bias"])):
        Z = W @ A + b
        caches.append((A, W, Z))
        if l < L - 1:
            A = np.maximum(0, Z)
            A = ${hidden}
    A = np.exp(Z - Z.max(axis=0))
    return A / A.sum(axis=0), caches


def compute_cost(AL, Y, verbose=True):
    cost = -np.sum(Y * np.log(AL + 1e-12)) / Y.shape[1]
    dAL = -Y / (AL + 1e-12)
    if verbose:
        accuracy = np.mean(AL.argmax(axis=0) == Y.argmax(axis=0))
    return ${given === ofTargets ? 'cost' : 'cost, dAL, accuracy'}


def linear_backward(dZ, A_prev, W):
    m = dZ.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, ${sum}


def softmax_backward(dA, Z):
    A = np.exp(Z - Z.max(axis=0))
    A = A / A.sum(axis=0)
    return A * (dA - np.sum(dA * A, axis=0))


def relu_backward(dA, Z):
    return dA * (Z > 0)


def layer_backward(dA, cache, activation):
    A_prev, W, Z = cache
    dZ = softmax_backward(dA, Z) if activation == "softmax" else relu_backward(dA, Z)
    return linear_backward(dZ, A_prev, W)


def model_backward(${given}):
    grads = {}
    L = len(caches)
    dA = ${given === ofTargets ? '-Y / (AL + 1e-12)' : 'dAL'}
    for l in reversed(range(L)):
        dA, grads["dW" + str(l)], grads["db" + str(l)] = layer_backward(dA, caches[l], "softmax" if l == L - 1 else "relu")
    return grads


def update(parameters, grads, learning_rate):
    for l, (W, b) in enumerate(zip(parameters["weights"], parameters["bias"])):
        parameters["weights"][l] = W - learning_rate * grads["dW" + str(l)]
        parameters["bias"][l] = b - learning_rate * ${step}
    return parameters
`;

describe('Parameters in lists, gradients under counted keys', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  const mistake = ['return dA * (Z > 0)', 'return dA * (Z < 0)'] as const;
  bindsEach(
    [
      { what: 'gradients of the biases that are flat until the step', source: network({}), mistake },
      { what: 'those that a new axis makes a column', source: network({ step: 'grads["db" + str(l)][:, None]' }), mistake },
      { what: 'a backward pass that is given the derivative of the loss by its cost', source: network({ given: 'dAL, caches' }), mistake },
    ],
    check,
  );

  it('tells flat gradients that the step does not turn', async () => {
    const result = await check(network({ step: 'grads["db" + str(l)]' }));
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]!.function, 'linear_backward', say(result));
  });

  it('tells a mask that turns units off where the layers are gone through', async () => {
    const source = network({ hidden: 'switch_off(A, rate)' });
    const result = await check(source);
    assert.equal(result.findings[0]!.rule, 'dropout-mask', say(result));
    assert.equal(result.findings[0]!.function, 'model_backward', say(result));
    assert.equal(result.findings[0]!.line, lineOf(source, '        dA, grads["dW"'), say(result));
    // nothing scales the others
    assert.doesNotMatch(result.findings[0]!.message, /scaled/);
  });
});
