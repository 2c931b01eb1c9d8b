// Right code that the check itself may spoil: the sources of trusted.test.ts.

/** Layers of the same width, whose gradients are given back from the last to the first, and the loss behind them. */
export const backwards = `import numpy as np

def weights():
    W1, W2, W3 = np.random.randn(6, 30) * 0.2, np.random.randn(6, 6) * 0.4, np.random.randn(6, 6) * 0.4
    b1, b2, b3 = np.zeros((6, 1)), np.zeros((6, 1)), np.zeros((6, 1))
    return W1, b1, W2, b2, W3, b3

def forward(W1, b1, W2, b2, W3, b3, X):
    A1 = np.tanh(W1 @ X + b1)
    A2 = np.tanh(W2 @ A1 + b2)
    Z3 = W3 @ A2 + b3
    e = np.exp(Z3 - Z3.max(axis=0, keepdims=True))
    A3 = e / e.sum(axis=0, keepdims=True)
    return A1, A2, A3

def backward(X, Y, W2, W3, A1, A2, A3):
    m = X.shape[1]
    loss = -(1 / m) * np.sum(Y * np.log(A3 + 1e-15))
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = dZ3.sum(axis=1, keepdims=True) / m
    dZ2 = (W3.T @ dZ3) * (1 - A2 ** 2)
    dW2 = dZ2 @ A1.T / m
    db2 = dZ2.sum(axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (1 - A1 ** 2)
    dW1 = dZ1 @ X.T / m
    db1 = dZ1.sum(axis=1, keepdims=True) / m
    return dW3, db3, dW2, db2, dW1, db1, loss
`;

/** One vector holds all parameters; how many features and classes there are is written down, and both are learnt from exceptions. */
export const unrolled = `import numpy as np

FEATURES, UNITS, CLASSES = 24, 6, 8

def unpack(w):
    at = UNITS * FEATURES
    to = at + CLASSES * UNITS
    return w[:at].reshape(UNITS, FEATURES), w[at:to].reshape(CLASSES, UNITS), w[to:to + UNITS].reshape(-1, 1), w[to + UNITS:].reshape(-1, 1)

def init_weights():
    return np.random.randn(UNITS * FEATURES + CLASSES * UNITS + UNITS + CLASSES) * 0.1

def one_hot(labels):
    return np.eye(CLASSES)[labels].T

def ce_loss(y, y_hat):
    return np.sum(-y * np.log(y_hat)) / y.shape[1]

def forward_prop(x, y, w):
    W1, W2, b1, b2 = unpack(w)
    z1 = W1 @ x + b1
    h1 = np.maximum(0, z1)
    e = np.exp(W2 @ h1 + b2)
    y_hat = e / np.sum(e, axis=0, keepdims=True)
    return ce_loss(y, y_hat), z1, h1, y_hat

def back_prop(x, y, w):
    W1, W2, b1, b2 = unpack(w)
    loss, z1, h1, y_hat = forward_prop(x, y, w)
    delta = y_hat - y
    lower = (W2.T @ delta) * (z1 > 0)
    m = y.shape[1]
    return np.hstack([(lower @ x.T / m).flatten(), (delta @ h1.T / m).flatten(), lower.sum(axis=1) / m, delta.sum(axis=1) / m])
`;

/** `nodes` is one number, which only what is kept of it shows, and the constructor refuses anything else. */
export const checked = `import numpy as np

class NeuralNetwork:
    def __init__(self, nx, nodes):
        self.nx = nx
        self.nodes = nodes
        if type(self.nx) != int:
            raise TypeError("nx must be an integer")
        if type(self.nodes) != int:
            raise TypeError("nodes must be an integer")
        self.W1 = np.random.normal(size=(self.nodes, self.nx))
        self.b1 = np.zeros(shape=(self.nodes, 1))
        self.W2 = np.random.normal(size=(1, self.nodes))
        self.b2 = np.zeros(shape=(1, 1))

    def forward_prop(self, X):
        self.A1 = 1 / (1 + np.exp(-(self.W1 @ X + self.b1)))
        self.A2 = 1 / (1 + np.exp(-(self.W2 @ self.A1 + self.b2)))
        return self.A1, self.A2

    def cost(self, Y, A):
        return -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))

    def gradient_descent(self, X, Y, A1, A2, alpha=0.05):
        m = Y.shape[1]
        dz2 = A2 - Y
        dz1 = (self.W2.T @ dz2) * A1 * (1 - A1)
        self.W2 = self.W2 - alpha * (dz2 @ A1.T) / m
        self.b2 = self.b2 - alpha * np.sum(dz2, axis=1, keepdims=True) / m
        self.W1 = self.W1 - alpha * (dz1 @ X.T) / m
        self.b1 = self.b1 - alpha * np.sum(dz1, axis=1, keepdims=True) / m
`;

