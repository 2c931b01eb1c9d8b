// A few targets so far from all others that a squared loss is mostly about them.

import { explainsLess, POOR, type Facts } from './facts';
import { finding, type Finding } from './finding';
import { quantile } from './fit';
import { count, list, number, percent, plural } from './format';
import * as remedies from './remedy';

/** Tukey's outer fences (Exploratory Data Analysis, 1977): so many times the middle half's width beyond it is "far out". */
const FAR_OUT = 3;
/** More of them are no outliers but a long tail; and where they stand alone, another kind of sample. */
const FEW = 0.03;
const FEW_ALONE = 0.05;
/** So many widths of the middle half lie between them and the rest: a tail thins out, a mistake stands alone. */
const ALONE = 1;
const FEWEST_SAMPLES = 20;
/** Share of all squared distances from the median that they make up. */
const DOMINANT = 0.5;
const MAX_NAMED = 5;

export function outliers(facts: Facts): Finding | null {
  const { run } = facts;
  const { targets, predictions, lines } = run.samples;
  if (run.data.task !== 'regression' || targets.rows < FEWEST_SAMPLES) return null;
  for (let j = 0; j < targets.columns; j++) {
    const values = targets.data.filter((_, k) => k % targets.columns === j);
    const sorted = values.slice().sort();
    const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share)) as [number, number, number];
    const fence = FAR_OUT * (high - low);
    if (!(fence > 0)) continue;
    const far = Array.from(values.keys()).filter((s) => values[s]! < low - fence || values[s]! > high + fence);
    const isFar = new Set(far);
    if (far.length === 0 || far.length > Math.max(1, FEW_ALONE * targets.rows)) continue;
    const squares = (rows: Iterable<number>): number => Array.from(rows).reduce((sum, s) => sum + (values[s]! - middle) ** 2, 0);
    const share = squares(far) / squares(values.keys());
    const absolute = run.experiment.loss === 'mae' || run.experiment.loss === 'huber';
    const beyond = (s: number): number => Math.max(values[s]! - high, low - values[s]!);
    const inner = Array.from(values.keys()).filter((s) => !isFar.has(s)).reduce((most, s) => Math.max(most, beyond(s)), 0);
    const alone = Math.min(...far.map(beyond)) - inner > ALONE * (high - low);
    const limit = Math.max(1, (alone ? FEW_ALONE : FEW) * targets.rows);
    if (far.length > limit) continue;
    const named = far.slice(0, MAX_NAMED).map((s) => `${number(values[s]!)} on line ${lines[s]!}`);
    return finding({
      rule: 'outliers',
      severity: share <= DOMINANT || absolute || !alone ? 'info' : facts.trained && explainsLess(facts.fit, POOR) ? 'error' : 'warning',
      message: `${plural(far.length, 'target')} of "${facts.outputNames[j]}" ${far.length === 1 ? 'is' : 'are'} far from all others: ${list(named)}${far.length > named.length ? ` and ${count(far.length - named.length)} more` : ''}, where half of all lie in ${number(low)} … ${number(high)}.`,
      explanation: `Such outliers make up ${percent(share)} of all squared distances, so ${absolute ? `a squared loss would be mostly about them; ${run.experiment.loss} is not` : 'the cost and every gradient are mostly about them'}. Look whether ${far.length === 1 ? 'it is a mistake' : 'they are mistakes'}; if not, huber or mae count a distance once instead of squared.`,
      evidence: [
        { name: 'outliers', value: far.length, limit },
        { name: 'their share of the squared distances from the median', value: share, limit: DOMINANT },
        { name: 'largest distance from the middle half / its width', value: Math.max(...far.map(beyond)) / (high - low), limit: FAR_OUT },
      ],
      samples: far.slice(0, 100).map((s) => ({ sample: s, line: lines[s]!, values: { target: values[s]!, prediction: predictions.data[s * targets.columns + j]! } })),
      lines: far.map((s) => lines[s]!),
      layers: [facts.L],
      formula: 'mse',
      source: 'Tukey, Exploratory Data Analysis, 1977: outer fences at 3 times the interquartile range.',
      remedies: absolute ? [] : [remedies.loss('huber', 'Beyond a distance of 1 it grows by the distance and not by its square.'), remedies.loss('mae', 'Every sample pulls with the same force, however far it is.'), remedies.clip()],
    });
  }
  return null;
}
