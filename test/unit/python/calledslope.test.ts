// An activation that is a layer and is given its functions: what is wrong is told where it is, in the derivative or in the backward pass that calls it.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const layers = (activations: string) => `import numpy as np


class Dense:
    def __init__(self, inputs, outputs):
        self.W = np.random.randn(outputs, inputs)
        self.b = np.random.randn(outputs, 1)

    def forward(self, x):
        self.x = x
        return np.dot(self.W, x) + self.b

    def backward(self, above, rate):
        below = np.dot(self.W.T, above)
        self.W -= rate * np.dot(above, self.x.T)
        self.b -= rate * above
        return below


class Activation:
    def __init__(self, curve, curve_prime):
        self.curve = curve
        self.curve_prime = curve_prime

    def forward(self, z):
        self.z = z
        return self.curve(z)

    def backward(self, above, rate):
        return above * self.curve_prime(self.z)


${activations}

def mse(y, out):
    return np.mean((y - out) ** 2)


def mse_prime(y, out):
    return 2 * (out - y) / y.size


def train(network, X, Y, epochs=100, rate=0.1):
    for epoch in range(epochs):
        for x, y in zip(X, Y):
            out = x
            for layer in network:
                out = layer.forward(out)
            grad = mse_prime(y, out)
            for layer in reversed(network):
                grad = layer.backward(grad, rate)
`;

const inside = layers(`class Tanh(Activation):
    def __init__(self):
        def tanh(z):
            return np.tanh(z)

        def tanh_prime(z):
            return 1 - np.tanh(z) ** 2

        super().__init__(tanh, tanh_prime)


class Sigmoid(Activation):
    def __init__(self):
        def sigmoid(z):
            return 1 / (1 + np.exp(-z))

        def sigmoid_prime(z):
            return sigmoid(z) * (1 - sigmoid(z))

        super().__init__(sigmoid, sigmoid_prime)
`);

const outside = layers(`def tanh(z):
    return np.tanh(z)


def tanh_prime(z):
    return 1 - np.tanh(z) ** 2
`);

describe('The slope that a layer is given', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  const told = async (source: string, mistake: string): Promise<void> => {
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['wrong', mistake.split(':')[0], lineOf(source, mistake.split(':')[1]!)], say(result));
  };

  for (const [where, source] of [['in its constructor', inside], ['in the file', outside]] as const) {
    it(`is right, or named where it is wrong, ${where}`, async () => {
      const result = await check(source);
      assert.equal(result.verdict, 'correct', say(result));
      await told(source.replace('1 - np.tanh(z) ** 2', '1 - np.tanh(z)'), 'tanh_prime:return 1 - np.tanh(z)');
    });
  }

  it('is not named where the backward pass gives it the wrong value', async () => {
    await told(inside.replace('self.curve_prime(self.z)', 'self.curve_prime(above)'), 'backward:return above * self.curve_prime');
  });
});
