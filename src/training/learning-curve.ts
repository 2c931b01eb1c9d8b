// The learning curve: the same network trained briefly on more and more of the samples. Whether more data would help
// is read from it: costs far apart that approach each other say variance, both high and level say bias.

import { createEngine } from '../core/engine';
import { createRandom, permutation } from '../core/random';
import type { Run } from './run';
import { chooseDevelopment, networkOf, startParameters } from './setup';
import { train } from './train';
import { networkView } from './view';

export interface LearningPoint {
  /** m of the training samples that it was trained on. */
  readonly samples: number;
  /** Mean loss over just these, without the L2 part. */
  readonly training: number;
  /** Mean loss over the development samples, which are the same for every point. */
  readonly development: number;
}

export interface LearningProgress {
  readonly points: readonly LearningPoint[];
  /** Of the whole work, 0 … 1. */
  readonly done: number;
}

export interface LearningOptions {
  /** Of the training samples, ascending. */
  readonly shares?: readonly number[];
  /** Updates for each point, at most those of the experiment. */
  readonly iterations?: number;
}

const SHARES = [1 / 8, 1 / 4, 1 / 2, 1] as const;
const ITERATIONS = 500;
const FEWEST_SAMPLES = 2;
/** Set aside where the experiment has no development set. */
const SPLIT = 0.2;

/**
 * Needs nothing but the run, and yields before every update; send `true` to stop with the points so far. Subsets contain
 * each other and are scaled alike, so that the costs can be compared; a point whose cost is not finite has NaN.
 */
export function* learningCurve(run: Run, { shares = SHARES, iterations = ITERATIONS }: LearningOptions = {}): Generator<LearningProgress, LearningPoint[], boolean | undefined> {
  const { experiment, samples } = run;
  const { X, targets } = samples;
  const mask = samples.development ?? chooseDevelopment(X.rows, SPLIT, createRandom(experiment.seed));
  const view = networkView(experiment, X, targets, mask);
  const all = view.trainingRows.length;
  const order = permutation(all, createRandom(experiment.seed)).map((k) => view.trainingRows[k]!);
  const sizes = [...new Set(shares.map((share) => Math.min(all, Math.max(FEWEST_SAMPLES, Math.round(share * all)))))];
  const network = networkOf(experiment);
  const updates = Math.min(iterations, experiment.iterations);

  const points: LearningPoint[] = [];
  for (const size of sizes) {
    const random = createRandom(experiment.seed);
    const engine = createEngine(network, startParameters(experiment, X.columns, random), view.X, view.Y);
    const subset = order.slice(0, size);
    const { optimizer, batchSize, clip, learningRateDecay } = experiment;
    const steps = train({
      engine, network, X: view.X, Y: view.Y, optimizer, iterations: updates, batchSize, random, clip, learningRateDecay,
      trainingRows: subset, developmentRows: null, patience: null,
    });
    for (let step = steps.next(); !step.done; step = steps.next()) {
      if (yield { points, done: (points.length + step.value.iteration / updates) / sizes.length }) return points;
    }
    const withoutL2 = createEngine({ ...network, l2: 0 }, engine.parameters, view.X, view.Y);
    const finite = (cost: number): number => (Number.isFinite(cost) ? cost : NaN);
    points.push({ samples: size, training: finite(withoutL2.cost(subset)), development: finite(withoutL2.cost(view.developmentRows)) });
  }
  return points;
}
