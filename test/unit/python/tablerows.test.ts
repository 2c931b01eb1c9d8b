// Networks of neurons in plain lists whose samples are rows of a table, the class at the end of each: what is wrong is told of the deltas that the neurons keep, or of the update that they are given to.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const rows = `from math import exp
from random import random

def initialize_network(n_inputs, n_hidden, n_outputs):
    hidden = [{'weights': [random() for i in range(n_inputs + 1)]} for i in range(n_hidden)]
    return [hidden, [{'weights': [random() for i in range(n_hidden + 1)]} for i in range(n_outputs)]]

def activate(weights, inputs):
    total = weights[-1]
    for i in range(len(weights) - 1):
        total += weights[i] * inputs[i]
    return 1 / (1 + exp(-total))

def forward_propagate(network, row):
    inputs = row
    for layer in network:
        found = []
        for neuron in layer:
            neuron['output'] = activate(neuron['weights'], inputs)
            found.append(neuron['output'])
        inputs = found
    return inputs

def slope(output):
    return output * (1 - output)

def backward_propagate(network, expected):
    for i in reversed(range(len(network))):
        layer = network[i]
        if i == len(network) - 1:
            errors = [neuron['output'] - expected[j] for j, neuron in enumerate(layer)]
        else:
            errors = [sum(above['weights'][j] * above['delta'] for above in network[i + 1]) for j in range(len(layer))]
        for j in range(len(layer)):
            layer[j]['delta'] = errors[j] * slope(layer[j]['output'])

def update_weights(network, row, l_rate):
    for i in range(len(network)):
        inputs = row[:-1]
        if i != 0:
            inputs = [neuron['output'] for neuron in network[i - 1]]
        for neuron in network[i]:
            for j in range(len(inputs)):
                neuron['weights'][j] -= l_rate * neuron['delta'] * inputs[j]
            neuron['weights'][-1] -= l_rate * neuron['delta']

def train_network(network, train, l_rate, n_epoch, n_outputs):
    for epoch in range(n_epoch):
        sum_error = 0
        for row in train:
            outputs = forward_propagate(network, row)
            expected = [0 for i in range(n_outputs)]
            expected[row[-1]] = 1
            sum_error += sum([(expected[i] - outputs[i]) ** 2 for i in range(len(expected))])
            backward_propagate(network, expected)
            update_weights(network, row, l_rate)
        print(epoch, sum_error)
`;

describe('python: rows of a table', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('are a convention where the error that is shown has no ½', async () => {
    const result = await check(rows);
    assert.equal(result.verdict, 'convention', say(result));
    assert.equal(result.findings[0]?.factor?.toFixed(6), '0.500000');
  });

  it('are right where nothing shows a cost', async () => {
    const result = await check(rows.slice(0, rows.indexOf('def train_network')));
    assert.equal(result.verdict, 'correct', say(result));
  });

  const mistakes = [
    ['a bias that another weight is taken for', "['weights'][-1] -= l_rate", "['weights'][1] -= l_rate", 'update_weights', "['weights'][1] -="],
    ['inputs that are not those of the layer', "inputs[j]\n            neuron", "neuron['output']\n            neuron", 'update_weights', "['weights'][j] -="],
    ['hidden deltas of outputs', "above['weights'][j] * above['delta']", "above['weights'][j] * above['output']", 'backward_propagate', "['delta'] ="],
    ['deltas without the derivative of the activation', 'errors[j] * slope(layer[j][\'output\'])', 'errors[j]', 'backward_propagate', "['delta'] ="],
  ] as const;
  for (const [what, from, to, name, line] of mistakes) {
    it(`are told in their function: ${what}`, async () => {
      assert.equal(rows.split(from).length, 2, from);
      const wrong = rows.replace(from, to);
      const result = await check(wrong);
      assert.equal(result.verdict, 'wrong', say(result));
      assert.deepEqual([result.findings[0]?.function, result.findings[0]?.line], [name, lineOf(wrong, line)], say(result));
    });
  }
});
