// Two runs side by side, in words: which settings differ, and what came of them. Knows no editor.

import { count } from '../format';
import type { RunEntry } from './run-entry';
import { deadText, number } from './run-words';

export interface ComparedRow {
  readonly name: string;
  readonly values: readonly [string, string];
  /** Which of the two came out better; null where neither did, or nobody can say. */
  readonly better: 0 | 1 | null;
}

export interface Comparison {
  /** Settings that differ, as in an experiment file. */
  readonly settings: readonly ComparedRow[];
  readonly sameSettings: number;
  readonly outcome: readonly ComparedRow[];
  readonly check: readonly ComparedRow[];
  /** Costs of other losses, data, or targets scaled in another way say nothing about each other. */
  readonly costsCompare: boolean;
}

export function compareRuns(one: RunEntry, other: RunEntry): Comparison {
  const [first, second] = [settingsOf(one), settingsOf(other)];
  const names = [...new Set([...first.keys(), ...second.keys()])];
  const rows = names.map((name): ComparedRow => ({ name, values: [first.get(name) ?? '–', second.get(name) ?? '–'], better: null }));
  const differing = rows.filter(({ values }) => values[0] !== values[1]);
  const costsCompare = sameCost(one, other);
  return {
    settings: differing,
    sameSettings: rows.length - differing.length,
    outcome: outcomeRows(one, other, costsCompare),
    check: checkRows(one, other),
    costsCompare,
  };
}

function sameCost({ experiment: a, dataFile }: RunEntry, { experiment: b, dataFile: otherFile }: RunEntry): boolean {
  return a.loss === b.loss && a.normalize.target === b.normalize.target && a.l2 === b.l2 && a.split === b.split && a.missing === b.missing && dataFile === otherFile && a.target.join('\n') === b.target.join('\n');
}

function settingsOf({ experiment, dataFile }: RunEntry): Map<string, string> {
  const settings = new Map([['data', dataFile]]);
  for (const [key, value] of Object.entries(experiment)) {
    if (key === 'layers') continue;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [inner, part] of Object.entries(value)) settings.set(`${key}.${inner}`, say(part));
    } else {
      settings.set(key, say(value));
    }
  }
  experiment.layers.forEach(({ units, activation, slope }, k) => {
    const name = k === experiment.layers.length - 1 ? 'output layer' : `layer ${k + 1}`;
    settings.set(name, `${units} ${activation}${slope === undefined ? '' : `, slope ${slope}`}`);
  });
  return settings;
}

function say(value: unknown): string {
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.map(say).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function outcomeRows(one: RunEntry, other: RunEntry, costsCompare: boolean): ComparedRow[] {
  const pair = <T>(of: (run: RunEntry) => T): [T, T] => [of(one), of(other)];
  const row = (name: string, of: (run: RunEntry) => string, measure?: (run: RunEntry) => number | null): ComparedRow => ({
    name,
    values: pair(of),
    better: measure ? lower(...pair(measure)) : null,
  });
  return [
    row('Dead outputs', (run) => deadText(run) ?? 'no ReLU output', (run) => run.predictions.dead / run.predictions.of),
    row('First cost', ({ cost }) => number(cost.first)),
    row('Final cost', ({ cost }) => number(cost.final), costsCompare ? ({ cost }) => cost.final : undefined),
    ...(one.cost.development === null && other.cost.development === null
      ? []
      : [row('Development cost', ({ cost }) => (cost.development === null ? '–' : number(cost.development)), costsCompare ? ({ cost }) => cost.development : undefined)]),
    row('Iterations made', ({ iterations }) => count(iterations)),
    row('Ended', ({ outcome }) => outcome),
    row('Samples', ({ samples }) => count(samples)),
    ...(one.skipped + other.skipped === 0 ? [] : [row('Skipped lines', ({ skipped }) => count(skipped))]),
  ];
}

function lower(one: number | null, other: number | null): 0 | 1 | null {
  if (one === null || other === null || one === other) return null;
  return one < other ? 0 : 1;
}

function checkRows({ check: one }: RunEntry, { check: other }: RunEntry): ComparedRow[] {
  const of = (check: RunEntry['check']): Map<string, string> =>
    new Map([['All layers', check.verdict], ...check.layers.flatMap(({ layer, dW, db }): [string, string][] => [[`dW[${layer}]`, dW], [`db[${layer}]`, db]])]);
  const [first, second] = [of(one), of(other)];
  return [...new Set([...first.keys(), ...second.keys()])].map((name) => ({ name, values: [first.get(name) ?? '–', second.get(name) ?? '–'], better: null }));
}
