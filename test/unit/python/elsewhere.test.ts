// What makes a gradient right stands elsewhere in the file: a table of activations, a step that reshapes, a penalty of its own, a cost that goes on further down.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** An activation and its derivative are arguments; a table pairs them, under names that say nothing. */
const tabled = (slope: string) => `import numpy as np


def ReLU(z):
    return z.clip(0.0)


def indicator(z):
    return ${slope}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def d_sigmoid(z):
    return sigmoid(z) * (1 - sigmoid(z))


ACTIVATIONS = {"ReLU": (ReLU, indicator), "Sigmoid": (sigmoid, d_sigmoid)}


def initialize_network(sizes):
    weights = [np.random.randn(sizes[l + 1], sizes[l]) for l in range(len(sizes) - 1)]
    biases = [np.zeros((sizes[l + 1], 1)) for l in range(len(sizes) - 1)]
    return weights, biases


def forward_pass(X, weights, biases, act_fn):
    f, h = [], [X]
    for l in range(len(weights) - 1):
        f.append(np.matmul(weights[l], h[l]) + biases[l])
        h.append(act_fn(f[l]))
    out = np.exp(np.matmul(weights[-1], h[-1]) + biases[-1])
    return out / np.sum(out, axis=0, keepdims=True), f, h


def compute_cost(output, y):
    return -np.sum(y * np.log(output)) / y.shape[1]


def backward_pass(weights, f, h, y, output, d_act_fn):
    dW, db = [None] * len(weights), [None] * len(weights)
    df = (output - y) / y.shape[1]
    for l in range(len(weights) - 1, -1, -1):
        dW[l] = np.matmul(df, h[l].T)
        db[l] = np.sum(df, axis=1, keepdims=True)
        if l > 0:
            df = np.matmul(weights[l].T, df) * d_act_fn(f[l - 1])
    return dW, db


def train(X, y, sizes, activation):
    act_fn, d_act_fn = ACTIVATIONS[activation]
    weights, biases = initialize_network(sizes)
    output, f, h = forward_pass(X, weights, biases, act_fn)
    return backward_pass(weights, f, h, y, output, d_act_fn)
`;

/** Gradients under the names of the parameters; the step of one is reshaped. */
const reshaped = (step: string) => `import numpy as np


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-1):
        self.params = {}
        self.params['W1'] = std * np.random.randn(hidden_size, input_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(output_size, hidden_size)
        self.params['b2'] = np.zeros(output_size)

    def loss(self, X, y, reg=0.0):
        W1, b1, W2, b2 = self.params['W1'], self.params['b1'], self.params['W2'], self.params['b2']
        h = np.tanh(X.dot(W1.T) + b1)
        e = np.exp(h.dot(W2.T) + b2)
        probs = e / np.sum(e, axis=1, keepdims=True)
        loss = -np.sum(np.log(probs[range(X.shape[0]), y])) / X.shape[0] + 0.5 * reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        grads = {}
        d = probs
        d[range(X.shape[0]), y] -= 1
        d /= X.shape[0]
        grads['b2'] = np.sum(d, axis=0, keepdims=True)
        grads['W2'] = d.T.dot(h) + reg * W2
        dh = d.dot(W2) * (1 - h ** 2)
        grads['b1'] = np.sum(dh, axis=0)
        grads['W1'] = dh.T.dot(X) + reg * W1
        return loss, grads

    def train(self, X, y, learning_rate=1e-3, reg=1e-5):
        loss, grads = self.loss(X, y, reg)
        self.params['W1'] -= learning_rate * grads['W1']
        self.params['b1'] -= learning_rate * grads['b1']
        self.params['W2'] -= learning_rate * grads['W2']
        ${step}
`;

/** A network in methods; its penalty is another method, which the training adds. */
const network = (more: string, gradient: string, cost = '-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]', end = '        return grads') => `import numpy as np


class Net:
    def __init__(self, layers, lambd=0.01):
        self.params = {}
        self.lambd = lambd
        for l in range(1, len(layers)):
            self.params["W" + str(l)] = np.random.randn(layers[l], layers[l - 1]) * 0.1
            self.params["b" + str(l)] = np.zeros((layers[l], 1))

    def forward(self, X):
        self.A = [X]
        for l in range(1, len(self.params) // 2 + 1):
            Z = np.dot(self.params["W" + str(l)], self.A[-1]) + self.params["b" + str(l)]
            self.A.append(1 / (1 + np.exp(-Z)))
        return self.A[-1]

    def cost(self, AL, Y):
        return ${cost}

${more}

    def backward(self, Y, lambd):
        m = Y.shape[1]
        L = len(self.params) // 2
        grads = {}
        dZ = self.A[L] - Y
        for l in range(L, 0, -1):
            W = self.params["W" + str(l)]
            grads["dW" + str(l)] = ${gradient}
            grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
            dZ = np.dot(W.T, dZ) * self.A[l - 1] * (1 - self.A[l - 1])
        self.grads = grads
${end}
`;
const mean = 'np.dot(dZ, self.A[l - 1].T) / m';
const penalized = `${mean} + lambd / m * W`;
const penalty = `    def l2_cost(self, lambd, m):
        return lambd / (2 * m) * sum(np.sum(np.square(self.params["W" + str(l)])) for l in range(1, len(self.params) // 2 + 1))

    def train(self, X, Y):
        AL = self.forward(X)
        cost = self.cost(AL, Y)
        cost = cost + self.l2_cost(self.lambd, Y.shape[1])
        grads = self.backward(Y, self.lambd)
        return cost`;

