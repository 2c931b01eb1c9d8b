// Files with habits of their own, all correct: what habits.test.ts binds.

/** A notebook's JSON with one code cell for each text. */
export const notebook = (...cells: readonly string[]): string => JSON.stringify({ cells: cells.map((source) => ({ cell_type: 'code', source })) });

const sigmoid = `def sigmoid(z):
    return 1 / (1 + np.exp(-z))
`;

export const firstCells = [`import numpy as np

${sigmoid}
def initialize(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}

def forward(X, parameters):
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    A2 = sigmoid(parameters["W2"] @ A1 + parameters["b2"])
    return A2, {"A1": A1, "A2": A2}`, `def cost(A2, Y):
    m = Y.shape[1]
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m`] as const;

export const indentedCell = `  def backward(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    return {"dW1": dZ1 @ X.T / m, "db1": dZ1.sum(axis=1, keepdims=True) / m, "dW2": dZ2 @ cache["A1"].T / m, "db2": dZ2.sum(axis=1, keepdims=True) / m}`;

/** Caches as objects, the output's activation and the loss told by an Enum, and the prediction under a name of its own. */
export const enums = `import numpy as np
from enum import Enum

class Kind(Enum):
    RELU = 'relu'
    SIGMOID = 'sigmoid'

class Loss(Enum):
    BINARY = 'binary-cross-entropy'
    SQUARES = 'squares'

class Kept:
    def __init__(self, linear, z):
        self.linear = linear
        self.z = z

def initialize_parameters(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f'W{l}'] = np.random.randn(layer_dims[l], layer_dims[l - 1])
        parameters[f'b{l}'] = np.zeros((layer_dims[l], 1))
    return parameters

def layer_forward(a, w, b, activation):
    z = w @ a + b
    if activation == Kind.RELU.value:
        out = np.maximum(0, z)
    elif activation == Kind.SIGMOID.value:
        out = 1 / (1 + np.exp(-z))
    return out, Kept((a, w, b), z)

def model_forward(data, parameters, activation):
    caches = []
    count = len(parameters) // 2
    for l in range(1, count):
        data, kept = layer_forward(data, parameters[f'W{l}'], parameters[f'b{l}'], "relu")
        caches.append(kept)
    last, kept = layer_forward(data, parameters[f'W{count}'], parameters[f'b{count}'], activation)
    caches.append(kept)
    return last, caches

def compute_cost(probability_vector, labels, loss):
    if loss == Loss.BINARY.value:
        return -np.mean(labels * np.log(probability_vector) + (1 - labels) * np.log(1 - probability_vector))
    return np.mean((probability_vector - labels) ** 2)

def layer_backward(da, kept, activation):
    a, w, b = kept.linear
    if activation == Kind.RELU.value:
        dz = da * (kept.z > 0)
    else:
        s = 1 / (1 + np.exp(-kept.z))
        dz = da * s * (1 - s)
    m = a.shape[1]
    return w.T @ dz, dz @ a.T / m, dz.sum(axis=1, keepdims=True) / m

def model_backward(probability_vector, labels, caches, activation):
    grads = {}
    count = len(caches)
    da = -(labels / probability_vector - (1 - labels) / (1 - probability_vector))
    da, grads[f'dW{count}'], grads[f'db{count}'] = layer_backward(da, caches[-1], activation)
    for l in reversed(range(count - 1)):
        da, grads[f'dW{l + 1}'], grads[f'db{l + 1}'] = layer_backward(da, caches[l], "relu")
    return grads
`;

/** Activations as functions that the constructor is given, none of which the file has. */
export const givenFunctions = `import numpy as np

class Net:
    def __init__(self, n1, n2, n3, epochs, alpha, g1, g2, derivg1):
        self.W1 = np.random.rand(n2, n1) - 0.5
        self.W2 = np.random.rand(n3, n2) - 0.5
        self.b1 = np.zeros((n2, 1))
        self.b2 = np.zeros((n3, 1))
        self.epochs, self.alpha = epochs, alpha
        self.g1, self.g2, self.derivg1 = g1, g2, derivg1

    def forward(self, X):
        A1 = self.g1(self.W1 @ X.T + self.b1)
        A2 = self.g2(self.W2 @ A1 + self.b2)
        return A1, A2

    def backward(self, x, y, A1, A2):
        m = len(x)
        delta2 = A2 - y.T
        delta1 = self.W2.T @ delta2 * self.derivg1(A1)
        return delta1 @ x / m, delta1.sum(axis=1, keepdims=True) / m, delta2 @ A1.T / m, delta2.sum(axis=1, keepdims=True) / m
`;

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

