// The points that a formula is tried at: one layer with everything around it, drawn from a seed. All sizes
// differ, so that a wrong axis or a missing transpose shows; no value lies near a corner of g or of the loss.

import { activate, activateBackward, type ActivationName } from '../core/activations';
import { lossBackward, type LossName } from '../core/losses';
import { matrix, rowsOf, type Matrix } from '../core/matrix';
import { createRandom, type Random } from '../core/random';

export interface Sizes {
  /** Samples. */
  readonly m: number;
  /** Units of the checked layer, of the one before and the one after. */
  readonly n: number;
  readonly previous: number;
  readonly next: number;
}

/** Two settings, so that a factor m is told from a factor that only happens to be 7. */
const SIZES: readonly Sizes[] = [
  { m: 7, n: 3, previous: 5, next: 4 },
  { m: 5, n: 2, previous: 3, next: 4 },
];

export const SCENARIOS = SIZES.map((_, scenario) => scenario);

export interface Setting {
  /** null where no loss takes part. */
  readonly loss: LossName | null;
  /** g of the checked layer; null where none takes part. */
  readonly activation: ActivationName | null;
  /** Whether the layer is the output, so that dA is that of the loss; else dA comes from a layer above. */
  readonly output: boolean;
}

/** As in the core: one row a sample, W[l] n[l] × n[l-1], b[l] one row. */
export interface World extends Setting {
  readonly sizes: Sizes;
  readonly A_prev: Matrix;
  readonly Z_prev: Matrix;
  readonly W: Matrix;
  readonly b: Matrix;
  readonly Z: Matrix;
  readonly A: Matrix;
  readonly Y: Matrix;
  readonly W_next: Matrix;
  readonly dZ_next: Matrix;
  readonly dA: Matrix;
  readonly dZ: Matrix;
}

/** Learning rate, λ and ε where a formula names them. */
export const CONSTANTS = { learningRate: 0.0075, lambda: 0.7, epsilon: 1e-12 } as const;

/** The same world with its first sample only: the Jacobian of softmax is that of one sample. */
export function firstSample(world: World): World {
  const first = (source: Matrix): Matrix => rowsOf(source, 0, 1);
  const { Z_prev, A_prev, Z, A, Y, dZ_next, dA, dZ } = world;
  return {
    ...world,
    sizes: { ...world.sizes, m: 1 },
    Z_prev: first(Z_prev),
    A_prev: first(A_prev),
    Z: first(Z),
    A: first(A),
    Y: first(Y),
    dZ_next: first(dZ_next),
    dA: first(dA),
    dZ: first(dZ),
  };
}

const cache = new Map<string, World>();

export function createWorld(setting: Setting, scenario: number): World {
  const key = [setting.loss, setting.activation, setting.output, scenario].join();
  let world = cache.get(key);
  if (!world) cache.set(key, (world = draw(setting, scenario)));
  return world;
}

function draw(setting: Setting, scenario: number): World {
  const random = createRandom(20 + scenario);
  const sizes = SIZES[scenario]!;
  const { m, n, next } = sizes;
  const range = freeRange(setting);
  const layer = range ? { ...affine(sizes, random), Z: uniform(m, n, range, random) } : awayFromZero(sizes, random);
  const A = outputs(setting, layer.Z, scenario, random);
  const Y = targets(setting.loss, A, random);
  const W_next = normal(next, n, 1, random);
  const dZ_next = normal(m, next, 1, random);
  const dA = matrix(m, n);
  if (setting.output && setting.loss) lossBackward(setting.loss, A, Y, dA);
  else multiply(dZ_next, W_next, dA);
  const dZ = matrix(m, n);
  activateBackward(setting.activation ?? 'linear', dA, layer.Z, A, dZ);
  return { ...setting, sizes, ...layer, A, Y, W_next, dZ_next, dA, dZ };
}

/**
 * Where Z may lie so that A is a probability, for an output activation whose values are not all between 0
 * and 1 under a cross-entropy; null where Z is free, and then Z = W A_prev + b.
 */
function freeRange({ loss, activation, output }: Setting): readonly [number, number] | null {
  if (!output || (loss !== 'binary-cross-entropy' && loss !== 'cross-entropy')) return null;
  if (activation === null || activation === 'sigmoid' || activation === 'softmax') return null;
  if (activation === 'softplus') return [-2, 0.4];
  return [0.2, 0.9];
}

