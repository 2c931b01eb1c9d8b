// Each rule beside its opposite: what triggers it is in the table of faults or here, what comes near and must not is here.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Experiment } from '../../../src/experiment/schema';
import { diagnose } from '../../../src/diagnosis/diagnose';
import { ruleNames, type Finding, type RuleName } from '../../../src/diagnosis/finding';
import { marksOf } from '../../../src/diagnosis/marks';
import { blobs, circles, constantParameters, counts, curve, moons, normalParameters, spirals, surface } from './support/data';
import { faulty } from './support/experiments';
import { trained } from './support/trained';

const sgd = (learningRate: number) => ({ name: 'sgd', learningRate }) as const;
const adam = (learningRate: number) => ({ name: 'adam', learningRate }) as const;
const tanh = (units: number, output: 'linear' | 'sigmoid' | 'relu' = 'linear'): NonNullable<Experiment['layers']> => [{ units, activation: 'tanh' }, { units: 1, activation: output }];
const relu = (units: number, output: 'linear' | 'sigmoid' | 'relu' = 'linear'): NonNullable<Experiment['layers']> => [{ units, activation: 'relu' }, { units: 1, activation: output }];
const quadratic = join(process.cwd(), 'examples/quadratic.gradient.json');

const exponential = curve((x) => Math.exp(2 * x), { m: 100 });

/** What comes near each rule without being it. */
const harmless: readonly { readonly rule: RuleName; readonly why: string; readonly experiment: Experiment }[] = [
  { rule: 'wrong-loss', why: 'mse on numbers that are no classes', experiment: { data: curve((x) => x), layers: tanh(4), iterations: 100 } },
  { rule: 'unreachable-target', why: 'targets of exactly 0 under ReLU', experiment: { data: curve((x) => Math.max(0, x)), layers: relu(8, 'relu'), iterations: 100 } },
  { rule: 'unreachable-target', why: 'a target divided by its largest value under sigmoid', experiment: { data: curve((x) => 9 + 4 * x), layers: tanh(4, 'sigmoid'), loss: 'mse', normalize: { features: 'standard', target: 'scale' }, iterations: 100 } },
  { rule: 'symmetric-units', why: 'equal W[1], but W[2] tells the units apart', experiment: { data: curve(Math.sin), layers: tanh(4), parameters: [constantParameters([1, 4], 0.5)[0]!, normalParameters([4, 1], 0.5)[0]!], iterations: 50 } },
  { rule: 'unscaled-features', why: 'features up to 9', experiment: { data: curve((x) => x, { low: 0, high: 9 }), layers: tanh(4), iterations: 20 } },
  { rule: 'outliers', why: 'a long tail', experiment: { data: exponential, layers: tanh(8), optimizer: adam(0.02), iterations: 100 } },
  { rule: 'unscaled-target', why: 'a target up to 1000 that was learned', experiment: { data: curve((x) => 500 * x, { m: 40 }), layers: [{ units: 1, activation: 'linear' }], optimizer: sgd(0.1), iterations: 200 } },
  { rule: 'exploding-gradient', why: 'initialization he in eight ReLU layers', experiment: { data: surface(3, ([a]) => a!), layers: [...Array.from({ length: 8 }, () => ({ units: 8, activation: 'relu' as const })), { units: 1, activation: 'linear' }], optimizer: sgd(0.01), iterations: 60 } },
  { rule: 'learning-rate-too-large', why: 'the noise of mini-batches', experiment: { data: surface(2, ([a, b]) => a! - b!, { m: 120, noise: 0.3 }), layers: tanh(8), optimizer: sgd(0.05), batchSize: 4, iterations: 600 } },
  { rule: 'diverged', why: 'a cost that rises and comes down again', experiment: { data: curve(Math.sin), layers: tanh(8), optimizer: adam(0.5), iterations: 200 } },
  { rule: 'over-regularized', why: 'λ = 1 for 100 samples', experiment: { data: surface(2, ([a, b]) => a! - b!), layers: tanh(8), l2: 1, optimizer: sgd(0.1), iterations: 300 } },
  { rule: 'dead-units', why: 'a few dead units of many', experiment: { data: curve((x) => x, { low: 0, high: 2 }), layers: relu(16), optimizer: sgd(0.05), iterations: 200, seed: 5 } },
  { rule: 'saturated-units', why: 'steep units of a network that separates its classes', experiment: { data: blobs({ distance: 8 }), layers: tanh(4, 'sigmoid'), optimizer: adam(0.3), iterations: 300 } },
  { rule: 'vanishing-gradient', why: 'four sigmoid layers that learned all the same', experiment: { data: curve(Math.sin, { low: -3, high: 3 }), layers: [...Array.from({ length: 4 }, () => ({ units: 8, activation: 'sigmoid' as const })), { units: 1, activation: 'linear' }], initialization: 'xavier', optimizer: adam(0.03), iterations: 700 } },
  { rule: 'learning-rate-too-small', why: 'a target that the features say nothing about', experiment: { data: surface(2, () => 0, { noise: 1 }), layers: tanh(4), optimizer: sgd(0.01), iterations: 200 } },
  { rule: 'high-bias', why: 'what is not explained is noise', experiment: { data: curve((x) => x, { noise: 1.5, m: 200 }), layers: tanh(4), optimizer: sgd(0.05), iterations: 300 } },
  { rule: 'high-variance', why: 'development samples predicted as well', experiment: { data: surface(2, ([a, b]) => a! - b!, { m: 200, noise: 0.1 }), layers: tanh(8), optimizer: sgd(0.1), split: 0.3, iterations: 300 } },
  { rule: 'high-variance', why: 'a network that follows what simpler methods cannot, trained on every sample', experiment: { data: spirals(), layers: [{ units: 24, activation: 'tanh' }, ...tanh(24, 'sigmoid')], optimizer: adam(0.02), iterations: 600 } },
  { rule: 'wrong-loss', why: 'counts', experiment: { data: counts(), layers: tanh(8), iterations: 50 } },
  { rule: 'learning-rate-too-large', why: 'one b that settles where everything below is dead', experiment: { data: surface(2, ([a]) => a!), layers: [...tanh(8).slice(0, 1), ...relu(8)], parameters: normalParameters([2, 8, 8, 1], 0.5, [0, -12, 0]), optimizer: adam(0.01), iterations: 400 } },
  { rule: 'vanishing-gradient', why: 'a gradient that is small at the end because all was learned', experiment: { data: moons(), layers: [{ units: 12, activation: 'tanh' }, ...tanh(12, 'sigmoid')], optimizer: adam(0.02), iterations: 300 } },
  { rule: 'constant-features', why: 'a feature that changes once', experiment: { data: { X: Array.from({ length: 30 }, (_, s) => [s / 10, s === 7 ? 1 : 0]), Y: Array.from({ length: 30 }, (_, s) => [s]) }, layers: tanh(4), iterations: 20 } },
  { rule: 'duplicate-features', why: 'two related features', experiment: { data: surface(2, ([a, b]) => a! - b!), layers: tanh(4), iterations: 20 } },
  { rule: 'overkill', why: 'a sine over several periods', experiment: { data: curve((x) => Math.sin(4 * x), { m: 100 }), layers: tanh(16), optimizer: adam(0.03), iterations: 300 } },
  { rule: 'dead-output', why: 'negative pre-activations under a linear output', experiment: { data: curve((x) => x), layers: tanh(4), iterations: 100 } },
  { rule: 'gradient-check', why: 'a network that learns', experiment: { data: curve((x) => x), layers: tanh(4), iterations: 100 } },
];

