// The chain rule on one sample: every link of its way forward and back with its real numbers, and what it adds to dW.

import { activateBackward, type ActivationName } from '../core/activations';
import { gatherRows, matrix, rowsOf, type Matrix } from '../core/matrix';
import { backward, createPass, finishGradients, forward, losses, type Network, type Pass } from '../core/network';
import { createParameters, parametersFrom, type Parameters } from '../core/parameters';
import { networkOf } from '../training/setup';
import type { Run } from '../training/run';
import { networkView, type NetworkView } from '../training/view';
import { normOf, type SampleChain } from './chain';
import { chainLinks } from './chain-links';

/**
 * Answers for any sample of a run, at its last parameters or at others. The sums over all samples are made once.
 * `sample` counts from 0, in the order of the file.
 */
export function createChainSource(run: Run, flat: Float64Array = run.parameters): (sample: number) => SampleChain {
  // what a sample adds has no L2 in it
  const network = { ...networkOf(run.experiment), l2: 0 };
  const parameters = parametersFrom(run.units, flat);
  const view = networkView(run.experiment, run.samples.X, run.samples.targets, run.samples.development);
  const pass = createPass(parameters, 1);
  const m = view.trainingRows.length;
  let sums: ReturnType<typeof sumsOf> | null = null;

  return (sample) => {
    const added = createParameters(run.units);
    const Y = rowsOf(view.Y, sample, sample + 1);
    forward(network, parameters, rowsOf(view.X, sample, sample + 1), pass);
    losses(network, pass, Y);
    backward(network, parameters, pass, Y, added);
    finishGradients(network, parameters, m, added);
    sums ??= sumsOf(network, parameters, view);
    const { norms, gradients } = sums;
    const development = run.samples.development?.[sample] === 1;
    const derivatives = network.activations.map((name, k) => derivativeOf(name, pass.Z[k]!, pass.A[k + 1]!, network.slopes?.[k]));
    return {
      sample,
      line: run.samples.lines[sample]!,
      target: Array.from(rowsOf(run.samples.targets, sample, sample + 1).data),
      prediction: Array.from(rowsOf(run.samples.predictions, sample, sample + 1).data),
      development,
      m,
      ...chainLinks({ run, pass, parameters, Y, derivatives, added, m, development }),
      shares: added.layers.map(({ W }, k) => {
        const norm = normOf(W.data);
        return { layer: k + 1, norm, share: development || norms[k] === 0 ? null : norm / norms[k]!, gradient: normOf(gradients.layers[k]!.W.data) };
      }),
    };
  };
}

/** g'(Z) by the core's own backward: with dA = 1 it gives nothing else. */
function derivativeOf(name: ActivationName, Z: Matrix, A: Matrix, slope: number | undefined): Matrix | null {
  if (name === 'softmax') return null;
  const ones = matrix(1, Z.columns);
  ones.data.fill(1);
  const derivative = matrix(1, Z.columns);
  activateBackward(name, ones, Z, A, derivative, slope);
  return derivative;
}

/** Samples that go through at once. */
const BLOCK = 512;

/** Over the training samples: the sum of what each one's share in dW[l] measures, and their gradient without L2. */
function sumsOf(network: Network, parameters: Parameters, { X, Y, trainingRows }: NetworkView): { norms: number[]; gradients: Parameters } {
  const m = trainingRows.length;
  const gradients = createParameters([X.columns, ...parameters.layers.map(({ b }) => b.length)]);
  const norms = parameters.layers.map(() => 0);
  const passes = new Map<number, Pass>();
  for (let from = 0; from < m; from += BLOCK) {
    const rows = trainingRows.subarray(from, from + BLOCK);
    let pass = passes.get(rows.length);
    if (!pass) passes.set(rows.length, (pass = createPass(parameters, rows.length)));
    const targets = gatherRows(Y, rows, matrix(rows.length, Y.columns));
    forward(network, parameters, gatherRows(X, rows, matrix(rows.length, X.columns)), pass);
    backward(network, parameters, pass, targets, gradients);
    // ‖dZ Aᵀ / m‖ of one sample is ‖dZ‖ ‖A‖ / m, because it is a column times a row
    for (let k = 0; k < norms.length; k++) {
      for (let s = 0; s < rows.length; s++) norms[k]! += (normOf(rowsOf(pass.dZ[k]!, s, s + 1).data) * normOf(rowsOf(pass.A[k]!, s, s + 1).data)) / m;
    }
  }
  finishGradients(network, parameters, m, gradients);
  return { norms, gradients };
}
