// The built command line as people run it: its JSON, its exit codes, its one line on standard error.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = process.cwd();
const golden = join(root, 'test/fixtures/golden');

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function cli(...words: string[]): Answer {
  return spawnSync(process.execPath, [join(root, 'dist/cli.js'), ...words], { encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** Largest relative difference between two nested arrays of numbers. */
function distance(actual: unknown, expected: unknown): number {
  if (!Array.isArray(expected)) return Math.abs((actual as number) - (expected as number)) / Math.max(1e-3, Math.abs(expected as number));
  assert.ok(Array.isArray(actual) && actual.length === expected.length, 'same shape');
  return Math.max(0, ...expected.map((value, i) => distance(actual[i], value)));
}

describe('command line', function () {
  this.timeout(20_000);
  let folder: string;
  const write = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  before(() => (folder = mkdtempSync(join(tmpdir(), 'gradient-cli-'))));
  after(() => rmSync(folder, { recursive: true }));

  for (const name of readdirSync(golden).filter((each) => each.endsWith('.json'))) {
    it(`reproduces ${name} to 1e-9, ten steps to 1e-7`, () => {
      const { X, Y, layers, loss, l2, parameters, expected, training } = JSON.parse(readFileSync(join(golden, name), 'utf8'));
      const experiment = { data: { X, Y }, layers, loss, l2, parameters, optimizer: training.optimizer, iterations: training.steps };
      const file = write(name.replace('.json', '.gradient.json'), JSON.stringify(experiment));

      const checked = cli('check', file, '--json', '--tensors');
      assert.notEqual(checked.status, 2, checked.stderr);
      const result = JSON.parse(checked.stdout);
      assert.ok(distance(result.cost.last, expected.cost) < 1e-9);
      for (const key of ['Z', 'A', 'dZ']) assert.ok(distance(result.layers.map((layer: Record<string, unknown>) => layer[key]), expected[key]) < 1e-9, key);
      assert.ok(distance(result.layers.at(-1).dA, expected.dAL) < 1e-9);
      for (const key of ['dW', 'db']) {
        const values = (layer: Record<string, unknown>): unknown => layer[key];
        assert.ok(distance(result.layers.map(values), expected.gradients.map(values)) < 1e-9, key);
      }

      const trained = JSON.parse(cli('train', file, '--json', '--tensors').stdout);
      assert.ok(distance(trained.cost.history, training.costs) < 1e-7);
      for (const key of ['W', 'b']) {
        const values = (layer: Record<string, unknown>): unknown => layer[key];
        assert.ok(distance(trained.parameters.map(values), training.parameters.map(values)) < 1e-7, key);
      }
    });
  }

  it('finds the dead outputs of the quadratic example, with their lines', () => {
    const { status, stdout } = cli('train', join(root, 'examples/quadratic.csv'), '--json');
    const { deadOutputs, samples, data, verdict, gradientCheck } = JSON.parse(stdout);
    assert.equal(status, 1);
    assert.ok(deadOutputs.count >= 6 && deadOutputs.count <= 10 && deadOutputs.of === 20, String(deadOutputs.count));
    for (const { line, target, prediction, Z } of samples) {
      const x = line - 2;
      assert.equal(target, 3 * x * x + 3 * x);
      assert.equal(prediction, Math.max(0, Z));
      assert.equal(deadOutputs.lines.includes(line), Z <= 0);
    }
    assert.deepEqual([data.features, data.target, data.rows], [['x'], 'y', 20]);
    assert.match(verdict.text, /^\d+ of 20 predictions are dead: Z\[2\] < 0, so A\[2\] = 0 and dZ\[2\] = 0\./);
    assert.deepEqual(gradientCheck.layers.map((layer: { layer: number }) => layer.layer), [1, 2]);
  });

  it('takes every option', () => {
    const words = '--target y --features x --hidden 4,3 --hidden-activation leaky-relu:0.2 --output-activation leaky-relu:0.3 --loss huber --optimizer adam --learning-rate 0.02 --iterations 5 --batch-size 6 --initialization xavier --seed 3 --normalize-features minmax --normalize-target standard --l2 0.1 --clip 2.5 --learning-rate-decay 0.01 --early-stop 4 --split 0.25 --missing mean';
    const { status, stdout, stderr } = cli('train', join(root, 'examples/quadratic.csv'), '--json', ...words.split(' '));
    assert.equal(status, 0, stderr);
    assert.deepEqual(JSON.parse(stdout).experiment, {
      features: ['x'],
      target: ['y'],
      missing: 'mean',
      layers: [
        { units: 4, activation: 'leaky-relu', slope: 0.2 },
        { units: 3, activation: 'leaky-relu', slope: 0.2 },
        { units: 1, activation: 'leaky-relu', slope: 0.3 },
      ],
      loss: 'huber',
      optimizer: { name: 'adam', learningRate: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      iterations: 5,
      batchSize: 6,
      initialization: 'xavier',
      seed: 3,
      normalize: { features: 'minmax', target: 'standard' },
      l2: 0.1,
      clip: 2.5,
      learningRateDecay: 0.01,
      earlyStop: { patience: 4 },
      split: 0.25,
    });
  });

  it('never calls a wholly dead network a pass', () => {
    const { status, stdout } = cli('train', join(root, 'examples/quadratic.csv'), '--seed', '1', '--json');
    const { deadOutputs, gradientCheck } = JSON.parse(stdout);
    assert.equal(status, 1);
    assert.equal(deadOutputs.count, 20);
    assert.equal(gradientCheck.verdict, 'vacuous');
  });

  it('prints a page that a person can read', () => {
    const { stdout } = cli('train', join(root, 'examples/quadratic.csv'));
    assert.match(stdout, /^\d+ of 20 predictions are dead/);
    assert.match(stdout, /dW\[1\] +\d\.\d\de-\d+ +agrees/);
  });

  it('says where a cost became NaN, and keeps the parameters before', () => {
    const { status, stdout } = cli('train', join(root, 'examples/quadratic.csv'), '--normalize-features', 'none', '--hidden-activation', 'leaky-relu', '--output-activation', 'linear', '--learning-rate', '0.01', '--json', '--tensors');
    const { verdict, outcome, parameters } = JSON.parse(stdout);
    assert.equal(status, 1);
    assert.equal(outcome.kind, 'diverged');
    assert.match(verdict.text, /^Cost became (NaN|Infinity) at iteration \d+: the learning rate 0\.01 is too large for unscaled features \(up to 19\) and targets \(up to 1,140\)\.$/);
    assert.ok(parameters.flatMap(({ W, b }: { W: number[][]; b: number[] }) => [...W.flat(), ...b]).every(Number.isFinite));
  });

  it('checks a formula: 0 right, 1 wrong, 2 not to be read', () => {
    const right = cli('formula', 'dAL = AL - Y', '--loss', 'mse');
    assert.equal(right.status, 0, right.stderr);
    assert.match(right.stdout, /^Correct: this is dAL for MSE/);

    const wrong = cli('formula', 'dA2 = np.sum(A2-Y)/m', '--loss', 'mse', '--json');
    assert.equal(wrong.status, 1, wrong.stderr);
    const { verdict, of, loss, findings, shouldBe, values } = JSON.parse(wrong.stdout);
    assert.deepEqual({ verdict, of, loss, shouldBe }, { verdict: 'wrong', of: 'dAL', loss: { name: 'mse', how: 'given' }, shouldBe: 'dA2 = A2 - Y' });
    assert.deepEqual(findings.map(({ rule, factor }: { rule: string; factor?: string }) => [rule, factor]), [['summed', undefined], ['constant-factor', '1/m']]);
    assert.ok(values.length > 0);

    const tuple = cli('formula', '-(np.divide(Y, AL) - np.divide(1 - Y), (1 - AL))', '--of', 'dAL', '--loss', 'binary-cross-entropy');
    assert.equal(tuple.status, 1, tuple.stderr);
    assert.match(tuple.stdout, /makes a tuple[^]*it should be\n {2}-\(np\.divide\(Y, AL\) - np\.divide\(1 - Y, \(1 - AL\)\)\)\n/);

    assert.equal(cli('formula', 'dw1 = X.T.dot(dz1) / N', '--samples', 'rows').status, 0);
    assert.equal(cli('formula', 'dZ = dA * (1 - A**2)', '--activation', 'sigmoid').status, 1);
    const unread = cli('formula', 'dAL = AL -');
    assert.equal(unread.status, 2);
    assert.match(unread.stdout, /^Cannot read this: The formula stops after "-"/);
  });

  it('exports a script or a report, and says where', () => {
    for (const [as, name, holds] of [['numpy', 'quadratic.py', 'import numpy as np'], ['pytorch', 'q.py', 'import torch'], ['report', 'q.html', '<!DOCTYPE html>']] as const) {
      const out = join(folder, name);
      const { status, stdout, stderr } = cli('export', join(root, 'examples/quadratic.csv'), '--as', as, '--out', out, '--iterations', '5');
      assert.deepEqual([status, stdout, stderr], [0, `${out}\n`, '']);
      assert.ok(readFileSync(out, 'utf8').includes(holds));
    }
  });

  const bad: [name: string, words: () => string[], says: RegExp][] = [
    ['no such file', () => ['train', 'nowhere.csv'], /nowhere\.csv: The file does not exist/],
    ['no such option', () => ['train', 'a.csv', '--learningrate', '1'], /no option --learningrate\. Did you mean --learning-rate\?/],
    ['no such command', () => ['trian', 'a.csv'], /no command "trian"/],
    ['a formula without quotes', () => ['formula', 'dAL', '=', 'AL'], /whole formula in quotes/],
    ['no formula', () => ['formula'], /formula needs a formula/],
    ['a formula with an option of train', () => ['formula', 'dAL = AL - Y', '--seed', '3'], /formula has no option --seed/],
    ['a training with an option of formula', () => ['train', 'a.csv', '--of', 'dZ'], /train has no option --of/],
    ['no such gradient', () => ['formula', 'AL - Y', '--of', 'dz'], /Did you mean dZ\?/],
    ['no such activation', () => ['train', 'a.csv', '--output-activation', 'rellu'], /Did you mean relu\?/],
    ['no number', () => ['train', 'a.csv', '--iterations', 'many'], /--iterations cannot be "many"/],
    ['export without a format', () => ['export', 'a.csv', '--out', 'a.py'], /what to write\. Add --as with one of numpy, pytorch, report/],
    ['export to nowhere', () => ['export', 'a.csv', '--as', 'numpy'], /where to write\. Add --out with a file name such as run_numpy\.py/],
    ['export into a folder that is not there', () => ['export', join(root, 'examples/quadratic.csv'), '--as', 'report', '--iterations', '1', '--out', join(folder, 'none', 'a.html')], /a\.html: The file cannot be written \(ENOENT\)/],
    ['check of a data file', () => ['check', 'a.csv'], /check takes an experiment file/],
    ['a target that does not exist', () => ['train', join(root, 'examples/quadratic.csv'), '--target', 'z'], /quadratic\.csv:1: .*"z"/],
    ['a wrong key', () => ['train', write('key.gradient.json', '{\n"data": "a.csv",\n"sed": 1}')], /key\.gradient\.json:3: There is no key "sed".* Did you mean "seed"\?/],
    ['a W of the wrong shape', () => ['check', write('w.gradient.json', '{"data": {"X": [[1, 2]], "Y": [[1]]},\n"layers": [{"units": 1, "activation": "relu"}],\n"parameters": [{"W": [\n[1]], "b": [0]}]}')], /w\.gradient\.json:4: W\[1\] is 1 × 1 where 1 × 2/],
    ['a b of the wrong shape', () => ['check', write('b.gradient.json', '{"data": {"X": [[1]], "Y": [[1]]},\n"layers": [{"units": 1, "activation": "relu"}],\n"parameters": [{"W": [[1]],\n"b": [0, 1]}]}')], /b\.gradient\.json:4: b\[1\] has 2 entries where 1/],
    ['an output layer that does not fit', () => ['check', write('o.gradient.json', '{"data": {"X": [[1]], "Y": [[1]]},\n"layers": [{"units": 2, "activation": "relu"}]}')], /o\.gradient\.json:2: The output layer has 2 units/],
    ['X and Y of different length', () => ['check', write('xy.gradient.json', '{"data": {"X": [[1], [2]],\n"Y": [[1]]}}')], /xy\.gradient\.json:2: X has 2 rows, Y has 1/],
    ['an experiment whose data are gone', () => ['train', write('gone.gradient.json', '{"data": "gone.csv"}')], /gone\.csv: The file does not exist/],
  ];
  for (const [name, words, says] of bad) {
    it(`answers ${name} with one line and exit code 2`, () => {
      const { status, stdout, stderr } = cli(...words());
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /\bat .*\.js:\d+/);
    });
  }

  it('tries every remedy and ranks them, as text and as JSON', () => {
    const file = join(root, 'examples/quadratic.csv');
    const { trials } = JSON.parse(cli('train', file, '--try-all', '--json').stdout);
    assert.deepEqual(trials.measure, { loss: 'mse', on: 'training' });
    assert.deepEqual(trials.ranking[0].formula, ['y = 3x² + 3x']);
    const network = trials.ranking.find(({ settings }: { settings: object | null }) => settings !== null);
    assert.ok(network.deadOutputs.count === 0 && network.times >= 10, JSON.stringify(network));
    const { stdout, status } = cli('train', file, '--try-all');
    assert.equal(status, 1);
    const table = stdout.slice(stdout.indexOf('remedies, tried')).trim().split('\n').slice(2);
    assert.deepEqual(table.map((line) => Number(line.trim().split(' ')[0])), trials.ranking.map(({ rank }: { rank: number }) => rank));
    assert.match(table[0]!, /^ {2}1 +Polynomial of degree 2: y = 3x² \+ 3x .*over 1,000,000× lower +0 of 20$/);
    assert.match(table.at(-1)!, /diverged/);
    assert.ok(!('trials' in JSON.parse(cli('train', file, '--json').stdout)));
    assert.match(cli('check', write('a.gradient.json', '{ "data": { "X": [[1]], "Y": [[1]] } }'), '--try-all').stderr, /check has no option --try-all/);
  });
});