async function findings(experiment: Experiment | string): Promise<Finding[]> {
  return diagnose(await trained(experiment));
}

async function the(rule: RuleName, experiment: Experiment | string): Promise<Finding> {
  const found = (await findings(experiment)).find((finding) => finding.rule === rule);
  assert.ok(found, `no finding ${rule}`);
  return found;
}

describe('rules', function () {
  this.timeout(30_000);

  for (const { rule, why, experiment } of harmless) {
    it(`${rule} is not triggered by: ${why}`, async () => {
      const found = (await findings(experiment)).filter((finding) => finding.rule === rule);
      assert.deepEqual(found.map(({ severity, message }) => `${severity}: ${message}`), []);
    });
  }

  it('each have something that comes near', () => {
    // one class of twenty that is told apart is worth knowing, but no warning; the others are about the file
    const apart: readonly RuleName[] = ['class-imbalance', 'cost-flat', 'skipped-lines', 'columns-left-out'];
    assert.deepEqual(ruleNames.filter((rule) => !apart.includes(rule) && !harmless.some((each) => each.rule === rule)), []);
  });

  it('each trigger on some fault', () => {
    const apart: readonly RuleName[] = ['gradient-check', 'cost-flat', 'skipped-lines', 'columns-left-out', 'overkill'];
    assert.deepEqual(ruleNames.filter((rule) => !apart.includes(rule) && !faulty.some((each) => each.rule === rule)), []);
  });

  it('class-imbalance does not warn where the small class is told apart', async () => {
    const found = await the('class-imbalance', { data: blobs({ m: 300, share: 0.05, distance: 8 }), layers: tanh(4, 'sigmoid'), optimizer: adam(0.05), iterations: 300 });
    assert.equal(found.severity, 'info');
  });

  it('cost-flat says where the features may be useless, and nothing where something was learned', async () => {
    const useless = await the('cost-flat', { data: surface(2, () => 0, { noise: 1 }), layers: [{ units: 1, activation: 'linear' }], optimizer: sgd(0.5), iterations: 400 });
    assert.equal(useless.severity, 'info');
    assert.match(useless.explanation, /may say nothing about the target/);
    const learned = await findings({ data: curve((x) => x), layers: tanh(4), optimizer: sgd(0.1), iterations: 300 });
    assert.ok(!learned.some(({ rule }) => rule === 'cost-flat'));
  });

  it('overkill measures a polynomial against what training samples flatter', async () => {
    const found = await the('overkill', { data: curve((x) => 2 * x + 1, { m: 100, noise: 0.3 }), layers: [{ units: 16, activation: 'tanh' }, ...tanh(16)], optimizer: adam(0.01), iterations: 500 });
    assert.match(found.message, /^A polynomial of degree 1 fits as well: y = /);
  });

  it('gradient-check calls a check of a dead network vacuous', async () => {
    const found = await the('gradient-check', { data: curve((x) => x + 3), layers: tanh(2, 'relu'), parameters: normalParameters([1, 2, 1], 0.5, -5), iterations: 0 });
    assert.match(found.message, /layers 1 and 2 is vacuous/);
  });
});

