// Keeps runs on disk, so that closing a window loses none: structured clone, as between threads.

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Run } from '../training/run';

/** Raised whenever the form of Run changes: older files are then not read. */
const VERSION = 2;

/** Written beside and renamed, so that a crash leaves no half file. */
export async function writeRun(path: string, run: Run): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.part`, serialize({ version: VERSION, run }));
  await rename(`${path}.part`, path);
}

/** The run, or null if there is none that this version can read. */
export async function readRun(path: string): Promise<Run | null> {
  try {
    const content = deserialize(await readFile(path)) as { version: number; run: Run };
    return content.version === VERSION ? content.run : null;
  } catch {
    return null;
  }
}