/** The L2 term of the gradients is added by the training. */
const outside = (rate: string) => `import numpy as np


class Classifier:
    def __init__(self, n_in, n_hidden, n_out, reg_lambda=0.01):
        self.reg_lambda = reg_lambda
        self.W1 = np.random.randn(n_in, n_hidden) / np.sqrt(n_in)
        self.b1 = np.zeros((1, n_hidden))
        self.W2 = np.random.randn(n_hidden, n_out) / np.sqrt(n_hidden)
        self.b2 = np.zeros((1, n_out))

    def feedforward(self, X):
        self.a1 = np.tanh(X.dot(self.W1) + self.b1)
        scores = np.exp(self.a1.dot(self.W2) + self.b2)
        self.probs = scores / np.sum(scores, axis=1, keepdims=True)

    def calculate_loss(self, X, y):
        self.feedforward(X)
        data_loss = -np.sum(np.log(self.probs[range(len(X)), y]))
        data_loss += self.reg_lambda / 2 * (np.sum(np.square(self.W1)) + np.sum(np.square(self.W2)))
        return data_loss / len(X)

    def backprop(self, X, y):
        delta = self.probs.copy()
        delta[range(len(X)), y] -= 1
        delta /= len(X)
        back = delta.dot(self.W2.T) * (1 - self.a1 ** 2)
        return X.T.dot(back), self.a1.T.dot(delta), np.sum(back, axis=0, keepdims=True), np.sum(delta, axis=0, keepdims=True)

    def fit_model(self, X, y, epsilon=0.01, num_passes=20000):
        for i in range(0, num_passes):
            self.feedforward(X)
            dW1, dW2, db1, db2 = self.backprop(X, y)
            dW2 += ${rate} * self.W2
            dW1 += ${rate} * self.W1
            self.W1 += -epsilon * dW1
            self.b1 += -epsilon * db1
            self.W2 += -epsilon * dW2
            self.b2 += -epsilon * db2
`;

/** Outputs and losses by their names; the check uses the first of them. */
const optional = (slope: string, categorical = '-(np.divide(Y, AL))') => network(`    def sigmoid_backward(self, dA, A):
        return dA * A * (1 - A)

    def softmax_backward(self, dA, A):
        return ${slope}

    def deltas(self, AL, Y, output="sigmoid"):
        if output == "sigmoid":
            dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
            return self.sigmoid_backward(dA, AL)
        dA = ${categorical}
        return self.softmax_backward(dA, AL)`, mean).replace('dZ = self.A[L] - Y', 'dZ = self.deltas(self.A[L], Y)');

describe('Python: what stands elsewhere in the file', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('the derivative that a table has beside an activation is the one that is given', async () => {
    const result = await check(tabled('(z > 0).astype(float)'));
    assert.equal(result.verdict, 'correct', say(result));
    const wrong = await check(tabled('(z < 0).astype(float)'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('a gradient that is reshaped where the step is made has the shape of its bias', async () => {
    const result = await check(reshaped("b2_step = grads['b2'].reshape(self.params['b2'].shape[0],)\n        self.params['b2'] -= learning_rate * b2_step"));
    assert.equal(result.verdict, 'correct', say(result));
    const wrong = await check(reshaped("self.params['b2'] -= learning_rate * grads['b2']"));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('a penalty of its own that the training adds belongs to the cost', async () => {
    const result = await check(network(penalty, penalized));
    assert.equal(result.verdict, 'correct', say(result));
    const without = await check(network(penalty.replace('        cost = cost + self.l2_cost(self.lambd, Y.shape[1])\n', ''), penalized));
    assert.equal(without.verdict, 'convention', say(without));
  });

  it('what a backward pass gives back as the loss is the cost, penalty and all', async () => {
    const end = `        loss = self.cost(self.A[L], Y)
        for l in range(1, L + 1):
            loss += lambd / (2 * m) * np.sum(np.square(self.params["W" + str(l)]))
        return loss`;
    const result = await check(network('', penalized, undefined, end));
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('a mean in bits beside a sum with the natural logarithm is a convention', async () => {
    const bits = '-np.sum(Y * np.log2(AL) + (1 - Y) * np.log2(1 - AL)) / Y.shape[1]';
    const result = await check(network('', mean.replace(' / m', ''), bits).replace('keepdims=True) / m', 'keepdims=True)'));
    assert.equal(result.verdict, 'convention', say(result));
    assert.match(result.summary, /m ln 2/);
  });

  it('a number in every logarithm is a convention; in one of them it is not', async () => {
    const shifted = await check(network('', mean, '-np.sum(Y * np.log(AL + .1) + (1 - Y) * np.log(1 - AL + .1)) / Y.shape[1]'));
    assert.equal(shifted.verdict, 'convention', say(shifted));
    const wrong = await check(network('', mean, '-np.sum(Y * np.log(AL + .1) + (1 - Y) * np.log(1 + AL)) / Y.shape[1]'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('the derivative of a softmax that is that of each output alone is told where the loss of several classes goes with it', async () => {
    const right = await check(optional('A * (dA - np.sum(dA * A, axis=0, keepdims=True))'));
    assert.equal(right.verdict, 'correct', say(right));
    const result = await check(optional('dA * A * (1 - A)'));
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]!.function, 'softmax_backward');
    const both = await check(optional('dA * A * (1 - A)', '-(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))'));
    assert.equal(both.verdict, 'correct', say(both));
  });

  it('an L2 term that the training adds is that of the cost, or another one', async () => {
    const right = await check(outside('self.reg_lambda / len(X)'));
    assert.equal(right.verdict, 'correct', say(right));
    const source = outside('self.reg_lambda');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.deepEqual([result.findings[0]!.function, result.findings[0]!.line], ['fit_model', lineOf(source, 'dW2 += self.reg_lambda')]);
  });
});
