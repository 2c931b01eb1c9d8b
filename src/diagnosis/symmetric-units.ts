// Units of a layer that started equal: equal inputs and outputs give equal gradients, so they stay equal for ever.

import type { Parameters } from '../core/parameters';
import type { Facts } from './facts';
import { finding, type Finding } from './finding';
import { count } from './format';
import * as remedies from './remedy';

/** Sums of the same numbers in the same order are the same bits; this leaves room for another order. */
const EQUAL = 1e-9;

export function symmetricUnits(facts: Facts): Finding | null {
  const found = Array.from({ length: facts.L - 1 }, (_, k) => {
    const units = facts.run.units[k + 1]!;
    const start = distinctUnits(facts.startParameters, k);
    return { layer: k + 1, units, start, end: Math.max(start, distinctUnits(facts.endParameters, k)) };
  }).filter(({ units, start, end }) => start < units && end < units);
  const [first] = found;
  if (!first) return null;
  const layers = found.map(({ layer }) => layer);
  const zero = facts.startParameters.layers.every(({ W }) => W.data.every((w) => w === 0));
  const { experiment } = facts.run;
  return finding({
    rule: 'symmetric-units',
    severity: found.some(({ units, end }) => end <= units / 2) ? 'error' : 'warning',
    message:
      first.end === 1
        ? `All ${count(first.units)} units of layer ${first.layer} are equal${facts.trained ? `, after ${count(facts.run.iterations)} iterations as at the start` : ''}: the symmetry of ${zero ? 'W = 0' : 'equal W'} is never broken.`
        : `Of the ${count(first.units)} units of layer ${first.layer} only ${count(first.end)} differ: the others started equal and stay so.`,
    explanation: `Units with the same weights get the same gradient, so every update keeps them the same and the layer counts as ${first.end === 1 ? 'one unit' : `${count(first.end)} units`}. Start W with random values; b may start at 0.`,
    details: zero ? ['With every W at 0 nothing gets through either way: A of the hidden layers is the same for all samples, and dA[l] = W[l+1]ᵀ dZ[l+1] is 0.'] : [],
    evidence: found.map(({ layer, units, end }) => ({ name: `different units of layer ${layer}`, value: end, limit: units, layer })),
    layers,
    formula: 'weight-gradient',
    source: 'SageMaker Debugger, PoorWeightInitialization: a good initialization breaks the symmetry. TheDeepChecker: the variance of each initial W must not be 0.',
    remedies: [remedies.initialization('he'), remedies.initialization('xavier'), remedies.initialization('small'), ...remedies.withAdam(experiment, remedies.initialization('he')), ...(experiment.layers.at(-1)!.activation === 'relu' ? [remedies.both(remedies.initialization('he'), remedies.output(experiment, 'linear'))] : [])],
  });
}

/** Units of layer k + 1 that differ in what comes in (W, b) or in what goes out (the column of the next W). */
function distinctUnits({ layers }: Parameters, k: number): number {
  const { W, b } = layers[k]!;
  const next = layers[k + 1]!.W;
  const different: number[] = [];
  for (let i = 0; i < W.rows; i++) {
    const same = different.some((other) => {
      if (!near(b[i]!, b[other]!)) return false;
      for (let j = 0; j < W.columns; j++) if (!near(W.data[i * W.columns + j]!, W.data[other * W.columns + j]!)) return false;
      for (let j = 0; j < next.rows; j++) if (!near(next.data[j * next.columns + i]!, next.data[j * next.columns + other]!)) return false;
      return true;
    });
    if (!same) different.push(i);
  }
  return different.length;
}

function near(one: number, other: number): boolean {
  return Math.abs(one - other) <= EQUAL * Math.max(Math.abs(one), Math.abs(other));
}
