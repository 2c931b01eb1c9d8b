// Which samples of a run have dead outputs: counted once, for the rule, the panel and the command line.

import { isDead, type Run } from '../training/run';

export interface DeadSamples {
  /** Dead predictions, of m · n[L]. */
  readonly predictions: number;
  /** Numbers of the samples with at least one of them, in the order of the file. */
  readonly samples: Uint32Array;
}

/** Whether no prediction has a gradient any more. */
export function allDead(run: Run): boolean {
  return run.samples.Z.data.every((z) => isDead(run, z));
}

export function deadSamples(run: Run): DeadSamples {
  const { rows, columns, data } = run.samples.Z;
  const samples: number[] = [];
  let predictions = 0;
  for (let s = 0; s < rows; s++) {
    const before = predictions;
    for (let k = s * columns; k < (s + 1) * columns; k++) if (isDead(run, data[k]!)) predictions += 1;
    if (predictions > before) samples.push(s);
  }
  return { predictions, samples: Uint32Array.from(samples) };
}
