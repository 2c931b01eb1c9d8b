// What a run remembers of its way: its parameters at up to 200 moments, dense at the beginning, and cheap
// statistics at each of them.

import type { Engine } from '../core/engine';
import { gatherRows, matrix, type Matrix } from '../core/matrix';
import { backward, createPass, finishGradients, forward, l2Cost, losses, type Network, type Pass } from '../core/network';
import { createParameters, parametersFrom, unitsOf, type LayerParameters, type Parameters } from '../core/parameters';
import { unitStates } from './unit-states';

/** Arrays have one entry a snapshot. */
export interface History {
  /** Updates made before each snapshot, ascending: the first is 0, the last is that of the run's parameters. */
  readonly iterations: Float64Array;
  /** `Parameters.flat` at each, one after the other. */
  readonly parameters: Float64Array;
  /** Training samples that the statistics are over: all, or at most MAX_SAMPLES spread evenly over them. */
  readonly samples: number;
  /** Mean loss over them plus the L2 part. */
  readonly cost: Float64Array;
  /** The same over (at most MAX_SAMPLES of) the development samples, without the L2 part; null where there are none. */
  readonly development: Float64Array | null;
  /** Predictions of them with Z[L] ≤ 0 under a ReLU output. */
  readonly deadOutputs: Float64Array;
  /** layers[l - 1] is layer l. */
  readonly layers: readonly LayerHistory[];
}

export interface LayerHistory {
  /** ‖dW[l]‖₂ of the batch that the next update is made of; at the last snapshot, of the statistics' samples. */
  readonly gradientNorm: Float64Array;
  /** ‖W[l] after the next update - W[l]‖₂ / ‖W[l]‖₂, for plain gradient descent ‖α dW‖ / ‖W‖; NaN where no update followed. */
  readonly updateRatio: Float64Array;
  /** Share of the units that are dead or saturated: see unit-states.ts. */
  readonly inactive: Float64Array;
}

export const MAX_SNAPSHOTS = 200;
/** Of parameters that a history keeps: a network of more than 20,971 parameters gets fewer snapshots, but never less than 2. */
export const MAX_BYTES = 32 * 2 ** 20;
/** One forward pass over so many, 200 times, is little beside the training itself; where batches are small, over fewer. */
export const MAX_SAMPLES = 512;
const FEWEST_SAMPLES = 128;
const BATCHES = 4;

export interface Recorder {
  /** After an update: `before` are the parameters that it changed, `gradients` what it was made of. Does nothing at most iterations. */
  record(iteration: number, before: Float64Array, gradients: Parameters): void;
  /** Takes the last snapshot, of the parameters as they now are. */
  finish(iteration: number): History;
}

interface Task {
  readonly network: Network;
  /** Its parameters are what training changes in place. */
  readonly engine: Engine;
  readonly iterations: number;
  readonly batchSize: number | null;
  readonly X: Matrix;
  readonly Y: Matrix;
  readonly trainingRows: Uint32Array | null;
  readonly developmentRows: Uint32Array | null;
}

/**
 * Iterations to take a snapshot at, for a run of `total` updates: every one up to some k, from there on each 1 + 1/k
 * times the one before; k is as large as `most` allows. The end of the run is not among them.
 */
export function snapshotIterations(total: number, most: number): number[] {
  const upTo = (k: number): number[] => {
    const result: number[] = [];
    for (let at = 0; at < total && result.length <= most; at = Math.max(at + 1, Math.floor(at * (1 + 1 / k)))) result.push(at);
    return result;
  };
  let low = 1;
  let high = most + 1;
  while (high - low > 1) {
    const k = (low + high) >> 1;
    if (upTo(k).length <= most) low = k;
    else high = k;
  }
  return upTo(low).slice(0, most);
}

