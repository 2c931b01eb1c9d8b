// Whole networks whose backward pass is given the derivative of the cost by whoever trains them.

import { bindsEach, pythonChecks, type Shape } from './support';

/** A network whose methods are `forward` and `backward`; `upstream`: what the latter calls what it is given. */
const network = (upstream: string) => `
class Network:
    def __init__(self, sizes):
        self.W = [np.random.randn(a, b) for a, b in zip(sizes[:-1], sizes[1:])]
        self.b = [np.zeros((1, b)) for b in sizes[1:]]

    def forward(self, x):
        self.a = [x]
        for l in range(len(self.W)):
            z = self.a[-1] @ self.W[l] + self.b[l]
            self.a.append(np.tanh(z) if l < len(self.W) - 1 else z)
        return self.a[-1]

    def backward(self, ${upstream}):
        self.dW, self.db = [None] * len(self.W), [None] * len(self.W)
        delta = np.multiply(${upstream}, 1.0)
        for l in reversed(range(len(self.W))):
            if l < len(self.W) - 1:
                delta = delta * (1 - self.a[l + 1] ** 2)
            self.dW[l] = self.a[l].T @ delta
            self.db[l] = delta.sum(axis=0, keepdims=True)
            delta = delta @ self.W[l].T
`;

const functions = `import numpy as np

def mse(pred, target):
    return np.mean((pred - target) ** 2)

def mse_grad(pred, target):
    return 2 * (pred - target) / pred.size
`;

const cost = `import numpy as np

class MSELoss:
    def forward(self, pred, target):
        self.diff = pred - target
        return np.mean(self.diff ** 2)

    def backward(self):
        return 2 * self.diff / self.diff.size
`;

/** Layers in a network that hands the loss through them. */
const layers = `import numpy as np

class Dense:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out)
        self.b = np.zeros((1, n_out))

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0, keepdims=True)
        return grad @ self.W.T

class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad):
        return grad * (1 - self.out ** 2)

class MSELoss:
    def forward(self, pred, target):
        return np.mean((pred - target) ** 2)

    def backward(self, pred, target):
        return 2 * (pred - target) / pred.size

class Network:
    def __init__(self, n_in, n_hidden, n_out):
        self.layers = [Dense(n_in, n_hidden), Tanh(), Dense(n_hidden, n_out)]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, loss):
        for layer in reversed(self.layers):
            loss = layer.backward(loss)
`;

/** What is handed down is the targets less the prediction: the steps are added. */
const added = `import numpy as np

class Network:
    def __init__(self, n_in, n_hidden, n_out, lr=0.1):
        self.W1 = np.random.randn(n_in, n_hidden)
        self.W2 = np.random.randn(n_hidden, n_out)
        self.lr = lr

    def forward(self, x):
        self.x = x
        self.h = 1 / (1 + np.exp(-x @ self.W1))
        self.o = 1 / (1 + np.exp(-self.h @ self.W2))
        return self.o

    def backward(self, error):
        d2 = error * self.o * (1 - self.o)
        d1 = d2 @ self.W2.T * self.h * (1 - self.h)
        self.W2 += self.lr * self.h.T @ d2
        self.W1 += self.lr * self.x.T @ d1
`;

const missing = ['delta * (1 - self.a[l + 1] ** 2)', 'delta * (1 - self.a[l + 1])'] as const;

const shapes: readonly Shape[] = [
  { what: 'a network that is given the derivative of a cost of the file', source: functions + network('grad'), mistake: missing },
  { what: 'a cost whose derivative points the wrong way', source: functions + network('grad'), mistake: ['return 2 * (pred', 'return -2 * (pred'] },
  { what: 'a network whose upstream derivative is called a loss', source: functions + network('loss'), mistake: missing },
  { what: 'a network that is given what a class of a loss derives', source: cost + network('dout'), mistake: ['return 2 * self.diff', 'return -2 * self.diff'] },
  { what: 'a network that is given the loss of another file', source: 'import numpy as np\n' + network('loss'), mistake: missing, unchecked: 'what `loss` is given stands in another file' },
  { what: 'layers through which the loss is handed', source: layers, mistake: ['grad * (1 - self.out ** 2)', 'grad * (1 - self.out)'] },
  { what: 'the targets less the prediction, of steps that are added', source: added, mistake: ['* self.h * (1 - self.h)', '* self.h'] },
];

describe('Python: a backward pass that is given the derivative of the cost', function () {
  this.timeout(40000);
  bindsEach(shapes, pythonChecks());
});
