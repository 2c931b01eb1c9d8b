// Networks of objects that other code puts together: layers that are added or called, and functions that are given the object.

import { bindsEach, pythonChecks, type Shape } from './support';

/** A network to which the layers are added as objects, which keep their own errors. */
const added = `import numpy as np

class Layer:
    def __init__(self, n_inputs, n_neurons, activation):
        self.weights = np.random.randn(n_inputs, n_neurons)
        self.bias = np.zeros((1, n_neurons))
        self.activation = activation

    def activate(self, x):
        self.x = x
        z = x @ self.weights + self.bias
        self.z = z
        self.a = np.tanh(z) if self.activation == "tanh" else 1 / (1 + np.exp(-z))
        return self.a

    def derivative(self):
        return 1 - self.a ** 2 if self.activation == "tanh" else self.a * (1 - self.a)

class NeuralNetwork:
    def __init__(self):
        self.layers = []

    def add_layer(self, layer):
        self.layers.append(layer)

    def feed_forward(self, X):
        for layer in self.layers:
            X = layer.activate(X)
        return X

    def backpropagation(self, X, y, learning_rate):
        output = self.feed_forward(X)
        for i in reversed(range(len(self.layers))):
            layer = self.layers[i]
            if layer == self.layers[-1]:
                layer.error = y - output
                layer.delta = layer.error * layer.derivative()
            else:
                nxt = self.layers[i + 1]
                layer.error = nxt.delta @ nxt.weights.T
                layer.delta = layer.error * layer.derivative()
        for i in range(len(self.layers)):
            layer = self.layers[i]
            inp = X if i == 0 else self.layers[i - 1].a
            layer.weights += inp.T @ layer.delta * learning_rate
            layer.bias += layer.delta.sum(axis=0, keepdims=True) * learning_rate

    def train(self, X, y, learning_rate, epochs):
        for i in range(epochs):
            self.backpropagation(X, y, learning_rate)
            mse = np.mean((y - self.feed_forward(X)) ** 2)
nn = NeuralNetwork()
nn.add_layer(Layer(2, 3, "tanh"))
nn.add_layer(Layer(3, 1, "sigmoid"))
`;

/** An object that keeps the weights alone, which functions are given. */
const holder = `import numpy as np

class Net:
    def __init__(self, n_in, n_hidden, n_out):
        self.w1 = np.random.randn(n_in, n_hidden)
        self.b1 = np.zeros(n_hidden)
        self.w2 = np.random.randn(n_hidden, n_out)
        self.b2 = np.zeros(n_out)

def forward(net, x):
    h = np.tanh(x @ net.w1 + net.b1)
    return h, h @ net.w2 + net.b2

def mse(y_hat, y):
    return np.mean((y_hat - y) ** 2)

def backward(net, x, y, h, y_hat):
    d = 2 * (y_hat - y) / y.size
    dh = d @ net.w2.T * (1 - h ** 2)
    return x.T @ dh, dh.sum(axis=0), h.T @ d, d.sum(axis=0)

def train(net, x, y, lr=0.01, epochs=100):
    for e in range(epochs):
        h, y_hat = forward(net, x)
        loss = mse(y_hat, y)
        dw1, db1, dw2, db2 = backward(net, x, y, h, y_hat)
        net.w1 -= lr * dw1
        net.b1 -= lr * db1
        net.w2 -= lr * dw2
        net.b2 -= lr * db2
`;

/** Layers that are called, in a network that a training function is given. */
const callable = `import numpy as np

class Linear:
    def __init__(self, in_features, out_features):
        self.weight = np.random.randn(out_features, in_features)
        self.bias = np.zeros(out_features)

    def __call__(self, x):
        self.x = x
        return x @ self.weight.T + self.bias

    def backward(self, dout):
        self.dweight = dout.T @ self.x
        self.dbias = dout.sum(0)
        return dout @ self.weight

class ReLU:
    def __call__(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask

class CrossEntropyLoss:
    def __call__(self, logits, y):
        e = np.exp(logits - logits.max(1, keepdims=True))
        self.p = e / e.sum(1, keepdims=True)
        self.y = y
        return -np.log(self.p[np.arange(len(y)), y]).mean()

    def backward(self):
        d = self.p.copy()
        d[np.arange(len(self.y)), self.y] -= 1
        return d / len(self.y)

class MLP:
    def __init__(self, n_in, n_hidden, n_out):
        self.fc1 = Linear(n_in, n_hidden)
        self.relu = ReLU()
        self.fc2 = Linear(n_hidden, n_out)

    def __call__(self, x):
        return self.fc2(self.relu(self.fc1(x)))

    def backward(self, dout):
        self.fc1.backward(self.relu.backward(self.fc2.backward(dout)))

def train(model, X, y, lr=0.1, epochs=10):
    criterion = CrossEntropyLoss()
    for e in range(epochs):
        logits = model(X)
        loss = criterion(logits, y)
        model.backward(criterion.backward())
        for layer in [model.fc1, model.fc2]:
            layer.weight -= lr * layer.dweight
            layer.bias -= lr * layer.dbias
`;

/** Layers and activations that are added to a network, and a loss that two functions are. */
const sequential = `import numpy as np

class Sequential:
    def __init__(self):
        self.modules = []

    def add(self, module):
        self.modules.append(module)

    def forward(self, x):
        for m in self.modules:
            x = m.forward(x)
        return x

    def backward(self, g):
        for m in reversed(self.modules):
            g = m.backward(g)
        return g

    def update(self, lr):
        for m in self.modules:
            m.update(lr)

class Linear:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out)
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, g):
        self.gW = self.x.T @ g
        self.gb = g.sum(0)
        return g @ self.W.T

    def update(self, lr):
        self.W -= lr * self.gW
        self.b -= lr * self.gb

class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, g):
        return g * (1 - self.y ** 2)

    def update(self, lr):
        pass

def mse_loss(pred, target):
    return ((pred - target) ** 2).mean()

def mse_grad(pred, target):
    return 2 * (pred - target) / pred.size

def fit(net, X, Y, lr, epochs):
    for _ in range(epochs):
        pred = net.forward(X)
        loss = mse_loss(pred, Y)
        net.backward(mse_grad(pred, Y))
        net.update(lr)
`;

const shapes: readonly Shape[] = [
  { what: 'layers that are added as objects', source: added, verdict: 'convention', mistake: ['nxt.delta @ nxt.weights.T', 'nxt.error @ nxt.weights.T'] },
  { what: 'functions that are given an object with the weights', source: holder, mistake: ['* (1 - h ** 2)', '* (1 - h)'] },
  { what: 'a training function that is given a network of layers that are called', source: callable, mistake: ['return dout * self.mask', 'return dout'] },
  { what: 'a derivative of the loss that the caller hands to a network', source: sequential, mistake: ['g * (1 - self.y ** 2)', 'g * (1 - self.y)'] },
];

describe('networks of objects that other code puts together', function () {
  this.timeout(30_000);
  bindsEach(shapes, pythonChecks());
});
