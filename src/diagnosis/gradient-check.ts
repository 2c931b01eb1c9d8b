// What the gradient check found, layer by layer, in one finding.

import type { CheckVerdict, LayerCheck } from '../core/gradient-check';
import type { Run } from '../training/run';
import type { Finding, Severity } from './finding';

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

export function gradientCheckFindings(run: Run): Finding | null {
  for (const verdict of ['wrong', 'suspicious', 'vacuous'] as const) {
    const layers = run.gradientCheck.layers.filter((layer) => has(layer, verdict));
    if (layers.length === 0) continue;
    const { severity, what, explanation } = sayings[verdict]!;
    const names = layers.map((layer) => layer.layer);
    return {
      rule: 'gradient-check',
      severity,
      message: `The gradient check of layer${names.length > 1 ? 's' : ''} ${new Intl.ListFormat('en').format(names.map(String))} ${what}.`,
      explanation,
      lines: [],
      layers: names,
    };
  }
  return null;
}

function has({ dW, db }: LayerCheck, verdict: CheckVerdict): boolean {
  return dW.verdict === verdict || db.verdict === verdict;
}
