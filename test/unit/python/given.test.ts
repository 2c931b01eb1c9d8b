// What a file leaves to be given: arguments that no name explains, helpers that are not there.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say, type Shape } from './support';

const shapes: readonly Shape[] = [
  {
    what: 'a helper module that is not there',
    source: `import numpy as np
from planar_utils import plot_decision_boundary, sigmoid, load_planar_dataset

X, Y = load_planar_dataset()

def initialize_parameters(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}

def forward_propagation(X, parameters):
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    A2 = sigmoid(parameters["W2"] @ A1 + parameters["b2"])
    return A2, {"A1": A1, "A2": A2}

def compute_cost(A2, Y):
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]

def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    return {"dW1": dZ1 @ X.T / m, "db1": dZ1.sum(axis=1, keepdims=True) / m, "dW2": dZ2 @ cache["A1"].T / m, "db2": dZ2.sum(axis=1, keepdims=True) / m}
`,
    mistake: ['(1 - cache["A1"] ** 2)', '(1 - cache["A1"])'],
    unchecked: 'sigmoid',
  },
  {
    what: "helpers that give a pair, and an optimizer's memory returned beside the parameters",
    source: `import numpy as np
from dnn_utils import sigmoid, sigmoid_backward, relu, relu_backward

def initialize_parameters_adam(layer_dims):
    parameters, v = {}, {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
        v["dW" + str(l)] = np.zeros((layer_dims[l], layer_dims[l - 1]))
        v["db" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters, v

def L_model_forward(X, parameters):
    A, caches = X, []
    L = len(parameters) // 2
    for l in range(1, L + 1):
        Z = parameters["W" + str(l)] @ A + parameters["b" + str(l)]
        if l < L:
            A_next, activation_cache = relu(Z)
        else:
            A_next, activation_cache = sigmoid(Z)
        caches.append((A, parameters["W" + str(l)], activation_cache))
        A = A_next
    return A, caches

def compute_cost(AL, Y):
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]

def L_model_backward(AL, Y, caches):
    grads, m = {}, Y.shape[1]
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in reversed(range(len(caches))):
        A_prev, W, activation_cache = caches[l]
        dZ = sigmoid_backward(dA, activation_cache) if l == len(caches) - 1 else relu_backward(dA, activation_cache)
        grads["dW" + str(l + 1)] = dZ @ A_prev.T / m
        grads["db" + str(l + 1)] = np.sum(dZ, axis=1, keepdims=True) / m
        dA = W.T @ dZ
    return grads
`,
    mistake: ['dA = W.T @ dZ', 'dA = W.T @ (dZ * dZ)'],
    unchecked: 'relu_backward',
  },
  {
    what: 'one activation for each layer, under the name of a cache',
    source: `import numpy as np

activations = ["relu", "softmax"]

def initialize_parameters(layer_dims):
    return {key: value for l in range(1, len(layer_dims)) for key, value in ((f"W{l}", np.random.randn(layer_dims[l], layer_dims[l - 1])), (f"b{l}", np.zeros((layer_dims[l], 1))))}

def forward_propagation(X, parameters, activations):
    cache, A = {"A0": X}, X
    for l in range(1, len(parameters) // 2 + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        if activations[l - 1] == "relu":
            A = np.maximum(Z, 0)
        elif activations[l - 1] == "softmax":
            A = np.exp(Z) / np.sum(np.exp(Z), axis=0, keepdims=True)
        cache[f"A{l}"], cache[f"Z{l}"], cache[f"W{l}"] = A, Z, parameters[f"W{l}"]
    return A, cache

def loss_function(A, Y):
    return -np.sum(Y * np.log(A)) / Y.shape[1]

def back_propagation(AL, y, cache, activations):
    gradients, m = {}, y.shape[1]
    dZ = AL - y
    for l in reversed(range(1, len(activations) + 1)):
        gradients[f"dW{l}"] = dZ @ cache[f"A{l - 1}"].T / m
        gradients[f"db{l}"] = np.sum(dZ, axis=1, keepdims=True) / m
        if l > 1 and activations[l - 2] == "relu":
            dZ = cache[f"W{l}"].T @ dZ * (cache[f"Z{l - 1}"] > 0)
    return gradients

def train(X, Y, dims):
    parameters = initialize_parameters(dims)
    AL, cache = forward_propagation(X, parameters, activations)
    gradients = back_propagation(AL, Y, cache, activations)
    for key in parameters:
        parameters[key] -= 0.1 * gradients["d" + key]
    return parameters
`,
    mistake: ['* (cache[f"Z{l - 1}"] > 0)', '* cache[f"Z{l - 1}"]'],
  },
  {
    what: 'a number that is asked for, and weights whose shapes only the script knows',
    source: `import numpy as np

def activation(kind, a):
    if kind == 0:
        return np.log(1 + np.exp(a))
    elif kind == 1:
        return np.tanh(a)
    return np.cos(a)

def derivative_activation(kind, a):
    if kind == 0:
        return 1 / (1 + np.exp(-a))
    elif kind == 1:
        return 1 - np.tanh(a) ** 2
    return -np.sin(a)

def feed_forward(w1, w2, x, kind):
    z = activation(kind, x @ w1.T)
    z = np.hstack((np.ones((len(x), 1)), z))
    s = z @ w2.T
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return z, e / e.sum(axis=1, keepdims=True)

def cost_function(w1, w2, x, t, kind):
    z, y = feed_forward(w1, w2, x, kind)
    cost = np.sum(t * np.log(y))
    w2_grad = (t - y).T @ z
    w1_grad = ((t - y) @ w2[:, 1:] * derivative_activation(kind, x @ w1.T)).T @ x
    return cost, w1_grad, w2_grad

def train(w1, w2, x_train, y_train, rate, kind):
    for i in range(100):
        cost, w1_grad, w2_grad = cost_function(w1, w2, x_train, y_train, kind)
        w1 += rate * w1_grad
        w2 += rate * w2_grad
    return w1, w2

if __name__ == "__main__":
    kind = int(input("which activation? "))
    train_x, train_y = np.load("x.npy"), np.load("y.npy")
    M, K = 20, 10
    w1_init = np.random.normal(0, 0.1, (M, train_x.shape[1]))
    w2_init = np.zeros((K, M + 1))
    train(w1_init, w2_init, train_x, train_y, 0.01, kind)
`,
    mistake: ['(t - y).T @ z', '(t - y).T @ (z * z)'],
  },
  {
    what: 'a hidden width that only its place tells',
    source: `import numpy as np

class FirstNN:
    def __init__(self, input_dims, nodes_lr1, num_classes):
        self.params = {"W1": np.random.randn(input_dims, nodes_lr1), "b1": np.zeros(nodes_lr1), "W2": np.random.randn(nodes_lr1, num_classes), "b2": np.zeros(num_classes)}

    def forword(self, X):
        self.A1 = 1 / (1 + np.exp(-(X @ self.params["W1"] + self.params["b1"])))
        e = np.exp(self.A1 @ self.params["W2"] + self.params["b2"])
        return e / np.sum(e, axis=1, keepdims=True)

    def loss(self, Y, prob_scores):
        return -np.mean(np.log(prob_scores[np.arange(len(Y)), Y]))

    def backword(self, X, Y, prob_scores):
        N = X.shape[0]
        dZ2 = prob_scores.copy()
        dZ2[np.arange(N), Y] -= 1
        dZ1 = dZ2 @ self.params["W2"].T * self.A1 * (1 - self.A1)
        return {"W1": X.T @ dZ1 / N, "b1": np.mean(dZ1, axis=0), "W2": self.A1.T @ dZ2 / N, "b2": np.mean(dZ2, axis=0)}
`,
    mistake: ['* self.A1 * (1 - self.A1)', '* (1 - self.A1)'],
  },
  {
    what: 'an architecture that another function makes, targets that a prediction is called elsewhere',
    source: `import numpy as np

def make_architecture(depth=3, width=4, input_dim=3, output_dim=1):
    nn_architecture = [{"in": input_dim, "out": width}]
    for layer in range(depth - 2):
        nn_architecture.append({"in": width, "out": width})
    nn_architecture.append({"in": width, "out": output_dim})
    return nn_architecture

def init_parameters(nn_architecture):
    parameters = {}
    for index, layer in enumerate(nn_architecture):
        parameters["W" + str(index + 1)] = np.random.randn(layer["out"], layer["in"])
        parameters["b" + str(index + 1)] = np.random.randn(layer["out"], 1)
    return parameters

def forward_propagation(nn_architecture, parameters, inputs):
    A, memory = inputs, {"A0": inputs}
    for index, layer in enumerate(nn_architecture):
        A = 1 / (1 + np.exp(-(parameters["W" + str(index + 1)] @ A + parameters["b" + str(index + 1)])))
        memory["A" + str(index + 1)] = A
    y_hat = A
    return y_hat, memory

def loss(y_hat, y_actual):
    return -np.sum(y_actual * np.log(y_hat) + (1 - y_actual) * np.log(1 - y_hat)) / y_actual.shape[1]

def backpropagation(nn_architecture, parameters, y_hat, y_actual, memory):
    gradients, m = {}, y_actual.shape[1]
    dZ = y_hat - y_actual
    for index, layer in reversed(list(enumerate(nn_architecture))):
        A_prev = memory["A" + str(index)]
        gradients["dW" + str(index + 1)] = dZ @ A_prev.T / m
        gradients["db" + str(index + 1)] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = parameters["W" + str(index + 1)].T @ dZ * A_prev * (1 - A_prev)
    return gradients

def train(X, Y, learning_rate, epochs, nn_architecture):
    parameters = init_parameters(nn_architecture)
    for epoch in range(epochs):
        y_hat, memory = forward_propagation(nn_architecture, parameters, X)
        cost = loss(y_hat, Y)
        gradients = backpropagation(nn_architecture, parameters, y_hat, Y, memory)
        for key in parameters:
            parameters[key] -= learning_rate * gradients["d" + key]
    return parameters

def predict(X, parameters, nn_architecture):
    Y, memory = forward_propagation(nn_architecture, parameters, X)
    return Y
`,
    mistake: ['* A_prev * (1 - A_prev)', '* (1 - A_prev)'],
  },
];

describe('what a file leaves to be given', function () {
  this.timeout(30_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('reads the last definition of a backward pass, and lets imported modules bring functions', async () => {
    const source = `from helpers_of_the_course import *\n\ndef backward_propagation(parameters, cache, X, Y):\n    return {"dW1": dW1}\n\n`
      + shapes[0]!.source.replace('def backward_propagation', 'def gradient_check(parameters, gradients):\n    return gradients_to_vector(gradients)\n\ndef backward_propagation');
    const result = await check(source);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('is told by the only definition that it cannot run', async () => {
    const source = shapes[0]!.source.replace('dZ2 = cache["A2"] - Y', 'dZ2 = cache["A2"] - Y + dZ3');
    const result = await check(source);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.match(result.summary, /'dZ3' is not defined/);
  });

  it('does not say that code cannot run whose attribute another method sets', async () => {
    const source = `import numpy as np

class Classifier:
    def __init__(self, rounds=1000):
        self.rounds = rounds

    def fit(self, frame, column):
        self.beta = np.zeros(frame[column].shape[1])

    def predict(self, X):
        return X @ self.beta
`;
    const result = await check(source);
    assert.equal(result.verdict, 'not bound', say(result));
  });
});
