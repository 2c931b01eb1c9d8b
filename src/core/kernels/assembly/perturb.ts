// The losses after a step of one entry of W or b, many entries at a time: a step changes one column of Z[l] by
// a known amount, so only what lies above it is computed again. The same operations as in ../../perturbation.ts.

import { activate, hasCorner, SOFTMAX, softmax } from './activations';
import { blockLosses, crossesCorner, lossHasCorner } from './losses';
import { at, BLOCK, Entry, Layer, layerOf, Net, PANEL, Room, roomOf, rowOf } from './net';
import { forwardBlock, loadBlock } from './pass';
import { product } from './tiles';

/** Every block of samples for the entries of one share. */
export function perturbShare(net: Net, thread: i32, share: i32): void {
  const first = <i32>((<i64>share * <i64>net.entryCount) / <i64>net.shares);
  const end = <i32>((<i64>(share + 1) * <i64>net.entryCount) / <i64>net.shares);
  const output = roomOf(net, thread, net.count);
  for (let k = 0; k < net.samples; k += BLOCK) {
    const samples = min(BLOCK, net.samples - k);
    loadBlock(net, thread, k, samples);
    forwardBlock(net, thread, samples);
    blockLosses(net, output.Z, output.A, k, samples, output.losses);
    for (let e = first; e < end; e++) {
      const entry = changetype<Entry>(net.entries + <usize>e * offsetof<Entry>());
      if (entry.kink === 0 || net.ignoreKinks) perturbEntry(net, thread, entry, k, samples);
    }
  }
}

/** Adds a block's differences to those of the entry, or marks it as a kink. */
function perturbEntry(net: Net, thread: i32, entry: Entry, k: i32, samples: i32): void {
  const base = roomOf(net, thread, net.count).losses;
  const moved = base + (<usize>BLOCK << 3);
  const sums = moved + (<usize>BLOCK << 3);
  const sizes = sums + (<usize>BLOCK << 3);
  memory.fill(sums, 0, <usize>BLOCK << 4);
  for (let point = 0; point < net.pointCount; point++) {
    const place = load<f64>(net.points + (<usize>point << 4));
    const weight = load<f64>(net.points + (<usize>point << 4), 8);
    if (moveColumn(net, thread, entry, place * entry.step, k, samples)) {
      entry.kink = 1;
      if (!net.ignoreKinks) return;
    }
    const output = roomOf(net, thread, net.count);
    blockLosses(net, output.movedZ, output.movedA, k, samples, moved);
    const weights = f64x2.splat(weight);
    for (let s: usize = 0; s < <usize>samples << 3; s += 16) {
      const loss = v128.load(moved + s);
      v128.store(sums + s, f64x2.add(v128.load(sums + s), f64x2.mul(weights, f64x2.sub(loss, v128.load(base + s)))));
      v128.store(sizes + s, f64x2.add(v128.load(sizes + s), f64x2.abs(f64x2.mul(weights, loss))));
    }
  }
  for (let s: usize = 0; s < <usize>samples << 3; s += 8) {
    entry.sum += load<f64>(sums + s);
    entry.size += load<f64>(sizes + s);
  }
}

/** Fills movedZ and movedA of the output layer; whether a corner was crossed on the way. */
function moveColumn(net: Net, thread: i32, entry: Entry, step: f64, k: i32, samples: i32): bool {
  const layer = layerOf(net, entry.l);
  const room = roomOf(net, thread, entry.l);
  const inputs = roomOf(net, thread, entry.l - 1).A;
  // Z[l] and A[l] elsewhere are as they were, so the column alone is kept: movedZ, movedA hold it without gaps
  const column = at(room.Z, 0, entry.i);
  const input = entry.j < 0 ? 0 : at(inputs, 0, entry.j);
  for (let s = 0; s < samples; s++) {
    const x = input === 0 ? 1 : load<f64>(input + (<usize>s << 5));
    store<f64>(room.movedZ + (<usize>s << 3), load<f64>(column + (<usize>s << 5)) + step * x);
  }
  const crossed = hasCorner(layer.activation) && columnCrosses(column, room.movedZ, samples);
  if (layer.activation !== SOFTMAX) activate(layer.activation, layer.slope, room.movedZ, room.movedA, (<usize>samples << 3) + 15 & ~15);
  if (entry.l === net.count) return fillOutput(net, layer, room, entry.i, k, samples) || crossed;
  if (crossed && !net.ignoreKinks) return true;

  const before = at(room.A, 0, entry.i);
  for (let s = 0; s < samples; s++) store<f64>(room.change + (<usize>s << 3), load<f64>(room.movedA + (<usize>s << 3)) - load<f64>(before + (<usize>s << 5)));
  let kink = crossed;
  for (let l = entry.l + 1; l <= net.count; l++) {
    if (moveLayer(net, thread, l, l === entry.l + 1 ? entry.i : -1, samples)) kink = true;
    if (kink && !net.ignoreKinks) return true;
  }
  return lossCornerCrossed(net, roomOf(net, thread, net.count), k, samples) || kink;
}

