// Networks of plain functions and scripts: parameters in a dictionary of the module, costs that run the network, letters with the name of a layer.

import { bindsEach, pythonChecks, type Shape } from './support';

const dictionary = `import numpy as np

net = {}

def setup(n_in, n_hid, n_out):
    net["w1"] = np.random.uniform(-1, 1, (n_in, n_hid))
    net["w2"] = np.random.uniform(-1, 1, (n_hid, n_out))

def sig(v):
    return 1.0 / (1.0 + np.exp(-v))

def run(inputs):
    net["in"] = inputs
    net["hid"] = sig(inputs @ net["w1"])
    net["out"] = sig(net["hid"] @ net["w2"])
    return net["out"]

def learn(targets, rate):
    err = net["out"] - targets
    d_out = err * net["out"] * (1 - net["out"])
    d_hid = (d_out @ net["w2"].T) * net["hid"] * (1 - net["hid"])
    net["w2"] -= rate * net["hid"].T @ d_out
    net["w1"] -= rate * net["in"].T @ d_hid
    return 0.5 * np.sum(err ** 2)
`;

/** cost(x, y) of the samples: it runs the network, under a name that says nothing. */
const runs = `import numpy as np

weights, biases = [], []

def init_network(sizes):
    global weights, biases
    weights = [np.random.randn(y, x) for x, y in zip(sizes[:-1], sizes[1:])]
    biases = [np.random.randn(y, 1) for y in sizes[1:]]

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def feed(x):
    a = [x]
    for w, b in zip(weights, biases):
        a.append(sigmoid(w @ a[-1] + b))
    return a

def backprop(x, y):
    a = feed(x)
    delta = (a[-1] - y) * a[-1] * (1 - a[-1])
    gw = [None] * len(weights)
    gb = [None] * len(weights)
    for l in range(len(weights) - 1, -1, -1):
        gw[l] = delta @ a[l].T
        gb[l] = delta.sum(axis=1, keepdims=True)
        delta = (weights[l].T @ delta) * a[l] * (1 - a[l])
    return gw, gb

def cost(x, y):
    return np.sum((feed(x)[-1] - y) ** 2) / 2
`;

const spanish = `import numpy as np
import pandas as pd

datos = pd.read_csv('datos.csv')
X = datos.iloc[:, :-1].values
y = datos.iloc[:, -1].values.reshape(-1, 1)

n_ocultas = 5
tasa = 0.1
W_oculta = np.random.randn(X.shape[1], n_ocultas)
b_oculta = np.zeros((1, n_ocultas))
W_salida = np.random.randn(n_ocultas, 1)
b_salida = np.zeros((1, 1))

for epoca in range(1000):
    z1 = X @ W_oculta + b_oculta
    a1 = np.tanh(z1)
    z2 = a1 @ W_salida + b_salida
    prediccion = 1 / (1 + np.exp(-z2))
    perdida = -np.mean(y * np.log(prediccion) + (1 - y) * np.log(1 - prediccion))
    dz2 = (prediccion - y) / len(y)
    dW_salida = a1.T @ dz2
    db_salida = dz2.sum(axis=0, keepdims=True)
    dz1 = dz2 @ W_salida.T * (1 - a1 ** 2)
    dW_oculta = X.T @ dz1
    db_oculta = dz1.sum(axis=0, keepdims=True)
    W_salida -= tasa * dW_salida
    b_salida -= tasa * db_salida
    W_oculta -= tasa * dW_oculta
    b_oculta -= tasa * db_oculta
`;

/** A bias as the last row of each weight, and a column of ones that a function puts beside what goes in. */
const ones = `import numpy as np

n_inputs, n_hidden, n_outputs = 3, 5, 2
V = np.random.randn(n_inputs + 1, n_hidden) * 0.1
W = np.random.randn(n_hidden + 1, n_outputs) * 0.1

def add_ones(A):
    return np.hstack([A, np.ones((A.shape[0], 1))])

def forward(X):
    Z = np.tanh(add_ones(X) @ V)
    return Z, add_ones(Z) @ W

def gradient(X, T):
    Z, Y = forward(X)
    error = (Y - T) / X.shape[0]
    dW = add_ones(Z).T @ error
    back = (error @ W[:-1].T) * (1 - Z ** 2)
    return add_ones(X).T @ back, dW

def objective(X, T):
    return 0.5 * np.mean(np.sum((forward(X)[1] - T) ** 2, axis=1))
`;

