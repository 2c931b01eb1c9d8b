// Right files with one edit each: which verdict, function and line the edit is told with.

import assert from 'node:assert/strict';
import { changed, lineOf, pythonChecks, say } from './support';

interface Edit {
  readonly what: string;
  readonly source: string;
  readonly verdict?: 'wrong' | 'cannot run';
  readonly in: string;
  readonly at: string;
  readonly rule?: RegExp;
}

/** A class on whose batch the softmax output, its mistakes summed over all entries, is 0. */
const classes = `import numpy as np

class Net:
    def __init__(self, n_in, n_hidden, n_out, lr=0.1):
        self.lr = lr
        self.W1 = np.random.randn(n_in, n_hidden)
        self.b1 = np.zeros((1, n_hidden))
        self.W2 = np.random.randn(n_hidden, n_out)
        self.b2 = np.zeros((1, n_out))

    def forward(self, X):
        self.a1 = np.tanh(X @ self.W1 + self.b1)
        z = self.a1 @ self.W2 + self.b2
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.probs = e / e.sum(axis=1, keepdims=True)
        return self.probs

    def compute_loss(self, y_true, probs):
        return -np.sum(y_true * np.log(probs)) / y_true.shape[0]

    def backward(self, X, y):
        m = X.shape[0]
        delta = self.probs - y
        dW2 = self.a1.T @ delta / m
        db2 = np.sum(delta, axis=0, keepdims=True) / m
        hidden = delta @ self.W2.T * (1 - self.a1 ** 2)
        dW1 = X.T @ hidden / m
        db1 = np.sum(hidden, axis=0, keepdims=True) / m
        self.W2 -= self.lr * dW2
        self.b2 -= self.lr * db2
        self.W1 -= self.lr * dW1
        self.b1 -= self.lr * db1

    def fit(self, X, y, epochs=100):
        for i in range(epochs):
            probs = self.forward(X)
            print(self.compute_loss(y, probs))
            self.backward(X, y)
`;

/** The training is a method that nothing calls here. */
const trained = `${changed('cs231n.py', [])}
    def train(self, X, y, learning_rate=1e-3, num_iters=100):
        for it in range(num_iters):
            X_batch = X[:]
            loss, grads = self.loss(X_batch, y)
            self.params["W1"] -= learning_rate * grads["W1"]
            self.params["b1"] -= learning_rate * grads["b1"]
            self.params["W2"] -= learning_rate * grads["W2"]
            self.params["b2"] -= learning_rate * grads["b2"]
`;

/** Functions with one argument for each array, and a training that calls them. */
const apart = `import numpy as np

def init_params(n_in, n_hidden, n_out):
    return np.random.randn(n_hidden, n_in), np.zeros((n_hidden, 1)), np.random.randn(n_out, n_hidden), np.zeros((n_out, 1))

def forward_prop(W1, b1, W2, b2, X):
    Z1 = W1.dot(X) + b1
    A1 = np.maximum(Z1, 0)
    Z2 = W2.dot(A1) + b2
    e = np.exp(Z2 - Z2.max(axis=0))
    return Z1, A1, Z2, e / e.sum(axis=0)

def one_hot(Y):
    out = np.zeros((Y.max() + 1, Y.size))
    out[Y, np.arange(Y.size)] = 1
    return out

def compute_loss(A2, Y):
    return -np.mean(np.log(A2[Y, np.arange(Y.size)]))

def backward_prop(Z1, A1, Z2, A2, W1, W2, X, Y):
    m = Y.size
    dZ2 = A2 - one_hot(Y)
    dW2 = dZ2.dot(A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = W2.T.dot(dZ2) * (Z1 > 0)
    dW1 = dZ1.dot(X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return dW1, db1, dW2, db2

def gradient_descent(X, Y, alpha, iterations):
    W1, b1, W2, b2 = init_params(5, 4, 3)
    for i in range(iterations):
        Z1, A1, Z2, A2 = forward_prop(W1, b1, W2, b2, X)
        print(compute_loss(A2, Y))
        dW1, db1, dW2, db2 = backward_prop(Z1, A1, Z2, A2, W1, W2, X, Y)
        W1, b1, W2, b2 = update_params(W1, b1, W2, b2, dW1, db1, dW2, db2, alpha)
    return W1, b1, W2, b2

def update_params(W1, b1, W2, b2, dW1, db1, dW2, db2, alpha):
    W1 -= alpha * dW1
    b1 -= alpha * db1
    W2 -= alpha * dW2
    b2 -= alpha * db2
    return W1, b1, W2, b2
`;

