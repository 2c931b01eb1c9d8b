// Trials in one order, best first, with what each is against the run that they come from.

import type { Finding } from '../diagnosis/finding';
import type { RankedRow, TrialRow } from './view';

/**
 * Those with a lower cost than the run come first, then those that do not help, those that diverged, and those that
 * could not be trained. Within each: where the run is found to have dead outputs, fewer of them first; then the lower cost.
 */
export function rank(base: TrialRow, trials: readonly TrialRow[], aboutDead: boolean): RankedRow[] {
  const size = ({ measured }: TrialRow): number => (Number.isFinite(measured) ? measured : Infinity);
  const group = (row: TrialRow): number => {
    if (row.outcome === 'failed') return 3;
    if (row.outcome === 'diverged' || size(row) === Infinity) return 2;
    return size(row) < size(base) ? 0 : 1;
  };
  const dead = (row: TrialRow): number => (aboutDead ? (row.dead?.count ?? Infinity) : 0);
  return [base, ...trials]
    .sort((one, other) => group(one) - group(other) || compare(dead(one), dead(other)) || compare(size(one), size(other)))
    .map((row, k) => {
      const times = row === base ? null : timesLower(base.measured, row.measured);
      return { ...row, rank: k + 1, times, against: row === base ? '' : againstText(times, row) };
    });
}

/** Whether dead outputs are part of what is wrong: those that are right all the same are not. */
export function isAboutDead(findings: readonly Finding[]): boolean {
  return findings.some(({ rule, severity }) => rule === 'dead-output' && severity !== 'info');
}

function compare(one: number, other: number): number {
  // Infinity - Infinity would be no order
  return one === other ? 0 : one < other ? -1 : 1;
}

function timesLower(base: number, trial: number): number | null {
  if (!Number.isFinite(base) || !Number.isFinite(trial)) return null;
  return base === trial ? 1 : base / trial;
}

/** Beyond it the number itself says nothing any more. */
const MOST = 1e6;
/** Nearer to the run than this is no difference worth a word. */
const SAME = 1.005;

function againstText(times: number | null, { outcome, measured }: TrialRow): string {
  if (outcome === 'failed') return 'could not be trained';
  if (outcome === 'diverged') return 'diverged';
  if (times === null) return Number.isFinite(measured) ? 'finite, unlike the run' : 'no finite cost';
  const by = times >= 1 ? times : 1 / times;
  if (by < SAME) return 'the same';
  return `${by > MOST ? 'over 1,000,000' : factor(by)}× ${times > 1 ? 'lower' : 'higher'}`;
}

function factor(by: number): string {
  return by >= 10 ? Math.round(by).toLocaleString('en-US') : by.toLocaleString('en-US', { maximumSignificantDigits: by < 2 ? 3 : 2 });
}
