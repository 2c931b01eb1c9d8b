// Leaky ReLU with another slope than the core's is right too, if it is the same slope everywhere.

import type { TargetName } from './finding';
import { toTensor } from './tensors';
import type { Tensor } from './value';
import type { World } from './world';

/** The slope for which `theirs` is right; null if there is none. */
export function slopeOf(theirs: readonly Tensor[], target: TargetName, worlds: readonly World[]): number | null {
  let slope: number | null = null;
  for (const [k, values] of theirs.entries()) {
    const Z = toTensor(worlds[k]!.Z, 'samples', 'columns');
    const dA = toTensor(worlds[k]!.dA, 'samples', 'columns');
    if (values.shape.join() !== Z.shape.join()) return null;
    for (let i = 0; i < values.data.length; i++) {
      const factor = values.data[i]! / (target === 'dZ' ? dA.data[i]! : 1);
      if (Z.data[i]! > 0) {
        if (Math.abs(factor - 1) > 1e-9) return null;
        continue;
      }
      slope ??= factor;
      if (Math.abs(factor - slope) > 1e-9) return null;
    }
  }
  // 0 is ReLU and 1 linear
  return slope !== null && slope > 1e-6 && slope < 0.999 ? Number(slope.toPrecision(9)) : null;
}
