// Habits of people's files that a binding has to follow: each correct source is recognised, and the same with one mistake is wrong.

import assert from 'node:assert/strict';
import { besides, enums, givenFunctions, held, outside, parameterObjects, places, tables } from './habits-classes';
import { firstCells, indentedCell, innerTuple, notebook, unrolled } from './habits-functions';
import { anew, anyName, ownBatch, seeded } from './habits-training';
import { bindsEach, lineOf, pythonChecks, say, type Shape } from './support';

const shapes: readonly Shape[] = [
  { what: 'a cell that is indented as a whole', source: notebook(...firstCells, indentedCell), extension: '.ipynb', mistake: ['A1\\"] ** 2', 'A1\\"]'] },
  { what: 'caches that are objects, and texts kept in an Enum', source: enums, mistake: ['da * (kept.z > 0)', 'da * (da > 0)'] },
  { what: 'activations that the constructor is given', source: givenFunctions, mistake: ['delta1 @ x / m', 'delta1 @ x'] },
  { what: 'a forward pass that gives its own x anew beside one that predicts', source: anew, mistake: ['(activations[-1] - target) * activations[-1] * (1 - activations[-1])', '(activations[-1] - target) * activations[-1] * (1 + activations[-1])'] },
  { what: 'a training function of any name on samples of the script', source: anyName, mistake: ['np.sum(dz) / m_train', 'np.sum(dz)'] },
  { what: 'a batch that is a number, and a cost that forward keeps divided', source: ownBatch, mistake: ['* (self.z1 > 0)', '* (self.x[:, :1] > 0)'] },
  { what: 'a dictionary that the caller begins with the samples', source: seeded, mistake: ['(1 - activations["A" + str(i)] ** 2)', '(1 - activations["A" + str(i - 1)][:1] ** 2)'] },
  { what: 'weights under keys that are places, with an update that makes the gradients', source: places, mistake: ['(1 - self.z[str(i)] ** 2)', '(1 - self.z[str(i)])'] },
  { what: 'a list that holds the arrays of the attributes', source: held, mistake: ['* self.layer1 * (1 - self.layer1)', '* self.layer1 * (1 + self.layer1)'] },
  { what: 'parameters as objects with a value and a gradient', source: parameterObjects, mistake: ['grad_out * (self.x > 0)', 'grad_out * (grad_out > 0)'] },
  { what: 'a network that is given the derivative of a cost from elsewhere', source: outside, mistake: ['* (self.Z1 > 0)', '* (self.X[:, :1] > 0)'], unchecked: 'grad_out' },
  { what: 'layers that return their gradients, and a softmax whose derivative is in the loss', source: besides, mistake: ['dvalues * (self.inputs > 0)', 'dvalues * (dvalues > 0)'] },
  { what: 'a cost that nothing calls, with a part that it calls', source: unrolled, mistake: ['* a2 * (1 - a2)', '* a2'] },
  { what: 'samples that are asked as tables', source: tables, mistake: ['(X * (y_hat - target))', '(X * (y_hat - target) * y_hat)'] },
  { what: 'cost and gradients in an inner tuple', source: innerTuple, mistake: ['(1 - np.tanh(A) ** 2)', '(1 - Y ** 2)'] },
];

describe('habits of files', function () {
  this.timeout(30_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('marks the columns of an indented cell as the editor counts them', async () => {
    const wrong = indentedCell.replace('A1"] ** 2', 'A1"]');
    const result = await check(notebook(...firstCells, wrong), '.ipynb');
    const line = lineOf(wrong, 'dZ1 = ');
    const found = result.findings.find((each) => each.severity === 'error');
    assert.deepEqual([found?.cell, found?.line, found?.column], [2, line, wrong.split('\n')[line - 1]!.indexOf('1 - cache') + 1], say(result));
  });

  it('checks the backward pass that the script comes to, of two', async () => {
    const other = seeded.replace('model(x_train', 'def back_prop_twice(activations, parameters, y, L):\n    grad = back_prop(activations, parameters, y, L)\n    return {name: 2 * value for name, value in grad.items()}\n\ndef model_twice(x, y, L, n, rate):\n    parameters = initialise_parameters(L, n)\n    activations = forward_prop({"A0": x}, parameters, L)\n    grad = back_prop_twice(activations, parameters, y, L)\n\nmodel(x_train');
    assert.equal((await check(other)).verdict, 'correct');
  });

  it('judges no bias that has an entry for each sample', async () => {
    const result = await check(`import numpy as np

w = np.array([[0.5], [0.5]])
x = np.array([[1, 2, 3], [4, 5, 6]])
b = np.array([0.5, 0.5, 0.5])
z = np.dot(w.T, x) + b
A = 1 / (1 + np.exp(-z))
Y = [1, 0, 1]
dz = A - Y
dw = 1 / 3 * np.dot(x, dz.T)
db = 1 / 3 * np.sum(dz)
w = w - 0.01 * dw
b = b - 0.01 * db
`);
    assert.equal(result.verdict, 'not bound', say(result));
  });

  it('tells what a backward pass reads before it is given a value', async () => {
    const source = seeded.replace('    dA = activations["A" + str(L)] - y\n', '    dA = error * activations["A" + str(L)]\n').replace('        dA = parameters["W" + str(i)].T @ dZ\n', '        dA = parameters["W" + str(i)].T @ dZ\n        error = dA\n');
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['cannot run', 'back_prop', lineOf(source, 'dA = error *')], say(result));
  });
});
