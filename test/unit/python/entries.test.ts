// Parameters that a training changes entry by entry or column by column, whatever they are called.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const columns = (slope: string): string => `import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def fit(X, Y, hidden=4, rounds=500, rate=0.1):
    n, p = X.shape
    inner = np.random.standard_normal((p, hidden))
    last = np.random.standard_normal((hidden, 1))
    for step in range(rounds):
        H = sigmoid(X.dot(inner))
        out = sigmoid(H.dot(last))
        rest = out - Y
        before = last.copy()
        last = last - rate * H.T.dot(rest) / n
        for k in range(hidden):
            inner[:, k] -= rate * X.T.dot(rest[:, 0] * before[k] * H[:, k]${slope}) / n
    return inner, last
`;

describe('parameters of a Python file that a loop changes', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('are found, all of them', async () => {
    const result = await check(columns(' * (1 - H[:, k])'));
    assert.equal(result.verdict, 'correct', say(result));
    assert.deepEqual(result.layers.map(({ dW }) => dW?.name), ['inner', 'last']);
  });

  it('tell a training, whatever it is called', async () => {
    const result = await check(columns(' * (1 - H[:, k])').replace('def fit(', 'def solved(').replaceAll('inner', 'W1').replaceAll('last', 'W2'));
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('show a missing slope at the line that changes them', async () => {
    const source = columns('');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, 'inner[:, k] -='), say(result));
  });
});
