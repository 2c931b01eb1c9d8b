// Habits around a right gradient that must not make it wrong: optimizers in the step, scaled starts, lists that grow, costs that look at nothing.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const sigmoid = `import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))
`;

/** The backward pass takes the step itself, through momentum and with an epsilon beside its rate. */
const momentum = (error: string) => `${sigmoid}

def init_params(n_x, n_h, n_y):
    return {"W": [np.random.randn(n_h, n_x), np.random.randn(n_y, n_h)], "b": [np.zeros((n_h, 1)), np.zeros((n_y, 1))]}


def forward_prop(X, params):
    W1, W2 = params["W"]
    b1, b2 = params["b"]
    A1 = np.tanh(W1 @ X + b1)
    A2 = sigmoid(W2 @ A1 + b2)
    return A2, {"A": [A1, A2]}


def loss(y_pred, y):
    return -np.sum(y * np.log(y_pred) + (1 - y) * np.log(1 - y_pred)) / y.shape[1]


def calculate_momentum(grads, kept, beta1=0.9):
    return [beta1 * v + (1 - beta1) * g for v, g in zip(kept, grads)]


def back_propagate(X, Y, cache, params, kept, learning_rate=0.01, beta1=0.9, epsilon=0.00000001):
    W1, W2 = params["W"]
    b1, b2 = params["b"]
    A1, A2 = cache["A"]
    m = Y.shape[1]
    dZ2 = ${error}
    dZ1 = (W2.T @ dZ2) * (1 - A1 ** 2)
    grads = [dZ1 @ X.T / m, dZ2 @ A1.T / m, np.sum(dZ1, axis=1, keepdims=True) / m, np.sum(dZ2, axis=1, keepdims=True) / m]
    kept = calculate_momentum(grads, kept, beta1=beta1)
    W1 -= learning_rate * kept[0] / (1 + epsilon)
    W2 -= learning_rate * kept[1] / (1 + epsilon)
    b1 -= learning_rate * kept[2] / (1 + epsilon)
    b2 -= learning_rate * kept[3] / (1 + epsilon)
    return {"W": [W1, W2], "b": [b1, b2]}, kept


params = init_params(30, 8, 1)
kept = [0, 0, 0, 0]
for i in range(100):
    y_pred, cache = forward_prop(x_train, params)
    params, kept = back_propagate(x_train, y_train, cache, params, kept, learning_rate=0.01)
    print(loss(y_pred, y_train))
`;

/** What is printed never looks at the targets; the loss that does stands unused beside it. */
const blind = (error: string) => `import numpy as np


def calc_loss(y, y_hat):
    return np.sum(-y_hat * np.log(y_hat)) / y.shape[0]


def softmax_loss(y, y_hat):
    return -np.sum(y * np.log(y_hat)) / y.shape[0]


def init_parameters(n_in, n_hidden, n_out):
    return {'w1': np.random.randn(n_in, n_hidden), 'b1': np.zeros((1, n_hidden)), 'w2': np.random.randn(n_hidden, n_out), 'b2': np.zeros((1, n_out))}


def forward_propagation(model, x):
    a1 = np.tanh(np.dot(x, model['w1']) + model['b1'])
    z2 = np.exp(np.dot(a1, model['w2']) + model['b2'])
    return {'a0': x, 'a1': a1, 'a2': z2 / np.sum(z2, axis=1, keepdims=True)}


def back_propagation(model, cache, y):
    m = y.shape[0]
    delta2 = ${error}
    delta1 = np.dot(delta2, model['w2'].T) * (1 - cache['a1'] ** 2)
    return {'dw2': np.dot(cache['a1'].T, delta2) / m, 'db2': np.sum(delta2, axis=0) / m, 'dw1': np.dot(cache['a0'].T, delta1) / m, 'db1': np.sum(delta1, axis=0) / m}


def train(model, x, y, rate, epochs):
    for i in range(epochs):
        cache = forward_propagation(model, x)
        grads = back_propagation(model, cache, y)
        for key in model:
            model[key] -= rate * grads['d' + key]
        print(calc_loss(y, cache['a2']))
    return model
`;

/** One body; the weights are scaled after they were drawn. */
const scaled = (scale: string, first: string) => `import numpy as np


