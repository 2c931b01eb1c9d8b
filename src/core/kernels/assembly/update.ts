// The optimizers: the same operations in the same order as in ../../optimizers.ts, two parameters at a time.

import { Net } from './net';

/** W := W - α dW */
export function sgd(address: usize, learningRate: f64): void {
  const net = changetype<Net>(address);
  const rate = f64x2.splat(learningRate);
  for (let p: usize = 0, end = bytesOf(net); p < end; p += 16) {
    const step = f64x2.mul(rate, v128.load(net.gradients + p));
    v128.store(net.parameters + p, f64x2.sub(v128.load(net.parameters + p), step));
  }
}

/** `v` is a state of as many numbers as there are parameters, and one more. */
export function momentum(address: usize, v: usize, learningRate: f64, kept: f64): void {
  const net = changetype<Net>(address);
  const rate = f64x2.splat(learningRate);
  const share = f64x2.splat(kept);
  for (let p: usize = 0, end = bytesOf(net); p < end; p += 16) {
    const velocity = f64x2.add(f64x2.mul(share, v128.load(v + p)), v128.load(net.gradients + p));
    v128.store(v + p, velocity);
    v128.store(net.parameters + p, f64x2.sub(v128.load(net.parameters + p), f64x2.mul(rate, velocity)));
  }
}

export function rmsprop(address: usize, s: usize, learningRate: f64, decay: f64, epsilon: f64): void {
  const net = changetype<Net>(address);
  const rate = f64x2.splat(learningRate);
  for (let p: usize = 0, end = bytesOf(net); p < end; p += 16) {
    const g = v128.load(net.gradients + p);
    const square = f64x2.add(f64x2.mul(f64x2.splat(decay), v128.load(s + p)), f64x2.mul(f64x2.mul(f64x2.splat(1 - decay), g), g));
    v128.store(s + p, square);
    const step = f64x2.div(f64x2.mul(rate, g), f64x2.add(f64x2.sqrt(square), f64x2.splat(epsilon)));
    v128.store(net.parameters + p, f64x2.sub(v128.load(net.parameters + p), step));
  }
}

/** The corrections are 1 - beta1^t and 1 - beta2^t. */
export function adam(address: usize, v: usize, s: usize, learningRate: f64, beta1: f64, beta2: f64, epsilon: f64, correction1: f64, correction2: f64): void {
  const net = changetype<Net>(address);
  const rate = f64x2.splat(learningRate);
  for (let p: usize = 0, end = bytesOf(net); p < end; p += 16) {
    const g = v128.load(net.gradients + p);
    const mean = f64x2.add(f64x2.mul(f64x2.splat(beta1), v128.load(v + p)), f64x2.mul(f64x2.splat(1 - beta1), g));
    const square = f64x2.add(f64x2.mul(f64x2.splat(beta2), v128.load(s + p)), f64x2.mul(f64x2.mul(f64x2.splat(1 - beta2), g), g));
    v128.store(v + p, mean);
    v128.store(s + p, square);
    const root = f64x2.add(f64x2.sqrt(f64x2.div(square, f64x2.splat(correction2))), f64x2.splat(epsilon));
    const step = f64x2.div(f64x2.mul(rate, f64x2.div(mean, f64x2.splat(correction1))), root);
    v128.store(net.parameters + p, f64x2.sub(v128.load(net.parameters + p), step));
  }
}

function bytesOf(net: Net): usize {
  return <usize>((net.size + 1) & ~1) << 3;
}
