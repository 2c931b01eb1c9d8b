// Names that NumPy has dropped: code that uses them is read as it was meant, with a remark, and is no mistake of the gradient.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const source = `import numpy as np

class Net:
    def __init__(self, sizes):
        self.W1 = np.mat(np.random.randn(sizes[1], sizes[0])).A
        self.W2 = np.random.randn(sizes[2], sizes[1]).astype(np.float_)
        self.best = np.Inf

    def forward(self, X):
        self.X = np.asfarray(X)
        self.A1 = np.tanh(self.W1 @ self.X)
        self.A2 = 1 / (1 + np.exp(-(self.W2 @ self.A1)))
        return self.A2

    def cost(self, A2, Y):
        return np.asscalar(-np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / np.product(Y.shape[1:]))

    def backward(self, Y):
        m = Y.shape[1]
        dZ2 = self.A2 - Y
        dZ1 = self.W2.T @ dZ2 * (1 - self.A1 ** 2)
        self.dW2 = dZ2 @ self.A1.T / m
        self.dW1 = dZ1 @ self.X.T / m
`;

describe('names that NumPy has dropped', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  it('are read as they were meant', async () => {
    const result = await check(source);
    assert.equal(result.verdict, 'correct', say(result));
    assert.ok(result.findings.every((each) => each.severity === 'information'), say(result));
    const wrong = await check(source.replace('* (1 - self.A1 ** 2)', '* (1 - self.A1)'));
    assert.deepEqual([wrong.verdict, wrong.findings[0]?.function, wrong.findings[0]?.line], ['wrong', 'backward', lineOf(source, 'dZ1 =')], say(wrong));
  });

  it('are told in a remark, and stop no file that cannot be bound', async () => {
    const used = source.replace('m = Y.shape[1]', 'm = np.int(Y.shape[1])');
    const result = await check(used);
    // np.int is gone from NumPy 1.24; an older one has it, and nothing to remark
    const remark = result.findings.find((each) => each.message.includes('np.int '));
    if (Number(result.python.numpy.split('.')[0]) > 1) assert.deepEqual([remark?.function, remark?.line, remark?.severity], ['backward', lineOf(used, 'm = np.int'), 'information'], say(result));
    const unknown = await check('import numpy as np\n\ndef step(a, b):\n    return a @ b * np.int(2)\n');
    assert.equal(unknown.verdict, 'not bound', say(unknown));
  });
});
