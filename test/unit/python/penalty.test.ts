// L2 in the cost and what becomes of it: handed on through the backward pass, added by the optimizer, for every weight or for some.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** Three layers or more, written function by function; `cost`, `linear` and `update` are what is in question. */
const deep = (cost: string, linear: string, backward: string, update = '') => `import numpy as np


def initialize(dims):
    parameters = {}
    for l in range(1, len(dims)):
        parameters['W' + str(l)] = np.random.randn(dims[l], dims[l - 1]) * 0.1
        parameters['b' + str(l)] = np.zeros((dims[l], 1))
    return parameters


def forward(X, parameters):
    caches, A, L = [], X, len(parameters) // 2
    for l in range(1, L + 1):
        Z = parameters['W' + str(l)] @ A + parameters['b' + str(l)]
        caches.append((A, Z, parameters['W' + str(l)]))
        A = np.maximum(0, Z) if l < L else 1 / (1 + np.exp(-Z))
    return A, caches

${cost}

${linear}

${backward}
${update}`;

/** Layers, of which one adds a penalty of its own to its gradient; the loss knows of no weights. */
const layers = (penalty: string): string => `import numpy as np


class Dense:
    def __init__(self, n_in, n_out, reg=0.01):
        self.W, self.b, self.reg = np.random.randn(n_in, n_out), np.zeros(n_out), reg

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.x.T @ grad ${penalty}
        self.db = grad.sum(axis=0)
        return grad @ self.W.T


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad):
        return grad * (1 - self.out ** 2)


class MeanSquares:
    def forward(self, prediction, target):
        self.difference = prediction - target
        return np.mean(self.difference ** 2)

    def backward(self):
        return 2 * self.difference / self.difference.size
`;

const evenCost = `
def compute_cost(AL, Y, parameters, lambd=0):
    m = Y.shape[1]
    squares = 0
    for l in range(1, len(parameters) // 2 + 1):
        squares += np.sum(np.square(parameters['W' + str(l)]))
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m + lambd / (2 * m) * squares
`;

const linear = `
def linear_backward(dZ, A_prev, W, lambd=0):
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m + lambd / m * W
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return np.dot(W.T, dZ), dW, db
`;

const backward = (given: string) => `
def backward(AL, Y, caches, lambd=0):
    grads, L, dZ = {}, len(caches), AL - Y
    for l in reversed(range(L)):
        A_prev, Z, W = caches[l]
        if l < L - 1:
            dZ = dA * (Z > 0)
        dA, grads['dW' + str(l + 1)], grads['db' + str(l + 1)] = linear_backward(dZ, A_prev, W${given})
    return grads
`;

const plain = `
def backward(AL, Y, caches):
    grads, L, dZ = {}, len(caches), AL - Y
    for l in reversed(range(L)):
        A_prev, Z, W = caches[l]
        if l < L - 1:
            dZ = dA * (Z > 0)
        m = A_prev.shape[1]
        grads['dW' + str(l + 1)] = np.dot(dZ, A_prev.T) / m
        grads['db' + str(l + 1)] = np.sum(dZ, axis=1, keepdims=True) / m
        dA = np.dot(W.T, dZ)
    return grads
`;

const adam = (layers: string) => `

def start_adam(parameters):
    v, s = {}, {}
    for key in parameters:
        v["d" + key] = np.zeros_like(parameters[key])
        s["d" + key] = np.zeros_like(parameters[key])
    return v, s


def update_with_adam(parameters, grads, v, s, t, lambd, learning_rate, batch_size, beta1, beta2, epsilon):
    for key in parameters:
        v["d" + key] = beta1 * v["d" + key] + (1 - beta1) * grads["d" + key]
        s["d" + key] = beta2 * s["d" + key] + (1 - beta2) * grads["d" + key] ** 2
        step = v["d" + key] / (1 - beta1 ** t) / (np.sqrt(s["d" + key] / (1 - beta2 ** t)) + epsilon)
        parameters[key] = parameters[key] - learning_rate * step
    for l in range(1, ${layers}):
        parameters["W" + str(l)] = parameters["W" + str(l)] - learning_rate * (lambd / batch_size) * parameters["W" + str(l)]
    return parameters, v, s


def train(X, Y, dims, lambd=0.5, learning_rate=0.001):
    parameters = initialize(dims)
    v, s = start_adam(parameters)
    for t in range(1, 100):
        AL, caches = forward(X, parameters)
        grads = backward(AL, Y, caches)
        print(compute_cost(AL, Y, parameters, lambd))
        parameters, v, s = update_with_adam(parameters, grads, v, s, t, lambd, learning_rate, X.shape[1], 0.9, 0.999, 1e-8)
    return parameters
`;

