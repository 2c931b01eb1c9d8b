// Why a cost stopped being finite, or ended above its beginning: which rule names the cause, so that it comes before the effect.

import { costCurve } from './cost-curve';
import { allDead } from './dead-samples';
import { explainsLess, GOOD, type Facts } from './facts';
import type { RuleName } from './finding';
import { takesImpossibleLogarithms } from './wrong-loss';

/**
 * Steps this large overshoot with scaled data too: plain gradient descent of standardized features diverges above
 * 2 / (largest curvature), which is 2 for one feature; Adam's step is the learning rate itself. (UMLAUT warns from 0.01 for Adam.)
 */
const LARGE_STEP = { sgd: 0.5, momentum: 0.1, rmsprop: 0.1, adam: 0.1 } as const;
/** The cost ends so much above its beginning. SageMaker Debugger's LossNotDecreasing also compares with an earlier cost. */
export const RISEN = 1.05;
/** Beyond this a feature or target counts as unscaled: the bound of the message in training/divergence.ts. */
export const UNSCALED = 10;
/** From here on a target can be the cause of a run that learned too little, although its cost stayed finite and fell. */
export const LARGE_TARGET = 100;
/** AUTOTRAINER (Zhang et al., ICSE 2021), β3: ‖dW[1]‖ / ‖dW[L]‖ of an exploding gradient. */
export const EXPLODING_RATIO = 70;
/** A first gradient so many times as long as W itself is too large for any ordinary learning rate. */
export const EXPLODING_SHARE = 30;

export function divergenceCause(facts: Facts): RuleName | null {
  const { run } = facts;
  if (run.outcome.kind !== 'diverged' && !hasRisen(facts)) return null;
  const { optimizer } = run.experiment;
  const atOnce = run.outcome.kind === 'diverged' && run.outcome.iteration === 0;
  if (takesImpossibleLogarithms(facts)) return 'wrong-loss';
  if (!atOnce && optimizer.learningRate > LARGE_STEP[optimizer.name]) return 'learning-rate-too-large';
  if (largestUnscaled(facts, 'features') > UNSCALED) return 'unscaled-features';
  if (largestUnscaled(facts, 'target') > UNSCALED) return 'unscaled-target';
  if (atOnce) return 'diverged';
  return startsExploding(facts) ? 'exploding-gradient' : 'learning-rate-too-large';
}

/** Whether the cost, finite to the end, was lower at the beginning; where every output is dead, that is how it rose. */
export function hasRisen(facts: Facts): boolean {
  const curve = costCurve(facts.run);
  return curve !== null && facts.run.outcome.kind !== 'diverged' && curve.last > RISEN * curve.first && explainsLess(facts.fit, GOOD) && !allDead(facts.run);
}

export function hasLargeStep({ run: { experiment: { optimizer } } }: Facts): boolean {
  return optimizer.learningRate > LARGE_STEP[optimizer.name];
}

/** 0 where they are scaled. */
export function largestUnscaled({ run }: Facts, which: 'features' | 'target'): number {
  if (run.experiment.normalize[which] !== 'none') return 0;
  const { X, targets } = run.samples;
  return (which === 'features' ? X : targets).data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

/** Whether the gradient is too long before any update was made. */
export function startsExploding(facts: Facts): boolean {
  return firstRatio(facts) > EXPLODING_RATIO || Math.max(...firstShares(facts)) > EXPLODING_SHARE || firstShares(facts).some(Number.isNaN);
}

/** ‖dW[1]‖ / ‖dW[L]‖ at the first snapshot. */
export function firstRatio({ run: { history } }: Facts): number {
  return history.layers[0]!.gradientNorm[0]! / history.layers.at(-1)!.gradientNorm[0]!;
}

/** ‖dW[l]‖ / ‖W[l]‖ at the first snapshot, one a layer; less the λ/m that the L2 part of the cost adds to it. */
export function firstShares({ run: { history, experiment }, startParameters, view }: Facts): number[] {
  const shrinking = experiment.l2 / view.trainingRows.length;
  return history.layers.map(({ gradientNorm }, k) => {
    const norm = Math.sqrt(startParameters.layers[k]!.W.data.reduce((sum, w) => sum + w * w, 0));
    return Math.max(0, gradientNorm[0]! / norm - shrinking);
  });
}
