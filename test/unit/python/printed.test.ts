// A training that stands inside a print(…), with targets and weights whose names say nothing: what the prediction is subtracted from are the targets.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const printed = `import numpy as np

Inp = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
Out = np.array([[0, 1, 1, 0]]).T


def squash(z):
    return 1 / (1 + np.exp(-z))


def ahead(Inp, hl1, hl2):
    A1 = squash(np.dot(Inp, hl1))
    A2 = squash(np.dot(A1, hl2))
    return A1, A2


def learn(Inp, Out, hl1, hl2, rounds):
    for i in range(rounds):
        A1, A2 = ahead(Inp, hl1, hl2)
        err = Out - A2
        del2 = err * A2 * (1 - A2)
        err1 = del2.dot(hl2.T)
        del1 = err1 * A1 * (1 - A1)
        hl2 += step * A1.T.dot(del2)
        hl1 += step * Inp.T.dot(del1)
    return A2


np.random.seed(1)
hl1 = np.random.random((2, 3))
hl2 = np.random.random((3, 1))
rounds = 5000
step = 0.5
print(learn(Inp, Out, hl1, hl2, rounds))
`;

describe('a training inside a print', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is the training of the script', async () => {
    const right = await check(printed);
    assert.equal(right.verdict, 'correct', say(right));
    const source = printed.replace('err1 = del2.dot', 'err1 = err.dot');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.line, lineOf(source, 'err1 = '), say(wrong));
  });

  it('is none where a prediction is looked at', async () => {
    const source = `${printed.replace('print(learn(Inp, Out, hl1, hl2, rounds))', 'trained = learn(Inp, Out, hl1, hl2, rounds)')}print(ahead(Inp, hl1, hl2))\n`;
    const right = await check(source);
    assert.equal(right.verdict, 'correct', say(right));
  });
});
