// Dead outputs: Z[L] ≤ 0 under a ReLU output, so A[L] = 0, g'(Z[L]) = 0 and dZ[L] = 0.

import { isDead, type Run } from '../training/run';
import { deadPattern } from './dead-pattern';
import { deadSamples } from './dead-samples';
import { deadSince } from './dead-since';
import { explainsLess, GOOD, type Facts } from './facts';
import { finding, MAX_LINES, MAX_SAMPLES, type Finding } from './finding';
import { count as number } from './format';
import * as remedies from './remedy';

/** Where targets of 0 abound, a healthy ReLU output is now and then dead on a small one: up to this share that is a warning. */
const TOLERATED = 0.01;
/** A dead prediction is as good as right when it misses its target by no more than this share of the targets' standard deviation. */
const NEAR = 0.1;
/** Targets beyond this make the first updates overshoot at an ordinary learning rate. */
const LARGE_TARGET = 1000;

export function deadOutput(facts: Facts): Finding | null {
  const { run } = facts;
  const { Z, lines } = run.samples;
  const dead = deadSamples(run);
  const count = dead.predictions;
  if (count === 0) return null;
  const of = Z.data.length;
  const { wrong, far, worse } = missesOf(run);

  const L = run.experiment.layers.length;
  const sign = Z.data.includes(0) ? '≤' : '<';
  const chain = `Z[${L}] ${sign} 0, so A[${L}] = 0 and dZ[${L}] = 0`;
  const about = {
    rule: 'dead-output' as const,
    lines: Array.from(dead.samples.subarray(0, MAX_LINES), (sample) => lines[sample]!),
    layers: [L],
    formula: 'relu-output' as const,
    source: 'SageMaker Debugger, DeadRelu, and AUTOTRAINER (ICSE 2021), dying ReLU, for hidden units; here for the output of each sample.',
    evidence: [
      { name: 'dead predictions', value: count, layer: L },
      { name: 'of them far from their target', value: far, limit: TOLERATED * of, layer: L },
    ],
  };
  if (wrong === 0) {
    return finding({
      ...about,
      severity: 'info',
      message: `${number(count)} of ${number(of)} predictions are dead: ${chain}. Their targets are just that, so they are right.`,
      explanation: 'A dead output cannot learn. Here it has nothing to learn, so nothing needs to be done.',
    });
  }
  const since = deadSince(run, dead.samples);
  const explanation =
    `ReLU makes every negative pre-activation 0, and its derivative there is 0 too: dW and db get nothing from these samples, however wrong the prediction is. ` +
    `${advice(run)} and train again.`;
  const rightAllTheSame = wrong < count ? [`${number(count - wrong)} of them ${count - wrong === 1 ? 'is' : 'are'} right all the same; the other ${number(wrong)} are wrong and stay so.`] : [];
  const more = {
    ...about,
    explanation,
    details: [...rightAllTheSame, ...deadPattern(facts, dead.samples), ...neverNegative(run, L), ...since.sentences],
    samples: Array.from(dead.samples.subarray(0, MAX_SAMPLES), (sample) => sampleOf(run, sample, since.iterations.get(sample))),
    remedies: remediesOf(run),
  };
  if (count === of) {
    return finding({ ...more, severity: 'error', message: `All ${number(of)} predictions are dead: ${chain}. No sample can teach the network anything any more.` });
  }
  return finding({
    ...more,
    severity: far > of * TOLERATED && (worse || explainsLess(facts.fit, GOOD)) ? 'error' : far > 0 ? 'warning' : 'info',
    message: `${number(count)} of ${number(of)} predictions ${count === 1 ? 'is' : 'are'} dead: ${chain}. ${count === 1 ? 'This sample' : 'These samples'} cannot teach the network anything.`,
  });
}

/** Dead predictions that are wrong at all, and that are far off; whether they are on average further off than the living. */
function missesOf(run: Run): { wrong: number; far: number; worse: boolean } {
  const { Z, targets, predictions } = run.samples;
  const n = targets.columns;
  const near = Array.from({ length: n }, (_, j) => {
    let sum = 0;
    let squares = 0;
    for (let k = j; k < targets.data.length; k += n) sum += targets.data[k]!;
    for (let k = j; k < targets.data.length; k += n) squares += (targets.data[k]! - sum / targets.rows) ** 2;
    return NEAR * Math.sqrt(squares / targets.rows);
  });
  let wrong = 0;
  let far = 0;
  const squares = { dead: 0, living: 0 };
  let living = 0;
  Z.data.forEach((z, k) => {
    const miss = Math.abs(predictions.data[k]! - targets.data[k]!);
    const dead = isDead(run, z);
    squares[dead ? 'dead' : 'living'] += miss ** 2;
    living += dead ? 0 : 1;
    if (!dead || miss === 0) return;
    wrong += 1;
    if (miss > near[k % n]!) far += 1;
  });
  return { wrong, far, worse: squares.dead * living > squares.living * (Z.data.length - living) };
}

/** The distinction that is easily missed: what the network predicts is never negative, what it computes before ReLU is. */
function neverNegative({ samples: { targets } }: Run, L: number): string[] {
  if (targets.data.some((y) => y < 0)) return [];
  return [
    `No target is negative, but the linear part of layer ${L}, Z[${L}] = W[${L}] A[${L - 1}] + b[${L}], takes either sign, and ReLU only hides it. Learning cannot push it back up: for these samples dZ[${L}] = dAL * g'(Z[${L}]) = dAL * 0 = 0.`,
  ];
}

function sampleOf({ samples: { Z, targets, predictions, lines } }: Run, sample: number, since: number | undefined): Finding['samples'][number] {
  const k = sample * Z.columns;
  return { sample, line: lines[sample]!, values: { Z: Z.data[k]!, target: targets.data[k]!, prediction: predictions.data[k]!, ...(since === undefined ? {} : { deadSince: since }) } };
}

function isUnscaled({ experiment, samples }: Run): boolean {
  return experiment.normalize.target === 'none' && samples.targets.data.some((y) => Math.abs(y) > LARGE_TARGET);
}

function advice(run: Run): string {
  if (isUnscaled(run)) return 'The target is large and not scaled, so updates overshoot: scale it, or use a linear or leaky ReLU output,';
  return 'Use a linear or leaky ReLU output, another seed or a smaller learning rate,';
}

function remediesOf(run: Run): remedies.Remedy[] {
  const { experiment } = run;
  return [
    remedies.output(experiment, 'leaky-relu'),
    remedies.output(experiment, 'linear'),
    remedies.linearAndScaled(experiment),
    ...remedies.withAdam(experiment, remedies.linearAndScaled(experiment)),
    remedies.output(experiment, 'softplus'),
    remedies.output(experiment, 'swish'),
    ...(experiment.normalize.target === 'none' ? [remedies.scaleTarget(experiment)] : []),
    remedies.seed(experiment),
    remedies.initialization(experiment.initialization === 'he' ? 'xavier' : 'he'),
    remedies.learningRate(experiment, 0.1),
    remedies.clip(),
    remedies.units(experiment, 2),
    ...(experiment.normalize.features === 'none' ? [remedies.scaleFeatures(experiment)] : []),
  ];
}
