// The helping thread: a shell around the kernels' own loop, which ends when its engine is disposed of.

import { parentPort } from 'node:worker_threads';
import type { HelpRequest } from '../core/kernels/engine';
import { instanceOn } from '../core/kernels/instance';

parentPort!.on('message', ({ module, memory, net, thread }: HelpRequest) => instanceOn(module, memory).help(net, thread));
