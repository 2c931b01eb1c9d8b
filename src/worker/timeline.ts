// The way of a run as the panel's slider shows it: its snapshots, what is known of each, and the moments worth going to.

import { marksOf } from '../diagnosis/marks';
import type { Timeline } from '../protocol';
import type { Run } from '../training/run';

export function timelineOf(run: Run): Timeline {
  const { iterations, cost, deadOutputs, samples, parameters, development, layers } = run.history;
  const statistics = [iterations, cost, deadOutputs, development, ...layers.flatMap(({ gradientNorm, updateRatio, inactive }) => [gradientNorm, updateRatio, inactive])];
  return {
    iterations,
    cost,
    deadOutputs,
    predictions: samples * run.units.at(-1)!,
    complete: samples === run.samples.targets.rows,
    marks: marksOf(run),
    bytes: parameters.byteLength + statistics.reduce((sum, values) => sum + (values?.byteLength ?? 0), 0),
  };
}