/** A column of a block against one without gaps. */
function columnCrosses(column: usize, moved: usize, samples: i32): bool {
  for (let s = 0; s < samples; s++) if (load<f64>(column + (<usize>s << 5)) <= 0 !== load<f64>(moved + (<usize>s << 3)) <= 0) return true;
  return false;
}

/** The output layer's whole movedZ and movedA, of which the column i is there; whether a corner of the loss was crossed. */
function fillOutput(net: Net, layer: Layer, room: Room, i: i32, k: i32, samples: i32): bool {
  const column = room.change;
  const activated = column + (<usize>BLOCK << 3);
  memory.copy(column, room.movedZ, <usize>BLOCK << 3);
  memory.copy(activated, room.movedA, <usize>BLOCK << 3);
  memory.copy(room.movedZ, room.Z, <usize>layer.panels * PANEL);
  memory.copy(room.movedA, room.A, <usize>layer.panels * PANEL);
  for (let s = 0; s < samples; s++) {
    store<f64>(at(room.movedZ, s, i), load<f64>(column + (<usize>s << 3)));
    store<f64>(at(room.movedA, s, i), load<f64>(activated + (<usize>s << 3)));
  }
  if (layer.activation === SOFTMAX) softmax(layer.units, samples, room.movedZ, room.movedA);
  return lossCornerCrossed(net, room, k, samples);
}

/** Layer l from the change below it: of one unit, whose number is `only`, or of all (-1). */
function moveLayer(net: Net, thread: i32, l: i32, only: i32, samples: i32): bool {
  const layer = layerOf(net, l);
  const room = roomOf(net, thread, l);
  const below = roomOf(net, thread, l - 1).change;
  const bytes = <usize>((samples + 3) & ~3) << 5;
  const corner = hasCorner(layer.activation);
  let crossed = f64x2.splat(0);
  const zero = f64x2.splat(0);
  for (let panel: usize = 0; panel < <usize>layer.panels; panel++) {
    const Z = room.Z + panel * PANEL;
    const moved = room.movedZ + panel * PANEL;
    if (only >= 0) {
      const weights = layer.forwardW + ((panel * <usize>layer.inputs + <usize>only) << 5);
      const w0 = v128.load(weights);
      const w1 = v128.load(weights, 16);
      for (let s: usize = 0; s < bytes; s += 32) {
        const change = v128.load_splat<f64>(below + (s >> 2));
        v128.store(moved + s, f64x2.add(v128.load(Z + s), f64x2.mul(change, w0)));
        v128.store(moved + s, f64x2.add(v128.load(Z + s, 16), f64x2.mul(change, w1)), 16);
      }
    } else {
      for (let s: usize = 0; s < bytes; s += 128) product(below + s, layer.inputs, layer.forwardW + ((panel * <usize>layer.inputs) << 5), net.zeros, 0, moved + s);
      for (let s: usize = 0; s < bytes; s += 16) v128.store(moved + s, f64x2.add(v128.load(Z + s), v128.load(moved + s)));
    }
    if (corner) {
      for (let s: usize = 0; s < <usize>samples << 5; s += 16) crossed = v128.or(crossed, v128.xor(f64x2.le(v128.load(Z + s), zero), f64x2.le(v128.load(moved + s), zero)));
    }
    if (layer.activation !== SOFTMAX) activate(layer.activation, layer.slope, moved, room.movedA + panel * PANEL, bytes);
    if (l < net.count) {
      for (let s: usize = panel * PANEL; s < panel * PANEL + bytes; s += 16) v128.store(room.change + s, f64x2.sub(v128.load(room.movedA + s), v128.load(room.A + s)));
    }
  }
  if (layer.activation === SOFTMAX) softmax(layer.units, samples, room.movedZ, room.movedA);
  return v128.any_true(crossed);
}

function lossCornerCrossed(net: Net, room: Room, k: i32, samples: i32): bool {
  if (!lossHasCorner(net.loss)) return false;
  const units = layerOf(net, net.count).units;
  for (let s = 0; s < samples; s++) {
    const y = net.Y + ((rowOf(net, k + s) * <usize>units) << 3);
    for (let i = 0; i < units; i++) {
      if (crossesCorner(net.loss, load<f64>(at(room.A, s, i)), load<f64>(at(room.movedA, s, i)), load<f64>(y + (<usize>i << 3)))) return true;
    }
  }
  return false;
}
