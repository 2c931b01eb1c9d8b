// What people give their networks besides numbers and arrays: functions, words, objects, parts of a prediction.

import { bindsEach, pythonChecks, type Shape } from './support';

const init = `import numpy as np

def initialize(layers):
    parameters = {}
    for l in range(1, len(layers)):
        parameters["W" + str(l)] = np.random.randn(layers[l], layers[l - 1]) * 0.1
        parameters["b" + str(l)] = np.zeros((layers[l], 1))
    return parameters
`;

/** A network of objects, and nothing that makes it. */
const objects = `import numpy as np

class Layer:
    def __init__(self, input_size, output_size, activation="sigmoid"):
        self.kind = activation
        self.W = np.random.randn(input_size, output_size) * 0.1
        self.b = np.zeros((1, output_size))
        self.a = self.dW = self.db = None

    def activate(self, Z):
        if self.kind == "sigmoid":
            return 1 / (1 + np.exp(-Z))

class Network:
    def __init__(self, layers, learning_rate=0.01):
        self.layers = layers
        self.learning_rate = learning_rate

    def forward(self, X):
        self.X = current = X
        for l, layer in enumerate(self.layers):
            current = layer.activate(current.dot(layer.W) + layer.b)
            layer.a = current
        return current

    def compute_loss(self, y, A):
        return -np.sum(y * np.log(A) + (1 - y) * np.log(1 - A)) / len(y)

    def backward(self, y):
        dZ = (self.layers[-1].a - y) / len(y)
        for l in reversed(range(len(self.layers))):
            before = self.layers[l - 1].a if l > 0 else self.X
            self.layers[l].dW = before.T.dot(dZ)
            self.layers[l].db = dZ.sum(axis=0, keepdims=True)
            dZ = dZ.dot(self.layers[l].W.T) * before * (1 - before)

    def update(self):
        for layer in self.layers:
            layer.W -= self.learning_rate * layer.dW
            layer.b -= self.learning_rate * layer.db
`;

