// L2 so strong that the cost is about the weights and not about the samples.

import { l2Cost } from '../core/network';
import { attainsMore, explainsLess, NOTHING, POOR, type Facts } from './facts';
import { finding, type Finding } from './finding';
import { number, percent } from './format';
import * as remedies from './remedy';

/** λ / m beyond which plain shrinking, W := W (1 - α λ / m), outweighs standardized data, whose curvature is about 1. */
const STRONG = 1;
/** Through several layers less is enough: their product falls with each of them, until the output is a constant. */
const NOTICEABLE = 0.1;
const SHRUNK = 0.2;

export function overRegularized(facts: Facts): Finding | null {
  const { run, network } = facts;
  const { experiment } = run;
  const m = facts.view.trainingRows.length;
  const strength = experiment.l2 / m;
  if (experiment.l2 === 0 || !facts.trained || !explainsLess(facts.fit, POOR)) return null;
  const start = l2Cost(network, facts.startParameters, m);
  const end = l2Cost(network, facts.endParameters, m);
  const shrunk = Math.sqrt(end / start);
  const collapsed = strength > NOTICEABLE && shrunk < SHRUNK && attainsMore(facts);
  if (strength < STRONG && !(end > run.finalCost / 2) && !collapsed) return null;
  return finding({
    rule: 'over-regularized',
    severity: explainsLess(facts.fit, NOTHING) ? 'error' : 'warning',
    message: `L2 with λ = ${number(experiment.l2)} is too strong for ${m} samples: it holds the weights at 0, and the network explains ${percent(Math.max(0, facts.fit.explained))} of the target.`,
    explanation: 'λ/(2m) Σ W² is part of the cost, and here making W small pays more than predicting well. Divide λ by 10, or leave it out until the training samples are fitted.',
    evidence: [
      { name: 'λ / m', value: strength, limit: STRONG },
      { name: 'L2 part of the cost', value: end / run.finalCost, limit: 0.5 },
      { name: '‖W‖ at the end / at the start', value: shrunk, limit: SHRUNK },
    ],
    formula: 'l2',
    source: 'The course: regularization trades variance for bias. TheDeepChecker has over-regularized programs among its faults.',
    remedies: [remedies.l2(0), remedies.l2(Number((experiment.l2 / 10).toPrecision(3))), remedies.l2(Number((experiment.l2 / 100).toPrecision(3)))],
  });
}