/** A training on parameters of the module. */
const globals = `import numpy as np

W1 = np.random.randn(4, 2)
b1 = np.random.randn(4, 1)
W2 = np.random.randn(1, 4)
b2 = np.random.randn(1, 1)

def cost(y_hat, y):
    return -np.sum(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)) / y.shape[1]

def last_layer(y_hat, Y, A1, m):
    dZ2 = (y_hat - Y) / m
    return dZ2 @ A1.T, np.sum(dZ2, axis=1, keepdims=True), W2.T @ dZ2

def train(X, Y, epochs=100, alpha=0.1):
    global W1, b1, W2, b2
    m = X.shape[1]
    for i in range(epochs):
        A1 = np.tanh(W1 @ X + b1)
        y_hat = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
        print(cost(y_hat, Y))
        dW2, db2, dA1 = last_layer(y_hat, Y, A1, m)
        dZ1 = dA1 * (1 - A1 ** 2)
        dW1 = dZ1 @ X.T
        db1 = np.sum(dZ1, axis=1, keepdims=True)
        W2 -= alpha * dW2
        W1 -= alpha * dW1
        b2 -= alpha * db2
        b1 -= alpha * db1
`;

/** A script whose samples have one feature, between a file that is not here and a hidden layer. */
const curve = `import numpy as np

data = np.loadtxt("points.txt")
X = data[:, 0].reshape(-1, 1)
Y = data[:, 1].reshape(-1, 1)
W1 = np.random.randn(3, 1)
B1 = np.random.randn(3, 1)
W2 = np.random.randn(1, 3)
B2 = np.random.randn(1, 1)
lr = 0.01
for epoch in range(500):
    A1 = np.tanh(W1 @ X.T + B1)
    A2 = (W2 @ A1 + B2).T
    mse = np.mean((Y - A2) ** 2)
    dZ2 = -2 * (Y - A2) / len(X)
    dW2 = dZ2.T @ A1.T
    dB2 = np.sum(dZ2.T, axis=1, keepdims=True)
    dZ1 = (dZ2 @ W2).T * (1 - A1 ** 2)
    dW1 = dZ1 @ X
    dB1 = np.sum(dZ1, axis=1, keepdims=True)
    W1 -= lr * dW1
    B1 -= lr * dB1
    W2 -= lr * dW2
    B2 -= lr * dB2
`;

/** A training that makes its own weights and moves them in a function, at ReLU. */
const own = `import numpy as np

def train(X_train, y_train, epochs=1000):
    W1 = np.random.randn(4, 5)
    b1 = np.zeros((1, 5))
    W2 = np.random.randn(5, 1)
    b2 = np.zeros((1, 1))
    for f in range(epochs):
        hidden = np.maximum(0, X_train @ W1 + b1)
        y_pred = hidden @ W2 + b2
        loss = np.mean((y_pred - y_train) ** 2)
        print(loss)
        W1, b1, W2, b2 = step(X_train, y_train, y_pred, hidden, W1, b1, W2, b2)
    return W1, b1, W2, b2

def step(X, y, y_pred, hidden, W1, b1, W2, b2):
    rate = 0.01
    dz2 = 2 * (y_pred - y) / X.shape[0]
    dW2 = hidden.T @ dz2
    db2 = np.sum(dz2, axis=0, keepdims=True)
    dz1 = dz2 @ W2.T * (hidden > 0)
    dW1 = X.T @ dz1
    db1 = np.sum(dz1, axis=0, keepdims=True)
    W1 -= rate * dW1
    b1 -= rate * db1
    W2 -= rate * dW2
    b2 -= rate * db2
    return W1, b1, W2, b2
`;

const edit = (source: string, from: string, to: string): string => {
  assert.equal(source.split(from).length, 2, from);
  return source.replace(from, () => to);
};

/** The gradients are those of a list in a dictionary with texts as keys. */
const numbered = edit(edit(classes, '        self.W2 -= self.lr * dW2\n        self.b2 -= self.lr * db2\n        self.W1 -= self.lr * dW1\n        self.b1 -= self.lr * db1\n', ''), '    def fit', '        self.dw = {"0": dW1, "1": dW2}\n        self.db = {"0": db1, "1": db2}\n\n    def fit')
  .replaceAll('self.W1', 'self.w[0]').replaceAll('self.W2', 'self.w[1]').replaceAll('self.b1', 'self.b[0]').replaceAll('self.b2', 'self.b[1]')
  .replace('        self.w[0] =', '        self.w, self.b = [0, 0], [0, 0]\n        self.w[0] =');

