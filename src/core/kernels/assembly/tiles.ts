// The two products that all matrix work is made of, each a tile of 4 × 4 sums kept in registers, and the
// packing that lets them read memory in one direction.

import { Layer, PANEL } from './net';

/**
 * For 4 samples and a panel of 4 units: out = from + Σ over `length` inputs of input · weights, in the order of
 * the inputs. `inputs` is a block at the first of the samples, `weights` is [input][4 units]; `from` advances by
 * `step` bytes a sample (0: the same for all).
 */
export function product(inputs: usize, length: i32, weights: usize, from: usize, step: usize, out: usize): void {
  let a0 = v128.load(from);
  let a1 = v128.load(from, 16);
  let b0 = v128.load(from + step);
  let b1 = v128.load(from + step, 16);
  let c0 = v128.load(from + 2 * step);
  let c1 = v128.load(from + 2 * step, 16);
  let d0 = v128.load(from + 3 * step);
  let d1 = v128.load(from + 3 * step, 16);
  for (let left = length; left > 0; left -= 4) {
    let input = inputs;
    const end = input + (<usize>min(left, 4) << 3);
    while (input < end) {
      const w0 = v128.load(weights);
      const w1 = v128.load(weights, 16);
      let x = v128.load_splat<f64>(input);
      a0 = f64x2.add(a0, f64x2.mul(x, w0));
      a1 = f64x2.add(a1, f64x2.mul(x, w1));
      x = v128.load_splat<f64>(input, 32);
      b0 = f64x2.add(b0, f64x2.mul(x, w0));
      b1 = f64x2.add(b1, f64x2.mul(x, w1));
      x = v128.load_splat<f64>(input, 64);
      c0 = f64x2.add(c0, f64x2.mul(x, w0));
      c1 = f64x2.add(c1, f64x2.mul(x, w1));
      x = v128.load_splat<f64>(input, 96);
      d0 = f64x2.add(d0, f64x2.mul(x, w0));
      d1 = f64x2.add(d1, f64x2.mul(x, w1));
      input += 8;
      weights += 32;
    }
    inputs += PANEL;
  }
  storeTile(out, a0, a1, b0, b1, c0, c1, d0, d1);
}

/** sums += Σ over samples of dZ aᵀ, for a panel of dZ and one of a: a tile [4 units][4 inputs]. */
export function addOuterProducts(dZ: usize, a: usize, samples: i32, sums: usize): void {
  let a0 = v128.load(sums);
  let a1 = v128.load(sums, 16);
  let b0 = v128.load(sums, 32);
  let b1 = v128.load(sums, 48);
  let c0 = v128.load(sums, 64);
  let c1 = v128.load(sums, 80);
  let d0 = v128.load(sums, 96);
  let d1 = v128.load(sums, 112);
  const end = dZ + (<usize>samples << 5);
  while (dZ < end) {
    const x0 = v128.load(a);
    const x1 = v128.load(a, 16);
    let d = v128.load_splat<f64>(dZ);
    a0 = f64x2.add(a0, f64x2.mul(d, x0));
    a1 = f64x2.add(a1, f64x2.mul(d, x1));
    d = v128.load_splat<f64>(dZ, 8);
    b0 = f64x2.add(b0, f64x2.mul(d, x0));
    b1 = f64x2.add(b1, f64x2.mul(d, x1));
    d = v128.load_splat<f64>(dZ, 16);
    c0 = f64x2.add(c0, f64x2.mul(d, x0));
    c1 = f64x2.add(c1, f64x2.mul(d, x1));
    d = v128.load_splat<f64>(dZ, 24);
    d0 = f64x2.add(d0, f64x2.mul(d, x0));
    d1 = f64x2.add(d1, f64x2.mul(d, x1));
    dZ += 32;
    a += 32;
  }
  storeTile(sums, a0, a1, b0, b1, c0, c1, d0, d1);
}

// @ts-ignore: decorator
@inline
function storeTile(out: usize, a0: v128, a1: v128, b0: v128, b1: v128, c0: v128, c1: v128, d0: v128, d1: v128): void {
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, b0, 32);
  v128.store(out, b1, 48);
  v128.store(out, c0, 64);
  v128.store(out, c1, 80);
  v128.store(out, d0, 96);
  v128.store(out, d1, 112);
}

/** sums += Σ over samples of a panel of dZ. */
export function addRows(dZ: usize, samples: i32, sums: usize): void {
  let s0 = v128.load(sums);
  let s1 = v128.load(sums, 16);
  for (const end = dZ + (<usize>samples << 5); dZ < end; dZ += 32) {
    s0 = f64x2.add(s0, v128.load(dZ));
    s1 = f64x2.add(s1, v128.load(dZ, 16));
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
}

/** Copies W and b of a layer into the order in which `product` reads them. */
export function pack(layer: Layer): void {
  for (let i = 0; i < layer.units; i++) {
    const row = layer.W + (<usize>(i * layer.inputs) << 3);
    const forward = layer.forwardW + (<usize>((i >> 2) * layer.inputs) << 5) + (<usize>(i & 3) << 3);
    for (let j = 0; j < layer.inputs; j++) {
      const w = load<f64>(row + (<usize>j << 3));
      store<f64>(forward + (<usize>j << 5), w);
      store<f64>(layer.backwardW + (<usize>((j >> 2) * layer.units + i) << 5) + (<usize>(j & 3) << 3), w);
    }
    store<f64>(layer.paddedB + (<usize>i << 3), load<f64>(layer.b + (<usize>i << 3)));
  }
}
