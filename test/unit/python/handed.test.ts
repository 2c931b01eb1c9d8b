// Activations that a network is handed: a list of functions that the file writes down, objects of a module that is not here.

import assert from 'node:assert/strict';
import { pythonChecks, say } from './support';

const list = `import numpy as np


def relu(x):
    return np.maximum(0, x)


def softmax(x):
    e = np.exp(x - x.max(axis=0))
    return e / e.sum(axis=0)


def log_loss(output, target):
    return -np.sum(target * np.log(output + 1e-9)) / target.shape[1]


class Net:
    def __init__(self, sizes, activations):
        self.activations = activations
        self.weights = [np.random.randn(o, i) for i, o in zip(sizes, sizes[1:])]
        self.biases = [np.zeros((o, 1)) for o in sizes[1:]]

    def forward(self, X):
        outputs, sums = [X], []
        for W, b, activation in zip(self.weights, self.biases, self.activations):
            sums.append(W @ outputs[-1] + b)
            outputs.append(activation(sums[-1]))
        return outputs, sums

    def gradients(self, X, Y):
        outputs, sums = self.forward(X)
        dW, db = [None] * len(self.weights), [None] * len(self.biases)
        dZ = outputs[-1] - Y
        for l in reversed(range(len(self.weights))):
            dW[l] = dZ @ outputs[l].T / X.shape[1]
            db[l] = dZ.sum(axis=1, keepdims=True) / X.shape[1]
            if l > 0:
                dZ = self.weights[l].T @ dZ * (sums[l - 1] > 0)
        return dW, db


if __name__ == "__main__":
    activations = [relu, relu, softmax]
    net = Net([784, 64, 32, 10], activations)
`;

const objects = `import numpy as np


class Net:
    def __init__(self, inputs, hidden, outputs, activation, output_activation):
        self.activation = activation
        self.output_activation = output_activation
        self.params = {
            'W1': np.random.randn(inputs, hidden), 'b1': np.zeros((1, hidden)),
            'W2': np.random.randn(hidden, outputs), 'b2': np.zeros((1, outputs)),
        }
        self.kept, self.grads = {}, {}

    def forward_pass(self, X):
        self.kept['X'] = X
        self.kept['Z1'] = X @ self.params['W1'] + self.params['b1']
        self.kept['A1'] = self.activation.forward(self.kept['Z1'])
        self.kept['Z2'] = self.kept['A1'] @ self.params['W2'] + self.params['b2']
        self.kept['A2'] = self.output_activation.forward(self.kept['Z2'])
        return self.kept['A2']

    def backward_pass(self, y):
        m = y.shape[0]
        dZ2 = self.output_activation.backward(self.kept['A2'], y)
        self.grads['W2'] = self.kept['A1'].T @ dZ2 / m
        self.grads['b2'] = dZ2.sum(axis=0, keepdims=True) / m
        dZ1 = dZ2 @ self.params['W2'].T * self.activation.backward(self.kept['Z1'])
        self.grads['W1'] = self.kept['X'].T @ dZ1 / m
        self.grads['b1'] = dZ1.sum(axis=0, keepdims=True) / m
`;

describe('Python check: activations that a network is handed', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('takes the list that the file writes down', async () => {
    const result = await check(list);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('takes their softmax for the output where nothing is written down and they have no sigmoid', async () => {
    const result = await check(list.split('\n\nif __name__')[0]!);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('still finds the mistake below', async () => {
    const result = await check(list.replace('(sums[l - 1] > 0)', '(sums[l - 1] < 0)'));
    assert.equal(result.verdict, 'wrong', say(result));
  });

  it('takes an object with a forward and a backward as one activation and its derivative', async () => {
    for (const given of ['Z1', 'A1']) {
      const result = await check(objects.replace("backward(self.kept['Z1'])", `backward(self.kept['${given}'])`));
      assert.equal(result.verdict, 'correct', `${given}: ${say(result)}`);
    }
  });

  it('still finds the mistake beside such objects', async () => {
    const result = await check(objects.replace("dZ2 @ self.params['W2'].T * self", "dZ2 @ self.params['W2'].T + self"));
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.function, 'backward_pass');
  });
});
