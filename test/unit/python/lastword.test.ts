// Layers that are told their activation by a word, `Dense(4, 3, activation='softmax')`: what the file tells its last one, and where it tells none, what fits the outputs.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const library = `import numpy as np

def relu(x):
    return np.maximum(0, x)

def relu_derivative(x):
    return (x > 0).astype(float)

def softmax(x):
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)

def cross_entropy_loss(y_pred, y_true):
    return -np.mean(np.sum(y_true * np.log(np.clip(y_pred, 1e-15, 1 - 1e-15)), axis=1))

class Dense:
    def __init__(self, input_size, output_size, activation='relu'):
        self.weights = np.random.randn(input_size, output_size)
        self.biases = np.zeros((1, output_size))
        self.activation = activation

    def forward(self, x):
        self.input = x
        self.z = np.dot(x, self.weights) + self.biases
        if self.activation == 'relu':
            return relu(self.z)
        elif self.activation == 'softmax':
            return softmax(self.z)
        return self.z

    def backward(self, d_output, learning_rate):
        d_z = d_output * relu_derivative(self.z) if self.activation == 'relu' else d_output
        self.dW = np.dot(self.input.T, d_z) / len(self.input)
        self.db = np.mean(d_z, axis=0, keepdims=True)
        d_input = np.dot(d_z, self.weights.T)
        self.weights -= learning_rate * self.dW
        self.biases -= learning_rate * self.db
        return d_input

class Network:
    def __init__(self):
        self.layers = []

    def add_layer(self, layer):
        self.layers.append(layer)

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, y_pred, y_true, learning_rate):
        d_output = y_pred - y_true
        for layer in reversed(self.layers):
            d_output = layer.backward(d_output, learning_rate)

    def train(self, X, y, epochs=100, learning_rate=0.1):
        for epoch in range(epochs):
            y_pred = self.forward(X)
            loss = cross_entropy_loss(y_pred, y)
            self.backward(y_pred, y, learning_rate)
`;
const used = `${library}
def main():
    model = Network()
    model.add_layer(Dense(2, 64, activation='relu'))
    model.add_layer(Dense(64, 3, activation='softmax'))
    model.train(np.load('x.npy'), np.load('y.npy'))
`;

describe('python: the activation of the last layer, by a word', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const [what, source] of [['a file that tells its last layer', used], ['a library that tells it nothing', library]] as const) {
    it(`is that of ${what}`, async () => {
      const right = await check(source);
      assert.equal(right.verdict, 'correct', say(right));
      const mistaken = source.replace('d_input = np.dot(d_z, self.weights.T)', 'd_input = np.dot(d_output, self.weights.T)').replace('np.mean(d_z, axis=0, keepdims=True)', 'np.sum(d_z, axis=0, keepdims=True)');
      const wrong = await check(mistaken);
      assert.equal(wrong.verdict, 'wrong', say(wrong));
      assert.ok(wrong.findings.some((each) => each.line === lineOf(mistaken, 'self.db = np.sum')), say(wrong));
    });
  }
});
