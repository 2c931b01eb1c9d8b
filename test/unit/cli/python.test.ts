// `check FILE.py` of the built command line: its JSON, its exit codes, its page of text, and the binding beside the file.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = process.cwd();
const source = readFileSync(join(root, 'test/fixtures/python/two_layers.py'), 'utf8');
const hasNumPy = spawnSync('python3', ['-c', 'import numpy']).status === 0 || spawnSync('python', ['-c', 'import numpy']).status === 0;

function cli(...words: string[]) {
  return spawnSync(process.execPath, [join(root, 'dist/cli.js'), ...words], { encoding: 'utf8' });
}

describe('command line, Python files', function () {
  this.timeout(30_000);
  let folder: string;
  const write = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  before(function () {
    folder = mkdtempSync(join(tmpdir(), 'gradient-cli-python-'));
    if (hasNumPy) return;
    assert.equal(process.env.CI, undefined, 'CI never skips these: install NumPy');
    console.error('SKIPPED: the tests of `check FILE.py` need a python3 with NumPy.');
    this.skip();
  });
  after(() => rmSync(folder, { recursive: true }));

  it('answers a correct file with 0', () => {
    const file = write('right.py', source);
    const { status, stdout, stderr } = cli('check', file, '--json');
    assert.equal(status, 0, stderr);
    const result = JSON.parse(stdout);
    assert.deepEqual([result.file, result.verdict, result.findings], [file, 'correct', []]);
    assert.deepEqual(result.layers.map((layer: { layer: number; factor: number }) => [layer.layer, Math.abs(layer.factor - 1) < 1e-6]), [[1, true], [2, true]]);
  });

  it('answers a wrong file with 1, function, line and factor', () => {
    const file = write('wrong.py', source.replace('dW2 = np.dot(dZ2, A1.T) / m + lambd / m * W2', 'dW2 = 2 * (np.dot(dZ2, A1.T) / m + lambd / m * W2)'));
    const { status, stdout } = cli('check', file, '--json');
    assert.equal(status, 1);
    const { verdict, findings } = JSON.parse(stdout);
    assert.equal(verdict, 'wrong');
    const { rule, function: name, line, factor } = findings[0];
    assert.deepEqual([rule, name, line, Math.round(factor * 1e6) / 1e6], ['factor', 'backward_propagation', source.slice(0, source.indexOf('dW2 =')).split('\n').length, 2]);
    assert.match(cli('check', file).stdout, /^The gradient is wrong: backward_propagation, line \d+\. dW2 has the right direction, but it is twice too large\./);
  });

  it('answers a convention with 0 and says which', () => {
    const { status, stdout } = cli('check', write('convention.py', source.replace('dZ2 = A2 - Y', 'dZ2 = 2 * (A2 - Y)').replaceAll('lambd / m * W', '2 * lambd / m * W')));
    assert.equal(status, 0);
    assert.match(stdout, /^Every gradient is 2 times the derivative of your cost/);
  });

  it('answers a file that cannot run with 2', () => {
    const { status, stdout } = cli('check', write('broken.py', source.replace('np.tanh(Z1)', 'np.tahn(Z1)')));
    assert.equal(status, 2);
    assert.match(stdout, /^It cannot run: AttributeError: module 'numpy' has no attribute 'tahn'/);
  });

  it('answers a missing file with 2 and one line', () => {
    const { status, stderr } = cli('check', join(folder, 'nowhere.py'));
    assert.equal(status, 2);
    assert.match(stderr, /nowhere\.py: The file does not exist\. Check the path\.\n$/);
  });

  it("runs the check once more on the person's data, of --data or of the experiment file beside it", () => {
    const data = join(root, 'examples/quadratic.csv');
    const said = 'also on 20 samples of quadratic.csv: every gradient agrees there too';
    const file = write('sampled.py', source);
    assert.ok(JSON.parse(cli('check', file, '--data', data, '--json').stdout).checked.includes(said));
    assert.match(cli('check', file, '--data', join(root, 'examples/quadratic.gradient.json')).stdout, /^checked +also on 20 samples of quadratic\.csv/m);
    write('sampled.gradient.json', JSON.stringify({ data, target: 'y' }));
    const { status, stdout, stderr } = cli('check', file, '--json');
    assert.equal(status, 0, stderr);
    assert.ok(JSON.parse(stdout).checked.includes(said), stdout);
  });

  it('answers data that are not there, or are not wanted, with 2 and one line', () => {
    const file = write('sampled-wrong.py', source);
    for (const words of [['check', file, '--data', join(folder, 'nowhere.csv')], ['check', file, '--data', join(root, 'examples/quadratic.csv'), '--target', 'z'], ['check', join(root, 'examples/quadratic.gradient.json'), '--data', 'x.csv'], ['train', join(root, 'examples/quadratic.csv'), '--data', 'x.csv']]) {
      const { status, stderr } = cli(...words);
      assert.equal(status, 2, words.join(' '));
      assert.match(stderr, /^[^\n]+\n$/);
    }
  });

  it('reads which function is which from the experiment file beside it', () => {
    const names: Record<string, string> = { initialize_parameters: 'eins', forward_propagation: 'zwei', compute_cost: 'drei', backward_propagation: 'vier', nn_model: 'alles' };
    const file = write('fremd.py', Object.entries(names).reduce((text, [from, to]) => text.replaceAll(from, to), source));
    write('fremd.gradient.json', '{\n  // which is which\n  "python": { "init": "eins", "forward": "zwei", "cost": "drei", "backward": "vier" },\n}');
    const { status, stdout } = cli('check', file, '--json');
    assert.equal(status, 0, stdout);
    assert.equal(JSON.parse(stdout).bound.functions.backward.function, 'vier');
    write('fremd.gradient.json', '{ "python": { "backwards": "vier" } }');
    assert.match(cli('check', file).stderr, /"python" is not valid/);
  });
});