/** Weights under keys that are places, samples split into parts, a bias as a row, and deltas that only the update makes gradients of. */
export const places = `import numpy as np

class NeuralNetwork:
    def __init__(self, x, y, num_layers=2, num_nodes=None, eta=0.01, batch_size=1):
        self.x, self.y = x, y
        num_nodes = [4, 6] if num_nodes is None else num_nodes
        self.num_layers, self.eta, self.batch_size = num_layers, eta, batch_size
        self.batches = len(self.x["train"]) // batch_size + len(self.x["test"]) // batch_size
        self.weights = {}
        widths = [self.x["train"].shape[-1]] + num_nodes + [self.y["train"].shape[-1]]
        for i in range(num_layers + 1):
            self.weights[str(i) + str(i + 1)] = np.random.uniform(-1, 1, (widths[i] + 1, widths[i + 1]))
        self.z, self.delta = {}, {}

    def feedforward(self, x):
        for i in range(self.num_layers + 1):
            self.z[str(i)] = np.hstack([x, np.ones([x.shape[0], 1])])
            x = np.tanh(self.z[str(i)] @ self.weights[str(i) + str(i + 1)])
        self.out = x
        return x

    def backprop(self, x, y):
        self.feedforward(x)
        last = self.num_layers + 1
        self.delta[str(last)] = (self.out - y) * (1 - self.out ** 2)
        for i in range(self.num_layers, 0, -1):
            back = self.delta[str(i + 1)] @ self.weights[str(i) + str(i + 1)].T
            self.delta[str(i)] = (back * (1 - self.z[str(i)] ** 2))[:, :-1]

    def update_weights(self):
        for i in range(self.num_layers + 1):
            change = self.z[str(i)].T @ self.delta[str(i + 1)]
            self.weights[str(i) + str(i + 1)] = self.weights[str(i) + str(i + 1)] - self.eta * change
`;

/** A list that holds the very arrays of the attributes; only the list is updated. */
export const held = `import numpy as np

${sigmoid}
class Net:
    def __init__(self):
        self.weights1, self.biases1 = np.random.randn(5, 4), np.zeros(4)
        self.weights2, self.biases2 = np.random.randn(4, 3), np.zeros(3)
        self.settings = [self.weights1, self.biases1, self.weights2, self.biases2]
        self.learningRate = 1
        self.steps = []

    def feed_forward(self, x):
        self.x = x
        self.layer1 = sigmoid(np.dot(x, self.weights1) + self.biases1)
        self.output = sigmoid(np.dot(self.layer1, self.weights2) + self.biases2)
        return self.output

    def get_cost(self, label):
        return ((self.output - label) ** 2).sum()

    def back_prop(self, label):
        d2 = 2 * (self.output - label) * self.output * (1 - self.output)
        d1 = np.dot(self.weights2, d2) * self.layer1 * (1 - self.layer1)
        self.steps = [np.outer(self.x, d1), d1, np.outer(self.layer1, d2), d2]

    def update(self):
        for i in range(len(self.settings)):
            self.settings[i] -= self.steps[i] * self.learningRate
`;

/** Parameters as objects that keep their value and their gradient, in layers whose cost is another file's. */
export const parameterObjects = `import numpy as np

class Parameter:
    def __init__(self, data):
        self.data = data
        self.grad = np.zeros_like(data)

class Linear:
    def __init__(self, in_features, out_features):
        self.params = {"W": Parameter(np.random.randn(in_features, out_features)), "b": Parameter(np.zeros(out_features))}

    def forward(self, x):
        self.x = x
        return x @ self.params["W"].data + self.params["b"].data

    def backward(self, grad_out):
        self.params["W"].grad += self.x.T @ grad_out
        self.params["b"].grad += np.sum(grad_out, axis=0)
        return grad_out @ self.params["W"].data.T

class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(0, x)

    def backward(self, grad_out):
        return grad_out * (self.x > 0)
`;

/** A whole network whose backward pass is given the derivative of a cost that is another file's. */
export const outside = `import numpy as np

class MLP:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1, self.b1 = np.random.randn(n_in, n_hidden), np.zeros((1, n_hidden))
        self.W2, self.b2 = np.random.randn(n_hidden, n_out), np.zeros((1, n_out))

    def forward(self, X):
        self.X = X
        self.Z1 = X @ self.W1 + self.b1
        self.A1 = np.maximum(0, self.Z1)
        return self.A1 @ self.W2 + self.b2

    def backward(self, grad_out):
        self.dW2 = self.A1.T @ grad_out
        self.db2 = grad_out.sum(axis=0, keepdims=True)
        dZ1 = grad_out @ self.W2.T * (self.Z1 > 0)
        self.dW1 = self.X.T @ dZ1
        self.db1 = dZ1.sum(axis=0, keepdims=True)
        return dZ1 @ self.W1.T
`;

