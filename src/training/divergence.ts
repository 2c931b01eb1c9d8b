// Says why a cost stopped being a finite number, in the terms of the experiment that a person can change.

import type { Matrix } from '../core/matrix';
import type { Dataset } from '../data/dataset';
import type { CompleteExperiment } from '../experiment/schema';

/** Inputs or targets beyond this are what makes an ordinary learning rate too large. */
const LARGE = 10;

/** One sentence without a full stop: "the learning rate 0.01 is too large for unscaled features (up to 1,140)". */
export function explainDivergence(diverged: { readonly iteration: number }, experiment: CompleteExperiment, dataset: Dataset): string {
  if (diverged.iteration === 0) {
    return logarithmic(experiment)
      ? `${experiment.loss} takes the logarithm of predictions that the output activation ${experiment.layers.at(-1)!.activation} lets be 0, negative or above 1`
      : 'the values overflow already at the initial parameters: scale the features and the target';
  }
  const unscaled = [
    ...unscaledPart('features', experiment.normalize.features, dataset.X),
    ...unscaledPart('targets', experiment.normalize.target, dataset.Y),
  ];
  if (unscaled.length === 0 && logarithmic(experiment)) {
    return `${experiment.loss} takes the logarithm of predictions, and the output activation ${experiment.layers.at(-1)!.activation} let one become 0, negative or above 1`;
  }
  return `the learning rate ${experiment.optimizer.learningRate} is too large${unscaled.length > 0 ? ` for unscaled ${unscaled.join(' and ')}` : ''}`;
}

function unscaledPart(name: string, scaling: string, values: Matrix): string[] {
  if (scaling !== 'none') return [];
  let largest = 0;
  for (const value of values.data) largest = Math.max(largest, Math.abs(value));
  return largest > LARGE ? [`${name} (up to ${largest.toLocaleString('en-US', { maximumSignificantDigits: 4 })})`] : [];
}

function logarithmic(experiment: CompleteExperiment): boolean {
  const output = experiment.layers.at(-1)!.activation;
  if (experiment.loss === 'binary-cross-entropy') return output !== 'sigmoid';
  return experiment.loss === 'cross-entropy' && output !== 'softmax';
}
