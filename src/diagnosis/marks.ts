// Moments of a run worth going back to: what the slider through its snapshots marks.

import type { Run } from '../training/run';
import { costCurve } from './cost-curve';
import { count, number } from './format';

export type MarkKind = 'dead-output' | 'all-dead' | 'units-inactive' | 'gradient-vanished' | 'cost-rose' | 'development-lowest' | 'diverged';

export interface Mark {
  readonly kind: MarkKind;
  /** Number of the snapshot that shows it, from 0, and its iteration. */
  readonly snapshot: number;
  readonly iteration: number;
  /** One sentence. */
  readonly text: string;
}

/** Half of the units of a layer: SageMaker Debugger, DeadRelu. */
const INACTIVE = 0.5;
/** ‖dW[1]‖ / ‖dW[L]‖: AUTOTRAINER (ICSE 2021), β1. */
const VANISHED = 1e-3;

/** In the order of time. */
export function marksOf(run: Run): Mark[] {
  const { history, experiment, outcome } = run;
  const last = history.iterations.length - 1;
  const marks: Mark[] = [];
  const mark = (kind: MarkKind, snapshot: number, text: string): void => {
    if (snapshot >= 0) marks.push({ kind, snapshot, iteration: history.iterations[snapshot]!, text });
  };

  const predictions = history.samples * run.units.at(-1)!;
  const first = history.deadOutputs.findIndex((dead) => dead > 0);
  mark('dead-output', first, `The first dead outputs: ${count(history.deadOutputs[first] ?? 0)} of ${count(predictions)}.`);
  mark('all-dead', history.deadOutputs.findIndex((dead) => dead === predictions), 'All outputs are dead: nothing learns from here on.');
  history.layers.slice(0, -1).forEach(({ inactive }, k) => {
    const { activation } = experiment.layers[k]!;
    const what = activation === 'sigmoid' || activation === 'tanh' ? 'saturated' : 'dead';
    mark('units-inactive', inactive.findIndex((share) => share > INACTIVE), `More than half of the units of layer ${k + 1} are ${what}.`);
  });
  const top = history.layers.at(-1)!.gradientNorm;
  if (history.layers.length > 1) {
    mark('gradient-vanished', history.layers[0]!.gradientNorm.findIndex((norm, k) => norm < VANISHED * top[k]!), `‖dW[1]‖ is less than a thousandth of ‖dW[${history.layers.length}]‖.`);
  }
  const rise = costCurve(run)?.rise ?? null;
  // where patience ended a run, its costs go on beyond the parameters that were kept
  if (rise !== null && rise <= history.iterations[last]!) mark('cost-rose', snapshotAt(history.iterations, rise), `The cost made its largest jump upwards at iteration ${count(rise)}.`);
  if (history.development) {
    const costs = history.development;
    const least = costs.reduce((best, cost, k) => (cost < costs[best]! ? k : best), 0);
    if (least < last) mark('development-lowest', least, `The development cost is lowest: ${number(costs[least]!)}.`);
  }
  if (outcome.kind === 'diverged') mark('diverged', last, `One update later the cost is ${outcome.cost}.`);
  return marks.sort((one, other) => one.snapshot - other.snapshot);
}

/** The first snapshot at or after an iteration. */
function snapshotAt(iterations: Float64Array, iteration: number): number {
  const at = iterations.findIndex((value) => value >= iteration);
  return at < 0 ? iterations.length - 1 : at;
}