/** Layers that give their gradients beside the upstream derivative, a softmax without one, and a loss whose derivative has another name. */
export const besides = `import numpy as np

class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.inputs = inputs
        return inputs @ self.weights + self.biases

    def backward(self, dvalues):
        dweights = self.inputs.T @ dvalues
        dbiases = dvalues.sum(axis=0, keepdims=True)
        return dvalues @ self.weights.T, dweights, dbiases

class Relu:
    def forward(self, inputs):
        self.inputs = inputs
        return np.maximum(0, inputs)

    def backward(self, dvalues):
        return dvalues * (self.inputs > 0)

class Softmax:
    def forward(self, inputs):
        e = np.exp(inputs - inputs.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

def crossentropy_of_probabilities(y_pred, y_true):
    return -np.sum(y_true * np.log(y_pred))

def crossentropy_with_softmax_backward(y_pred, y_true):
    return y_pred - y_true
`;

/** A cost that nothing calls, with a part that it calls itself, beside a gradient of the unrolled weights. */
export const unrolled = `import numpy as np

${sigmoid}
def unroll(nn_params, input_layer_size, hidden_layer_size, num_labels):
    split = hidden_layer_size * (input_layer_size + 1)
    return nn_params[:split].reshape(hidden_layer_size, input_layer_size + 1), nn_params[split:].reshape(num_labels, hidden_layer_size + 1)

def feed_forward(theta1, theta2, X):
    a1 = np.c_[np.ones(len(X)), X]
    a2 = np.c_[np.ones(len(X)), sigmoid(a1 @ theta1.T)]
    return a1, a2, sigmoid(a2 @ theta2.T)

def nn_cost(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lmd):
    theta1, theta2 = unroll(nn_params, input_layer_size, hidden_layer_size, num_labels)
    h = feed_forward(theta1, theta2, X)[-1]
    ys = np.eye(num_labels)[y]
    return -np.sum(ys * np.log(h) + (1 - ys) * np.log(1 - h)) / y.size + nn_cost_reg(theta1, theta2, y.size, lmd)

def nn_cost_reg(theta1, theta2, m, lmd):
    return lmd * (np.sum(theta1[:, 1:] ** 2) + np.sum(theta2[:, 1:] ** 2)) / m / 2

def nn_gradient(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lmd):
    theta1, theta2 = unroll(nn_params, input_layer_size, hidden_layer_size, num_labels)
    a1, a2, h = feed_forward(theta1, theta2, X)
    d3 = h - np.eye(num_labels)[y]
    d2 = (d3 @ theta2 * a2 * (1 - a2))[:, 1:]
    grad1, grad2 = d2.T @ a1 / y.size, d3.T @ a2 / y.size
    grad1[:, 1:] += lmd * theta1[:, 1:] / y.size
    grad2[:, 1:] += lmd * theta2[:, 1:] / y.size
    return np.concatenate([grad1.ravel(), grad2.ravel()])
`;

/** Cost and gradients of one sample in an inner tuple, and a forward pass that only decides. */
export const innerTuple = `import numpy as np

n_in, n_hidden, n_out = 10, 10, 10

${sigmoid}
def train(x, t, V, W, bv, bw):
    A = np.dot(x, V) + bv
    Z = np.tanh(A)
    Y = sigmoid(np.dot(Z, W) + bw)
    Ew = Y - t
    Ev = (1 - np.tanh(A) ** 2) * np.dot(W, Ew)
    loss = -np.sum(t * np.log(Y) + (1 - t) * np.log(1 - Y))
    dV, dW = np.outer(x, Ev), np.outer(Z, Ew)
    return loss, (dV, dW, Ev, Ew)

def predict(x, V, W, bv, bw):
    return (sigmoid(np.dot(np.tanh(np.dot(x, V) + bv), W) + bw) > 0.5).astype(int)

V = np.random.normal(scale=0.1, size=(n_in, n_hidden))
W = np.random.normal(scale=0.1, size=(n_hidden, n_out))
bv = np.zeros(n_hidden)
bw = np.zeros(n_out)
`;

/** Samples that are asked as tables. */
export const tables = `import numpy as np

${sigmoid}
class Logistic:
    def __init__(self, learning_rate=0.1, max_iter=100):
        self.learning_rate, self.max_iter = learning_rate, max_iter

    def fit(self, X, y):
        X = X.values
        self.beta = np.zeros((X.shape[1], 1))
        for i in range(self.max_iter):
            y_hat = sigmoid(X @ self.beta)
            target = y.values.reshape(-1, 1)
            self.loss = np.mean(-target * np.log(y_hat) - (1 - target) * np.log(1 - y_hat))
            gradient = (X * (y_hat - target)).mean(axis=0).reshape(-1, 1)
            self.beta = self.beta - self.learning_rate * gradient
`;
