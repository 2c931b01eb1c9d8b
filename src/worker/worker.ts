// The worker thread: a shell around the service.

import { parentPort, workerData } from 'node:worker_threads';
import type { ToWorker, WorkerData } from './messages';
import { createService } from './service';

const port = parentPort!;
const ticket = new Int32Array((workerData as WorkerData).ticket);
const serve = createService(
  (message) => port.postMessage(message),
  () => Atomics.load(ticket, 0),
);
port.on('message', (message: ToWorker) => void serve(message));
