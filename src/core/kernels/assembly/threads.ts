// One piece of work, by one thread or several: the threads meet in the shared memory and take turns at the shares.

import { counter, Net } from './net';
import { collect, packParameters, workOnShares } from './pass';

/** So often a thread looks before it goes to sleep; waking one takes longer than a small piece of work. */
const LOOKS = 20000;

/**
 * The sum of the losses of `samples` samples, and into the gradients what `backward` asks for. The samples are
 * those that `rows` lists (`listed`), or all from `first` on.
 */
export function evaluate(address: usize, backward: bool, listed: bool, first: i32, samples: i32, shares: i32, l2: f64): f64 {
  const net = changetype<Net>(address);
  packParameters(net);
  net.backward = backward;
  net.perturbing = false;
  net.listed = listed;
  net.first = first;
  net.samples = samples;
  shareOut(net, shares);
  return collect(net, l2);
}

/** Differences of `entries` perturbed entries over `samples` samples: see perturb.ts. */
export function perturb(address: usize, entries: i32, points: i32, ignoreKinks: bool, samples: i32, shares: i32): void {
  const net = changetype<Net>(address);
  packParameters(net);
  net.perturbing = true;
  net.entryCount = entries;
  net.pointCount = points;
  net.ignoreKinks = ignoreKinks;
  net.listed = false;
  net.first = 0;
  net.samples = samples;
  shareOut(net, shares);
}

/** Has the shares worked on by this thread and whoever helps, and waits until all are done. */
function shareOut(net: Net, shares: i32): void {
  net.shares = shares;
  atomic.store<i32>(counter(net, offsetof<Net>('done')), 0);
  // last: from here on every thread may take shares
  atomic.store<i32>(counter(net, offsetof<Net>('remaining')), shares);
  if (shares > 1 && atomic.load<i32>(counter(net, offsetof<Net>('helping'))) > 0) {
    atomic.add<i32>(counter(net, offsetof<Net>('work')), 1);
    atomic.notify(counter(net, offsetof<Net>('work')), -1);
  }
  workOnShares(net, 0);
  if (shares > 1) waitFor(counter(net, offsetof<Net>('done')), shares);
}

/** What a helping thread does for all its life. */
export function help(address: usize, thread: i32): void {
  const net = changetype<Net>(address);
  const work = counter(net, offsetof<Net>('work'));
  let seen = atomic.load<i32>(work);
  atomic.add<i32>(counter(net, offsetof<Net>('helping')), 1);
  for (;;) {
    if (atomic.load<i32>(counter(net, offsetof<Net>('stop'))) !== 0) return;
    for (let look = 0; look < LOOKS && atomic.load<i32>(work) === seen; look++) {}
    while (atomic.load<i32>(work) === seen) atomic.wait<i32>(work, seen, -1);
    seen = atomic.load<i32>(work);
    workOnShares(net, thread);
  }
}

function waitFor(done: usize, target: i32): void {
  for (let look = 0; look < LOOKS && atomic.load<i32>(done) < target; look++) {}
  for (;;) {
    const value = atomic.load<i32>(done);
    if (value >= target) return;
    atomic.wait<i32>(done, value, -1);
  }
}

/** Lets the helping threads end. */
export function stop(address: usize): void {
  const net = changetype<Net>(address);
  atomic.store<i32>(counter(net, offsetof<Net>('stop')), 1);
  atomic.add<i32>(counter(net, offsetof<Net>('work')), 1);
  atomic.notify(counter(net, offsetof<Net>('work')), -1);
}
