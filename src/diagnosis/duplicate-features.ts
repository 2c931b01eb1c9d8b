// Features that say the same as another one: equal up to scale and offset.

import type { Facts } from './facts';
import { finding, type Finding } from './finding';
import { list } from './format';
import * as remedies from './remedy';

/** |correlation| from which on two features are one: a conversion of units with rounding stays above it. */
const SAME = 0.9999;
const FEWEST = 10;
/** All pairs of more columns take too long for what they tell. */
const MAX_COLUMNS = 200;
const MAX_ROWS = 10_000;

export function duplicateFeatures(facts: Facts): Finding | null {
  const { run } = facts;
  const { X } = run.samples;
  if (X.rows < FEWEST || X.columns > MAX_COLUMNS) return null;
  const step = Math.ceil(X.rows / MAX_ROWS);
  // the columns of one category are related by nature
  const columns = run.data.features.filter(({ width }) => width === 1).map(({ name, first }) => ({ name, values: standardized(X.data, X.columns, first, step) }));
  const pairs: { one: string; other: string; correlation: number }[] = [];
  const left = new Set<string>();
  columns.forEach(({ name: one, values }, j) => {
    if (left.has(one)) return;
    for (const { name: other, values: others } of columns.slice(j + 1)) {
      const correlation = values.reduce((sum, value, k) => sum + value * others[k]!, 0) / values.length;
      if (!(Math.abs(correlation) > SAME) || left.has(other)) continue;
      pairs.push({ one, other, correlation });
      left.add(other);
    }
  });
  if (pairs.length === 0) return null;
  return finding({
    rule: 'duplicate-features',
    severity: 'warning',
    message: `${pairs.length === 1 ? 'Two features say' : 'Several features say'} the same: ${list(pairs.slice(0, 5).map(({ one, other }) => `"${other}" repeats "${one}"`))}.`,
    explanation: 'A feature that follows from another adds weights but no knowledge, and which of the two gets the weight is chance. Leave one of them out.',
    evidence: pairs.map(({ one, other, correlation }) => ({ name: `correlation of ${one} and ${other}`, value: correlation, limit: SAME })),
    layers: [1],
    formula: 'weight-gradient',
    source: 'Collinear features, as in any textbook of regression.',
    remedies: typeof run.experiment.data === 'string' ? [remedies.withoutFeatures(run.experiment, [...left])] : [],
  });
}

/** NaN throughout for a constant column, which is another rule's. */
function standardized(data: Float64Array, columns: number, first: number, step: number): Float64Array {
  const values = Float64Array.from({ length: Math.ceil(data.length / columns / step) }, (_, k) => data[k * step * columns + first]!);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / deviation);
}
