// Weights as lists of numbers that an initializer makes, and that the functions which train hand on under names of their own.

import { bindsEach, pythonChecks } from './support';

const lists = `import math, random

H, N, K = 3, 2, 1

def start(H, N, K):
    first_weights = [[random.uniform(-1, 1) for _ in range(N + 1)] for _ in range(H)]
    second_weights = [[random.uniform(-1, 1) for _ in range(H + 1)] for _ in range(K)]
    return first_weights, second_weights

def layer(rows, values):
    return [1 / (1 + math.exp(-row[0] - sum(w * v for w, v in zip(row[1:], values)))) for row in rows]

def predict(hidden_weights, output_weights, inputs):
    return layer(output_weights, layer(hidden_weights, inputs))

def train(hidden_weights, output_weights, inputs, targets, learning_rate):
    hidden = layer(hidden_weights, inputs)
    outputs = layer(output_weights, hidden)
    errors = [(t - o) * o * (1 - o) for t, o in zip(targets, outputs)]
    below = [h * (1 - h) * sum(e * row[j + 1] for e, row in zip(errors, output_weights)) for j, h in enumerate(hidden)]
    for rows, deltas, values in ((output_weights, errors, hidden), (hidden_weights, below, inputs)):
        for row, delta in zip(rows, deltas):
            for j, v in enumerate([1] + list(values)):
                row[j] += learning_rate * delta * v
    return hidden_weights, output_weights

def train_network(w_hidden, w_output, data, learning_rate, epochs):
    for epoch in range(epochs):
        for inputs, target in data:
            w_hidden, w_output = train(w_hidden, w_output, inputs, [target], learning_rate)
        print([predict(w_hidden, w_output, inputs) for inputs, target in data])
    return w_hidden, w_output

first_weights, second_weights = start(H, N, K)
train_network(first_weights, second_weights, [([0, 0], 0), ([0, 1], 1), ([1, 0], 1), ([1, 1], 0)], 0.1, 20000)
`;

describe('Weights that are handed on under other names', function () {
  this.timeout(60_000);
  bindsEach([{ what: 'lists of numbers, one sample at a time', source: lists, mistake: ['[h * (1 - h) * sum(', '[sum('] }], pythonChecks());
});
