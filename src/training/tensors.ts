// Every forward and backward value of a Run, computed again from its parameters.

import { createEngine } from '../core/engine';
import type { Matrix } from '../core/matrix';
import { backward, createPass, forward, losses } from '../core/network';
import { createParameters, parametersFrom, type LayerParameters } from '../core/parameters';
import { networkOf } from './job';
import type { Run } from './run';
import { networkView } from './view';

export interface LayerTensors {
  /** One row a sample; of the per-sample loss, without 1/m. */
  readonly Z: Matrix;
  readonly A: Matrix;
  readonly dA: Matrix;
  readonly dZ: Matrix;
  /** Of the cost over the training samples. */
  readonly gradient: LayerParameters;
}

/** One entry a layer, 1 … L. Holds every sample at once: meant for small data. */
export function tensorsOf(run: Run): LayerTensors[] {
  const network = networkOf(run.experiment);
  const parameters = parametersFrom(run.units, run.parameters);
  const { X, Y, trainingRows } = networkView(run.experiment, run.samples.X, run.samples.targets, run.samples.development);
  const pass = createPass(parameters, X.rows);
  forward(network, parameters, X, pass);
  losses(network, pass, Y);
  backward(network, parameters, pass, Y, createParameters(run.units));
  const engine = createEngine(network, parameters, X, Y);
  engine.costAndGradients(trainingRows);
  return engine.gradients.layers.map((gradient, k) => ({ Z: pass.Z[k]!, A: pass.A[k + 1]!, dA: pass.dA[k]!, dZ: pass.dZ[k]!, gradient }));
}
