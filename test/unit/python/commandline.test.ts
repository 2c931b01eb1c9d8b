// Scripts that are told by the command line how wide they are: nothing is given there, so what they insist on is answered. And
// trainings that draw one sample of all.

import { bindsEach, pythonChecks, type Shape } from './support';

const sigmoid = `def sigmoid(z):
    return 1 / (1 + np.exp(-z))
`;
const round = (rate: string): string => `H = np.tanh(X.dot(W1))
    out = sigmoid(H.dot(W2))
    delta = out - y
    dW2 = H.T.dot(delta)
    dW1 = X.T.dot(delta.dot(W2.T) * (1 - H * H))
    W1 -= ${rate} * dW1
    W2 -= ${rate} * dW2
`;

/** With numbers that must be given, and a data file. */
const parsed = `import argparse
import numpy as np

${sigmoid}
if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("-i", "--inputs", type=int, default=2)
    parser.add_argument("-H", "--hidden-layer", type=int, required=True)
    parser.add_argument("-r", "--rate", type=float)
    parser.add_argument("file")
    args = parser.parse_args()
    X = np.loadtxt(args.file)
    y = np.loadtxt(args.file + ".labels")
    W1 = np.random.rand(args.inputs, args.hidden_layer)
    W2 = np.random.rand(args.hidden_layer, 1)
    for epoch in range(100):
        ${round('args.rate').replaceAll('\n    ', '\n        ')}
`;

const counted = `import sys
import numpy as np

wide = int(sys.argv[2])
speed = float(sys.argv[3])

${sigmoid}
X = np.loadtxt(sys.argv[1])
y = np.loadtxt(sys.argv[1] + ".labels")
W1 = np.random.rand(2, wide)
W2 = np.random.rand(wide, 1)
for epoch in range(100):
    ${round('speed')}
`;

/** The activation is a word that the help text names, among others. */
const worded = `import argparse
import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--activation", type=str, help="the activation - valid values are tanh/sigmoid")
args = parser.parse_args()


def initialize(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "W2": np.random.randn(n_y, n_h)}


def forward(X, parameters, activation=args.activation):
    Z1 = parameters["W1"] @ X
    if activation == "tanh":
        H = np.tanh(Z1)
    elif activation == "sigmoid":
        H = 1 / (1 + np.exp(-Z1))
    return H, 1 / (1 + np.exp(-parameters["W2"] @ H))


def compute_cost(A2, Y):
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]


def backward(X, Y, H, A2, parameters, activation=args.activation):
    dZ2 = (A2 - Y) / Y.shape[1]
    if activation == "tanh":
        slope = (1 - H * H)
    elif activation == "sigmoid":
        slope = H * (1 - H)
    return {"dW2": dZ2 @ H.T, "dW1": parameters["W2"].T @ dZ2 * slope @ X.T}
`;

/** Options that main gives its parser, and their groups, for functions that are handed them all. */
const handedOn = `import numpy as np


def start(args):
    return {"W1": np.random.randn(args.hidden, args.inputs), "W2": np.random.randn(1, args.hidden)}


def train(X, Y, parameters, args):
    W1, W2 = parameters["W1"], parameters["W2"]
    for epoch in range(args.iterations):
        H = np.tanh(W1 @ X)
        out = 1 / (1 + np.exp(-W2 @ H))
        cost = -np.mean(Y * np.log(out) + (1 - Y) * np.log(1 - out))
        delta = (out - Y) / X.shape[1]
        dW1 = W2.T @ delta * (1 - H * H) @ X.T
        W2 -= args.lr * delta @ H.T
        W1 -= args.lr * dW1
    return parameters


def main():
    import argparse
    import os

    parser = argparse.ArgumentParser()
    parser.add_argument("--iterations", type=int, default=20)
    parser.add_argument("--file", default=os.path.join("data", "train"))
    sizes = parser.add_argument_group("sizes")
    sizes.add_argument("--inputs", type=int, default=3)
    sizes.add_argument("--hidden", type=int, default=4)
    parser.add_argument("--lr", type=float, default=0.1)
    args = parser.parse_args()
    X, Y = np.loadtxt(args.file), np.loadtxt(args.file + ".labels")
    train(X, Y, start(args), args)
`;

/** One sample at a time, which is drawn of all and handed on by parts. */
const examples = `import random
import numpy as np


class Net:
    def __init__(self, inputs, hidden, outputs):
        self.W1 = np.random.uniform(-0.5, 0.5, (hidden, inputs))
        self.W2 = np.random.uniform(-0.5, 0.5, (outputs, hidden))

    def learn(self, data, rate=0.1, count=1000):
        for i in range(count):
            ex = random.choice(data)
            x = np.reshape(ex[0], (-1, 1))
            h = np.tanh(self.W1 @ x)
            out = 1 / (1 + np.exp(-self.W2 @ h))
            delta = (out - np.reshape(ex[1], (-1, 1))) * out * (1 - out)
            below = self.W2.T @ delta * (1 - h ** 2)
            self.W2 -= rate * delta @ h.T
            self.W1 -= rate * below @ x.T
`;

const mistake = ['(1 - H * H)', '(1 - H)'] as const;
const shapes: readonly Shape[] = [
  { what: 'a script with options, some of them required', source: parsed, mistake },
  { what: 'a word that the help text of an option names', source: worded, mistake: ['slope = H * (1 - H)', 'slope = H'] },
  { what: 'options that functions are handed', source: handedOn, mistake },
  { what: 'one sample that is drawn of all', source: examples, mistake: [' * (1 - h ** 2)', ''] },
  { what: 'a script with arguments by their number', source: counted, mistake },
];

describe('Python: settings of the command line', function () {
  this.timeout(40000);
  bindsEach(shapes, pythonChecks());
});
