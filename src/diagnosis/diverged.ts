// The cost became NaN or infinite: which operation made the first such number. Why is the matter of the rules before.

import type { Origin } from '../training/non-finite';
import { divergenceCause } from './divergence-cause';
import type { Facts } from './facts';
import { finding, type Finding } from './finding';
import * as remedies from './remedy';

const written: Record<Origin['operation'], (layer: number) => string> = {
  Z: (l) => `Z[${l}]`,
  A: (l) => `A[${l}]`,
  loss: () => 'the loss',
  cost: () => 'the cost (the sum of the losses overflows)',
  dA: (l) => `dA[${l}]`,
  dZ: (l) => `dZ[${l}]`,
  dW: (l) => `dW[${l}]`,
  db: (l) => `db[${l}]`,
  update: (l) => `the update of W[${l}] or b[${l}]`,
};

export function diverged(facts: Facts): Finding | null {
  const { outcome, experiment, samples } = facts.run;
  if (outcome.kind !== 'diverged') return null;
  const { iteration, cost, reason, origin } = outcome;
  const row = origin?.sample == null ? null : facts.view.trainingRows[origin.sample]!;
  const line = row === null ? null : samples.lines[row]!;
  const first = origin && `The first number that was not finite was ${written[origin.operation](origin.layer)} = ${origin.value}${line === null ? '' : `, of line ${line}`}.`;
  return finding({
    rule: 'diverged',
    severity: 'error',
    // where a cause is known, the finding that names it says the rest
    message: first !== null && divergenceCause(facts) !== 'diverged' ? first : `Cost became ${cost} at iteration ${iteration}: ${reason}.`,
    explanation:
      iteration === 0
        ? 'Nothing was trained. What is shown are the initial parameters.'
        : `Each update overshot and made the next gradient larger. What is shown are the parameters after ${facts.run.iterations} iterations, the last with a finite cost.`,
    details: first !== null && divergenceCause(facts) === 'diverged' ? [first] : [],
    evidence: [
      { name: 'cost', value: cost, iteration },
      ...(origin ? [{ name: written[origin.operation](origin.layer), value: origin.value, layer: origin.layer, iteration }] : []),
    ],
    samples: line === null || row === null ? [] : [{ sample: row, line, values: { target: samples.targets.data[row * samples.targets.columns]! } }],
    lines: line === null ? [] : [line],
    layers: origin ? [origin.layer] : [],
    formula: 'update',
    source: 'AUTOTRAINER (ICSE 2021) and UMLAUT (CHI 2021): NaN or infinite loss, weights or gradients.',
    remedies: [...(experiment.parameters ? [remedies.initialization('he'), remedies.initialization('xavier')] : []), remedies.learningRate(experiment, 0.1), remedies.clip(), remedies.scaleFeatures(experiment), remedies.scaleTarget(experiment)],
  });
}
