// All weights as one vector beside the widths of the layers, as courses on machine learning have it.

import { bindsEach, pythonChecks, type Shape } from './support';

/** What makes the weights of one layer makes no vector of all; how wide the layers are, another file says. */
const unrolled = `import numpy as np
from scipy.optimize import fmin_cg


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def one_hot(y, num_labels):
    return np.identity(num_labels)[y].T


def rand_initialize_weights(l_in, l_out):
    return np.random.rand(l_out, 1 + l_in) * 0.24 - 0.12


def unroll(nn_params, input_layer_size, hidden_layer_size, num_labels):
    cut = hidden_layer_size * (input_layer_size + 1)
    return nn_params[:cut].reshape(hidden_layer_size, input_layer_size + 1), nn_params[cut:].reshape(num_labels, hidden_layer_size + 1)


def feed_forward(theta1, theta2, X):
    ones = np.ones((1, X.shape[0]))
    a1 = np.vstack([ones, X.T])
    a2 = np.vstack([ones, sigmoid(theta1.dot(a1))])
    return a1, a2, sigmoid(theta2.dot(a2))


def compute_cost(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lambda_):
    theta1, theta2 = unroll(nn_params, input_layer_size, hidden_layer_size, num_labels)
    m, Y = X.shape[0], one_hot(y, num_labels)
    a1, a2, a3 = feed_forward(theta1, theta2, X)
    cost = -np.sum(Y * np.log(a3) + (1 - Y) * np.log(1 - a3)) / m
    return cost + lambda_ / (2 * m) * (np.sum(theta1[:, 1:] ** 2) + np.sum(theta2[:, 1:] ** 2))


def compute_gradients(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lambda_):
    theta1, theta2 = unroll(nn_params, input_layer_size, hidden_layer_size, num_labels)
    m = X.shape[0]
    a1, a2, a3 = feed_forward(theta1, theta2, X)
    delta3 = a3 - one_hot(y, num_labels)
    delta2 = theta2[:, 1:].T.dot(delta3) * a2[1:] * (1 - a2[1:])
    grad1, grad2 = delta2.dot(a1.T) / m, delta3.dot(a2.T) / m
    grad1[:, 1:] += lambda_ / m * theta1[:, 1:]
    grad2[:, 1:] += lambda_ / m * theta2[:, 1:]
    return np.concatenate([grad1.ravel(), grad2.ravel()])


def train(X, y, input_layer_size, hidden_layer_size, num_labels):
    first = np.concatenate([rand_initialize_weights(input_layer_size, hidden_layer_size).ravel(), rand_initialize_weights(hidden_layer_size, num_labels).ravel()])
    return fmin_cg(compute_cost, x0=first, args=(input_layer_size, hidden_layer_size, num_labels, X, y, 0.1), fprime=compute_gradients, maxiter=50)
`;

/** The widths are globals, and as many as an image has pixels: the sums of 784 products must not leave the softmax without a derivative. */
const packed = `import numpy as np

NUM_INPUT, NUM_HIDDEN, NUM_OUTPUT = 784, 40, 10


def unpack(weights):
    a = NUM_INPUT * NUM_HIDDEN
    b = a + NUM_HIDDEN * NUM_HIDDEN
    c = b + NUM_HIDDEN * NUM_OUTPUT
    return weights[:a].reshape(NUM_HIDDEN, NUM_INPUT), weights[a:b].reshape(NUM_HIDDEN, NUM_HIDDEN), weights[b:c].reshape(NUM_OUTPUT, NUM_HIDDEN), weights[c:].reshape(-1, 1)


def forward_prop(x, y, weights):
    W1, W2, W3, b = unpack(weights)
    h1 = np.maximum(W1.dot(x), 0)
    h2 = np.maximum(W2.dot(h1), 0)
    e = np.exp(W3.dot(h2) + b)
    yhat = e / e.sum(axis=0)
    loss = -np.sum(y * np.log(yhat)) / y.shape[1]
    return loss, h1, h2, yhat


def back_prop(x, y, weights):
    loss, h1, h2, yhat = forward_prop(x, y, weights)
    W1, W2, W3, b = unpack(weights)
    g = (yhat - y) / y.shape[1]
    d2 = W3.T.dot(g) * (h2 > 0)
    d1 = W2.T.dot(d2) * (h1 > 0)
    return np.hstack([each.flatten() for each in (d1.dot(x.T), d2.dot(h1.T), g.dot(h2.T), g.sum(axis=1))])


def init_weights():
    return np.hstack([np.random.randn(NUM_INPUT * NUM_HIDDEN) / 28, np.random.randn(NUM_HIDDEN * NUM_HIDDEN) / 6, np.random.randn(NUM_HIDDEN * NUM_OUTPUT) / 6, 0.01 * np.ones(NUM_OUTPUT)])


def train(x, y, rate):
    weights = init_weights()
    for epoch in range(100):
        weights = weights - rate * back_prop(x, y, weights)
    return weights
`;

/** The labels are encoded by a package that need not be here, and the gradient is a column. */
const encoded = unrolled
  .replace('from scipy.optimize import fmin_cg', 'from scipy.optimize import fmin_cg\nfrom sklearn.preprocessing import OneHotEncoder')
  .replace('np.identity(num_labels)[y].T', 'OneHotEncoder(sparse=False).fit_transform(y).T')
  .replace('np.concatenate([grad1.ravel(), grad2.ravel()])', 'np.concatenate([grad1.ravel(), grad2.ravel()]).reshape(-1, 1)');

/** A regression whose penalty leaves out the first parameter: theta[1:] makes no list of what is multiplied whole. */
const regression = `import numpy as np


def cost_and_gradient(theta, X, y, lmbda=1.0):
    m = len(y)
    h = 1 / (1 + np.exp(-X @ theta))
    J = (-y @ np.log(h) - (1 - y) @ np.log(1 - h)) / m + lmbda / (2 * m) * np.sum(theta[1:] ** 2)
    grad = X.T @ (h - y) / m
    grad[1:] += lmbda / m * theta[1:]
    return J, grad
`;

const shapes: readonly Shape[] = [
  { what: 'labels that scikit-learn encodes, and a gradient as a column', source: encoded, mistake: ['a2[1:] * (1 - a2[1:])', '(1 - a2[1:])'] },
  { what: 'a vector beside the widths to take it apart', source: unrolled, mistake: ['a2[1:] * (1 - a2[1:])', '(1 - a2[1:])'] },
  { what: 'a vector of the weights of many inputs', source: packed, mistake: ['* (h1 > 0)', ''] },
  { what: 'a regression whose penalty leaves out the first', source: regression, mistake: ['grad[1:] += lmbda / m * theta[1:]', 'grad += lmbda / m * theta'] },
];

describe('Python: all weights as one vector', function () {
  this.timeout(40000);
  bindsEach(shapes, pythonChecks());
});
