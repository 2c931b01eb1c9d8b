// Passes that are not what their names say: one function that goes both ways, a backward pass that begins with the error of the output, makers of one layer.

import assert from 'node:assert/strict';
import { bindsEach, changed, lineOf, pythonChecks, say, type Shape } from './support';

const shapes: readonly Shape[] = [
  {
    what: 'a function that goes forward and back, without a cost, and gives a table of gradients',
    source: `import numpy as np

class TwoLayers:
    def sigmoid(self, z):
        return 1 / (1 + np.exp(-z))

    def initialize_with_rand(self, nh_x, nh_y):
        w = np.random.rand(nh_x, nh_y)
        b = np.zeros(shape=(nh_y, 1))
        return w, b

    def propagate(self, params, X, Y):
        m = X.shape[1]
        w1, b1, w2, b2 = params['w1'], params['b1'], params['w2'], params['b2']
        A1 = self.sigmoid(np.dot(w1, X) + b1)
        A2 = self.sigmoid(np.dot(w2, A1) + b2)
        dZ2 = A2 - Y
        dw2 = np.dot(dZ2, A1.T) / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        dZ1 = np.dot(w2.T, dZ2) * A1 * (1 - A1)
        dw1 = np.dot(dZ1, X.T) / m
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m
        parameters = {"dw1": dw1, "db1": db1, "dw2": dw2, "db2": db2}
        return parameters
`,
    mistake: [' * A1 * (1 - A1)', ' * A1 * (1 + A1)'],
  },
  {
    what: 'a backward pass that is given the error of the output, beside a descent that is given the gradients',
    source: `import numpy as np

class NeuralNet:
    def __init__(self, X_train, y_train, arch, rate, iterations):
        self.features, self.labels = X_train, y_train
        self.arch = arch
        self.layers = range(1, len(arch))
        self.rate, self.iterations = rate, iterations

    def get_initial_weights(self):
        W = {l: np.random.randn(self.arch[l], self.arch[l - 1]) for l in self.layers}
        b = {l: np.random.randn(self.arch[l], 1) for l in self.layers}
        return W, b

    def forward_propagation(self, X, Y, W, B):
        A, Z = {0: X}, {}
        L = self.layers[-1]
        for l in self.layers:
            Z[l] = W[l] @ A[l - 1] + B[l]
            A[l] = self.sigmoid(Z[l])
        dZL = self.sigmoid_prime(Z[L]) * (A[L] - Y)
        return dZL, A, W, B, Z

    def backward_propagation(self, dZL, A, W, b, Z):
        L = len(self.arch) - 1
        dZ, dW, db = {L: dZL}, {}, {}
        for l in reversed(range(1, L + 1)):
            if l > 1:
                dZ[l - 1] = (W[l].T @ dZ[l]) * self.sigmoid_prime(Z[l - 1])
            dW[l] = dZ[l] @ A[l - 1].T
            db[l] = np.sum(dZ[l], axis=1, keepdims=True)
        return dW, db

    def sigmoid(self, z):
        return 1.0 / (1.0 + np.exp(-z))

    def sigmoid_prime(self, z):
        return self.sigmoid(z) * (1 - self.sigmoid(z))

    def gradient_descent(self, W, b, dW, db, rate):
        W = {l: W[l] - rate * dW[l] for l in W}
        b = {l: b[l] - rate * db[l] for l in b}
        return W, b
`,
    mistake: ['self.sigmoid_prime(Z[l - 1])', 'self.sigmoid_prime(A[l - 1])'],
  },
  {
    what: 'weights that are given one by one, beside a function that makes those of one layer',
    source: `import numpy as np

def initialise_weights(in_size, out_size):
    W = np.random.randn(out_size, in_size) * 0.01
    b = np.zeros((1, out_size))
    return W, b

def forward_propagation(X, W1, b1, W2, b2):
    hidden = np.tanh(np.matmul(X, W1.T) + b1)
    output = 1 / (1 + np.exp(-(np.matmul(hidden, W2.T) + b2)))
    return output, hidden

def cost(output, Y):
    m = Y.shape[0]
    return -(np.sum(np.log(output) * Y) + np.sum(np.log(1 - output) * (1 - Y))) / m

def backward_propagation(X, Y, W1, W2, output, hidden):
    m = Y.shape[0]
    dZ2 = output - Y
    dW2 = np.dot(dZ2.T, hidden) / m
    db2 = np.sum(dZ2, axis=0, keepdims=True) / m
    dZ1 = np.dot(dZ2, W2) * (1 - np.power(hidden, 2))
    dW1 = np.dot(dZ1.T, X) / m
    db1 = np.sum(dZ1, axis=0, keepdims=True) / m
    return dW1, db1, dW2, db2
`,
    mistake: ['np.power(hidden, 2)', 'hidden'],
  },
  {
    what: 'all layers of a network that a method makes between the inputs and the outputs of fit',
    source: `import numpy as np

class Network:
    def __init__(self, hidden_layer_sizes=[7, 5, 3], learning_rate=0.01, iterations=3000):
        self.hidden_layer_sizes = hidden_layer_sizes
        self.learning_rate, self.iterations = learning_rate, iterations

    def fit(self, X, Y):
        self.X, self.Y = X, Y
        self.layer_sizes = [self.X.shape[0]] + self.hidden_layer_sizes + [self.Y.shape[0]]
        self._initialize_parameters(self.layer_sizes)
        for i in range(self.iterations):
            AL, caches = self._forward_propagation(self.X)
            cost = self._compute_cost(AL)
            grads = self._backward_propagation(AL, caches)
            for key in self.parameters:
                self.parameters[key] -= self.learning_rate * grads['d' + key]

    def _initialize_parameters(self, layer_sizes):
        self.parameters = {}
        for l in range(1, len(layer_sizes)):
            self.parameters['W' + str(l)] = np.random.randn(layer_sizes[l], layer_sizes[l - 1]) * 0.01
            self.parameters['b' + str(l)] = np.zeros((layer_sizes[l], 1))

    def _forward_propagation(self, X):
        A, caches, L = X, [], len(self.parameters) // 2
        for l in range(1, L + 1):
            Z = np.dot(self.parameters['W' + str(l)], A) + self.parameters['b' + str(l)]
            caches.append((A, Z))
            A = np.maximum(0, Z) if l < L else 1 / (1 + np.exp(-Z))
        return A, caches

    def _compute_cost(self, AL):
        m = self.X.shape[1]
        return np.squeeze(-(np.dot(self.Y, np.log(AL).T) + np.dot(1 - self.Y, np.log(1 - AL).T)) / m)

    def _backward_propagation(self, AL, caches):
        L, grads, m = len(caches), {}, self.X.shape[1]
        dZ = AL - self.Y
        for l in range(L, 0, -1):
            grads['dW' + str(l)] = np.dot(dZ, caches[l - 1][0].T) / m
            grads['db' + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
            if l > 1:
                dZ = np.dot(self.parameters['W' + str(l)].T, dZ) * (caches[l - 2][1] > 0)
        return grads
`,
    mistake: ['(caches[l - 2][1] > 0)', '(caches[l - 2][1] < 0)'],
  },
  {
    what: 'a backward pass that goes down from what its training writes out, and a global number of samples of the file\'s own',
    source: `import numpy as np

def initialize_parameters(layers_dims):
    parameters = {}
    for i in range(len(layers_dims) - 1):
        parameters['W' + str(i + 1)] = np.random.randn(layers_dims[i + 1], layers_dims[i])
        parameters['b' + str(i + 1)] = np.zeros((layers_dims[i + 1], 1))
    return parameters

def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))

def forward_prop(x, parameters):
    caches, A = [], x
    for i in range(1, len(parameters) // 2 + 1):
        Z = np.dot(parameters['W' + str(i)], A) + parameters['b' + str(i)]
        caches.append((A, Z))
        A = sigmoid(Z)
    return A, caches

def compute_cost(AL, y):
    return -np.sum(y * np.log(AL) + (1 - y) * np.log(1 - AL)) / y.shape[1]

def backward_prop(dAL, caches, parameters):
    dA, grad = dAL, {}
    for i in reversed(range(1, len(caches) + 1)):
        A, Z = caches[i - 1]
        dZ = dA * (sigmoid(Z) * (1 - sigmoid(Z)))
        grad['dW' + str(i)] = np.dot(dZ, A.T) / m
        grad['db' + str(i)] = np.sum(dZ, axis=1, keepdims=True) / m
        dA = np.dot(parameters['W' + str(i)].T, dZ)
    return grad

def model(x, y, layers_dims, learning_rate=0.0075, iterations=3000):
    parameters = initialize_parameters(layers_dims)
    for i in range(iterations):
        AL, caches = forward_prop(x, parameters)
        cost = compute_cost(AL, y)
        dAL = -np.divide(y, AL) + np.divide(1 - y, 1 - AL)
        grad = backward_prop(dAL, caches, parameters)
        for key in parameters:
            parameters[key] = parameters[key] - learning_rate * grad['d' + key]
    return parameters

train_x = np.random.randn(1, 20)
train_y = np.zeros((1, 20))
m = train_y.shape[1]
parameters = model(train_x, train_y, [1, 3, 4, 3, 5, 1])
`,
    mistake: ['(sigmoid(Z) * (1 - sigmoid(Z)))', '(Z * (1 - Z))'],
  },
];

