// A report moved to a moment of its run, and the scale that charts keep meanwhile.

import type { Moment, Report } from '../src/protocol';

/** The report as if the run had ended there. Verdict, findings and gradient check stay those of the end. */
export function reportAt(end: Report, moment: Moment | null): Report {
  if (!moment) return end;
  const { predictions, deadSamples, points } = moment;
  return { ...end, predictions, deadSamples, points: { ...end.points, ...points } };
}

/** Ends of the scale of predictions, in the units of the file; what is beyond is drawn at its ends. */
export interface Scale {
  readonly low: number;
  readonly high: number;
}

/** So many times the range of the targets at most is shown on either side of it. */
const MARGIN = 1;

/**
 * The same for every moment, so that one sees predictions move and not the scale: targets, predictions at the end
 * as far as they are in sight, and 0 where outputs die. `fits`: whether all of the end is in sight.
 */
export function momentScale({ points, timeline, experiment }: Report, output: number): Scale & { readonly fits: boolean } {
  const [least, most] = extent(points.target[output]!);
  const span = most - least || Math.abs(most) || 1;
  let [low, high] = [least, most];
  let fits = true;
  for (const prediction of points.prediction[output]!) {
    if (prediction < least - MARGIN * span || prediction > most + MARGIN * span) fits = false;
    low = Math.min(low, Math.max(prediction, least - MARGIN * span));
    high = Math.max(high, Math.min(prediction, most + MARGIN * span));
  }
  // a dead output of a standardized target is its mean, which is in sight
  if (experiment.normalize.target !== 'standard' && timeline.deadOutputs.some((dead) => dead > 0)) [low, high] = [Math.min(low, 0), Math.max(high, 0)];
  return { low, high, fits };
}

export function extent(values: Float64Array): [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [0, 1];
}
