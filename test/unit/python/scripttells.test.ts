// What only the script of a file tells: one sample in a row, layers made one by one, globals that a call begins, how many samples there are.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say } from './support';

/** One sample with two features and two targets, each written as a row. */
const oneRow = `import numpy as np

def tanh_dev(a):
    return 1 - a ** 2

inputs = np.array([[0.05, 0.10]])
expected = np.array([[0.01, 0.99]])
weights_hidden = np.array([[0.15, 0.25], [0.20, 0.30]])
weights_output = np.array([[0.40, 0.50], [0.45, 0.55]])
bias_hidden = np.array([0.35, 0.35])
bias_output = np.array([0.60, 0.60])
learning_rate = 0.5
for epoch in range(10000):
    hidden = np.tanh(np.dot(inputs, weights_hidden) + bias_hidden)
    output = np.tanh(np.dot(hidden, weights_output) + bias_output)
    output_gradient = (expected - output) * tanh_dev(output)
    hidden_gradient = output_gradient.dot(weights_output.T) * tanh_dev(hidden)
    weights_output += np.dot(hidden.T, output_gradient) * learning_rate
    weights_hidden += np.dot(inputs.T, hidden_gradient) * learning_rate
    bias_output += np.sum(output_gradient, axis=0) * learning_rate
    bias_hidden += np.sum(hidden_gradient, axis=0) * learning_rate
`;

/** A training of one sample whose momentum is a global of the module. */
const momentum = `import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

lr = .1
momentum = .9
X = np.asarray([[1, 0], [0, 1], [1, 1], [0, 0]])
y = np.asarray([[1], [1], [0], [0]])
w1 = np.random.randn(2, 2)
w2 = np.random.randn(1, 2)
b1 = np.random.randn(2, 1)
b2 = np.random.randn(1, 1)

def train(X, y, w1, w2, b1, b2):
    X = X.reshape((2, 1))
    y = y.reshape((1, 1))
    a1 = sigmoid(np.dot(w1, X) + b1)
    a2 = sigmoid(np.dot(w2, a1) + b2)
    global velocity_1
    global velocity_2
    gradient2 = (a2 - y) * a2 * (1 - a2)
    velocity_2 = (momentum * velocity_2) + np.dot(gradient2, a1.T)
    gradient1 = np.dot(w2.T, gradient2) * a1 * (1 - a1)
    velocity_1 = (momentum * velocity_1) + np.dot(gradient1, X.T)
    w1 -= lr * velocity_1
    w2 -= lr * velocity_2
    b1 -= lr * gradient1
    b2 -= lr * gradient2

velocity_1 = 0
velocity_2 = 0
for i in range(200000):
    index = np.random.randint(len(X))
    train(X[index], y[index], w1, w2, b1, b2)
`;

/** Each weight is made by one call of the same function. */
const layerByLayer = `import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def f_forward(x, w1, w2):
    return sigmoid(sigmoid(x.dot(w1)).dot(w2))

def generate_wt(x, y):
    return np.random.randn(x, y)

def loss(out, Y):
    return np.sum(np.square(out - Y)) / len(Y)

def back_prop(x, y, w1, w2, alpha):
    a1 = sigmoid(x.dot(w1))
    a2 = sigmoid(a1.dot(w2))
    d2 = 2 * (a2 - y) / len(y) * a2 * (1 - a2)
    d1 = d2.dot(w2.T) * a1 * (1 - a1)
    w1 -= alpha * x.T.dot(d1)
    w2 -= alpha * a1.T.dot(d2)
    return w1, w2

w1 = generate_wt(30, 5)
w2 = generate_wt(5, 10)
`;

