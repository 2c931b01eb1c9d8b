// Starts the thread that helps the kernels with large networks. Only the bundles that train have it beside them.

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { HelpRequest } from '../core/kernels/engine';

const SCRIPT = join(__dirname, 'helper-thread.js');

/** Nothing happens where there is no second core: the results are the same, only later. */
export function startHelper(request: HelpRequest): void {
  if (availableParallelism() < 2 || !existsSync(SCRIPT)) return;
  const worker = new Worker(SCRIPT, { workerData: request });
  // it may die, for want of memory: the others go on without it
  worker.on('error', () => undefined);
  worker.unref();
}