/** Names of activations that forward and backward are both given. */
const named = `import numpy as np

def create(layer_dims):
    params = {}
    for i in range(1, len(layer_dims)):
        params['w' + str(i)] = np.random.randn(layer_dims[i], layer_dims[i - 1])
        params['b' + str(i)] = np.zeros((layer_dims[i], 1))
    return params

def network_forward(x, params, activations):
    memory = {'a0': x}
    a = x
    for i, act in enumerate(activations, start=1):
        z = np.dot(params['w' + str(i)], a) + params['b' + str(i)]
        a = np.maximum(0, z) if act == 'relu' else 1 / (1 + np.exp(-z)) if act == 'sigmoid' else z
        memory['a' + str(i)], memory['z' + str(i)] = a, z
    return a, memory

def network_backward(y_hat, y, memory, params, activations):
    grads, m = {}, y.shape[1]
    da = -(y / y_hat - (1 - y) / (1 - y_hat))
    for i in range(len(activations), 0, -1):
        a = memory['a' + str(i)]
        dz = da * (memory['z' + str(i)] > 0) if activations[i - 1] == 'relu' else da * a * (1 - a) if activations[i - 1] == 'sigmoid' else da
        grads['dw' + str(i)] = np.dot(dz, memory['a' + str(i - 1)].T) / m
        grads['db' + str(i)] = np.sum(dz, axis=1, keepdims=True) / m
        da = np.dot(params['w' + str(i)].T, dz)
    return grads

def binary_loss(y_hat, y):
    return float(np.mean(-(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat))))
`;

/** M units; what is shown now and then wants the numbers of the classes, not the targets that are trained with. */
const ascent = `import numpy as np

def forward(X, W1, b1, W2, b2):
    Z = 1 / (1 + np.exp(-X.dot(W1) - b1))
    expA = np.exp(Z.dot(W2) + b2)
    return expA / expA.sum(axis=1, keepdims=True), Z

def rate(Y, P):
    right = 0
    for i in range(len(Y)):
        if Y[i] == P[i]:
            right += 1
    return right / len(Y)

def derivative_w1(X, Z, T, Y, W2):
    return X.T.dot((T - Y).dot(W2.T) * Z * (1 - Z))

def main():
    D, M, K = 2, 3, 3
    X = np.vstack([np.random.randn(50, D) + np.array([0, -2]), np.random.randn(50, D) + np.array([2, 2]), np.random.randn(50, D) + np.array([-2, 2])])
    Y = np.array([0] * 50 + [1] * 50 + [2] * 50)
    T = np.zeros((len(Y), K))
    for i in range(len(Y)):
        T[i, Y[i]] = 1
    W1 = np.random.randn(D, M)
    b1 = np.random.randn(M)
    W2 = np.random.randn(M, K)
    b2 = np.random.randn(K)
    learning_rate = 10e-7
    for epoch in range(1000):
        output, hidden = forward(X, W1, b1, W2, b2)
        if epoch % 100 == 0:
            print((T * np.log(output)).sum(), rate(Y, np.argmax(output, axis=1)))
        gW2, gb2 = hidden.T.dot(T - output), (T - output).sum(axis=0)
        gW1 = derivative_w1(X, hidden, T, output, W2)
        gb1 = ((T - output).dot(W2.T) * hidden * (1 - hidden)).sum(axis=0)
        W2 += learning_rate * gW2
        b2 += learning_rate * gb2
        W1 += learning_rate * gW1
        b1 += learning_rate * gb1

main()
`;

const shapes: readonly Shape[] = [
  { what: 'parameters that a function puts into a dictionary of the module', source: dictionary, mistake: ['* net["hid"] * (1 - net["hid"])', '* net["hid"]'] },
  { what: 'a cost that runs the network itself', source: runs, mistake: ['(weights[l].T @ delta) * a[l] * (1 - a[l])', '(weights[l].T @ delta) * a[l]'] },
  { what: 'W_salida and b_oculta in a script', source: spanish, mistake: ['* (1 - a1 ** 2)', '* (1 - a1)'] },
  { what: 'a bias that is the last row of weights of the module', source: ones, mistake: ['* (1 - Z ** 2)', '* (1 - Z)'] },
  { what: 'activations that both passes are given by name', source: named, mistake: ['else da * a * (1 - a) if', 'else da * a if'] },
  { what: 'M units, where what is shown wants other targets', source: ascent, mistake: ['(T - Y).dot(W2.T) * Z * (1 - Z)', '(T - Y).dot(W2.T) * Z'] },
];

describe('Python: networks of plain functions and lists', function () {
  this.timeout(40000);
  bindsEach(shapes, pythonChecks());
});
