// What the kernels know of a network: plain records in the shared memory, so that every thread sees the same.

/** Samples that go through all layers together: their activations stay in the cache. Sums do not depend on it. */
export const BLOCK: i32 = 64;
/** Bytes from one panel (4 units of every sample of a block) to the next. */
export const PANEL: usize = 4 * 8 * <usize>BLOCK;
/** Bytes of a tile: 4 × 4 numbers. */
export const TILE: usize = 16 * 8;
/** At most so many sums over samples run beside each other; ../shares.ts decides how many do. */
export const MAX_SHARES: i32 = 8;

/** Layer l, 1 … L. Every pointer is to float64. */
@unmanaged
export class Layer {
  units: i32;
  inputs: i32;
  /** Its place in `activationNames`. */
  activation: i32;
  slope: f64;
  /** Panels of 4 units, and of 4 inputs. */
  panels: i32;
  inputPanels: i32;
  /** In the flat parameters and gradients: units × inputs, and units. */
  W: usize;
  b: usize;
  dW: usize;
  db: usize;
  /** W packed for forward, [panel][input][4 units], and for backward, [input panel][unit][4 inputs]; zeros fill up. */
  forwardW: usize;
  backwardW: usize;
  /** b filled up to whole panels. */
  paddedB: usize;
  /** Where a share's sums of this layer begin: tiles [panel][input panel], then db by panels. */
  sums: usize;
}

/** A block of one layer on one thread, [panel][sample][4 units]; layer 0 has A only. */
@unmanaged
export class Room {
  A: usize;
  /** The same memory as A where g'(Z) follows from A. */
  Z: usize;
  dZ: usize;
  /** Of the samples of the block; the output layer's only. */
  losses: usize;
  /** Of a check: the same with an entry perturbed, and what changed of A. */
  movedZ: usize;
  movedA: usize;
  change: usize;
}

/** An entry of W[l], or of b[l] where j is negative, and what its perturbation gave. */
@unmanaged
export class Entry {
  l: i32;
  i: i32;
  j: i32;
  /** Whether a corner was crossed. */
  kink: i32;
  step: f64;
  /** Σ over samples and points of weight · (loss - loss unperturbed), and of |weight · loss|. */
  sum: f64;
  size: f64;
}

@unmanaged
export class Net {
  count: i32;
  /** Its place in `lossNames`. */
  loss: i32;
  threads: i32;
  layers: usize;
  rooms: usize;
  parameters: usize;
  gradients: usize;
  /** Numbers in each of them. */
  size: i32;
  X: usize;
  Y: usize;
  /** Numbers (uint32) of the samples to work on, in this order; see `listed`. */
  rows: usize;
  /** A share's sums, and its loss. */
  sums: usize;
  sumsSize: usize;
  losses: usize;
  zeros: usize;
  outputs: usize;
  /** Of a check: `Entry` records, and the points of its stencil with their weights. */
  entries: usize;
  points: usize;
  entryCount: i32;
  pointCount: i32;
  ignoreKinks: bool;
  /** The piece of work that the threads share. */
  perturbing: bool;
  listed: bool;
  backward: bool;
  first: i32;
  samples: i32;
  shares: i32;
  /** Shares that no thread has taken yet, and those that are done. */
  remaining: i32;
  done: i32;
  /** Counts pieces of work; what a helping thread waits on. */
  work: i32;
  helping: i32;
  stop: i32;
}

// @ts-ignore: decorator
@inline
export function layerOf(net: Net, l: i32): Layer {
  return changetype<Layer>(net.layers + <usize>(l - 1) * offsetof<Layer>());
}

// @ts-ignore: decorator
@inline
export function roomOf(net: Net, thread: i32, l: i32): Room {
  return changetype<Room>(net.rooms + <usize>(thread * (net.count + 1) + l) * offsetof<Room>());
}

/** Where unit i of sample s lies in a block that begins at `block`. */
// @ts-ignore: decorator
@inline
export function at(block: usize, s: i32, i: i32): usize {
  return block + <usize>(i >> 2) * PANEL + (<usize>s << 5) + (<usize>(i & 3) << 3);
}

/** The number of the k-th sample of the work. */
// @ts-ignore: decorator
@inline
export function rowOf(net: Net, k: i32): usize {
  return net.listed ? <usize>load<u32>(net.rows + (<usize>(net.first + k) << 2)) : <usize>(net.first + k);
}

/** The address of one of the counters on which threads meet. */
// @ts-ignore: decorator
@inline
export function counter(net: Net, field: usize): usize {
  return changetype<usize>(net) + field;
}
