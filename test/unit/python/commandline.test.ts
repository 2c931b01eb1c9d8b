// Scripts that are told by the command line how wide they are: nothing is given there, so what they insist on is answered.

import { bindsEach, pythonChecks, type Shape } from './support';

const passes = `def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(X):
    H = np.tanh(X.dot(W1))
    return H, sigmoid(H.dot(W2))


def step(X, y, H, out, W1, W2, rate):
    delta = out - y
    dW2 = H.T.dot(delta)
    dW1 = X.T.dot(delta.dot(W2.T) * (1 - H * H))
    return W1 - rate * dW1, W2 - rate * dW2

`;

/** With numbers that must be given, and a data file. */
const parsed = `import argparse
import numpy as np

${passes}
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
        H, out = forward(X)
        W1, W2 = step(X, y, H, out, W1, W2, args.rate)
`;

const counted = `import sys
import numpy as np

wide = int(sys.argv[2])
speed = float(sys.argv[3])

${passes}
X = np.loadtxt(sys.argv[1])
y = np.loadtxt(sys.argv[1] + ".labels")
W1 = np.random.rand(2, wide)
W2 = np.random.rand(wide, 1)
for epoch in range(100):
    H, out = forward(X)
    W1, W2 = step(X, y, H, out, W1, W2, speed)
`;

const mistake = ['(1 - H * H)', '(1 - H)'] as const;
const shapes: readonly Shape[] = [
  { what: 'a script with options, some of them required', source: parsed, mistake },
  { what: 'a script with arguments by their number', source: counted, mistake },
];

describe('Python: settings of the command line', function () {
  this.timeout(40000);
  bindsEach(shapes, pythonChecks());
});