type Layer = Pick<World, 'Z_prev' | 'A_prev' | 'W' | 'b' | 'Z'>;

function affine({ m, n, previous }: Sizes, random: Random): Layer {
  const Z_prev = normal(m, previous, 1, random);
  const A_prev = matrix(m, previous);
  activate('tanh', Z_prev, A_prev);
  const W = normal(n, previous, 1.6 / Math.sqrt(previous), random);
  const b = normal(1, n, 0.4, random);
  const Z = matrix(m, n);
  for (let s = 0; s < m; s++) {
    for (let i = 0; i < n; i++) {
      let z = b.data[i]!;
      for (let j = 0; j < previous; j++) z += W.data[i * previous + j]! * A_prev.data[s * previous + j]!;
      Z.data[s * n + i] = z;
    }
  }
  return { Z_prev, A_prev, W, b, Z };
}

/** Drawn again until no Z is near a corner or saturated, and both signs occur often enough to tell masks apart. */
function awayFromZero(sizes: Sizes, random: Random): Layer {
  for (;;) {
    const layer = affine(sizes, random);
    const z = layer.Z.data;
    const positive = z.filter((value) => value > 0).length / z.length;
    if (z.every((value) => Math.abs(value) > 0.15 && Math.abs(value) < 2.8) && positive > 0.3 && positive < 0.7) return layer;
  }
}

/** A = g(Z) where g is known and fits the loss; else values on their own. */
function outputs({ loss, activation, output }: Setting, Z: Matrix, scenario: number, random: Random): Matrix {
  const A = matrix(Z.rows, Z.columns);
  const needsShares = loss === 'binary-cross-entropy' || loss === 'cross-entropy';
  const gives = activation === 'sigmoid' || activation === 'softmax';
  if (activation !== null && (output || !needsShares || gives)) {
    activate(activation, Z, A);
    return A;
  }
  // in the first setting between 0 and 1 whatever the loss, so that a formula with logarithms can be told by its values
  if (needsShares || scenario === 0) return uniform(Z.rows, Z.columns, [0.06, 0.94], random);
  for (let k = 0; k < A.data.length; k++) A.data[k] = (0.2 + 1.6 * random.uniform()) * (random.uniform() < 0.5 ? -1 : 1);
  return A;
}

/** Targets that the loss takes: classes, one-hot, or values on both sides of A, away from the corners of |A - Y|. */
function targets(loss: LossName | null, A: Matrix, random: Random): Matrix {
  const Y = matrix(A.rows, A.columns);
  const shift = random.below(A.columns);
  for (let s = 0; s < A.rows; s++) {
    for (let i = 0; i < A.columns; i++) {
      const k = s * A.columns + i;
      if (loss === 'binary-cross-entropy') Y.data[k] = k % 3 === 0 || random.uniform() < 0.3 ? 1 : 0;
      else if (loss === 'cross-entropy') Y.data[k] = (s + shift) % A.columns === i ? 1 : 0;
      else {
        const far = k % 2 === 0 ? 1.15 + 0.8 * random.uniform() : 0.15 + 0.7 * random.uniform();
        Y.data[k] = A.data[k]! + (random.uniform() < 0.5 ? -far : far);
      }
    }
  }
  return Y;
}

function normal(rows: number, columns: number, size: number, random: Random): Matrix {
  const result = matrix(rows, columns);
  for (let k = 0; k < result.data.length; k++) result.data[k] = size * random.normal();
  return result;
}

function uniform(rows: number, columns: number, [from, to]: readonly [number, number], random: Random): Matrix {
  const result = matrix(rows, columns);
  for (let k = 0; k < result.data.length; k++) result.data[k] = from + (to - from) * random.uniform();
  return result;
}

/** C = A B. */
function multiply(A: Matrix, B: Matrix, C: Matrix): void {
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < B.columns; j++) {
      let sum = 0;
      for (let k = 0; k < A.columns; k++) sum += A.data[i * A.columns + k]! * B.data[k * B.columns + j]!;
      C.data[i * B.columns + j] = sum;
    }
  }
}
