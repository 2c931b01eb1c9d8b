// One remedy tried: trained on the samples of its run, to bits that training from the file gives again.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnose } from '../../../src/diagnosis/diagnose';
import type { Settings } from '../../../src/experiment/settings';
import { runJob } from '../../../src/training/job';
import { measureOf } from '../../../src/trials/measure';
import { rowOfTrial } from '../../../src/trials/row';
import { distinctRemedies } from '../../../src/trials/table';
import { settingsToKeep, tryRemedy } from '../../../src/trials/trial';
import { curve } from '../diagnosis/support/data';
import { trained } from '../diagnosis/support/trained';
import { example, finish, remedy, remedyOf, runOf } from './support';

describe('trial', function () {
  this.timeout(60_000);

  const cases: [name: string, file: string, settings: Settings][] = [
    ['a CSV with every default', example('quadratic.csv'), {}],
    ['an experiment file', example('quadratic.gradient.json'), {}],
    ['classes with a development set and mini-batches', example('penguins.csv'), { target: ['species'], split: 0.3, batchSize: 32, iterations: 60, hidden: [{ units: 64, activation: 'tanh' }], missing: 'mean' }],
    ['large targets, whose scaling is decided by the output', example('penguins.csv'), { target: ['body_mass_g'], iterations: 60 }],
  ];
  for (const [name, file, settings] of cases) {
    it(`of every remedy gives the bits that training with its settings gives: ${name}`, async () => {
      const run = await runJob({ file, settings }, () => false);
      const remedies = [...distinctRemedies(diagnose(run)).filter(({ polynomial }) => !polynomial), remedy({ seed: 3 }), remedy({ outputActivation: 'linear', loss: run.experiment.loss }), remedy({ hidden: [{ units: 3, activation: 'tanh' }] })];
      for (const each of remedies) {
        const trial = runOf(finish(run, each));
        const again = await runJob({ file, settings: { ...settings, ...settingsToKeep(trial, each.change) } }, () => false);
        assert.deepEqual(again.experiment, trial.experiment, each.id);
        assert.deepEqual(again.parameters, trial.parameters, each.id);
        assert.deepEqual(again.costs, trial.costs, each.id);
      }
    });
  }

  it('judges another network by the same development samples', async () => {
    const run = await trained(example('penguins.csv'), { target: ['species'], split: 0.3, iterations: 5 });
    const other = runOf(finish(run, remedy({ hidden: [{ units: 3, activation: 'tanh' }], initialization: 'xavier' })));
    assert.deepEqual(other.samples.development, run.samples.development);
    const seed = runOf(finish(run, remedy({ seed: 8 })));
    assert.notDeepEqual(seed.samples.development, run.samples.development);
  });

  it('leaves features out as if the file were read without them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gradient-trial-'));
    try {
      const file = join(folder, 'mixed.csv');
      await writeFile(file, `colour,x,one,y\n${Array.from({ length: 30 }, (_, i) => `${['red', 'green', 'blue'][i % 3]},${i},1,${i * 2}`).join('\n')}\n`);
      const run = await runJob({ file, settings: { iterations: 20 } }, () => false);
      const trial = runOf(finish(run, remedyOf(run, 'without-one')));
      const again = await runJob({ file, settings: { iterations: 20, features: ['colour', 'x'] } }, () => false);
      assert.deepEqual(trial.units, again.units);
      assert.deepEqual(trial.parameters, again.parameters);
      assert.deepEqual(trial.samples.X, again.samples.X);
      assert.deepEqual(trial.data.features, again.data.features);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('that diverges is a result, with its reason', async () => {
    const run = await trained(example('quadratic.csv'));
    const linear = remedyOf(run, 'output-linear');
    const trial = finish(run, linear);
    assert.equal(runOf(trial).outcome.kind, 'diverged');
    const row = rowOfTrial(run, measureOf(run), linear, trial);
    assert.equal(row.outcome, 'diverged');
    assert.match(row.reason!, /learning rate|target/);
  });

  it('that does not fit the experiment is a result too', async () => {
    const run = await trained({ data: curve((x) => x), iterations: 5 });
    const trial = finish(run, remedy({ earlyStop: { patience: 5 } }));
    assert.ok(trial.kind === 'failed' && /every sample trains/.test(trial.problem), JSON.stringify(trial));
    const row = rowOfTrial(run, measureOf(run), remedy({}), trial);
    assert.deepEqual([row.outcome, row.dead, row.keep], ['failed', null, null]);
  });

  it('can be given up on the way', async () => {
    const run = await trained({ data: curve((x) => x), iterations: 50 });
    const steps = tryRemedy(run, remedy({ seed: 2 }));
    for (let k = 0; k < 10; k++) assert.deepEqual(steps.next().value, { iteration: k, iterations: 50 });
    assert.equal(steps.return(undefined as never).done, true);
    assert.equal(steps.next().done, true);
  });

  it('of a run that was stopped makes as many updates', async () => {
    let updates = 0;
    const run = await runJob({ file: example('quadratic.csv'), settings: { iterations: 1_000_000 } }, () => updates++ === 40);
    assert.equal(run.outcome.kind, 'cancelled');
    const trial = runOf(finish(run, remedyOf(run, 'output-linear-scaled')));
    assert.equal(trial.iterations, run.iterations);
    assert.equal(trial.outcome.kind, 'completed');
  });

  it('of the polynomial is its formula, evaluated', async () => {
    const run = await trained(example('quadratic.csv'));
    const polynomial = remedyOf(run, 'polynomial');
    const row = rowOfTrial(run, measureOf(run), polynomial, finish(run, polynomial));
    assert.deepEqual(row.formula!.map(({ text }) => text), ['y = 3x² + 3x']);
    assert.ok(row.cost.training < 1e-15);
    assert.deepEqual([row.outcome, row.dead, row.keep, row.curve], ['fitted', { count: 0, of: 20 }, null, null]);
    assert.ok(row.predictions![0]!.every((y, x) => Math.abs(y - (3 * x * x + 3 * x)) < 1e-9));
  });
});
