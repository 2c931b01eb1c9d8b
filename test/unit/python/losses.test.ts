// Costs and what they are told: a sign or a term that is off, samples that are weighed, an activation that is named, one sample of several classes; and slips beside a right cost.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** The training computes its scores by itself; the cost that is asked for does so too. */
const regression = (scores: string) => `import numpy as np


class Regression:
    def __init__(self, n_x, n_y):
        self.theta = np.random.randn(int(n_x), int(n_y))
        self.bias = np.zeros((1, int(n_y)))

    def compute_cost(self, X, y):
        m = np.shape(X)[0]
        e = np.exp(np.dot(X, self.theta) + self.bias)
        scores = e / np.sum(e, axis=1, keepdims=True)
        losses = np.zeros((m,))
        for i in range(m):
            losses[i] = -np.log(scores[i, y[i]])
        return np.sum(losses)

    def predict(self, X):
        return np.argmax(np.dot(X, self.theta) + self.bias, axis=1)

    def fit(self, X, y, num_epochs, alpha):
        for epoch in range(num_epochs):
            e = np.exp(np.dot(X, self.theta) + self.bias)
            scores = ${scores}
            one_hot = np.zeros_like(scores)
            for i in range(X.shape[0]):
                one_hot[i, int(y[i])] = 1
            beta = scores - one_hot
            self.theta -= alpha * np.dot(X.T, beta)
            self.bias -= alpha * np.sum(beta, axis=0)
`;

const course = `import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def initialize_parameters(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}


def relu(z):
    return np.maximum(0, z)


def relu_d(dA):
    dZ = np.array(dA, copy=True)
    dZ[dA <= 0] = 0
    dZ[dA > 0] = 1
    return dZ


def forward_propagation(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = relu(Z1)
    A2 = sigmoid(parameters["W2"] @ A1 + parameters["b2"])
    return A2, {"Z1": Z1, "A1": A1, "A2": A2}


def compute_cost(A2, Y):
    m = Y.shape[1]
    logprobs = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
    cost = -(1 / m) * np.sum(logprobs)
    return np.squeeze(cost)


def backward_propagation(X, Y, cache, parameters):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = (parameters["W2"].T @ dZ2) * relu_d(cache["Z1"])
    return {"dW1": dZ1 @ X.T / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m, "dW2": dZ2 @ cache["A1"].T / m, "db2": np.sum(dZ2, axis=1, keepdims=True) / m}


def update_parameters(parameters, grads, learning_rate=1.2):
    W1, b1, W2, b2 = parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]
    W1 -= learning_rate * grads["dW1"]
    b1 -= learning_rate * grads["db1"]
    W2 -= learning_rate * grads["dW2"]
    b2 -= learning_rate * grads["db2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
`;

/** Everything in one method, with a cost that is printed. */
const fitted = (sign: string) => `import numpy as np


class Net:
    def __init__(self):
        self.w1, self.b1 = np.random.randn(2, 6), np.zeros((1, 6))
        self.w2, self.b2 = np.random.randn(6, 1), np.zeros((1, 1))

    def logloss(self, pred, y):
        return ${sign}np.mean(y * np.log(pred) + (1 - y) * np.log(1 - pred))

    def fit(self, x, y, epochs, learning_rate):
        for i in range(epochs):
            a1 = np.tanh(np.dot(x, self.w1) + self.b1)
            a2 = 1 / (1 + np.exp(-(np.dot(a1, self.w2) + self.b2)))
            dz2 = a2 - y
            dw2 = np.dot(a1.T, dz2) / len(x)
            db2 = np.sum(dz2, axis=0, keepdims=True) / len(x)
            dz1 = np.dot(dz2, self.w2.T) * (1 - a1 ** 2)
            dw1 = np.dot(x.T, dz1) / len(x)
            db1 = np.sum(dz1, axis=0, keepdims=True) / len(x)
            self.w2 -= learning_rate * dw2
            self.b2 -= learning_rate * db2
            self.w1 -= learning_rate * dw1
            self.b1 -= learning_rate * db1
            print(self.logloss(a2, y))
`;

