// What the editor asks of the Python check without a Python: trust, lenses, lines of a notebook, and the section of an experiment file.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pythonBinding, withPythonBinding } from '../../../src/experiment/python-binding';
import { trustProblem } from '../../../src/host/python-trust';
import { backwardLines, isNumeric } from '../../../src/python/backward-lines';
import { lineInNotebook } from '../../../src/python/notebook-lines';

describe('the Python check in an editor', () => {
  it('is made in a trusted workspace only, and says why', () => {
    assert.equal(trustProblem(true, 'a.py'), null);
    assert.match(trustProblem(false, 'a.py')!.what, /runs the functions of this file .* not trusted/);
  });

  it('knows a backward pass by its name', () => {
    const names = ['L_model_backward', 'backprop', 'compute_gradients', 'grad', 'get_grads', 'BackwardPass', 'zero_grad', 'grad_check'];
    const others = ['forward', 'upgrade_schema', 'graduate', 'grade_quiz', 'grading', 'downgrade'];
    const text = [...names, ...others].map((name, k) => `${k % 2 ? '    ' : ''}def ${name}(X):\n    pass`).join('\n');
    assert.deepEqual(backwardLines(text), names.map((_, k) => 2 * k));
    assert.deepEqual(backwardLines('# def backward(x):\nx = backward(1)\n'), []);
    assert.ok(isNumeric('import numpy as np') && !isNumeric('def gradient(colour): pass'));
  });

  it('finds the line of a cell in the JSON of a notebook', () => {
    const text = readFileSync('test/fixtures/python/global_m.ipynb', 'utf8');
    const { cells } = JSON.parse(text) as { cells: { source: string[] }[] };
    const cell = cells.findIndex(({ source }) => source.some((each) => each.includes('def backward_prop')));
    const line = cells[cell]!.source.findIndex((each) => each.includes('def backward_prop')) + 1;
    assert.match(text.split('\n')[lineInNotebook(text, cell, line)! - 1]!, /def backward_prop/);
    assert.equal(lineInNotebook(text, 99, 1), undefined);
    assert.equal(lineInNotebook('no JSON', 0, 1), undefined);
  });

  it('writes the section into an experiment file and leaves the rest alone', () => {
    const binding = { forward: 'f', backward: 'g' };
    assert.deepEqual(pythonBinding(withPythonBinding('', binding), 'a'), binding);
    const kept = withPythonBinding('{\n  // why\n  "data": "a.csv",\n  "python": { "forward": "old" }\n}\n', binding);
    assert.match(kept, /\/\/ why\n {2}"data": "a\.csv"/);
    assert.deepEqual(pythonBinding(kept, 'a'), binding);
  });
});
