// Scripts whose own samples say how they are to be given: filled one by one, a single one, a target that is a number; and layers that a loop puts into a list.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** Two weights that are single numbers, and ten thousand samples that a loop draws. */
const drawn = `import math
import random
import numpy as np

m = 10000
K = 50000
alpha = 0.01
x_train, y_train = [], []
w1, b1, w2, b2 = random.random(), random.random(), random.random(), random.random()

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

for i in range(m):
    degrees = random.uniform(0, 360)
    x_train.append(degrees)
    if math.sin(math.radians(degrees)) > 0:
        y_train.append(1)
    else:
        y_train.append(0)
x_train = np.array(x_train).reshape(1, len(x_train))
y_train = np.array(y_train).reshape(1, len(y_train))

for j in range(K):
    Z1 = np.dot(w1, x_train) + b1
    A1 = sigmoid(Z1)
    Z2 = np.dot(w2, A1) + b2
    A2 = sigmoid(Z2)
    dZ2 = A2 - y_train
    dw2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2) / m
    dZ1 = np.multiply(np.dot(w2, dZ2), sigmoid(Z1) * (1 - sigmoid(Z1)))
    dw1 = np.dot(dZ1, x_train.T) / m
    db1 = np.sum(dZ1) / m
    w1 -= alpha * dw1
    b1 -= alpha * db1
    w2 -= alpha * dw2
    b2 -= alpha * db2
    if j % 500 == 0:
        print(-np.sum(y_train * np.log(A2) + (1 - y_train) * np.log(1 - A2)) / m)
`;

/** One sample: a softmax over all entries is one over its classes, and a bias's gradient needs no sum. */
const single = `import numpy as np

def softmax(x):
    return np.exp(x) / np.sum(np.exp(x))

lr = 0.01
input = np.array([1.0, 2.0, 3.0, 4.0]).reshape(4, 1)
label = np.array([1, 0, 0]).reshape(3, 1)
weight1, bias1 = np.random.rand(2, 4), np.zeros((2, 1))
weight2, bias2 = np.random.rand(3, 2), np.zeros((3, 1))

for i in range(100):
    hidden = np.tanh(np.dot(weight1, input) + bias1)
    output = softmax(np.dot(weight2, hidden) + bias2)
    loss = -np.sum(np.log(output) * label)
    print(loss)
    dZ2 = output - label
    dZ1 = np.dot(weight2.T, dZ2) * (1 - hidden ** 2)
    weight2 = weight2 - lr * np.dot(dZ2, hidden.T)
    bias2 = bias2 - lr * dZ2
    weight1 = weight1 - lr * np.dot(dZ1, input.T)
    bias1 = bias1 - lr * dZ1
`;

/** Written down once, without a loop; the target is a number. */
const vector = `import numpy as np

X = np.array([1.2, 3.4])
actual = 1
w1 = np.array([[0.9, 0.8], [0.0, 1.2], [0.5, -0.3]])
b1 = np.array([0.1, -0.5, 0.2])
w2 = np.array([[0.6, -0.3, 0.4], [0.2, 0.9, -0.1]])
b2 = np.array([0.05, -0.2])
w3 = np.array([0.7, -0.5])
b3 = 0.1
learning_rate = 0.5

H1 = np.tanh(np.dot(w1, X) + b1)
H2 = np.tanh(np.dot(w2, H1) + b2)
output = 1 / (1 + np.exp(-(np.dot(w3, H2) + b3)))
loss = (actual - output) ** 2 / 2
print(loss)
d_output = -(actual - output) * output * (1 - output)
d_H2 = w3 * d_output * (1 - H2 ** 2)
d_H1 = np.dot(w2.T, d_H2) * (1 - H1 ** 2)
w3 = w3 - learning_rate * d_output * H2
b3 = b3 - learning_rate * d_output
w2 = w2 - learning_rate * np.outer(d_H2, H1)
b2 = b2 - learning_rate * d_H2
w1 = w1 - learning_rate * np.outer(d_H1, X)
b1 = b1 - learning_rate * d_H1
`;

/** Layers that have the name x while they are made. */
const listed = `import numpy as np

sigmoid = (lambda x: 1 / (1 + np.exp(-x)), lambda x: x * (1 - x))

class Capa:
    def __init__(self, n_prev, n, act):
        self.act = act
        self.b = np.random.rand(1, n) * 2 - 1
        self.W = np.random.rand(n_prev, n) * 2 - 1

def mse(predicted, real):
    return np.mean((predicted - real) ** 2), predicted - real

def entrenar(X, Y, red, lr=0.01):
    output = [X]
    for capa in red:
        output.append(capa.act[0](output[-1] @ capa.W + capa.b))
    delta = []
    for l in reversed(range(len(red))):
        a = output[l + 1]
        if l == len(red) - 1:
            delta.append(mse(a, Y)[1] * red[l].act[1](a))
        else:
            delta.append(delta[-1] @ W_temp * red[l].act[1](a))
        W_temp = red[l].W.transpose()
        red[l].b = red[l].b - np.mean(delta[-1], axis=0, keepdims=True) * lr
        red[l].W = red[l].W - output[l].transpose() @ delta[-1] / len(X) * lr
    return output[-1]

X = np.concatenate([np.loadtxt("a.csv"), np.loadtxt("b.csv")])
Y = np.array([0] * 250 + [1] * 250).reshape(500, 1)
neuronas = [2, 4, 8, 1]
red = []
for paso in list(range(len(neuronas) - 1)):
    x = Capa(neuronas[paso], neuronas[paso + 1], sigmoid)
    red.append(x)
for epoch in range(1000):
    print(mse(entrenar(X, Y, red, lr=0.001), Y)[0])
`;

describe('python: the own samples of a script', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  const scripts = [
    ['filled one by one', drawn, 'correct', 'db1 = np.sum(dZ1) / m', 'db1 = np.sum(dZ1)', 'db1 ='],
    ['one alone', single, 'correct', 'np.dot(weight2.T, dZ2) * (1 - hidden ** 2)', 'np.dot(weight2.T, dZ2) * (1 - hidden)', 'dZ1 ='],
    ['a vector with a number for its target', vector, 'correct', 'w3 * d_output * (1 - H2 ** 2)', 'w3 * d_output * (1 - H2)', 'd_H2 ='],
    ['layers in a list', listed, 'convention', ' / len(X) * lr', ' * lr', undefined],
  ] as const;
  for (const [what, source, verdict, from, to, line] of scripts) {
    it(`are given as they are: ${what}`, async () => {
      const right = await check(source);
      assert.equal(right.verdict, verdict, say(right));
      assert.equal(source.split(from).length, 2, from);
      const mistaken = source.replace(from, to);
      const wrong = await check(mistaken);
      assert.equal(wrong.verdict, 'wrong', say(wrong));
      if (line !== undefined) assert.equal(wrong.findings[0]?.line, lineOf(mistaken, line), say(wrong));
    });
  }
});
