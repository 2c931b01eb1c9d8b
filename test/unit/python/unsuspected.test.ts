// Correct networks that were told wrong, or could not be put together, for how they take their samples, their small numbers and their names.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say } from './support';

const guarded = `import numpy as np


def init(layers):
    return {"W1": np.random.randn(layers[1], layers[0]), "b1": np.zeros((layers[1], 1)), "W2": np.random.randn(layers[2], layers[1]), "b2": np.zeros((layers[2], 1))}


def forward(X, params):
    Z1 = params["W1"] @ X + params["b1"]
    A1 = np.tanh(Z1)
    A2 = 1 / (1 + np.exp(-(params["W2"] @ A1 + params["b2"])))
    return A2, {"A1": A1, "A2": A2}


def cost(A2, Y, tol):
    return -np.sum(Y * np.log(A2 + tol) + (1 - Y) * np.log(1 - A2 + tol)) / Y.shape[1]


def backward(X, Y, params, cache):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = params["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    return {"dW2": dZ2 @ cache["A1"].T / m, "db2": dZ2.sum(axis=1, keepdims=True) / m, "dW1": dZ1 @ X.T / m, "db1": dZ1.sum(axis=1, keepdims=True) / m}
`;

const handedError = `import numpy as np


class MLP:
    def __init__(self, shape):
        self.biases = [np.random.randn(y, 1) for y in shape[1:]]
        self.weights = [np.random.randn(x, y) for x, y in zip(shape[1:], shape[:-1])]
        self.activations = [np.zeros((y, 1)) for y in shape]
        self.derivatives = [np.zeros((x, y)) for x, y in zip(shape[1:], shape[:-1])]

    def feed_forward(self, a):
        self.activations[0] = a
        for i, (b, w) in enumerate(zip(self.biases, self.weights)):
            a = sigmoid(np.dot(w, a) + b)
            self.activations[i + 1] = a
        return a

    def back_prop(self, error):
        for i in reversed(range(len(self.derivatives))):
            delta = error * slope(self.activations[i + 1])
            self.derivatives[i] = np.dot(delta, self.activations[i].T)
            error = np.dot(self.weights[i].T, delta)
        return error

    def descend(self, learning_rate):
        for i in range(len(self.weights)):
            self.weights[i] += self.derivatives[i] * learning_rate

    def train(self, inputs, targets, epochs, learning_rate):
        for epoch in range(epochs):
            total = 0
            for j, (one, target) in enumerate(zip(inputs, targets)):
                output = self.feed_forward(np.array([[one[0]], [one[1]]]))
                error = target - output
                self.back_prop(error)
                self.descend(learning_rate)
                total += np.average((target - output) ** 2)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def slope(x):
    return x * (1.0 - x)
`;

const vectors = `import numpy as np


class Weights:
    def __init__(self, n_in, n_out):
        self.n_in, self.n_out = n_in, n_out
        self.values = np.random.normal(0, 0.5, (n_in, n_out))

    def forward(self, X):
        self.given = X
        return np.dot(X, self.values)

    def backward(self, grad):
        self.grad = np.dot(self.given.reshape(self.n_in, -1), grad.reshape(-1, self.n_out))
        return np.dot(grad, self.values.T)

    def update(self):
        self.values -= 0.1 * self.grad


class Sigmoid:
    def forward(self, X):
        self.out = 1 / (1 + np.exp(-X))
        return self.out

    def backward(self, grad):
        return grad * self.out * (1 - self.out)


class Network:
    def __init__(self, structure):
        self.layers = []
        for n_in, n_out in zip(structure[:-1], structure[1:]):
            self.layers += [Weights(n_in, n_out), Sigmoid()]

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        self.output = X
        return X

    def backward(self, y):
        gradient = self.output - y
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)
        return gradient

    def update(self):
        for layer in self.layers[::2]:
            layer.update()
`;

