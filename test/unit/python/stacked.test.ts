// Gradients that come as one for each sample, passes that hand on lists whose names say nothing, and losses that a class names.

import { bindsEach, pythonChecks, type Shape } from './support';

/** backprop gives back one gradient for each sample; the step takes their mean. */
const stacked = `import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(x, y, eps=1e-15):
    return -(y * np.log(np.clip(x, eps, 1 - eps))).sum(axis=1)


class MLP:
    def __init__(self, sizes):
        self.sizes = sizes
        self.weights = [np.random.randn(o, i) for i, o in zip(sizes[:-1], sizes[1:])]
        self.biases = [np.random.randn(o) for o in sizes[1:]]

    def forward(self, x):
        outputs = [x]
        for i in range(len(self.weights)):
            x = x @ self.weights[i].T + self.biases[i]
            x = np.tanh(x) if i < len(self.weights) - 1 else softmax(x)
            outputs.append(x)
        return outputs

    def backprop(self, x, y):
        outputs = self.forward(x)
        grad_weights, grad_biases = [None] * len(self.weights), [None] * len(self.weights)
        delta = outputs[-1] - y
        for i in reversed(range(len(self.weights))):
            grad_weights[i] = delta[:, :, None] * outputs[i][:, None, :]
            grad_biases[i] = delta
            delta = (delta @ self.weights[i]) * (1 - outputs[i] ** 2)
        return cross_entropy(outputs[-1], y), grad_weights, grad_biases

    def train_step(self, batch, lr):
        x, y = batch
        loss, grad_weights, grad_biases = self.backprop(x, y)
        self.weights = [w - lr * g.mean(axis=0) for w, g in zip(self.weights, grad_weights)]
        self.biases = [b - lr * g.mean(axis=0) for b, g in zip(self.biases, grad_biases)]
        return loss.mean(axis=0)
`;

/** Only the biases come as one for each sample; the step sums them. */
const biasesAlone = stacked.replace('delta[:, :, None] * outputs[i][:, None, :]', 'delta.T @ outputs[i]').replace('[w - lr * g.mean(axis=0) for', '[w - lr * g / len(x) for').replace('[b - lr * g.mean(axis=0) for', '[b - lr * np.sum(g, 0) / len(x) for');

/** Nothing calls the two passes, and their lists have other names on either side. */
const inOrder = `import numpy as np


class Network:
    def __init__(self, dims):
        self.thetas = [np.random.randn(o, i) for i, o in zip(dims[:-1], dims[1:])]
        self.offsets = [np.zeros((o, 1)) for o in dims[1:]]

    def forward(self, inputs, target):
        linearLayers, curvedLayers = [inputs], [inputs]
        for theta, offset in zip(self.thetas, self.offsets):
            linearLayers.append(theta @ curvedLayers[-1] + offset)
            curvedLayers.append(np.tanh(linearLayers[-1]))
        cost = np.sum((curvedLayers[-1] - target) ** 2) / (2 * target.shape[1])
        return cost, linearLayers, curvedLayers

    def backpropagation(self, linearArr, curvedArr, target):
        theta_grads, offset_grads = [], []
        passed = (curvedArr[-1] - target) / target.shape[1]
        for i in range(len(self.thetas), 0, -1):
            common = passed * (1 - np.tanh(linearArr[i]) ** 2)
            theta_grads.insert(0, common @ curvedArr[i - 1].T)
            offset_grads.insert(0, common.sum(axis=1, keepdims=True))
            passed = self.thetas[i - 1].T @ common
        return theta_grads, offset_grads
`;

/** Which loss is meant is a text of a class in whose training the functions are called. */
const worded = `import numpy as np


def initialize(layer_dims):
    return {k + str(l): np.random.randn(layer_dims[l], layer_dims[l - 1] if k == "W" else 1) for l in range(1, len(layer_dims)) for k in "Wb"}


def forward(X, parameters):
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    return parameters["W2"] @ A1 + parameters["b2"], (X, A1)


def compute_cost(loss_func, Y_true, Y_pred):
    if loss_func == "hinge":
        return np.mean(np.maximum(0, 1 - Y_true * Y_pred))
    elif loss_func == "MSE":
        return np.mean((Y_true - Y_pred) ** 2)


def backward(AL, Y, cache, parameters, loss_name):
    X, A1 = cache
    if loss_name == "hinge":
        dZ2 = -Y * (Y * AL < 1) / AL.size
    elif loss_name == "MSE":
        dZ2 = 2 * (AL - Y) / AL.size
    dZ1 = (parameters["W2"].T @ dZ2) * (1 - A1 ** 2)
    return {"dW1": dZ1 @ X.T, "db1": dZ1.sum(axis=1, keepdims=True), "dW2": dZ2 @ A1.T, "db2": dZ2.sum(axis=1, keepdims=True)}


class Regression:
    loss_func = "MSE"

    def train(self, X, Y, layers, rate):
        parameters = initialize(layers)
        for _ in range(10):
            AL, cache = forward(X, parameters)
            print(compute_cost(self.loss_func, Y, AL))
            grads = backward(AL, Y, cache, parameters, self.loss_func)
            for key in parameters:
                parameters[key] -= rate * grads["d" + key]
`;

const shapes: Shape[] = [
  { what: 'one gradient for each sample, of which the step takes the mean', source: stacked, mistake: ['delta = (delta @ self.weights[i]) * (1 - outputs[i] ** 2)', 'delta = delta @ self.weights[i]'] },
  { what: 'biases that come as one for each sample, which the step sums', source: biasesAlone, mistake: ['np.sum(g, 0) / len(x)', 'g / len(x)'] },
  { what: 'lists that a forward pass gives back in the order in which the backward pass takes them', source: inOrder, mistake: ['1 - np.tanh(linearArr[i]) ** 2', '1 - linearArr[i] ** 2'] },
  { what: 'a loss that is a text of a class', source: worded, mistake: ['dZ2 = 2 * (AL - Y) / AL.size', 'dZ2 = 2 * (Y - AL) / AL.size'] },
];

describe('python: what is given for each sample, or in lists', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