/** Softmax or sigmoid, as the list of activations says; the cost is told which, and has a default. */
const told = (error: string) => `import numpy as np


def softmax(Z):
    e = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def initialize_parameters(architecture):
    parameters = {}
    for i in range(1, len(architecture)):
        parameters['W' + str(i)] = np.random.randn(architecture[i], architecture[i - 1]) * 0.01
        parameters['b' + str(i)] = np.zeros((architecture[i], 1))
    return parameters


def forward_propagation(X, parameters, num_layers, activation_func=[]):
    kept = {'A0': X}
    for i in range(1, num_layers + 1):
        Z = np.dot(parameters['W' + str(i)], kept['A' + str(i - 1)]) + parameters['b' + str(i)]
        if activation_func[i - 1].lower() == 'relu':
            kept['A' + str(i)] = np.maximum(Z, 0)
        elif activation_func[i - 1].lower() == 'softmax':
            kept['A' + str(i)] = softmax(Z)
        elif activation_func[i - 1].lower() == 'sigmoid':
            kept['A' + str(i)] = 1 / (1 + np.exp(-Z))
        kept['Z' + str(i)], kept['W' + str(i)] = Z, parameters['W' + str(i)]
    return kept['A' + str(num_layers)], kept


def calculate_cost(Y, prediction, activation_output='sigmoid'):
    m = Y.shape[1]
    if activation_output.lower() == 'sigmoid':
        cost = (-1 / m) * np.sum(Y * np.log(prediction) + (1 - Y) * np.log(1 - prediction))
    if activation_output.lower() == 'softmax':
        cost = (-1 / m) * np.sum(Y * np.log(prediction))
    return cost


def backward_propagation(X, Y, cache, number_of_layers):
    m = Y.shape[1]
    gradients = {'dZ' + str(number_of_layers): ${error}}
    for i in reversed(range(1, number_of_layers + 1)):
        dZ = gradients['dZ' + str(i)]
        gradients['dW' + str(i)] = (1 / m) * np.dot(dZ, cache['A' + str(i - 1)].T)
        gradients['db' + str(i)] = (1 / m) * np.sum(dZ, axis=1, keepdims=True)
        if i > 1:
            gradients['dZ' + str(i - 1)] = np.dot(cache['W' + str(i)].T, dZ) * (cache['Z' + str(i - 1)] > 0)
    return gradients
`;

/** One sample as a column, softmax outputs, and a cost that takes rows. */
const column = (error: string) => `import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros([n_h, 1]), "W2": np.random.randn(n_y, n_h), "b2": np.zeros([n_y, 1])}


def forwardpass(X, parameters):
    A1 = 1 / (1 + np.exp(-(parameters["W1"] @ X + parameters["b1"])))
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = np.exp(Z2) / np.sum(np.exp(Z2), axis=0)
    return A2, {"A1": A1, "A2": A2}


def backwardpass(parameters, cache, X, Y):
    batch_size = X.shape[1]
    dZ2 = ${error}
    dW2 = (dZ2 @ cache["A1"].T) / batch_size
    db2 = dZ2 / batch_size
    dZ1 = (parameters["W2"].T @ dZ2) * cache["A1"] * (1 - cache["A1"])
    return {"dW1": (dZ1 @ X.T) / batch_size, "db1": dZ1 / batch_size, "dW2": dW2, "db2": db2}


def train(samples, labels, parameters):
    for x, y in zip(samples, labels):
        A2, cache = forwardpass(x.reshape(-1, 1), parameters)
        grads = backwardpass(parameters, cache, x.reshape(-1, 1), y.reshape(-1, 1))
`;