const shapes: readonly Shape[] = [
  {
    what: 'activations as functions, each of which gets a name of its own before it is called',
    source: `${init}
def sigmoid(x, derivative=False):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s) if derivative else s

def forward_propagation(X, parameters, activations):
    caches, A = [], X
    for i in range(len(parameters) // 2):
        W, b = parameters[f"W{i + 1}"], parameters[f"b{i + 1}"]
        g = activations[i]
        Z = np.dot(W, A) + b
        caches.append((A, W, Z))
        A = g(Z)
    return A, caches

def mean_squared_error(y_true, y_pred):
    return np.mean(np.sum((y_true - y_pred) ** 2, axis=0))

def backward_propagation(AL, Y, caches, activations):
    grads = {}
    dA = 2 * (AL - Y) / Y.shape[1]
    for i in reversed(range(len(caches))):
        A, W, Z = caches[i]
        g = activations[i]
        dZ = dA * g(Z, derivative=True)
        grads[f"dW{i + 1}"] = np.dot(dZ, A.T)
        grads[f"db{i + 1}"] = np.sum(dZ, axis=1, keepdims=True)
        dA = np.dot(W.T, dZ)
    return grads

def train(X, Y, layers, activations):
    parameters = initialize(layers)
    AL, caches = forward_propagation(X, parameters, activations)
    return mean_squared_error(Y, AL), backward_propagation(AL, Y, caches, activations)
`,
    mistake: ['dA = 2 * (AL - Y)', 'dA = 2 * AL * (AL - Y)'],
  },
  {
    what: 'an activation as a word that other methods compare',
    source: `import numpy as np

class Network:
    def __init__(self, inputnodes, hiddennodes, outputnodes, learningrate, activation_function):
        self.wih = np.random.normal(0.0, 0.3, (hiddennodes, inputnodes))
        self.who = np.random.normal(0.0, 0.3, (outputnodes, hiddennodes))
        self.lr = learningrate
        self.activation_function = self.pick(activation_function)
        self.slope = self.pick_slope(activation_function)

    def pick(self, kind):
        if kind == "sigmoid":
            return lambda x: 1 / (1 + np.exp(-x))
        elif kind == "tanh":
            return lambda x: np.tanh(x)

    def pick_slope(self, kind):
        if kind == "sigmoid":
            return lambda x: self.activation_function(x) * (1 - self.activation_function(x))
        elif kind == "tanh":
            return lambda x: 1 - self.activation_function(x) ** 2

    def forward(self, inputs):
        hidden_inputs = np.dot(self.wih, inputs)
        hidden_outputs = self.activation_function(hidden_inputs)
        final_inputs = np.dot(self.who, hidden_outputs)
        return self.activation_function(final_inputs), final_inputs, hidden_outputs, hidden_inputs

    def backward(self, inputs, targets):
        final_outputs, final_inputs, hidden_outputs, hidden_inputs = self.forward(inputs)
        output_errors = (targets - final_outputs) * self.slope(final_inputs)
        hidden_errors = np.dot(self.who.T, output_errors) * self.slope(hidden_inputs)
        self.who += self.lr * np.dot(output_errors, hidden_outputs.T)
        self.wih += self.lr * np.dot(hidden_errors, inputs.T)
`,
    mistake: ['output_errors) * self.slope(hidden_inputs)', 'output_errors)'],
  },
  {
    what: 'samples under the names of widths, and those of the script read beside them',
    source: `import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

class Network:
    def __init__(self, inputs, outputs, hidden=3):
        self.inputs = inputs
        self.outputs = outputs
        self.hidden = hidden
        self.n_in = self.inputs.shape[1]
        self.n_out = self.outputs.shape[1]

    def initialize_weights(self):
        self.Wh = np.random.rand(self.n_in, self.hidden)
        self.bh = np.random.rand(1, self.hidden)
        self.Wo = np.random.rand(self.hidden, self.n_out)
        self.bo = np.random.rand(1, self.n_out)

    def forward_prop(self, given):
        self.h = sigmoid(np.dot(given, self.Wh) + self.bh)
        self.out = sigmoid(np.dot(self.h, self.Wo) + self.bo)

    def back_prop(self):
        delta = (self.outputs - self.out) * self.out * (1 - self.out)
        hidden = np.dot(delta, self.Wo.T) * self.h * (1 - self.h)
        self.Wo += np.dot(self.h.T, delta)
        self.bo += np.sum(delta, axis=0, keepdims=True)
        self.Wh += np.dot(inputs.T, hidden)
        self.bh += np.sum(hidden, axis=0, keepdims=True)

    def train(self, rounds=5000):
        self.initialize_weights()
        for i in range(rounds):
            self.forward_prop(self.inputs)
            self.back_prop()

inputs = np.array([[0, 1, 0], [1, 1, 0], [1, 0, 1], [0, 0, 1], [1, 0, 0]])
outputs = np.array([[0, 1, 1], [1, 0, 0], [1, 1, 1], [0, 1, 1], [0, 0, 0]])
network = Network(inputs, outputs, 5)
network.train(6000)
`,
    mistake: ['* self.h * (1 - self.h)', '* (1 - self.h)'],
  },
  {
    what: 'four layers by their names, and a cost that is given a part of the prediction',
    source: `${init}
def relu(z):
    return np.maximum(z, 0)

def forward_propagation(X, parameters):
    A1 = relu(np.dot(parameters["W1"], X) + parameters["b1"])
    A2 = relu(np.dot(parameters["W2"], A1) + parameters["b2"])
    A3 = relu(np.dot(parameters["W3"], A2) + parameters["b3"])
    AL = 1 / (1 + np.exp(-(np.dot(parameters["W4"], A3) + parameters["b4"])))
    return AL, [X, A1, A2, A3]

def compute_cost(last_activation, real_labels):
    cost = 0
    for i in range(len(last_activation)):
        cost += real_labels[i] * np.log(last_activation[i]) + (1 - real_labels[i]) * np.log(1 - last_activation[i])
    return -cost / len(last_activation)

def back_propagation(AL, Y, parameters, caches):
    grads = {}
    dZ = (AL - Y) / AL.shape[1]
    for l in (4, 3, 2, 1):
        grads["dW%d" % l] = np.dot(dZ, caches[l - 1].T)
        grads["db%d" % l] = np.sum(dZ, axis=1, keepdims=True)
        dZ = np.dot(parameters["W%d" % l].T, dZ) * (caches[l - 1] > 0)
    return grads

def train(x_data, y_data, layers):
    parameters = initialize(layers)
    for i in range(3000):
        last, caches = forward_propagation(x_data, parameters)
        cost = compute_cost(last[0], y_data)
        grads = back_propagation(last, y_data, parameters, caches)
        for key in parameters:
            parameters[key] -= 0.01 * grads["d" + key]
    return parameters
`,
    mistake: ['* (caches[l - 1] > 0)', '* (caches[l - 1] > 0.5)'],
  },
  { what: 'layers as objects that nothing in the file makes', source: objects, mistake: [' * before * (1 - before)', ' * before'] },
  { what: 'layers as objects that the script makes, the last with one bias', source: `${objects}\nnetwork = Network([Layer(2, 3), Layer(3, 1)])\n`, mistake: ['layer.W -= self', 'layer.W += self'] },
  {
    what: 'a data frame that stands for a matrix, with or without pandas',
    source: `${init}
import pandas as pd

def relu(Z):
    Z = pd.DataFrame(Z)
    Z[Z <= 0] = 0
    return np.array(Z)

def forward(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = relu(Z1.copy())
    A2 = 1 / (1 + np.exp(-(np.dot(parameters["W2"], A1) + parameters["b2"])))
    return A2, (Z1, A1)

def compute_cost(A2, Y):
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]

def backward(X, Y, parameters, A2, cache):
    Z1, A1 = cache
    dZ2 = (A2 - Y) / Y.shape[1]
    mask = pd.DataFrame((Z1 > 0) * 1.0)
    dZ1 = np.dot(parameters["W2"].T, dZ2) * mask.values
    return {"dW2": np.dot(dZ2, A1.T), "db2": dZ2.sum(axis=1, keepdims=True), "dW1": np.dot(dZ1, X.T), "db1": dZ1.sum(axis=1, keepdims=True)}
`,
    mistake: [' * mask.values', ' * (1 - mask.values)'],
  },
  {
    what: 'a word where others have a learning rate',
    source: `import numpy as np

class Net:
    def __init__(self, X_train, y_train, X_test=None, learning_rate=0.1, hidden=4):
        self.X_train, self.y_train, self.X_test = X_train.T, y_train.T, X_test
        self.learning_rate = learning_rate
        self.W1, self.b1 = np.random.randn(hidden, X_train.shape[1]), np.zeros((hidden, 1))
        self.W2, self.b2 = np.random.randn(1, hidden), np.zeros((1, 1))

    def forward(self, step="train"):
        A = 0
        if step == "train":
            A = self.X_train
        elif step == "test":
            A = self.X_test
        A1 = np.tanh(np.dot(self.W1, A) + self.b1)
        return {"A1": A1, "A2": 1 / (1 + np.exp(-(np.dot(self.W2, A1) + self.b2)))}

    def cost(self, activations):
        A2 = activations["A2"]
        return -np.mean(self.y_train * np.log(A2) + (1 - self.y_train) * np.log(1 - A2))

    def backward(self, activations):
        dZ2 = (activations["A2"] - self.y_train) / self.y_train.shape[1]
        dZ1 = np.dot(self.W2.T, dZ2) * (1 - activations["A1"] ** 2)
        return {"dW2": dZ2 @ activations["A1"].T, "db2": dZ2.sum(axis=1, keepdims=True), "dW1": dZ1 @ self.X_train.T, "db1": dZ1.sum(axis=1, keepdims=True)}
`,
    mistake: ['(1 - activations["A1"] ** 2)', '(1 - activations["A1"])'],
  },
];

describe('what people give their networks, by the arguments', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
