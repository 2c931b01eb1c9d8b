// Layers of a library: an abstract class that they are made from, and weights that are made once the layer knows what comes in.

import { bindsEach, pythonChecks } from './support';

const library = (learnt: string): string => `from abc import ABC, abstractmethod
import numpy as np

class Layer(ABC):
    def __init__(self):
        self.input_shape = None

    @abstractmethod
    def forward(self, x):
        raise NotImplementedError

    @abstractmethod
    def backward(self, above):
        raise NotImplementedError

class Through(Layer):
    def forward(self, x):
        return x

    def backward(self, above):
        return above

class Dense(Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.weights = None

${learnt}

    def forward(self, x):
        self.seen = x
        return x @ self.weights + self.bias

    def backward(self, above):
        self.d_weights = self.seen.T @ above
        self.d_bias = above.sum(axis=0)
        return above @ self.weights.T

class Tanh(Layer):
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, above):
        return above * (1 - self.out ** 2)
`;

const told = `    def initialize(self):
        self.weights = np.random.randn(*self.input_shape, self.units)
        self.bias = np.zeros(self.units)`;
const given = `    def build(self, n_inputs):
        self.weights = np.random.randn(n_inputs, self.units)
        self.bias = np.zeros(self.units)`;

describe('Layers that are built late', function () {
  this.timeout(60_000);
  bindsEach([
    { what: 'a layer that is told the shape of its input in an attribute', source: library(told), mistake: ['1 - self.out ** 2', '1 - self.out'] },
    { what: 'a layer whose build is given the number of its inputs', source: library(given), mistake: ['above @ self.weights.T', 'self.seen @ self.weights @ self.weights.T'] },
  ], pythonChecks());
});
