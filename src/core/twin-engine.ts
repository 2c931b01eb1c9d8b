// The engine without WebAssembly: plain loops over blocks of samples, in the kernels' order of operations.

import type { Engine } from './engine';
import { gatherRows, matrix, rowsOf, type Matrix } from './matrix';
import { backward, createPass, finishGradients, forward, l2Cost, losses, type Network, type Pass } from './network';
import { createOptimizer } from './optimizers';
import { cloneParameters, createParameters, unitsOf, type Parameters } from './parameters';
import { sharesOf } from './shares';

/** Samples that go through all layers together. Sums do not depend on it. */
const BLOCK = 512;

export function createTwinEngine(network: Network, initial: Parameters, X: Matrix, Y: Matrix): Engine {
  const parameters = cloneParameters(initial);
  const gradients = createParameters(unitsOf(initial));
  const shareSums = createParameters(unitsOf(initial));
  const passes = new Map<number, Pass>();
  const passOf = (samples: number): Pass => {
    let pass = passes.get(samples);
    if (!pass) passes.set(samples, (pass = createPass(parameters, samples)));
    return pass;
  };

  /** Forward and losses of the given samples, block by block. */
  function forEachBlock(rows: Uint32Array | null, from: number, to: number, visit: (pass: Pass, first: number, targets: Matrix) => void): void {
    for (let first = from; first < to; first += BLOCK) {
      const end = Math.min(first + BLOCK, to);
      const pick = (source: Matrix): Matrix => (rows ? gatherRows(source, rows.subarray(first, end), matrix(end - first, source.columns)) : rowsOf(source, first, end));
      const pass = passOf(end - first);
      const targets = pick(Y);
      forward(network, parameters, pick(X), pass);
      losses(network, pass, targets);
      visit(pass, first, targets);
    }
  }

  function evaluate(rows: Uint32Array | null, withGradients: boolean): number {
    const m = rows ? rows.length : X.rows;
    const shares = sharesOf(m);
    let loss = 0;
    for (let share = 0; share < shares; share++) {
      let shareLoss = 0;
      shareSums.flat.fill(0);
      forEachBlock(rows, Math.floor((share * m) / shares), Math.floor(((share + 1) * m) / shares), (pass, _, targets) => {
        for (const value of pass.losses) shareLoss += value;
        if (withGradients) backward(network, parameters, pass, targets, shareSums);
      });
      loss = share === 0 ? shareLoss : loss + shareLoss;
      if (withGradients) for (let p = 0; p < gradients.flat.length; p++) gradients.flat[p] = share === 0 ? shareSums.flat[p]! : gradients.flat[p]! + shareSums.flat[p]!;
    }
    if (withGradients) finishGradients(network, parameters, m, gradients);
    return loss / m + l2Cost(network, parameters, m);
  }

  return {
    kind: 'typescript',
    parameters,
    gradients,
    cost: (rows) => evaluate(rows, false),
    costAndGradients: (rows) => evaluate(rows, true),
    createUpdate(settings) {
      const update = createOptimizer(settings, parameters.flat.length);
      return (learningRate) => update(parameters.flat, gradients.flat, learningRate);
    },
    forEachOutput(visit) {
      forEachBlock(null, 0, X.rows, (pass, first) => visit({ first, Z: pass.Z.at(-1)!, A: pass.A.at(-1)!, losses: pass.losses }));
    },
    dispose: () => undefined,
  };
}
