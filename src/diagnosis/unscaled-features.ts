// Features that are large, or of very different sizes, and not scaled.

import type { Matrix } from '../core/matrix';
import { divergenceCause, UNSCALED } from './divergence-cause';
import { explainsLess, GOOD, POOR, shareOf, type Facts } from './facts';
import { finding, type Finding, type Severity } from './finding';
import { list, number } from './format';
import * as remedies from './remedy';

/** From here on it is large enough to be the cause of what goes wrong. UMLAUT (CHI 2021) already warns beyond ±1. */
const LARGE = 100;
/** Largest over smallest standard deviation of the features: the cost is then a valley so many times longer than wide. */
const UNEQUAL = 100;
const MAX_NAMED = 4;

export function unscaledFeatures(facts: Facts): Finding | null {
  const { run } = facts;
  if (run.experiment.normalize.features !== 'none') return null;
  const sizes = columnSizes(run.samples.X);
  const largest = Math.max(...sizes.map((size) => size.largest));
  const spreads = sizes.map((size) => size.deviation).filter((value) => value > 0);
  const inequality = spreads.length > 1 ? Math.max(...spreads) / Math.min(...spreads) : 1;
  const cause = divergenceCause(facts) === 'unscaled-features';
  if (!cause && largest <= UNSCALED && inequality <= UNEQUAL) return null;
  const severity = cause ? 'error' : severityOf(facts, largest > LARGE || inequality > UNEQUAL);
  if (!severity) return null;

  const named = facts.featureNames.map((name, j) => ({ name, ...sizes[j]! })).sort((one, other) => other.largest - one.largest).slice(0, MAX_NAMED);
  const ranges = list(named.map(({ name, largest: top }) => `${name} (up to ${number(top)})`));
  const { outcome, experiment } = run;
  return finding({
    rule: 'unscaled-features',
    severity,
    message: cause && outcome.kind === 'diverged' ? `Cost became ${outcome.cost} at iteration ${outcome.iteration}: ${outcome.reason}.` : `The features are not scaled: ${ranges}${inequality > UNEQUAL ? `, and their spreads differ by a factor of ${number(inequality)}` : ''}.`,
    explanation: `dW[1] is dZ[1] times the features, so large features make large steps and units that are flat or dead, and no learning rate suits large and small ones alike. Standardize them: (x - mean) / standard deviation.`,
    details: cause ? [`Not scaled: ${ranges}.`] : [],
    evidence: [
      { name: 'largest |x|', value: largest, limit: UNSCALED, layer: 1 },
      { name: 'largest over smallest standard deviation', value: inequality, limit: UNEQUAL },
    ],
    layers: [1],
    formula: 'standardize',
    source: 'UMLAUT (CHI 2021) warns of inputs beyond -1 … 1; TheDeepChecker wants them normalized. The course: normalizing inputs.',
    remedies: [remedies.scaleFeatures(experiment), ...(run.data.task === 'regression' && experiment.normalize.target === 'none' ? [remedies.scaleBoth(experiment)] : []), ...remedies.withAdam(experiment, run.data.task === 'regression' ? remedies.scaleBoth(experiment) : remedies.scaleFeatures(experiment)), remedies.learningRate(experiment, 0.1), remedies.learningRate(experiment, 0.01), remedies.adam()],
  });
}

/** What was learned in spite of it is no reason to complain. */
function severityOf(facts: Facts, large: boolean): Severity | null {
  if (facts.trained && explainsLess(facts.fit, POOR)) return large || flattened(facts) ? 'error' : 'warning';
  if (facts.trained && explainsLess(facts.fit, GOOD)) return large ? 'warning' : 'info';
  return large ? 'info' : null;
}

/** Whether training left most units of a hidden layer dead or saturated, many of which were not so before. */
function flattened(facts: Facts): boolean {
  // a dead output is the nearer reason
  if (facts.run.history.deadOutputs.at(-1)! > 0) return false;
  const flat = (states: Facts['start']): number[] => shareOf(states, 'dead').map((share, k) => share + shareOf(states, 'saturated')[k]!);
  const before = flat(facts.start);
  return flat(facts.end).some((share, k) => share > 0.5 && share - before[k]! > 0.25);
}

function columnSizes({ rows, columns, data }: Matrix): { largest: number; deviation: number }[] {
  return Array.from({ length: columns }, (_, j) => {
    let largest = 0;
    let sum = 0;
    for (let k = j; k < data.length; k += columns) {
      largest = Math.max(largest, Math.abs(data[k]!));
      sum += data[k]!;
    }
    let squares = 0;
    for (let k = j; k < data.length; k += columns) squares += (data[k]! - sum / rows) ** 2;
    return { largest, deviation: Math.sqrt(squares / rows) };
  });
}
