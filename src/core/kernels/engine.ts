// The engine on the WebAssembly kernels.

import { activationNames, LEAKY_SLOPE } from '../activations';
import type { Engine } from '../engine';
import { lossNames } from '../losses';
import type { Matrix } from '../matrix';
import { l2Cost, type Network } from '../network';
import type { OptimizerSettings } from '../optimizers';
import { parametersFrom, unitsOf, type Parameters } from '../parameters';
import { sharesOf } from '../shares';
import { instantiate, type Exports, type Instance, type Memory } from './instance';

/** What another thread needs to help: it calls `instanceOn(module, memory).help(net, thread)`. */
export interface HelpRequest {
  readonly module: object;
  readonly memory: Memory;
  readonly net: number;
  readonly thread: number;
}

/** Starts a thread that answers the request; it ends by itself when the engine is disposed of. */
export type StartHelper = (request: HelpRequest) => void;

/** Multiply-adds of one evaluation from which a second thread is worth waking. */
const WORK_FOR_HELP = 500_000;
/** BLOCK of assembly/net.ts. */
const BLOCK = 64;
/** Room for code and stack beside the numbers, and what memory of the kind can hold at all. */
const MOST_BYTES = 0xf000_0000;

/** Null where the kernels cannot run or the samples do not fit into their memory. */
export function createKernelEngine(network: Network, parameters: Parameters, X: Matrix, Y: Matrix, startHelper?: StartHelper): Engine | null {
  if (bytesFor(parameters, X, Y) > MOST_BYTES) return null;
  const instance = instantiate();
  if (!instance) return null;
  const { exports, memory } = instance;
  const net = layOut(instance, network, parameters, X.rows, startHelper ? 2 : 1);
  const units = unitsOf(parameters);
  const numbers = (address: number, length: number): Float64Array => new Float64Array(memory.buffer, address, length);
  const own = parametersFrom(units, numbers(exports.parametersOf(net), parameters.flat.length));
  own.flat.set(parameters.flat);
  numbers(exports.XOf(net), X.data.length).set(X.data);
  numbers(exports.YOf(net), Y.data.length).set(Y.data);
  const rowNumbers = new Uint32Array(memory.buffer, exports.rowsOf(net), X.rows);
  let mayHelp = startHelper !== undefined;

  function evaluate(rows: Uint32Array | null, backward: boolean): number {
    const samples = rows ? rows.length : X.rows;
    if (rows) rowNumbers.set(rows);
    if (mayHelp && samples * parameters.flat.length > WORK_FOR_HELP) {
      mayHelp = false;
      startHelper!({ module: instance!.module, memory, net, thread: 1 });
    }
    const losses = exports.evaluate(net, backward, rows !== null, 0, samples, sharesOf(samples), network.l2);
    return losses / samples + l2Cost(network, own, samples);
  }

  return {
    kind: 'kernels',
    parameters: own,
    gradients: parametersFrom(units, numbers(exports.gradientsOf(net), parameters.flat.length)),
    cost: (rows) => evaluate(rows, false),
    costAndGradients: (rows) => evaluate(rows, true),
    createUpdate: (settings) => createUpdate(exports, net, settings, parameters.flat.length),
    forEachOutput(visit) {
      const outputs = numbers(exports.outputsOf(net), BLOCK * (2 * Y.columns + 1));
      const part = (start: number, rows: number, columns: number): Matrix => ({ rows, columns, data: outputs.subarray(start, start + rows * columns) });
      for (let first = 0; first < X.rows; first += BLOCK) {
        const rows = Math.min(BLOCK, X.rows - first);
        exports.lookAt(net, first, rows);
        const Z = part(0, rows, Y.columns);
        const A = part(BLOCK * Y.columns, rows, Y.columns);
        visit({ first, Z, A, losses: part(2 * BLOCK * Y.columns, rows, 1).data });
      }
    },
    dispose: () => exports.stop(net),
  };
}

/** The network as the kernels see it, with room for m samples and a check of so many entries at a time; returns its address. */
export function layOut({ exports }: Instance, network: Network, parameters: Parameters, m: number, threads: number, entries = 0): number {
  const net = exports.createNet(parameters.layers.length, lossNames.indexOf(network.loss), threads);
  parameters.layers.forEach(({ W }, k) => {
    exports.describeLayer(net, k + 1, W.rows, W.columns, activationNames.indexOf(network.activations[k]!), network.slopes?.[k] ?? LEAKY_SLOPE);
  });
  exports.layOut(net, m, entries);
  return net;
}

/** An upper bound. */
function bytesFor(parameters: Parameters, X: Matrix, Y: Matrix): number {
  const padded = parameters.layers.reduce((sum, { W }) => sum + (W.rows + 4) * (W.columns + 8), 0);
  return 8 * (X.data.length + Y.data.length + X.rows) + 8 * 24 * padded;
}

function createUpdate(exports: Exports, net: number, settings: OptimizerSettings, size: number): (learningRate: number) => void {
  const state = (): number => exports.allocate(8 * (size + 1));
  switch (settings.name) {
    case 'sgd':
      return (learningRate) => exports.sgd(net, learningRate);
    case 'momentum': {
      const v = state();
      return (learningRate) => exports.momentum(net, v, learningRate, settings.momentum);
    }
    case 'rmsprop': {
      const s = state();
      return (learningRate) => exports.rmsprop(net, s, learningRate, settings.decay, settings.epsilon);
    }
    case 'adam': {
      const { beta1, beta2, epsilon } = settings;
      const v = state();
      const s = state();
      let power1 = 1;
      let power2 = 1;
      return (learningRate) => {
        power1 *= beta1;
        power2 *= beta2;
        exports.adam(net, v, s, learningRate, beta1, beta2, epsilon, 1 - power1, 1 - power2);
      };
    }
  }
}
