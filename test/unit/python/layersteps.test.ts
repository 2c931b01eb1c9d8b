// Layers that are objects, each moving its own weights, one step of which stands at the top level without a loop.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPython } from '../../../src/python/check';
import { interpreter, say } from './support';

const slopes = `import numpy as np


def relu(x):
    return np.maximum(0, x)


def d_relu(x):
    return np.where(x > 0, 1, 0)


def softmax(x):
    e = np.exp(x - np.max(x, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def d_cross_entropy(A, Y):
    return A - Y
`;

const source = `import numpy as np


class Linear:
    def __init__(self, n_in, n_out):
        self.weights = np.random.randn(n_out, n_in)
        self.biases = np.random.randn(n_out, 1)

    def forward(self, input):
        self.input = input
        return self.weights @ input + self.biases

    def backward(self, output_gradient, learning_rate):
        m = output_gradient.shape[1]
        input_gradient = self.weights.T @ output_gradient
        self.weights -= learning_rate * output_gradient @ self.input.T / m
        self.biases -= learning_rate * np.sum(output_gradient, axis=1, keepdims=True) / m
        return input_gradient


class Activation:
    def __init__(self, function, slope):
        self.function, self.slope = function, slope

    def forward(self, input):
        self.input = input
        return self.function(input)

    def backward(self, output_gradient):
        return output_gradient * self.slope(self.input)


if __name__ == "__main__":
    from slopes import *

    linear_1 = Linear(6, 5)
    activation_1 = Activation(relu, d_relu)
    linear_2 = Linear(5, 3)

    X = np.random.rand(6, 20)
    Y = np.random.rand(3, 20)

    Z1 = linear_1.forward(X)
    A1 = activation_1.forward(Z1)
    Z2 = linear_2.forward(A1)
    A2 = softmax(Z2)
    print(A2.shape)

    dZ2 = d_cross_entropy(A2, Y)
    dA1 = linear_2.backward(dZ2, 0.005)
    print(dA1.shape)
    dZ1 = activation_1.backward(dA1)
    dX = linear_1.backward(dZ1, 0.005)
    print(dX.shape)
`;

describe('one step of layers that move their own weights, written out without a loop', function () {
  this.timeout(60_000);
  let folder: string;
  before(function () {
    if (interpreter === undefined) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'gradient-steps-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const check = async (beside: string) => {
    const file = join(folder, 'network.py');
    writeFileSync(file, source);
    writeFileSync(join(folder, 'slopes.py'), beside);
    return (await checkPython({ file, probe: join(process.cwd(), 'dist/python/probe.py'), interpreter: interpreter! })).result;
  };

  it('is taken as a whole', async () => {
    const result = await check(slopes);
    assert.equal(result.verdict, 'correct', say(result));
    assert.equal(result.layers.length, 2, say(result));
  });

  it('is wrong where the module beside it has a derivative that is none, which is named', async () => {
    const result = await check(slopes.replace('np.where(x > 0, 1, 0)', 'np.maximum(0, 1)'));
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.function, 'd_relu', say(result));
  });
});
