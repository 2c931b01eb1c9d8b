// Widths of all layers under a name that says it of none: as many as there are layers to have a hidden one.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const network = (slope: string, widths = 'layers_units', ends = ''): string => `import numpy as np


class Net:
    def __init__(self, ${ends}layers_units, rate):
        self.layers_units, self.rate = ${widths}, rate
        self.W = []
        for l in range(len(self.layers_units) - 1):
            before = self.layers_units[l]
            after = self.layers_units[l + 1]
            self.W.append(np.random.randn(after, before + 1))

    def forward(self, x):
        self.A = [x]
        for W in self.W:
            below = np.vstack([np.ones((1, self.A[-1].shape[1])), self.A[-1]])
            self.A.append(1 / (1 + np.exp(-W @ below)))
        return self.A[-1]

    def backward(self, x, y):
        delta = (self.forward(x) - y) * self.A[-1] * (1 - self.A[-1])
        for l in range(len(self.W) - 1, -1, -1):
            below = np.vstack([np.ones((1, self.A[l].shape[1])), self.A[l]])
            step = delta @ below.T
            delta = (self.W[l][:, 1:].T @ delta) * ${slope}
            self.W[l] -= self.rate * step
`;
const slope = 'self.A[l] * (1 - self.A[l])';

describe('python: widths of all layers under any name', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('makes a hidden layer, where a mistake shows', async () => {
    const right = await check(network(slope));
    assert.equal(right.verdict, 'correct', say(right));
    assert.ok((right.bound?.widths.length ?? 0) > 2, say(right));
    const source = network('self.A[l]');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.line, lineOf(source, '* self.A[l]\n'));
  });

  it('leaves the ends to what gives them', async () => {
    const result = await check(network(slope, '[n_in] + layers_units + [n_out]', 'n_in, n_out, '));
    assert.equal(result.verdict, 'correct', say(result));
    assert.deepEqual(result.bound?.widths, [5, 4, 6, 1], say(result));
  });
});
