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

  it('are found where each part is assigned, and where the other weights have moved before', async () => {
    const parts = columns(' * (1 - H[:, k])').replace('inner[:, k] -= rate', 'inner[:, [k]] = inner[:, [k]] - rate').replace(' * H[:, k] * (1 - H[:, k])) / n', ' * H[:, k] * (1 - H[:, k])).reshape(-1, 1) / n');
    const right = await check(parts);
    assert.equal(right.verdict, 'correct', say(right));
    assert.deepEqual(right.layers.map(({ dW }) => dW?.name).sort(), ['inner', 'last']);
    const wrong = await check(parts.replace('before[k]', 'last[k]'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('show a missing slope at the line that changes them', async () => {
    const source = columns('');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, 'inner[:, k] -='), say(result));
  });
});
