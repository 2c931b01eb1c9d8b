// How W starts. b starts at 0.

import type { Random } from './random';
import { createParameters, type Parameters } from './parameters';

export const initializationNames = ['he', 'xavier', 'small'] as const;
export type InitializationName = (typeof initializationNames)[number];

/** Standard deviation of W[l] for a layer with `inputs` = n[l-1]. */
const deviation: Record<InitializationName, (inputs: number) => number> = {
  // He et al., 2015
  he: (inputs) => Math.sqrt(2 / inputs),
  // Glorot and Bengio, 2010, in the form of the course: 1 / n[l-1]
  xavier: (inputs) => Math.sqrt(1 / inputs),
  small: () => 0.01,
};

/** Normal W, zero b, for layers 0 … L with the given units, input first. */
export function initialize(name: InitializationName, units: readonly number[], random: Random): Parameters {
  const parameters = createParameters(units);
  for (const { W } of parameters.layers) {
    const scale = deviation[name](W.columns);
    for (let k = 0; k < W.data.length; k++) W.data[k] = scale * random.normal();
  }
  return parameters;
}
