// Adaptations of the course's functions, as people make them: the sources of course.test.ts.

const activations = `import numpy as np


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z)), Z


def relu(Z):
    return np.maximum(0, Z), Z

`;

/** The loop begins at 0, where there is no layer. */
export const pars = `${activations}
def make_net(layer_dims):
    net = {'w0': np.random.randn(layer_dims[0], 12288) * 0.01}
    for i in range(1, len(layer_dims)):
        net['w' + str(i)] = np.random.randn(layer_dims[i], layer_dims[i - 1]) * 0.01
        net['b' + str(i)] = np.zeros((layer_dims[i], 1))
    return net


def initialize_pars(layer_dims):
    return make_net(layer_dims)


def L_model_forward(x, pars):
    caches, y = [], x
    L = len(pars) // 2
    for l in range(1, L + 1):
        z = np.dot(pars['w' + str(l)], y) + pars['b' + str(l)]
        caches.append((y, pars['w' + str(l)], z))
        y, _ = sigmoid(z) if l == L else relu(z)
    return y, caches


def compute_loss(y_hat, y):
    return -np.sum(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)) / y.shape[1]


def L_model_backward(y_hat, y, caches):
    grads, m = {}, y.shape[1]
    dz = y_hat - y
    for l in reversed(range(1, len(caches) + 1)):
        x, w, _ = caches[l - 1]
        grads['dw' + str(l)] = np.dot(dz, x.T) / m
        grads['db' + str(l)] = np.sum(dz, axis=1, keepdims=True) / m
        if l > 1:
            dz = np.dot(w.T, dz) * (caches[l - 2][2] > 0)
    return grads


def update_pars(pars, grads, learning_rate):
    for i in range(1, len(pars) // 2 + 1):
        pars['w' + str(i)] = pars['w' + str(i)] - learning_rate * grads['dw' + str(i)]
        pars['b' + str(i)] = pars['b' + str(i)] - learning_rate * grads['db' + str(i)]
    return pars
`;

export const trained = `import numpy as np


class Net:
    def initialize_parameters(self):
        self.parameters = {}
        for l in range(1, self.L + 1):
            self.parameters["W" + str(l)] = np.random.randn(self.layer_dims[l], self.layer_dims[l - 1]) * 0.01
            self.parameters["b" + str(l)] = np.zeros((self.layer_dims[l], 1))

    def feed_forward(self, X):
        self.kept = [X]
        for l in range(1, self.L + 1):
            Z = self.parameters["W" + str(l)].dot(self.kept[-1]) + self.parameters["b" + str(l)]
            self.kept.append(1 / (1 + np.exp(-Z)))
        return self.kept[-1]

    def compute_cost(self, AL, Y):
        return np.squeeze(-(np.dot(Y, np.log(AL).T) + np.dot(1 - Y, np.log(1 - AL).T)) / self.m)

    def backpropagate(self, AL, Y):
        self.grads = {}
        dZ = AL - Y.reshape(AL.shape)
        for l in reversed(range(1, self.L + 1)):
            self.grads["dW" + str(l)] = np.dot(dZ, self.kept[l - 1].T) / self.m
            self.grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / self.m
            dZ = np.dot(self.parameters["W" + str(l)].T, dZ) * self.kept[l - 1] * (1 - self.kept[l - 1])

    def update_parameters(self):
        for key in self.parameters:
            self.parameters[key] = self.parameters[key] - self.learning_rate * self.grads["d" + key]

    def train(self, X, Y, learning_rate=0.0075, num_iterations=3000, layer_dims=None):
        self.m = Y.shape[1]
        self.L = len(layer_dims) - 1
        self.learning_rate = learning_rate
        if not hasattr(self, "layer_dims"):
            assert layer_dims
            self.layer_dims = layer_dims
        else:
            assert layer_dims == None or layer_dims == self.layer_dims
        if not hasattr(self, "parameters"):
            self.initialize_parameters()
        for i in range(0, num_iterations):
            AL = self.feed_forward(X)
            cost = self.compute_cost(AL, Y)
            self.backpropagate(AL, Y)
            self.update_parameters()
        return cost
`;

