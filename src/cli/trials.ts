// The ranking of `--try-all`, as text and as JSON.

import type { RankedRow, TrialTable } from '../trials/view';

/** The key `trials` of `--json`; null where the findings offer no remedy. */
export function trialsJson(table: TrialTable | null): object | null {
  return (
    table && {
      measure: table.measure,
      ranking: table.rows.map(({ rank, id, label, outcome, reason, iterations, cost, measured, times, against, dead, formula, keep }) => ({
        rank,
        id,
        label,
        outcome,
        reason,
        iterations,
        cost,
        measured,
        times,
        against,
        deadOutputs: dead,
        formula: formula?.map(({ text }) => text) ?? null,
        settings: keep,
      })),
    }
  );
}

export function trialsText(table: TrialTable | null): string {
  if (!table) return 'remedies     none: no finding offers one\n';
  const development = table.measure.on === 'development';
  const header = ['', 'remedy', 'cost', ...(development ? ['development'] : []), 'against the run', 'dead'];
  const rows = table.rows.map((row) => [
    String(row.rank),
    label(row),
    number(row.cost.training),
    ...(development ? [row.cost.development === null ? '' : number(row.cost.development)] : []),
    row.against,
    row.dead ? `${row.dead.count} of ${row.dead.of}` : '',
  ]);
  const widths = header.map((_, k) => Math.max(...[header, ...rows].map((cells) => cells[k]!.length)));
  const line = (cells: readonly string[]): string => `  ${cells.map((cell, k) => cell.padEnd(widths[k]! + 2)).join('')}`.trimEnd();
  return [
    `remedies, tried: ranked by the cost (${table.measure.loss}, in the units of the file) of the ${table.measure.on} samples`,
    line(header),
    ...rows.map(line),
    '',
  ].join('\n');
}

function label({ label: text, formula }: RankedRow): string {
  return formula ? `${text}: ${formula.map((each) => each.text).join('; ')}` : text;
}

function number(value: number): string {
  return !Number.isFinite(value) ? '-' : Math.abs(value) < 1e9 && Math.abs(value) >= 1e-4 ? String(Number(value.toPrecision(6))) : value === 0 ? '0' : value.toExponential(2);
}
