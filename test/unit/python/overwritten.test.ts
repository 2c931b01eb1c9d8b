// A derivative that overwrites the activation it is given, which dW is made of afterwards: told by reading, where nothing could be run.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** The predictions are the classes themselves, so that no cost has a derivative. */
const network = (begin: string, order = ['delta = below(a, w2, last)', 'w2 = moved(w2, last, a)']): string => `import h5py
import numpy as np


def classify(x, w1, w2):
    a = x @ w1.T
    a[a < 0] = 0
    out = a @ w2.T
    for i in range(out.shape[0]):
        best = np.argmax(out[i])
        out[i] = 0
        out[i][best] = 1
    return a, out


def derivative_relu(a):
    ${begin}
    a[a > 0] = 1
    return a


def below(a_n, w_next, delta_next):
    return np.multiply(derivative_relu(a_n), delta_next @ w_next)


def moved(w_n, delta_n, a_before):
    return w_n - 0.1 * (np.transpose(delta_n) @ a_before)


if __name__ == '__main__':
    with h5py.File('digits.hdf5', 'r') as read:
        xdata, ydata = read['x'][:], read['y'][:]
    w1, w2 = np.random.randn(30, xdata.shape[1]), np.random.randn(10, 30)
    for i in range(50):
        a, out = classify(xdata, w1, w2)
        last = out - ydata
        ${order.join('\n        ')}
        w1 = moved(w1, delta, xdata)
`;
const inPlace = 'a[a <= 0] = 0';

describe('A derivative that overwrites what it is given', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  it('is told where it stands, if the array is multiplied after it', async () => {
    const source = network(inPlace);
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    const [first] = result.findings;
    assert.deepEqual([first?.function, first?.line], ['derivative_relu', lineOf(source, inPlace)], say(result));
    assert.match(first?.message ?? '', /^derivative_relu overwrites the array that it is given: a is its own slope/);
  });
  for (const [what, source] of [['of a copy', network(`a = a.copy()\n    ${inPlace}`)], ['after dW', network(inPlace, ['step = moved(w2, last, a)', 'delta = below(a, w2, last)', 'w2 = step'])]] as const) {
    it(`is none ${what}`, async () => {
      const result = await check(source);
      assert.ok(!result.findings.some((each) => each.message.includes('overwrites')), say(result));
    });
  }
});
