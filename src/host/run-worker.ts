// A panel's worker thread seen from the host: requests go in, answers come out, and a death is an answer too.

import { Worker } from 'node:worker_threads';
import type { Problem } from '../problem';
import type { FromWorker, ToWorker, WorkerData } from '../worker/messages';

export interface RunWorker {
  train(request: Omit<Extract<ToWorker, { type: 'train' }>, 'type' | 'ticket'>): void;
  keep(request: Omit<Extract<ToWorker, { type: 'keep' }>, 'type' | 'ticket'>): void;
  send(message: Exclude<ToWorker, { type: 'train' | 'keep' }>): void;
  /** Ends the training under way; the run so far is kept and answered with `finished`. */
  stop(): void;
  dispose(): void;
}

/** `receive` gets every answer; a worker that dies answers `failed` and is started anew by the next request. */
export function createRunWorker(script: string, receive: (message: FromWorker) => void): RunWorker {
  const ticket = new Int32Array(new SharedArrayBuffer(4));
  let worker: Worker | null = null;

  function start(): Worker {
    const started = new Worker(script, { workerData: { ticket: ticket.buffer } satisfies WorkerData });
    started.on('message', (message: FromWorker) => {
      if (worker === started) receive(message);
    });
    const died = (problem: Problem): void => {
      if (worker !== started) return;
      worker = null;
      receive({ type: 'failed', runFile: null, problem });
    };
    started.on('error', (error) => died(describeDeath(error)));
    started.on('exit', (code) => died({ what: `The training thread ended unexpectedly (code ${code}).`, todo: 'Train again; if it happens again, please report it.' }));
    return started;
  }

  function send(message: ToWorker): void {
    worker ??= start();
    worker.postMessage(message);
  }

  return {
    train: (request) => send({ ...request, type: 'train', ticket: Atomics.add(ticket, 0, 1) + 1 }),
    keep: (request) => send({ ...request, type: 'keep', ticket: Atomics.add(ticket, 0, 1) + 1 }),
    send,
    stop: () => void Atomics.add(ticket, 0, 1),
    dispose() {
      const ended = worker;
      worker = null;
      void ended?.terminate();
    },
  };
}

function describeDeath(error: unknown): Problem {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { what: 'The training ran out of memory.', todo: 'Use fewer samples, smaller layers or a smaller batch size. The run before is kept.' };
  }
  return { what: `The training thread failed: ${message}.`, todo: 'The run before is kept. Please report this together with the file.' };
}