/** A step that clears what it has used. */
const clearing = `import numpy as np

def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))

def sigmoid_prime(x):
    return x * (1.0 - x)

class MLP:
    def __init__(self, n_inputs, n_hidden, n_outputs):
        self.Wl = np.random.uniform(0.1, 0.3, (n_inputs, n_hidden))
        self.Wu = np.random.uniform(0.1, 0.3, (n_hidden, n_outputs))
        self.dWl = np.zeros_like(self.Wl)
        self.dWu = np.zeros_like(self.Wu)

    def feedforward(self, input):
        self.input = np.array(input).reshape(1, -1)
        self.H = sigmoid(self.input.dot(self.Wl))
        self.O = sigmoid(self.H.dot(self.Wu))

    def update_weights(self, learning_rate):
        self.Wl += learning_rate * self.dWl
        self.Wu += learning_rate * self.dWu
        self.dWl = np.zeros_like(self.Wl)
        self.dWu = np.zeros_like(self.Wu)

    def backpropagation(self, target):
        outer_error = np.array(target) - self.O
        gradient = outer_error * sigmoid_prime(self.O)
        hidden_gradient = gradient.dot(self.Wu.T) * sigmoid_prime(self.H)
        self.dWl += self.input.T.dot(hidden_gradient)
        self.dWu += self.H.T.dot(gradient)
        return outer_error
`;

