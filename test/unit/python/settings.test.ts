// Networks whose settings say how they are made: a dictionary from another file, an initializer among several, or the parameters as arguments alone.

import { bindsEach, pythonChecks, type Shape } from './support';

/** A dictionary of settings that only another file has; a step that a check of their own would move the weights by. */
const configured = `import numpy as np


class Activation:
    def __init__(self, kind="tanh"):
        if kind not in ["sigmoid", "tanh"]:
            raise NotImplementedError(kind)
        self.kind = kind

    def __call__(self, a):
        self.out = np.tanh(a) if self.kind == "tanh" else 1 / (1 + np.exp(-a))
        return self.out

    def backward(self, delta):
        return delta * (1 - self.out ** 2) if self.kind == "tanh" else delta * self.out * (1 - self.out)


class Layer:
    def __init__(self, in_units, out_units):
        self.w = np.random.randn(in_units, out_units) * 0.1
        self.b = np.zeros(out_units)
        self.moved_w, self.moved_b = np.zeros_like(self.w), np.zeros_like(self.b)

    def __call__(self, x):
        self.x = x
        return x @ self.w + self.b

    def backward(self, delta):
        self.d_w = self.x.T @ delta
        self.d_b = delta.sum(axis=0)
        return delta @ self.w.T


class Network:
    def __init__(self, config):
        self.rate, self.gamma, self.l2 = config['learning_rate'], config['momentum_gamma'], config['L2_penalty']
        self.layers = []
        specs = config['layer_specs']
        for i in range(len(specs) - 1):
            self.layers.append(Layer(specs[i], specs[i + 1]))
            if i < len(specs) - 2:
                self.layers.append(Activation(config['activation']))

    def forward(self, x, targets=None):
        for layer in self.layers:
            x = layer(x)
        return x if targets is None else (x, self.loss(x, targets))

    def loss(self, logits, targets):
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        self.y, self.targets = e / e.sum(axis=1, keepdims=True), targets
        return -np.sum(targets * np.log(self.y)) / len(targets)

    def backward(self, epsilon=0):
        delta = (self.y - self.targets) / len(self.targets)
        for layer in self.layers[::-1]:
            delta = layer.backward(delta)
            if isinstance(layer, Layer):
                layer.w = layer.w + epsilon
                layer.moved_w = self.gamma * layer.moved_w + self.rate * layer.d_w
                layer.moved_b = self.gamma * layer.moved_b + self.rate * layer.d_b
                layer.w = layer.w - layer.moved_w - self.l2 * layer.w
                layer.b = layer.b - layer.moved_b
`;

/** Initializers that are given everything, and one that is given nothing and calls them. */
const chosen = `import numpy as np


class Network:
    def __init__(self, X, Y, layers_dims, learning_rate, how="he", scale=0.1):
        self.X, self.Y, self.layers_dims, self.learning_rate = X, Y, layers_dims, learning_rate
        self.how, self.scale = how, scale
        self.parameters, self.grads = {}, {}

    @classmethod
    def initialize_scaled(cls, layers_dims, wanted_scale):
        return {k: v for l in range(1, len(layers_dims)) for k, v in (("W%d" % l, np.random.randn(layers_dims[l], layers_dims[l - 1]) * wanted_scale), ("b%d" % l, np.zeros((layers_dims[l], 1))))}

    @classmethod
    def initialize_he(cls, layers_dims):
        return cls.initialize_scaled(layers_dims, np.sqrt(2 / layers_dims[0]))

    def initialize_parameters(self):
        self.parameters = Network.initialize_he(self.layers_dims) if self.how == "he" else Network.initialize_scaled(self.layers_dims, self.scale)

    def model_forward(self, X):
        self.A = [X]
        for l in range(1, len(self.layers_dims)):
            self.A.append(1 / (1 + np.exp(-(self.parameters["W%d" % l] @ self.A[-1] + self.parameters["b%d" % l]))))
        return self.A[-1]

    def compute_cost(self, AL):
        return -np.sum(self.Y * np.log(AL) + (1 - self.Y) * np.log(1 - AL)) / self.Y.shape[1]

    def model_backward(self, AL):
        dZ, m = AL - self.Y, self.Y.shape[1]
        for l in range(len(self.layers_dims) - 1, 0, -1):
            self.grads["dW%d" % l] = dZ @ self.A[l - 1].T / m
            self.grads["db%d" % l] = np.sum(dZ, axis=1, keepdims=True) / m
            dZ = self.parameters["W%d" % l].T @ dZ * self.A[l - 1] * (1 - self.A[l - 1])
`;