def train(X, Y, epochs=100, learning_rate=0.1):
    m = X.shape[1]
    W1 = np.random.randn(4, X.shape[0])
    ${scale}
    b1 = np.zeros((4, 1))
    W2 = np.random.randn(1, 4)
    W2 *= 0.01
    b2 = np.zeros((1, 1))
    for epoch in range(epochs):
        A1 = np.tanh(np.dot(W1, X) + b1)
        A2 = 1 / (1 + np.exp(-(np.dot(W2, A1) + b2)))
        cost = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m
        dZ2 = A2 - Y
        dW2 = np.dot(dZ2, A1.T) / m
        db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        dZ1 = np.dot(W2.T, dZ2) * (1 - A1 ** 2)
        dW1 = ${first}
        db1 = np.sum(dZ1, axis=1, keepdims=True) / m
        W1 -= learning_rate * dW1
        b1 -= learning_rate * db1
        W2 -= learning_rate * dW2
        b2 -= learning_rate * db2
    return W1, b1, W2, b2
`;

/** The training puts the number of features before the list of widths that the network was given, and follows test samples beside its own. */
const lengthened = (error: string) => `import numpy as np


class Net:
    def __init__(self, layers_size):
        self.layers_size = layers_size
        self.parameters = {}
        self.L = len(self.layers_size)
        self.n = 0

    def initialize(self):
        for l in range(1, len(self.layers_size)):
            self.parameters["W" + str(l)] = np.random.randn(self.layers_size[l], self.layers_size[l - 1])
            self.parameters["b" + str(l)] = np.zeros((self.layers_size[l], 1))

    def forward(self, X):
        store, A = {"A0": X.T}, X.T
        for l in range(1, self.L + 1):
            Z = self.parameters["W" + str(l)].dot(A) + self.parameters["b" + str(l)]
            A = np.tanh(Z) if l < self.L else np.exp(Z) / np.sum(np.exp(Z), axis=0, keepdims=True)
            store["A" + str(l)] = A
        return A, store

    def backward(self, X, Y, store):
        derivatives = {}
        dZ = ${error}
        for l in range(self.L, 0, -1):
            dW = dZ.dot(store["A" + str(l - 1)].T) / self.n
            db = np.sum(dZ, axis=1, keepdims=True) / self.n
            derivatives["dW" + str(l)] = dW
            derivatives["db" + str(l)] = db
            dZ = self.parameters["W" + str(l)].T.dot(dZ) * (1 - store["A" + str(l - 1)] ** 2)
        return derivatives

    def fit(self, X_train, Y_train, X_test, Y_test, learning_rate=0.01, n_iterations=2500):
        self.n = X_train.shape[0]
        self.layers_size.insert(0, X_train.shape[1])
        self.initialize()
        for loop in range(n_iterations):
            A, store = self.forward(X_train)
            A_test, store_test = self.forward(X_test)
            cost = -np.sum(Y_train * np.log(A.T + 1e-8)) / self.n
            cost_test = -np.mean(Y_test * np.log(A_test.T + 1e-8))
            derivatives = self.backward(X_train, Y_train, store)
            for l in range(1, self.L + 1):
                self.parameters["W" + str(l)] = self.parameters["W" + str(l)] - learning_rate * derivatives["dW" + str(l)]
                self.parameters["b" + str(l)] = self.parameters["b" + str(l)] - learning_rate * derivatives["db" + str(l)]
            print(cost, cost_test)
`;

/** An attribute that stays None unless something is switched on is an argument of the forward pass too. */
const unset = (hidden: string) => `${sigmoid}

class Network:
    def __init__(self, shapes):
        self.L = len(shapes) - 1
        self.norms = None
        self.params = {}
        for l in range(1, len(shapes)):
            self.params['W' + str(l)] = np.random.randn(shapes[l - 1], shapes[l])
            self.params['b' + str(l)] = np.zeros((1, shapes[l]))

    def forward_pass(self, X, params, norms, mode='train'):
        caches, A = [], X
        for l in range(1, self.L + 1):
            caches.append(A)
            A = sigmoid(A.dot(params['W' + str(l)]) + params['b' + str(l)])
            if norms:
                A = A / norms[l - 1]
        return A, caches

    def backward_pass(self, scores, Y, params, caches):
        loss = np.sum((scores - Y) ** 2) / 2
        grads, dA, A = {}, scores - Y, scores
        for l in range(self.L, 0, -1):
            dZ = ${hidden}
            A = caches[l - 1]
            grads['W' + str(l)] = A.T.dot(dZ)
            grads['b' + str(l)] = np.sum(dZ, axis=0, keepdims=True)
            dA = dZ.dot(params['W' + str(l)].T)
        return grads, loss

    def train(self, X_train, Y_train, epochs):
        for epoch in range(epochs):
            scores, caches = self.forward_pass(X_train, self.params, self.norms, mode='train')
            grads, loss = self.backward_pass(scores, Y_train, self.params, caches)
            for key in self.params:
                self.params[key] = self.params[key] - 0.1 * grads[key]