const edits: readonly Edit[] = [
  { what: 'a bias that is moved along its gradient', source: changed('deep_layers.py', [['parameters["b" + str(l+1)] - learning_rate', 'parameters["b" + str(l+1)] + learning_rate']]), in: 'update_parameters', at: 'parameters["b" + str(l+1)] = ', rule: /update/ },
  { what: 'one of several that are changed in place that is set to its gradient', source: edit(apart, '    W1 -= alpha', '    W1 = alpha'), in: 'update_params', at: '    W1 = alpha', rule: /update/ },
  { what: 'a step in a training method that was not run', source: edit(trained, 'self.params["W2"] -= learning', 'self.params["W2"] += learning'), in: 'train', at: 'self.params["W2"] +=', rule: /update/ },
  { what: 'a minus twice over, which adds', source: edit(trained, 'self.params["b2"] -= learning', 'self.params["b2"] -= -learning'), in: 'train', at: 'self.params["b2"] -= -', rule: /update/ },
  { what: 'the layers of a loop that are set to their steps, in a method that was not run', source: `${edit(trained, '            self.params["W1"] -= learning_rate * grads["W1"]\n            self.params["b1"] -= learning_rate * grads["b1"]\n            self.params["W2"] -= learning_rate * grads["W2"]\n            self.params["b2"] -= learning_rate * grads["b2"]\n', '            for l in range(1, 3):\n                self.params["W" + str(l)] = learning_rate * grads["W" + str(l)]\n')}`, in: 'train', at: 'self.params["W" + str(l)] = ', rule: /update/ },
  { what: 'a mask that lets nothing through, where a training makes its own weights', source: edit(own, '(hidden > 0)', '(hidden < 0)'), in: 'step', at: 'dz1 = dz2', rule: /mask/ },
  { what: 'a parameter that a training method sets to its step', source: edit(trained, 'self.params["b1"] -= learning', 'self.params["b1"] = learning'), in: 'train', at: 'self.params["b1"] = learning', rule: /update/ },
  { what: 'the update, where the backward pass moves one parameter the other way', source: edit(classes, 'self.W2 -= self.lr', 'self.W2 += self.lr'), in: 'backward', at: 'self.W2 += self.lr', rule: /update/ },
  { what: 'the parameter that a backward pass sets to its step', source: edit(classes, 'self.W1 -= self.lr', 'self.W1 = self.lr'), in: 'backward', at: 'self.W1 = self.lr', rule: /update/ },
  { what: 'a sum over everything that is 0 and moves no bias', source: edit(classes, 'np.sum(delta, axis=0, keepdims=True)', 'np.sum(delta)'), in: 'backward', at: 'db2 = np.sum(delta)', rule: /axis/ },
  { what: 'a bias of a numbered dictionary that is not summed', source: edit(numbered, 'db1 = np.sum(hidden, axis=0, keepdims=True)', 'db1 = hidden'), in: 'backward', at: 'db1 = hidden', rule: /shape/ },
  { what: 'the sign of the error where an update adds, without a cost', source: edit(changed('guion_xor.py', [['    if epoca % 1000 == 0:\n        print("erro", np.mean(np.abs(erro_saida)))\n', '']]), 'saidas - camada_saida', 'camada_saida - saidas'), in: '<module>', at: '', rule: /sign/ },
  { what: 'X where X.T is meant, in a backward pass of labels', source: edit(apart, 'dZ1.dot(X.T)', 'dZ1.dot(X)'), verdict: 'cannot run', in: 'backward_prop', at: 'dW1 = dZ1.dot(X)' },
  { what: 'a step that fits one sample alone, where all are given', source: edit(classes, 'db1 = np.sum(hidden, axis=0, keepdims=True)', 'db1 = hidden'), verdict: 'cannot run', in: 'backward', at: 'self.b1 -= ' },
  { what: 'a training that stops where it moves a bias', source: edit(globals, 'np.sum(dZ2, axis=1, keepdims=True), W2', 'np.sum(dZ2, axis=0, keepdims=True), W2'), verdict: 'cannot run', in: 'train', at: 'b2 -= ' },
  { what: 'a product of a script that fits one sample alone', source: edit(curve, 'dW2 = dZ2.T @', 'dW2 = dZ2 @'), verdict: 'cannot run', in: '<module>', at: 'dW2 = dZ2 @' },
  { what: 'a name that a script makes only further down in its loop', source: edit(curve, 'dB2 = np.sum(dZ2.T', 'dB2 = np.sum(dZ1.T'), verdict: 'cannot run', in: '<module>', at: 'dB2 = ' },
  { what: 'a call that hands on one value twice', source: edit(apart, 'backward_prop(Z1, A1, Z2, A2, W1, W2, X, Y)\n        W1', 'backward_prop(Z1, Z1, Z2, A2, W1, W2, X, Y)\n        W1'), in: 'gradient_descent', at: 'dW1, db1, dW2, db2 = backward_prop(Z1, Z1', rule: /argument/ },
  { what: 'a misspelt name in a training that was not run', source: edit(trained, 'self.loss(X_batch, y)', 'self.loss(X_bacth, y)'), verdict: 'cannot run', in: 'train', at: 'self.loss(X_bacth' },
  { what: 'relu_backward that passes on what it is given', source: changed('deep_layers.py', [['    dZ[Z <= 0] = 0\n', '']]), in: 'relu_backward', at: '    return dZ\n\ndef sigmoid_backward', rule: /activation-derivative/ },
  { what: 'the caller that forgets the upstream derivative, not the derivative of an activation', source: changed('network_class.py', [['delta2 = d_output * self.sigmoid', 'delta2 = self.sigmoid']]), in: 'backward', at: 'delta2 = self.sigmoid', rule: /upstream-dropped/ },
  { what: 'the backward pass that stops, not a test case that holds gradients', source: `${edit(apart, 'db2 = np.sum(dZ2', 'db2 = np.sums(dZ2')}
def backward_prop_test_case():
    W1, b1, W2, b2 = init_params(2, 4, 1)
    grads = {"dW1": W1, "db1": b1, "dW2": W2, "db2": b2}
    return grads
`, verdict: 'cannot run', in: 'backward_prop', at: 'np.sums' },
];