describe('evidence', function () {
  this.timeout(30_000);

  it('of dead outputs: the pattern, why learning does not help, since when, and each sample', async () => {
    const found = await the('dead-output', quadratic);
    assert.ok(found.details.includes('All 6 dead samples have x < 5.5, and no other has.'), found.details.join('\n'));
    assert.ok(found.details.some((sentence) => /No target is negative, but the linear part of layer 2/.test(sentence) && /dAL \* 0 = 0/.test(sentence)));
    assert.ok(found.details.some((sentence) => /^Dead without a break: 6 since iteration \d+ to [\d,]+\.$/.test(sentence)));
    assert.deepEqual(found.samples.map(({ line }) => line), [2, 3, 4, 5, 6, 7]);
    const run = await trained(quadratic);
    for (const { line, values } of found.samples) {
      assert.ok(values['Z']! < 0 && values['prediction'] === 0 && values['target'] === 3 * (line - 2) ** 2 + 3 * (line - 2));
      assert.ok(run.history.iterations.includes(values['deadSince']!));
    }
  });

  it('of dead outputs: not since before the one moment at which they died', async () => {
    const dead = { data: curve((x) => x * x + 5), layers: tanh(2, 'relu'), parameters: normalParameters([1, 2, 1], 0.1, [0, -1]), iterations: 30 };
    const found = await the('dead-output', dead);
    assert.ok(found.samples.every(({ values }) => values['deadSince'] === 0));
    assert.ok(found.details.includes('Dead without a break: all 60 from the start.'), found.details.join('\n'));
  });

  it('of a pattern in a category', async () => {
    const rows = Array.from({ length: 40 }, (_, s) => [s % 2, (s % 7) / 7]);
    // Z = 2 - 4 x1: dead exactly where x1 = 1
    const found = await the('dead-output', { data: { X: rows, Y: rows.map(() => [3]).map(([y], s) => [y! + (s % 3)]) }, layers: [{ units: 1, activation: 'relu' }], parameters: [{ W: [[-4, 0]], b: [2] }], iterations: 0 });
    assert.ok(found.details.includes('All 20 dead samples have x1 > 0.5, and no other has.'), found.details.join('\n'));
  });

  it('of a divergence: the operation, the layer and the line', async () => {
    const experiment: Experiment = { data: { X: [[1], [2], [3]], Y: [[0], [1], [0]] }, layers: [{ units: 1, activation: 'relu' }], loss: 'binary-cross-entropy', parameters: [{ W: [[1]], b: [-1] }], iterations: 3 };
    const found = await the('diverged', experiment);
    assert.match(found.message, /^The first number that was not finite was the loss = (NaN|Infinity), of line \d+\.$/);
    assert.deepEqual(found.layers, [1]);
  });

  it('of outliers: their lines', async () => {
    const slip = faulty.find(({ rule }) => rule === 'outliers')!;
    const found = await the('outliers', slip.experiment);
    assert.equal(found.samples.length, 1);
    assert.equal(found.samples[0]!.values['target'], 300);
    assert.match(found.message, /300 on line \d+/);
  });

  it('of high variance: the learning curve, with or without a development set', async () => {
    for (const { experiment } of faulty.filter(({ rule }) => rule === 'high-variance')) {
      const { learningCurve } = await the('high-variance', experiment);
      assert.ok(learningCurve && learningCurve.length >= 3);
      assert.ok(learningCurve.at(-1)!.development > 1.5 * learningCurve.at(-1)!.training);
    }
    const alone = await the('high-variance', faulty.find(({ name }) => /no sample is set aside/.test(name))!.experiment);
    assert.ok(alone.remedies.some(({ change }) => change.split !== undefined && change.earlyStop !== undefined));
  });

  it('of high variance: when the development cost was lowest', async () => {
    const found = await the('high-variance', faulty.find(({ rule }) => rule === 'high-variance')!.experiment);
    assert.ok(found.details.some((sentence) => /^The development cost was lowest at iteration/.test(sentence)));
    assert.ok(found.remedies.some(({ change }) => change.earlyStop !== undefined));
    assert.ok(found.remedies.some(({ change }) => change.l2 !== undefined));
  });
});

