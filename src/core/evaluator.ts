// Cost and gradients over any number of samples in bounded memory: the samples go through in blocks.

import { rowsOf, type Matrix } from './matrix';
import { addL2Backward, backward, createPass, forward, l2Cost, losses, type Network, type Pass } from './network';
import type { Parameters } from './parameters';

/** Samples a block. The sums run in this order everywhere, so results are the same bits on every run. */
const BLOCK = 512;

export interface Evaluator {
  /** J over all rows of X (m × n[0]) and Y (m × n[L]). */
  cost(X: Matrix, Y: Matrix): number;
  /** J, and its derivatives into `gradients`. */
  costAndGradients(X: Matrix, Y: Matrix, gradients: Parameters): number;
  /** Forward and losses block by block; `visit` gets each pass and the number of its first sample. */
  forEachBlock(X: Matrix, Y: Matrix, visit: (pass: Pass, first: number) => void): void;
}

/** Reads `parameters` afresh at every call, so they may be updated between calls. */
export function createEvaluator(network: Network, parameters: Parameters): Evaluator {
  const passes = new Map<number, Pass>();
  const passOf = (samples: number): Pass => {
    let pass = passes.get(samples);
    if (!pass) passes.set(samples, (pass = createPass(parameters, samples)));
    return pass;
  };

  function forEachBlock(X: Matrix, Y: Matrix, visit: (pass: Pass, first: number, Y: Matrix) => void): void {
    for (let first = 0; first < X.rows; first += BLOCK) {
      const end = Math.min(first + BLOCK, X.rows);
      const pass = passOf(end - first);
      const targets = rowsOf(Y, first, end);
      forward(network, parameters, rowsOf(X, first, end), pass);
      losses(network, pass, targets);
      visit(pass, first, targets);
    }
  }

  return {
    forEachBlock,
    cost(X, Y) {
      let sum = 0;
      forEachBlock(X, Y, (pass) => (sum = addAll(sum, pass.losses)));
      return sum / X.rows + l2Cost(network, parameters, X.rows);
    },
    costAndGradients(X, Y, gradients) {
      let sum = 0;
      gradients.flat.fill(0);
      forEachBlock(X, Y, (pass, _, targets) => {
        sum = addAll(sum, pass.losses);
        backward(network, parameters, pass, targets, X.rows, gradients);
      });
      addL2Backward(network, parameters, X.rows, gradients);
      return sum / X.rows + l2Cost(network, parameters, X.rows);
    },
  };
}

function addAll(start: number, values: Float64Array): number {
  let sum = start;
  for (const value of values) sum += value;
  return sum;
}
