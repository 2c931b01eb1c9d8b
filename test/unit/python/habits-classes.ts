// Classes with habits of their own, all correct: what habits.test.ts binds.

import { sigmoid } from './habits-functions';

/** Caches as objects, the output's activation and the loss told by an Enum, and the prediction under a name of its own. */
export const enums = `import numpy as np
from enum import Enum

class Kind(Enum):
    RELU = 'relu'
    SIGMOID = 'sigmoid'

class Loss(Enum):
    BINARY = 'binary-cross-entropy'
    SQUARES = 'squares'

class Kept:
    def __init__(self, linear, z):
        self.linear = linear
        self.z = z

def initialize_parameters(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f'W{l}'] = np.random.randn(layer_dims[l], layer_dims[l - 1])
        parameters[f'b{l}'] = np.zeros((layer_dims[l], 1))
    return parameters

def layer_forward(a, w, b, activation):
    z = w @ a + b
    if activation == Kind.RELU.value:
        out = np.maximum(0, z)
    elif activation == Kind.SIGMOID.value:
        out = 1 / (1 + np.exp(-z))
    return out, Kept((a, w, b), z)

def model_forward(data, parameters, activation):
    caches = []
    count = len(parameters) // 2
    for l in range(1, count):
        data, kept = layer_forward(data, parameters[f'W{l}'], parameters[f'b{l}'], "relu")
        caches.append(kept)
    last, kept = layer_forward(data, parameters[f'W{count}'], parameters[f'b{count}'], activation)
    caches.append(kept)
    return last, caches

def compute_cost(probability_vector, labels, loss):
    if loss == Loss.BINARY.value:
        return -np.mean(labels * np.log(probability_vector) + (1 - labels) * np.log(1 - probability_vector))
    return np.mean((probability_vector - labels) ** 2)

def layer_backward(da, kept, activation):
    a, w, b = kept.linear
    if activation == Kind.RELU.value:
        dz = da * (kept.z > 0)
    else:
        s = 1 / (1 + np.exp(-kept.z))
        dz = da * s * (1 - s)
    m = a.shape[1]
    return w.T @ dz, dz @ a.T / m, dz.sum(axis=1, keepdims=True) / m

def model_backward(probability_vector, labels, caches, activation):
    grads = {}
    count = len(caches)
    da = -(labels / probability_vector - (1 - labels) / (1 - probability_vector))
    da, grads[f'dW{count}'], grads[f'db{count}'] = layer_backward(da, caches[-1], activation)
    for l in reversed(range(count - 1)):
        da, grads[f'dW{l + 1}'], grads[f'db{l + 1}'] = layer_backward(da, caches[l], "relu")
    return grads
`;

/** Activations as functions that the constructor is given, none of which the file has. */
export const givenFunctions = `import numpy as np

class Net:
    def __init__(self, n1, n2, n3, epochs, alpha, g1, g2, derivg1):
        self.W1 = np.random.rand(n2, n1) - 0.5
        self.W2 = np.random.rand(n3, n2) - 0.5
        self.b1 = np.zeros((n2, 1))
        self.b2 = np.zeros((n3, 1))
        self.epochs, self.alpha = epochs, alpha
        self.g1, self.g2, self.derivg1 = g1, g2, derivg1

    def forward(self, X):
        A1 = self.g1(self.W1 @ X.T + self.b1)
        A2 = self.g2(self.W2 @ A1 + self.b2)
        return A1, A2

    def backward(self, x, y, A1, A2):
        m = len(x)
        delta2 = A2 - y.T
        delta1 = self.W2.T @ delta2 * self.derivg1(A1)
        return delta1 @ x / m, delta1.sum(axis=1, keepdims=True) / m, delta2 @ A1.T / m, delta2.sum(axis=1, keepdims=True) / m
`;

/** Weights under keys that are places, samples split into parts, a bias as a row, and deltas that only the update makes gradients of. */
export const places = `import numpy as np

class NeuralNetwork:
    def __init__(self, x, y, num_layers=2, num_nodes=None, eta=0.01, batch_size=1):
        self.x, self.y = x, y
        num_nodes = [4, 6] if num_nodes is None else num_nodes
        self.num_layers, self.eta, self.batch_size = num_layers, eta, batch_size
        self.batches = len(self.x["train"]) // batch_size + len(self.x["test"]) // batch_size
        self.weights = {}
        widths = [self.x["train"].shape[-1]] + num_nodes + [self.y["train"].shape[-1]]
        for i in range(num_layers + 1):
            self.weights[str(i) + str(i + 1)] = np.random.uniform(-1, 1, (widths[i] + 1, widths[i + 1]))
        self.z, self.delta = {}, {}

    def feedforward(self, x):
        for i in range(self.num_layers + 1):
            self.z[str(i)] = np.hstack([x, np.ones([x.shape[0], 1])])
            x = np.tanh(self.z[str(i)] @ self.weights[str(i) + str(i + 1)])
        self.out = x
        return x

    def backprop(self, x, y):
        self.feedforward(x)
        last = self.num_layers + 1
        self.delta[str(last)] = (self.out - y) * (1 - self.out ** 2)
        for i in range(self.num_layers, 0, -1):
            back = self.delta[str(i + 1)] @ self.weights[str(i) + str(i + 1)].T
            self.delta[str(i)] = (back * (1 - self.z[str(i)] ** 2))[:, :-1]

    def update_weights(self):
        for i in range(self.num_layers + 1):
            change = self.z[str(i)].T @ self.delta[str(i + 1)]
            self.weights[str(i) + str(i + 1)] = self.weights[str(i) + str(i + 1)] - self.eta * change
`;

