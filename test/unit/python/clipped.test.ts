// A gradient whose norm is limited by an argument: what is compared is what it is before that.

import { bindsEach, pythonChecks } from './support';

const limited = (argument: string): string => `import numpy as np


def init(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}


def forward(X, params):
    A1 = np.tanh(params["W1"] @ X + params["b1"])
    return params["W2"] @ A1 + params["b2"], A1


def cost(A2, Y):
    return np.sum((A2 - Y) ** 2) / Y.shape[1]


def backward(X, Y, params, A1, A2, ${argument}):
    m = X.shape[1]
    dZ2 = 20 * (A2 - Y) / (10 * m)
    dZ1 = params["W2"].T @ dZ2 * (1 - A1 ** 2)
    grads = {"dW2": dZ2 @ A1.T, "db2": dZ2.sum(axis=1, keepdims=True), "dW1": dZ1 @ X.T, "db1": dZ1.sum(axis=1, keepdims=True)}
    for key in grads:
        norm = np.linalg.norm(grads[key])
        if norm > ${argument.split('=')[0]}:
            grads[key] = grads[key] * (${argument.split('=')[0]} / norm)
    return grads
`;

describe('a gradient that is limited', function () {
  this.timeout(60_000);
  bindsEach(
    ['clip_threshold=0.1', 'max_norm=0.2', 'max_grad_norm'].map((argument) => ({ what: `by ${argument}`, source: limited(argument), mistake: ['(1 - A1 ** 2)', '(1 - A1)'] as const })),
    pythonChecks(),
  );
});
