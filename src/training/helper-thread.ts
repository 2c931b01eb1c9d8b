// The helping thread: a shell around the kernels' own loop. It ends when its engine is disposed of.

import { workerData } from 'node:worker_threads';
import type { HelpRequest } from '../core/kernels/engine';
import { instanceOn } from '../core/kernels/instance';

const { module, memory, net, thread } = workerData as HelpRequest;
instanceOn(module, memory).help(net, thread);
