// Networks whose parts stand in functions of their own: a gradient for each parameter, initializers for weights and biases, values kept
// in globals. Each correct source must be recognised, and the same with one mistake as wrong.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say, type Shape } from './support';

const sigma = `sigma = lambda z: 1 / (1 + np.exp(-z))
d_sigma = lambda z: np.cosh(z / 2) ** -2 / 4
`;

/** A function for each gradient, and weights that a function makes as globals. */
const eachItsOwn = `import numpy as np

${sigma}
def reset_network(n1=6, random=np.random):
    global W1, W2, b1, b2
    W1 = random.randn(n1, 1) / 2
    W2 = random.randn(2, n1) / 2
    b1 = random.randn(n1, 1) / 2
    b2 = random.randn(2, 1) / 2

def network_function(a0):
    z1 = W1 @ a0 + b1
    a1 = sigma(z1)
    z2 = W2 @ a1 + b2
    return a0, z1, a1, z2, sigma(z2)

def cost(x, y):
    return np.linalg.norm(network_function(x)[-1] - y) ** 2 / x.size

def J_W2(x, y):
    a0, z1, a1, z2, a2 = network_function(x)
    J = 2 * (a2 - y) * d_sigma(z2)
    return J @ a1.T / x.size

def J_b2(x, y):
    a0, z1, a1, z2, a2 = network_function(x)
    J = 2 * (a2 - y) * d_sigma(z2)
    return np.sum(J, axis=1, keepdims=True) / x.size

def J_W1(x, y):
    a0, z1, a1, z2, a2 = network_function(x)
    J = 2 * (a2 - y) * d_sigma(z2)
    J = (J.T @ W2).T * d_sigma(z1)
    return J @ a0.T / x.size

def J_b1(x, y):
    a0, z1, a1, z2, a2 = network_function(x)
    J = 2 * (a2 - y) * d_sigma(z2)
    J = (J.T @ W2).T * d_sigma(z1)
    return np.sum(J, axis=1, keepdims=True) / x.size
`;

/** A gradient function for each parameter; the training moves W2 before the gradient of W1 is computed from it. */
const ascent = `import numpy as np

def forward(X, W1, b1, W2, b2):
    Z = 1 / (1 + np.exp(-X.dot(W1) - b1))
    A = np.exp(Z.dot(W2) + b2)
    return A / A.sum(axis=1, keepdims=True), Z

def derivative_w2(Z, T, Y):
    return Z.T.dot(T - Y)

def derivative_b2(T, Y):
    return (T - Y).sum(axis=0)

def derivative_w1(X, Z, T, Y, W2):
    return X.T.dot((T - Y).dot(W2.T) * Z * (1 - Z))

def derivative_b1(T, Y, W2, Z):
    return ((T - Y).dot(W2.T) * Z * (1 - Z)).sum(axis=0)

def cost(T, Y):
    return (T * np.log(Y)).sum()

def train(X, T, W1, b1, W2, b2, rate):
    for epoch in range(1000):
        Y, Z = forward(X, W1, b1, W2, b2)
        W2 += rate * derivative_w2(Z, T, Y)
        b2 += rate * derivative_b2(T, Y)
        W1 += rate * derivative_w1(X, Z, T, Y, W2)
        b1 += rate * derivative_b1(T, Y, W2, Z)
    return W1, b1, W2, b2
`;

/** Weights and biases made by two functions, at widths that are written down, one sample at a time. */
const twoMakers = `import numpy as np

SECOND, THIRD = 16, 12

def getWeights():
    return [np.random.randn(30, SECOND), np.random.randn(SECOND, THIRD), np.random.randn(THIRD, 4)]

def getBiases():
    return [np.random.randn(SECOND), np.random.randn(THIRD), np.random.randn(4)]

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def feed_forward(image, weights, biases):
    z_data, a_data = [], [image]
    for w, b in zip(weights, biases):
        z_data.append(a_data[-1] @ w + b)
        a_data.append(sigmoid(z_data[-1]))
    return z_data, a_data

def back_prop(z_data, a_data, label, weights):
    del_w, del_b = [0, 0, 0], [0, 0, 0]
    delta = (a_data[3] - label) * a_data[3] * (1 - a_data[3])
    for l in (2, 1, 0):
        del_w[l], del_b[l] = np.outer(a_data[l], delta), delta
        if l > 0:
            delta = (weights[l] @ delta) * a_data[l] * (1 - a_data[l])
    return del_w, del_b

def run(images, labels):
    weights = getWeights()
    biases = getBiases()
    for n in range(len(images)):
        z_data, a_data = feed_forward(images[n], weights, biases)
        del_w, del_b = back_prop(z_data, a_data, labels[n], weights)
        for i in range(3):
            weights[i] = weights[i] - 0.1 * del_w[i]
            biases[i] = biases[i] - 0.1 * del_b[i]
`;

