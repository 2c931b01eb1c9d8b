// What a person can ask for beside a run. Any view may offer these.

import { post } from './host';

/** Trains the remedies with these ids beside the run, one after the other; those that were tried are not trained again. */
export function tryRemedies(ids: readonly string[]): void {
  post({ type: 'try', remedies: ids });
}

/** Ends what goes on beside the run; what is finished stays. */
export function stopTrials(): void {
  post({ type: 'stop-trials' });
}

/** Makes the run of a tried remedy the current one. */
export function keepRemedy(id: string): void {
  post({ type: 'keep', remedy: id });
}

export function testRange(): void {
  post({ type: 'range-test' });
}

export function drawLearningCurve(): void {
  post({ type: 'learning-curve' });
}