describe('one edit of a right file', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const [name, source] of Object.entries({ classes, trained, apart, globals, curve, numbered, own })) {
    it(`leaves ${name} correct`, async () => {
      const result = await check(source);
      assert.equal(result.verdict, 'correct', say(result));
    });
  }

  for (const { what, source, verdict = 'wrong', in: function_, at, rule } of edits) {
    it(`tells ${what}`, async () => {
      const result = await check(source);
      const first = result.findings.find((each) => each.severity === 'error');
      assert.equal(result.verdict, verdict, say(result));
      assert.equal(first?.function, function_, say(result));
      if (at) assert.equal(first?.line, lineOf(source, at), say(result));
      if (rule) assert.match(first.rule, rule, say(result));
    });
  }

  it('lets a step be kept under a name that differs in capitals', async () => {
    const stepped = edit(edit(apart, '    W1 -= alpha * dW1', '    w1 = alpha * dW1\n    W1 = W1 - w1'), 'import numpy', 'import numpy');
    const result = await check(stepped);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('lets one sample stop nothing where a file takes them one by one', async () => {
    const single = edit(edit(classes, 'db1 = np.sum(hidden, axis=0, keepdims=True) / m', 'db1 = hidden'), '            probs = self.forward(X)\n            print(self.compute_loss(y, probs))\n            self.backward(X, y)\n', '            for one, wanted in zip(X, y):\n                one, wanted = one.reshape(1, -1), wanted.reshape(1, -1)\n                probs = self.forward(one)\n                self.backward(one, wanted)\n');
    const result = await check(single);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('takes L2 that an update adds to all weights for no mistake, whatever its n stands for', async () => {
    const result = await check(`import numpy as np

class Network:
    def __init__(self, sizes):
        self.biases = [np.random.randn(y, 1) for y in sizes[1:]]
        self.weights = [np.random.randn(y, x) for x, y in zip(sizes[:-1], sizes[1:])]

    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights):
            a = 1 / (1 + np.exp(-(np.dot(w, a) + b)))
        return a

    def update_mini_batch(self, mini_batch, eta, lmbda, n):
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        for x, y in mini_batch:
            delta_b, delta_w = self.backprop(x, y)
            nabla_b = [nb + db for nb, db in zip(nabla_b, delta_b)]
            nabla_w = [nw + dw for nw, dw in zip(nabla_w, delta_w)]
        self.weights = [(1 - eta * (lmbda / n)) * w - (eta / len(mini_batch)) * nw for w, nw in zip(self.weights, nabla_w)]
        self.biases = [b - (eta / len(mini_batch)) * nb for b, nb in zip(self.biases, nabla_b)]

    def backprop(self, x, y):
        activations = [x]
        for b, w in zip(self.biases, self.weights):
            activations.append(1 / (1 + np.exp(-(np.dot(w, activations[-1]) + b))))
        nabla_b, nabla_w = [], []
        delta = activations[-1] - y
        for l in range(1, len(self.weights) + 1):
            nabla_b.insert(0, delta)
            nabla_w.insert(0, np.dot(delta, activations[-l - 1].T))
            delta = np.dot(self.weights[-l].T, delta) * activations[-l - 1] * (1 - activations[-l - 1])
        return nabla_b, nabla_w

    def total_cost(self, data, lmbda):
        cost = 0.0
        for x, y in data:
            a = self.feedforward(x)
            cost += np.sum(-y * np.log(a) - (1 - y) * np.log(1 - a)) / len(data)
        return cost + 0.5 * (lmbda / len(data)) * sum(np.sum(w ** 2) for w in self.weights)
`);
    assert.equal(result.verdict, 'correct', say(result));
  });
});