/** What forward keeps its values in is a global dictionary that begins with the samples. */
const keptInGlobals = `import numpy as np
from sklearn import datasets

X, Y = datasets.make_circles(n_samples=576)
X_train = X.T

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def initialize_weights(layers):
    weights = {}
    for i in range(1, len(layers)):
        weights[f"W{i}"] = np.random.rand(layers[i], layers[i - 1])
        weights[f"b{i}"] = np.random.rand(layers[i], 1)
    return weights

def loss_function(y_predicted, y_true):
    return np.squeeze(-1 / data_counts * (np.dot(y_true, np.log(y_predicted).T) + np.dot(1 - y_true, np.log(1 - y_predicted).T)))

def all_layer_forward(weights):
    A = X_train.copy()
    for i in range(len(weights) // 2):
        A = sigmoid(np.dot(weights[f"W{i + 1}"], A) + weights[f"b{i + 1}"])
        layer_result[f"a{i + 1}"] = A
    return A

def all_layer_backward(y_predicted, y_true, weights):
    gradients = {}
    dZ = y_predicted - y_true.reshape(y_predicted.shape)
    for i in range(len(weights) // 2, 0, -1):
        gradients[f"dW{i}"] = np.dot(dZ, layer_result[f"a{i - 1}"].T) / data_counts
        gradients[f"db{i}"] = np.sum(dZ, axis=1, keepdims=True) / data_counts
        A = layer_result[f"a{i - 1}"]
        dZ = np.dot(weights[f"W{i}"].T, dZ) * A * (1 - A)
    return gradients

data_counts, feature_counts = X.shape
layer_result = {"a0": X_train}
`;

/** Parameters made of samples in rows for a network that takes columns, as many outputs as there are digits, and a cost of classes that were decided on. */
const madeOfRows = `import numpy as np

def initialize_para(x, y, hidden):
    para = {'W1': np.random.rand(hidden, len(x.T)) - 0.5, 'B1': np.random.rand(hidden, 1) - 0.5}
    para['W2'] = np.random.rand(y.max() + 1, hidden) - 0.5
    para['B2'] = np.random.rand(y.max() + 1, 1) - 0.5
    return para

def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))

def forward_propagation(para, X):
    A1 = sigmoid(np.dot(para['W1'], X) + para['B1'])
    A2 = sigmoid(np.dot(para['W2'], A1) + para['B2'])
    return {'A1': A1, 'A2': A2}

def expected(Y):
    out = np.zeros((Y.size, 10))
    out[np.arange(Y.size), Y] = 1
    return out.T

def backward_propagation(Y, X, para, values):
    dZ2 = (values['A2'] - expected(Y)) * values['A2'] * (1 - values['A2'])
    dZ1 = np.dot(para['W2'].T, dZ2) * values['A1'] * (1 - values['A1'])
    return {'W1': np.dot(dZ1, X.T) / Y.size, 'B1': dZ1.sum(axis=1, keepdims=True) / Y.size,
            'W2': np.dot(dZ2, values['A1'].T) / Y.size, 'B2': dZ2.sum(axis=1, keepdims=True) / Y.size}

def compute_cost(values, Y):
    return np.sum((np.argmax(values['A2'], 0) - Y) ** 2) / Y.size

def model(X_train, Y_train, hidden, rounds, rate):
    para = initialize_para(X_train, Y_train, hidden)
    for i in range(rounds):
        values = forward_propagation(para, X_train.T)
        grads = backward_propagation(Y_train.T, X_train.T, para, values)
        para = {name: para[name] - rate * grads[name] for name in para}
        print(compute_cost(values, Y_train.T))
    return para
`;

