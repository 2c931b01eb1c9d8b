// Where runs are kept between windows: one file a run in the extension's own folder, the newest ones only.

import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const MAX_RUNS = 50;
const ENDING = '.run';

export interface RunStorage {
  /** A path for a new run; its file is written by the worker. */
  newRunFile(): string;
  /** Deletes all but the newest runs. */
  prune(): Promise<void>;
}

export function createRunStorage(folder: string): RunStorage {
  return {
    newRunFile: () => join(folder, `${randomUUID()}${ENDING}`),
    async prune() {
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(ENDING));
      const runs = await Promise.all(
        names.map(async (name) => {
          const path = join(folder, name);
          return { path, time: (await stat(path)).mtimeMs };
        }),
      );
      runs.sort((one, other) => other.time - one.time);
      await Promise.all(runs.slice(MAX_RUNS).map(({ path }) => rm(path, { force: true })));
    },
  };
}
