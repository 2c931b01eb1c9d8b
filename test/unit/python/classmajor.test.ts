// A classifier of one layer that nothing makes the weights of: how they lie is read in its product.

import { bindsEach, pythonChecks } from './support';

const classifier = (product: string, slope: string): string => `import numpy as np


def checked(features, labels, weights, bias):
    if bias.ndim != 1:
        raise ValueError("one bias for each class")
    return np.asarray(features), np.asarray(labels, dtype=int), np.asarray(weights), np.asarray(bias)


def predict_linear(features, weights, bias):
    return np.argmax(${product}, axis=1)


def softmax_loss_and_gradient(features, labels, weights, bias, reg=0.0):
    features, labels, weights, bias = checked(features, labels, weights, bias)
    rows = np.arange(len(labels))
    scores = ${product}
    scores = scores - scores.max(axis=1, keepdims=True)
    probs = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    data_loss = -np.mean(np.log(probs[rows, labels]))
    reg_loss = reg * np.sum(weights ** 2)
    slope = probs.copy()
    slope[rows, labels] -= 1
    slope /= len(labels)
    weight_gradient = ${slope} + 2 * reg * weights
    return float(data_loss + reg_loss), weight_gradient, slope.sum(axis=0)
`;

describe('python: a classifier of one layer', function () {
  this.timeout(60_000);
  const mistake = ['+ 2 * reg * weights', '+ reg * weights'] as const;
  bindsEach(
    [
      { what: 'weights with a row for each class, and a cost that has no name where it is returned', source: classifier('features @ weights.T + bias', 'slope.T @ features'), mistake },
      { what: 'weights with a column for each class', source: classifier('np.dot(features, weights) + bias', 'features.T @ slope'), mistake },
    ],
    pythonChecks(),
  );
});
