// Folders that the scripts and the tests share. Taken from this file's place where it is run as it is;
// test files that bundle it are run from the project's folder.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = process.cwd();
if (!existsSync(join(ROOT, 'scripts', 'paths.mjs'))) throw new Error('Run this from the folder of the project.');

/** What is downloaded once and kept. */
export const CACHE = join(ROOT, '.vscode-test');
