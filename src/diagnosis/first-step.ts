// How long the first updates are against the weights that they change.

import type { Facts } from './facts';

/** Snapshots that count as the first updates: the first ones are of every iteration. */
export const EARLY = 20;

/** The largest ‖α dW[l]‖ / ‖W[l]‖ of the first updates, of one layer (1 … L) or of all. */
export function firstStep({ run: { history } }: Facts, layer?: number): number {
  const layers = layer === undefined ? history.layers : [history.layers[layer - 1]!];
  return Math.max(...layers.map(({ updateRatio }) => updateRatio.subarray(0, EARLY).reduce((most, ratio) => Math.max(most, ratio), 0)));
}
