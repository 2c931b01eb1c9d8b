// Which cost a gradient is compared with: the one that is meant where another stands beside it, and an L2 term that only the output layer shows.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const network = (cost: string, top: string, used: string): string => `import numpy as np

def initialize(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}

def forward(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = ${top}
    return A2, {"A1": A1, "A2": A2}

def compute_cost(A2, Y):
    return ${cost}

def backward(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    return {"dW1": dZ1 @ X.T / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m, "dW2": dZ2 @ cache["A1"].T / m, "db2": np.sum(dZ2, axis=1, keepdims=True) / m}

def train(X, Y, n_h, rounds):
    parameters = initialize(X.shape[0], n_h, Y.shape[0])
    for i in range(rounds):
        A2, cache = forward(X, parameters)
        ${used}
        grads = backward(parameters, cache, X, Y)
        for key in parameters:
            parameters[key] -= 0.1 * grads["d" + key]
    return parameters
`;
const categorical = '-np.sum(Y * np.log(A2)) / Y.shape[1]';
const limited = '-np.sum(Y * np.log(A2.clip(min=1e-12))) / Y.shape[1]';
const shown = 'print(compute_cost(A2, Y))';

/** A rate of regularization among what an object keeps, and no cost. */
const penalty = `import numpy as np

def softmax(Z):
    e = np.exp(Z)
    return e / e.sum(axis=1, keepdims=True)

def build(options):
    W1, b1 = np.random.randn(options.n_in, options.n_h), np.zeros((1, options.n_h))
    W2, b2 = np.random.randn(options.n_h, options.n_out), np.zeros((1, options.n_out))
    model = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    for i in range(options.rounds):
        probs, a1 = forward(model, options.X_train)
        model = backward(options, probs, a1, model)
    return model

def forward(model, X):
    W1, b1, W2, b2 = model["W1"], model["b1"], model["W2"], model["b2"]
    a1 = np.tanh(X.dot(W1) + b1)
    return softmax(a1.dot(W2) + b2), a1

def backward(options, a2, a1, model):
    W1, b1, W2, b2 = model["W1"], model["b1"], model["W2"], model["b2"]
    delta2 = a2
    delta2[range(options.n_train), options.Y_train] -= 1
    delta1 = delta2.dot(W2.T) * (1 - np.power(a1, 2))
    dW2, dW1 = a1.T.dot(delta2), options.X_train.T.dot(delta1)
    db2, db1 = delta2.sum(axis=0), delta1.sum(axis=0)
    dW2 += options.reg_lambda * W2
    dW1 += options.reg_lambda * W1
    W1 += -options.epsilon * dW1
    b1 += -options.epsilon * db1
    W2 += -options.epsilon * dW2
    b2 += -options.epsilon * db2
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

class Options:
    def __init__(self, X_train, Y_train):
        self.epsilon, self.reg_lambda, self.n_h, self.rounds, self.n_out = 0.001, 0.0, 10, 10000, 2
        self.n_in = np.shape(X_train)[1]
        self.X_train, self.Y_train = X_train, Y_train
        self.n_train = len(X_train[:, 0])
`;

/** The errors of an epoch are added up, batch by batch; nothing else is called a cost. */
const epochs = (target: string): string => `import numpy as np

class Net:
    def layers(self, sizes):
        network = []
        for l in range(1, len(sizes)):
            weights = np.random.uniform(-1, 1, (sizes[l - 1], sizes[l]))
            biases = np.ones((1, sizes[l]))
            network.append([weights, biases])
        return network

    def forward(self, X, network):
        states = [X.copy()]
        for l in range(len(network)):
            X = np.matmul(X, network[l][0]) + network[l][1]
            if l < len(network) - 1:
                X = np.tanh(X)
            states.append(X.copy())
        return X, states

    def backward(self, network, states, delta, rate):
        m = len(delta)
        for l in range(len(network) - 1, -1, -1):
            if l < len(network) - 1:
                delta = delta * (1 - states[l + 1] ** 2)
            below = delta @ network[l][0].T
            network[l][0] -= states[l].T @ delta / m * rate
            network[l][1] -= np.mean(delta, axis=0) * rate
            delta = below
        return network

    def train(self, X, y, sizes, rate, epochs, batch_size):
        network = self.layers(sizes)
        for epoch in range(epochs):
            ${target} = 0
            for i in range(0, X.shape[0], batch_size):
                batch, wanted = X[i:i + batch_size], y[i:i + batch_size]
                out, states = self.forward(batch, network)
                loss = out - wanted
                ${target} += np.mean(loss ** 2)
                network = self.backward(network, states, loss, rate)
            print(epoch, ${target})
        return network
`;

describe('python: the cost that is meant', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is the binary cross-entropy of sigmoids, where the categorical one is shown', async () => {
    const source = network(categorical, '1 / (1 + np.exp(-Z2))', shown);
    const result = await check(source);
    assert.equal(result.verdict, 'convention', say(result));
    assert.match(result.findings[0]?.message ?? '', /binary cross-entropy/);
    const wrong = await check(source.replace(' * (1 - cache["A1"] ** 2)', ' * (1 - cache["A1"])'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('is the sum where it divides by what the file counts as outputs', async () => {
    const cost = (sizes: string): string => network('-np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / count(Y)', '1 / (1 + np.exp(-Z2))', shown).replace('def compute_cost', `def count(Y):\n    m = Y.shape[0]\n    return m\n\n${sizes}def compute_cost`);
    const result = await check(cost('def layer_sizes(X, Y):\n    n_x = X.shape[0]\n    n_y = Y.shape[0]\n    return n_x, n_y\n\n'));
    assert.deepEqual([result.verdict, result.findings[0]?.factor?.toFixed(4)], ['convention', (1 / 7).toFixed(4)], say(result));
  });

  it('is no function that nothing calls beside a training', async () => {
    const result = await check(network(limited, 'Z2', 'print(np.abs(A2 - Y).mean())'));
    assert.equal(result.verdict, 'convention', say(result));
    assert.match(result.findings[0]?.message ?? '', /\(AL - Y\)²/);
    const called = await check(network(limited, 'Z2', shown));
    assert.equal(called.verdict, 'wrong', say(called));
  });

  it('is what a training adds up, under the name of one', async () => {
    for (const target of ['epoch_loss', 'sum_error']) {
      const right = await check(epochs(target));
      assert.equal(right.verdict, 'convention', say(right));
      const source = epochs(target).replace('if l < len(network) - 1:\n                delta', 'if True:\n                delta');
      const wrong = await check(source);
      assert.deepEqual([wrong.verdict, wrong.findings[0]?.function, wrong.findings[0]?.line], ['wrong', 'backward', lineOf(source, 'delta = delta * (1')], say(wrong));
    }
  });

  it('has the L2 term that the output layer shows, whatever is wrong below', async () => {
    const right = await check(penalty);
    assert.equal(right.verdict, 'correct', say(right));
    const source = penalty.replace('(1 - np.power(a1, 2))', '(1 - a1)');
    const wrong = await check(source);
    assert.deepEqual([wrong.verdict, wrong.findings[0]?.line], ['wrong', lineOf(source, 'delta1 =')], say(wrong));
  });
});
