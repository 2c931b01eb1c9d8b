// Layers and losses that have more than a chain of them needs: methods of a base that are only to be replaced, a rate of dropout, an argument that nothing reads.

import { bindsEach, pythonChecks, type Shape } from './support';

const columns = `import numpy as np


class Layer:
    def forward(self, input):
        raise NotImplementedError

    def backward(self, output_error, learning_rate):
        raise NotImplementedError


class Dense(Layer):
    def __init__(self, input_size, output_size):
        self.weights = np.random.randn(output_size, input_size)
        self.biases = np.random.randn(output_size, 1)

    def forward_propagation(self, input):
        self.input = input
        return np.dot(self.weights, input) + self.biases

    def backward_propagation(self, output_error, learning_rate):
        below = np.dot(self.weights.T, output_error)
        self.weights -= learning_rate * np.dot(output_error, self.input.T)
        self.biases -= learning_rate * output_error
        return below


class Activation(Layer):
    def __init__(self, function, function_prime):
        self.function, self.function_prime = function, function_prime

    def forward_propagation(self, input):
        self.input = input
        return self.function(input)

    def backward_propagation(self, output_error, learning_rate):
        return output_error * self.function_prime(self.input)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_prime(x):
    return sigmoid(x) * (1 - sigmoid(x))


def binary_cross_entropy(y_true, y_pred):
    return -(y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred))


def binary_cross_entropy_prime(y_true, y_pred):
    return -y_true / y_pred + (1 - y_true) / (1 - y_pred)
`;

const kept = `import numpy as np


class ReLU:
    def forward(self, input, keep_rate):
        return np.maximum(0, input)

    def backward(self, input, grad_output):
        return grad_output * (input > 0), 0, 0


class Dense:
    def __init__(self, num_inputs, num_outputs, learning_rate):
        self.learning_rate = learning_rate
        self.weights = np.random.normal(0, 0.3, (num_inputs, num_outputs))
        self.biases = np.zeros(num_outputs)

    def forward(self, input, keep_rate):
        self.mask = (np.random.rand(len(self.biases)) < keep_rate) / keep_rate
        return self.mask * (np.dot(input, self.weights) + self.biases)

    def backward(self, input, grad_output):
        grad_output = grad_output * self.mask
        return np.dot(grad_output, self.weights.T), np.dot(input.T, grad_output), grad_output.sum(axis=0)


def square_error(output, expected):
    return (output - expected) ** 2


def grad_square_error(output, expected):
    return 2 * (output - expected)
`;

/** mse() once needed the largest value, and is still given it. */
const unread = `import numpy as np


class Dense:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out)
        self.b = np.zeros((1, n_out))

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad, rate):
        below = grad @ self.W.T
        self.W -= rate * self.x.T @ grad
        self.b -= rate * grad.sum(axis=0, keepdims=True)
        return below


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad, rate):
        return grad * (1 - self.out ** 2)


def mse(y_true, y_pred, max_value):
    return np.mean((y_true - y_pred) ** 2)


def mse_prime(y_true, y_pred, max_value):
    return 2 * (y_pred - y_true) / np.size(y_true)
`;

const shapes: Shape[] = [
  { what: 'layers whose base has methods of other names, to be replaced', source: columns, mistake: ['output_error * self.function_prime', 'output_error + self.function_prime'] },
  { what: 'layers that are given a rate of dropout, and give back their gradients', source: kept, mistake: ['np.dot(input.T, grad_output)', 'np.dot(input.T, grad_output ** 2)'] },
  { what: 'a loss with an argument that it does not read', source: unread, mistake: ['1 - self.out ** 2', '1 - self.out'] },
];

describe('python: layers and losses with more than is needed', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
