// Networks whose samples, parameters and results are all globals of a script, some of them asked of the user; and a script without NumPy.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPython } from '../../../src/python/check';
import { bindsEach, interpreter, pythonChecks, say, type Shape } from './support';

const asked = `import numpy as np
import pandas as pd

table = np.array(pd.read_csv("spiral.csv"))
X = table[:, :2]
Y = table[:, 2].reshape(-1, 1)
n1 = int(input("number of neurons in the hidden layer: "))
alpha = float(input("learning rate: "))
epochs = int(input("number of epochs: "))
W1 = np.random.randn(2, n1)
b1 = np.zeros((1, n1))
W2 = np.random.randn(n1, 1)
b2 = np.zeros((1, 1))


def forward():
    global Z1, A1, A2, Loss
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    A2 = A1 @ W2 + b2
    Loss = np.mean((A2 - Y) ** 2)


def backward():
    global dW1, db1, dW2, db2
    dZ2 = 2 * (A2 - Y) / len(Y)
    dW2 = A1.T @ dZ2
    db2 = np.sum(dZ2, axis=0, keepdims=True)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    dW1 = X.T @ dZ1
    db1 = np.sum(dZ1, axis=0, keepdims=True)


def update():
    global W1, b1, W2, b2
    W1 = W1 - alpha * dW1
    b1 = b1 - alpha * db1
    W2 = W2 - alpha * dW2
    b2 = b2 - alpha * db2


for i in range(epochs):
    forward()
    backward()
    update()
`;

/** Labels and what a function makes of them are two globals, and each is used as what it is. */
const encoded = `import numpy as np
import pandas as pd

table = np.array(pd.read_csv("spiral.csv"))
X = table[:, :2]
Y = table[:, 2].astype(int)


def one_hot(y):
    return np.eye(3)[y.astype(int).reshape(-1)]


Y_o_h = one_hot(Y)
W1 = np.random.randn(2, 4)
W2 = np.random.randn(4, 3)


def forward():
    global A1, P, Loss
    A1 = np.tanh(X @ W1)
    e = np.exp(A1 @ W2)
    P = e / np.sum(e, axis=1, keepdims=True)
    Loss = -np.mean(np.sum(Y_o_h * np.log(P), axis=1))


def backward():
    global dW1, dW2
    dZ2 = P.copy()
    dZ2[range(len(P)), Y.ravel().astype(int)] -= 1
    dZ2 = dZ2 / len(P)
    dW2 = A1.T @ dZ2
    dW1 = X.T @ (dZ2 @ W2.T * (1 - A1 ** 2))
`;

const unimported = `X = np.random.randn(64, 10)
y = np.random.randn(64, 2)
w = np.random.randn(10, 2)
for i in range(500):
    error = X.dot(w) - y
    w -= 1e-3 * X.T.dot(error)
`;

/** theta0_vals and theta1_vals are for a plot, and no parameters beside theta. */
const plotted = `import numpy as np

data = np.loadtxt("houses.txt", delimiter=",")
X = np.c_[np.ones(len(data)), data[:, :1]]
y = data[:, 1:]
theta = np.zeros((2, 1))


def compute_cost(X, y, theta):
    return np.sum((X.dot(theta) - y) ** 2) / (2 * len(y))


def gradient_descent(X, y, theta, alpha, num_iters):
    for i in range(num_iters):
        theta = theta - alpha * X.T.dot(X.dot(theta) - y) / len(y)
    return theta


theta = gradient_descent(X, y, theta, 0.01, 1500)
theta0_vals = np.linspace(-10, 10, 100)
theta1_vals = np.linspace(-1, 4, 100)
J_vals = np.zeros((100, 100))
for i in range(100):
    for j in range(100):
        J_vals[i, j] = compute_cost(X, y, np.array([[theta0_vals[i]], [theta1_vals[j]]]))
`;

const shapes: Shape[] = [
  { what: 'a regression beside the grid of a plot of its cost', source: plotted, mistake: ['- y) / len(y)', '- 2 * y) / len(y)'] },
  { what: 'a network that is as wide as the user says', source: asked, mistake: ['* (Z1 > 0)', '* (A2 > 0)'] },
  { what: 'labels beside what a function makes of them, both globals', source: encoded, mistake: ['-= 1', '-= 2'] },
];

describe('python: networks in globals', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('says nothing of what a module makes in a function that the script calls first', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradient-read-'));
    try {
      writeFileSync(join(folder, 'reader_of_ours.py'), 'def read(name):\n    for key, value in zip(("ni", "no"), open(name).read().split()):\n        globals()[key] = int(value)\n');
      writeFileSync(join(folder, 'network.py'), `import numpy as np\nimport reader_of_ours as rd\n\nX = np.random.randn(9, 2)\nY = np.random.randn(9, 1)\nrd.read("table.csv")\nni = rd.ni\nno = rd.no\nrate = float(input("rate: "))\nW = np.random.randn(ni, no)\nfor i in range(100):\n    out = X.dot(W)\n    W -= rate * X.T.dot(out - Y)\n`);
      const { result } = await checkPython({ file: join(folder, 'network.py'), probe: join(process.cwd(), 'dist/python/probe.py'), interpreter: interpreter! });
      assert.equal(result.verdict, 'not bound', say(result));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('tells a script that never imports NumPy that it cannot run', async () => {
    const result = await check(unimported);
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.match(result.summary, /name 'np' is not defined/);
  });
});
