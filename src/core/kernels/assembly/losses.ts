// Losses and dAL of a block: the same operations in the same order as in ../../losses.ts.

import { SOFTMAX } from './activations';
import { exp, log, log1plus } from './math';
import { at, layerOf, Net, Room, rowOf } from './net';

// their places in `lossNames`
const MSE = 0;
const MAE = 1;
const HUBER = 2;
const BINARY_CROSS_ENTROPY = 3;
const CROSS_ENTROPY = 4;

const SIGMOID = 3;

/** Whether loss and output activation are a pair whose logarithms cancel, so that Z gives the stable form. */
function isStablePair(net: Net): bool {
  const activation = layerOf(net, net.count).activation;
  return (net.loss === BINARY_CROSS_ENTROPY && activation === SIGMOID) || (net.loss === CROSS_ENTROPY && activation === SOFTMAX);
}

/** The losses of a block whose first sample is the k-th of the work, into `losses`. */
export function blockLosses(net: Net, Z: usize, A: usize, k: i32, samples: i32, losses: usize): void {
  const units = layerOf(net, net.count).units;
  const stable = isStablePair(net);
  if (net.loss === MSE) return squares(net, A, k, samples, losses);
  for (let s = 0; s < samples; s++) {
    const y = net.Y + ((rowOf(net, k + s) * <usize>units) << 3);
    let sum: f64 = 0;
    if (!stable) for (let i = 0; i < units; i++) sum += entryLoss(net.loss, load<f64>(at(A, s, i)), load<f64>(y + (<usize>i << 3)));
    else if (net.loss === CROSS_ENTROPY) sum = crossEntropy(Z, s, y, units);
    else {
      for (let i = 0; i < units; i++) {
        const z = load<f64>(at(Z, s, i));
        sum += (z > 0 ? z : 0) - z * load<f64>(y + (<usize>i << 3)) + log1plus(exp(-abs(z)));
      }
    }
    store<f64>(losses + (<usize>s << 3), sum);
  }
}

/** ½ (A - Y)², summed over the outputs: by far the most frequent. */
function squares(net: Net, A: usize, k: i32, samples: i32, losses: usize): void {
  const units = layerOf(net, net.count).units;
  for (let s = 0; s < samples; s++) {
    const y = net.Y + ((rowOf(net, k + s) * <usize>units) << 3);
    let sum: f64 = 0;
    for (let i = 0; i < units; i++) {
      const e = load<f64>(at(A, s, i)) - load<f64>(y + (<usize>i << 3));
      sum += 0.5 * e * e;
    }
    store<f64>(losses + (<usize>s << 3), sum);
  }
}

function crossEntropy(Z: usize, s: i32, y: usize, units: i32): f64 {
  let largest = load<f64>(at(Z, s, 0));
  for (let i = 1; i < units; i++) {
    const z = load<f64>(at(Z, s, i));
    if (!(z <= largest)) largest = z;
  }
  let powers: f64 = 0;
  for (let i = 0; i < units; i++) powers += exp(load<f64>(at(Z, s, i)) - largest);
  const logSum = largest + log(powers);
  let sum: f64 = 0;
  for (let i = 0; i < units; i++) {
    const target = load<f64>(y + (<usize>i << 3));
    if (target !== 0) sum += target * (logSum - load<f64>(at(Z, s, i)));
  }
  return sum;
}

function entryLoss(loss: i32, a: f64, y: f64): f64 {
  switch (loss) {
    case MSE:
      return 0.5 * (a - y) * (a - y);
    case MAE:
      return abs(a - y);
    case HUBER: {
      const e = abs(a - y);
      return e <= 1 ? 0.5 * e * e : e - 0.5;
    }
    case BINARY_CROSS_ENTROPY:
      return -(y === 0 ? 0 : y * log(a)) - (y === 1 ? 0 : (1 - y) * log(1 - a));
    default:
      return y === 0 ? 0 : -y * log(a);
  }
}

function entryDerivative(loss: i32, a: f64, y: f64): f64 {
  switch (loss) {
    case MSE:
      return a - y;
    case MAE:
      return a > y ? 1 : a < y ? -1 : a - y;
    case HUBER: {
      const e = a - y;
      return e > 1 ? 1 : e < -1 ? -1 : e;
    }
    case BINARY_CROSS_ENTROPY:
      return (y === 0 ? 0 : -y / a) + (y === 1 ? 0 : (1 - y) / (1 - a));
    default:
      return y === 0 ? 0 : -y / a;
  }
}

export function lossHasCorner(loss: i32): bool {
  return loss === MAE || loss === HUBER;
}

/** Whether a step of a prediction from `a` to `b` crosses a corner of the loss. */
export function crossesCorner(loss: i32, a: f64, b: f64, y: f64): bool {
  if (loss === MAE) return a > y !== b > y;
  if (loss === HUBER) return a - y > -1 !== b - y > -1 || a - y > 1 !== b - y > 1;
  return false;
}

/** Fills the output layer's dZ with dAL, or straight with dZ for a stable pair; says which: true means dZ is done. */
export function outputBackward(net: Net, room: Room, k: i32, samples: i32): bool {
  const units = layerOf(net, net.count).units;
  const stable = isStablePair(net);
  for (let s = 0; s < samples; s++) {
    const y = net.Y + ((rowOf(net, k + s) * <usize>units) << 3);
    let weight: f64 = 1;
    if (stable && net.loss === CROSS_ENTROPY) {
      weight = 0;
      for (let i = 0; i < units; i++) weight += load<f64>(y + (<usize>i << 3));
    }
    for (let i = 0; i < units; i++) {
      const a = load<f64>(at(room.A, s, i));
      const target = load<f64>(y + (<usize>i << 3));
      store<f64>(at(room.dZ, s, i), stable ? weight * a - target : entryDerivative(net.loss, a, target));
    }
  }
  return stable;
}
