// Predictions of every sample, at the end of a run or at any of its snapshots.

import { createEngine, type Engine } from '../core/engine';
import { matrix, type Matrix } from '../core/matrix';
import { parametersFrom, type Parameters } from '../core/parameters';
import type { Run, Samples } from './run';
import { unscale } from './scaling';
import { networkOf } from './setup';
import { networkView, type NetworkView } from './view';

/** Predictions in the units of the file, and Z[L] of the network; one row a sample. */
export function predict(engine: Engine, view: NetworkView): { predictions: Matrix; Z: Matrix } {
  const { rows, columns } = view.Y;
  const predictions = matrix(rows, columns);
  const Z = matrix(rows, columns);
  engine.forEachOutput((outputs) => {
    predictions.data.set(outputs.A.data, outputs.first * columns);
    Z.data.set(outputs.Z.data, outputs.first * columns);
  });
  unscale(predictions, view.targetScaling);
  return { predictions, Z };
}

/** W and b at a snapshot of the run's history (its number from 0, not its iteration), sharing memory with it. */
export function parametersAt(run: Run, snapshot: number): Parameters {
  const size = run.parameters.length;
  return parametersFrom(run.units, run.history.parameters.subarray(snapshot * size, (snapshot + 1) * size));
}

/** Every sample as the network had it at a snapshot: what charts and tables show when they are moved there. */
export function samplesAt(run: Run, snapshot: number): Samples {
  const { X, targets, development } = run.samples;
  const view = networkView(run.experiment, X, targets, development);
  const engine = createEngine(networkOf(run.experiment), parametersAt(run, snapshot), view.X, view.Y);
  return { ...run.samples, ...predict(engine, view) };
}
