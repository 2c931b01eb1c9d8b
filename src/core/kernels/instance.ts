// Brings the kernels to life: the module, compiled once, and an instance with a memory of its own for each network.
// The types of WebAssembly belong to the DOM and to Node, neither of which the core knows, so its few are here.

import bytes from './kernels.wasm';

export interface Memory {
  readonly buffer: SharedArrayBuffer;
}

/** What assembly/index.ts exports. Addresses are in bytes. */
export interface Exports {
  allocate(bytes: number): number;
  createNet(layers: number, loss: number, threads: number): number;
  describeLayer(net: number, l: number, units: number, inputs: number, activation: number, slope: number): void;
  layOut(net: number, m: number, entries: number): void;
  parametersOf(net: number): number;
  gradientsOf(net: number): number;
  XOf(net: number): number;
  YOf(net: number): number;
  rowsOf(net: number): number;
  outputsOf(net: number): number;
  entriesOf(net: number): number;
  pointsOf(net: number): number;
  evaluate(net: number, backward: boolean, listed: boolean, first: number, samples: number, shares: number, l2: number): number;
  perturb(net: number, entries: number, points: number, ignoreKinks: boolean, samples: number, shares: number): void;
  lookAt(net: number, first: number, samples: number): void;
  help(net: number, thread: number): void;
  stop(net: number): void;
  sgd(net: number, learningRate: number): void;
  momentum(net: number, v: number, learningRate: number, momentum: number): void;
  rmsprop(net: number, s: number, learningRate: number, decay: number, epsilon: number): void;
  adam(net: number, v: number, s: number, learningRate: number, beta1: number, beta2: number, epsilon: number, correction1: number, correction2: number): void;
}

export interface Instance {
  readonly exports: Exports;
  readonly memory: Memory;
  /** For a thread that helps: what `createHelper` needs beside the memory. */
  readonly module: object;
}

interface WebAssemblyLike {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  readonly Memory: new (limits: { initial: number; maximum: number; shared: true }) => Memory;
  validate(bytes: Uint8Array): boolean;
}

const engine = (globalThis as unknown as { WebAssembly?: WebAssemblyLike }).WebAssembly;
/** As assembly is compiled: 4 GiB. */
const MOST_PAGES = 65536;

let compiled: object | null | undefined;

/** Null where there is no WebAssembly with SIMD and threads, or no memory left. */
export function instantiate(): Instance | null {
  if (!engine) return null;
  try {
    if (compiled === undefined) compiled = engine.validate(bytes) ? new engine.Module(bytes) : null;
    if (compiled === null) return null;
    const memory = new engine.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
    return { module: compiled, memory, exports: instanceOn(compiled, memory) };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The kernels for another thread on the same memory. */
export function instanceOn(module: object, memory: Memory): Exports {
  return new engine!.Instance(module, { env: { memory } }).exports as Exports;
}
