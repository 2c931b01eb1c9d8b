// Mistakes between functions, and code that is right but looks at its samples in a way of its own: each beside its correct twin.

import assert from 'node:assert/strict';
import { changed, lineOf, pythonChecks, say } from './support';

const sigmoid = `import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))
`;

/** Layers that update themselves; what goes down is returned, and multiplied by the layer below. */
const handingOn = `${sigmoid}

class Dense:
    def __init__(self, inputs, units, rate=0.1):
        self.weights = np.random.randn(units, inputs)
        self.bias = np.zeros((units, 1))
        self.rate = rate

    def forward(self, x):
        self.x = x
        self.a = sigmoid(self.weights @ x + self.bias)
        return self.a

    def backward(self, upstream):
        delta = upstream * self.a * (1 - self.a)
        down = self.weights.T @ delta
        self.weights -= self.rate * (delta @ self.x.T)
        self.bias -= self.rate * np.sum(delta, axis=1, keepdims=True)
        return down


def mse(y, a):
    return 0.5 * np.sum((a - y) ** 2)


def mse_prime(y, a):
    return a - y
`;

/** One sample at a time: np.outer has no place for more. */
const outer = `${sigmoid}

class Network:
    def __init__(self, sizes, l_rate=0.01):
        self.sizes = sizes
        self.l_rate = l_rate
        self.params = {"W1": np.random.randn(sizes[1], sizes[0]), "W2": np.random.randn(sizes[2], sizes[1])}

    def softmax(self, x):
        exps = np.exp(x - x.max())
        return exps / np.sum(exps)

    def softmax_back(self, s, upstream):
        return s * (upstream - np.dot(upstream, s))

    def forward_pass(self, x):
        p = self.params
        p["A0"] = x
        p["Z1"] = np.dot(p["W1"], p["A0"])
        p["A1"] = sigmoid(p["Z1"])
        p["Z2"] = np.dot(p["W2"], p["A1"])
        p["A2"] = self.softmax(p["Z2"])
        return p["A2"]

    def backward_pass(self, y, output):
        p = self.params
        change = {}
        error = self.softmax_back(output, output - y)
        change["W2"] = np.outer(error, p["A1"])
        error = np.dot(p["W2"].T, error) * p["A1"] * (1 - p["A1"])
        change["W1"] = np.outer(error, p["A0"])
        return change
`;

/** A list in, a list out; everything is made new in one method. */
const lists = `${sigmoid}

class Perceptron:
    def __init__(self, input_nodes, hidden_nodes, output_nodes):
        self.weights_ih = np.random.uniform(-1, 1, (hidden_nodes, input_nodes))
        self.weights_ho = np.random.uniform(-1, 1, (output_nodes, hidden_nodes))
        self.bias_h = np.random.uniform(-1, 1, (hidden_nodes, 1))
        self.bias_o = np.random.uniform(-1, 1, (output_nodes, 1))
        self.learning_rate = 0.1

    def predict(self, input_array):
        inputs = np.array(input_array).reshape((-1, 1))
        hidden = sigmoid(np.dot(self.weights_ih, inputs) + self.bias_h)
        return sigmoid(np.dot(self.weights_ho, hidden) + self.bias_o).tolist()[0]

    def train(self, input_array, target_array):
        inputs = np.array(input_array).reshape((self.weights_ih.shape[1], 1))
        hidden = sigmoid(np.dot(self.weights_ih, inputs) + self.bias_h)
        outputs = sigmoid(np.dot(self.weights_ho, hidden) + self.bias_o)
        output_gradients = (np.array(target_array) - outputs) * outputs * (1 - outputs)
        hidden_errors = np.dot(self.weights_ho.T, output_gradients)
        hidden_gradients = hidden_errors * hidden * (1 - hidden)
        self.weights_ho = self.weights_ho + self.learning_rate * np.dot(output_gradients, hidden.T)
        self.bias_o = self.bias_o + self.learning_rate * output_gradients
        self.weights_ih = self.weights_ih + self.learning_rate * np.dot(hidden_gradients, inputs.T)
        self.bias_h = self.bias_h + self.learning_rate * hidden_gradients
`;

/** Derivatives as methods, the update in a loop over the layers. */
const methods = `${sigmoid}

class Deep:
    def __init__(self, layer_sizes):
        self.params = {}
        self.layer_sizes = layer_sizes
        for i in range(1, len(layer_sizes)):
            self.params["W" + str(i)] = np.random.randn(layer_sizes[i], layer_sizes[i - 1]) * 0.1
            self.params["b" + str(i)] = np.zeros((layer_sizes[i], 1))

    def act(self, z):
        return 1 / (1 + np.exp(-z))

    def act_prime(self, z):
        return self.act(z) * (1 - self.act(z))

    def forward(self, X):
        A, kept = X, []
        for i in range(1, len(self.layer_sizes)):
            Z = self.params["W" + str(i)] @ A + self.params["b" + str(i)]
            kept.append((A, Z))
            A = self.act(Z)
        return A, kept

    def cost(self, Y, Y_hat):
        return -np.sum(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)) / Y.shape[1]

    def cost_slope(self, Y, Y_hat):
        return -np.divide(Y, Y_hat) + np.divide(1 - Y, 1 - Y_hat)

    def backward(self, Y, Y_hat, kept, alpha):
        m = Y.shape[1]
        dA = self.cost_slope(Y, Y_hat)
        for i in reversed(range(len(kept))):
            A, Z = kept[i]
            dZ = dA * self.act_prime(Z)
            dA = self.params["W" + str(i + 1)].T @ dZ
            self.params["W" + str(i + 1)] = self.params["W" + str(i + 1)] - alpha * dZ @ A.T / m
            self.params["b" + str(i + 1)] = self.params["b" + str(i + 1)] - alpha * np.sum(dZ, axis=1, keepdims=True) / m
`;

