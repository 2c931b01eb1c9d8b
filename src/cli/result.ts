// A Run as the command line prints it: JSON with every number at full precision, or a page of text.

import type { ParameterCheck } from '../core/gradient-check';
import { rowsOf, toRows, type Matrix } from '../core/matrix';
import { parametersFrom } from '../core/parameters';
import { deadSamples } from '../diagnosis/dead-samples';
import { diagnose, verdictOf } from '../diagnosis/diagnose';
import type { Run } from '../training/run';
import { tensorsOf } from '../training/tensors';

/** The stable contract of `--json`: see README. A number that is not finite becomes null, as JSON has it. */
export function jsonResult(run: Run, tensors: boolean): object {
  const findings = diagnose(run);
  const { data: _, parameters: __, ...experiment } = run.experiment;
  const { samples } = run;
  const outputs = samples.targets.columns;
  const one = (source: Matrix, row: number): number | number[] => {
    const values = Array.from(rowsOf(source, row, row + 1).data);
    return outputs === 1 ? values[0]! : values;
  };
  return {
    verdict: verdictOf(run, findings),
    findings,
    data: {
      file: run.file,
      rows: samples.targets.rows,
      skipped: run.data.skipped,
      imputed: run.data.imputed,
      features: experiment.features,
      target: experiment.target.length === 1 ? experiment.target[0] : experiment.target,
    },
    experiment,
    outcome: run.outcome,
    iterations: run.iterations,
    cost: {
      first: run.costs[0] ?? run.finalCost,
      last: run.costs.at(-1) ?? run.finalCost,
      history: run.costs.length > 0 ? Array.from(run.costs) : [run.finalCost],
      final: run.finalCost,
    },
    samples: Array.from(samples.lines, (line, row) => ({
      line,
      target: one(samples.targets, row),
      prediction: one(samples.predictions, row),
      Z: one(samples.Z, row),
    })),
    deadOutputs: deadOutputs(run),
    gradientCheck: run.gradientCheck,
    ...(tensors && {
      layers: tensorsOf(run).map(({ Z, A, dA, dZ, gradient }) => ({
        Z: toRows(Z),
        A: toRows(A),
        dA: toRows(dA),
        dZ: toRows(dZ),
        dW: toRows(gradient.W),
        db: Array.from(gradient.b),
      })),
      parameters: parametersFrom(run.units, run.parameters).layers.map(({ W, b }) => ({ W: toRows(W), b: Array.from(b) })),
    }),
  };
}

function deadOutputs(run: Run): { count: number; of: number; lines: number[] } {
  const { predictions, samples } = deadSamples(run);
  return { count: predictions, of: run.samples.Z.data.length, lines: Array.from(samples, (sample) => run.samples.lines[sample]!) };
}

/** What a person reads in a terminal. */
export function textResult(run: Run): string {
  const findings = diagnose(run);
  const verdict = verdictOf(run, findings);
  const number = (value: number): string => (Math.abs(value) < 1e9 ? String(Number(value.toPrecision(6))) : value.toExponential(5));
  const { layers, loss, optimizer, seed } = run.experiment;
  const lines = [
    verdict.text,
    ...findings.filter((finding) => finding.message === verdict.text).flatMap((finding) => [finding.explanation, ...finding.details]),
    '',
    `data         ${run.file}: ${run.samples.targets.rows} samples, ${run.data.skipped.length} lines skipped; ${run.experiment.features.join(', ')} -> ${run.experiment.target.join(', ')}`,
    `network      ${run.units[0]} inputs, ${layers.map(({ units, activation }) => `${units} ${activation}`).join(', ')}; ${loss}; ${optimizer.name} ${optimizer.learningRate}; seed ${seed}`,
    `cost         ${number(run.costs[0] ?? run.finalCost)} -> ${number(run.finalCost)} after ${run.iterations} iterations${run.outcome.kind === 'completed' ? '' : ` (${run.outcome.kind})`}`,
    '',
    'gradient check   relative difference  verdict',
    ...run.gradientCheck.layers.flatMap(({ layer, dW, db }) => [checkLine(`dW[${layer}]`, dW), checkLine(`db[${layer}]`, db)]),
  ];
  const dead = deadSamples(run).samples;
  if (dead.length > 0) lines.push('', ...deadTable(run, dead, number));
  const rest = findings.filter((finding) => finding.message !== verdict.text);
  if (rest.length > 0) lines.push('', ...rest.map(({ severity, message }) => `${severity}: ${message}`));
  return `${lines.join('\n')}\n`;
}

function checkLine(name: string, check: ParameterCheck): string {
  const difference = check.relativeDifference === null ? '0 / 0' : check.relativeDifference.toExponential(2);
  const kinks = check.kinks > 0 ? `, ${check.kinks} kinks apart` : '';
  const share = check.checked + check.kinks < check.of ? `, ${check.checked} of ${check.of} entries` : '';
  return `  ${name.padEnd(15)}${difference.padEnd(21)}${check.verdict}${kinks}${share}`;
}

/** Lines of the table that a terminal still shows at a glance. */
const MAX_TABLE = 20;
const CELL = 18;

function deadTable(run: Run, dead: Uint32Array, number: (value: number) => string): string[] {
  const { lines, targets, Z, predictions } = run.samples;
  const width = CELL * Z.columns;
  const cells = (line: string, values: readonly string[]): string => `  ${line.padEnd(8)}${values.map((value) => value.padEnd(width)).join('')}`.trimEnd();
  const rows = Array.from(dead.subarray(0, MAX_TABLE), (sample) =>
    cells(String(lines[sample]), [targets, Z, predictions].map((source) => Array.from(rowsOf(source, sample, sample + 1).data, number).join(' '))),
  );
  const rest = dead.length - rows.length;
  return ['dead outputs', cells('line', ['target', `Z[${run.experiment.layers.length}]`, 'prediction']), ...rows, ...(rest > 0 ? [`  … and ${rest} more`] : [])];
}
