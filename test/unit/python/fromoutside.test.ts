// A derivative of the cost that another file hands over as a function.

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

const shapes: readonly Shape[] = [
  {
    what: 'the derivative of a cost that another file has',
    source: handed,
    mistake: ['np.sum(delta, axis=0, keepdims=True)', 'np.mean(delta, axis=0, keepdims=True)'],
    unchecked: 'd_cost_func',
  },
];

describe('functions of another file', function () {
  this.timeout(30_000);
  bindsEach(shapes, pythonChecks());
});