/** A call without arguments makes the parameters, which are globals; what stands between forward and backward is a function of its own. */
const begun = `import numpy as np

x0 = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y0 = np.array([[0], [1], [1], [0]])
LEARNING_RATE = 0.001

def init_model():
    global pm_output, pm_hidden
    pm_hidden = alloc_param_pair([2, 10])
    pm_output = alloc_param_pair([10, 1])

def alloc_param_pair(shape):
    return {'w': np.random.rand(shape[0], shape[1]), 'b': np.zeros(shape[-1])}

def forward_neuralnet(x):
    global pm_output, pm_hidden
    hidden = np.maximum(np.matmul(x, pm_hidden['w']) + pm_hidden['b'], 0)
    output = np.matmul(hidden, pm_output['w']) + pm_output['b']
    return output, [x, hidden]

def backprop_neuralnet(G_output, aux):
    global pm_output, pm_hidden
    x, hidden = aux
    G_w_out = np.matmul(hidden.transpose(), G_output)
    G_b_out = np.sum(G_output, axis=0)
    G_hidden = np.matmul(G_output, pm_output['w'].transpose()) * np.sign(hidden)
    pm_output['w'] -= LEARNING_RATE * G_w_out
    pm_output['b'] -= LEARNING_RATE * G_b_out
    pm_hidden['w'] -= LEARNING_RATE * np.matmul(x.transpose(), G_hidden)
    pm_hidden['b'] -= LEARNING_RATE * np.sum(G_hidden, axis=0)

def forward_postproc(output, y):
    diff = output - y
    return np.mean(np.square(diff)), diff

def backprop_postproc(G_loss, diff):
    return 2 * diff / np.prod(diff.shape)

init_model()
for e in range(10001):
    output, aux_nn = forward_neuralnet(x0)
    loss, aux_pp = forward_postproc(output, y0)
    G_output = backprop_postproc(1.0, aux_pp)
    backprop_neuralnet(G_output, aux_nn)
`;

/** The module's own samples are many, and their number is a global of its own; the rate of L2 is too small to be seen in the gradient. */
const counted = `import numpy as np

N, D, K = 1000, 2, 3
X = np.zeros((N * K, D))
y = np.zeros(N * K, dtype='uint8')
Num_examples = len(X)
learningrate = 0.001
reg = 0.001

def loss(model):
    W1, b1, W2, b2 = model['W1'], model['b1'], model['W2'], model['b2']
    a1 = np.maximum(0, X.dot(W1) + b1)
    exp_scores = np.exp(a1.dot(W2) + b2)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    data_loss = np.sum(-np.log(probs[range(Num_examples), y]))
    data_loss += reg / 2 * (np.sum(np.square(W1)) + np.sum(np.square(W2)))
    return 1.0 / Num_examples * data_loss

def build_model(hdim, num_iterations=30000, print_loss=False):
    W1 = np.random.randn(D, hdim)
    b1 = np.zeros((1, hdim))
    W2 = np.random.randn(hdim, K)
    b2 = np.zeros((1, K))
    for i in range(num_iterations):
        a1 = np.maximum(0, X.dot(W1) + b1)
        exp_scores = np.exp(a1.dot(W2) + b2)
        probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
        dscores = probs
        dscores[range(Num_examples), y] -= 1
        dW2 = a1.T.dot(dscores)
        db2 = np.sum(dscores, axis=0, keepdims=True)
        dhidden = np.dot(dscores, W2.T)
        dhidden[a1 <= 0] = 0
        dW1 = np.dot(X.T, dhidden)
        db1 = np.sum(dhidden, axis=0, keepdims=True)
        dW2 += reg * W2
        dW1 += reg * W1
        W1 += -learningrate * dW1
        b1 += -learningrate * db1
        W2 += -learningrate * dW2
        b2 += -learningrate * db2
        model = {'W1': W1, 'b1': b1, 'W2': W2, 'b2': b2}
        if print_loss and i % 1000 == 0:
            print("Loss", loss(model))
    return model

model = build_model(5, print_loss=True)
`;

