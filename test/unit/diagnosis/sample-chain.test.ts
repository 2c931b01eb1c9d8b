// The chain rule on one sample, against PyTorch's values for every golden network, and what it says in words.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import katex from 'katex';
import { activationNames } from '../../../src/core/activations';
import { lossNames } from '../../../src/core/losses';
import type { ChainLink, SampleChain } from '../../../src/diagnosis/chain';
import { createChainSource } from '../../../src/diagnosis/sample-chain';
import type { Settings } from '../../../src/experiment/settings';
import { runJob } from '../../../src/training/job';
import type { Run } from '../../../src/training/run';

const golden = join(process.cwd(), 'test/fixtures/golden');
const quadratic = join(process.cwd(), 'examples/quadratic.csv');
const penguins = join(process.cwd(), 'examples/penguins.csv');

const close = (actual: number, expected: number): boolean => Math.abs(actual - expected) <= Math.max(1e-12, 1e-9 * Math.abs(expected));

function link(chain: SampleChain, name: string): ChainLink {
  return chain.links.find((each) => each.name === name) ?? assert.fail(`${name} is not among ${chain.links.map((each) => each.name).join(', ')}`);
}

describe('chain rule on one sample', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'gradient-chain-'))));
  after(() => rmSync(folder, { recursive: true }));

  const runOf = (file: string, settings: Settings = {}): Promise<Run> => runJob({ file, settings }, () => false);

  for (const name of readdirSync(golden).filter((each) => each.endsWith('.json'))) {
    it(`has PyTorch's values: ${name}`, async () => {
      const { X, Y, layers, loss, l2, parameters, expected } = JSON.parse(readFileSync(join(golden, name), 'utf8'));
      const file = join(folder, name.replace('.json', '.gradient.json'));
      writeFileSync(file, JSON.stringify({ data: { X, Y }, layers, loss, l2, parameters, iterations: 0 }));
      const chainOf = createChainSource(await runOf(file));
      const L = layers.length;
      const sums = new Map<string, number[][]>();
      X.forEach((_: unknown, sample: number) => {
        const chain = chainOf(sample);
        const column = (what: string, values: number[]): void => {
          const { shown, rows, norm } = link(chain, what).values;
          assert.equal(rows, values.length, what);
          shown.forEach(([value], i) => assert.ok(close(value!, values[i]!), `${what}[${i}] of sample ${sample}: ${value} instead of ${values[i]}`));
          assert.ok(close(norm, Math.hypot(...values)), `norm of ${what}`);
        };
        column('A[0]', X[sample]);
        for (let l = 1; l <= L; l++) {
          column(`Z[${l}]`, expected.Z[l - 1][sample]);
          column(`A[${l}]`, expected.A[l - 1][sample]);
          column(`dZ[${l}]`, expected.dZ[l - 1][sample]);
          for (const parameter of ['dW', 'db']) {
            const { shown } = link(chain, `${parameter}[${l}]`).values;
            const sum = sums.get(`${parameter}[${l}]`) ?? shown.map((row) => row.map(() => 0));
            sums.set(`${parameter}[${l}]`, sum.map((row, i) => row.map((value, j) => value + shown[i]![j]!)));
          }
        }
        column('loss', [expected.loss[sample]]);
        column(`dA[${L}]`, expected.dAL[sample]);
      });
      // what the samples add makes the gradient of the cost, L2 apart
      for (let l = 1; l <= L; l++) {
        sums.get(`dW[${l}]`)!.forEach((row, i) => row.forEach((value, j) => {
          const wanted = expected.gradients[l - 1].dW[i][j] - (l2 / X.length) * parameters[l - 1].W[i][j];
          assert.ok(Math.abs(value - wanted) < 1e-9 * Math.max(1, Math.abs(wanted)), `dW[${l}][${i}][${j}]`);
        }));
        sums.get(`db[${l}]`)!.forEach(([value], i) => assert.ok(Math.abs(value! - expected.gradients[l - 1].db[i]) < 1e-9 * Math.max(1, Math.abs(value!)), `db[${l}][${i}]`));
      }
    });
  }

  it('says where the chain stops, and that this sample adds nothing', async () => {
    const run = await runOf(quadratic);
    const sample = run.samples.Z.data.findIndex((z, k) => z < 0 && run.samples.targets.data[k] !== 0);
    const chain = createChainSource(run)(sample);
    const z = Number(run.samples.Z.data[sample]!.toPrecision(5));
    assert.equal(link(chain, "g'(Z[2])").note, `g'(Z[2]) = 0 because Z[2] = ${z}: the chain stops here.`);
    assert.deepEqual(chain.links.filter(({ stops }) => stops).map(({ name }) => name), ["g'(Z[2])"]);
    assert.match(link(chain, 'dW[1]').note, /0 because dZ\[1\] = 0/);
    assert.match(chain.formula, /\\textcolor\{red\}\{\\underset\{0\}\{\\frac\{\\partial A\^\{\[2\]\}\}\{\\partial Z\^\{\[2\]\}\}\}\}/);
    assert.deepEqual(chain.shares.map(({ norm, share }) => [norm, share]), [[0, 0], [0, 0]]);
    assert.equal(chain.line, run.samples.lines[sample]);
  });

  it('keeps dAL apart from activation, sum and 1/m', async () => {
    const run = await runOf(quadratic);
    const chain = createChainSource(run)(15);
    const dAL = link(chain, 'dA[2]');
    assert.equal(dAL.values.shown[0]![0], run.samples.predictions.data[15]! - run.samples.targets.data[15]!);
    assert.match(dAL.meaning, /for mse A − Y\. It holds nothing of the activation, no sum over samples and no 1\/m/);
    assert.match(link(chain, 'dW[2]').meaning, /Here is the 1\/m, and nowhere else; dW\[2\] itself is the sum over all 20 samples/);
  });

  it('has shares that make a whole', async () => {
    const run = await runOf(penguins, { iterations: 30, split: 0.3, normalize: { target: 'standard' } });
    const chainOf = createChainSource(run);
    const chains = Array.from(run.samples.lines, (_, sample) => chainOf(sample));
    for (const k of [0, 1]) {
      const sum = chains.reduce((total, { shares }) => total + (shares[k]!.share ?? 0), 0);
      assert.ok(Math.abs(sum - 1) < 1e-9, `${sum}`);
    }
    const development = chains.filter((chain) => chain.development);
    assert.equal(development.length, run.samples.development!.reduce((sum, mark) => sum + mark, 0));
    assert.ok(development.every(({ shares }) => shares.every(({ share }) => share === null)));
    assert.match(link(development[0]!, 'dW[1]').meaning, /It is of the development set, so it adds nothing/);
  });

  it('shows dAL plainly where dZ is computed without it', async () => {
    const run = await runOf(penguins, { target: ['species'], iterations: 30 });
    const chain = createChainSource(run)(0);
    const dAL = link(chain, 'dA[2]').values.shown.flat();
    const A = link(chain, 'A[2]').values.shown.flat();
    assert.deepEqual(dAL, [-1 / A[0]!, 0, 0]);
    assert.match(link(chain, 'dZ[2]').meaning, /times the Jacobian of softmax, in which the fractions of dA\[2\] cancel/);
    assert.ok(!chain.links.some(({ name }) => name === "g'(Z[2])"));
  });

  it('does not call a stable pair stopped where its derivative rounds to 0', async () => {
    const file = join(folder, 'far.gradient.json');
    writeFileSync(file, JSON.stringify({ data: { X: [[100], [1]], Y: [[0], [1]] }, layers: [{ units: 1, activation: 'sigmoid' }], loss: 'binary-cross-entropy', parameters: [{ W: [[1]], b: [0] }], iterations: 0 }));
    const chain = createChainSource(await runOf(file))(0);
    assert.equal(link(chain, "g'(Z[1])").values.shown[0]![0], 0);
    assert.equal(link(chain, 'dZ[1]').values.shown[0]![0], 1);
    assert.ok(chain.links.every(({ stops }) => !stops));
    assert.doesNotMatch(chain.formula, /textcolor/);
  });

  it('tells saturation, a target that is met, and units through which nothing flows', async () => {
    const file = join(folder, 'notes.gradient.json');
    const parameters = [{ W: [[1], [-1]], b: [0, 0] }, { W: [[20, 20]], b: [0] }];
    writeFileSync(file, JSON.stringify({ data: { X: [[2], [0.5]], Y: [[0], [1]] }, layers: [{ units: 2, activation: 'relu' }, { units: 1, activation: 'tanh' }], parameters, iterations: 0 }));
    const chainOf = createChainSource(await runOf(file));
    assert.equal(link(chainOf(0), "g'(Z[2])").note, "g'(Z[2]) = 0 because Z[2] = 40, so far out that the derivative rounds to 0: the chain stops here.");
    const saturated = chainOf(1);
    assert.match(link(saturated, "g'(Z[2])").note, /is at most 8\.2\d+e-9: saturated/);
    assert.equal(link(saturated, "g'(Z[1])").note, "g'(Z[1]) = 0 in 1 of 2 units, where Z[1] ≤ 0: nothing flows back through them.");
    assert.equal(link(saturated, 'dW[2]').note, '0 in 1 of 2 columns, where A[1] = 0.');

    const met = join(folder, 'met.gradient.json');
    writeFileSync(met, JSON.stringify({ data: { X: [[-1], [1]], Y: [[0], [1]] }, layers: [{ units: 1, activation: 'relu' }], parameters: [{ W: [[1]], b: [0] }], iterations: 0 }));
    const chain = createChainSource(await runOf(met))(0);
    assert.deepEqual(chain.links.filter(({ stops }) => stops).map(({ name }) => name), ['dA[1]']);
    assert.equal(link(chain, "g'(Z[1])").note, "g'(Z[1]) = 0 because Z[1] = -1.");
  });

  it('writes TeX that KaTeX takes, for every activation and loss', async () => {
    for (const outputActivation of activationNames) {
      for (const loss of lossNames) {
        const hidden = activationNames.filter((name) => name !== 'softmax').map((activation) => ({ units: 1, activation }));
        const chain = createChainSource(await runOf(quadratic, { hidden, outputActivation, loss, iterations: 0 }))(2);
        for (const formula of [chain.formula, ...chain.links.map((each) => each.formula)]) assert.doesNotThrow(() => katex.renderToString(formula, { output: 'mathml', throwOnError: true, strict: 'error' }), formula);
      }
    }
  });

  it('takes the slope of each leaky ReLU', async () => {
    const file = join(folder, 'slopes.gradient.json');
    const layers = [{ units: 1, activation: 'leaky-relu', slope: 0.25 }, { units: 1, activation: 'leaky-relu', slope: 0 }, { units: 1, activation: 'leaky-relu' }];
    const parameters = layers.map(() => ({ W: [[1]], b: [-1] }));
    writeFileSync(file, JSON.stringify({ data: { X: [[-3]], Y: [[1]] }, layers, parameters, l2: 3, iterations: 0 }));
    const chain = createChainSource(await runOf(file))(0);
    assert.deepEqual([1, 2, 3].map((l) => link(chain, `A[${l}]`).values.shown[0]![0]), [-1, 0, -0.01]);
    assert.deepEqual([1, 2, 3].map((l) => link(chain, `g'(Z[${l}])`).values.shown[0]![0]), [0.25, 0, 0.01]);
    assert.match(link(chain, 'A[1]').formula, /else \} 0\.25\\,Z/);
    assert.match(link(chain, "g'(Z[3])").formula, /else \} 0\.01/);
    assert.equal(link(chain, "g'(Z[2])").note, "g'(Z[2]) = 0 because Z[2] = -2: the chain stops here.");
  });

  it('shows a part of a wide layer and counts the rest', async () => {
    const run = await runOf(quadratic, { hidden: [{ units: 300, activation: 'relu' }, { units: 200, activation: 'relu' }], iterations: 1 });
    const { values } = link(createChainSource(run)(4), 'dW[2]');
    assert.deepEqual([values.rows, values.columns, values.shown.length, values.shown[0]!.length], [200, 300, 8, 6]);
    assert.ok(values.zeros > 0 && values.zeros < 60_000);
  });
});