interface Case {
  readonly what: string;
  readonly source: string;
  readonly from: string;
  readonly to: string;
  readonly in: string;
  readonly at: string;
  readonly rule: RegExp;
}

const cases: readonly Case[] = [
  {
    what: 'weights that are returned after their update',
    source: handingOn,
    from: '        return down',
    to: '        return np.dot(self.weights.T, delta)',
    in: 'backward',
    at: 'return np.dot(self.weights.T, delta)',
    rule: /order/,
  },
  {
    what: 'the diagonal of a softmax alone, in code for one sample at a time',
    source: outer,
    from: 'return s * (upstream - np.dot(upstream, s))',
    to: 'return upstream * s * (1 - s)',
    in: 'softmax_back',
    at: 'return upstream * s * (1 - s)',
    rule: /./,
  },
  {
    what: 'an error that is handed down without its derivative, where predictions are lists',
    source: lists,
    from: 'hidden_errors = np.dot(self.weights_ho.T, output_gradients)',
    to: 'hidden_errors = np.dot(self.weights_ho.T, np.array(target_array) - outputs)',
    in: 'train',
    at: 'hidden_errors = np.dot',
    rule: /./,
  },
  {
    what: 'the derivative of the loss, where one bias has a single entry',
    source: methods,
    from: 'return -np.divide(Y, Y_hat) + np.divide',
    to: 'return -np.divide(Y, Y_hat) - np.divide',
    in: 'cost_slope',
    at: 'return -np.divide(Y, Y_hat) - np.divide',
    rule: /loss-derivative/,
  },
  {
    what: 'the caller that gives A to a method which is right for Z',
    source: methods,
    from: 'dZ = dA * self.act_prime(Z)',
    to: 'dZ = dA * self.act_prime(self.act(Z))',
    in: 'backward',
    at: 'dZ = dA * self.act_prime(self.act(Z))',
    rule: /derivative/,
  },
];

describe('a mistake between functions', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const each of cases) {
    it(`finds ${each.what}`, async () => {
      assert.equal(each.source.split(each.from).length, 2, each.from);
      const source = each.source.replace(each.from, () => each.to);
      const slip = await check(source);
      assert.equal(slip.verdict, 'wrong', say(slip));
      assert.deepEqual([slip.findings[0]?.function, slip.findings[0]?.line], [each.in, lineOf(source, each.at)], say(slip));
      assert.match(slip.findings[0]!.rule, each.rule);
    });
    it(`says nothing of the twin without ${each.what}`, async () => {
      const right = await check(each.source);
      assert.equal(right.verdict, 'correct', say(right));
    });
  }

  it('blames the derivative of the loss for 1/m that comes in there, where the cost runs forward itself', async () => {
    const source = changed('network_class.py', [
      ['    def compute_loss(self, y, output):\n        return', '    def compute_loss(self, X, y):\n        output = self.forward(X)\n        return'],
      ['loss = self.compute_loss(y, output)', 'loss = self.compute_loss(X, y)'],
      ['d_output = output - y', 'd_output = (output - y) / m'],
    ]);
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.rule, result.findings[0]?.line], ['wrong', 'factor', lineOf(source, 'd_output = (output')], say(result));
  });

  it('looks at a second backward pass with dropout on', async () => {
    const dropout = `

def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    D1 = np.random.rand(*A1.shape) < keep_prob
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = sigmoid(Z2)
    cache = (Z1, D1, A1, A2)
    return A2, cache


def cross_entropy_cost(A2, Y):
    return -np.sum(np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)) / Y.shape[1]


def backward_propagation_with_dropout(parameters, X, Y, cache, keep_prob):
    Z1, D1, A1, A2 = cache
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = np.dot(parameters["W2"].T, dZ2) * D1 / keep_prob
    dZ1 = dA1 * (1 - np.tanh(Z1) ** 2)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
`;
    const source = changed('two_layers.py', []) + dropout;
    const right = await check(source);
    assert.equal(right.verdict, 'correct', say(right));
    const slip = source.replace('dZ2) * D1 / keep_prob', 'dZ2) * D1');
    const found = await check(slip);
    assert.deepEqual([found.verdict, found.findings[0]?.function, found.findings[0]?.line], ['wrong', 'backward_propagation_with_dropout', lineOf(slip, 'dA1 = np.dot(parameters["W2"].T, dZ2) * D1')], say(found));
  });

  it('blames who asks a table of lambdas for the derivative at A', async () => {
    const source = changed('network_class.py', [
      ['class NeuralNetwork:', 'def pick(kind):\n    table = (lambda x: 1 / (1 + np.exp(-x)), lambda x: table[0](x) * (1 - table[0](x)))\n    return table[kind]\n\n\nclass NeuralNetwork:'],
      ['self.a2 = self.sigmoid(self.z2)', 'self.a2 = pick(0)(self.z2)'],
      ['d_output * self.sigmoid_derivative(output)', 'd_output * pick(1)(output)'],
    ]);
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['wrong', 'backward', lineOf(source, 'delta2 = d_output * pick(1)(output)')], say(result));
    const right = await check(source.replace('pick(1)(output)', 'pick(1)(self.z2)'));
    assert.equal(right.verdict, 'correct', say(right));
  });
});
