// An activation that is not what its name says is the broken link, and none of the right derivatives behind it.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const layers = (relu: string, softmax: string, output: string): string => `import numpy as np

def relu(Z):
    return ${relu}

def relu_derivative(Z):
    return Z > 0

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(a):
    return a * (1 - a)

def softmax(Z):
    E = np.exp(Z - np.max(Z))
    return ${softmax}

def init(n_x, n_h, n_y):
    W1, b1 = np.random.randn(n_h, n_x), np.zeros((n_h, 1))
    W2, b2 = np.random.randn(n_y, n_h), np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

def forward(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = relu(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = softmax(Z2)
    return A2, {"Z1": Z1, "A1": A1, "A2": A2}

def cost(A2, Y):
    return -np.sum(Y * np.log(A2)) / Y.shape[1]

def backward(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = ${output}
    dW2 = dZ2 @ cache["A1"].T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (parameters["W2"].T @ dZ2) * relu_derivative(cache["Z1"])
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
`;

describe('activations that are not what their names say', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  const good = ['np.maximum(0, Z)', 'E / np.sum(E, axis=0)', 'cache["A2"] - Y'] as const;

  const blames = async (source: string, name: string, line: string): Promise<void> => {
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    const { function: said, line: at } = result.findings[0]!;
    assert.deepEqual([said, at], [name, lineOf(source, line)], say(result));
  };

  it('none is told where all are', async () => {
    const result = await check(layers(...good));
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('a relu that gives |z|', () => blames(layers('np.abs(Z)', good[1], good[2]), 'relu', 'return np.abs'));

  it('a softmax over all samples', () => blames(layers(good[0], 'E / np.sum(E)', good[2]), 'softmax', 'return E / np.sum(E)'));

  it('no softmax over the rows of what has become columns', async () => {
    const turned = layers(...good).replace('parameters["W1"] @ X +', 'parameters["W1"] @ X.T +').replace('dZ1 @ X.T / m', 'dZ1 @ X / m').replace('m = X.shape[1]', 'm = X.shape[0]');
    const right = await check(turned);
    assert.equal(right.verdict, 'correct', say(right));
    await blames(turned.replace(' * relu_derivative(cache["Z1"])', ''), 'backward', 'dZ1 = (');
  });

  it('no derivative that has the name of an activation, in a class of derivatives', () => {
    const [first, second] = ['class Activation:\n    @staticmethod\n    def sigmoid(z):\n        return 1 / (1 + np.exp(-z))', 'class DerivativeOfActivation:\n    @staticmethod\n    def sigmoid(a):\n        return a * (1 - a)'];
    const source = `import numpy as np

${first}

${second}

class Network:
    def __init__(self, n_x, n_h, n_y):
        self.W1 = np.random.rand(n_x, n_h)
        self.W2 = np.random.rand(n_h, n_y)

    def feedforward(self, x):
        self.A1 = Activation.sigmoid(x @ self.W1)
        self.output = Activation.sigmoid(self.A1 @ self.W2)
        return self.output

    def backprop(self, x, y):
        dZ2 = 2 * (self.output - y) * DerivativeOfActivation.sigmoid(self.output)
        dZ1 = dZ2 @ self.W2.T
        self.W2 -= self.A1.T @ dZ2
        self.W1 -= x.T @ dZ1
`;
    return blames(source, 'backprop', 'dZ1 =');
  });

  it('a derivative that is right in terms of the activation is no fault of its own at a softmax', () =>
    blames(layers(good[0], good[1], '(cache["A2"] - Y) * sigmoid_derivative(cache["A2"])'), 'backward', 'dZ2 ='));

  it('a tanh that a forward pass keeps to itself', async () => {
    const inner = (tanh: string): string => layers(...good).replace('    A1 = relu(Z1)\n', `    def tanh(Z):\n        return ${tanh}\n    A1 = tanh(Z1)\n`).replace('relu_derivative(cache["Z1"])', '(1 - cache["A1"] ** 2)');
    const right = await check(inner('(np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))'));
    assert.equal(right.verdict, 'correct', say(right));
    await blames(inner('np.exp(Z) - np.exp(-Z) / np.exp(Z) + np.exp(-Z)'), 'tanh', 'return np.exp(Z) - np.exp(-Z) / np.exp(Z)');
  });
});
