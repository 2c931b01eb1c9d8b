// The prediction among what a person's code returns or keeps, and what is said where no cost fits the gradient.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** Every value of the network in one dictionary; whether what a layer takes is a sparse matrix is asked first. */
const beside = `import numpy as np
from scipy.sparse import issparse

class Net:
    def __init__(self, inputs, hidden, outputs):
        self.values = {'Weight1': np.random.randn(inputs, hidden), 'Bias1': np.zeros((1, hidden)), 'Weight2': np.random.randn(hidden, outputs), 'Bias2': np.zeros((1, outputs))}
        self.rate = 0.1

    def feed_forward(self, X):
        p = self.values
        p['Activation0'] = X.toarray() if issparse(X) else X
        for i in (1, 2):
            z = p['Activation' + str(i - 1)].dot(p['Weight' + str(i)]) + p['Bias' + str(i)]
            p['Activation' + str(i)] = np.maximum(z, 0) if i == 1 else np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
            p['Z' + str(i)] = z

    def back_prop(self, y):
        p = self.values
        p['Z2_d'] = p['Activation2'] - y
        p['Weight2_d'] = p['Activation1'].T.dot(p['Z2_d'])
        p['Bias2_d'] = np.sum(p['Z2_d'], axis=0, keepdims=True)
        p['Z1_d'] = p['Z2_d'].dot(p['Weight2'].T) * (p['Activation1'] > 0)
        p['Weight1_d'] = p['Activation0'].T.dot(p['Z1_d'])
        p['Bias1_d'] = np.sum(p['Z1_d'], axis=0, keepdims=True)
        for name in ('Weight1', 'Bias1', 'Weight2', 'Bias2'):
            p[name] = p[name] - self.rate * p[name + '_d']
`;

/** Takes one sample, gives its prediction as a plain list, and keeps a bias that has the shape of a prediction. */
const listed = `import numpy as np

def squash(x):
    return 1 / (1 + np.exp(-x))

class Brain:
    def __init__(self, inputs, hidden, outputs):
        self.inputs = inputs
        self.weights_ih = np.random.uniform(-1, 1, (hidden, inputs))
        self.weights_ho = np.random.uniform(-1, 1, (outputs, hidden))
        self.bias_h = np.random.uniform(-1, 1, (hidden, 1))
        self.bias_o = np.random.uniform(-1, 1, (outputs, 1))
        self.learning_rate = 0.1

    def predict(self, input_array):
        x = np.array(input_array).reshape((self.inputs, 1))
        hidden = squash(np.dot(self.weights_ih, x) + self.bias_h)
        return squash(np.dot(self.weights_ho, hidden) + self.bias_o).tolist()[0]

    def train(self, input_array, target_array):
        x = np.array(input_array).reshape((self.inputs, 1))
        hidden = squash(np.dot(self.weights_ih, x) + self.bias_h)
        outputs = squash(np.dot(self.weights_ho, hidden) + self.bias_o)
        error = np.array(target_array) - outputs
        slope = error * outputs * (1 - outputs)
        back = np.dot(self.weights_ho.T, slope)
        self.weights_ho = self.weights_ho + self.learning_rate * np.dot(slope, hidden.T)
        self.bias_o = self.bias_o + self.learning_rate * slope
        hidden_slope = back * hidden * (1 - hidden)
        self.weights_ih = self.weights_ih + self.learning_rate * np.dot(hidden_slope, x.T)
        self.bias_h = self.bias_h + self.learning_rate * hidden_slope
`;

