// Where runs are kept between windows: one file a run in the extension's own folder, the newest ones only, the
// index of them, and a list of what each panel showed last. All are on disk at once: what the workbench itself remembers
// of a panel may be some seconds old when a window is reloaded.

import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RestoreToken } from '../protocol';
import { trialsFile } from '../worker/trials-file';
import { createRunIndex, type RunIndex } from './run-index';

const MAX_RUNS = 50;
const ENDING = '.run';

export interface RunStorage {
  readonly index: RunIndex;
  /** A path for a new run; its file is written by the worker. */
  newRunFile(): string;
  /** Remembers what the panel of a source shows. */
  remember(token: RestoreToken): void;
  /** What the panel of a source showed last. */
  recall(source: string): Promise<RestoreToken | undefined>;
  /** Deletes all but the newest runs. */
  prune(): Promise<void>;
  /** Deletes these runs. */
  delete(runFiles: readonly string[]): Promise<void>;
}

export function createRunStorage(folder: string): RunStorage {
  const listFile = join(folder, 'panels.json');
  let list: Promise<Record<string, RestoreToken>> | undefined;
  let writing = Promise.resolve();

  const readList = async (): Promise<Record<string, RestoreToken>> => {
    try {
      return JSON.parse(await readFile(listFile, 'utf8')) as Record<string, RestoreToken>;
    } catch {
      // none yet, or one that cannot be read: what it said is lost, but no run is
      return {};
    }
  };
  const writeList = async (content: Record<string, RestoreToken>): Promise<void> => {
    await mkdir(folder, { recursive: true });
    await writeFile(`${listFile}.part`, JSON.stringify(content));
    await rename(`${listFile}.part`, listFile);
  };

  const index = createRunIndex(folder);
  const remove = async (runFiles: readonly string[]): Promise<void> => {
    await Promise.all(runFiles.flatMap((path) => [path, trialsFile(path)]).map((path) => rm(path, { force: true })));
    await index.drop(runFiles);
  };

  return {
    index,
    newRunFile: () => join(folder, `${randomUUID()}${ENDING}`),
    remember(token) {
      list = (list ?? readList()).then((content) => ({ ...content, [token.source]: token }));
      const latest = list;
      // one after the other, so that an older list never replaces a newer one; a full disk must not end the panel
      writing = writing.then(async () => writeList(await latest)).catch(() => undefined);
    },
    recall: async (source) => (await (list ??= readList()))[source],
    async prune() {
      const all = await readdir(folder).catch(() => []);
      const names = all.filter((name) => name.endsWith(ENDING));
      // trials that were written when their run was gone already
      const orphans = all.filter((name) => name.includes(ENDING + '.trials') && !names.some((run) => name.startsWith(run)));
      await Promise.all(orphans.map((name) => rm(join(folder, name), { force: true })));
      const runs = await Promise.all(
        names.map(async (name) => {
          const path = join(folder, name);
          return { path, time: (await stat(path)).mtimeMs };
        }),
      );
      runs.sort((one, other) => other.time - one.time);
      await remove(runs.slice(MAX_RUNS).map(({ path }) => path));
    },
    delete: remove,
  };
}