const held = `import numpy as np


def tanh(z):
    return np.tanh(z)


def softmax(z):
    e = np.exp(z - np.max(z, axis=0))
    return e / np.sum(e, axis=0)


def derivative(kind, z):
    if kind == "tanh":
        return 1 - np.tanh(z) ** 2


class Net:
    def __init__(self, X, y, X_test, y_test, activation, num_labels, architecture):
        self.X, self.X_test, self.y, self.y_test = X.copy(), X_test.copy(), y.copy(), y_test.copy()
        self.m, self.num_labels, self.activation = X.shape[1], num_labels, activation
        self.widths = [X.shape[0]] + architecture + [self.num_labels]
        self.parameters, self.layers = {}, {}
        self.L = len(self.widths) - 1
        assert self.y.shape == (self.num_labels, self.m)
        for i in range(1, self.L + 1):
            self.parameters["w" + str(i)] = np.random.randn(self.widths[i], self.widths[i - 1])
            self.parameters["b" + str(i)] = np.zeros((self.widths[i], 1))

    def forward(self):
        self.layers["a0"] = self.X
        for i in range(1, self.L + 1):
            self.layers["z" + str(i)] = self.parameters["w" + str(i)] @ self.layers["a" + str(i - 1)] + self.parameters["b" + str(i)]
            self.layers["a" + str(i)] = (eval(self.activation) if i < self.L else softmax)(self.layers["z" + str(i)])
        self.output = self.layers["a" + str(self.L)]
        return -np.sum(self.y * np.log(self.output)) / self.m

    def backpropagate(self):
        grads = {}
        dZ = self.output - self.y
        for i in range(self.L, 0, -1):
            grads["dw" + str(i)] = dZ @ self.layers["a" + str(i - 1)].T / self.m
            grads["db" + str(i)] = np.sum(dZ, axis=1, keepdims=True) / self.m
            if i > 1:
                dZ = self.parameters["w" + str(i)].T @ dZ * derivative(self.activation, self.layers["z" + str(i - 1)])
        return grads

    def accuracy(self):
        return np.mean(np.argmax(self.output, axis=0) == np.argmax(self.y_test, axis=0))
`;

const unzipped = `import numpy as np


def linear(a):
    return a


def linear_prime(a):
    return np.ones(a.shape)


def tanh(a):
    return np.tanh(a)


def tanh_prime(a):
    return 1.0 - np.tanh(a) ** 2


def softmax(a):
    e = np.exp(a - np.max(a, axis=0))
    return e / np.sum(e, axis=0)


class NN:
    def __init__(self, sizes, kind):
        self.sizes = sizes
        self.g, self.g_prime = globals()[kind], globals()[kind + "_prime"]
        self.Ws = [np.random.randn(y, x) for x, y in zip(sizes[:-1], sizes[1:])]
        self.bs = [np.zeros((y, 1)) for y in sizes[1:]]

    def forward_prop(self, x):
        outs, sums = [x], []
        for l, (W, b) in enumerate(zip(self.Ws, self.bs)):
            sums.append(np.dot(W, outs[-1]) + b)
            outs.append(softmax(sums[-1]) if l == len(self.Ws) - 1 else self.g(sums[-1]))
        return outs, sums

    def backward_prop(self, batch):
        x, y = zip(*batch)
        x, y = np.hstack(x), np.hstack(y)
        outs, sums = self.forward_prop(x)
        nabla_W, nabla_b = [None] * len(self.Ws), [None] * len(self.Ws)
        delta = outs[-1] - y
        for l in range(len(self.Ws) - 1, -1, -1):
            nabla_W[l] = np.dot(delta, outs[l].T)
            nabla_b[l] = np.sum(delta, axis=1).reshape(self.bs[l].shape)
            if l > 0:
                delta = np.dot(self.Ws[l].T, delta) * self.g_prime(sums[l - 1])
        return nabla_W, nabla_b

    def step(self, batch, alpha):
        nabla_W, nabla_b = self.backward_prop(batch)
        self.Ws = [W - alpha * each for W, each in zip(self.Ws, nabla_W)]
        self.bs = [b - alpha * each for b, each in zip(self.bs, nabla_b)]
`;

