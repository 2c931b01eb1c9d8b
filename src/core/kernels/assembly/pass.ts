// Forward and backward of a block of samples through all layers, and the sums that come of it.

import { activate, activateBackward, SOFTMAX, softmax, softmaxBackward } from './activations';
import { blockLosses, outputBackward } from './losses';
import { at, BLOCK, counter, Layer, layerOf, Net, PANEL, Room, roomOf, rowOf, TILE } from './net';
import { perturbShare } from './perturb';
import { addOuterProducts, addRows, pack, product } from './tiles';

/** To be called whenever the parameters have changed. */
export function packParameters(net: Net): void {
  for (let l = 1; l <= net.count; l++) pack(layerOf(net, l));
}

/** A[0] of a block from the rows of X, zeros where a panel has no feature. */
export function loadBlock(net: Net, thread: i32, k: i32, samples: i32): void {
  const A = roomOf(net, thread, 0).A;
  const inputs = layerOf(net, 1).inputs;
  for (let s = 0; s < samples; s++) {
    const x = net.X + ((rowOf(net, k + s) * <usize>inputs) << 3);
    for (let j = 0; j < inputs; j++) store<f64>(at(A, s, j), load<f64>(x + (<usize>j << 3)));
  }
}

export function forwardBlock(net: Net, thread: i32, samples: i32): void {
  for (let l = 1; l <= net.count; l++) {
    const layer = layerOf(net, l);
    const room = roomOf(net, thread, l);
    const inputs = roomOf(net, thread, l - 1).A;
    const bytes = <usize>((samples + 3) & ~3) << 5;
    for (let panel: usize = 0; panel < <usize>layer.panels; panel++) {
      const Z = room.Z + panel * PANEL;
      for (let s: usize = 0; s < bytes; s += 128) {
        product(inputs + s, layer.inputs, layer.forwardW + ((panel * <usize>layer.inputs) << 5), layer.paddedB + (panel << 5), 0, Z + s);
      }
      // while the panel is still in the nearest cache
      if (layer.activation !== SOFTMAX) activate(layer.activation, layer.slope, Z, room.A + panel * PANEL, bytes);
    }
    if (layer.activation === SOFTMAX) softmax(layer.units, samples, room.Z, room.A);
  }
}

/** Adds what the block contributes to dW and db, without 1/m, to the share's sums. */
function backwardBlock(net: Net, thread: i32, k: i32, samples: i32, sums: usize): void {
  const done = outputBackward(net, roomOf(net, thread, net.count), k, samples);
  if (!done) backwardActivation(layerOf(net, net.count), roomOf(net, thread, net.count), samples, 0, layerOf(net, net.count).panels);
  for (let l = net.count; l >= 1; l--) {
    const layer = layerOf(net, l);
    addParameterSums(layer, roomOf(net, thread, l).dZ, roomOf(net, thread, l - 1).A, samples, sums + layer.sums);
    if (l > 1) propagate(net, thread, layer, l, samples);
  }
}

function backwardActivation(layer: Layer, room: Room, samples: i32, from: i32, to: i32): void {
  if (layer.activation === SOFTMAX) return softmaxBackward(layer.units, samples, room.A, room.dZ);
  const bytes = <usize>((samples + 3) & ~3) << 5;
  for (let panel = <usize>from; panel < <usize>to; panel++) {
    activateBackward(layer.activation, layer.slope, room.Z + panel * PANEL, room.A + panel * PANEL, room.dZ + panel * PANEL, bytes);
  }
}

function addParameterSums(layer: Layer, dZ: usize, A: usize, samples: i32, sums: usize): void {
  let tile = sums;
  for (let i: usize = 0; i < <usize>layer.panels; i++) {
    for (let j: usize = 0; j < <usize>layer.inputPanels; j++, tile += TILE) addOuterProducts(dZ + i * PANEL, A + j * PANEL, samples, tile);
  }
  for (let i: usize = 0; i < <usize>layer.panels; i++, tile += 32) addRows(dZ + i * PANEL, samples, tile);
}

