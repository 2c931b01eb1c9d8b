// The exact derivative of the cost by one entry of W or b, by forward-mode differentiation of the same forward
// pass: the second witness of the gradient check, beside the central differences.

import { LEAKY_SLOPE } from './activations';
import { activateDuals, activationTangent, dual, lossDual } from './dual';
import { matrix, type Matrix } from './matrix';
import type { Network, Pass } from './network';
import { layerMatrices, type Parameters } from './parameters';
import type { Entry } from './perturbation';

/** `pass` went forward over X and Y (m × n[L]) with these parameters. Returns the derivative of the cost without its L2 part. */
export function createExactDerivative(network: Network, parameters: Parameters, pass: Pass, Y: Matrix): (entry: Entry) => number {
  const m = Y.rows;
  const last = parameters.layers.length - 1;
  const outputs = Y.columns;
  const output = network.activations[last]!;
  // what one operation after the other makes of a tangent 1 does not depend on the entry: taken once
  const slopes = parameters.layers.map((_, k) => network.slopes?.[k] ?? LEAKY_SLOPE);
  const factors = parameters.layers.map((layer, k) => {
    const name = network.activations[k]!;
    if (k === last || name === 'softmax') return matrix(0, layer.W.rows);
    const Z = pass.Z[k]!;
    return { ...Z, data: Z.data.map((z) => activationTangent(name, z, slopes[k]!)) };
  });
  const tangents = layerMatrices(parameters, m);

  /** Tangents of Z[l] into `tangents`, for the layers from that of the entry to the last. */
  function carry({ l, i, j }: Entry): void {
    const first = tangents[l - 1]!;
    const input = pass.A[l - 1]!;
    first.data.fill(0);
    for (let s = 0; s < m; s++) first.data[s * first.columns + i] = j === null ? 1 : input.data[s * input.columns + j]!;
    for (let k = l; k <= last; k++) {
      const { W } = parameters.layers[k]!;
      const below = tangents[k - 1]!;
      const factor = factors[k - 1]!;
      const into = tangents[k]!;
      for (let s = 0; s < m; s++) {
        for (let unit = 0; unit < W.rows; unit++) {
          let sum = 0;
          for (let from = 0, p = s * W.columns, q = unit * W.columns; from < W.columns; from++) {
            const tangent = below.data[p + from]!;
            if (tangent !== 0) sum += W.data[q + from]! * factor.data[p + from]! * tangent;
          }
          into.data[s * W.rows + unit] = sum;
        }
      }
    }
  }

  return (entry) => {
    carry(entry);
    const T = tangents[last]!;
    const Z = pass.Z[last]!;
    let sum = 0;
    for (let s = 0; s < m; s++) {
      const at = s * outputs;
      const z = Array.from({ length: outputs }, (_, i) => dual(Z.data[at + i]!, T.data[at + i]));
      if (z.every(({ tangent }) => tangent === 0)) continue;
      sum += lossDual(network.loss, output, z, activateDuals(output, z, slopes[last]!), Y.data.subarray(at, at + outputs)).tangent;
    }
    return sum / m;
  };
}
