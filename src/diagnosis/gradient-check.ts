// What the gradient check found, layer by layer, in one finding.

import type { CheckVerdict, LayerCheck } from '../core/gradient-check';
import type { Facts } from './facts';
import { finding, type Finding, type Severity } from './finding';
import { layersText } from './format';
import * as remedies from './remedy';

interface Saying {
  readonly severity: Severity;
  readonly what: string;
  readonly explanation: string;
}

const sayings: Partial<Record<CheckVerdict, Saying>> = {
  wrong: {
    severity: 'error',
    what: 'is wrong: analytic and numeric gradient differ by more than 1e-3',
    explanation: 'The backward pass does not compute the derivative of this cost. Look at the worst entry of the lowest layer that still agrees.',
  },
  suspicious: {
    severity: 'warning',
    what: 'is suspicious: analytic and numeric gradient differ by more than 1e-5',
    explanation: 'That is more than rounding explains. Look at the worst entry.',
  },
  vacuous: {
    severity: 'warning',
    what: 'is vacuous: both sides are 0, which proves nothing',
    explanation: 'No gradient arrives here, so there is nothing to compare. Where every output or unit is dead, revive it first and check again.',
  },
};

export function gradientCheckFindings({ run }: Facts): Finding | null {
  for (const verdict of ['wrong', 'suspicious', 'vacuous'] as const) {
    const layers = run.gradientCheck.layers.filter((layer) => has(layer, verdict));
    if (layers.length === 0) continue;
    const { severity, what, explanation } = sayings[verdict]!;
    const names = layers.map((layer) => layer.layer);
    return finding({
      rule: 'gradient-check',
      severity,
      message: `The gradient check of ${layersText(names)} ${what}.`,
      explanation,
      evidence: layers.flatMap(({ layer, dW, db }) =>
        [
          { name: `relative difference of dW[${layer}]`, value: dW.relativeDifference, layer },
          { name: `relative difference of db[${layer}]`, value: db.relativeDifference, layer },
        ].flatMap(({ value, ...rest }) => (value === null ? [] : [{ ...rest, value, limit: 1e-7 }])),
      ),
      layers: names,
      formula: 'gradient-check',
      source: 'The course: gradient checking, 1e-7 is right and 1e-3 wrong.',
      remedies: verdict === 'vacuous' ? [remedies.seed(run.experiment)] : [],
    });
  }
  return null;
}

function has({ dW, db }: LayerCheck, verdict: CheckVerdict): boolean {
  return dW.verdict === verdict || db.verdict === verdict;
}