describe('L2 on its way through a Python file', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  it('is right where it is handed on', async () => {
    const result = await check(deep(evenCost, linear, backward(', lambd')));
    assert.equal(result.verdict, 'correct', say(result));
  });

  for (const [given, what] of [[', lambd=0', 'given as 0'], ['', 'left to a default of 0']] as const) {
    it(`blames the call in which it is ${what}`, async () => {
      const source = deep(evenCost, linear, backward(given));
      const result = await check(source);
      assert.equal(result.verdict, 'wrong', say(result));
      assert.equal(result.findings[0]?.rule, 'l2');
      assert.equal(result.findings[0]?.function, 'backward');
      assert.equal(result.findings[0]?.line, lineOf(source, 'dA, grads'));
      assert.match(result.findings[0]?.message ?? '', /linear_backward is called here with lambd = 0/);
    });
  }

  for (const [what, cost, call] of [
    ['handed to the cost', 'lambd=0', ', REG'],
    ['the default of the cost', 'lambd=REG', ''],
  ] as const) {
    it(`is the file's own number where the backward pass reads it itself: ${what}`, async () => {
      const own = deep(evenCost.replace('lambd=0', cost), linear, backward(', REG').replace(', lambd=0', ''), `
def train(X, Y, dims):
    parameters = initialize(dims)
    AL, caches = forward(X, parameters)
    return compute_cost(AL, Y, parameters${call}), backward(AL, Y, caches)
`).replace('import numpy as np\n', 'import numpy as np\n\nREG = 0.1\n');
      const right = await check(own);
      assert.equal(right.verdict, 'correct', say(right));
      const wrong = await check(own.replace('+ lambd / m * W', '+ 2 * lambd / m * W'));
      assert.equal(wrong.verdict, 'wrong', say(wrong));
    });
  }

  it('may be added by an optimizer, of any kind', async () => {
    const result = await check(deep(evenCost, '', plain, adam('len(parameters) // 2 + 1')));
    assert.equal(result.verdict, 'correct', say(result));
    assert.ok(result.findings.some((each) => each.message.includes('L2 is added to the gradient in update_with_adam')), say(result));
  });

  it('may be added by a step that is told the number of samples as n', async () => {
    const step = `
def update(parameters, grads, lambd, learning_rate, n):
    for l in range(1, len(parameters) // 2 + 1):
        W, b = 'W' + str(l), 'b' + str(l)
        parameters[W] = (1 - learning_rate * (lambd / n)) * parameters[W] - learning_rate * grads['d' + W]
        parameters[b] = parameters[b] - learning_rate * grads['d' + b]
    return parameters
`;
    const result = await check(deep(evenCost, '', plain, step));
    assert.equal(result.verdict, 'correct', say(result));
    const some = await check(deep(evenCost, '', plain, step.replace('(lambd / n))', '(lambd / n) * (l > 1))')));
    assert.equal(some.verdict, 'wrong', say(some));
  });

  it('is wrong in a step that adds another multiple of the weights than the cost has', async () => {
    const step = (multiple: string): string => `
def update(parameters, grads, lambd, learning_rate):
    for l in range(1, len(parameters) // 2 + 1):
        W, b = 'W' + str(l), 'b' + str(l)
        parameters[W] = (1 - learning_rate * ${multiple}) * parameters[W] - learning_rate * grads['d' + W]
        parameters[b] = parameters[b] - learning_rate * grads['d' + b]
    return parameters
`;
    // of the sums over the samples, lambd / m of their mean is lambd
    const sums = plain.replaceAll(' / m', '');
    const right = await check(deep(evenCost, '', sums, step('lambd')));
    assert.equal(right.verdict, 'convention', say(right));
    const source = deep(evenCost, '', sums, step('lambd / 2'));
    const wrong = await check(source);
    assert.deepEqual([wrong.verdict, wrong.findings[0]?.function, wrong.findings[0]?.line], ['wrong', 'update', lineOf(source, 'parameters[W] = (1')], say(wrong));
    assert.match(wrong.findings[0]?.message ?? '', /1\/2 times that of the cost/);
  });

  it('is wrong where the cost has an L1 term and the gradient, which is given its rate, has none', async () => {
    const cost = evenCost.replace('np.square', 'np.abs').replace('(2 * m)', 'm');
    const [signs, zeros] = ['np.sign(W)', 'np.sign(W * 0)'].map((slope) => deep(cost, linear.replace('lambd / m * W', `lambd / m * ${slope}`), backward(', lambd')));
    assert.equal((await check(signs ?? '')).verdict, 'correct');
    const wrong = await check(zeros ?? '');
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('is wrong where the optimizer leaves out a layer that the cost counts', async () => {
    const result = await check(deep(evenCost, '', plain, adam('len(parameters) // 2')));
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.function, 'update_with_adam');
    assert.match(result.findings[0]?.message ?? '', /missing in the step of W3/);
  });

  it('is wrong where the cost leaves out a layer that the optimizer counts', async () => {
    const uneven = evenCost.replace('len(parameters) // 2 + 1', 'len(parameters) // 2');
    const result = await check(deep(uneven, '', plain, adam('len(parameters) // 2 + 1')));
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.function, 'compute_cost');
    assert.match(result.findings[0]?.message ?? '', /leaves out W3/);
  });

  it('is asked of a cost that is written for as many layers as it names', async () => {
    const four = evenCost.replace('len(parameters) // 2 + 1', '5');
    const right = await check(deep(four, linear, backward(', lambd')));
    assert.equal(right.verdict, 'correct', say(right));
    assert.equal(right.layers.length, 4);
    assert.ok(right.bound?.functions.cost, say(right));
    const result = await check(deep(four.replace("np.sum(np.square(parameters['W' + str(l)]))", "np.square(np.sum(np.square(parameters['W' + str(l)])))"), linear, backward(', lambd')));
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.function, 'compute_cost');
  });

  it('may pull at the weights that a step has moved already', async () => {
    const source = (pull: string): string => `import numpy as np


class Network:
    def __init__(self, sizes):
        self.weights = [np.random.randn(b, a) for a, b in zip(sizes[:-1], sizes[1:])]
        self.bias = [np.random.randn(b) for b in sizes[1:]]

    def feedforward(self, image):
        activations = [image]
        for w, b in zip(self.weights, self.bias):
            activations.append(1 / (1 + np.exp(-(w @ activations[-1] + b))))
        return activations

    def sgd(self, training_data, training_solutions, epochs, eta, lambda_learn):
        for _ in range(epochs):
            for image, number in zip(training_data, training_solutions):
                activations = self.feedforward(image)
                wanted = np.zeros(len(activations[-1]))
                wanted[number] = 1
                error = activations[-1] - wanted
                for l in range(len(self.weights) - 1, -1, -1):
                    below = self.weights[l].T @ error * activations[l] * (1 - activations[l])
                    self.weights[l] = self.weights[l] - eta * np.outer(error, activations[l])
                    self.bias[l] = self.bias[l] - eta * error
                    error = below
                for l in range(len(self.weights)):
                    self.weights[l] = self.weights[l] - eta * lambda_learn * ${pull}
`;
    const result = await check(source('self.weights[l]'));
    assert.equal(result.verdict, 'correct', say(result));
    const other = await check(source('np.cos(self.weights[l])'));
    assert.notEqual(other.verdict, 'correct', say(other));
  });

  it('is a convention in layers whose loss knows of no weights, unless it pushes them away from 0', async () => {
    const plain = await check(layers(''));
    assert.equal(plain.verdict, 'correct', say(plain));
    const decay = await check(layers('+ 2 * self.reg * self.W'));
    assert.deepEqual([decay.verdict, decay.findings[0]?.message], ['convention', 'Your gradient has an L2 term that your cost has not; apart from it they agree.'], say(decay));
    const away = await check(layers('- 2 * self.reg * self.W'));
    assert.deepEqual([away.verdict, away.findings[0]?.function], ['wrong', 'backward'], say(away));
  });
});
