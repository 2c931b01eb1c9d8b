// Names that NumPy has dropped: code that uses them is checked as it was meant; where they stand in its way it cannot run, beside it they are remarked.

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

  it('stop what is right, and are told with what it is meant to be; what is wrong is wrong', async () => {
    const result = await check(source);
    const numpy = Number(result.python.numpy.split('.').slice(0, 2).map((each) => each.padStart(3, '0')).join(''));
    // np.asscalar was dropped by 1.23, np.asfarray by 2.0
    const [name, line] = numpy < 1_023 ? [undefined, undefined] : numpy < 2_000 ? ['cost', 'np.asscalar'] : ['forward', 'np.asfarray'];
    assert.equal(result.verdict, name === undefined ? 'correct' : 'cannot run', say(result));
    if (name !== undefined) {
      assert.deepEqual([result.findings[0]?.function, result.findings[0]?.line], [name, lineOf(source, line ?? '')], say(result));
      assert.match(result.findings[0]?.explanation ?? '', /derivative of the cost in every layer/);
    }
    const wrong = await check(source.replace('* (1 - self.A1 ** 2)', '* (1 - self.A1)'));
    assert.deepEqual([wrong.verdict, wrong.findings[0]?.function, wrong.findings[0]?.line], ['wrong', 'backward', lineOf(source, 'dZ1 =')], say(wrong));
  });

  it('are told in a remark beside what is checked, and stop no file that cannot be bound', async () => {
    const used = source.replace('np.asfarray(X)', 'X').replace('np.asscalar', 'float').replace('np.product', 'np.prod') + `
    def classes(self, A2):
        return np.int(np.sum(A2 > 0.5))
`;
    const result = await check(used);
    // np.int is gone from NumPy 1.24; an older one has it, and nothing to remark
    const remark = result.findings.find((each) => each.message.includes('np.int '));
    if (Number(result.python.numpy.split('.')[0]) > 1) assert.deepEqual([result.verdict, remark?.function, remark?.line, remark?.severity], ['correct', 'classes', lineOf(used, 'np.int('), 'information'], say(result));
    const unknown = await check('import numpy as np\n\ndef step(a, b):\n    return a @ b * np.int(2)\n');
    assert.equal(unknown.verdict, 'not bound', say(unknown));
  });
});