/** A list that holds the very arrays of the attributes; only the list is updated. */
export const held = `import numpy as np

${sigmoid}
class Net:
    def __init__(self):
        self.weights1, self.biases1 = np.random.randn(5, 4), np.zeros(4)
        self.weights2, self.biases2 = np.random.randn(4, 3), np.zeros(3)
        self.settings = [self.weights1, self.biases1, self.weights2, self.biases2]
        self.learningRate = 1
        self.steps = []

    def feed_forward(self, x):
        self.x = x
        self.layer1 = sigmoid(np.dot(x, self.weights1) + self.biases1)
        self.output = sigmoid(np.dot(self.layer1, self.weights2) + self.biases2)
        return self.output

    def get_cost(self, label):
        return ((self.output - label) ** 2).sum()

    def back_prop(self, label):
        d2 = 2 * (self.output - label) * self.output * (1 - self.output)
        d1 = np.dot(self.weights2, d2) * self.layer1 * (1 - self.layer1)
        self.steps = [np.outer(self.x, d1), d1, np.outer(self.layer1, d2), d2]

    def update(self):
        for i in range(len(self.settings)):
            self.settings[i] -= self.steps[i] * self.learningRate
`;

/** Parameters as objects that keep their value and their gradient, in layers whose cost is another file's. */
export const parameterObjects = `import numpy as np

class Parameter:
    def __init__(self, data):
        self.data = data
        self.grad = np.zeros_like(data)

class Linear:
    def __init__(self, in_features, out_features):
        self.params = {"W": Parameter(np.random.randn(in_features, out_features)), "b": Parameter(np.zeros(out_features))}

    def forward(self, x):
        self.x = x
        return x @ self.params["W"].data + self.params["b"].data

    def backward(self, grad_out):
        self.params["W"].grad += self.x.T @ grad_out
        self.params["b"].grad += np.sum(grad_out, axis=0)
        return grad_out @ self.params["W"].data.T

class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(0, x)

    def backward(self, grad_out):
        return grad_out * (self.x > 0)
`;

/** A whole network whose backward pass is given the derivative of a cost that is another file's. */
export const outside = `import numpy as np

class MLP:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1, self.b1 = np.random.randn(n_in, n_hidden), np.zeros((1, n_hidden))
        self.W2, self.b2 = np.random.randn(n_hidden, n_out), np.zeros((1, n_out))

    def forward(self, X):
        self.X = X
        self.Z1 = X @ self.W1 + self.b1
        self.A1 = np.maximum(0, self.Z1)
        return self.A1 @ self.W2 + self.b2

    def backward(self, grad_out):
        self.dW2 = self.A1.T @ grad_out
        self.db2 = grad_out.sum(axis=0, keepdims=True)
        dZ1 = grad_out @ self.W2.T * (self.Z1 > 0)
        self.dW1 = self.X.T @ dZ1
        self.db1 = dZ1.sum(axis=0, keepdims=True)
        return dZ1 @ self.W1.T
`;

/** Layers that give their gradients beside the upstream derivative, a softmax without one, and a loss whose derivative has another name. */
export const besides = `import numpy as np

class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.inputs = inputs
        return inputs @ self.weights + self.biases

    def backward(self, dvalues):
        dweights = self.inputs.T @ dvalues
        dbiases = dvalues.sum(axis=0, keepdims=True)
        return dvalues @ self.weights.T, dweights, dbiases

class Relu:
    def forward(self, inputs):
        self.inputs = inputs
        return np.maximum(0, inputs)

    def backward(self, dvalues):
        return dvalues * (self.inputs > 0)

class Softmax:
    def forward(self, inputs):
        e = np.exp(inputs - inputs.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

def crossentropy_of_probabilities(y_pred, y_true):
    return -np.sum(y_true * np.log(y_pred))

def crossentropy_with_softmax_backward(y_pred, y_true):
    return y_pred - y_true
`;

/** Samples that are asked as tables. */
export const tables = `import numpy as np

${sigmoid}
class Logistic:
    def __init__(self, learning_rate=0.1, max_iter=100):
        self.learning_rate, self.max_iter = learning_rate, max_iter

    def fit(self, X, y):
        X = X.values
        self.beta = np.zeros((X.shape[1], 1))
        for i in range(self.max_iter):
            y_hat = sigmoid(X @ self.beta)
            target = y.values.reshape(-1, 1)
            self.loss = np.mean(-target * np.log(y_hat) - (1 - target) * np.log(1 - y_hat))
            gradient = (X * (y_hat - target)).mean(axis=0).reshape(-1, 1)
            self.beta = self.beta - self.learning_rate * gradient
`;
