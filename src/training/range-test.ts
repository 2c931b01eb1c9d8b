// The learning-rate range test: a short training whose rate grows from update to update shows which rates make the cost fall
// (Smith, "Cyclical Learning Rates for Training Neural Networks", WACV 2017; evenly in the logarithm, and read at the
// steepest descent, as in fast.ai's learning rate finder).

import { createEngine } from '../core/engine';
import { createRandom } from '../core/random';
import type { Run } from './run';
import { networkOf, startParameters } from './setup';
import { clipTo, createBatches } from './train';
import { networkView } from './view';

export interface RangeTest {
  /** Learning rate of each update, ascending. */
  readonly rates: Float64Array;
  /** Cost after that update; of mini-batches a moving mean. Ends where the cost exploded, which is then its last entry. */
  readonly costs: Float64Array;
  /** Cost before the first update. */
  readonly start: number;
  /** The rate whose update made the cost fall most, to two digits; null where none made it fall. */
  readonly suggestion: number | null;
}

export interface RangeOptions {
  readonly lowest?: number;
  readonly highest?: number;
  readonly updates?: number;
}

/** As in fast.ai's finder. */
const LOWEST = 1e-7;
const HIGHEST = 10;
const UPDATES = 100;
/** A cost of so many times the lowest one has exploded. */
const EXPLODED = 4;
/** Share of the mean that stays from one mini-batch to the next: their costs differ by chance. */
const SMOOTH = 0.9;
/** Below such a share of its start the cost has to come for a rate to be suggested. */
const FALLEN = 0.95;

/** Needs nothing but the run: from its start parameters, on its training samples. Yields before every update the share that is done. */
export function* rangeTest(run: Run, { lowest = LOWEST, highest = HIGHEST, updates = UPDATES }: RangeOptions = {}): Generator<number, RangeTest, undefined> {
  const { experiment, samples } = run;
  const view = networkView(experiment, samples.X, samples.targets, samples.development);
  const random = createRandom(experiment.seed);
  const engine = createEngine(networkOf(experiment), startParameters(experiment, samples.X.columns, random), view.X, view.Y);
  const trainingRows = samples.development ? view.trainingRows : null;
  const batches = createBatches({ X: view.X, trainingRows, batchSize: experiment.batchSize, random });
  const update = engine.createUpdate(experiment.optimizer);
  const mean = movingMean(experiment.batchSize !== null && experiment.batchSize < view.trainingRows.length ? SMOOTH : 0);

  const rates: number[] = [];
  const costs: number[] = [];
  const start = mean(engine.costAndGradients(batches.next()));
  let best = start;
  for (let k = 0; k < updates; k++) {
    yield k / updates;
    const rate = lowest * (highest / lowest) ** (k / (updates - 1));
    if (experiment.clip !== null) clipTo(experiment.clip, engine.gradients.flat);
    update(rate);
    const cost = mean(engine.costAndGradients(batches.next()));
    if (!Number.isFinite(cost)) break;
    rates.push(rate);
    costs.push(cost);
    best = Math.min(best, cost);
    if (cost > EXPLODED * best) break;
  }
  return { rates: Float64Array.from(rates), costs: Float64Array.from(costs), start, suggestion: steepest(rates, costs, start) };
}

/** Exponential, and not drawn to the 0 that it starts from. */
function movingMean(share: number): (value: number) => number {
  let sum = 0;
  let weight = 0;
  return (value) => {
    sum = share * sum + (1 - share) * value;
    weight = share * weight + (1 - share);
    return sum / weight;
  };
}

/** By the fall to a new lowest cost, so that the way back from a peak does not count. */
function steepest(rates: readonly number[], costs: readonly number[], start: number): number | null {
  let lowest = start;
  let most = 0;
  let at = -1;
  costs.forEach((cost, k) => {
    if (lowest - cost > most) {
      most = lowest - cost;
      at = k;
    }
    lowest = Math.min(lowest, cost);
  });
  return at >= 0 && lowest < FALLEN * start ? Number(rates[at]!.toPrecision(2)) : null;
}
