// A Run as the panel shows it: its numbers thinned to what a screen can show.

import { basename } from 'node:path';
import type { Matrix } from '../core/matrix';
import { matrixColumnNames } from '../data/dataset';
import { deadSamples } from '../diagnosis/dead-samples';
import { diagnose, verdictOf } from '../diagnosis/diagnose';
import { MAX_POINTS, type Curve, type Report, type SamplePoints } from '../protocol';
import { isDead, type Run } from '../training/run';
import { timelineOf } from './timeline';

const MAX_SKIPPED_LINES = 100;

export function reportOf(run: Run, id: string): Report {
  const { data: _, parameters: __, ...experiment } = run.experiment;
  const findings = diagnose(run);
  const { Z } = run.samples;
  const dead = deadSamples(run);
  const development = run.development;
  return {
    id,
    file: basename(run.file),
    dataFile: run.file,
    verdict: verdictOf(run, findings),
    findings,
    experiment,
    columns: run.data.columns,
    data: {
      samples: run.samples.targets.rows,
      skipped: run.data.skipped.length,
      skippedLines: run.data.skipped.slice(0, MAX_SKIPPED_LINES),
      imputed: run.data.imputed,
    },
    outcome: run.outcome,
    iterations: run.iterations,
    cost: {
      first: run.costs[0] ?? run.finalCost,
      final: run.finalCost,
      training: costCurve(run.costs, run.costs.length),
      development: development ? { x: development.iterations, y: development.costs } : null,
    },
    outputs: run.data.targets.flatMap(matrixColumnNames),
    points: samplePoints(run),
    predictions: { of: Z.data.length, dead: dead.predictions, negative: negativePredictions(run) },
    deadSamples: dead.samples.length,
    featureNames: run.data.features.map((feature) => feature.name),
    targetScaled: run.experiment.normalize.target !== 'none',
    gradientCheck: run.gradientCheck,
    timeline: timelineOf(run),
  };
}

export function negativePredictions({ samples: { Z } }: Run): number {
  return Z.data.reduce((count, z) => count + (z < 0 ? 1 : 0), 0);
}

/** The first `length` costs, at most MAX_POINTS of them: each point is the largest of its stretch, so that no spike is hidden. */
export function costCurve(costs: Float64Array, length: number): Curve {
  const points = Math.min(length, MAX_POINTS);
  const x = new Float64Array(points);
  const y = new Float64Array(points);
  for (let p = 0; p < points; p++) {
    const end = Math.floor(((p + 1) * length) / points);
    let at = Math.floor((p * length) / points);
    for (let k = at + 1; k < end; k++) if (costs[k]! > costs[at]!) at = k;
    x[p] = at;
    y[p] = costs[at]!;
  }
  return { x, y };
}

/** Evenly spaced over the file, so that thinning keeps the share of dead samples. */
export function samplePoints(run: Run): SamplePoints {
  const { lines, targets, predictions, Z } = run.samples;
  const count = Math.min(targets.rows, MAX_POINTS);
  const sample = Float64Array.from({ length: count }, (_, p) => Math.floor((p * targets.rows) / count));
  const column = (source: Matrix, j: number): Float64Array => sample.map((s) => source.data[s * source.columns + j]!);
  const each = <T>(make: (j: number) => T): T[] => Array.from({ length: targets.columns }, (_, j) => make(j));
  return {
    of: targets.rows,
    sample,
    line: sample.map((s) => lines[s]!),
    target: each((j) => column(targets, j)),
    prediction: each((j) => column(predictions, j)),
    Z: each((j) => column(Z, j)),
    dead: each((j) => Uint8Array.from(column(Z, j), (z) => (isDead(run, z) ? 1 : 0))),
  };
}
