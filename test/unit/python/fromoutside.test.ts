// What other files have: a derivative of the cost that is handed over as a function, samples and the weights of an earlier training that a script reads.

import { bindsEach, pythonChecks, type Shape } from './support';

const handed = `import numpy as np

class Dense:
    def __init__(self, n_in, n_out):
        self.weights = np.random.randn(n_in, n_out)
        self.bias = np.zeros((1, n_out))

    def forward(self, inputs):
        return inputs @ self.weights + self.bias

class NeuralNetwork:
    def __init__(self, topology, act_func, d_act_func):
        self.layers = [Dense(topology[i], topology[i + 1]) for i in range(len(topology) - 1)]
        self.act_func = act_func
        self.d_act_func = d_act_func

    def forward_pass(self, inputs):
        out = [inputs]
        for layer in self.layers:
            out.append(self.act_func(layer.forward(out[-1])))
        return out

    def optimize(self, inputs, expected, d_cost_func, lr=0.05):
        out = self.forward_pass(inputs)
        delta = d_cost_func(out[-1], expected) * self.d_act_func(out[-1])
        for l in reversed(range(len(self.layers))):
            layer = self.layers[l]
            following = delta @ layer.weights.T * self.d_act_func(out[l])
            layer.weights -= lr * out[l].T @ delta
            layer.bias -= lr * np.sum(delta, axis=0, keepdims=True)
            delta = following
`;

/** The script reads its samples, and weights in the place of those that it has just made; one sample is asked for by a number that ours have not. */
const reads = `import numpy as np
import pandas as pd

df = pd.read_csv("train.csv")
Y = np.array(df["label"]).astype(int)
X = np.array(df.drop("label", axis=1)) / 255

def softmax(Z):
    e = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)

def one_hot(y, classes=10):
    return np.eye(classes)[y].T

w1 = np.random.randn(64, 784) * np.sqrt(2 / 784)
b1 = np.zeros((64, 1))
w2 = np.random.randn(10, 64) * np.sqrt(2 / 64)
b2 = np.zeros((10, 1))
earlier = np.load("weights.npz")
w1, b1 = earlier["w1"], earlier["b1"]
w2, b2 = earlier["w2"], earlier["b2"]
m = X.shape[0]

for i in range(250):
    A1 = np.tanh(w1 @ X.T + b1)
    A2 = softmax(w2 @ A1 + b2)
    dZ2 = A2 - one_hot(Y)
    dw2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = w2.T @ dZ2 * (1 - A1 ** 2)
    dw1 = dZ1 @ X / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    w1 -= 0.03 * dw1
    b1 -= 0.03 * db1
    w2 -= 0.03 * dw2
    b2 -= 0.03 * db2

def predict(index):
    x = X[index].reshape(1, -1)
    return np.argmax(softmax(w2 @ np.tanh(w1 @ x.T + b1) + b2), 0)

predict(69)
`;

const shapes: readonly Shape[] = [
  {
    what: 'the derivative of a cost that another file has',
    source: handed,
    mistake: ['np.sum(delta, axis=0, keepdims=True)', 'np.mean(delta, axis=0, keepdims=True)'],
    unchecked: 'd_cost_func',
  },
  { what: 'a script that goes on from an earlier training', source: reads, mistake: ['* (1 - A1 ** 2)', '* (1 - A1)'] },
];

describe('what other files have', function () {
  this.timeout(30_000);
  bindsEach(shapes, pythonChecks());
});