const criterion = `import numpy as np


def normal(n_in, n_out):
    return np.random.randn(n_in, n_out), np.zeros((1, n_out))


class ReLU:
    def forward(self, x):
        self.cache = x
        return np.maximum(0, x)

    def backward(self, dupstream):
        return dupstream * (self.cache > 0)


class SoftMax:
    def forward(self, x):
        e = np.exp(x - np.max(x, axis=1, keepdims=True))
        self.cache = e / np.sum(e, axis=1, keepdims=True)
        return self.cache

    def backward(self, dupstream):
        return np.copy(dupstream)


class Layer:
    def __init__(self, n_in, n_out, start, activation):
        self.weight, self.bias = start(n_in, n_out)
        self.activation = activation

    def forward(self, x):
        self.cache = x
        return self.activation.forward(x @ self.weight + self.bias)

    def backward(self, dupstream):
        dupstream = self.activation.backward(dupstream)
        self.weight_grad = self.cache.T @ dupstream
        self.bias_grad = np.sum(dupstream, axis=0, keepdims=True)
        return dupstream @ self.weight.T


class Network:
    def __init__(self, layers):
        self.layers = layers

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dupstream):
        for layer in reversed(self.layers):
            dupstream = layer.backward(dupstream)
        return dupstream

    def optimizer_step(self, lr):
        for layer in self.layers:
            layer.weight = layer.weight - lr * layer.weight_grad
            layer.bias = layer.bias - lr * layer.bias_grad


def loss(y_true, y_pred):
    loss = -np.sum(y_true * np.log(y_pred)) / y_true.shape[0]
    grad = (y_pred - y_true) / y_true.shape[0]
    return loss, grad


def train(net, inputs, labels, criterion, lr):
    predictions = net.forward(inputs)
    value, grad = criterion(labels, predictions)
    net.backward(grad)
    net.optimizer_step(lr)
    return value


network = Network([Layer(5, 4, normal, ReLU()), Layer(4, 3, normal, SoftMax())])
`;

const beside = `import numpy as np


def sigmoid(x, backward=False):
    return x * (1 - x) if backward else 1 / (1 + np.exp(-x))


def to_one_hot(y, classes):
    y = [y] if type(y) == int else y
    out = np.zeros((len(y), classes))
    out[np.arange(len(y)), np.array(y)] = 1
    return out


def mse_loss(out, y):
    return 0.5 * np.sum((out - y) ** 2)


class Network:
    def __init__(self, shape):
        self.shape = shape
        self.weights = [np.random.randn(n, k) for n, k in zip(shape[:-1], shape[1:])]
        self.biases = [np.random.randn(k) for k in shape[1:]]

    def forward(self, x):
        outputs = [x]
        for w, b in zip(self.weights, self.biases):
            outputs.append(sigmoid(np.dot(outputs[-1], w) + b))
        return outputs

    def backprop(self, x, y):
        x = np.array(x)[np.newaxis, :]
        y = to_one_hot(y, 2)
        outputs = self.forward(x)
        loss = mse_loss(outputs[-1], y)
        nabla_w, nabla_b = [None] * len(self.weights), [None] * len(self.weights)
        delta = (outputs[-1] - y) * sigmoid(outputs[-1], backward=True)
        for l in range(len(self.weights) - 1, -1, -1):
            nabla_w[l], nabla_b[l] = np.dot(outputs[l].T, delta), delta[0]
            delta = np.dot(delta, self.weights[l].T) * sigmoid(outputs[l], backward=True)
        return nabla_w, nabla_b, loss

    def update_mini_batch(self, batch, lr):
        nabla_w, nabla_b = [np.zeros(w.shape) for w in self.weights], [np.zeros(b.shape) for b in self.biases]
        for x, y in batch:
            dw, db, _ = self.backprop(x, y)
            nabla_w = [a + b for a, b in zip(nabla_w, dw)]
            nabla_b = [a + b for a, b in zip(nabla_b, db)]
        self.weights = [w - lr * each for w, each in zip(self.weights, nabla_w)]
        self.biases = [b - lr * each for b, each in zip(self.biases, nabla_b)]
`;

