// How the comparable cost of a run went, at its snapshots: curves of different losses and scalings can lie over each other.

import { createEngine } from '../core/engine';
import { gatherRows, matrix, type Matrix } from '../core/matrix';
import { parametersAt } from '../training/predict';
import type { Run } from '../training/run';
import { unscale } from '../training/scaling';
import { networkOf } from '../training/setup';
import { networkView } from '../training/view';
import { meanLoss } from './measure';
import type { CostCurve, Measure } from './view';

/** Samples of each kind at most, evenly spread, and parameters times samples at most: 200 looks then take less than a second. */
const MAX_SAMPLES = 1000;
const WORK = 1e7;
const FEWEST = 32;

export function costCurve(run: Run, measure: Measure): CostCurve {
  const { experiment, samples, history } = run;
  const view = networkView(experiment, samples.X, samples.targets, samples.development);
  const most = Math.min(MAX_SAMPLES, Math.max(FEWEST, Math.floor(WORK / run.parameters.length)));
  const training = spread(view.trainingRows, most);
  const development = spread(view.developmentRows, most);
  const rows = [...training, ...development];
  const part = (source: Matrix): Matrix => gatherRows(source, rows, matrix(rows.length, source.columns));
  const targets = part(samples.targets);
  const engine = createEngine(networkOf(experiment), parametersAt(run, 0), part(view.X), part(view.Y));
  const ofTraining = Array.from(training.keys());
  const ofDevelopment = Array.from(development.keys(), (k) => training.length + k);
  const predictions = matrix(rows.length, targets.columns);

  const points = history.iterations.length;
  const result = { iterations: history.iterations, training: new Float64Array(points), development: new Float64Array(points) };
  for (let k = 0; k < points; k++) {
    engine.parameters.flat.set(parametersAt(run, k).flat);
    engine.forEachOutput(({ first, A }) => predictions.data.set(A.data, first * A.columns));
    unscale(predictions, view.targetScaling);
    result.training[k] = meanLoss(measure, predictions, targets, ofTraining);
    result.development[k] = meanLoss(measure, predictions, targets, ofDevelopment);
  }
  return development.length > 0 ? result : { ...result, development: null };
}

/** At most `most` of them, at even distances. */
export function spread(rows: Uint32Array, most: number): Uint32Array {
  const few = Math.min(rows.length, most);
  return Uint32Array.from({ length: few }, (_, k) => rows[Math.floor((k * rows.length) / few)]!);
}
