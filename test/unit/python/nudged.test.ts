// A script that checks its own gradients by differences: what is added to a parameter and taken off again is no step of a training.

import assert from 'node:assert/strict';
import { pythonChecks, say } from './support';

const source = `import numpy as np
from dataclasses import dataclass

@dataclass
class Square:
    @staticmethod
    def output(x, y):
        return np.mean((x - y) ** 2)

    @staticmethod
    def derivative(x, y):
        return 2 * (x - y)

@dataclass
class Linear:
    @staticmethod
    def output(z):
        return z

    @staticmethod
    def derivative(z):
        return 1

@dataclass
class ReLU:
    @staticmethod
    def output(z):
        z = z.copy()
        z[z < 0] = 0
        return z

    @staticmethod
    def derivative(z):
        return np.where(z > 0, 1, 0)

@dataclass
class Neuron:
    inputs: int
    activation: Linear
    before = []

    def __post_init__(self):
        self.w = 2 * np.random.random(self.inputs) - 1
        self.b = 2 * np.random.random(1) - 1
        self.w_grad = np.zeros_like(self.w)
        self.b_grad = np.zeros_like(self.b)

    def slope(self):
        return np.expand_dims(self.activation.derivative(self.z), axis=0)

    def output(self, x):
        self.x = x
        self.z = (x.dot(self.w) + self.b).squeeze()
        return self.activation.output(self.z)

@dataclass
class Layer:
    inputs: int
    units: int
    activation: Linear

    def __post_init__(self):
        self.neurons = [Neuron(self.inputs, self.activation) for _ in range(self.units)]

    def output(self, x):
        return np.array([neuron.output(x) for neuron in self.neurons])

@dataclass
class Network:
    layers: list
    h: float
    loss_fn: Square

    def __post_init__(self):
        for below, above in zip(self.layers, self.layers[1:]):
            for neuron in above.neurons:
                neuron.before = below.neurons

    def backward(self, pred, real):
        def down(neuron, delta):
            neuron.w_grad = neuron.w_grad + delta * neuron.slope() * neuron.x
            neuron.b_grad = neuron.b_grad + delta * neuron.slope()
            delta = delta * neuron.slope() * neuron.w
            for d, other in enumerate(neuron.before):
                down(other, delta[d])

        slopes = self.loss_fn.derivative(pred, real)
        for n, neuron in enumerate(self.layers[-1].neurons):
            down(neuron, slopes[n] / len(slopes))

    def compare(self, x, pred, real):
        loss = Square.output(pred, real)
        for layer in self.layers[::-1]:
            for neuron in layer.neurons:
                by_w = np.zeros_like(neuron.w_grad)
                for k in range(len(neuron.w)):
                    neuron.w[k] += self.h
                    moved = self.loss_fn.output(self.forward(x), real)
                    neuron.w[k] -= self.h
                    by_w[k] = (moved - loss) / self.h
                neuron.b += self.h
                moved = self.loss_fn.output(self.forward(x), real)
                neuron.b -= self.h
                print(neuron.w_grad / by_w, neuron.b_grad / ((moved - loss) / self.h))

    def forward(self, x):
        for layer in self.layers:
            x = layer.output(x)
        return x

network = Network(layers=[Layer(2, 3, ReLU()), Layer(3, 5, Linear()), Layer(5, 3, Linear()), Layer(3, 1, Linear())], h=1e-4, loss_fn=Square)
x = np.array([3, 3]).astype(np.float64)
y = np.array([3]).astype(np.float64)
pred = network.forward(x)
network.backward(pred, y)
network.compare(x, pred, y)
`;

describe('python: a check by differences in the script itself', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is not taken for a training that goes astray', async () => {
    const result = await check(source);
    assert.notEqual(result.verdict, 'wrong', say(result));
    assert.doesNotMatch(result.summary, /the check itself failed/i);
  });
});
