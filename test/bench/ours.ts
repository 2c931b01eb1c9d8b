// Our side of the benchmark: one full-batch step, a whole gradient check, or a CSV into a Dataset, timed.

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import type { ActivationName } from '../../src/core/activations';
import { createEngine, type EngineOptions } from '../../src/core/engine';
import { checkGradients } from '../../src/core/gradient-check';
import { initialize } from '../../src/core/initializations';
import { matrix, type Matrix } from '../../src/core/matrix';
import type { Network } from '../../src/core/network';
import { createRandom } from '../../src/core/random';
import { readTable } from '../../src/data/file';
import { makeDataset } from '../../src/data/make-dataset';
import type { FromWorker, WorkerData } from '../../src/worker/messages';
import { timed } from './timed.mjs';

interface Spec {
  readonly kind: 'step' | 'check' | 'csv' | 'event-loop';
  readonly units: readonly number[];
  readonly samples: number;
  readonly seconds: number;
  readonly threads: number;
  readonly engine?: 'kernels' | 'typescript';
  readonly helper: string;
  readonly worker: string;
  readonly file: string;
}

const spec = JSON.parse(process.argv[2]!) as Spec;
const random = createRandom(1);

function normal(rows: number, columns: number): Matrix {
  const result = matrix(rows, columns);
  for (let k = 0; k < result.data.length; k++) result.data[k] = random.normal();
  return result;
}

function network(hidden: ActivationName): Network {
  return { activations: spec.units.slice(1).map((_, k) => (k < spec.units.length - 2 ? hidden : 'linear')), loss: 'mse', l2: 0 };
}

/** Until the helping thread has joined, whose start is no part of a step. */
const joined = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));

let helper: Worker | undefined;
const options: EngineOptions = {
  ...(spec.engine && { kind: spec.engine }),
  ...(spec.threads > 1 && {
    startHelper: (request) => {
      helper ??= new Worker(spec.helper);
      helper.unref();
      helper.postMessage(request);
    },
  }),
};

async function step(): Promise<object> {
  const engine = createEngine(network('relu'), initialize('he', spec.units, random), normal(spec.samples, spec.units[0]!), normal(spec.samples, spec.units.at(-1)!), options);
  const update = engine.createUpdate({ name: 'sgd', learningRate: 1e-3 });
  const once = (): void => {
    engine.costAndGradients(null);
    update(1e-3);
  };
  once();
  await joined();
  return { ms: timed(once, spec.seconds), engine: engine.kind };
}

async function check(): Promise<object> {
  const X = normal(spec.samples, spec.units[0]!);
  const Y = normal(spec.samples, spec.units.at(-1)!);
  const parameters = initialize('xavier', spec.units, random);
  const once = () => checkGradients(network('tanh'), parameters, X, Y, 1, options);
  once();
  await joined();
  const ms = timed(() => void once(), spec.seconds);
  const parts = once().layers.flatMap(({ dW, db }) => [dW, db]);
  return {
    ms,
    difference: Math.max(...parts.map(({ relativeDifference }) => relativeDifference!)),
    checked: parts.reduce((sum, { checked }) => sum + checked, 0),
    of: parts.reduce((sum, part) => sum + part.of, 0),
  };
}

async function csv(): Promise<object> {
  let best = Infinity;
  for (let k = 0; k < 3; k++) {
    const began = performance.now();
    const dataset = makeDataset(await readTable(spec.file), { missing: 'skip' });
    best = Math.min(best, performance.now() - began);
    if (dataset.X.rows < 1000) throw new Error('the file was not read');
  }
  return { ms: best, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
}

/** The delay of this thread's event loop while the worker trains on the file, as the extension host sees it. */
async function eventLoop(): Promise<object> {
  const ticket = new SharedArrayBuffer(4);
  const worker = new Worker(spec.worker, { workerData: { ticket } satisfies WorkerData });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'finished') resolve();
      else if (message.type === 'failed') reject(new Error(message.problem.what));
    });
    worker.postMessage({ type: 'train', file: spec.file, settings: { iterations: 500 }, runFile: `${spec.file}.run`, ticket: 0 });
  });
  delay.disable();
  await worker.terminate();
  return { p99: delay.percentile(99) / 1e6, most: delay.max / 1e6 };
}

const kinds = { step, check, csv, 'event-loop': eventLoop };
void kinds[spec.kind]().then((result) => console.log(JSON.stringify(result)));
