// Parameters as one vector that an optimizer of SciPy is given, in methods and functions.

import { bindsEach, pythonChecks, type Shape } from './support';

const regression = `import numpy as np
import scipy.optimize as optimize

class LogisticRegression:
    def __init__(self, max_iter=100):
        self.max_iter = max_iter

    def fit(self, X, y):
        theta = self.optimize(X, y)
        self.w, self.b = theta[:-1].reshape(1, -1), theta[-1]

    def propagate(self, theta, X, y):
        w, b, m = theta[:-1].reshape(1, -1), theta[-1], X.shape[1]
        a = 1 / (1 + np.exp(-(np.dot(w, X) + b)))
        cost = -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a)) / m
        grad = np.hstack([np.dot(a - y, X.T).reshape(-1) / m, np.array([np.sum(a - y) / m])])
        return cost, grad

    def optimize(self, X, y):
        first = np.zeros(X.shape[0] + 1)
        objective = lambda theta: self.propagate(theta, X, y)
        return optimize.minimize(objective, first, jac=True, method='TNC', options={'maxiter': self.max_iter}).x
`;

/** The vector is called x, and what makes it is a method. */
const network = `import numpy as np
from scipy.optimize import minimize

class Net:
    def __init__(self, n_inputs, n_hidden, n_outputs):
        self.n_inputs, self.n_hidden, self.n_outputs = n_inputs, n_hidden, n_outputs

    def start(self):
        return np.random.randn(self.n_hidden * self.n_inputs + self.n_outputs * self.n_hidden)

    def cost(self, x):
        W1 = x[:self.n_hidden * self.n_inputs].reshape(self.n_hidden, self.n_inputs)
        W2 = x[self.n_hidden * self.n_inputs:].reshape(self.n_outputs, self.n_hidden)
        m = self.X.shape[0]
        hidden = np.tanh(self.X.dot(W1.T))
        out = 1 / (1 + np.exp(-hidden.dot(W2.T)))
        cost = -np.sum(self.Y * np.log(out) + (1 - self.Y) * np.log(1 - out)) / m
        delta2 = out - self.Y
        delta1 = delta2.dot(W2) * (1 - hidden ** 2)
        grad = np.append(delta1.T.dot(self.X).reshape(-1), delta2.T.dot(hidden).reshape(-1)) / m
        return cost, grad

    def fit(self, X, Y):
        self.X = X
        self.Y = Y
        theta = self.start()
        self.theta = minimize(fun=self.cost, x0=theta, jac=True, method='TNC').x
`;

/** Two matrices put together into a vector that has the name of samples, and targets that a method makes rows of by itself. */
const appended = network
  .replace('        return np.random.randn(self.n_hidden * self.n_inputs + self.n_outputs * self.n_hidden)', '        return np.random.randn(self.n_hidden, self.n_inputs), np.random.randn(self.n_outputs, self.n_hidden)')
  .replace('        theta = self.start()', '        first, second = self.start()\n        x = np.append(arr=first.reshape(-1), values=second.reshape(-1), axis=0)')
  .replace('x0=theta', 'x0=x')
  .replace('        self.Y = Y\n', '        self.y = Y\n        self.to_rows()\n')
  .replaceAll('self.Y', 'self.y_matrix')
  .replace('    def fit(', '    def to_rows(self):\n        self.y_matrix = np.zeros((len(self.y), self.n_outputs))\n        self.y_matrix[np.arange(len(self.y)), self.y] = 1\n\n    def fit(')
  .replace('    def __init__', '    y_matrix = None\n\n    def __init__');

const shapes: readonly Shape[] = [
  { what: 'a method that is minimised through a lambda', source: regression, mistake: ['np.dot(a - y, X.T).reshape(-1) / m', 'np.dot(a - y, X.T).reshape(-1)'] },
  { what: 'a method that is minimised, of a vector that another one makes', source: network, mistake: ['(1 - hidden ** 2)', '(1 - hidden)'] },
  { what: 'a method that is minimised, of two matrices put together', source: appended, mistake: ['(1 - hidden ** 2)', '(1 - hidden)'] },
];

describe('Python: a vector that SciPy minimises', function () {
  this.timeout(40000);
  bindsEach(shapes, pythonChecks());
});
