// How long the first updates are against the weights that they change, and what they leave of the units.

import { shareOf, type Facts, type States } from './facts';

/** Snapshots that count as the first updates: the first ones are of every iteration. */
export const EARLY = 20;
/** A first update longer than the weights that it changes: they start anew. (An ordinary one is about 1e-3 of them: Karpathy, CS231n.) */
export const WHOLE_WEIGHT = 1;
/** SageMaker Debugger, DeadRelu and SaturatedActivation: half of the units of a layer. */
const MOST = 0.5;

/** The largest ‖α dW[l]‖ / ‖W[l]‖ of the first updates, of one layer (1 … L) or of all. */
export function firstStep({ run: { history } }: Facts, layer?: number): number {
  const layers = layer === undefined ? history.layers : [history.layers[layer - 1]!];
  return Math.max(...layers.map(({ updateRatio }) => updateRatio.subarray(0, EARLY).reduce((most, ratio) => Math.max(most, ratio), 0)));
}

/** The lowest hidden layer most of whose units are dead or saturated and were not so at the start, after first updates longer than its W. */
export function flattenedLayer(facts: Facts): { readonly layer: number; readonly step: number; readonly dead: boolean } | null {
  const flat = (states: States): number[] => shareOf(states, 'saturated').map((share, k) => share + shareOf(states, 'dead')[k]!);
  const before = flat(facts.start);
  const layer = flat(facts.end).findIndex((share, k) => share > MOST && before[k]! <= MOST) + 1;
  if (layer === 0) return null;
  const step = firstStep(facts, layer);
  return step > WHOLE_WEIGHT ? { layer, step, dead: shareOf(facts.end, 'dead')[layer - 1]! > MOST } : null;
}