/** Weights that have the name of what comes in. */
const named = `import numpy as np

X = np.array([[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
Y = np.array([[0, 1, 1, 0]]).T

def nonlin(x, deriv=False):
    return x * (1 - x) if deriv else 1 / (1 + np.exp(-x))

inputLayer = 2 * np.random.random((3, 4)) - 1
hiddenLayer = 2 * np.random.random((4, 1)) - 1
for j in range(6000):
    l1 = nonlin(np.dot(X, inputLayer))
    l2 = nonlin(np.dot(l1, hiddenLayer))
    l2_delta = (Y - l2) * nonlin(l2, deriv=True)
    l1_delta = l2_delta.dot(hiddenLayer.T) * nonlin(l1, deriv=True)
    hiddenLayer += l1.T.dot(l2_delta)
    inputLayer += X.T.dot(l1_delta)
`;

/** One sample at a time under a ReLU output, which is dead for half of all weights. */
const dead = `import numpy as np

def relu(x):
    x[x < 0] = 0
    return x

def relu_backprop(x):
    return (x > 0) * 1.0

class Net:
    def __init__(self, hparams):
        self.weights, self.biases = [], []
        self.num_layers = len(hparams)
        for input_dim, output_dim in hparams:
            self.weights.append(np.random.random((output_dim, input_dim)))
            self.biases.append(np.random.random(output_dim))

    def forward(self, x):
        self.activations, self.values = [], []
        for i in range(self.num_layers):
            self.activations.append(x)
            z = np.matmul(self.weights[i], x) + self.biases[i]
            self.values.append(z)
            x = relu(z)
        return x

    def backprop(self, y_pred, y_true, learning_rate=0.00001):
        delta = 2 * (y_pred - y_true) * relu_backprop(self.values[-1])
        for j in reversed(range(self.num_layers)):
            dLdw = np.array([delta[k] * self.activations[j] for k in range(delta.shape[0])])
            dLdb = delta
            if j > 0:
                delta = np.dot(self.weights[j].T, delta) * relu_backprop(self.values[j - 1])
            self.biases[j] -= learning_rate * dLdb
            self.weights[j] -= learning_rate * dLdw

    def train(self, x, y):
        self.backprop(self.forward(x), y)


model = Net([(100, 24), (24, 1)])
x = np.random.random((100, 100))
for i in range(100):
    model.train(x[i], np.sum(x[i]))
`;

describe('what only the script tells', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  bindsEach(
    [
      { what: 'a sample and its targets in one row each', source: oneRow, mistake: ['return 1 - a ** 2', 'return 1 - np.tanh(a) ** 2'] },
      { what: 'a training of one sample that keeps its momentum in globals', source: momentum, mistake: ['np.dot(w2.T, gradient2) * a1 * (1 - a1)', 'np.dot(w2.T, gradient2) * (1 - a1 ** 2)'] },
      { what: 'weights that are made one by one', source: layerByLayer, mistake: ['/ len(y) * a2 * (1 - a2)', '/ len(y)'] },
      { what: 'globals that a call begins', source: begun, mistake: [' * np.sign(hidden)', ''] },
      { what: 'samples of the module with their number beside them', source: counted, verdict: 'convention', mistake: ['dhidden[a1 <= 0] = 0', 'dhidden[a1 <= 0] = 1'] },
      { what: 'weights with the name of an input', source: named, mistake: ['l2_delta.dot(hiddenLayer.T) *', '(Y - l2).dot(hiddenLayer.T) *'] },
      { what: 'one sample at a time under an output that may be dead', source: dead, mistake: ['* relu_backprop(self.values[j - 1])', '* self.values[j - 1]'] },
    ],
    check,
  );

  it('takes a name in the training loop that nothing makes for what stops it', async () => {
    const source = oneRow.replace('range(10000)', 'range(iterations)');
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.line], ['cannot run', lineOf(source, 'for epoch in')], say(result));
    assert.match(result.summary, /name 'iterations' is not defined/);
  });
});
