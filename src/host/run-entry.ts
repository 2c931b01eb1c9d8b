// One kept run as lists and comparisons show it: small enough that all of them lie in one file.

import type { CheckVerdict, Curve, Outcome, Report, Settings, Severity } from '../protocol';

/** Points of the cost curve that an entry keeps. */
const CURVE_POINTS = 60;
const CURVE_DIGITS = 5;

export interface RunEntry {
  /** The file that keeps the run. */
  readonly id: string;
  /** The file that was chosen, the one that holds the samples, and the settings over the first. */
  readonly source: string;
  readonly dataFile: string;
  readonly settings: Settings;
  /** When the training began, so when its data were as they are in the run; and when it ended. Milliseconds since 1970. */
  readonly started: number;
  readonly ended: number;
  readonly verdict: { readonly severity: Severity | 'ok'; readonly text: string };
  readonly samples: number;
  readonly skipped: number;
  readonly deadSamples: number;
  readonly predictions: Report['predictions'];
  readonly outcome: Outcome['kind'];
  readonly iterations: number;
  readonly experiment: Report['experiment'];
  /** null stands for a number that is not finite, as in JSON. */
  readonly cost: { readonly first: number | null; readonly final: number | null; readonly development: number | null };
  /** The cost by iteration, thinned. */
  readonly curve: { readonly x: readonly number[]; readonly y: readonly (number | null)[] };
  readonly check: { readonly verdict: CheckVerdict; readonly layers: readonly { readonly layer: number; readonly dW: CheckVerdict; readonly db: CheckVerdict }[] };
}

export function entryOf(report: Report, kept: Pick<RunEntry, 'source' | 'settings' | 'started' | 'ended'>): RunEntry {
  const { cost, gradientCheck } = report;
  return {
    ...kept,
    id: report.id,
    dataFile: report.dataFile,
    verdict: report.verdict,
    samples: report.data.samples,
    skipped: report.data.skipped,
    deadSamples: report.deadSamples,
    predictions: report.predictions,
    outcome: report.outcome.kind,
    iterations: report.iterations,
    experiment: report.experiment,
    cost: { first: finite(cost.first), final: finite(cost.final), development: finite(cost.development?.y.at(-1)) },
    curve: thinned(cost.training),
    check: { verdict: gradientCheck.verdict, layers: gradientCheck.layers.map(({ layer, dW, db }) => ({ layer, dW: dW.verdict, db: db.verdict })) },
  };
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** The first and the last point and evenly spaced ones between. */
function thinned({ x, y }: Curve): RunEntry['curve'] {
  const points = Math.min(x.length, CURVE_POINTS);
  const at = Array.from({ length: points }, (_, p) => (points === 1 ? 0 : Math.round((p * (x.length - 1)) / (points - 1))));
  return { x: at.map((k) => x[k]!), y: at.map((k) => (Number.isFinite(y[k]) ? Number(y[k]!.toPrecision(CURVE_DIGITS)) : null)) };
}
