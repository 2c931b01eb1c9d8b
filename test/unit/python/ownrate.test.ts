// A network whose constructor is given all samples and whose steps take one, with a learning rate of the module in what it calls its gradients.

import assert from 'node:assert/strict';
import { pythonChecks, say } from './support';

const source = `import numpy as np

table = np.loadtxt("train.txt")
X = table[..., :2]
y = table[..., 2]
eta = 0.00001
alpha = 0.9


class Network:
    def __init__(self, x, y):
        self.input = x
        self.weights1 = np.random.rand(self.input.shape[1], 10)
        self.weights2 = np.random.rand(10, 1)
        self.past_weights1 = np.zeros((self.input.shape[1], 10))
        self.past_weights2 = np.zeros((10, 1))
        self.y = y
        self.output = np.zeros(y.shape)

    def feedforward(self):
        self.layer1 = np.tanh(np.dot(self.input, self.weights1)).reshape(1, -1)
        self.layer2 = np.dot(self.layer1, self.weights2)
        return self.layer2

    def backprop(self):
        del2 = self.y - self.output
        d_weights2 = np.dot(del2, self.layer1) * eta + self.past_weights2.T * alpha
        del1 = np.dot(self.weights2, del2) * (1 - self.layer1 ** 2).T
        d_weights1 = np.dot(del1, [self.input]) * eta + self.past_weights1.T * alpha
        self.weights1 += d_weights1.T
        self.weights2 += d_weights2.T
        self.past_weights1 = d_weights1.T
        self.past_weights2 = d_weights2.T

    def result(self, X):
        return np.dot(np.tanh(np.dot(X, self.weights1)), self.weights2)

    def train(self, X, y):
        self.input = X
        self.y = y
        self.output = self.feedforward()
        self.backprop()


NN = Network(X, y)
for i in range(10000):
    for j in range(len(y)):
        NN.train(np.array(X[j]), np.array(y[j]))
    print("Loss: " + str(np.mean(np.square(np.atleast_2d(y).T - NN.result(X)))))
`;

describe('A network that is made of all samples and steps by one', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is half the derivative of the mean of squares that is printed, whatever rate the module has', async () => {
    const result = await check(source);
    assert.equal(result.verdict, 'convention', say(result));
    assert.match(result.summary, /1\/2 times/);
  });

  it('is right where the error is doubled, and wrong without the slope', async () => {
    const [right, wrong] = [await check(source.replace('del2 = self.y', 'del2 = 2 * (self.y').replace('- self.output\n', '- self.output)\n')), await check(source.replace(' * (1 - self.layer1 ** 2).T', ''))];
    assert.equal(right.verdict, 'correct', say(right));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });
});
