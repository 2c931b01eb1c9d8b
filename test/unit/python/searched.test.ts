// A notebook whose later cells search through hyper-parameters, under the names that its functions are called with.

import assert from 'node:assert/strict';
import { pythonChecks, say } from './support';

const network = `class Net:
    def __init__(self, n_in, n_hidden, n_out):
        self.w1 = np.random.randn(n_in, n_hidden) * 0.1
        self.b1 = np.zeros((1, n_hidden))
        self.w2 = np.random.randn(n_hidden, n_out) * 0.1
        self.b2 = np.zeros((1, n_out))

    def forward(self, x):
        a = np.tanh(x @ self.w1 + self.b1)
        return a, a @ self.w2 + self.b2

    def loss(self, y, out):
        return np.mean(np.sum((out - y) ** 2, axis=1))

    def backprop(self, x, y, a, out, lr):
        d2 = 2 * (out - y) / len(x)
        d1 = d2 @ self.w2.T * (1 - a ** 2)
        self.w2 -= lr * a.T @ d2
        self.b2 -= lr * d2.sum(axis=0, keepdims=True)
        self.w1 -= lr * x.T @ d1
        self.b1 -= lr * d1.sum(axis=0, keepdims=True)`;

const training = `hidden_size = 40
epochs = 10
model = Net(X.shape[1], hidden_size, 3)

def train(X, y, epochs, lr):
    for _ in range(epochs):
        a, out = model.forward(X)
        print(model.loss(y, out))
        model.backprop(X, y, a, out, lr)`;

const search = `hidden_size = [20, 40]
epochs = [5, 10]

for h, e in product(hidden_size, epochs):
    model = Net(X.shape[1], h, 3)
    train(X, y, e, 0.01)`;

const notebook = (...cells: string[]): string => JSON.stringify({ nbformat: 4, cells: ['import numpy as np\nfrom itertools import product', 'X, y = np.load("x.npy"), np.load("y.npy")', ...cells].map((source) => ({ cell_type: 'code', source })) });

describe('Python check: a search through values', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('takes the one value that a name has before', async () => {
    for (const backward of [network, network.replace('(1 - a ** 2)', '(1 - a)')]) {
      const result = await check(notebook(backward, training, search), '.ipynb');
      assert.equal(result.verdict, backward === network ? 'correct' : 'wrong', say(result));
    }
  });
});
