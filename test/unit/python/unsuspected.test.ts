// Correct networks that were told wrong, or could not be put together, for their small numbers, their names and how their parts are handed over.

import { bindsEach, pythonChecks } from './support';

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
      { what: 'a constructor that keeps test samples beside the others', source: held, mistake: ['return 1 - np.tanh(z) ** 2', 'return 1 - np.tanh(z)'] },
      { what: 'a loss that gives its gradient, handed to a training', source: criterion, mistake: ['return np.copy(dupstream)', 'return dupstream * self.cache * (1 - self.cache)'] },
      { what: 'parameters that a function of widths has another one draw', source: classifier, mistake: ['(1 - h ** 2)', '(1 - h)'] },
      { what: 'a prediction that is called y_pre', source: predicted, mistake: ['np.sum(grad, axis=0)', 'np.sum(grad)'] },
    ],
    check,
  );
});
