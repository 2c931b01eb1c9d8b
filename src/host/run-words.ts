// Runs in words, for lists, lenses and the status bar. Knows no editor.

import { basename } from 'node:path';
import { count } from '../format';
import type { RunEntry } from './run-entry';

const short = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });
const today = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const earlier = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const withYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** At most four significant digits; very large and small ones with an exponent; null is what is not finite. */
export function number(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return 'not finite';
  const size = Math.abs(value);
  const text = size !== 0 && (size >= 1e9 || size < 1e-4) ? value.toExponential(2).replace('e+', 'e') : short.format(value);
  return text.replace('-', '−');
}

/** What the output came to: "8 of 20 dead", "none dead"; under another output than ReLU nothing can be dead. */
export function deadText({ experiment, predictions }: RunEntry): string | null {
  if (experiment.layers.at(-1)!.activation !== 'relu') return null;
  return predictions.dead === 0 ? 'none dead' : `${count(predictions.dead)} of ${count(predictions.of)} dead`;
}

/** "cost 98.1 → 30.2"; of a check alone, which trains nothing, the one cost there is. */
export function costText({ cost, iterations }: RunEntry): string {
  return iterations === 0 ? `cost ${number(cost.final)}` : `cost ${number(cost.first)} → ${number(cost.final)}`;
}

/** What a run was, in a few words beside its name: "8 of 20 dead · cost 98.1 → 30.2 · 14:05". */
export function describeRun(run: RunEntry, now: number): string {
  const how = run.iterations === 0 && run.outcome === 'completed' ? 'check only' : run.outcome === 'completed' ? null : run.outcome;
  return [how, deadText(run), costText(run), timeText(run.ended, now)].filter((part) => part !== null).join(' · ');
}

/** What the lens above a file says of its last run. */
export function lastRunText(run: RunEntry): string {
  if (run.outcome === 'diverged') return 'diverged';
  return deadText(run) ?? `cost ${number(run.cost.final)}`;
}

/** "14:05" today, "23 Nov, 14:05" this year, then the day alone. */
export function timeText(time: number, now: number): string {
  const [then, at] = [new Date(time), new Date(now)];
  if (then.toDateString() === at.toDateString()) return today.format(then);
  return (then.getFullYear() === at.getFullYear() ? earlier : withYear).format(then);
}

/** "quadratic.csv, 14:05" */
export function runName(run: RunEntry, now: number): string {
  return `${basename(run.source)}, ${timeText(run.ended, now)}`;
}

export interface TrainingTask {
  readonly source: string;
  readonly iteration: number;
  readonly iterations: number;
  /** null as long as none is known. */
  readonly cost: number | null;
}

/** The status bar: of the training that reported last, and how many others there are. */
export function statusText({ iteration, iterations, cost }: TrainingTask, others: number): string {
  const parts = iterations === 0 ? ['Reading…'] : [`Iteration ${count(iteration)} of ${count(iterations)}`, ...(cost === null ? [] : [`cost ${number(cost)}`])];
  return `$(sync~spin) ${parts.join(' · ')}${others > 0 ? ` (+${others})` : ''}`;
}
