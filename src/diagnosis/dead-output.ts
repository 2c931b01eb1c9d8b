// Dead outputs: Z[L] ≤ 0 under a ReLU output, so A[L] = 0, g'(Z[L]) = 0 and dZ[L] = 0.

import { isDead, type Run } from '../training/run';
import { deadSamples } from './dead-samples';
import type { Finding } from './finding';

/** Lines that a finding lists; the table of the panel has them all. */
const MAX_LINES = 1000;

/** Where targets of 0 abound, a healthy ReLU output is now and then dead on a small one: up to this share that is a warning. */
const TOLERATED = 0.01;

export function deadOutput(run: Run): Finding | null {
  const { Z, targets, predictions, lines } = run.samples;
  const dead = deadSamples(run);
  const count = dead.predictions;
  if (count === 0) return null;
  const of = Z.data.length;
  const missed = Z.data.reduce((sum, z, k) => sum + (isDead(run, z) && predictions.data[k] !== targets.data[k] ? 1 : 0), 0);

  const L = run.experiment.layers.length;
  const sign = Z.data.includes(0) ? '≤' : '<';
  const chain = `Z[${L}] ${sign} 0, so A[${L}] = 0 and dZ[${L}] = 0`;
  const about = { rule: 'dead-output' as const, lines: Array.from(dead.samples.subarray(0, MAX_LINES), (sample) => lines[sample]!), layers: [L] };
  if (missed === 0) {
    return {
      ...about,
      severity: 'info',
      message: `${number(count)} of ${number(of)} predictions are dead: ${chain}. Their targets are just that, so they are right.`,
      explanation: 'A dead output cannot learn. Here it has nothing to learn, so nothing needs to be done.',
    };
  }
  const explanation =
    (missed < count ? `${number(count - missed)} of them ${count - missed === 1 ? 'is' : 'are'} right all the same; the other ${number(missed)} are wrong and stay so. ` : '') +
    `ReLU makes every negative pre-activation 0, and its derivative there is 0 too: dW and db get nothing from these samples, however wrong the prediction is. ` +
    `${remedy(run)} and train again.`;
  if (count === of) {
    return {
      ...about,
      severity: 'error',
      message: `All ${number(of)} predictions are dead: ${chain}. No sample can teach the network anything any more.`,
      explanation,
    };
  }
  return {
    ...about,
    severity: missed > of * TOLERATED ? 'error' : 'warning',
    message: `${number(count)} of ${number(of)} predictions ${count === 1 ? 'is' : 'are'} dead: ${chain}. ${count === 1 ? 'This sample' : 'These samples'} cannot teach the network anything.`,
    explanation,
  };
}

/** Targets beyond this make the first updates overshoot at an ordinary learning rate. */
const LARGE_TARGET = 1000;

function remedy({ experiment, samples }: Run): string {
  const unscaled = experiment.normalize.target === 'none' && samples.targets.data.some((y) => Math.abs(y) > LARGE_TARGET);
  if (unscaled) return 'The target is large and not scaled, so updates overshoot: scale it, or use a linear or leaky ReLU output,';
  return 'Use a linear or leaky ReLU output, another seed or a smaller learning rate,';
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
