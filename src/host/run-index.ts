// The list of all kept runs, in one small file beside them, so that no run has to be read to show it.

import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RunEntry } from './run-entry';

/** Raised whenever the form of RunEntry changes: an older list is then begun anew. */
const VERSION = 1;

export interface RunIndex {
  /** Newest first; empty until `ready`. */
  readonly entries: readonly RunEntry[];
  readonly ready: Promise<void>;
  find(id: string): RunEntry | undefined;
  /** The newest run that a person started on this file, or on an experiment whose data it holds. */
  latestOf(file: string): RunEntry | undefined;
  add(entry: RunEntry): Promise<void>;
  drop(ids: readonly string[]): Promise<void>;
  /** Gives the way to stop listening. */
  onChange(listener: () => void): () => void;
}

type Change = (entries: readonly RunEntry[]) => readonly RunEntry[];

export function createRunIndex(folder: string): RunIndex {
  const listFile = join(folder, 'runs.json');
  const listeners = new Set<() => void>();
  let entries: readonly RunEntry[] = [];

  const read = async (): Promise<readonly RunEntry[]> => {
    try {
      const content = JSON.parse(await readFile(listFile, 'utf8')) as { version: number; runs: RunEntry[] };
      return content.version === VERSION ? content.runs : [];
    } catch {
      // none yet, or one that cannot be read
      return [];
    }
  };
  const write = async (runs: readonly RunEntry[]): Promise<void> => {
    await mkdir(folder, { recursive: true });
    await writeFile(`${listFile}.part`, JSON.stringify({ version: VERSION, runs }));
    await rename(`${listFile}.part`, listFile);
  };
  const show = (runs: readonly RunEntry[]): void => {
    entries = [...runs].sort((one, other) => other.ended - one.ended);
    for (const listener of listeners) listener();
  };

  const load = async (): Promise<void> => {
    const runs = await read();
    const files = new Set(await readdir(folder).catch(() => []));
    const added = entries;
    show([...added, ...runs.filter(({ id }) => files.has(basename(id)) && !added.some((each) => each.id === id))]);
  };
  const ready = load();
  let writing = ready;

  /** What the file says by then is changed, not what we last knew of it: another window may have written it. */
  function change(apply: Change): Promise<void> {
    show(apply(entries));
    writing = writing.then(async () => write(apply(await read()))).catch(() => undefined);
    return writing;
  }

  return {
    get entries() {
      return entries;
    },
    ready,
    find: (id) => entries.find((entry) => entry.id === id),
    latestOf: (file) => entries.find(({ source }) => source === file) ?? entries.find(({ dataFile }) => dataFile === file),
    add: (entry) => change((runs) => [entry, ...runs.filter(({ id }) => id !== entry.id)]),
    drop: (ids) => (ids.length === 0 ? Promise.resolve() : change((runs) => runs.filter(({ id }) => !ids.includes(id)))),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
