// Lays a network out in memory. Nothing is ever freed: one memory serves one network.

import { hasDerivativeFromA } from './activations';
import { BLOCK, Entry, Layer, layerOf, MAX_SHARES, Net, PANEL, Room, roomOf, TILE } from './net';

let top: usize = 0;

/** Zeros, on a cache line of their own. */
export function allocate(bytes: usize): usize {
  if (top === 0) top = (__heap_base + 63) & ~63;
  const place = top;
  top += (bytes + 63) & ~63;
  const pages = <i32>((top + 0xffff) >> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
  return place;
}

/** Every layer has to be described by `describeLayer` before `layOut`. */
export function createNet(count: i32, loss: i32, threads: i32): usize {
  const net = changetype<Net>(allocate(offsetof<Net>()));
  net.count = count;
  net.loss = loss;
  net.threads = threads;
  net.layers = allocate(<usize>count * offsetof<Layer>());
  net.rooms = allocate(<usize>(threads * (count + 1)) * offsetof<Room>());
  return changetype<usize>(net);
}

export function describeLayer(address: usize, l: i32, units: i32, inputs: i32, activation: i32, slope: f64): void {
  const layer = layerOf(changetype<Net>(address), l);
  layer.units = units;
  layer.inputs = inputs;
  layer.activation = activation;
  layer.slope = slope;
  layer.panels = (units + 3) >> 2;
  layer.inputPanels = (inputs + 3) >> 2;
}

/** Room for parameters, gradients, sums, m samples, and a check of so many entries at a time (0: none). */
export function layOut(address: usize, m: i32, entries: i32): void {
  const net = changetype<Net>(address);
  let size: usize = 0;
  let sums: usize = 0;
  for (let l = 1; l <= net.count; l++) {
    const layer = layerOf(net, l);
    size += <usize>layer.units * <usize>(layer.inputs + 1);
    layer.sums = sums;
    sums += <usize>(layer.panels * layer.inputPanels) * TILE + (<usize>layer.panels << 5);
    layer.forwardW = allocate(<usize>(layer.panels * layer.inputs) << 5);
    layer.backwardW = allocate(<usize>(layer.inputPanels * layer.units) << 5);
    layer.paddedB = allocate(<usize>layer.panels << 5);
  }
  net.size = <i32>size;
  // a pair of numbers at a time is updated, so there is room for one more
  net.parameters = allocate((size + 1) << 3);
  net.gradients = allocate((size + 1) << 3);
  let offset: usize = 0;
  for (let l = 1; l <= net.count; l++) {
    const layer = layerOf(net, l);
    layer.W = net.parameters + offset;
    layer.dW = net.gradients + offset;
    offset += <usize>(layer.units * layer.inputs) << 3;
    layer.b = net.parameters + offset;
    layer.db = net.gradients + offset;
    offset += <usize>layer.units << 3;
  }
  net.sumsSize = (sums + 63) & ~63;
  net.sums = allocate(net.sumsSize * <usize>MAX_SHARES);
  net.losses = allocate(<usize>MAX_SHARES << 3);
  net.zeros = allocate(32);
  net.outputs = allocate(<usize>BLOCK * <usize>(2 * layerOf(net, net.count).units + 1) * 8);
  net.X = allocate((<usize>m * <usize>layerOf(net, 1).inputs) << 3);
  net.Y = allocate((<usize>m * <usize>layerOf(net, net.count).units) << 3);
  net.rows = allocate(<usize>m << 2);
  for (let thread = 0; thread < net.threads; thread++) layOutRooms(net, thread, entries > 0);
  if (entries === 0) return;
  net.entries = allocate(<usize>entries * offsetof<Entry>());
  net.points = allocate(2 * MAX_POINTS * 8);
}

/** The stencil of a check has at most so many. */
const MAX_POINTS = 4;

function layOutRooms(net: Net, thread: i32, check: bool): void {
  roomOf(net, thread, 0).A = allocate(<usize>layerOf(net, 1).inputPanels * PANEL);
  for (let l = 1; l <= net.count; l++) {
    const layer = layerOf(net, l);
    const room = roomOf(net, thread, l);
    const bytes = <usize>layer.panels * PANEL;
    room.A = allocate(bytes);
    room.Z = l < net.count && !check && hasDerivativeFromA(layer.activation) ? room.A : allocate(bytes);
    room.dZ = allocate(bytes);
    if (check) {
      room.movedZ = allocate(bytes);
      room.movedA = allocate(bytes);
      room.change = allocate(bytes);
    }
    if (l === net.count) room.losses = allocate(<usize>BLOCK << (check ? 5 : 3));
  }
}

export function parametersOf(address: usize): usize {
  return changetype<Net>(address).parameters;
}

export function gradientsOf(address: usize): usize {
  return changetype<Net>(address).gradients;
}

export function XOf(address: usize): usize {
  return changetype<Net>(address).X;
}

export function YOf(address: usize): usize {
  return changetype<Net>(address).Y;
}

export function rowsOf(address: usize): usize {
  return changetype<Net>(address).rows;
}

export function outputsOf(address: usize): usize {
  return changetype<Net>(address).outputs;
}

export function entriesOf(address: usize): usize {
  return changetype<Net>(address).entries;
}

export function pointsOf(address: usize): usize {
  return changetype<Net>(address).points;
}
