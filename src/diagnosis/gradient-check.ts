// What the gradient check found, layer by layer, in one finding.

import type { CheckVerdict, LayerCheck, ParameterCheck } from '../core/gradient-check';
import type { Facts } from './facts';
import { finding, type Finding, type Severity } from './finding';
import { layersText } from './format';
import * as remedies from './remedy';

/** Differences of derivatives below it are rounding of costs of about 1. */
const INVISIBLE = 1e-12;

/** A unit with a weight like this goes from one end of tanh to the other within a tenth of a standardized feature. */
const STEEP = 20;

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

export function gradientCheckFindings({ run, endParameters }: Facts): Finding | null {
  for (const verdict of ['wrong', 'suspicious', 'vacuous'] as const) {
    const layers = run.gradientCheck.layers.filter((layer) => has(layer, verdict));
    if (layers.length === 0) continue;
    const { severity, what, explanation } = sayings[verdict]!;
    const names = layers.map((layer) => layer.layer);
    const steep = verdict !== 'vacuous' && endParameters.layers.some(({ W }) => W.data.some((w) => Math.abs(w) > STEEP));
    return finding({
      rule: 'gradient-check',
      severity: steep ? 'info' : severity,
      message: `The gradient check of ${layersText(names)} ${what}.`,
      explanation: steep ? `Weights beyond ${STEEP} make the cost so steep and curved that a central difference may not be the derivative. Check again at smaller weights before looking for a mistake in the backward pass.` : explanation,
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
  return [dW, db].some((check) => check.verdict === verdict && (verdict === 'vacuous' || isVisible(check)));
}

/** Where a cost has fallen to 0 or nearly, its differences drown in rounding, and a gradient of 1e-20 agrees with nothing. */
function isVisible({ worst }: ParameterCheck): boolean {
  return worst === null || !(Math.abs(worst.analytic - worst.numeric) < INVISIBLE);
}