const classifier = `import numpy as np


def random_weights(size):
    return np.random.uniform(-0.08, 0.08, size)


def create_classifier(in_dim, hid_dim, out_dim):
    W = random_weights((in_dim, hid_dim))
    b = random_weights(hid_dim)
    U = random_weights((hid_dim, out_dim))
    b_tag = random_weights(out_dim)
    params = [W, b, U, b_tag]
    return params


def softmax(x):
    e = np.exp(x - np.max(x))
    return e / np.sum(e)


def loss_and_gradients(x, y, params):
    W, b, U, b_tag = params
    h = np.tanh(np.dot(x, W) + b)
    p = softmax(np.dot(h, U) + b_tag)
    loss = -np.log(p[y])
    diff = p.copy()
    diff[y] -= 1
    gU, gb_tag = np.outer(h, diff), diff
    gb = np.dot(U, diff) * (1 - h ** 2)
    gW = np.outer(x, gb)
    return loss, [gW, gb, gU, gb_tag]
`;

const split = `from numpy import random, exp, dot
import pandas as pd


class NeuralNetwork:
    def __init__(self, gate_input, gate_output):
        self.gate_input = gate_input
        self.gate_output = gate_output
        self.weights_1 = 2 * random.random((3, 5)) - 1
        self.weights_2 = 2 * random.random((5, 2)) - 1

    def sigmoid(self, x):
        return 1 / (1 + exp(-x))

    def sigmoid_derivative(self, x):
        return x * (1 - x)

    def train(self, num_steps):
        for _ in range(num_steps):
            layer1 = self.sigmoid(dot(self.gate_input, self.weights_1))
            output = self.sigmoid(dot(layer1, self.weights_2))
            delta = (self.gate_output - output) * self.sigmoid_derivative(output)
            below = dot(delta, self.weights_2.T) * self.sigmoid_derivative(layer1)
            self.weights_2 += dot(layer1.T, delta)
            self.weights_1 += dot(self.gate_input.T, below)


if __name__ == "__main__":
    dataset = pd.read_csv("gates.txt").values
    network = NeuralNetwork(dataset[:, :3], dataset[:, 3:])
    network.train(6000)
`;

const predicted = `import numpy as np


class Net:
    def __init__(self, n_in, n_out):
        self.w = np.random.randn(n_in, n_out)
        self.bias = np.zeros([1, n_out])

    def forward(self, x):
        self.x = x
        return np.matmul(x, self.w) + self.bias

    def backward(self, grad):
        self.grad_w = np.dot(self.x.T, grad)
        self.grad_b = np.sum(grad, axis=0)
        return np.dot(grad, self.w.T)

    def update(self, lr):
        self.w = self.w - lr * self.grad_w
        self.bias = self.bias - lr * self.grad_b


class Trainer:
    def __init__(self):
        self.fc1, self.fc2 = Net(5, 4), Net(4, 3)

    def mse(self, y_pre, y):
        m = y.shape[0]
        return 0.5 * np.sum((y_pre - y) ** 2) / m, (y_pre - y) / m

    def forward(self, x):
        return self.fc2.forward(self.fc1.forward(x))

    def backward(self, y_pre, y):
        _, grad = self.mse(y_pre, y)
        self.fc1.backward(self.fc2.backward(grad))

    def update(self, lr):
        self.fc1.update(lr)
        self.fc2.update(lr)
`;

