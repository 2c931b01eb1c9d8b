// Random networks, parameters and samples from one seed.

import { activationNames, type ActivationName } from '../../../../src/core/activations';
import { initialize } from '../../../../src/core/initializations';
import { lossNames, type LossName } from '../../../../src/core/losses';
import { matrix, type Matrix } from '../../../../src/core/matrix';
import type { Network } from '../../../../src/core/network';
import type { Parameters } from '../../../../src/core/parameters';
import { createRandom, type Random } from '../../../../src/core/random';

export interface Case {
  readonly network: Network;
  readonly parameters: Parameters;
  readonly X: Matrix;
  readonly Y: Matrix;
}

/** Outputs whose loss is defined everywhere: the logarithms need 0 < A < 1. */
export function fits(loss: LossName, output: ActivationName): boolean {
  if (loss === 'binary-cross-entropy') return output === 'sigmoid' || output === 'softmax';
  if (loss === 'cross-entropy') return output === 'softmax' || output === 'sigmoid' || output === 'softplus';
  return true;
}

export const pairs = lossNames.flatMap((loss) => activationNames.filter((output) => fits(loss, output)).map((output) => ({ loss, output })));

export function randomCase(seed: number, { loss, output, hidden, samples }: { loss: LossName; output: ActivationName; hidden: readonly ActivationName[]; samples: number }): Case {
  const random = createRandom(seed);
  const outputs = output === 'softmax' ? 2 + random.below(3) : 1 + random.below(3);
  const units = [1 + random.below(9), ...hidden.map(() => 1 + random.below(9)), outputs];
  const parameters = initialize('xavier', units, random);
  for (const { b } of parameters.layers) for (let i = 0; i < b.length; i++) b[i] = 0.3 * random.normal();
  const activations = [...hidden, output];
  return {
    network: { activations, slopes: activations.map(() => random.uniform()), loss, l2: random.uniform() < 0.5 ? 0 : random.uniform() },
    parameters,
    X: filled(samples, units[0]!, () => random.normal()),
    Y: targetsFor(loss, samples, outputs, random),
  };
}

function targetsFor(loss: LossName, samples: number, outputs: number, random: Random): Matrix {
  if (loss === 'binary-cross-entropy') return filled(samples, outputs, () => random.below(2));
  if (loss !== 'cross-entropy') return filled(samples, outputs, () => random.normal());
  const Y = matrix(samples, outputs);
  for (let s = 0; s < samples; s++) Y.data[s * outputs + random.below(outputs)] = 1;
  return Y;
}

function filled(rows: number, columns: number, value: () => number): Matrix {
  const result = matrix(rows, columns);
  for (let k = 0; k < result.data.length; k++) result.data[k] = value();
  return result;
}
