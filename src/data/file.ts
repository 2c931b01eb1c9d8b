// Reads a data file from the disk in chunks, and notices when it changes meanwhile.

import { open, stat, type FileHandle } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { ProblemError } from '../problem';
import { TableParser } from './parse';
import type { Table } from './table';

/** Bytes read at a time: enough to be fast, and little beside the table that they become. */
const CHUNK_BYTES = 1 << 20;

/**
 * Reads and parses a delimited text file without ever holding it as a whole.
 * @throws ProblemError for everything that readFileBytes and parseTable throw it for.
 */
export async function readTable(path: string): Promise<Table> {
  const parser = new TableParser(path);
  await readFileBytes(path, (chunk) => parser.push(chunk));
  return parser.finish();
}

/**
 * Hands the bytes of a file to `consume`, chunk by chunk in their order. A chunk is only valid during the call.
 * What `consume` throws ends the reading.
 * @throws ProblemError if the file does not exist, cannot be read, is empty, or changes while it is read.
 */
export async function readFileBytes(path: string, consume: (chunk: Uint8Array) => void): Promise<void> {
  const handle = await openFile(path);
  try {
    const before = await handle.stat();
    if (before.isDirectory()) throw new ProblemError({ what: 'This is a folder, not a file.', todo: 'Choose a CSV file inside it.', file: path });
    if (!before.isFile()) throw new ProblemError({ what: 'This is not a regular file.', todo: 'Save its content to a CSV file first.', file: path });
    if (before.size === 0) throw new ProblemError({ what: 'The file is empty.', todo: 'Save the data to it and try again.', file: path });

    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, before.size + 1));
    let total = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) break;
      total += bytesRead;
      // A file that grows for ever (a log) must not keep us here.
      if (total > before.size) throw changed(path);
      consume(buffer.subarray(0, bytesRead));
    }
    // The path may name another file by now, or none: editors save by writing a new one and renaming it.
    const after = await stat(path).catch(() => undefined);
    if (after === undefined) throw new ProblemError({ what: 'The file vanished while it was read.', todo: 'Check where it went and try again.', file: path });
    if (total !== before.size || !sameFile(before, after) || !sameFile(before, await handle.stat())) throw changed(path);
  } catch (error) {
    throw explain(error, path);
  } finally {
    await handle.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw explain(error, path);
  }
}

function sameFile(one: Stats, other: Stats): boolean {
  return one.size === other.size && one.mtimeMs === other.mtimeMs && one.ino === other.ino;
}

function changed(path: string): ProblemError {
  return new ProblemError({ what: 'The file changed while it was read.', todo: 'Wait until whatever writes it has finished, then try again.', file: path });
}

/** What the operating system said, in words; anything else is passed on. */
function explain(error: unknown, file: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof ProblemError || code === undefined) return error;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new ProblemError({ what: 'The file does not exist.', todo: 'Check its name and folder.', file });
    case 'EISDIR':
      return new ProblemError({ what: 'This is a folder, not a file.', todo: 'Choose a CSV file inside it.', file });
    case 'EACCES':
    case 'EPERM':
      return new ProblemError({ what: 'You have no permission to read the file.', todo: 'Change its permissions, or copy it to a folder of your own.', file });
    default:
      return new ProblemError({ what: `The file cannot be read (${code}).`, todo: 'Check that the disk or network folder is still there, then try again.', file });
  }
}
