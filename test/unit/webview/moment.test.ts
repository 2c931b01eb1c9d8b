// The scale that charts keep while a run is played back.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createMoments } from '../../../src/worker/moments';
import { reportOf } from '../../../src/worker/report';
import { momentScale, reportAt } from '../../../webview/moment';
import { curve } from '../diagnosis/support/data';
import { trained } from '../diagnosis/support/trained';

const quadratic = join(process.cwd(), 'examples/quadratic.gradient.json');

describe('a report at a moment', () => {
  it('has the numbers of the moment and the verdict of the end', async () => {
    const run = await trained(quadratic);
    const end = reportOf(run, '');
    const moment = createMoments(run).moment(5)!;
    const report = reportAt(end, moment);
    assert.deepEqual(report.predictions, moment.predictions);
    assert.deepEqual(report.points.prediction, moment.points.prediction);
    assert.deepEqual(report.points.target, end.points.target);
    assert.equal(report.verdict, end.verdict);
    assert.equal(reportAt(end, null), end);
  });
});

describe('scale of predictions', () => {
  it('holds targets, the end, and 0 where outputs die', async () => {
    const report = reportOf(await trained(quadratic), '');
    assert.deepEqual(momentScale(report, 0), { low: 0, high: 1140, fits: true });
  });

  it('takes no notice of 0 where it lies elsewhere', async () => {
    const report = reportOf(await trained({ data: curve((x) => 1000 + x), layers: [{ units: 2, activation: 'tanh' }, { units: 1, activation: 'linear' }], normalize: { features: 'none', target: 'standard' }, iterations: 50 }), '');
    const { low, high, fits } = momentScale(report, 0);
    assert.ok(fits && low > 990 && high < 1010, `${low} to ${high}`);
  });

  it('stays in sight of the targets where predictions blow up', async () => {
    const run = await trained({ data: curve((x) => x, { low: 0, high: 10 }), layers: [{ units: 3, activation: 'linear' }, { units: 1, activation: 'linear' }], optimizer: { name: 'sgd', learningRate: 1 }, iterations: 500 });
    const { low, high, fits } = momentScale(reportOf(run, ''), 0);
    assert.equal(fits, false);
    assert.ok(low >= -10 && high <= 20 && high > low, `${low} to ${high}`);
  });
});
