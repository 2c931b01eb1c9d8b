// Why a derivative is 0 on both sides of the check.

import type { Matrix } from './matrix';
import type { Network, Pass } from './network';
import type { Entry } from './perturbation';

/**
 * `dead outputs`: Z[L] ≤ 0 under a ReLU output for every sample. `dead unit`: the same of the entry's own unit.
 * `no error`: every prediction equals its target. `nothing arrives`: no layer above passes anything down to it.
 * `zero input`: what the weight is multiplied with is 0 for every sample, as is a constant feature after scaling.
 */
export type VacuousReason = 'dead outputs' | 'dead unit' | 'no error' | 'nothing arrives' | 'zero input';

export interface VacuousEntries {
  readonly reason: VacuousReason;
  readonly entries: number;
}

/** Counts the given entries by reason, the most frequent first. The pass went forward and backward. */
export function whyVacuous(network: Network, pass: Pass, entries: readonly Entry[]): VacuousEntries[] {
  const counts = new Map<VacuousReason, number>();
  for (const entry of entries) {
    const reason = reasonOf(network, pass, entry);
    if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return Array.from(counts, ([reason, count]) => ({ reason, entries: count })).sort((one, other) => other.entries - one.entries);
}

function reasonOf(network: Network, pass: Pass, { l, i, j }: Entry): VacuousReason | null {
  const L = pass.Z.length;
  const isZero = (value: number): boolean => value === 0;
  const isDead = (value: number): boolean => value <= 0;
  if (network.activations[L - 1] === 'relu' && pass.Z[L - 1]!.data.every(isDead)) return 'dead outputs';
  if (network.activations[l - 1] === 'relu' && column(pass.Z[l - 1]!, i, isDead)) return l === L ? 'dead outputs' : 'dead unit';
  if (j !== null && column(pass.A[l - 1]!, j, isZero)) return 'zero input';
  if (pass.dA[L - 1]!.data.every(isZero)) return 'no error';
  return column(pass.dZ[l - 1]!, i, isZero) ? 'nothing arrives' : null;
}

function column(source: Matrix, j: number, holds: (value: number) => boolean): boolean {
  for (let p = j; p < source.data.length; p += source.columns) if (!holds(source.data[p]!)) return false;
  return true;
}
