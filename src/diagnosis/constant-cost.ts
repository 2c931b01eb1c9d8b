// What the best constant prediction costs: the cost that any network has to beat.

import { lossPerSample } from '../core/losses';
import { gatherRows, matrix } from '../core/matrix';
import type { Run } from '../training/run';
import { networkView } from '../training/view';
import { meanOf, medianOf } from './fit';

/** Mean loss over the training samples, of targets as the network has them (scaled, where they are), without the L2 part. */
export function constantCost({ experiment, samples }: Run): number {
  const { Y, trainingRows } = networkView(experiment, samples.X, samples.targets, samples.development);
  const targets = gatherRows(Y, trainingRows, matrix(trainingRows.length, Y.columns));
  const n = targets.columns;
  // the middle of the classes' frequencies is not what a logarithm wants; of absolute distances it is
  const centerOf = experiment.loss === 'mae' || experiment.loss === 'huber' ? medianOf : meanOf;
  const center = Array.from({ length: n }, (_, j) => centerOf(targets.data.filter((__, k) => k % n === j)));
  const constant = { ...targets, data: targets.data.map((_, k) => center[k % n]!) };
  const losses = new Float64Array(targets.rows);
  lossPerSample(experiment.loss, 'linear', constant, constant, targets, losses);
  return meanOf(losses);
}