describe('remedies', function () {
  this.timeout(30_000);

  it('of the quadratic example: one brings the dead outputs to 0 and the error down ten times', async () => {
    const run = await trained(quadratic);
    const error = (of: typeof run): number => of.samples.targets.data.reduce((sum, y, k) => sum + (y - of.samples.predictions.data[k]!) ** 2, 0);
    const { remedies } = await the('dead-output', quadratic);
    const results = [];
    for (const { id, change } of remedies) {
      const { clip: _, earlyStop: __, ...settings } = change;
      if (Object.keys(settings).length === 0) continue;
      const tried = await trained(quadratic, settings);
      results.push({ id, dead: diagnose(tried).some(({ rule }) => rule === 'dead-output'), times: error(run) / error(tried) });
    }
    assert.ok(results.some(({ dead, times }) => !dead && times > 10), JSON.stringify(results));
  });

  it('leave out what the experiment already has', async () => {
    const { experiment } = faulty.find(({ name }) => name === 'eight layers of sigmoid')!;
    const ids = (await the('vanishing-gradient', experiment)).remedies.map(({ id }) => id);
    assert.ok(ids.includes('hidden-relu'), ids.join());
    assert.ok(!ids.includes('initialization-xavier'), ids.join());
  });

  it('keep what they do not change: the loss beside a new output, the scaling of the features beside that of the target', async () => {
    const found = await the('dead-output', { data: curve((x) => x * x + 5), layers: tanh(2, 'relu'), loss: 'huber', normalize: { features: 'minmax', target: 'none' }, parameters: normalParameters([1, 2, 1], 0.1, [0, -1]), iterations: 30 });
    for (const { change } of found.remedies) {
      if (change.outputActivation !== undefined) assert.equal(change.loss, 'huber');
      if (change.normalize !== undefined) assert.equal(change.normalize.features, 'minmax');
    }
  });

  it('name samples by their number in the file, and their line', async () => {
    const negative = { data: curve((x) => x), layers: tanh(4, 'relu'), iterations: 50 };
    const far = { data: { X: Array.from({ length: 40 }, (_, s) => [s]), Y: Array.from({ length: 40 }, (_, s) => [s === 33 ? 1e5 : s]) }, layers: tanh(4), iterations: 50 };
    const burst = { data: curve(Math.sin), layers: tanh(8), optimizer: sgd(1e6), iterations: 100 };
    for (const [rule, experiment] of [['dead-output', quadratic], ['unreachable-target', negative], ['outliers', far], ['diverged', burst]] as const) {
      const run = await trained(experiment);
      const { samples } = diagnose(run).find((each) => each.rule === rule)!;
      assert.ok(samples.length > 0, rule);
      for (const { sample, line, values } of samples) {
        assert.equal(run.samples.lines[sample], line, rule);
        assert.equal(run.samples.targets.data[sample], values['target'], rule);
      }
    }
  });
});

describe('marks of a run', () => {
  it('name the first dead output and the jump of the cost, in the order of time', async () => {
    const run = await trained(quadratic);
    const marks = marksOf(run);
    const dead = marks.find(({ kind }) => kind === 'dead-output')!;
    assert.equal(run.history.deadOutputs.findIndex((count) => count > 0), dead.snapshot);
    assert.equal(dead.iteration, run.history.iterations[dead.snapshot]);
    assert.ok(marks.some(({ kind }) => kind === 'cost-rose'));
    assert.deepEqual(marks.map(({ snapshot }) => snapshot), marks.map(({ snapshot }) => snapshot).sort((a, b) => a - b));
  });

  it('are none for a run where nothing happened', async () => {
    assert.deepEqual(marksOf(await trained({ data: circles(), layers: tanh(8, 'sigmoid'), optimizer: sgd(0.1), iterations: 100 })), []);
  });
});
