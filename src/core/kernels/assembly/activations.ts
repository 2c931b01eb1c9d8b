// Activations over whole panels, and their derivatives: the same operations in the same order as in ../../activations.ts.

import { erfc } from './erf';
import { exp, exp2lanes, expm1lanes, log1plusLanes, sigmoidLanes, tanhLanes } from './math';
import { at } from './net';

// their places in `activationNames`
const LINEAR = 0;
const RELU = 1;
const LEAKY_RELU = 2;
const SIGMOID = 3;
const TANH = 4;
const SWISH = 5;
const GELU = 6;
const ELU = 7;
const SOFTPLUS = 8;
export const SOFTMAX = 9;

/** Whether g'(Z) follows from A, so that Z need not be kept. */
export function hasDerivativeFromA(activation: i32): bool {
  return activation <= TANH || activation === ELU;
}

/** Whether g or g' has a corner at Z = 0. */
export function hasCorner(activation: i32): bool {
  return activation === RELU || activation === LEAKY_RELU || activation === ELU;
}

/** A = g(Z) for `bytes` of numbers; Z and A may be the same. Not softmax. */
export function activate(activation: i32, slope: f64, Z: usize, A: usize, bytes: usize): void {
  const end = Z + bytes;
  const zero = f64x2.splat(0);
  switch (activation) {
    case LINEAR:
      if (A !== Z) memory.copy(A, Z, bytes);
      return;
    case RELU:
      for (; Z < end; Z += 16, A += 16) {
        const z = v128.load(Z);
        v128.store(A, v128.andnot(z, f64x2.le(z, zero)));
      }
      return;
    case LEAKY_RELU:
      for (; Z < end; Z += 16, A += 16) {
        const z = v128.load(Z);
        v128.store(A, v128.bitselect(f64x2.mul(f64x2.splat(slope), z), z, f64x2.le(z, zero)));
      }
      return;
    case SIGMOID:
      for (; Z < end; Z += 16, A += 16) v128.store(A, sigmoidLanes(v128.load(Z)));
      return;
    case TANH:
      for (; Z < end; Z += 16, A += 16) v128.store(A, tanhLanes(v128.load(Z)));
      return;
    case SWISH:
      for (; Z < end; Z += 16, A += 16) {
        const z = v128.load(Z);
        v128.store(A, f64x2.mul(z, sigmoidLanes(z)));
      }
      return;
    case GELU:
      for (; Z < end; Z += 8, A += 8) {
        const z = load<f64>(Z);
        store<f64>(A, z * normalDistribution(z));
      }
      return;
    case ELU:
      for (; Z < end; Z += 16, A += 16) {
        const z = v128.load(Z);
        v128.store(A, v128.bitselect(expm1lanes(z), z, f64x2.le(z, zero)));
      }
      return;
    case SOFTPLUS:
      for (; Z < end; Z += 16, A += 16) {
        const z = v128.load(Z);
        const e = exp2lanes(f64x2.neg(f64x2.abs(z)));
        v128.store(A, f64x2.add(v128.bitselect(z, zero, f64x2.gt(z, zero)), log1plusLanes(e)));
      }
      return;
    default:
      unreachable();
  }
}

/** dZ = dZ * g'(Z) in place, where dZ holds dA. Not softmax. */
export function activateBackward(activation: i32, slope: f64, Z: usize, A: usize, dZ: usize, bytes: usize): void {
  const end = dZ + bytes;
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  switch (activation) {
    case LINEAR:
      return;
    case RELU:
      for (; dZ < end; A += 16, dZ += 16) {
        v128.store(dZ, f64x2.mul(v128.load(dZ), v128.andnot(one, f64x2.le(v128.load(A), zero))));
      }
      return;
    case LEAKY_RELU:
      for (; dZ < end; A += 16, dZ += 16) {
        v128.store(dZ, f64x2.mul(v128.load(dZ), v128.bitselect(f64x2.splat(slope), one, f64x2.le(v128.load(A), zero))));
      }
      return;
    case SIGMOID:
      for (; dZ < end; A += 16, dZ += 16) {
        const a = v128.load(A);
        v128.store(dZ, f64x2.mul(v128.load(dZ), f64x2.mul(a, f64x2.sub(one, a))));
      }
      return;
    case TANH:
      for (; dZ < end; A += 16, dZ += 16) {
        const a = v128.load(A);
        v128.store(dZ, f64x2.mul(v128.load(dZ), f64x2.sub(one, f64x2.mul(a, a))));
      }
      return;
    case SWISH:
      for (; dZ < end; Z += 16, A += 16, dZ += 16) {
        const a = v128.load(A);
        const derivative = f64x2.add(a, f64x2.mul(sigmoidLanes(v128.load(Z)), f64x2.sub(one, a)));
        v128.store(dZ, f64x2.mul(v128.load(dZ), derivative));
      }
      return;
    case GELU:
      for (; dZ < end; Z += 8, dZ += 8) {
        const z = load<f64>(Z);
        const derivative = normalDistribution(z) + (z * exp((-z * z) / 2)) / 2.5066282746310002;
        store<f64>(dZ, load<f64>(dZ) * derivative);
      }
      return;
    case ELU:
      for (; dZ < end; A += 16, dZ += 16) {
        const a = v128.load(A);
        v128.store(dZ, f64x2.mul(v128.load(dZ), v128.bitselect(f64x2.add(a, one), one, f64x2.le(a, zero))));
      }
      return;
    case SOFTPLUS:
      for (; dZ < end; Z += 16, dZ += 16) v128.store(dZ, f64x2.mul(v128.load(dZ), sigmoidLanes(v128.load(Z))));
      return;
    default:
      unreachable();
  }
}

function normalDistribution(z: f64): f64 {
  return erfc(-z / 1.4142135623730951) / 2;
}

/** Over the `units` numbers of each sample of a block, less the largest of them against overflow. */
export function softmax(units: i32, samples: i32, Z: usize, A: usize): void {
  for (let s = 0; s < samples; s++) {
    let largest = load<f64>(at(Z, s, 0));
    for (let i = 1; i < units; i++) {
      const z = load<f64>(at(Z, s, i));
      // written so that a NaN stays
      if (!(z <= largest)) largest = z;
    }
    let sum: f64 = 0;
    for (let i = 0; i < units; i++) {
      const e = exp(load<f64>(at(Z, s, i)) - largest);
      store<f64>(at(A, s, i), e);
      sum += e;
    }
    for (let i = 0; i < units; i++) store<f64>(at(A, s, i), load<f64>(at(A, s, i)) / sum);
  }
}

/** dZ = A (dA - Σ dA A) in place, where dZ holds dA. */
export function softmaxBackward(units: i32, samples: i32, A: usize, dZ: usize): void {
  for (let s = 0; s < samples; s++) {
    let sum: f64 = 0;
    for (let i = 0; i < units; i++) sum += load<f64>(at(dZ, s, i)) * load<f64>(at(A, s, i));
    for (let i = 0; i < units; i++) store<f64>(at(dZ, s, i), load<f64>(at(A, s, i)) * (load<f64>(at(dZ, s, i)) - sum));
  }
}
