// Steps without a learning rate: their size is that of the gradient, and is compared with the cost like any other.

import assert from 'node:assert/strict';
import { pythonChecks, say } from './support';

const net = (factor: string, cost: string, delta = ''): string => `import numpy as np


class Net:
    def __init__(self):
        self.w0 = np.random.randn(3, 4)
        self.w1 = np.random.randn(4, 1)

    def sigmoid(self, z, slope=False):
        return z * (1 - z) if slope else 1 / (1 + np.exp(-z))

    def forward(self, X):
        self.hidden = self.sigmoid(np.dot(X, self.w0))
        return self.sigmoid(np.dot(self.hidden, self.w1))

    def backward(self, X, y, output):
        self.output_delta = ${delta}(y - output) * self.sigmoid(output, True)
        self.hidden_delta = self.output_delta.dot(self.w1.T) * self.sigmoid(self.hidden, True)
        self.w0 += ${factor}X.T.dot(self.hidden_delta)
        self.w1 += ${factor}self.hidden.T.dot(self.output_delta)

    def loss(self, X, y):
        return ${cost}(np.square(y - self.forward(X)))
`;

const script = (factor: string): string => `import numpy as np

X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
w0 = 2 * np.random.random((3, 4)) - 1
w1 = 2 * np.random.random((4, 1)) - 1
for i in range(1000):
    hidden = 1 / (1 + np.exp(-X.dot(w0)))
    output = 1 / (1 + np.exp(-hidden.dot(w1)))
    error = y - output
    loss = np.mean(np.square(error))
    output_delta = error * output * (1 - output)
    hidden_delta = output_delta.dot(w1.T) * hidden * (1 - hidden)
    w1 = w1 + ${factor}hidden.T.dot(output_delta)
    w0 = w0 + ${factor}X.T.dot(hidden_delta)
`;

describe('a step without a learning rate', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  const cases: readonly (readonly [what: string, source: string, verdict: string])[] = [
    ['of ½ the sum of squares, beside their mean', net('', 'np.mean'), 'convention'],
    ['with a number in its place, beside the mean', net('0.1 * ', 'np.mean'), 'convention'],
    ['in a script, beside the mean', script(''), 'convention'],
    ['in a script, with a number', script('0.1 * '), 'convention'],
    ['that fits the cost', net('', '0.5 * np.sum'), 'correct'],
    ['that has a number in what is handed down, which may be a rate', net('', 'np.mean', '0.3 * '), 'correct'],
    ['that is multiplied by what may be a rate or a half', net('0.5 * ', 'np.mean'), 'correct'],
  ];
  for (const [what, source, verdict] of cases) {
    it(`is ${verdict} ${what}`, async () => {
      const result = await check(source);
      assert.equal(result.verdict, verdict, say(result));
    });
  }
});
