// Layers that a training loop runs backward and never updates.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const network = (updates: string, before = ''): string => `import numpy as np
from somewhere import load


class Dense:
    def __init__(self, n_in, n_out):
        self.weights = 0.1 * np.random.randn(n_in, n_out)
        self.biases = np.zeros((1, n_out))

    def forward(self, inputs):
        self.inputs = inputs
        self.output = inputs @ self.weights + self.biases

    def backward(self, dvalues):
        self.dweights = self.inputs.T @ dvalues
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = dvalues @ self.weights.T


class Tanh:
    def forward(self, inputs):
        self.output = np.tanh(inputs)

    def backward(self, dvalues):
        self.dinputs = dvalues * (1 - self.output ** 2)


class MeanSquares:
    def forward(self, prediction, target):
        return np.mean((prediction - target) ** 2)

    def backward(self, prediction, target):
        self.dinputs = 2 * (prediction - target) / target.size


class SGD:
    def __init__(self, rate):
        self.rate = rate

    def update(self, layer):
        layer.weights -= self.rate * layer.dweights
        layer.biases -= self.rate * layer.dbiases


X, y = load()
first = Dense(3, 8)
bend = Tanh()
second = Dense(8, 2)
loss = MeanSquares()
optimizer = SGD(0.1)
${before}
for epoch in range(100):
    first.forward(X)
    bend.forward(first.output)
    second.forward(bend.output)
    print(loss.forward(second.output, y))
    loss.backward(second.output, y)
    second.backward(loss.dinputs)
    bend.backward(second.dinputs)
    first.backward(bend.dinputs)
${updates}
`;

describe('a layer that is run backward', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is told where the loop updates another of its kind, and not this one', async () => {
    const source = network('    optimizer.update(first)');
    const result = await check(source);
    const [finding] = result.findings;
    assert.deepEqual([result.verdict, finding?.function, finding?.line], ['wrong', '<module>', lineOf(source, '    optimizer.update(first)')], say(result));
    assert.match(finding!.message, /^second is never updated/);
  });

  const right: readonly (readonly [what: string, source: string])[] = [
    ['both are updated', network('    optimizer.update(first)\n    optimizer.update(second)')],
    ['a list holds both', network('    for layer in layers:\n        optimizer.update(layer)', 'layers = [first, second]')],
    ['it is held as it is on purpose', network('    optimizer.update(first)', 'second.trainable = False')],
    ['its weights are moved by hand', network('    optimizer.update(first)\n    second.weights -= 0.1 * second.dweights\n    second.biases -= 0.1 * second.dbiases')],
  ];
  for (const [what, source] of right) {
    it(`is no mistake where ${what}`, async () => {
      const result = await check(source);
      assert.equal(result.verdict, 'correct', say(result));
    });
  }
});