describe('correct networks that were suspected', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  bindsEach(
    [
      { what: 'a small number without a default that keeps logarithms from 0', source: guarded, mistake: ['(1 - cache["A1"] ** 2)', '(1 - cache["A1"])'] },
      { what: 'a pass that its training hands the error, of samples taken in pairs', source: handedError, mistake: ['return x * (1.0 - x)', 'return x * (2.0 - x)'] },
      { what: 'layers of one sample that are turned by their shapes', source: vectors, mistake: ['grad * self.out * (1 - self.out)', 'grad * self.out * (1 + self.out)'] },
      { what: 'a constructor that keeps test samples beside the others', source: held, mistake: ['return 1 - np.tanh(z) ** 2', 'return 1 - np.tanh(z)'] },
      { what: 'activations looked up by a text, and pairs that are unzipped', source: unzipped, mistake: ['return 1.0 - np.tanh(a) ** 2', 'return 1.0 - np.tanh(a)'] },
      { what: 'a loss that gives its gradient, handed to a training', source: criterion, mistake: ['return np.copy(dupstream)', 'return dupstream * self.cache * (1 - self.cache)'] },
      { what: 'labels made one-hot beside the cost', source: beside, mistake: ['delta = (outputs[-1] - y) * sigmoid(outputs[-1], backward=True)', 'delta = (outputs[-1] - y)'] },
      { what: 'parameters that a function of widths has another one draw', source: classifier, mistake: ['(1 - h ** 2)', '(1 - h)'] },
      { what: 'columns of one table as samples and targets', source: split, mistake: ['* self.sigmoid_derivative(layer1)', '* self.sigmoid_derivative(delta.dot(self.weights_2.T))'] },
      { what: 'a prediction that is called y_pre', source: predicted, mistake: ['np.sum(grad, axis=0)', 'np.sum(grad)'] },
    ],
    check,
  );

  const shown = (gradient: string): string => `import numpy as np


def cross_entropy(A, Y):
    return -np.sum(Y * np.log(A)) / Y.shape[0]


class Model:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1, self.b1 = np.random.randn(n_in, n_hidden), np.zeros(n_hidden)
        self.W2, self.b2 = np.random.randn(n_hidden, n_out), np.zeros(n_out)

    def forward(self, X):
        self.X, self.A1 = X, np.tanh(X @ self.W1 + self.b1)
        e = np.exp(self.A1 @ self.W2 + self.b2)
        self.A2 = e / e.sum(axis=1, keepdims=True)
        return self.A2

    def backward(self, y, lambda_reg=0.0):
        m = y.shape[0]
        dZ2 = (self.A2 - y) / m
        dW2 = self.A1.T @ dZ2 + ${gradient} * self.W2
        dZ1 = dZ2 @ self.W2.T * (1 - self.A1 ** 2)
        dW1 = self.X.T @ dZ1 + ${gradient} * self.W1
        return {"W1": dW1, "b1": dZ1.sum(axis=0), "W2": dW2, "b2": dZ2.sum(axis=0)}


class Trainer:
    def __init__(self, model, learning_rate, lambda_reg):
        self.model, self.learning_rate, self.lambda_reg = model, learning_rate, lambda_reg

    def train(self, X, y):
        out = self.model.forward(X)
        loss = cross_entropy(out, y)
        loss += 0.5 * self.lambda_reg * (np.sum(self.model.W1 ** 2) + np.sum(self.model.W2 * self.model.W2))
        grads = self.model.backward(y, lambda_reg=self.lambda_reg)
        self.model.W1 -= self.learning_rate * grads["W1"]
        self.model.b1 -= self.learning_rate * grads["b1"]
        self.model.W2 -= self.learning_rate * grads["W2"]
        self.model.b2 -= self.learning_rate * grads["b2"]
        return loss
`;

  it('compares the L2 term of a gradient with the one that the training adds to its cost', async () => {
    const right = await check(shown('lambda_reg'));
    assert.equal(right.verdict, 'correct', say(right));
    const source = shown('2 * lambda_reg');
    const double = await check(source);
    assert.equal(double.verdict, 'wrong', say(double));
    assert.equal(double.findings[0]!.rule, 'l2');
    assert.equal(double.findings[0]!.line, lineOf(source, 'dW2 ='), say(double));
    assert.match(double.findings[0]!.message, /2 times/);
  });

  const asked = (key: string, after = ''): string => `import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    grads = {"dw": np.dot(X, (A - Y).T) / m, "db": np.sum(A - Y) / m}${after}
    return grads, cost


def optimize(w, b, X, Y, num_iterations, learning_rate):
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        dw = grads["${key}"]
        w = w - learning_rate * dw
        b = b - learning_rate * grads["db"]
    grads = {"last": dw}
    return w, b, grads, cost
`;

  it('tells a key that the training asks for in vain, and none that may have been made', async () => {
    const source = asked('gw');
    const stopped = await check(source);
    assert.equal(stopped.verdict, 'cannot run', say(stopped));
    assert.equal(stopped.findings[0]!.line, lineOf(source, 'dw = grads'));
    assert.match(stopped.findings[0]!.message, /KeyError: 'gw'/);
    for (const other of [asked('dw'), asked('gw', '\n    grads["gw"] = grads["dw"]')]) assert.equal((await check(other)).verdict, 'correct', other);
  });
});