`;

describe('habits around the gradient of a Python file', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  const pairs: readonly (readonly [what: string, right: string, wrong: string])[] = [
    ['a cost that is given targets and looks only at how many there are', blind("cache['a2'] - y"), blind("(cache['a2'] - y) * cache['a2']")],
    ['weights that are scaled in place after they are drawn', scaled('W1 *= 0.01', 'np.dot(dZ1, X.T) / m'), scaled('W1 *= 0.01', 'np.dot(dZ1, X.T ** 2) / m')],
    ['weights that are scaled into the same name', scaled('W1 = W1 * 0.01', 'np.dot(dZ1, X.T) / m'), scaled('W1 = W1 * 0.01', 'np.dot(dZ1, X.T ** 2) / m')],
    ['a list of widths that the training lengthens, with test samples beside', lengthened('A - Y.T'.replace('A', 'store["A" + str(self.L)]')), lengthened('(store["A" + str(self.L)] - Y.T) * store["A" + str(self.L)]')],
  ];
  for (const [what, right, wrong] of pairs) {
    it(`knows ${what}`, async () => {
      const good = await check(right);
      assert.equal(good.verdict, 'correct', say(good));
      const bad = await check(wrong);
      assert.equal(bad.verdict, 'wrong', say(bad));
    });
  }

  it('gives an attribute that is left None to the argument of its name', async () => {
    const good = await check(unset('dA * A * (1 - A)'));
    assert.equal(good.verdict, 'correct', say(good));
    assert.equal(good.bound?.functions.forward?.function, 'Network.forward_pass', say(good));
    assert.equal((await check(unset('dA * A * (1 + A)'))).verdict, 'wrong');
  });

  it('knows a step through momentum, with an epsilon that is no rate', async () => {
    const good = await check(momentum('A2 - Y'));
    assert.equal(good.verdict, 'correct', say(good));
    // a step that is no multiple of the derivative may be the optimizer's
    const bad = await check(momentum('(A2 - Y) * A2'));
    assert.equal(bad.verdict, 'not bound', say(bad));
  });

  it('judges what comes after a mistake by what it is given once that is right', async () => {
    const source = `${sigmoid}

def sigmoid_derv(s):
    return 1.0 * (s > 0)


class NeuralNetwork:
    def __init__(self, x, y, neurons):
        self.x, self.y, self.learning_rate = x, y, 0.1
        self.w1 = np.random.randn(x.shape[1], neurons)
        self.b1 = np.zeros((1, neurons))
        self.w2 = np.random.randn(neurons, neurons)
        self.b2 = np.zeros((1, neurons))
        self.w3 = np.random.randn(neurons, y.shape[1])
        self.b3 = np.zeros((1, y.shape[1]))

    def feed_forward(self):
        self.a1 = sigmoid(np.dot(self.x, self.w1) + self.b1)
        self.a2 = sigmoid(np.dot(self.a1, self.w2) + self.b2)
        self.a3 = sigmoid(np.dot(self.a2, self.w3) + self.b3)
        return self.a3

    def loss(self):
        return np.sum((self.a3 - self.y) ** 2) / 2

    def back_prop(self):
        d3 = (self.a3 - self.y) * self.a3
        z2_delta = np.dot(d3, self.w3.T)
        d2 = z2_delta * sigmoid_derv(self.a2)
        z1_delta = np.dot(d2, self.w2.T)
        d1 = z1_delta * sigmoid_derv(self.a1)
        self.w3 -= self.learning_rate * np.dot(self.a2.T, d3)
        self.b3 -= self.learning_rate * np.sum(d3, axis=0, keepdims=True)
        self.w2 -= self.learning_rate * np.dot(self.a1.T, d2)
        self.b2 -= self.learning_rate * np.sum(d2, axis=0)
        self.w1 -= self.learning_rate * np.dot(self.x.T, d1)
        self.b1 -= self.learning_rate * np.sum(d1, axis=0)
`;
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    const places = result.findings.filter((each) => each.severity === 'error').map((each) => [each.function, each.line]);
    assert.deepEqual(places, [['back_prop', lineOf(source, 'd3 = ')], ['sigmoid_derv', lineOf(source, 'return 1.0 * (s > 0)')]]);
    assert.equal(result.findings[1]?.rule, 'activation-derivative');
  });
});
