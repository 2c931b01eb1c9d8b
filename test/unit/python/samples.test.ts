// The check on samples of the person's own: which are taken, how they are scaled, and what is told where only they show something.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { checkSamples } from '../../../src/training/check-samples';
import { changed, lineOf, pythonChecks, say } from './support';

const quadratic = join(process.cwd(), 'examples/quadratic.csv');
const penguins = join(process.cwd(), 'examples/penguins.csv');

describe('samples for a check', () => {
  it('are at most 32, the first and the last line among them, one-hot where there are classes', async () => {
    const { X, Y, name } = await checkSamples(penguins, { target: ['species'] });
    assert.deepEqual([X.length, Y.length, name], [32, 32, 'penguins.csv']);
    for (const y of Y) assert.deepEqual([...y].sort(), [0, 0, 1]);
    assert.ok(Y.at(0)!.join() !== Y.at(-1)!.join(), 'the file is sorted by species');
  });

  it('are standardized, their targets left as they are', async () => {
    const { X, Y } = await checkSamples(quadratic, {});
    assert.equal(X.length, 20);
    const x = X.map((row) => row[0]!);
    assert.ok(Math.abs(x.reduce((sum, each) => sum + each, 0)) < 1e-9);
    assert.ok(Math.abs(x.reduce((sum, each) => sum + each ** 2, 0) / 20 - 1) < 1e-9);
    assert.deepEqual(Y.slice(0, 3), [[0], [6], [18]]);
  });

  it('are scaled as an experiment file says', async () => {
    const { X, Y, name } = await checkSamples(quadratic, { normalize: { features: 'none', target: 'scale' } });
    assert.deepEqual([X[3], Math.max(...Y.map((row) => row[0]!)), name], [[3], 1, 'quadratic.csv']);
  });
});

describe("a Python file on the person's samples", function () {
  this.timeout(30_000);
  const check = pythonChecks();

  it('agrees there too', async () => {
    const result = await check(changed('two_layers.py', []), '.py', { data: await checkSamples(quadratic, {}) });
    assert.equal(result.verdict, 'correct', say(result));
    assert.ok(result.checked.includes('also on 20 samples of quadratic.csv: every gradient agrees there too'), say(result));
    assert.deepEqual(result.findings, []);
  });

  it('agrees with classes under a softmax, in rows and with one number a class', async () => {
    const result = await check(changed('cs231n.py', []), '.py', { data: await checkSamples(penguins, { target: ['species'] }) });
    assert.ok(result.checked.some((each) => each.startsWith('also on 32 samples of penguins.csv: every gradient agrees')), say(result));
  });

  it('is told to be wrong there too', async () => {
    const result = await check(changed('two_layers.py', [['db1 = np.sum(dZ1, axis=1, keepdims=True) / m', 'db1 = np.sum(dZ1) / m']]), '.py', { data: await checkSamples(quadratic, {}) });
    assert.equal(result.verdict, 'wrong');
    assert.ok(result.checked.includes('also on 20 samples of quadratic.csv: the gradient of b1 is wrong there too'), say(result));
  });

  it('says why its outputs do not fit', async () => {
    const result = await check(changed('lista_de_pesos.py', []), '.py', { data: await checkSamples(quadratic, {}) });
    assert.equal(result.verdict, 'correct');
    assert.ok(result.notChecked.includes('quadratic.csv: the targets are no classes, and the outputs are a softmax'), say(result));
  });

  it('says why its widths do not fit', async () => {
    const result = await check(changed('global_m.ipynb', []), '.ipynb', { data: { X: [[1], [2], [3]], Y: [[0], [1], [2]], name: 'three.csv' } });
    assert.ok(result.notChecked.includes('three.csv: the network that was checked does not take its 1 feature'), say(result));
  });

  it('says so where nothing was bound', async () => {
    const result = await check('import numpy as np\n\n\ndef schritt(a, b):\n    return a @ b\n', '.py', { data: await checkSamples(quadratic, {}) });
    assert.equal(result.verdict, 'not bound', say(result));
    assert.ok(result.notChecked.includes('quadratic.csv: no functions were bound that could be run on it'), say(result));
  });

  it('names the line whose numbers are not finite there', async () => {
    const source = changed('deep_layers.py', []);
    const result = await check(source, '.py', { data: { X: [[4e4], [-3e4], [5e4]], Y: [[0], [1], [0]], name: 'large.csv' } });
    assert.equal(result.verdict, 'correct', say(result));
    const [finding] = result.findings;
    assert.deepEqual([finding?.rule, finding?.severity, finding?.function], ['data-overflow', 'warning', 'compute_cost'], say(result));
    assert.ok(finding!.line! > lineOf(source, 'def compute_cost'));
  });

  it('calls a check vacuous where every output is dead', async () => {
    const source = changed('network_class.py', [
      ['self.a2 = self.sigmoid(self.z2)', 'self.a2 = np.maximum(self.z2, 0)'],
      ['delta2 = d_output * self.sigmoid_derivative(output)', 'delta2 = d_output * (output > 0)'],
    ]);
    const side = (sign: number) => check(source, '.py', { data: { X: [40, 41, 42].map((far) => [1, 1, 1, 1, 1].map((one) => one * far * sign)), Y: [[1], [2], [3]], name: 'far.csv' } });
    // on one side of 0 the saturated hidden units make the output negative
    const results = [await side(1), await side(-1)];
    for (const each of results) assert.equal(each.verdict, 'correct', say(each));
    const vacuous = results.flatMap(({ findings }) => findings).filter(({ rule }) => rule === 'data-vacuous');
    assert.ok(vacuous.length > 0, say(results[0]!) + say(results[1]!));
    assert.match(vacuous[0]!.message, /On 3 samples of far\.csv every gradient is 0\. Every prediction is between 0 and 0\./);
  });

  it('tells what differs there only, with its numbers, and does not call the file wrong', async () => {
    const source = changed('two_layers.py', [['A1 = np.tanh(Z1)', 'A1 = np.clip(Z1, -8, 8)'], ['1 - np.power(A1, 2)', '1']]);
    const result = await check(source, '.py', { data: { X: [[1e3], [-1e3], [5e2], [0.1]], Y: [[0], [1], [0], [1]], name: 'wide.csv' } });
    assert.equal(result.verdict, 'correct', say(result));
    const finding = result.findings.find(({ rule }) => rule === 'data-discrepancy');
    assert.ok(finding, say(result));
    assert.match(finding.message, /On 4 samples of wide\.csv the gradient of .* differs from the derivative of the cost/);
  });
});
