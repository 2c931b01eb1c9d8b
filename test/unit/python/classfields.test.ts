// Weights that stand in the class, `weights = []`, and are filled by the constructor; and a small step of a script that moves weights before the error has come down through them.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const network = `import numpy as np


class BackPropagationNetwork:
    weights = []

    def __init__(self, sizes):
        self.count = len(sizes) - 1
        for below, above in zip(sizes[:-1], sizes[1:]):
            self.weights.append(np.random.normal(scale=0.1, size=(above, below + 1)))

    def sgm(self, x, derivative=False):
        if not derivative:
            return 1 / (1 + np.exp(-x))
        return self.sgm(x) * (1 - self.sgm(x))

    def run(self, input):
        cases = input.shape[0]
        self._input, self._output = [], []
        for i in range(self.count):
            below = input.T if i == 0 else self._output[-1]
            self._input.append(self.weights[i].dot(np.vstack([below, np.ones([1, cases])])))
            self._output.append(self.sgm(self._input[-1]))
        return self._output[-1].T

    def train_epoch(self, input, target, rate=0.2):
        cases = input.shape[0]
        self.run(input)
        for i in reversed(range(self.count)):
            if i == self.count - 1:
                delta = [(self._output[i] - target.T) * self.sgm(self._input[i], True)]
            else:
                back = self.weights[i + 1].T.dot(delta[-1])
                delta.append(back[:-1, :] * self.sgm(self._input[i], True))
        for i in range(self.count):
            below = input.T if i == 0 else self._output[i - 1]
            self.weights[i] -= rate * delta[self.count - 1 - i].dot(np.vstack([below, np.ones([1, cases])]).T)
`;

const script = `import numpy as np

X = np.random.rand(150, 4)
Y = np.eye(3)[np.random.randint(0, 3, 150)]
W1 = np.random.uniform(-1, 1, (5, 4))
b1 = np.zeros((5, 1))
W2 = np.random.uniform(-0.5, 0.5, (3, 5))
b2 = np.zeros((3, 1))

for epoch in range(30):
    for x, y in zip(X, Y):
        x = x.reshape(4, 1)
        y = y.reshape(3, 1)
        z1 = W1 @ x + b1
        a1 = np.where(z1 > 0, z1, 0)
        e = np.exp(W2 @ a1 + b2)
        p = e / np.sum(e)
        dz2 = (p * (np.identity(3) - p.T)) @ (p - y)
        dz1 = (W2.T @ dz2) * (z1 > 0)
        W2 += -0.01 * dz2 @ a1.T
        b2 += -0.01 * dz2
        W1 += -0.01 * dz1 @ x.T
        b1 += -0.01 * dz1
`;

describe('python: what a class keeps for all its objects, and small steps', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('gives each network that is made weights of its own', async () => {
    const right = await check(network);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = network.replace('delta.append(back[:-1, :] * self.sgm(self._input[i], True))', 'delta.append(back[:-1, :])');
    const result = await check(wrong);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(wrong, 'delta.append(back'));
  });

  it('tells weights that have moved before the error comes down, however small the step is', async () => {
    const right = await check(script);
    assert.equal(right.verdict, 'correct', say(right));
    const line = '        dz1 = (W2.T @ dz2) * (z1 > 0)\n';
    const wrong = script.replace(line, '').replace('        b2 +=', `${line}        b2 +=`);
    const result = await check(wrong);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(wrong, 'dz1 = '));
  });
});
