// What a learning curve shows of a run, trained briefly while it is diagnosed: costs of samples that trained and of
// samples that did not, and whether the latter still falls as samples are added.

import { lossPerSample, type LossName } from '../core/losses';
import { matrix, type Matrix } from '../core/matrix';
import { learningCurve, type LearningPoint } from '../training/learning-curve';
import type { Run } from '../training/run';
import type { Facts } from './facts';
import { meanOf, medianOf } from './fit';
import { readLearningCurve, type CurveReading } from './learning-curve';

export interface HeldOut {
  readonly points: readonly LearningPoint[];
  readonly reading: CurveReading;
  /** 1 - cost / cost of the best constant prediction, at the last point; -Infinity where it is not finite. */
  readonly training: number;
  readonly development: number;
}

const SHARES = [1 / 4, 1 / 2, 1] as const;
/** Multiply-adds that this may take, some tenths of a second; forward, backward and dW each take one a parameter and sample. */
const WORK = 4e8;
const PASSES = 3;
/** Fewer updates than this, or than the run had, tell nothing about it. */
const FEWEST_UPDATES = 100;
const FEWEST_SAMPLES = 20;

const known = new WeakMap<Run, HeldOut | null>();

/** Null where there are too few samples, or where it would take too long. */
export function heldOut(facts: Facts): HeldOut | null {
  const before = known.get(facts.run);
  if (before !== undefined) return before;
  const now = measure(facts);
  known.set(facts.run, now);
  return now;
}

function measure({ run, view }: Facts): HeldOut | null {
  const { experiment, parameters } = run;
  const m = view.trainingRows.length;
  if (m < FEWEST_SAMPLES || run.outcome.kind === 'diverged') return null;
  const samples = SHARES.reduce((sum, share) => sum + Math.min(share * m, experiment.batchSize ?? m), 0);
  const iterations = Math.min(500, experiment.iterations, Math.floor(WORK / (PASSES * parameters.length * samples)));
  if (iterations < Math.min(FEWEST_UPDATES, experiment.iterations)) return null;

  const steps = learningCurve(run, { shares: SHARES, iterations });
  let step = steps.next();
  while (!step.done) step = steps.next();
  const points = step.value;
  const baseline = constantCost(experiment.loss, view.Y);
  const last = points.at(-1)!;
  const explained = (cost: number): number => (Number.isFinite(cost) ? 1 - cost / baseline : -Infinity);
  return { points, reading: readLearningCurve(points, baseline), training: explained(last.training), development: explained(last.development) };
}

/** Mean loss of the best prediction that is the same for every sample. */
export function constantCost(loss: LossName, Y: Matrix): number {
  const center = loss === 'mae' || loss === 'huber' ? medianOf : meanOf;
  const best = Array.from({ length: Y.columns }, (_, j) => center(Y.data.filter((__, k) => k % Y.columns === j)));
  const A = { ...matrix(Y.rows, Y.columns), data: Y.data.map((_, k) => best[k % Y.columns]!) };
  const losses = new Float64Array(Y.rows);
  lossPerSample(loss, 'linear', A, A, Y, losses);
  return meanOf(losses);
}