export const matrices = `import numpy as np


class Reseau:
    param = {}
    A = {}

    def __init__(self, format, matX, matY, lR=0.2):
        self.X = matX
        self.Y = matY
        self.nbC = len(format)
        self.learningRate = lR
        for c in range(1, self.nbC):
            self.param["W" + str(c)] = np.random.randn(format[c], format[c - 1])
            self.param["b" + str(c)] = np.random.randn(format[c], 1)

    def _forward_propagation(self, X):
        A = {"A0": X}
        for c in range(1, self.nbC):
            Z = self.param["W" + str(c)].dot(A["A" + str(c - 1)]) + self.param["b" + str(c)]
            A["A" + str(c)] = 1 / (1 + np.exp(-Z))
        return A

    def _gradients(self):
        dZ = self.A["A" + str(self.nbC - 1)] - self.Y
        gradients = {}
        for c in reversed(range(1, self.nbC)):
            gradients["dW" + str(c)] = 1 / self.Y.size * np.dot(dZ, self.A["A" + str(c - 1)].T)
            gradients["db" + str(c)] = 1 / self.Y.size * np.sum(dZ, axis=1, keepdims=True)
            if c > 1:
                dZ = np.dot(self.param["W" + str(c)].T, dZ) * self.A["A" + str(c - 1)] * (1 - self.A["A" + str(c - 1)])
        return gradients

    def _back_propagation(self):
        gradients = self._gradients()
        for c in range(1, self.nbC):
            self.param["W" + str(c)] = self.param["W" + str(c)] - self.learningRate * gradients["dW" + str(c)]
            self.param["b" + str(c)] = self.param["b" + str(c)] - self.learningRate * gradients["db" + str(c)]

    def _learn(self, iter):
        for i in range(iter):
            self.A = self._forward_propagation(self.X)
            self._back_propagation()
`;

export const dropped = `${activations}
def initialize_parameters(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters['W' + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters['b' + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


def forward_with_dropout(X, parameters, keep_probs):
    A, caches, masks, L = X, [], [], len(parameters) // 2
    for i in range(1, L + 1):
        A_prev, W = A, parameters['W' + str(i)]
        Z = np.dot(W, A_prev) + parameters['b' + str(i)]
        A, _ = sigmoid(Z) if i == L else relu(Z)
        caches.append((A_prev, W, Z))
        if i < L:
            D = np.random.rand(A.shape[0], A.shape[1]) < keep_probs[i - 1]
            A = A * D / keep_probs[i - 1]
            masks.append(D)
    return A, caches, masks


def compute_cost(AL, Y):
    return np.squeeze(-(np.dot(Y, np.log(AL).T) + np.dot(1 - Y, np.log(1 - AL).T)) / Y.shape[1])


def backward_with_dropout(AL, Y, caches, masks, keep_probs):
    grads, m, L = {}, Y.shape[1], len(caches)
    dZ = AL - Y
    for i in reversed(range(1, L + 1)):
        A_prev, W, _ = caches[i - 1]
        grads['dW' + str(i)] = np.dot(dZ, A_prev.T) / m
        grads['db' + str(i)] = np.sum(dZ, axis=1, keepdims=True) / m
        if i > 1:
            # as many rates as masks
            last = len(keep_probs) - 1
            D, keep_prob = masks[last - (L - i)], keep_probs[last - (L - i)]
            dZ = np.dot(W.T, dZ) * D / keep_prob * (caches[i - 2][2] > 0)
    return grads
`;

/** Whether there is an L2 term is an argument of its own. */
export const switched = `${activations}
def initialize_parameters(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters['W' + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters['b' + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


def L_model_forward(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        Z = np.dot(parameters['W' + str(l)], A) + parameters['b' + str(l)]
        caches.append((A, parameters['W' + str(l)], Z))
        A, _ = sigmoid(Z) if l == L else relu(Z)
    return A, caches


def compute_cost(AL, Y, parameters, lambd, L2):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    penalty = 0
    if L2 == True:
        for l in range(1, len(parameters) // 2 + 1):
            penalty += np.sum(np.square(parameters['W' + str(l)]))
    total = cost + lambd / (2 * m) * penalty
    return total


def linear_backward(dZ, cache, lambd, L2):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    if L2 == True:
        dW = 1. / m * np.dot(dZ, A_prev.T) + (lambd / m) * W
    elif L2 == False:
        dW = np.dot(dZ, A_prev.T) / m
    return np.dot(W.T, dZ), dW, np.sum(dZ, axis=1, keepdims=True) / m


def L_model_backward(AL, Y, caches, lambd, L2):
    grads, L = {}, len(caches)
    dZ = AL - Y
    for l in reversed(range(1, L + 1)):
        dA, grads['dW' + str(l)], grads['db' + str(l)] = linear_backward(dZ, caches[l - 1], lambd, L2)
        if l > 1:
            dZ = dA * (caches[l - 2][2] > 0)
    return grads
`;

/** A number of layers that counts the inputs as one. */
export const numbered = pars.replace('def L_model_forward(x, pars):', 'def L_model_forward(x, pars, num_of_layers):').replace('L = len(pars) // 2\n    for l in range(1, L + 1):', 'L = num_of_layers - 1\n    for l in range(1, num_of_layers):');
