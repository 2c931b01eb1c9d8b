// What a learning curve says, in one sentence with the course's advice.

import type { LearningPoint } from '../training/learning-curve';
import { count, number } from './format';

export interface CurveReading {
  /** `unclear` where there are too few points or costs that are not finite. */
  readonly kind: 'variance' | 'bias' | 'balanced' | 'unclear';
  readonly text: string;
}

/** Development cost so many times the training cost: they are apart. */
const APART = 1.5;
/** Drop of the development cost from the point before to the last one: it is still falling. */
const FALLING = 0.1;

/** `baseline` is the cost of the best constant prediction (the first cost is none: it depends on the start). */
export function readLearningCurve(points: readonly LearningPoint[], baseline: number): CurveReading {
  const last = points.at(-1);
  const before = points.at(-2);
  if (!last || !before || !points.every(({ training, development }) => Number.isFinite(training) && Number.isFinite(development))) {
    return { kind: 'unclear', text: 'The learning curve has too few points with a finite cost to say anything.' };
  }
  const costs = `with ${count(last.samples)} samples the training cost is ${number(last.training)} and the development cost ${number(last.development)}`;
  const falling = before.development - last.development > FALLING * before.development;
  if (last.development > APART * last.training && last.development - last.training > 0.05 * baseline) {
    return {
      kind: 'variance',
      text: `High variance: ${costs}${falling ? ', and it was still falling as samples were added, so more data should help' : ', and the last samples added did not bring it down'}. Otherwise regularize, take a smaller network, or stop early.`,
    };
  }
  if (last.training > 0.5 * baseline) {
    return { kind: 'bias', text: `High bias: ${costs}, both more than half of what a constant prediction costs (${number(baseline)}). More data will not help; take a bigger network or train longer.` };
  }
  return { kind: 'balanced', text: `Bias and variance are in balance: ${costs}.` };
}
