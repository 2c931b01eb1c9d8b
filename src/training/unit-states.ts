// Which units of a layer no gradient gets through, whatever the sample: dead and saturated ones.

import { activateBackward, type ActivationName } from '../core/activations';
import { matrix, type Matrix } from '../core/matrix';

/** A dead unit has derivative 0 (or next to it) for every sample, a saturated one lies on a flat end for nearly all. */
export type UnitState = 'alive' | 'dead' | 'saturated';

/**
 * Saturated where g'(z) is below this share of its largest value: |tanh z| > 0.99. SageMaker Debugger's SaturatedActivation
 * waits for g' < 1e-7 (|z| > 9.4999 for tanh), which float64 makes a matter of luck; TheDeepChecker (Ben Braiek and Khomh, 2023)
 * calls a unit saturated when its outputs crowd at both ends.
 */
const FLAT = 0.02;
/** Smooth relatives of ReLU have no exact 0: below this derivative they are as good as dead. */
const ASLEEP = 1e-3;
/** Share of the samples that must lie on a flat end. TheDeepChecker's bound for ratios of this kind is 0.95. */
const NEARLY_ALL = 0.95;

/** One state a unit; Z and A are m × n[l]. */
export function unitStates(activation: ActivationName, Z: Matrix, A: Matrix): UnitState[] {
  const flat = flatTest(activation, Z, A);
  const saturates = activation === 'sigmoid' || activation === 'tanh';
  const lively = saturates ? Math.floor((1 - NEARLY_ALL) * Z.rows) : 0;
  return Array.from({ length: Z.columns }, (_, i): UnitState => {
    if (!flat || Z.rows === 0) return 'alive';
    let steep = 0;
    for (let k = i; k < Z.data.length && steep <= lively; k += Z.columns) if (!flat(k)) steep += 1;
    if (steep > lively) return 'alive';
    return saturates ? 'saturated' : 'dead';
  });
}

/** Whether entry k lies where no gradient gets through; null for activations that let some through everywhere. */
function flatTest(activation: ActivationName, { data: z, rows, columns }: Matrix, { data: a }: Matrix): ((k: number) => boolean) | null {
  switch (activation) {
    case 'linear':
    case 'leaky-relu':
    case 'softmax':
      return null;
    case 'relu':
      return (k) => z[k]! <= 0;
    case 'tanh':
      return (k) => 1 - a[k]! * a[k]! < FLAT;
    case 'sigmoid':
      return (k) => 4 * a[k]! * (1 - a[k]!) < FLAT;
    default: {
      const ones = { rows, columns, data: new Float64Array(z.length).fill(1) };
      const derivative = matrix(rows, columns);
      activateBackward(activation, ones, { rows, columns, data: z }, { rows, columns, data: a }, derivative);
      return (k) => Math.abs(derivative.data[k]!) < ASLEEP;
    }
  }
}
