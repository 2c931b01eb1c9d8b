// The training loop as a plain generator: it yields before every update, and whoever drives it may stop there.

import type { Engine } from '../core/engine';
import type { Matrix } from '../core/matrix';
import type { Network } from '../core/network';
import type { OptimizerSettings } from '../core/optimizers';
import { permutation, type Random } from '../core/random';
import { createRecorder, type History } from './history';
import { findNonFinite, type Origin } from './non-finite';

export interface TrainingTask {
  /** Holds all samples, and the parameters: initial values, which training changes in place. */
  readonly engine: Engine;
  readonly optimizer: OptimizerSettings;
  readonly iterations: number;
  readonly batchSize: number | null;
  readonly random: Random;
  /** What the engine was made from: m × n[0] and m × n[L]. */
  readonly network: Network;
  readonly X: Matrix;
  readonly Y: Matrix;
  /** Numbers of the samples that train; null: all of them. */
  readonly trainingRows: Uint32Array | null;
  readonly developmentRows: Uint32Array | null;
  /** The largest global norm of the gradient (Pascanu, Mikolov and Bengio, 2013); null: any. */
  readonly clip: number | null;
  /** α = α₀ / (1 + decay · epoch), as in the course. */
  readonly learningRateDecay: number;
  /** Stop after so many iterations without a lower development cost; null: never. */
  readonly patience: number | null;
}

export interface Trained {
  readonly iterations: number;
  /** Cost before each update, and nothing else: one number an iteration. */
  readonly costs: Float64Array;
  readonly finalCost: number;
  readonly development: { readonly iterations: Float64Array; readonly costs: Float64Array } | null;
  /** The cost that was no finite number, if training met one; the parameters are then those before it. */
  readonly diverged: { readonly iteration: number; readonly cost: number; readonly origin: Origin | null } | null;
  /** Where patience ended, if it did; the parameters are those with the lowest development cost. */
  readonly stoppedEarlyAt: number | null;
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
/** And so often within the patience. */
const POINTS_OF_PATIENCE = 5;

/** Send `true` into `next` to stop: what was trained so far is kept. */
export function* train(task: TrainingTask): Generator<Progress, Trained, boolean | undefined> {
  const { engine, iterations, trainingRows } = task;
  const parameters = engine.parameters.flat;
  const update = engine.createUpdate(task.optimizer);
  const batches = createBatches(task);
  const lastGood = parameters.slice();
  const recorder = createRecorder(task);
  const observed = observeDevelopment(task);
  let costs = new Float64Array(Math.min(iterations, 4096));

  let done = 0;
  let recorded = 0;
  let diverged: Trained['diverged'] = null;
  let stoppedEarlyAt: number | null = null;
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (observed.at(iteration)) {
      stoppedEarlyAt = iteration;
      break;
    }
    const cost = engine.costAndGradients(batches.next());
    if (!Number.isFinite(cost)) {
      diverged = { iteration, cost, origin: null };
      break;
    }
    if (iteration === costs.length) costs = grown(costs);
    costs[iteration] = cost;
    recorded = iteration + 1;
    if (yield { iteration, costs }) break;
    lastGood.set(parameters);
    if (task.clip !== null) clipTo(task.clip, engine.gradients.flat);
    update(task.optimizer.learningRate / (1 + task.learningRateDecay * batches.epochOf(iteration)));
    recorder.record(iteration, lastGood, engine.gradients);
    done = iteration + 1;
  }

  if (stoppedEarlyAt !== null) done = observed.restoreBest();
  let finalCost = engine.cost(trainingRows);
  if (!Number.isFinite(finalCost) && (done > 0 || diverged)) {
    diverged = { iteration: done, cost: finalCost, ...diverged, origin: findNonFinite(task, done > 0 ? lastGood : null, finalCost) };
  }
  if (!Number.isFinite(finalCost) && done > 0) {
    parameters.set(lastGood);
    done -= 1;
    finalCost = engine.cost(trainingRows);
  }
  return { iterations: done, costs: costs.slice(0, recorded), finalCost, development: observed.history(done), diverged, stoppedEarlyAt, history: recorder.finish(done) };
}

/** Twice the room: a run may be stopped long before its last iteration, so not all of it is taken at once. */
function grown(costs: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const result = new Float64Array(2 * costs.length);
  result.set(costs);
  return result;
}

/** Shortens a gradient whose norm is larger. */
export function clipTo(largest: number, gradients: Float64Array): void {
  let squares = 0;
  for (const g of gradients) squares += g * g;
  const norm = Math.sqrt(squares);
  if (!(norm > largest)) return;
  const factor = largest / norm;
  for (let p = 0; p < gradients.length; p++) gradients[p]! *= factor;
}

/** Iterations from one development cost to the next. */
export function developmentInterval(iterations: number, patience: number | null): number {
  const usual = Math.floor(iterations / DEVELOPMENT_POINTS);
  return Math.max(1, patience === null ? usual : Math.min(usual, Math.floor(patience / POINTS_OF_PATIENCE)));
}

interface Observed {
  /** Takes the cost where it is time to; whether patience has ended. */
  at(iteration: number): boolean;
  /** Puts the parameters with the lowest cost back; returns their iteration. */
  restoreBest(): number;
  /** With the cost after the last update. */
  history(last: number): Trained['development'];
}

function observeDevelopment({ engine, developmentRows, iterations, patience }: TrainingTask): Observed {
  if (!developmentRows) return { at: () => false, restoreBest: () => 0, history: () => null };
  const interval = developmentInterval(iterations, patience);
  const at: number[] = [];
  const costs: number[] = [];
  const best = { iteration: 0, cost: Infinity, parameters: engine.parameters.flat.slice() };
  const observe = (iteration: number): number => {
    const cost = engine.cost(developmentRows);
    at.push(iteration);
    costs.push(cost);
    return cost;
  };
  return {
    at(iteration) {
      if (iteration % interval !== 0) return false;
      const cost = observe(iteration);
      if (patience === null) return false;
      if (cost < best.cost) {
        best.iteration = iteration;
        best.cost = cost;
        best.parameters.set(engine.parameters.flat);
      }
      return iteration - best.iteration >= patience;
    },
    restoreBest() {
      engine.parameters.flat.set(best.parameters);
      return best.iteration;
    },
    history(last) {
      if (at.at(-1) === undefined || at.at(-1)! < last) observe(last);
      return { iterations: Float64Array.from(at), costs: Float64Array.from(costs) };
    },
  };
}

export interface Batches {
  /** Numbers of the samples of the next update; null: all. */
  next(): Uint32Array | null;
  epochOf(iteration: number): number;
}

/** The whole set each time, or mini-batches of a new random order every epoch. */
export function createBatches({ X, trainingRows, batchSize, random }: Pick<TrainingTask, 'X' | 'trainingRows' | 'batchSize' | 'random'>): Batches {
  const m = trainingRows ? trainingRows.length : X.rows;
  if (batchSize === null || batchSize >= m) return { next: () => trainingRows, epochOf: (iteration) => iteration };
  const perEpoch = Math.ceil(m / batchSize);
  const shuffled = (): Uint32Array => {
    const order = permutation(m, random);
    return trainingRows ? order.map((k) => trainingRows[k]!) : order;
  };
  let order = shuffled();
  let batch = 0;
  return {
    next() {
      if (batch === perEpoch) {
        order = shuffled();
        batch = 0;
      }
      const rows = order.subarray(batch * batchSize, Math.min(m, (batch + 1) * batchSize));
      batch += 1;
      return rows;
    },
    epochOf: (iteration) => Math.floor(iteration / perEpoch),
  };
}
