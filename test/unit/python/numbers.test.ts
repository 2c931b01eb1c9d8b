// Parameters that are single numbers, and begin as whole ones: w1 = 1, bias = 0.

import assert from 'node:assert/strict';
import { pythonChecks, say } from './support';

/** One unit with two inputs. */
const unit = (bias: string, step: string, slope = 'np.mean(a - y)'): string => `import numpy as np


class Unit:
    def __init__(self):
        self.w1 = 1
        self.w2 = 1
        self.bias = ${bias}

    def predict(self, X):
        return 1 / (1 + np.exp(-(self.w1 * X[:, 0] + self.w2 * X[:, 1] + ${step ? 'self.bias' : '0 * self.bias'})))

    def log_loss(self, y, a):
        return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))

    def fit(self, X, y, epochs):
        for epoch in range(epochs):
            a = 1 / (1 + np.exp(-(self.w1 * X[:, 0] + self.w2 * X[:, 1] + ${step ? 'self.bias' : '0 * self.bias'})))
            loss = self.log_loss(y, a)
            d_w1 = np.dot(X[:, 0], a - y) / len(X)
            d_w2 = np.dot(X[:, 1], a - y) / len(X)
            d_bias = ${slope}
            self.w1 = self.w1 - 0.1 * d_w1
            self.w2 = self.w2 - 0.1 * d_w2
${step}
`;
const step = '            self.bias = self.bias - 0.1 * d_bias';

describe('Parameters that are whole numbers at first', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  it('are moved and compared as any others', async () => {
    const right = await check(unit('0', step));
    assert.equal(right.verdict, 'correct', say(right));
    assert.deepEqual(right.bound!.parameters, ['w1', 'w2', 'bias']);
    const wrong = await check(unit('0', step, 'np.mean(y - a)'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });
  it('are none where a bias of 1 is never moved', async () => {
    const right = await check(unit('1', ''));
    assert.equal(right.verdict, 'correct', say(right));
    assert.deepEqual(right.bound!.parameters, ['w1', 'w2']);
  });
});