/** dZ of layer l - 1 from that of layer l: dA = Wᵀ dZ, then times g'(Z). */
function propagate(net: Net, thread: i32, layer: Layer, l: i32, samples: i32): void {
  const dZ = roomOf(net, thread, l).dZ;
  const below = roomOf(net, thread, l - 1);
  const bytes = <usize>((samples + 3) & ~3) << 5;
  for (let panel: usize = 0; panel < <usize>layer.inputPanels; panel++) {
    const dA = below.dZ + panel * PANEL;
    for (let s: usize = 0; s < bytes; s += 128) product(dZ + s, layer.units, layer.backwardW + ((panel * <usize>layer.units) << 5), net.zeros, 0, dA + s);
    backwardActivation(layerOf(net, l - 1), below, samples, <i32>panel, <i32>panel + 1);
  }
}

/** All samples of one share, block by block; the losses are summed in their order. */
function workOnShare(net: Net, thread: i32, share: i32): void {
  const first = <i32>((<i64>share * <i64>net.samples) / <i64>net.shares);
  const end = <i32>((<i64>(share + 1) * <i64>net.samples) / <i64>net.shares);
  const sums = net.sums + <usize>share * net.sumsSize;
  if (net.backward) memory.fill(sums, 0, net.sumsSize);
  const output = roomOf(net, thread, net.count);
  let loss: f64 = 0;
  for (let k = first; k < end; k += BLOCK) {
    const samples = min(BLOCK, end - k);
    loadBlock(net, thread, k, samples);
    forwardBlock(net, thread, samples);
    blockLosses(net, output.Z, output.A, k, samples, output.losses);
    for (let s = 0; s < samples; s++) loss += load<f64>(output.losses + (<usize>s << 3));
    if (net.backward) backwardBlock(net, thread, k, samples, sums);
  }
  store<f64>(net.losses + (<usize>share << 3), loss);
}

/** Takes one share after the other until none is left; any number of threads may do so. */
export function workOnShares(net: Net, thread: i32): void {
  for (;;) {
    // counted down, so that a thread that comes late finds nothing, whatever the next work is
    const share = atomic.sub<i32>(counter(net, offsetof<Net>('remaining')), 1) - 1;
    if (share < 0) return;
    if (net.perturbing) perturbShare(net, thread, share);
    else workOnShare(net, thread, share);
    if (atomic.add<i32>(counter(net, offsetof<Net>('done')), 1) === net.shares - 1) atomic.notify(counter(net, offsetof<Net>('done')), 1);
  }
}

/** Adds the shares up in their order: dW, db as means over the samples, plus λ/m W; returns the sum of the losses. */
export function collect(net: Net, l2: f64): f64 {
  if (net.backward) for (let l = 1; l <= net.count; l++) collectLayer(net, layerOf(net, l), l2);
  let loss = load<f64>(net.losses);
  for (let share = 1; share < net.shares; share++) loss += load<f64>(net.losses + (<usize>share << 3));
  return loss;
}

function collectLayer(net: Net, layer: Layer, l2: f64): void {
  const m = <f64>net.samples;
  for (let i = 0; i < layer.units; i++) {
    const row = <usize>(i * layer.inputs) << 3;
    for (let j = 0; j < layer.inputs; j++) {
      const tile = <usize>((i >> 2) * layer.inputPanels + (j >> 2)) * TILE + (<usize>((i & 3) * 4 + (j & 3)) << 3);
      let mean = sumOfShares(net, layer.sums + tile) / m;
      if (l2 !== 0) mean += (l2 / m) * load<f64>(layer.W + row + (<usize>j << 3));
      store<f64>(layer.dW + row + (<usize>j << 3), mean);
    }
    const bias = <usize>(layer.panels * layer.inputPanels) * TILE + (<usize>i << 3);
    store<f64>(layer.db + (<usize>i << 3), sumOfShares(net, layer.sums + bias) / m);
  }
}

function sumOfShares(net: Net, offset: usize): f64 {
  let sum = load<f64>(net.sums + offset);
  for (let share = 1; share < net.shares; share++) sum += load<f64>(net.sums + <usize>share * net.sumsSize + offset);
  return sum;
}
