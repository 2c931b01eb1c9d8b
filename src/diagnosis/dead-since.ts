// Since which iteration each dead sample is dead: the snapshots are gone back until its output is alive.

import { gatherRows, matrix } from '../core/matrix';
import { createPass, forward } from '../core/network';
import { parametersAt } from '../training/predict';
import { isDead, type Run } from '../training/run';
import { networkOf } from '../training/setup';
import { networkView } from '../training/view';
import { count, plural } from './format';

/** Samples and multiply-adds that this may take; beyond, fewer samples are followed. */
const MAX_FOLLOWED = 1000;
const WORK = 1e8;

export interface DeadSince {
  /** For each sample that was followed, the iteration of the first snapshot since which it is dead without a break. */
  readonly iterations: ReadonlyMap<number, number>;
  /** What a person reads about it; empty where nothing was trained. */
  readonly sentences: readonly string[];
}

/** `samples` are dead at the end of the run. */
export function deadSince(run: Run, samples: Uint32Array): DeadSince {
  const { history } = run;
  const last = history.iterations.length - 1;
  const most = Math.max(1, Math.min(MAX_FOLLOWED, Math.floor(WORK / (run.parameters.length * (last + 1)))));
  const { X, targets, development } = run.samples;
  const view = networkView(run.experiment, X, targets, development);
  const network = networkOf(run.experiment);
  let left = Array.from(samples.subarray(0, most));
  const iterations = new Map(left.map((sample) => [sample, history.iterations[last]!]));
  for (let snapshot = last - 1; snapshot >= 0 && left.length > 0; snapshot--) {
    const parameters = parametersAt(run, snapshot);
    const pass = createPass(parameters, left.length);
    forward(network, parameters, gatherRows(view.X, left, matrix(left.length, view.X.columns)), pass);
    const { data, columns } = pass.Z.at(-1)!;
    left = left.filter((_, k) => data.subarray(k * columns, (k + 1) * columns).some((z) => isDead(run, z)));
    for (const sample of left) iterations.set(sample, history.iterations[snapshot]!);
  }
  return { iterations, sentences: last === 0 ? [] : tell(iterations, samples.length) };
}

function tell(iterations: ReadonlyMap<number, number>, of: number): string[] {
  const since = [...iterations.values()].sort((one, other) => one - other);
  const fromStart = since.filter((iteration) => iteration === 0).length;
  const later = since.slice(fromStart);
  const parts = [
    ...(fromStart > 0 ? [`${fromStart === since.length ? (fromStart === 1 ? 'it' : `all ${count(fromStart)}`) : count(fromStart)} from the start`] : []),
    ...(later.length > 0 ? [`${count(later.length)} since iteration ${later[0] === later.at(-1) ? count(later[0]!) : `${count(later[0]!)} to ${count(later.at(-1)!)}`}`] : []),
  ];
  return [`Dead without a break: ${parts.join(', ')}${since.length < of ? ` (of ${plural(since.length, 'sample')} followed)` : ''}.`];
}
