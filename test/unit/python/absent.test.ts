// What is not here, or not called yet, proves nothing against a file: missing modules, attributes of a later step, parameters that were made up here.

import assert from 'node:assert/strict';
import { changed, pythonChecks, say } from './support';

const fitted = `import numpy as np


class Logistic:
    def __init__(self, rate=0.1):
        self.rate = rate

    def fit(self, data):
        self.beta = self.start(len(data.columns))
        self.beta -= self.rate * data.gradient(self.beta)

    def start(self, k):
        return np.zeros((k, 1))

    def predict_proba(self, X):
        return 1 / (1 + np.exp(-X @ self.beta))
`;

const inside = `import numpy as np


def main(table):
    order = table.order

    def forward(w, X):
        return X @ w + order[i]

    def backward(w, X, y):
        return X.T @ (forward(w, X) - y) + i

    for i in range(len(order)):
        table.w -= backward(table.w, table.X, table.y)
`;

/** Parameters that nothing makes, in a layout that nothing tells. */
const unrolled = `import numpy as np


def feed_forward(theta1, theta2, X):
    a1 = np.c_[np.ones(len(X)), X]
    a2 = np.c_[np.ones(len(X)), 1 / (1 + np.exp(-a1.dot(theta1.T)))]
    return a1, a2, 1 / (1 + np.exp(-a2.dot(theta2.T)))


def gradient(nn_params, splitter, X, y):
    theta1, theta2 = splitter(nn_params)
    a1, a2, h = feed_forward(theta1, theta2, X)
    d2 = (h - y).dot(theta2)[:, 1:] * a2[:, 1:] * (1 - a2[:, 1:])
    return np.concatenate([d2.T.dot(a1).ravel(), (h - y).T.dot(a2).ravel()])
`;

describe('what is not here', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const [what, source] of [
    ['an attribute that another method gives its value', fitted],
    ['a name of the function around', inside],
    ['shapes of parameters that were made up', unrolled],
  ] as const) {
    it(`is no reason to say that a file cannot run: ${what}`, async () => {
      const result = await check(source);
      assert.equal(result.verdict, 'not bound', say(result));
    });
  }

  it('may be in a module that is imported as a whole', async () => {
    const source = changed('two_layers.py', [
      ['import numpy as np', 'import numpy as np\nfrom gc_helpers import *'],
      ['def update_parameters', 'def backward_check(parameters, gradients):\n    return gradients_to_vector(gradients) - np.ones(3)\n\n\ndef update_parameters'],
    ]);
    const result = await check(source);
    assert.equal(result.verdict, 'correct', say(result));
    const nowhere = await check(source.replace('\nfrom gc_helpers import *', ''));
    assert.equal(nowhere.verdict, 'cannot run', say(nowhere));
  });

  it('is told where the attribute is set nowhere', async () => {
    const result = await check(changed('network_class.py', [['self.z1 = np.dot(X, self.weights1) + self.bias1', 'self.z1 = np.dot(X, self.weights1) + self.bias0']]));
    assert.equal(result.verdict, 'cannot run', say(result));
  });
});