/** Logistic regression of one function; what makes w and b, and what calls it, is in other files. */
const alone = `import numpy as np


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    dw = np.dot(X, (A - Y).T) / m
    db = np.sum(A - Y) / m
    return {"dw": dw, "db": db}, cost
`;

/** A constructor that the script gives samples of its own under another name; the training keeps to itself what it computes. */
const handed = `import numpy as np


class Net:
    def __init__(self, trains, labels, layers):
        self.trains, self.labels, self.layers = trains, labels, layers
        self.size = self.trains.shape[1]
        self.hidden_weights = np.random.randn(layers[1], layers[0])
        self.hidden_biases = np.random.randn(layers[1], 1)
        self.output_weights = np.random.randn(layers[2], layers[1])
        self.output_biases = np.random.randn(layers[2], 1)
        self.rate = 0.2

    def train(self, epoch=50):
        for i in range(epoch):
            a1 = np.tanh(np.dot(self.hidden_weights, self.trains) + self.hidden_biases)
            a2 = 1 / (1 + np.exp(-(np.dot(self.output_weights, a1) + self.output_biases)))
            dz2 = a2 - self.labels
            dw2 = np.dot(dz2, a1.T) / self.size
            db2 = np.sum(dz2, axis=1, keepdims=True) / self.size
            dz1 = np.dot(self.output_weights.T, dz2) * (1 - a1 ** 2)
            dw1 = np.dot(dz1, self.trains.T) / self.size
            db1 = np.sum(dz1, axis=1, keepdims=True) / self.size
            self.output_weights = self.output_weights - self.rate * dw2
            self.output_biases = self.output_biases - self.rate * db2
            self.hidden_weights = self.hidden_weights - self.rate * dw1
            self.hidden_biases = self.hidden_biases - self.rate * db1


if __name__ == "__main__":
    train = np.random.randn(20, 10)
    labels = np.array([1, 0, 1, 0, 1, 1, 1, 0, 0, 0]).reshape(1, 10)
    log = Net(train, labels, (20, 100, 1))
    log.train()
`;

/** A backward pass that is given where its gradients go. */
const filled = `import copy
import numpy as np

model = {"W1": np.random.randn(4, 5), "b1": np.zeros((4, 1)), "W2": np.random.randn(3, 4), "b2": np.zeros((3, 1))}
model_grads = copy.deepcopy(model)


def forward_propagation(x, model):
    A1 = np.tanh(np.dot(model["W1"], x) + model["b1"])
    E = np.exp(np.dot(model["W2"], A1) + model["b2"])
    return E / np.sum(E, axis=0), A1


def cost(A2, y):
    return -np.sum(y * np.log(A2))


def backward_propagation(x, y, A2, A1, model, model_grads):
    delta2 = A2 - y
    delta1 = np.dot(model["W2"].T, delta2) * (1 - A1 ** 2)
    model_grads["W1"] = np.dot(delta1, x.T)
    model_grads["b1"] = np.sum(delta1, axis=1, keepdims=True)
    model_grads["W2"] = np.dot(delta2, A1.T)
    model_grads["b2"] = np.sum(delta2, axis=1, keepdims=True)
    return model_grads
`;

