// What a script says by the number of its own samples: a divisor, an index, a column of class numbers; and steps that leave the learning rate out.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say } from './support';

const byFour = `import numpy as np

X = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])
y = np.array([[0, 1, 1, 0]])
W1, b1 = np.random.randn(5, 2), np.zeros((5, 1))
W2, b2 = np.random.randn(1, 5), np.zeros((1, 1))
rate = 0.1

for i in range(2000):
    z1 = np.dot(W1, X) + b1
    a1 = np.maximum(0, z1)
    a2 = 1 / (1 + np.exp(-(np.dot(W2, a1) + b2)))
    cost = -np.mean(y * np.log(a2) + (1 - y) * np.log(1 - a2))
    dz2 = a2 - y
    dW2 = np.dot(dz2, a1.T) / 4
    db2 = np.mean(dz2)
    dz1 = np.dot(W2.T, dz2) * (z1 > 0)
    dW1 = np.dot(dz1, X.T) / 4
    db1 = np.mean(dz1, axis=1, keepdims=True)
    W2 -= rate * dW2
    b2 -= rate * db2
    W1 -= rate * dW1
    b1 -= rate * db1
`;

const byLabels = `import numpy as np

first = np.random.normal(100, 30, (40, 2))
second = np.random.normal(500, 50, (40, 2))
third = np.random.normal(50, 15, (40, 2))
X = np.concatenate((first, second, third))
y = np.concatenate((np.ones((40, 1)), np.ones((40, 1)) + 1, np.ones((40, 1)) + 2))
W1, b1 = 0.01 * np.random.randn(2, 4), np.zeros((1, 4))
W2, b2 = 0.01 * np.random.randn(4, 3), np.zeros((1, 3))
step_size = 0.001

for i in range(1000):
    hidden = np.maximum(0, np.dot(X, W1) + b1)
    scores = np.exp(np.dot(hidden, W2) + b2)
    probs = scores / np.sum(scores, axis=1, keepdims=True)
    loss = np.sum(-np.log(probs[range(120), (y - 1).T.astype(int)])) / 120
    dscores = probs
    dscores[range(120), (y - 1).T.astype(int)] -= 1
    dscores /= 120
    dW2 = np.dot(hidden.T, dscores)
    db2 = np.sum(dscores, axis=0, keepdims=True)
    dhidden = np.dot(dscores, W2.T)
    dhidden[hidden <= 0] = 0
    dW1 = np.dot(X.T, dhidden)
    db1 = np.sum(dhidden, axis=0, keepdims=True)
    W1 += -step_size * dW1
    b1 += -step_size * db1
    W2 += -step_size * dW2
    b2 += -step_size * db2
    print(loss)
`;

const steps = (bias: string): string => `import numpy as np

hidden_weights, hidden_bias = np.random.rand(8, 6), np.zeros((1, 6))
output_weights, output_bias = np.random.randn(6, 1), np.zeros((1, 1))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forward(x):
    hidden = sigmoid(np.dot(x, hidden_weights) + hidden_bias)
    return hidden, sigmoid(np.dot(hidden, output_weights) + output_bias)


def backward(x, hidden, output, target):
    global hidden_weights, hidden_bias, output_weights, output_bias
    delta = (target - output) * output * (1 - output)
    delta_hidden = np.dot(delta, output_weights.T) * hidden * (1 - hidden)
    output_weights += np.dot(hidden.T, delta) * learning_rate
    hidden_weights += np.dot(x.T, delta_hidden) * learning_rate
    output_bias += np.sum(delta, axis=0, keepdims=True)${bias}
    hidden_bias += np.sum(delta_hidden, axis=0, keepdims=True)${bias}


X = np.array([[int(digit) for digit in bin(number)[2:].zfill(8)] for number in range(50)])
Y = np.array([number % 2 for number in range(50)]).reshape(-1, 1)
learning_rate = 0.1
for epoch in range(300):
    for i in range(len(Y)):
        hidden, output = forward(X[i].reshape(1, -1))
        backward(X[i].reshape(1, -1), hidden, output, Y[i])
`;

describe('the samples that a script has', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  bindsEach(
    [
      { what: 'a division by their number', source: byFour, mistake: ['(z1 > 0)', '(a2 > 0)'] },
      { what: 'a column of numbers of classes that choose entries', source: byLabels, mistake: ['dhidden[hidden <= 0] = 0', 'dhidden[hidden > 0] = 0'] },
      { what: 'steps that all have their learning rate', source: steps(' * learning_rate'), mistake: ['np.dot(delta, output_weights.T)', 'np.dot(target - output, output_weights.T)'] },
    ],
    check,
  );

  it('are not what a division by another number means', async () => {
    const source = byFour.replace('dW1 = np.dot(dz1, X.T) / 4', 'dW1 = np.dot(dz1, X.T) / 2');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, 'X.T) / 2'), say(result));
  });

  it('move a bias by its whole gradient where the learning rate is missing', async () => {
    const source = steps('');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, 'output_bias += '), say(result));
    assert.match(result.findings[0].message, /the learning rate is missing in this step/);
  });
});
