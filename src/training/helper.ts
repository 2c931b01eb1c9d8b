// The thread that helps the kernels with large networks: one for all engines of this process, which it serves
// one after the other. Only bundles that train have its script beside them.

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { HelpRequest } from '../core/kernels/engine';

const SCRIPT = join(__dirname, 'helper-thread.js');

let helper: Worker | null = null;

/** Nothing happens where there is no second core: the results are the same, only later. */
export function startHelper(request: HelpRequest): void {
  if (availableParallelism() < 2 || !existsSync(SCRIPT)) return;
  helper ??= start();
  helper.postMessage(request);
}

function start(): Worker {
  const worker = new Worker(SCRIPT);
  // it may die, for want of memory: the others go on without it
  worker.on('error', () => (helper = null));
  worker.unref();
  return worker;
}