/** The training puts its settings among the parameters that the initializer has made. */
const among = `import numpy as np


def initialize_parameters(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.1
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


def L_model_forward(X, parameters):
    A, caches, options = X, [], parameters["OPTIONS"]
    L = sum(key.startswith("W") for key in parameters)
    for l in range(1, L + 1):
        A_prev = A
        Z = parameters[f"W{l}"] @ A_prev + parameters[f"b{l}"]
        A = 1 / (1 + np.exp(-Z)) if l == L else np.maximum(Z, 0)
        if options["Noise"] and options["Training"]:
            A = A + np.random.randn(*A.shape) * options["Scale"]
        caches.append((A_prev, parameters[f"W{l}"], Z))
    return A, caches


def compute_cost(AL, Y):
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]


def L_model_backward(AL, Y, caches):
    grads, dZ, m = {}, AL - Y, Y.shape[1]
    for l in range(len(caches), 0, -1):
        A_prev, W, Z = caches[l - 1]
        grads[f"dW{l}"], grads[f"db{l}"] = dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            dZ = W.T @ dZ * (caches[l - 2][2] > 0)
    return grads


def model(X, Y, layer_dims, rate, iterations):
    parameters = initialize_parameters(layer_dims)
    X, Y, X_val = X[:, 1000:], Y[:, 1000:], X[:, :1000]
    parameters["OPTIONS"] = {}
    parameters["OPTIONS"]["Noise"] = False
    parameters["OPTIONS"]["Scale"] = 0.1
    parameters["OPTIONS"]["Training"] = True
    for i in range(iterations):
        AL, caches = L_model_forward(X, parameters)
        cost = compute_cost(AL, Y)
        grads = L_model_backward(AL, Y, caches)
        for key in grads:
            parameters[key[1:]] -= rate * grads[key]
    return parameters
`;

/** A function makes the table of activations, and the script calls it. */
const table = (made: string): string => `import numpy as np
${made}

class Network:
    def __init__(self, n_x, n_h, n_y):
        self.W1, self.b1 = np.random.randn(n_h, n_x), np.zeros((n_h, 1))
        self.W2, self.b2 = np.random.randn(n_y, n_h), np.zeros((n_y, 1))

    def forward(self, X):
        self.A1 = TABLE["tanh"](self.W1 @ X + self.b1)
        self.A2 = TABLE["sigmoid"](self.W2 @ self.A1 + self.b2)
        return self.A2

    def backward(self, X, Y):
        m = Y.shape[1]
        dZ2 = self.A2 - Y
        dZ1 = self.W2.T @ dZ2 * (1 - self.A1 ** 2)
        return dZ1 @ X.T / m, dZ1.sum(axis=1, keepdims=True) / m, dZ2 @ self.A1.T / m, dZ2.sum(axis=1, keepdims=True) / m
`;

const shapes: readonly Shape[] = [
  { what: 'a table of activations that another file makes', source: table('from activations import make\nTABLE = make("all", 3)\n'), mistake: [' * (1 - self.A1 ** 2)', ''] },
  { what: 'a table of activations that a function makes', source: table(`
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def activations():
    return {"tanh": np.tanh, "sigmoid": sigmoid}


TABLE = activations()
`), mistake: [' * (1 - self.A1 ** 2)', ''] },
  { what: 'settings that a training keeps among the parameters', source: among, mistake: [' * (caches[l - 2][2] > 0)', ''] },
  { what: 'settings of another file', source: configured, mistake: ['self.d_b = delta.sum(axis=0)', 'self.d_b = delta.mean(axis=0)'] },
  { what: 'an initializer that needs nothing, before those that it calls', source: chosen, mistake: ['* self.A[l - 1] * (1 - self.A[l - 1])', '* self.A[l - 1]'] },
  { what: 'one unit whose w and b are arguments', source: alone, mistake: ['db = np.sum(A - Y) / m', 'db = np.sum(A - Y)'] },
  { what: 'the samples that the script makes, under a name of its own', source: handed, mistake: ['np.dot(self.output_weights.T, dz2) * (1 - a1 ** 2)', 'np.dot(self.output_weights.T, dz2) * (1 - a1)'] },
  { what: 'a place for the gradients as an argument', source: filled, mistake: ['* (1 - A1 ** 2)', '* (1 - A1)'] },
];

describe('how a network is made', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