/** The gradients are None until the training has called zero_grad; how many features there are is checked. */
export const emptied = `import numpy as np
import json

class Network:
    def __init__(self, sizes):
        self.sizes = sizes
        self.weights = [np.random.randn(i, j) for i, j in zip(sizes[:-1], sizes[1:])]
        self.bias = [np.random.randn(1, j) for j in sizes[1:]]
        self.dws = None
        self.dbs = None

    def forward(self, x):
        if len(x.shape) != 2 or x.shape[1] != 12:
            raise ValueError("12 features are wanted")
        self.activations = [x]
        for weight, bias in zip(self.weights, self.bias):
            self.activations.append(1 / (1 + np.exp(-(self.activations[-1] @ weight + bias))))
        return self.activations[-1]

    def loss(self, y, y_hat):
        return -np.sum(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)) / len(y)

    def backward(self, x, y):
        dl = self.forward(x) - y
        for i in range(1, len(self.sizes)):
            self.dws[-i] = self.activations[-i - 1].T @ dl / len(x)
            self.dbs[-i] = np.sum(dl, axis=0, keepdims=True) / len(x)
            dl = (dl @ self.weights[-i].T) * self.activations[-i - 1] * (1 - self.activations[-i - 1])

    def zero_grad(self):
        self.dws = [np.zeros((i, j)) for i, j in zip(self.sizes[:-1], self.sizes[1:])]
        self.dbs = [np.zeros((1, j)) for j in self.sizes[1:]]

    def step(self, rate):
        self.weights = [w - rate * dw for w, dw in zip(self.weights, self.dws)]
        self.bias = [b - rate * db for b, db in zip(self.bias, self.dbs)]

def train(net, x, y, epochs):
    losses = []
    for _ in range(epochs):
        net.zero_grad()
        net.backward(x, y)
        net.step(0.1)
        losses.append(net.loss(y, net.forward(x)))
    return losses

def save(net, losses, name):
    json.dump(losses, open(name, "w"))

def main():
    x, y = np.load("x.npy"), np.load("y.npy")
    net = Network([12, 5, 1])
    losses = train(net, x, y, 100)
    save(net, losses)

if __name__ == "__main__":
    main()
`;

/** The rate of learning is kept, and the step reads a global of the same name; the cost is a mean, the step one of the sum. */
export const rate = `import numpy as np

class Softmax:
    def __init__(self, input_dim, output_dim, epsilon):
        self.W = np.random.randn(input_dim, output_dim) / np.sqrt(input_dim)
        self.b = np.zeros((1, output_dim))
        self.epsilon = epsilon

    def scores(self, X):
        e = np.exp(X.dot(self.W) + self.b)
        return e / np.sum(e, axis=1, keepdims=True)

    def compute_cost(self, X, y):
        return np.sum(-np.log(self.scores(X)[range(len(X)), y])) / len(X)

    def predict(self, X):
        return np.argmax(self.scores(X), axis=1)

    def fit(self, X, y, num_epochs):
        for _ in range(num_epochs):
            beta = self.scores(X)
            beta[range(len(X)), y] -= 1
            dW = X.T.dot(beta)
            db = np.sum(beta, axis=0, keepdims=True)
            self.W += -epsilon * dW
            self.b += -epsilon * db

epsilon = 0.01
net = Softmax(2, 2, epsilon)
`;

/** The prediction, and beside it the cost where there are targets; a mean over all entries, and a step of the sum. */
export const beside = `import numpy as np

def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

class Net:
    def __init__(self, sizes, lr=0.1):
        self.w1, self.b1 = np.random.randn(sizes[0], sizes[1]), np.zeros((1, sizes[1]))
        self.w2, self.b2 = np.random.randn(sizes[1], sizes[2]), np.zeros((1, sizes[2]))
        self.lr = lr
        self.y = None
        self.targets = None

    def forward(self, x, targets=None):
        self.x = x
        self.h = np.tanh(x @ self.w1 + self.b1)
        x = self.h @ self.w2 + self.b2
        if targets is not None:
            return x, self.loss(x, targets)
        return x

    def loss(self, logits, targets):
        self.targets = targets
        self.y = softmax(logits)
        mean = -np.mean(self.targets * np.log(self.y))
        self.last = mean
        return self.last

    def backward(self):
        delta = self.targets - self.y
        lower = (delta @ self.w2.T) * (1 - self.h ** 2)
        self.d_w1, self.d_b1 = self.x.T @ lower, lower.sum(axis=0, keepdims=True)
        self.d_w2, self.d_b2 = self.h.T @ delta, delta.sum(axis=0, keepdims=True)
        self.w1, self.b1 = self.w1 + self.lr * self.d_w1, self.b1 + self.lr * self.d_b1
        self.w2, self.b2 = self.w2 + self.lr * self.d_w2, self.b2 + self.lr * self.d_b2

def show(net, data):
    logits = net.forward(data[0])
    print(net.loss(logits, data[1]))
`;
