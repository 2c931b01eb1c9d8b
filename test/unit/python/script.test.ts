// What only the script of a file makes: its weights, its samples and their number, its rates, dictionaries that it fills.

import { bindsEach, pythonChecks, type Shape } from './support';

const shapes: readonly Shape[] = [
  {
    what: 'weights of the script as arguments, samples as globals, and a flag named like the samples',
    source: `import numpy as np
import json

data = np.loadtxt("digits.csv")
X_train, Y_train = data[:, 1:], one_hot(data[:, 0])

def softmax(z):
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)

def for_prop(w1, w2, b1, b2):
    z1 = X_train @ w1 + b1
    a1 = np.maximum(z1, 0)
    return a1, z1, softmax(a1 @ w2 + b2)

def loss(y_pred):
    return -np.sum(Y_train * np.log(y_pred)) / y_pred.shape[0]

def back_prop(a1, z1, a2, w1, w2, x=False, y=False):
    if not x:
        x, y = X_train, Y_train
    m = x.shape[0]
    dz2 = a2 - y
    dz1 = dz2 @ w2.T * (z1 > 0)
    return x.T @ dz1 / m, np.sum(dz1, axis=0, keepdims=True) / m, a1.T @ dz2 / m, np.sum(dz2, axis=0, keepdims=True) / m

w1 = (np.random.rand(X_train.shape[1], 24) - 0.5) * 0.1
b1 = np.zeros((1, 24))
w2 = (np.random.rand(24, 10) - 0.5) * 0.1
b2 = np.zeros((1, 10))
a1, z1, a2 = for_prop(w1, w2, b1, b2)
dw1, db1, dw2, db2 = back_prop(a1, z1, a2, w1, w2)
with open("weights.json") as file:
    w1 = np.array(json.load(file)["w1"])
`,
    mistake: ['dz2 @ w2.T * (z1 > 0)', 'dz2 @ w2.T * z1'],
  },
  {
    what: 'a number of samples that is written down',
    source: `import numpy as np

class Net:
    def __init__(self, input_features_size, l_rate=0.01):
        self.W1 = np.random.normal(0, 1, (6, input_features_size))
        self.b1 = np.zeros((6, 1))
        self.W2 = np.random.normal(0, 1, (1, 6))
        self.b2 = np.zeros((1, 1))
        self.l_rate = l_rate

    def cost(self, Y, Yh):
        return 1 / 31 * np.sum(-(Y * np.log(Yh) + (1 - Y) * np.log(1 - Yh)))

    def forward_pass(self, X):
        self.A1 = np.tanh(self.W1 @ X + self.b1)
        self.A2 = 1 / (1 + np.exp(-(self.W2 @ self.A1 + self.b2)))
        return self.A2

    def backprop(self):
        dz2 = self.A2 - self.Y.T
        dz1 = self.W2.T @ dz2 * (1 - self.A1 ** 2)
        self.dW2 = 1 / 31 * dz2 @ self.A1.T
        self.db2 = 1 / 31 * np.sum(dz2, axis=1, keepdims=True)
        self.dW1 = 1 / 31 * dz1 @ self.X.T
        self.db1 = 1 / 31 * np.sum(dz1, axis=1, keepdims=True)

    def train(self, X, Y, num_iter=5000):
        self.X, self.Y = X, Y.reshape(31, 1)
        for i in range(num_iter):
            self.forward_pass(X)
            error = self.cost(self.Y, self.A2.T)
            self.backprop()
            self.W1 -= self.l_rate * self.dW1
            self.b1 -= self.l_rate * self.db1
            self.W2 -= self.l_rate * self.dW2
            self.b2 -= self.l_rate * self.db2
`,
    mistake: ['(1 - self.A1 ** 2)', '(1 - self.A1)'],
  },
  {
    what: 'a script whose samples another package would shuffle, and a rate that is made of a rate',
    source: `import numpy as np
import pandas as pd
from no_such_package.utils import shuffle
from no_such_package.model_selection import train_test_split

class Linear:
    def __init__(self, n_input, units):
        self.w = np.random.randn(n_input, units)
        self.b = np.zeros((1, units))

    def forward(self, x):
        return x @ self.w + self.b

if __name__ == "__main__":
    data = pd.read_csv("digits.csv").to_numpy()
    X, y = data[:, 1:] / 255.0, data[:, 0]
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.33)
    l1 = Linear(X.shape[1], 24)
    l2 = Linear(24, len(np.unique(y)))
    lr = 1e-2
    current_lr = lr
    batch_size = 32
    for epoch in range(1, 30):
        X_train, y_train = shuffle(X_train, y_train, random_state=0)
        for i in range(X_train.shape[0] // batch_size):
            batch_x = X_train[i : i + batch_size]
            batch_y = y_train[i : i + batch_size]
            relu_out = np.maximum(l1.forward(batch_x), 0)
            e = np.exp(l2.forward(relu_out))
            probabilities = e / np.sum(e, axis=1, keepdims=True)
            loss = np.mean(-np.log(probabilities[range(len(batch_y)), batch_y]))
            dl = probabilities.copy()
            dl[range(len(dl)), batch_y] -= 1.0
            dl /= dl.shape[0]
            drelu = dl @ l2.w.T * (relu_out > 0)
            dw_l2, db_l2 = relu_out.T @ dl, np.sum(dl, axis=0, keepdims=True)
            dw_l1, db_l1 = batch_x.T @ drelu, np.sum(drelu, axis=0, keepdims=True)
            l2.w -= current_lr * dw_l2
            l1.w -= current_lr * dw_l1
            l2.b -= current_lr * db_l2
            l1.b -= current_lr * db_l1
            current_lr = lr / (1 + 1e-5 * epoch * i)
`,
    mistake: ['dl @ l2.w.T * (relu_out > 0)', 'dl @ l2.w.T'],
  },
  {
    what: 'a dictionary of the module that a function fills, and a list that the script makes an array afterwards',
    source: `import numpy as np

input_dim = 2
hidden_dim = 3
num_epoch = 100000
learning_rate = 0.01
learning_curve = []
model = {}

def init():
    model["W1"] = np.random.randn(input_dim, hidden_dim)
    model["W2"] = np.random.randn(hidden_dim, 1)

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def forward_propagation(X):
    return sigmoid(sigmoid(X @ model["W1"]) @ model["W2"])

def backward_propagation(X_train, Y_train):
    for i in range(num_epoch):
        W1, W2 = model["W1"], model["W2"]
        a1 = sigmoid(X_train @ W1)
        a2 = sigmoid(a1 @ W2)
        delta2 = (Y_train - a2) * a2 * (1 - a2)
        delta1 = delta2 @ W2.T * a1 * (1 - a1)
        model["W1"] = W1 + learning_rate * X_train.T @ delta1
        model["W2"] = W2 + learning_rate * a1.T @ delta2
        learning_curve.append(np.mean(Y_train - a2))

init()
backward_propagation(X, Y)
learning_curve = np.array(learning_curve, dtype=np.float32)
`,
    mistake: ['delta2 @ W2.T * a1 * (1 - a1)', 'delta2 @ W2.T * (1 - a1)'],
  },
  {
    what: 'weights in a dictionary of dictionaries, a cost after the step, and test samples as globals',
    source: `import numpy as np
import pandas as pd

def build_model(input_dim, output_dim, hidden_layer):
    return {
        "weights": {"W1": np.random.randn(input_dim, hidden_layer), "W2": np.random.randn(hidden_layer, output_dim)},
        "biases": {"b1": np.ones((1, hidden_layer)), "b2": np.zeros((1, output_dim))},
    }

def forward_propagation(X, model):
    H1 = 1 / (1 + np.exp(-(X @ model["weights"]["W1"] + model["biases"]["b1"])))
    e = np.exp(H1 @ model["weights"]["W2"] + model["biases"]["b2"])
    return H1, e / e.sum(axis=1, keepdims=True)

def train_model(X_train, y_train, input_dim, hidden_layer, output_dim, epochs, batch_size, learning_rate):
    model = build_model(input_dim, output_dim, hidden_layer)
    history = []
    m = len(X_train)
    for epoch in range(epochs):
        for i in range(0, m, batch_size):
            X_batch = X_train[i:i + batch_size]
            y_batch = y_train[i:i + batch_size]
            H1, H2 = forward_propagation(X_batch, model)
            dA2 = -(y_batch - H2)
            dA1 = dA2 @ model["weights"]["W2"].T * H1 * (1 - H1)
            dW2, db2 = H1.T @ dA2, np.sum(dA2, axis=0, keepdims=True)
            dW1, db1 = X_batch.T @ dA1, np.sum(dA1, axis=0, keepdims=True)
            model["weights"]["W1"] -= learning_rate * dW1
            model["biases"]["b1"] -= learning_rate * db1
            model["weights"]["W2"] -= learning_rate * dW2
            model["biases"]["b2"] -= learning_rate * db2
        H1, H2 = forward_propagation(X_train, model)
        cost = -(1 / m) * np.sum(y_train * np.log(H2))
        X_val = X_test
        y_val = y_test
        H1_val, H2_val = forward_propagation(X_val, model)
        history.append((cost, -np.mean(np.sum(y_val * np.log(H2_val), axis=1))))
    return model, history

data = pd.read_csv("data.csv")
X_train, y_train = data.iloc[100:, 1:].values, np.eye(10)[data.iloc[100:, 0].values]
X_test, y_test = data.iloc[:100, 1:].values, np.eye(10)[data.iloc[:100, 0].values]
train_model(X_train, y_train, 784, 32, 10, 50, 64, 0.01)
`,
    // the cost is a mean, the gradient a sum
    verdict: 'convention',
    mistake: ['* H1 * (1 - H1)', '* (1 - H1)'],
  },
  {
    what: 'a loop that goes forward only, and the step behind it, which is not indented',
    source: `import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([[0], [1], [1], [0]])
weights_input_hidden = np.random.uniform(size=(2, 2))
weights_hidden_output = np.random.uniform(size=(2, 1))
bias_hidden = np.random.uniform(size=(1, 2))
learning_rate = 0.1

for epoch in range(10000):
    output_hidden = sigmoid(np.dot(X, weights_input_hidden) + bias_hidden)
    output = sigmoid(np.dot(output_hidden, weights_hidden_output))

error = y - output
delta_output = error * output * (1 - output)
delta_hidden = delta_output.dot(weights_hidden_output.T) * output_hidden * (1 - output_hidden)
weights_hidden_output += output_hidden.T.dot(delta_output) * learning_rate
weights_input_hidden += X.T.dot(delta_hidden) * learning_rate
bias_hidden += np.sum(delta_hidden, axis=0) * learning_rate
print(output)
`,
    mistake: ['np.sum(delta_hidden, axis=0)', 'np.sum(delta_hidden)'],
  },
  {
    what: 'a number that is the length of samples made elsewhere, under a name that widths have too',
    source: `import numpy as np
from sklearn import datasets

X, y = datasets.make_moons(200, noise=0.20)
N = len(X)

def loss(model, X, y):
    a1 = np.tanh(X.dot(model['w1']) + model['b1'])
    exp_scores = np.exp(a1.dot(model['w2']) + model['b2'])
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    return 1. / N * np.sum(-np.log(probs[range(N), y]))

def model_building(nn_hdim, epochs, learning_rate):
    w1 = np.random.randn(2, nn_hdim) / np.sqrt(2)
    b1 = np.zeros((1, nn_hdim))
    w2 = np.random.randn(nn_hdim, 2) / np.sqrt(nn_hdim)
    b2 = np.zeros((1, 2))
    for epoch in range(epochs):
        a1 = np.tanh(X.dot(w1) + b1)
        exp_scores = np.exp(a1.dot(w2) + b2)
        delta3 = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
        delta3[range(N), y] -= 1
        dW2 = (a1.T).dot(delta3)
        db2 = np.sum(delta3, axis=0, keepdims=True)
        delta2 = delta3.dot(w2.T) * (1 - np.power(a1, 2))
        dW1 = X.T.dot(delta2)
        db1 = np.sum(delta2, axis=0, keepdims=True)
        w1 += -learning_rate * dW1
        b1 += -learning_rate * db1
        w2 += -learning_rate * dW2
        b2 += -learning_rate * db2
        model = {'w1': w1, 'b1': b1, 'w2': w2, 'b2': b2}
        if epoch % 1000 == 0:
            print(loss(model, X, y))
    return model
`,
    // a sum, and the cost is a mean
    verdict: 'convention',
    mistake: ['(1 - np.power(a1, 2))', '(1 - a1)'],
  },
];

describe('what only the script of a file makes', function () {
  this.timeout(30_000);
  bindsEach(shapes, pythonChecks());
});
