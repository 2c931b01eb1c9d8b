// The training loop as a plain generator: it yields before every update, and whoever drives it may stop there.

import { createEvaluator } from '../core/evaluator';
import { gatherRows, matrix, type Matrix } from '../core/matrix';
import type { Network } from '../core/network';
import { createOptimizer, type OptimizerSettings } from '../core/optimizers';
import { createParameters, unitsOf, type Parameters } from '../core/parameters';
import { permutation, type Random } from '../core/random';
import { createRecorder, type History } from './history';
import { findNonFinite, type Origin } from './non-finite';

export interface TrainingTask {
  readonly network: Network;
  /** Initial values; training changes them in place. */
  readonly parameters: Parameters;
  readonly optimizer: OptimizerSettings;
  readonly iterations: number;
  readonly batchSize: number | null;
  readonly random: Random;
  /** What the network sees, m × n[0] and m × n[L]. */
  readonly X: Matrix;
  readonly Y: Matrix;
  readonly development: { readonly X: Matrix; readonly Y: Matrix } | null;
}

export interface Trained {
  readonly iterations: number;
  /** Cost before each update, and nothing else: one number an iteration. */
  readonly costs: Float64Array;
  readonly finalCost: number;
  readonly development: { readonly iterations: Float64Array; readonly costs: Float64Array } | null;
  /** The cost that was no finite number, if training met one; `parameters` are then those before it. */
  readonly diverged: { readonly iteration: number; readonly cost: number; readonly origin: Origin | null } | null;
  readonly history: History;
}

export interface Progress {
  /** Updates made so far. */
  readonly iteration: number;
  /** costs[0] … costs[iteration] are filled. */
  readonly costs: Float64Array;
}

/** The development cost is taken about so many times in a run. */
const DEVELOPMENT_POINTS = 100;

/** Send `true` into `next` to stop: what was trained so far is kept. */
export function* train(task: TrainingTask): Generator<Progress, Trained, boolean | undefined> {
  const { parameters, X, Y } = task;
  const evaluator = createEvaluator(task.network, parameters);
  const gradients = createParameters(unitsOf(parameters));
  const update = createOptimizer(task.optimizer, parameters.flat.length);
  const nextBatch = batches(task);
  const lastGood = parameters.flat.slice();
  const recorder = createRecorder(task);
  let costs = new Float64Array(Math.min(task.iterations, 4096));
  const development = { iterations: [] as number[], costs: [] as number[] };
  const interval = Math.max(1, Math.floor(task.iterations / DEVELOPMENT_POINTS));
  const observeDevelopment = (iteration: number): void => {
    if (!task.development) return;
    development.iterations.push(iteration);
    development.costs.push(evaluator.cost(task.development.X, task.development.Y));
  };

  let done = 0;
  let recorded = 0;
  let diverged: Trained['diverged'] = null;
  for (let iteration = 0; iteration < task.iterations; iteration++) {
    if (iteration % interval === 0) observeDevelopment(iteration);
    const [x, y] = nextBatch();
    const cost = evaluator.costAndGradients(x, y, gradients);
    if (!Number.isFinite(cost)) {
      diverged = { iteration, cost, origin: null };
      break;
    }
    if (iteration === costs.length) costs = grown(costs);
    costs[iteration] = cost;
    recorded = iteration + 1;
    if (yield { iteration, costs }) break;
    lastGood.set(parameters.flat);
    update(parameters.flat, gradients.flat);
    recorder.record(iteration, lastGood, gradients);
    done = iteration + 1;
  }

  let finalCost = evaluator.cost(X, Y);
  if (!Number.isFinite(finalCost) && (done > 0 || diverged)) {
    diverged = { iteration: done, cost: finalCost, ...diverged, origin: findNonFinite(task, done > 0 ? lastGood : null, finalCost) };
  }
  if (!Number.isFinite(finalCost) && done > 0) {
    parameters.flat.set(lastGood);
    done -= 1;
    finalCost = evaluator.cost(X, Y);
  }
  observeDevelopment(done);
  return {
    iterations: done,
    costs: costs.slice(0, recorded),
    finalCost,
    development: task.development ? { iterations: Float64Array.from(development.iterations), costs: Float64Array.from(development.costs) } : null,
    diverged,
    history: recorder.finish(done),
  };
}

/** Twice the room: a run may be stopped long before its last iteration, so not all of it is taken at once. */
function grown(costs: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const result = new Float64Array(2 * costs.length);
  result.set(costs);
  return result;
}

/** The whole set each time, or mini-batches of a new random order every epoch. */
function batches({ X, Y, batchSize, random }: TrainingTask): () => readonly [Matrix, Matrix] {
  const m = X.rows;
  if (batchSize === null || batchSize >= m) return () => [X, Y];
  const perEpoch = Math.ceil(m / batchSize);
  const room = new Map<number, readonly [Matrix, Matrix]>();
  let order = permutation(m, random);
  let batch = 0;
  return () => {
    if (batch === perEpoch) {
      order = permutation(m, random);
      batch = 0;
    }
    const rows = order.subarray(batch * batchSize, Math.min(m, (batch + 1) * batchSize));
    batch += 1;
    let [x, y] = room.get(rows.length) ?? [];
    if (!x || !y) room.set(rows.length, [(x = matrix(rows.length, X.columns)), (y = matrix(rows.length, Y.columns))]);
    return [gatherRows(X, rows, x), gatherRows(Y, rows, y)];
  };
}