/** Neurons as objects in layers as objects; the weights are lists of numbers, and only the update multiplies the deltas with what came in. */
const neurons = `from dataclasses import dataclass
from typing import List
import numpy as np

@dataclass
class Neuron:
    weights: List[float]
    bias: float = 0.0
    output: float = 0.0
    delta: float = 0.0

@dataclass
class Layer:
    neurons: List[Neuron]

@dataclass
class Network:
    layers: List[Layer]

def init_network(n_inputs, n_hidden, n_outputs):
    hidden = Layer([Neuron(np.random.uniform(-1, 1, n_inputs).tolist(), np.random.uniform(-1, 1)) for _ in range(n_hidden)])
    output = Layer([Neuron(np.random.uniform(-1, 1, n_hidden).tolist(), np.random.uniform(-1, 1)) for _ in range(n_outputs)])
    return Network([hidden, output])

def forward_propagate(network, inputs):
    for layer in network.layers:
        outputs = []
        for neuron in layer.neurons:
            neuron.output = np.tanh(np.dot(inputs, neuron.weights) + neuron.bias)
            outputs.append(neuron.output)
        inputs = outputs
    return inputs

def backpropagate_error(network, expected):
    last = network.layers[-1]
    for j, neuron in enumerate(last.neurons):
        neuron.delta = (expected[j] - neuron.output) * (1 - neuron.output ** 2)
    for j, neuron in enumerate(network.layers[0].neurons):
        error = sum(one.weights[j] * one.delta for one in last.neurons)
        neuron.delta = error * (1 - neuron.output ** 2)

def update_weights(network, inputs, learning_rate):
    for layer in network.layers:
        for neuron in layer.neurons:
            for j, value in enumerate(inputs):
                neuron.weights[j] += learning_rate * neuron.delta * value
            neuron.bias += learning_rate * neuron.delta
        inputs = [neuron.output for neuron in layer.neurons]

def train(network, rows, learning_rate):
    for inputs, expected in rows:
        forward_propagate(network, inputs)
        backpropagate_error(network, expected)
        update_weights(network, inputs, learning_rate)
`;

/** An exercise that has the backward pass alone. */
const alone = `import numpy as np

def backward_propagation(X, Y, cache):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)
    dZ2 = np.multiply(np.dot(W3.T, dZ3), np.int64(A2 > 0))
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2))
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}
`;

/** The same with what forward gave as arguments, samples in rows. */
const aloneWithArguments = `import numpy as np

def backward(X_batch, y_batch, W2, out1, out2):
    dE_dnet2 = out2 - y_batch
    dE_dnet1 = np.dot(dE_dnet2, W2.T) * (out1 * (1 - out1))
    dW2 = np.dot(out1.T, dE_dnet2)
    db2 = np.sum(dE_dnet2, axis=0, keepdims=True)
    dW1 = np.dot(X_batch.T, dE_dnet1)
    db1 = np.sum(dE_dnet1, axis=0, keepdims=True)
    return dW1, db1, dW2, db2
`;

const shapes: readonly Shape[] = [
  { what: 'a function for each gradient, and weights that a function declares as global', source: eachItsOwn, mistake: ['J = (J.T @ W2).T * d_sigma(z1)\n    return J @ a0.T', 'J = (J.T @ W2).T * d_sigma(a1)\n    return J @ a0.T'] },
  { what: 'weights and biases that two functions make', source: twoMakers, mistake: ['* a_data[l] * (1 - a_data[l])', '* a_data[l] * (1 - z_data[l - 1])'] },
  { what: 'a global dictionary that begins with the samples', source: keptInGlobals, mistake: ['* A * (1 - A)', '* A'] },
  { what: 'parameters made of samples that lie the other way, beside a cost without a derivative', source: madeOfRows, mistake: ['* values[\'A1\'] * (1 - values[\'A1\'])', '* values[\'A1\'] * (1 - values[\'A1\']) / Y.size'] },
  { what: 'neurons as objects, whose gradients only the update makes', source: neurons, mistake: ['error * (1 - neuron.output ** 2)', 'error * (1 - neuron.output)'] },
  { what: 'a backward pass alone, with a cache that it unpacks', source: alone, mistake: ['dW2 = 1 / m * np.dot(dZ2, A1.T)', 'dW2 = 1 / m * np.dot(dZ2, Z1.T)'], unchecked: 'no forward pass' },
  { what: 'a backward pass alone, with activations as arguments', source: aloneWithArguments, mistake: ['np.dot(X_batch.T, dE_dnet1)', 'np.dot(X_batch.T, dE_dnet1) / len(X_batch)'], unchecked: 'no forward pass' },
];

describe('networks whose parts stand by themselves', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('show a parameter that is moved before another gradient is computed from it', async () => {
    const wrong = await check(ascent);
    assert.deepEqual([wrong.verdict, wrong.findings[0]?.function, wrong.findings[0]?.line], ['wrong', 'train', lineOf(ascent, 'W1 += rate')], say(wrong));
    const late = ascent.replace(/( {8}W2 \+= .*\n {8}b2 \+= .*\n)( {8}W1 \+= .*\n {8}b1 \+= .*\n)/, '$2$1');
    assert.equal((await check(late)).verdict, 'correct');
  });
});
