// Numbers of units and options by layer: lists in pairs, biases as a column of the weights, a fixed number of outputs, layers in a list of the script.

import { bindsEach, pythonChecks, type Shape } from './support';

/** The delta of the output comes from the training; sizes of all layers under the name of the hidden ones. */
const pairs = `import numpy as np

class Classifier:
    def __init__(self, hidden_size=[64, 20, 10], acts=['relu', 'sigmoid'], lr=1e-2):
        self.acts = acts
        self.weights, self.biases = [], []
        for n, h in zip(hidden_size[:-1], hidden_size[1:]):
            self.weights.append(np.random.randn(n, h) * 0.1)
            self.biases.append(np.random.randn(1, h) * 0.1)
        self.z = [None] * (len(self.weights) + 1)
        self.lr = lr

    def forward(self, x):
        self.z[0] = x
        for i, act in enumerate(self.acts):
            s = self.z[i] @ self.weights[i] + self.biases[i]
            self.z[i + 1] = np.where(s > 0, s, 0) if act == 'relu' else 1 / (1 + np.exp(-s))
        return self.z[-1]

    def backprop(self, dx):
        for i in range(len(self.acts) - 1, -1, -1):
            slope = np.where(self.z[i + 1] > 0, 1, 0) if self.acts[i] == 'relu' else self.z[i + 1] * (1 - self.z[i + 1])
            dx = slope * dx
            dw, db = self.z[i].T @ dx, np.sum(dx, axis=0, keepdims=True)
            dx = dx @ self.weights[i].T
            self.weights[i] -= self.lr * dw
            self.biases[i] -= self.lr * db

    def compute_loss(self, pred, fact):
        return 0.5 * np.sum(np.square(pred - fact))

    def train_model(self, x, y, epochs=10):
        for epoch in range(epochs):
            pred = self.forward(x)
            print(self.compute_loss(pred, y))
            self.backprop(pred - y)
`;

/** Activations are given, one for each layer, and called under another name; the bias is the first column of each weight. */
const columns = `import numpy as np

class Network:
    def __init__(self, num_features, num_hidden_units: list, num_classes, activation_func, activation_func_prime):
        self.activation_func = activation_func
        self.activation_func_prime = activation_func_prime
        sizes = [num_features] + num_hidden_units + [num_classes]
        self.weights = [np.random.randn(n, p + 1) for p, n in zip(sizes, sizes[1:])]

    def forward_pass(self, x, weights):
        z_list, a_list = [None], [x]
        for i, w in enumerate(weights):
            before = np.hstack([np.ones((len(x), 1)), a_list[i]])
            z_list.append(before.dot(w.T))
            a_list.append(self.activation_func[i](z_list[-1]))
        return a_list, z_list

    def loss(self, h, y):
        return -np.mean(y * np.log(h) + (1 - y) * np.log(1 - h))

    def backpropagation(self, y, activations, z_list, weights):
        g_prime = self.activation_func_prime
        m = y.shape[0]
        delta = activations[-1] - y
        gradients = [None] * len(weights)
        for i in range(len(weights) - 1, -1, -1):
            gradients[i] = delta.T.dot(np.hstack([np.ones((m, 1)), activations[i]])) / m
            if i > 0:
                delta = delta.dot(weights[i][:, 1:]) * g_prime[i - 1](z_list[i])
        return gradients
`;

/** Two inputs and two classes are written down; gradients have the letter of their parameter only. */
const fixed = `import numpy as np

def calculate_loss(model, X, y):
    h = np.tanh(X.dot(model['w1']) + model['b1'])
    e = np.exp(h.dot(model['w2']) + model['b2'])
    p = e / np.sum(e, axis=1, keepdims=True)
    return -np.sum(np.log(p[range(len(X)), y])) / len(X)

def build_model(X, y, nn_hdim, num_passes=20000, print_loss=False):
    weight1 = np.random.randn(2, nn_hdim)
    weight2 = np.random.randn(nn_hdim, 2)
    bias1 = np.zeros((1, nn_hdim))
    bias2 = np.zeros((1, 2))
    for i in range(num_passes):
        a = X.dot(weight1) + bias1
        h = np.tanh(a)
        e = np.exp(h.dot(weight2) + bias2)
        y_pred = e / np.sum(e, axis=1, keepdims=True)
        dLdy = y_pred
        for j in range(len(y_pred)):
            if y[j] == 0:
                dLdy[j, 0] = y_pred[j, 0] - 1
            else:
                dLdy[j, 1] = y_pred[j, 1] - 1
        dLda = (1 - np.tanh(a) ** 2) * dLdy.dot(weight2.T)
        dLdw2 = h.T.dot(dLdy)
        dLdb2 = np.sum(dLdy, axis=0)
        dLdw1 = X.T.dot(dLda)
        dLdb1 = np.sum(dLda, axis=0)
        weight1 = weight1 - 0.02 * dLdw1
        weight2 = weight2 - 0.02 * dLdw2
        bias1 = bias1 - 0.02 * dLdb1
        bias2 = bias2 - 0.02 * dLdb2
        model = {'w1': weight1, 'b1': bias1, 'w2': weight2, 'b2': bias2}
        if print_loss and i % 1000 == 0:
            print(i, calculate_loss(model, X, y))
    return model
`;

