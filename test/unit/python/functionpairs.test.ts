// Layers that are told their activation and its derivative as one value, `sigmoid = (lambda x: …, lambda a: …)`, and that a training function is given in a list, which a loop of the script fills.

import { bindsEach, pythonChecks, type Shape } from './support';

const source = `import numpy as np

class capa():
    def __init__(self, n_neuronas_capa_anterior, n_neuronas, funcion_act):
        self.funcion_act = funcion_act
        self.b = np.random.randn(1, n_neuronas)
        self.W = np.random.randn(n_neuronas_capa_anterior, n_neuronas)

sigmoid = (
    lambda x: 1 / (1 + np.exp(-x)),
    lambda x: x * (1 - x)
)

def derivada_relu(x):
    return (x > 0).astype(float)

relu = (
    lambda x: x * (x > 0),
    lambda x: derivada_relu(x)
)

neuronas = [2, 4, 8, 1]
funciones_activacion = [relu, relu, sigmoid]
red_neuronal = []
for paso in range(len(neuronas) - 1):
    red_neuronal.append(capa(neuronas[paso], neuronas[paso + 1], funciones_activacion[paso]))

def mse(Ypredich, Yreal):
    x = np.mean((np.array(Ypredich) - np.array(Yreal)) ** 2)
    y = np.array(Ypredich) - np.array(Yreal)
    return (x, y)

def entrenamiento(X, Y, red_neuronal, lr=0.01):
    output = [X]
    for num_capa in range(len(red_neuronal)):
        z = output[-1] @ red_neuronal[num_capa].W + red_neuronal[num_capa].b
        output.append(red_neuronal[num_capa].funcion_act[0](z))
    back = list(range(len(output) - 1))
    back.reverse()
    delta = []
    for capa in back:
        a = output[capa + 1]
        if capa == back[0]:
            delta.append(mse(a, Y)[1] * red_neuronal[capa].funcion_act[1](a))
        else:
            delta.append(delta[-1] @ W_temp * red_neuronal[capa].funcion_act[1](a))
        W_temp = red_neuronal[capa].W.transpose()
        red_neuronal[capa].b = red_neuronal[capa].b - np.sum(delta[-1], axis=0, keepdims=True) * lr
        red_neuronal[capa].W = red_neuronal[capa].W - output[capa].transpose() @ delta[-1] * lr
    return output[-1]
`;

/** Pairs that are no activations stand beside those that are. */
const beside = `import numpy as np

scale = (lambda x: x / 255, lambda x: x * 255)
tanh = (lambda z: np.tanh(z), lambda a: 1 - a ** 2)
sigmoid = (lambda z: 1 / (1 + np.exp(-z)), lambda a: a * (1 - a))
mse = (lambda a, y: np.mean((a - y) ** 2), lambda a, y: 2 * (a - y) / a.size)

class Layer:
    def __init__(self, n_in, n_out, act_f):
        self.W = np.random.randn(n_in, n_out) * 0.3
        self.b = np.zeros((1, n_out))
        self.act_f = act_f

class Net:
    def __init__(self, dims, act_f, cost):
        self.layers = [Layer(dims[i], dims[i + 1], act_f) for i in range(len(dims) - 1)]
        self.cost = cost

    def forward(self, X):
        self.A = [X]
        for layer in self.layers:
            self.A.append(layer.act_f[0](self.A[-1] @ layer.W + layer.b))
        return self.A[-1]

    def loss(self, X, Y):
        return self.cost[0](self.forward(X), Y)

    def backward(self, X, Y):
        out = self.forward(X)
        delta = self.cost[1](out, Y) * self.layers[-1].act_f[1](out)
        grads = []
        for i in reversed(range(len(self.layers))):
            grads.insert(0, (self.A[i].T @ delta, delta.sum(axis=0, keepdims=True)))
            if i > 0:
                delta = delta @ self.layers[i].W.T * self.layers[i - 1].act_f[1](self.A[i])
        return grads

    def train(self, X, Y, lr=0.1):
        for _ in range(100):
            grads = self.backward(X, Y)
            for layer, (dW, db) in zip(self.layers, grads):
                layer.W -= lr * dW
                layer.b -= lr * db

if __name__ == "__main__":
    net = Net([2, 3, 1], tanh, mse)
`;

const shapes: readonly Shape[] = [
  { what: 'a list of layers under a name of its own', source, verdict: 'convention', mistake: ['np.sum(delta[-1], axis=0, keepdims=True)', 'np.mean(delta[-1], axis=0, keepdims=True)'] },
  { what: 'layers that are given one beside a pair of a cost, and another of a scale', source: beside, mistake: ['lambda a: 1 - a ** 2', 'lambda a: 1 - a'] },
];

describe('python: activations in pairs', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
