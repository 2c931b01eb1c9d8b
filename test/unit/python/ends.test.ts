// Code that does not come to an end, in every place where it may stand: the check ends all the same, and with a result.

import assert from 'node:assert/strict';
import { pythonChecks, say } from './support';

const functions = (inner: string): string => `import numpy as np

def initialize(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}

def forward(X, parameters):
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
${inner}
    A2 = 1 / (1 + np.exp(-(parameters["W2"] @ A1 + parameters["b2"])))
    return A2, {"A1": A1, "A2": A2}

def compute_cost(A2, Y):
    return -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))

def backward(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    return {"dW1": dZ1 @ X.T / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m, "dW2": dZ2 @ cache["A1"].T / m, "db2": np.sum(dZ2, axis=1, keepdims=True) / m}
`;

const script = `import numpy as np
from data import load

X, Y = load()
w1 = np.random.randn(5, 4)
w2 = np.random.randn(4, 1)
for i in range(1000):
    a1 = np.tanh(X @ w1)
    a2 = 1 / (1 + np.exp(-(a1 @ w2)))
    while i < 2000:
        pass
    d2 = (a2 - Y) / len(X)
    d1 = d2 @ w2.T * (1 - a1 ** 2)
    w2 -= 0.1 * a1.T @ d2
    w1 -= 0.1 * X.T @ d1
`;

describe('code that does not end', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  const endless: readonly (readonly [where: string, source: string])[] = [
    ['a loop that catches whatever stops it', functions('    while True:\n        try:\n            for _ in iter(int, 1):\n                pass\n        except:\n            pass')],
    ['a wait that costs no time of the processor', functions('    __import__("threading").Event().wait()')],
    ['the training loop of a script', script],
    ['a constant', `WAIT = sum(i for i in range(10 ** 12))\n${functions('    A1 = A1 + 0 * WAIT')}`],
  ];
  for (const [where, source] of endless) {
    it(`gives a result for ${where}`, async () => {
      const result = await check(source, '.py', { seconds: 8 });
      assert.ok(['not bound', 'cannot run'].includes(result.verdict), say(result));
    });
  }

  it('tells the endings of a program as the exceptions that they are', async () => {
    const result = await check(functions('').replace('    return A2', '    if not np.any(X > 99):\n        raise SystemExit("no data")\n    return A2'));
    assert.notEqual(result.verdict, 'correct', say(result));
    const caught = await check(functions('').replace('    return A2', '    try:\n        raise SystemExit("no data")\n    except:\n        pass\n    return A2'));
    assert.equal(caught.verdict, 'correct', say(caught));
  });

  it('takes sizes that need more memory than there is for no end of the search', async () => {
    const result = await check(functions('    np.zeros((10 ** 8, X.shape[0] ** 9))'));
    assert.equal(result.verdict, 'not bound', say(result));
  });
});
