// Modules of layers that another file puts together: how their methods are called, what their constructors want, and losses that are no plain functions.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** Layers that are told whether this is training, and a loss that counts over an epoch. */
const told = (dbiases: string) => `import numpy as np


class DenseLayer:
    def __init__(self, n_inputs, n_neurons, weight_l2=0):
        self.weights = np.random.randn(n_inputs, n_neurons) * 0.1
        self.biases = np.zeros((1, n_neurons))
        self.weight_l2 = weight_l2

    def forward(self, inputs, training):
        self.inputs = inputs
        self.output = inputs @ self.weights + self.biases

    def backward(self, dvalues):
        self.dweights = self.inputs.T @ dvalues
        self.dbiases = ${dbiases}
        self.dinputs = dvalues @ self.weights.T


class Tanh:
    def forward(self, inputs, training):
        self.output = np.tanh(inputs)

    def backward(self, dvalues):
        self.dinputs = dvalues * (1 - self.output ** 2)


class Loss:
    def calculate(self, output, y):
        losses = self.forward(output, y)
        self.accumulated_sum += np.sum(losses)
        self.accumulated_count += len(losses)
        return np.mean(losses)

    def new_pass(self):
        self.accumulated_sum = 0
        self.accumulated_count = 0


class MeanSquaredError(Loss):
    def forward(self, y_pred, y_true):
        return np.mean((y_true - y_pred) ** 2, axis=-1)

    def backward(self, dvalues, y_true):
        self.dinputs = -2 * (y_true - dvalues) / len(dvalues[0]) / len(dvalues)
`;

/** A loss that sends its derivative to the network itself, and layers of an abstract class. */
const sent = (dW: string) => `from abc import ABC, abstractmethod
import numpy as np


class Layer(ABC):
    @abstractmethod
    def forward(self, X):
        pass

    @abstractmethod
    def backward(self, grads):
        pass


class Linear(Layer):
    def __init__(self, in_dim, out_dim, draw=np.random.normal):
        self.params = {'W': draw(size=(in_dim, out_dim)), 'b': draw(size=(1, out_dim))}
        self.grads = {'W': None, 'b': None}

    def forward(self, X):
        self.input = X
        return X @ self.params['W'] + self.params['b']

    def backward(self, grad):
        self.grads['W'] = ${dW}
        self.grads['b'] = np.sum(grad, axis=0, keepdims=True)
        return grad @ self.params['W'].T


class ReLU(Layer):
    def forward(self, X):
        self.input = X
        return np.where(X < 0, 0, X)

    def backward(self, grads):
        return np.where(self.input < 0, 0, grads)


def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


class CrossEntropyLoss(Layer):
    def __init__(self, model=None):
        self.model = model

    def forward(self, predicts, labels):
        self.predicts, self.labels = predicts, labels
        return -np.mean(np.log(softmax(predicts)[np.arange(len(labels)), labels]))

    def backward(self):
        above = softmax(self.predicts)
        above[np.arange(len(self.labels)), self.labels] -= 1
        self.model.backward(above / len(self.labels))
`;

/** Layers that are given their parameters, and keep them in a list. */
const listed = (dx: string) => `import numpy as np


class Affine:
    def __init__(self, W, b):
        self.params = [W, b]
        self.grads = [np.zeros_like(W), np.zeros_like(b)]

    def forward(self, x):
        W, b = self.params
        self.x = x
        return np.dot(x, W) + b

    def backward(self, dout):
        W, b = self.params
        self.grads[0][...] = np.dot(self.x.T, dout)
        self.grads[1][...] = np.sum(dout, axis=0)
        return np.dot(dout, W.T)


class Sigmoid:
    def __init__(self):
        self.params, self.grads = [], []

    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        return ${dx}


class SquaredLoss:
    def forward(self, x, true):
        self.x, self.true = x, true
        return 0.5 * np.sum((x - true) ** 2) / len(x)

    def backward(self, dout=1):
        return (self.x - self.true) / len(self.x)
`;

/** A layer with its activation inside that is told its input once more, and updates at once. */
const updated = (through: string) => `import numpy as np


class FullyConnected:
    def __init__(self, in_nodes, out_nodes):
        self.weights = np.random.normal(0, 0.1, (in_nodes, out_nodes))
        self.biases = np.random.normal(0, 0.1, (1, out_nodes))

    def forwardpass(self, X):
        self.data = X @ self.weights + self.biases
        return np.maximum(self.data, 0)

    def backwardpass(self, lr, activation_prev, delta):
        temp = ${through}
        out = temp @ self.weights.T
        self.weights = self.weights - lr * activation_prev.T @ temp / len(temp)
        self.biases = self.biases - lr * np.mean(temp, axis=0, keepdims=True)
        return out
`;

/** A layer whose constructor takes one shape. */
const shaped = (db: string) => `import numpy as np


class Linear:
    def __init__(self, shape):
        self.W = np.random.randn(*shape) / shape[0] ** 0.5
        self.b = np.zeros(shape[-1])

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, eta):
        self.dW = np.dot(self.x.T, eta) / len(eta)
        self.db = ${db}
        return np.dot(eta, self.W.T)


class Relu:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def backward(self, eta):
        return eta * (self.x > 0)
`;

/** A second activation, and a last layer that is given the derivative by Z: the loss of another file has that of its sigmoid. */
const several = (slope: string) => `import numpy as np


class Linear:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * 0.1
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0)
        return grad @ self.W.T


class LastLayer:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * 0.1
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return 1 / (1 + np.exp(-(x @ self.W + self.b)))

    def backward(self, grad):
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0)
        return grad @ self.W.T


class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def backward(self, grad):
        return grad * (self.x > 0)


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad):
        return ${slope}
`;

const STYLES: [string, (part: string) => string, string, string, string][] = [
  ['layers that are told whether this is training, with a loss that counts', told, 'np.sum(dvalues, axis=0, keepdims=True)', 'np.mean(dvalues, axis=0, keepdims=True)', 'backward'],
  ['a loss that sends its derivative to the network', sent, 'self.input.T @ grad', 'self.input.T @ grad / len(grad)', 'backward'],
  ['layers that are given W and b', listed, 'dout * self.out * (1 - self.out)', 'dout * self.out', 'backward'],
  ['a backward pass that is told its input', updated, 'delta * (self.data > 0)', 'delta * self.data', 'backwardpass'],
  ['an activation beside one that is right', several, 'grad * (1 - self.out ** 2)', 'grad * (1 - self.out)', 'backward'],
  ['a constructor that takes one shape', shaped, 'np.mean(eta, axis=0)', 'np.sum(eta)', 'backward'],
];

describe('modules of layers', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const [what, source, right, wrong, name] of STYLES) {
    it(`${what}: correct, and wrong where it is wrong`, async () => {
      const good = await check(source(right));
      assert.equal(good.verdict, 'correct', say(good));
      const bad = await check(source(wrong));
      assert.equal(bad.verdict, 'wrong', say(bad));
      const finding = bad.findings.find((each) => each.severity === 'error') ?? bad.findings[0];
      assert.match(finding?.function ?? '', new RegExp(`${name}$`), say(bad));
      assert.equal(finding?.line, lineOf(source(wrong), wrong), say(bad));
    });
  }
});
