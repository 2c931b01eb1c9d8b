// Parameters of a module that are wide, and functions that have one of their widths as a number.

import { bindsEach, pythonChecks, type Shape } from './support';

const tenClasses = `import numpy as np

net = {}
net["W1"] = np.random.randn(100, 28 * 28) / 28
net["b1"] = np.zeros((100, 1))
net["W2"] = np.random.randn(10, 100) / 10
net["b2"] = np.zeros((10, 1))

def forward(x, net):
    Z1 = np.dot(net["W1"], x.reshape(-1, 1)) + net["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(net["W2"], A1) + net["b2"]
    A2 = np.exp(Z2) / np.sum(np.exp(Z2))
    return A2, {"A1": A1, "A2": A2}

def backward(x, y, net, cache):
    target = np.zeros((10, 1))
    target[y, 0] = 1
    dZ2 = cache["A2"] - target
    dZ1 = np.dot(net["W2"].T, dZ2) * (1 - cache["A1"] ** 2)
    return {"W1": np.dot(dZ1, x.reshape(1, -1)), "b1": dZ1, "W2": np.dot(dZ2, cache["A1"].T), "b2": dZ2}
`;

const shapes: Shape[] = [
  { what: 'ten classes as a number in the backward pass, of 784 features, one sample at a time', source: tenClasses, mistake: ['- target', '- 2 * target'] },
];

describe('python: wide parameters of a module', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
