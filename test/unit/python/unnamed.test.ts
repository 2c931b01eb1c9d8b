// What has no name of its own: gradients in a list, parameters of an attribute that says nothing, layers whose number of units a function is given one by one, a softmax that is written out.

import { bindsEach, pythonChecks, type Shape } from './support';

/** One dictionary for each layer, of numbers of units that are given one after the other. */
const several = `import numpy as np

def make_network(*sizes):
    return [dict(W=np.random.randn(i, o) * 0.1, b=np.zeros(o)) for i, o in zip(sizes, sizes[1:])]

def forward(net, x):
    for k, layer in enumerate(net):
        layer['in'] = x
        layer['z'] = x @ layer['W'] + layer['b']
        x = np.tanh(layer['z']) if k < len(net) - 1 else layer['z']
        layer['out'] = x
    return x

def loss(pred, y):
    return np.mean(0.5 * np.sum((pred - y) ** 2, axis=1))

def backward(net, y):
    n = len(y)
    d = (net[-1]['out'] - y) / n
    for k in range(len(net) - 1, -1, -1):
        layer = net[k]
        if k < len(net) - 1:
            d = d * (1 - layer['out'] ** 2)
        layer['dW'] = layer['in'].T @ d
        layer['db'] = d.sum(0)
        d = d @ layer['W'].T

def step(net, lr):
    for layer in net:
        layer['W'] -= lr * layer['dW']
        layer['b'] -= lr * layer['db']
`;

/** A softmax without that name: of one output it would be 1 whatever the parameters are. */
const classes = `import numpy as np

class MultinomialLogistic:
    def __init__(self, n_features, n_classes, alpha=0.1, lam=0.01):
        self.theta = np.zeros((n_features, n_classes))
        self.alpha = alpha
        self.lam = lam

    def hypothesis(self, X):
        s = X @ self.theta
        s -= s.max(axis=1, keepdims=True)
        p = np.exp(s)
        return p / p.sum(axis=1, keepdims=True)

    def cost(self, X, Y):
        h = self.hypothesis(X)
        return -np.sum(Y * np.log(h)) / len(X) + self.lam / 2 * np.sum(self.theta ** 2)

    def gradient(self, X, Y):
        return X.T @ (self.hypothesis(X) - Y) / len(X) + self.lam * self.theta

    def fit(self, X, Y, iters=100):
        for _ in range(iters):
            self.theta -= self.alpha * self.gradient(X, Y)
        return self
`;

/** Each function gives back what propagates through it; the gradients are a list. */
const closures = `import numpy as np

def affine(x, w, b):
    def back(g):
        return g @ w.T, x.T @ g, g.sum(axis=0)
    return x @ w + b, back

def relu(x):
    def back(g):
        return g * (x > 0)
    return np.maximum(x, 0), back

def mse(p, y):
    def back():
        return 2 * (p - y) / p.size
    return np.mean((p - y) ** 2), back

def loss_and_grad(params, X, Y):
    w1, b1, w2, b2 = params
    a, back1 = affine(X, w1, b1)
    h, back_relu = relu(a)
    p, back2 = affine(h, w2, b2)
    loss, back_loss = mse(p, Y)
    g, dw2, db2 = back2(back_loss())
    g, dw1, db1 = back1(back_relu(g))
    return loss, [dw1, db1, dw2, db2]

def init(n_in, n_hidden, n_out):
    return [np.random.randn(n_in, n_hidden), np.zeros(n_hidden), np.random.randn(n_hidden, n_out), np.zeros(n_out)]
`;

/** The parameters are in self.p. */
const letter = `import numpy as np

class Net:
    def __init__(self, shape, seed=0):
        rs = np.random.RandomState(seed)
        self.p = []
        for a, b in zip(shape[:-1], shape[1:]):
            self.p += [rs.randn(b, a) / np.sqrt(a), np.zeros((b, 1))]

    def predict(self, x):
        h = x
        for i in range(0, len(self.p), 2):
            h = self.p[i] @ h + self.p[i + 1]
            if i < len(self.p) - 2:
                h = np.tanh(h)
        return h

    def cost(self, x, y):
        return 0.5 * np.sum((self.predict(x) - y) ** 2) / x.shape[1]

    def grad(self, x, y):
        hs = [x]
        for i in range(0, len(self.p), 2):
            h = self.p[i] @ hs[-1] + self.p[i + 1]
            hs.append(np.tanh(h) if i < len(self.p) - 2 else h)
        g = [None] * len(self.p)
        d = (hs[-1] - y) / x.shape[1]
        for i in range(len(self.p) - 2, -1, -2):
            if i < len(self.p) - 2:
                d = d * (1 - hs[i // 2 + 1] ** 2)
            g[i] = d @ hs[i // 2].T
            g[i + 1] = d.sum(1, keepdims=True)
            d = self.p[i].T @ d
        return g
`;

const shapes: readonly Shape[] = [
  { what: 'layers as dictionaries, of units given one after the other', source: several, mistake: ["d * (1 - layer['out'] ** 2)", "d * (1 - layer['out'])"] },
  { what: 'a softmax that is written out', source: classes, mistake: ['/ len(X) + self.lam * self.theta', '/ len(X) + self.lam'] },
  { what: 'a list of gradients without names', source: closures, mistake: ['return g @ w.T, x.T @ g,', 'return g @ w.T, x.T @ g * 3,'] },
  { what: 'parameters in a list that has the name of none', source: letter, mistake: ['d * (1 - hs[i // 2 + 1] ** 2)', 'd * (1 - hs[i // 2 + 1])'] },
];

describe('Python: what has no name of its own', function () {
  this.timeout(40000);
  bindsEach(shapes, pythonChecks());
});
