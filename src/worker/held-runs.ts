// Runs of trials that stay in memory, so that keeping one trains nothing twice. What finds no room is trained again when it
// is kept, to the same bits.

import type { Run } from '../training/run';

export interface HeldRuns {
  put(id: string, run: Run): void;
  get(id: string): Run | null;
}

/** Of all of them together. */
const ROOM = 128 * 2 ** 20;

export function createHeldRuns(room = ROOM): HeldRuns {
  const runs = new Map<string, Run>();
  let taken = 0;
  return {
    put(id, run) {
      const size = bytesOf(run);
      if (taken + size > room) return;
      taken += size;
      runs.set(id, run);
    },
    get: (id) => runs.get(id) ?? null,
  };
}

/** Of its largest arrays. */
function bytesOf({ history, costs, samples }: Run): number {
  return history.parameters.byteLength + costs.byteLength + samples.X.data.byteLength + samples.predictions.data.byteLength + samples.Z.data.byteLength;
}
