// The samples as the network sees them: scaled, and told apart into training and development.

import type { Matrix } from '../core/matrix';
import type { CompleteExperiment } from '../experiment/schema';
import { fitScaling, scale, type Scaling } from './scaling';

export interface NetworkView {
  /** m × n[0] and m × n[L], every sample. */
  readonly X: Matrix;
  readonly Y: Matrix;
  readonly targetScaling: Scaling | null;
  /** In the order of the file. */
  readonly trainingRows: Uint32Array;
  readonly developmentRows: Uint32Array;
}

/** Scales are learned from the training samples alone; `development` marks the others with 1, null: none. */
export function networkView(experiment: CompleteExperiment, X: Matrix, Y: Matrix, development: Uint8Array | null): NetworkView {
  const all = Uint32Array.from({ length: X.rows }, (_, row) => row);
  const trainingRows = development ? all.filter((row) => development[row] === 0) : all;
  const targetScaling = fitScaling(experiment.normalize.target, Y, trainingRows);
  return {
    X: scale(X, fitScaling(experiment.normalize.features, X, trainingRows)),
    Y: scale(Y, targetScaling),
    targetScaling,
    trainingRows,
    developmentRows: development ? all.filter((row) => development[row] === 1) : new Uint32Array(0),
  };
}
