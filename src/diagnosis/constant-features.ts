// Features that are the same in every sample: nothing can be learned from them.

import type { Facts } from './facts';
import { finding, type Finding } from './finding';
import { list, number, plural } from './format';
import * as remedies from './remedy';

/** Two samples that agree are no reason to wonder. */
const FEWEST = 10;

export function constantFeatures(facts: Facts): Finding | null {
  const { run, featureNames } = facts;
  const { rows, columns, data } = run.samples.X;
  if (rows < FEWEST) return null;
  const constant = featureNames.flatMap((name, j) => {
    for (let k = j; k < data.length; k += columns) if (data[k] !== data[j]) return [];
    return [{ name, value: data[j]! }];
  });
  if (constant.length === 0) return null;
  const names = constant.map(({ name }) => name);
  return finding({
    rule: 'constant-features',
    severity: 'warning',
    message: `${constant.length === 1 ? 'A feature is' : `${plural(constant.length, 'feature')} are`} constant: ${list(constant.slice(0, 5).map(({ name, value }) => `"${name}" (always ${number(value)})`))}.`,
    explanation: 'A feature that never changes cannot tell one sample from another; it only adds to b[1]. Leave it out, or look why it does not change.',
    evidence: constant.map(({ name, value }) => ({ name: `value of ${name}`, value })),
    layers: [1],
    formula: 'weight-gradient',
    source: 'TheDeepChecker (Ben Braiek and Khomh, 2023): a feature of standard deviation 0.',
    remedies: typeof run.experiment.data === 'string' && names.length < run.experiment.features.length ? [remedies.withoutFeatures(run.experiment, names)] : [],
  });
}
