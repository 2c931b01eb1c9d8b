// Right code in ways of its own, which must not be taken for a mistake; and the slip beside it, which must be told.

import assert from 'node:assert/strict';
import { changed, lineOf, pythonChecks, say } from './support';

const sigmoid = `import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))
`;

/** A training that gives back parameters and gradients. */
const optimize = `${sigmoid}

def initialise_params(n_x):
    W = np.random.randn(n_x, 1) * 0.01
    b = 0
    return W, b


def propagate(X, W, b, Y, i):
    m = X.shape[1]
    A = sigmoid(np.dot(W.T, X) + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return {"dW": np.dot(X, (A - Y).T) / m, "db": np.sum(A - Y) / m}, cost


def optimize(W, b, X, Y, num_itr=1000, alpha=0.05):
    for i in range(num_itr):
        grads, cost = propagate(X, W, b, Y, i)
        dW, db = grads["dW"], grads["db"]
        W = W - np.dot(alpha, dW)
        b = b - alpha * db
    grads["dW"] = dW
    grads["db"] = db
    params = {"W": W, "b": b}
    return params, grads, cost
`;

/** Lists of activations and of weighted inputs; one column at a time. */
const lists = `${sigmoid}

class Network:
    def __init__(self, layer_size):
        self.layer_size = layer_size
        self.weights = [np.random.randn(after, before) for before, after in zip(layer_size[:-1], layer_size[1:])]
        self.biases = [np.random.randn(size, 1) for size in layer_size[1:]]

    def feed_forward(self, input_data):
        activation = input_data
        activations = [input_data]
        weighted_inputs = []
        for bias, weight in zip(self.biases, self.weights):
            weighted_input = np.dot(weight, activation) + bias
            weighted_inputs.append(weighted_input)
            activation = sigmoid(weighted_input)
            activations.append(activation)
        return activations, weighted_inputs

    def back_propagation(self, input_data, target):
        gradient_biases = [np.zeros(bias.shape) for bias in self.biases]
        gradient_weights = [np.zeros(weight.shape) for weight in self.weights]
        activations, weighted_inputs = self.feed_forward(input_data)
        delta = (activations[-1] - target) * activations[-1] * (1 - activations[-1])
        gradient_biases[-1] = delta
        gradient_weights[-1] = np.dot(delta, activations[-2].T)
        for layer in range(2, len(self.layer_size)):
            delta = np.dot(self.weights[-layer + 1].T, delta) * activations[-layer] * (1 - activations[-layer])
            gradient_biases[-layer] = delta
            gradient_weights[-layer] = np.dot(delta, activations[-layer - 1].T)
        return gradient_biases, gradient_weights

    def update_weights_biases(self, mini_batch, learning_rate):
        for input_data, target in mini_batch:
            gradient_biases, gradient_weights = self.back_propagation(input_data, target)
            self.weights = [w - learning_rate * g for w, g in zip(self.weights, gradient_weights)]
            self.biases = [b - learning_rate * g for b, g in zip(self.biases, gradient_biases)]
`;

/** Layers with the bias as a row of the weights, and a loss that keeps what its backward() needs. */
const layers = `import numpy as np


class Linear:
    def __init__(self, num_in, num_out):
        self.weight = np.random.uniform(-0.5, 0.5, (num_in + 1, num_out))
        self.weight_grad = None

    def forward(self, x):
        self.forward_x = np.concatenate((x, np.ones((x.shape[0], 1))), axis=1)
        return self.forward_x @ self.weight

    def backward(self, y_grad):
        self.weight_grad = np.transpose(self.forward_x) @ y_grad
        return (y_grad @ np.transpose(self.weight))[:, :-1]


class ReLU:
    def forward(self, x):
        self.mask = x < 0
        x = x.copy()
        x[self.mask] = 0
        return x

    def backward(self, y_grad):
        y_grad = y_grad.copy()
        y_grad[self.mask] = 0
        return y_grad


class CrossEntropyLoss:
    def forward(self, predict, label):
        self.predict, self.label = predict, label
        return np.mean(np.log(np.sum(np.exp(predict), axis=1)) - predict[np.arange(label.shape[0]), label])

    def backward(self):
        grad = np.exp(self.predict) / np.sum(np.exp(self.predict), axis=1)[:, np.newaxis]
        grad[np.arange(self.label.shape[0]), self.label] -= 1
        return grad / self.label.shape[0]
`;

