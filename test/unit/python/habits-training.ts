// Code that trains by itself in ways of its own, all correct: what habits.test.ts binds.

import { sigmoid } from './habits-functions';

/** forward gives its own x anew, and the training calls what predicts beside a backward pass that runs forward itself. */
export const anew = `import numpy as np

${sigmoid}
class Network:
    def __init__(self, layers):
        self.layers = layers
        self.weights = [np.random.randn(y, x) for x, y in zip(layers[:-1], layers[1:])]
        self.biases = [np.random.randn(y, 1) for y in layers[1:]]

    def feed(self, x):
        for w, b in zip(self.weights, self.biases):
            x = sigmoid(w @ x + b)
        return x

    def make_prediction(self, x):
        return np.argmax(self.feed(x))

    def evaluate(self, x_test, y_test):
        return sum(1 for x, y in zip(x_test, y_test) if self.make_prediction(x.reshape(-1, 1)) == y)

    def backpropagation(self, x, y):
        target = np.zeros((self.layers[-1], 1))
        target[y, 0] = 1
        activations = [x]
        for w, b in zip(self.weights, self.biases):
            activations.append(sigmoid(w @ activations[-1] + b))
        delta = (activations[-1] - target) * activations[-1] * (1 - activations[-1])
        delta_w, delta_b = [delta @ activations[-2].T], [delta]
        for l in range(2, len(self.layers)):
            delta = self.weights[-l + 1].T @ delta * activations[-l] * (1 - activations[-l])
            delta_w.insert(0, delta @ activations[-l - 1].T)
            delta_b.insert(0, delta)
        return delta_w, delta_b

    def train(self, data, epochs, rate):
        for epoch in range(epochs):
            for x, y in data:
                x = np.array(x).reshape(-1, 1)
                right = self.make_prediction(x) == y
                delta_w, delta_b = self.backpropagation(x, y)
                self.weights = [w - rate * d for w, d in zip(self.weights, delta_w)]
                self.biases = [b - rate * d for b, d in zip(self.biases, delta_b)]
            print(right, self.evaluate(data, data))
`;

/** A training function of any name, on samples of the script. */
export const anyName = `import numpy as np
from somewhere import load_dataset

train_x, train_y = load_dataset()

w = np.zeros((train_x.shape[0], 1))
b = np.zeros((1, 1))
m_train = train_x.shape[1]

${sigmoid}
def prop(w, b):
    for i in range(500):
        a = sigmoid(np.dot(w.T, train_x) + b)
        dz = a - train_y
        dw = np.dot(train_x, dz.T) / m_train
        db = np.sum(dz) / m_train
        w = w - 0.005 * dw
        b = b - 0.005 * db
    return w, b

w, b = prop(w, b)
`;

/** `batch=64` is no array, and forward keeps the cost with a scale of its own. */
export const ownBatch = `import numpy as np

class NeuralNetwork:
    def __init__(self, X, y, batch=64, lr=1e-3):
        self.input, self.target, self.batch, self.lr = X, y, batch, lr
        self.x = self.input[:self.batch]
        self.y = self.target[:self.batch]
        self.W1 = np.random.randn(X.shape[1], 6)
        self.W2 = np.random.randn(6, y.shape[1])
        self.b1 = np.random.randn(6)
        self.b2 = np.random.randn(y.shape[1])

    def softmax(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def cross_entropy(self, Y_hat, Y):
        return -np.sum(Y * np.log(Y_hat))

    def feedforward(self):
        self.z1 = self.x @ self.W1 + self.b1
        self.a1 = np.maximum(0, self.z1)
        self.a2 = self.softmax(self.a1 @ self.W2 + self.b2)
        self.error = self.cross_entropy(self.a2, self.y) / self.batch

    def backprop(self):
        d2 = (self.a2 - self.y) / self.batch
        d1 = d2 @ self.W2.T * (self.z1 > 0)
        dW2, db2 = self.a1.T @ d2, d2.sum(axis=0)
        dW1, db1 = self.x.T @ d1, d1.sum(axis=0)
        self.W2 = self.W2 - self.lr * dW2
        self.W1 = self.W1 - self.lr * dW1
        self.b2 = self.b2 - self.lr * db2
        self.b1 = self.b1 - self.lr * db1
`;

/** The caller begins the dictionary that forward fills, all widths are in a list called n, and L stands in the script. */
export const seeded = `import numpy as np

def initialise_parameters(L, n):
    parameters = {}
    for i in range(1, L + 1):
        parameters["W" + str(i)] = np.random.randn(n[i], n[i - 1])
        parameters["b" + str(i)] = np.zeros((n[i], 1))
    return parameters

def compute_cost(activations, y):
    return np.sum((activations["A" + str(L)] - y) ** 2) / (2 * y.shape[1])

def forward_prop(activations, parameters, L):
    for i in range(1, L + 1):
        activations["A" + str(i)] = np.tanh(parameters["W" + str(i)] @ activations["A" + str(i - 1)] + parameters["b" + str(i)])
    return activations

def back_prop(activations, parameters, y, L):
    grad = {}
    m = y.shape[1]
    dA = activations["A" + str(L)] - y
    for i in range(L, 0, -1):
        dZ = dA * (1 - activations["A" + str(i)] ** 2)
        grad["dW" + str(i)] = dZ @ activations["A" + str(i - 1)].T / m
        grad["db" + str(i)] = dZ.sum(axis=1, keepdims=True) / m
        dA = parameters["W" + str(i)].T @ dZ
    return grad

def model(x, y, L, n, learning_rate, epochs):
    parameters = initialise_parameters(L, n)
    for epoch in range(epochs):
        activations = {}
        activations["A0"] = x
        activations = forward_prop(activations, parameters, L)
        cost = compute_cost(activations, y)
        grad = back_prop(activations, parameters, y, L)
        for i in range(1, L + 1):
            parameters["W" + str(i)] -= learning_rate * grad["dW" + str(i)]
            parameters["b" + str(i)] -= learning_rate * grad["db" + str(i)]
    return parameters

with open('images.bin', 'rb') as stream:
    images = np.frombuffer(stream.read(), np.uint8)
x_train = images.reshape(784, -1)
y_train = x_train[:1]
L = 3
n = [784, 100, 50, 1]
model(x_train, y_train, L, n, 0.5, 100)
`;
