// What the output layer makes of the samples, for people to look at.

import { at, BLOCK, layerOf, Net, roomOf } from './net';
import { blockLosses } from './losses';
import { forwardBlock, loadBlock, packParameters } from './pass';

/** Up to a block of samples from `first` on into `outputs`: Z[L] (a row a sample), then A[L], then the losses. */
export function lookAt(address: usize, first: i32, samples: i32): void {
  const net = changetype<Net>(address);
  if (first === 0) packParameters(net);
  net.listed = false;
  net.first = first;
  loadBlock(net, 0, 0, samples);
  forwardBlock(net, 0, samples);
  const units = layerOf(net, net.count).units;
  const room = roomOf(net, 0, net.count);
  const A = net.outputs + (<usize>(BLOCK * units) << 3);
  blockLosses(net, room.Z, room.A, 0, samples, A + (<usize>(BLOCK * units) << 3));
  for (let s = 0; s < samples; s++) {
    for (let i = 0; i < units; i++) {
      const entry = <usize>(s * units + i) << 3;
      store<f64>(net.outputs + entry, load<f64>(at(room.Z, s, i)));
      store<f64>(A + entry, load<f64>(at(room.A, s, i)));
    }
  }
}