describe('the prediction in a Python file', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is found in a list of numbers, and is never a bias', async () => {
    const result = await check(listed);
    assert.equal(result.verdict, 'correct', say(result));
    assert.deepEqual(result.layers.map(({ dW }) => dW?.name), ['weights_ih', 'weights_ho']);
  });

  it('shows an error that goes back without the slope of the output', async () => {
    const source = listed.replace('self.weights_ho.T, slope', 'self.weights_ho.T, error');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, 'back = '), say(result));
    assert.equal(result.findings[0]?.function, 'train');
  });

  // one number is proportional to any other: only further samples show these
  for (const [what, error] of [
    ['that has the slope of the output twice', '(np.array(target_array) - outputs) * outputs * (1 - outputs)'],
    ['that is of another power', 'np.array(target_array) - outputs ** 5'],
    ['that is summed over the hidden units', 'np.array(target_array) - hidden.sum()'],
  ] as const) {
    it(`shows an error ${what}, at one sample with one output`, async () => {
      const source = listed.replace('error = np.array(target_array) - outputs', `error = ${error}`);
      const result = await check(source);
      assert.equal(result.verdict, 'wrong', say(result));
      assert.equal(result.findings[0]?.line, lineOf(source, 'error = '), say(result));
      assert.ok(result.layers.every(({ verdict }) => verdict === 'wrong'), say(result));
    });
  }

  it('takes the scale of one sample for what it is: twice the cost', async () => {
    const result = await check(listed.replace('error = np.array(target_array) - outputs', 'error = 2 * (np.array(target_array) - outputs)'));
    assert.equal(result.verdict, 'correct', say(result));
    assert.match(result.summary, /2 · ½ Σ/);
  });

  it('has no numbers beside it where no cost fits the gradient', async () => {
    // each step is something else again
    const result = await check(listed.replace(/self\.learning_rate \* (.+)/g, 'self.learning_rate * np.cbrt($1)'));
    assert.equal(result.verdict, 'not bound', say(result));
    assert.match(result.summary, /^No cost was found/);
    assert.deepEqual([result.layers, result.chain, result.findings], [[], [], []]);
  });

  it('is the last activation that a method keeps in a dictionary beside the weights, and gives to nobody', async () => {
    const right = await check(beside);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(beside.replace("* (p['Activation1'] > 0)", ''));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('is out beside h, where the hidden layer is as wide as the output', async () => {
    const source = `import numpy as np

W1 = np.random.rand(2, 1)
W2 = np.random.rand(1, 1)

def forward(X):
    h = np.tanh(X.dot(W1))
    out = 1 / (1 + np.exp(-h.dot(W2)))
    return h, out

def backward(X, y, h, out):
    delta = out - y
    dW2 = h.T.dot(delta)
    dW1 = X.T.dot(delta.dot(W2.T) * (1 - h * h))
    return dW1, dW2
`;
    const right = await check(source);
    assert.equal(right.verdict, 'correct', say(right));
    assert.equal((await check(source.replace('(1 - h * h)', '(1 - h)'))).verdict, 'wrong');
  });

  it('is what a dictionary for each layer has of the last', async () => {
    const source = `import numpy as np

class Net:
    def __init__(self, inputs, hidden, outputs):
        self.W1, self.b1 = np.random.randn(hidden, inputs), np.zeros((hidden, 1))
        self.W2, self.b2 = np.random.randn(outputs, hidden), np.zeros((outputs, 1))

    def forward(self, x):
        z1 = np.dot(self.W1, x) + self.b1
        h1 = np.tanh(z1)
        z2 = np.dot(self.W2, h1) + self.b2
        return {"First": {"in": x, "z": z1, "a": h1}, "Last": {"z": z2, "a": 1 / (1 + np.exp(-z2))}}

    def backward(self, kept, y):
        delta = kept["Last"]["a"] - y
        down = np.dot(self.W2.T, delta) * (1 - kept["First"]["a"] ** 2)
        return {"First": {"W": np.dot(down, kept["First"]["in"].T), "b": down.sum(axis=1, keepdims=True)}, "Last": {"W": np.dot(delta, kept["First"]["a"].T), "b": delta.sum(axis=1, keepdims=True)}}
`;
    const right = await check(source);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(source.replace('** 2)', '** 1)'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });

  it('has several outputs where the file makes its network with so many: a mean over them is seen', async () => {
    const source = (outputs: number): string => `import numpy as np

class Autoencoder:
    def __init__(self, input_size, hidden_size, output_size):
        self.W1, self.W2 = np.random.randn(input_size, hidden_size), np.random.randn(hidden_size, output_size)

    def forward(self, X):
        self.H = np.tanh(X @ self.W1)
        self.A = 1 / (1 + np.exp(-self.H @ self.W2))
        return self.A

    def cost(self, Y):
        return -np.mean(Y * np.log(self.A) + (1 - Y) * np.log(1 - self.A))

    def backward(self, X, Y):
        dZ = (self.A - Y) / len(Y)
        self.grad_W2 = self.H.T @ dZ
        self.grad_W1 = X.T @ (dZ @ self.W2.T * (1 - self.H ** 2))

net = Autoencoder(20, 8, ${outputs})
`;
    const several = await check(source(20));
    assert.equal(several.verdict, 'convention', say(several));
    assert.match(several.summary, /averaged over the C outputs/);
    const one = await check(source(1));
    assert.equal(one.verdict, 'correct', say(one));
  });

  it('takes of several attributes one that the forward pass sets', async () => {
    const source = `import numpy as np

class Net:
    def __init__(self, sizes):
        self.sizes = sizes
        self.outputNeurons = np.empty(sizes[2])
        self.w1, self.w2 = np.random.rand(sizes[1], sizes[0]) - 0.5, np.random.rand(sizes[2], sizes[1]) - 0.5
        self.b1, self.b2 = np.zeros(sizes[1]), np.zeros(sizes[2])
        self.dw1, self.dw2 = np.zeros(self.w1.shape), np.zeros(self.w2.shape)
        self.db1, self.db2 = np.zeros(sizes[1]), np.zeros(sizes[2])
        self.speed2 = np.zeros(sizes[2])
        self.lastErrors = np.empty(sizes[2])

    def forwardProp(self, inputs):
        self.middle = np.maximum(0.0, self.w1 @ inputs + self.b1)
        exps = np.exp(self.w2 @ self.middle + self.b2)
        self.outputNeurons = exps / np.sum(exps)

    def backProp(self, inputs, correct):
        self.lastErrors = np.subtract(self.outputNeurons, correct)
        below = np.dot(self.w2.T, self.lastErrors) * (self.middle > 0)
        self.db2 += self.lastErrors
        self.dw2 += np.dot(self.lastErrors.reshape(self.sizes[2], 1), self.middle.reshape(1, self.sizes[1]))
        self.db1 += below
        self.dw1 += np.dot(below.reshape(self.sizes[1], 1), inputs.reshape(1, self.sizes[0]))
`;
    const right = await check(source);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(source.replace('(self.middle > 0)', '(self.middle < 0.1)'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });
});