describe('the verdict where a cost is off or of its own kind', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  it('a cost that weighs the samples itself is compared with, and not the prediction given to it', async () => {
    const right = await check(regression('e / np.sum(e, axis=1, keepdims=True)'));
    assert.equal(right.verdict, 'correct', say(right));
    assert.equal(right.bound!.cost, null, say(right));
    const source = regression('e / (e + 1)');
    const wrong = await check(source);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.deepEqual([wrong.findings[0]!.function, wrong.findings[0]!.line], ['fit', lineOf(source, 'scores = e / (e + 1)')], say(wrong));
    assert.match(wrong.findings[0]!.message, /another value here than the scores of compute_cost/);
  });

  const edited = (from: string, to: string): string => {
    assert.equal(course.split(from).length, 2, from);
    return course.replace(from, () => to);
  };

  it('a cost with its sign flipped makes no mistake of the update that goes down by the gradient', async () => {
    const result = await check(edited('cost = -(1 / m)', 'cost = (1 / m)'));
    assert.equal(result.verdict, 'convention', say(result));
    assert.match(result.summary, /the cost has its sign flipped/);
  });

  it('a cross-entropy with a slip in its terms is at fault, where the gradient is that of the one that is meant', async () => {
    assert.equal((await check(course)).verdict, 'correct');
    const source = edited('np.log(1 - A2)', 'np.log(1 - np.log(A2))');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.deepEqual([result.findings[0]!.function, result.findings[0]!.line, result.findings[0]!.rule], ['compute_cost', lineOf(source, 'logprobs = '), 'cost-term'], say(result));
    // of one term it is the categorical one
    const half = await check(edited('np.log(1 - A2)', '0'));
    assert.equal(half.verdict, 'convention', say(half));
    assert.match(half.findings[0]!.message, /right for .*binary cross-entropy/);
  });

  it('the only argument of a slope is what it is taken at, whatever its name', async () => {
    const source = edited('    dZ[dA > 0] = 1\n', '');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]!.function, 'relu_d', say(result));
  });

  it('a cost with its sign flipped is a convention in a training of one body, too', async () => {
    assert.equal((await check(fitted('-'))).verdict, 'correct');
    const result = await check(fitted(''));
    assert.notEqual(result.verdict, 'wrong', say(result));
    assert.ok(result.findings.every((each) => each.severity !== 'error'), say(result));
  });

  it('a script that adds one of its steps is told, though the loop is not run', async () => {
    const script = (sign: string) => `${course}

X, Y = load_data('flowers')
parameters = initialize_parameters(2, 4, 1)
W1, b1, W2, b2 = parameters["W1"], parameters["b1"], parameters["W2"], parameters["b2"]
for i in range(10000):
    A2, cache = forward_propagation(X, parameters)
    grads = backward_propagation(X, Y, cache, parameters)
    dW1, db1, dW2, db2 = grads["dW1"], grads["db1"], grads["dW2"], grads["db2"]
    W1 = W1 - 0.1 * dW1
    W2 = W2 ${sign} 0.1 * dW2
    b1 = b1 - 0.1 * db1
    b2 = b2 - 0.1 * db2
    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
`;
    assert.equal((await check(script('-'))).verdict, 'correct');
    const source = script('+');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.deepEqual([result.findings[0]!.function, result.findings[0]!.line], ['<module>', lineOf(source, 'W2 = W2 +')], say(result));
  });

  it('a cost is told the activation of the outputs, whatever its default is', async () => {
    const right = await check(told("cache['A' + str(number_of_layers)] - Y"));
    assert.equal(right.verdict, 'correct', say(right));
    assert.equal((await check(told("cache['A' + str(number_of_layers)] + Y"))).verdict, 'wrong');
  });

  it('a column of probabilities is one sample of several classes', async () => {
    const right = await check(column('cache["A2"] - Y'));
    assert.equal(right.verdict, 'correct', say(right));
    assert.equal(right.bound!.cost?.includes('cross-entropy'), true, say(right));
  });
});