export function createRecorder({ network, engine, iterations, batchSize, X, Y, trainingRows, developmentRows }: Task): Recorder {
  const { parameters } = engine;
  const m = trainingRows ? trainingRows.length : X.rows;
  const units = unitsOf(parameters);
  const size = parameters.flat.length;
  const most = Math.min(MAX_SNAPSHOTS, Math.max(2, Math.floor(MAX_BYTES / (8 * size))));
  const due = snapshotIterations(iterations, most - 1);
  const kept = new Float64Array((due.length + 1) * size);
  const samples = Math.min(MAX_SAMPLES, Math.max(FEWEST_SAMPLES, BATCHES * (batchSize ?? MAX_SAMPLES)));
  const probe = spread(X, Y, trainingRows, samples);
  const developmentProbe = developmentRows && spread(X, Y, developmentRows, samples);
  const pass = createPass(parameters, probe.X.rows);
  const developmentPass = developmentProbe && createPass(parameters, developmentProbe.X.rows);

  const at: number[] = [];
  const cost: number[] = [];
  const developmentCost: number[] = [];
  const deadOutputs: number[] = [];
  const layers = parameters.layers.map(() => ({ gradientNorm: [] as number[], updateRatio: [] as number[], inactive: [] as number[] }));

  /** Copies the parameters and looks at them with the probe. */
  const look = (iteration: number, flat: Float64Array): Parameters => {
    const copy = kept.subarray(at.length * size, (at.length + 1) * size);
    copy.set(flat);
    at.push(iteration);
    const now = parametersFrom(units, copy);
    cost.push(meanLoss(network, now, probe, pass) + l2Cost(network, now, m));
    deadOutputs.push(countDead(network, pass));
    layers.forEach(({ inactive }, k) => {
      const states = unitStates(network.activations[k]!, pass.Z[k]!, pass.A[k + 1]!);
      inactive.push(states.filter((state) => state !== 'alive').length / states.length);
    });
    if (developmentProbe) developmentCost.push(meanLoss(network, now, developmentProbe, developmentPass!));
    return now;
  };

  return {
    record(iteration, before, gradients) {
      if (iteration !== due[at.length]) return;
      const now = look(iteration, before);
      layers.forEach(({ gradientNorm, updateRatio }, k) => {
        gradientNorm.push(norm(gradients.layers[k]!.W.data));
        updateRatio.push(distance(parameters.layers[k]!, now.layers[k]!) / norm(now.layers[k]!.W.data));
      });
    },
    finish(iteration) {
      // a run that stops early goes back to its best parameters: what came after them is no part of its way
      const upTo = at.filter((each) => each <= iteration).length;
      for (const values of [at, cost, developmentCost, deadOutputs, ...layers.flatMap(Object.values<number[]>)]) values.splice(upTo);
      if (at.at(-1) !== iteration) {
        look(iteration, parameters.flat);
        const gradients = createParameters(units);
        backward(network, parameters, pass, probe.Y, gradients);
        finishGradients(network, parameters, probe.X.rows, gradients);
        layers.forEach(({ gradientNorm, updateRatio }, k) => {
          gradientNorm.push(norm(gradients.layers[k]!.W.data));
          updateRatio.push(NaN);
        });
      }
      return {
        iterations: Float64Array.from(at),
        parameters: kept.slice(0, at.length * size),
        samples: probe.X.rows,
        cost: Float64Array.from(cost),
        development: developmentProbe && Float64Array.from(developmentCost),
        deadOutputs: Float64Array.from(deadOutputs),
        layers: layers.map(({ gradientNorm, updateRatio, inactive }) => ({
          gradientNorm: Float64Array.from(gradientNorm),
          updateRatio: Float64Array.from(updateRatio),
          inactive: Float64Array.from(inactive),
        })),
      };
    },
  };
}

/** The given samples (null: all), or `most` of them at even distances. */
function spread(X: Matrix, Y: Matrix, among: Uint32Array | null, most: number): { X: Matrix; Y: Matrix } {
  const count = among ? among.length : X.rows;
  if (!among && count <= most) return { X, Y };
  const few = Math.min(count, most);
  const rows = Uint32Array.from({ length: few }, (_, k) => Math.floor((k * count) / few)).map((k) => among?.[k] ?? k);
  return { X: gatherRows(X, rows, matrix(rows.length, X.columns)), Y: gatherRows(Y, rows, matrix(rows.length, Y.columns)) };
}

function meanLoss(network: Network, parameters: Parameters, { X, Y }: { readonly X: Matrix; readonly Y: Matrix }, pass: Pass): number {
  forward(network, parameters, X, pass);
  return losses(network, pass, Y).reduce((sum, loss) => sum + loss, 0) / X.rows;
}

function countDead(network: Network, pass: Pass): number {
  if (network.activations.at(-1) !== 'relu') return 0;
  return pass.Z.at(-1)!.data.reduce((count, z) => count + (z <= 0 ? 1 : 0), 0);
}

function norm(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

function distance({ W }: LayerParameters, { W: before }: LayerParameters): number {
  let sum = 0;
  for (let p = 0; p < W.data.length; p++) sum += (W.data[p]! - before.data[p]!) ** 2;
  return Math.sqrt(sum);
}
