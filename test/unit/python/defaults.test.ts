// Arguments that are None unless they are given: what stops over them is no mistake of the file.

import assert from 'node:assert/strict';
import { pythonChecks, say } from './support';

/** Told by a word what it is given: the default wants what nothing here tells of. */
const modes = `import numpy as np


class Policy:
    def __init__(self):
        self.w1, self.b1 = np.random.normal(0, 0.3, size=(24, 12)), np.zeros(24)
        self.w2, self.b2 = np.random.normal(0, 0.3, size=(2, 24)), np.zeros(2)

    def forward(self, x):
        a1 = np.tanh(self.w1 @ x + self.b1)
        a2 = np.tanh(self.w2 @ a1 + self.b2)
        return a2, {'a0': x, 'a1': a1, 'a2': a2}

    def backward(self, cache, target=None, gain=None, action=None, mode='policy'):
        a0, a1, a2 = cache['a0'], cache['a1'], cache['a2']
        if mode == 'mse':
            down = 2 * (a2 - np.asarray(target)) / len(target)
        else:
            down = -gain * (action - a2) / 0.25
        dz2 = down * (1 - a2 ** 2)
        dz1 = self.w2.T @ dz2 * (1 - a1 ** 2)
        return {'w1': np.outer(dz1, a0), 'b1': dz1, 'w2': np.outer(dz2, a1), 'b2': dz2}
`;

describe('Python check: arguments that are None unless they are given', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('takes another word where the default one wants what is not given', async () => {
    const result = await check(modes);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('finds the mistake below', async () => {
    const result = await check(modes.replace('(1 - a1 ** 2)', '(1 - a1)'));
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.function, 'backward');
  });
});