describe('python: passes of other names and kinds', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  bindsEach(shapes, check);

  it('a step that adds, and clears the gradients, is no step the wrong way', async () => {
    const right = await check(clearing);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = clearing.replace(' * sigmoid_prime(self.H)', '');
    const result = await check(wrong);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.function, 'backpropagation', say(result));
  });

  it('1/m that is missing in the weights alone is told where they are computed, though two branches hand them on', async () => {
    const source = changed('deep_layers.py', [
      ['dW = np.dot(dZ, A_prev.T) / m', 'dW = np.dot(dZ, A_prev.T)'],
      ['dZ = relu_backward(dA, activation_cache)', 'dZ = relu_backward(dA, activation_cache)\n        dA_prev, dW, db = linear_backward(dZ, linear_cache)'],
      ['dZ = sigmoid_backward(dA, activation_cache)', 'dZ = sigmoid_backward(dA, activation_cache)\n        dA_prev, dW, db = linear_backward(dZ, linear_cache)'],
      ['    return linear_backward(dZ, linear_cache)', '    return dA_prev, dW, db'],
      [`A, cache = linear_activation_forward(A_prev, parameters['W' + str(l)], parameters['b' + str(l)], "relu")`, `W_l = parameters['W' + str(l)]\n        b_l = parameters['b' + str(l)]\n        A, cache = linear_activation_forward(A_prev, W_l, b_l, "relu")`],
      [`AL, cache = linear_activation_forward(A, parameters['W' + str(L)], parameters['b' + str(L)], "sigmoid")`, `W_L = parameters['W' + str(L)]\n    b_L = parameters['b' + str(L)]\n    AL, cache = linear_activation_forward(A, W_L, b_L, "sigmoid")`],
    ]);
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.deepEqual([result.findings[0]?.function, result.findings[0]?.line], ['linear_backward', lineOf(source, 'dW = np.dot(dZ, A_prev.T)')]);
  });
});