const options = `import numpy as np

def initialize(layer_dims, inits=None):
    params = {}
    for l in range(1, len(layer_dims)):
        how = inits.get(l, "he") if inits else "he"
        scale = np.sqrt(2 / layer_dims[l - 1]) if how == "he" else 0.01
        params[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * scale
        params[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return params

def forward(X, params, keep_probs=None):
    A, caches, masks = X, [], []
    L = len(params) // 2
    for l in range(1, L + 1):
        Z = np.dot(params[f"W{l}"], A) + params[f"b{l}"]
        caches.append((A, Z))
        if l == L:
            A = 1 / (1 + np.exp(-Z))
        else:
            keep = keep_probs.get(l, 1.0) if keep_probs is not None else 1.0
            masks.append(np.random.rand(*Z.shape) < keep)
            A = np.maximum(0, Z) * masks[-1] / keep
    return A, caches, masks

def compute_cost(AL, Y):
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))

def backward(AL, Y, caches, params, masks, keep_probs=None):
    grads, m = {}, Y.shape[1]
    dZ = AL - Y
    for l in range(len(caches), 0, -1):
        A_prev, _ = caches[l - 1]
        grads[f"dW{l}"] = np.dot(dZ, A_prev.T) / m
        grads[f"db{l}"] = np.sum(dZ, axis=1, keepdims=True) / m
        if l > 1:
            keep = keep_probs.get(l - 1, 1.0) if keep_probs is not None else 1.0
            dA = np.dot(params[f"W{l}"].T, dZ) * masks[l - 2] / keep
            dZ = dA * (caches[l - 2][1] > 0)
    return grads
`;

/** Layers in a list of the script, moved by Adam: their gradients are in their attributes. */
const objects = `import numpy as np
from digits import load_data

(x_train, y_train), (x_test, y_test) = load_data()
x_train = x_train.reshape(-1, 24) / 255.0

def one_hot(y, num_classes=6):
    oh = np.zeros((len(y), num_classes))
    oh[np.arange(len(y)), y] = 1
    return oh

y_train = one_hot(y_train)

def adam(param, grad, m, v, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    m = b1 * m + (1 - b1) * grad
    v = b2 * v + (1 - b2) * grad ** 2
    param -= lr * (m / (1 - b1 ** t)) / (np.sqrt(v / (1 - b2 ** t)) + eps)
    return param, m, v

class Dense:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * np.sqrt(2 / n_in)
        self.b = np.zeros((1, n_out))
        self.mW, self.vW = np.zeros_like(self.W), np.zeros_like(self.W)
        self.mb, self.vb = np.zeros_like(self.b), np.zeros_like(self.b)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dz):
        self.dW = self.x.T @ dz
        self.db = np.sum(dz, axis=0, keepdims=True)
        return dz @ self.W.T

    def step(self, t, lr):
        self.W, self.mW, self.vW = adam(self.W, self.dW, self.mW, self.vW, t, lr)
        self.b, self.mb, self.vb = adam(self.b, self.db, self.mb, self.vb, t, lr)

class ReLU:
    def forward(self, x):
        self.mask = x > 0
        return np.maximum(0, x)

    def backward(self, dz):
        return dz * self.mask

    def step(self, t, lr):
        pass

def softmax(x):
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)

def cross_entropy(y, pred):
    return -np.mean(np.sum(y * np.log(pred + 1e-9), axis=1))

layers = [Dense(24, 12), ReLU(), Dense(12, 6)]

def forward(x):
    for layer in layers:
        x = layer.forward(x)
    return x

def backward(dout):
    for layer in reversed(layers):
        dout = layer.backward(dout)

batch_size, t = 64, 0
n_samples = len(x_train)
for epoch in range(25):
    order = np.random.permutation(n_samples)
    x_sh, y_sh = x_train[order], y_train[order]
    for i in range(int(np.ceil(n_samples / batch_size))):
        start, end = i * batch_size, min((i + 1) * batch_size, n_samples)
        xb, yb = x_sh[start:end], y_sh[start:end]
        probs = softmax(forward(xb))
        loss = cross_entropy(yb, probs)
        backward((probs - yb) / len(xb))
        t += 1
        for layer in layers:
            layer.step(t, 0.001)
    print(epoch, loss)
`;

const shapes: readonly Shape[] = [
  { what: 'sizes of all layers, taken in pairs', source: pairs, mistake: [" if self.acts[i] == 'relu' else self.z[i + 1] * (1 - self.z[i + 1])", " if self.acts[i] == 'relu' else 1"] },
  { what: 'biases in the first column of the weights', source: columns, mistake: [' * g_prime[i - 1](z_list[i])', ''] },
  { what: 'two inputs, two classes, and gradients named by a letter', source: fixed, verdict: 'convention', mistake: ['np.tanh(a) ** 2', 'a ** 2'] },
  { what: 'options by the number of the layer', source: options, mistake: [' * masks[l - 2] / keep\n            dZ', '\n            dZ'] },
  { what: 'layers in a list of the script, and Adam', source: objects, mistake: ['return dz * self.mask', 'return dz'] },
];

describe('the widths of a Python file', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