/** Everything in dicts of the object; the cost is left in self.J. */
const kept = `${sigmoid}

class NeuralNet:
    def __init__(self, layers):
        self.W, self.B, self.Z, self.A, self.dW, self.dB = {}, {}, {}, {}, {}, {}
        self.L = len(layers) - 1
        for i in range(1, self.L + 1):
            self.W[i] = np.random.randn(layers[i], layers[i - 1]) * 0.01
            self.B[i] = np.zeros((layers[i], 1))

    def forward_prop(self, X):
        self.A[0] = X
        for i in range(1, self.L + 1):
            self.Z[i] = np.dot(self.W[i], self.A[i - 1]) + self.B[i]
            self.A[i] = sigmoid(self.Z[i])

    def cost_function(self, y, m, lambd):
        l2_reg_term = 0
        for i in range(1, self.L + 1):
            l2_reg_term += lambd / (2 * m) * np.sum(np.square(self.W[i]))
        self.J = -(1 / m) * (np.dot(y, np.log(self.A[self.L].T)) + np.dot(1 - y, np.log(1 - self.A[self.L].T))) + l2_reg_term

    def backward_prop(self, y, m, lambd):
        dZ = self.A[self.L] - y
        for i in reversed(range(1, self.L + 1)):
            self.dW[i] = np.dot(dZ, self.A[i - 1].T) / m + lambd / m * self.W[i]
            self.dB[i] = np.sum(dZ, axis=1, keepdims=True) / m
            dZ = np.dot(self.W[i].T, dZ) * self.A[i - 1] * (1 - self.A[i - 1])
`;

/** A script with its number of samples in N. */
const script = `${sigmoid}

N = 100
X = np.random.randn(N, 2)
y = (X[:, 0] * X[:, 1] > 0).astype(int).reshape(-1, 1)
W1 = np.random.randn(2, 4) * 0.01
b1 = np.zeros((1, 4))
W2 = np.random.randn(4, 1) * 0.01
b2 = np.zeros((1, 1))
lr = 0.1
for epoch in range(1000):
    a1 = np.tanh(X.dot(W1) + b1)
    y_hat = sigmoid(a1.dot(W2) + b2)
    loss = -np.mean(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat))
    dz2 = y_hat - y.reshape(-1, 1)
    dW2 = a1.T.dot(dz2) / N
    db2 = np.mean(dz2, axis=0, keepdims=True)
    dz1 = dz2.dot(W2.T) * (1 - a1 ** 2)
    dW1 = X.T.dot(dz1) / N
    db1 = np.mean(dz1, axis=0, keepdims=True)
    W1 -= lr * dW1
    b1 -= lr * db1
    W2 -= lr * dW2
    b2 -= lr * db2
`;

/** A training function that computes and keeps its error. */
const training = `${sigmoid}

def compute_error(y, t):
    return 0.5 * np.sum((y - t) ** 2)


def train_network(X, t, learning_rate=0.5, epochs=1000):
    w_hidden = np.random.rand(X.shape[1], 2)
    w_output = np.random.rand(2, 1)
    errors = []
    for epoch in range(epochs):
        hidden = sigmoid(np.dot(X, w_hidden))
        output = sigmoid(np.dot(hidden, w_output))
        errors.append(compute_error(output, t.reshape(-1, 1)))
        delta = (output - t.reshape(-1, 1)) * output * (1 - output)
        hidden_delta = np.dot(delta, w_output.T) * hidden * (1 - hidden)
        w_output -= learning_rate * np.dot(hidden.T, delta)
        w_hidden -= learning_rate * np.dot(X.T, hidden_delta)
    return w_hidden, w_output, errors
`;

