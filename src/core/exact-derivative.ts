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
  // tangents are multiplied and added, never more: what one operation after the other makes of a tangent 1 is the same for every entry
  const slopes = parameters.layers.map((_, k) => network.slopes?.[k] ?? LEAKY_SLOPE);
  const factors = parameters.layers.map((layer, k) => {
    const name = network.activations[k]!;
    if (k === last || name === 'softmax') return matrix(0, layer.W.rows);
    const Z = pass.Z[k]!;
    return { ...Z, data: Z.data.map((z) => activationTangent(name, z, slopes[k]!)) };
  });
  const lossFactors = lossTangents(network, slopes[last]!, pass, Y);
  const tangents = layerMatrices(parameters, m);

  /** Tangents of Z[l] into `tangents`, for the layers from that of the entry to the last. */
  function carry({ l, i, j }: Entry): void {
    const first = tangents[l - 1]!;
    const input = pass.A[l - 1]!;
    first.data.fill(0);
    for (let s = 0; s < m; s++) first.data[s * first.columns + i] = j === null ? 1 : input.data[s * input.columns + j]!;
    // of the entry's own layer one unit has a tangent, of those above it all have
    for (let k = l; k <= last; k++) propagate(k, k === l ? [i, i + 1] : [0, tangents[k - 1]!.columns]);
  }

  function propagate(k: number, [start, end]: readonly [number, number]): void {
    const { W } = parameters.layers[k]!;
    const below = tangents[k - 1]!.data;
    const factor = factors[k - 1]!.data;
    const into = tangents[k]!.data;
    for (let s = 0; s < m; s++) {
      for (let unit = 0; unit < W.rows; unit++) {
        let sum = 0;
        for (let from = start, p = s * W.columns, q = unit * W.columns; from < end; from++) sum += W.data[q + from]! * (factor[p + from]! * below[p + from]!);
        into[s * W.rows + unit] = sum;
      }
    }
  }

  return (entry) => {
    carry(entry);
    const T = tangents[last]!.data;
    let sum = 0;
    for (let k = 0; k < T.length; k++) sum += lossFactors[k]! * T[k]!;
    return sum / m;
  };
}

/** What the output activation and the loss make of a tangent 1 of each output pre-activation, m × n[L]. */
function lossTangents(network: Network, slope: number, pass: Pass, Y: Matrix): Float64Array {
  const Z = pass.Z.at(-1)!;
  const output = network.activations.at(-1)!;
  const n = Y.columns;
  return Z.data.map((_, k) => {
    const first = k - (k % n);
    const z = Array.from(Z.data.subarray(first, first + n), (value, i) => dual(value, first + i === k ? 1 : 0));
    return lossDual(network.loss, output, z, activateDuals(output, z, slope), Y.data.subarray(first, first + n)).tangent;
  });
}