const flags = changed('two_layers.py', [
  ['def forward_propagation(X, parameters):', 'def forward_propagation(X, parameters, activation="tanh"):'],
  ['A1 = np.tanh(Z1)', 'A1 = np.tanh(Z1) if activation == "tanh" else sigmoid(Z1)'],
  ['def backward_propagation(parameters, cache, X, Y, lambd):', 'def backward_propagation(parameters, cache, X, Y, lambd, activation="tanh"):'],
  ['np.multiply(dA1, 1 - np.power(A1, 2))', 'dA1 * (1 - np.power(A1, 2)) if activation == "tanh" else dA1 * A1 * (1 - A1)'],
]);

const right: readonly (readonly [what: string, source: string])[] = [
  ['a training that gives back parameters and gradients', optimize],
  ['lists of activations before lists of weighted inputs, one column at a time', lists],
  ['a loss whose backward takes nothing, and layers whose upstream is called y_grad', layers],
  ['dicts of the object, and a cost that is left in self.J', kept],
  ['a script with its number of samples in N', script],
  ['a training that keeps the error which its gradient is of', training],
  ['an argument called activation with a text as default', flags],
];

const slips: readonly (readonly [what: string, source: string, from: string, to: string, verdict: string, at: string, message: RegExp])[] = [
  ['a script whose cost compares all pairs of samples', script, '.astype(int).reshape(-1, 1)', '.astype(int)', 'wrong', 'loss = -np.mean', /targets of other samples/],
  ['a bias that is set to its gradient', script, 'b1 -= lr * db1', 'b1 = lr * db1', 'wrong', 'b1 = lr * db1', /set to its gradient/],
  ['a kept error without the ½ of its gradient', training, '0.5 * np.sum', 'np.sum', 'convention', 'def train_network', /1\/2 times/],

];

describe('right code in a way of its own', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const [what, source] of right) {
    it(`is told to be right: ${what}`, async () => {
      const result = await check(source);
      assert.equal(result.verdict, 'correct', say(result));
    });
  }

  for (const [what, source, from, to, verdict, at, message] of slips) {
    it(`is told from ${what}`, async () => {
      assert.equal(source.split(from).length, 2, from);
      const slip = source.replace(from, () => to);
      const result = await check(slip);
      assert.deepEqual([result.verdict, result.findings[0]?.line], [verdict, lineOf(slip, at)], say(result));
      assert.match(result.findings[0]!.message, message);
    });
  }

  it('may have its cost in bits', async () => {
    const result = await check(script.replaceAll('np.log(', 'np.log2('));
    assert.equal(result.verdict, 'convention', say(result));
    assert.match(result.findings[0]!.message, /log2/);
  });

  it('may hand over Y.T where Y has one column', async () => {
    const result = await check(
      changed('two_layers.py', [
        ['m = X.shape[1]\n    W1 = parameters["W1"]\n    W2 = parameters["W2"]\n    A1', 'm = X.shape[1]\n    Y = Y.T\n    W1 = parameters["W1"]\n    W2 = parameters["W2"]\n    A1'],
        ['compute_cost(A2, Y, parameters, 0.1)', 'compute_cost(A2, Y.T, parameters, 0.1)'],
      ]),
    );
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('may raise a likelihood', async () => {
    const turns = ['weights1', 'bias1', 'weights2', 'bias2'].map((name) => [`self.${name} -= `, `self.${name} += `] as const);
    const result = await check(changed('network_class.py', [['return 0.5 * np.sum(', 'return -0.5 * np.sum('], ['d_output = output - y', 'd_output = y - output'], ...turns]));
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('may need a package that is not here', async () => {
    const result = await check('import pandas as pd\nimport numpy as np\n\n\nclass Network:\n    def __init__(self, file):\n        self.X = pd.read_csv(file).values\n        self.w = np.random.randn(self.X.shape[1], 1)\n\n    def forward(self):\n        return self.X @ self.w\n\n    def backward(self, y):\n        return self.X.T @ (self.forward() - y)\n');
    assert.equal(result.verdict, 'not bound', say(result));
  });

  it('stops at what only IPython understands, in a plain script', async () => {
    const source = changed('two_layers.py', [['import numpy as np', '%matplotlib inline\nimport numpy as np']]);
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.line], ['cannot run', lineOf(source, '%matplotlib')], say(result));
    const cells = await check(source.replace('%matplotlib', '# %%\n%matplotlib'));
    assert.equal(cells.verdict, 'correct', say(cells));
  });
});
