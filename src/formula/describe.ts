// The check of a formula in words that are the same wherever they are shown.

import type { FormulaCheck, SampleValue, TargetName } from './finding';
import { targets } from './targets';
import { ACTIVATION_TITLES, LOSS_TITLES } from './targets/target';

export { ACTIVATION_TITLES, LOSS_TITLES };

/** "dW, the derivative of the cost by W" */
export function targetTitle(target: TargetName): string {
  if (target === 'W' || target === 'b') return `the update, ${targets[target].meaning}`;
  return target === 'derivative' ? "g'(Z), the derivative of the activation" : `${target}, ${targets[target].meaning}`;
}

/** What it was checked as, a line each: `["checked as", "dAL, …"]`. */
export function checkedAs({ of, loss, activation, samples }: FormulaCheck): [what: string, value: string][] {
  const how = { given: '', inferred: ' (by what it looks like)', assumed: ' (assumed)' };
  return [
    ...(of ? [['checked as', targetTitle(of)] as [string, string]] : []),
    ...(loss ? [['loss', `${LOSS_TITLES[loss.name]}${how[loss.how]}`] as [string, string]] : []),
    ...(activation ? [['activation', `${ACTIVATION_TITLES[activation.name]}${how[activation.how]}`] as [string, string]] : []),
    ...(of ? [['samples', samples] as [string, string]] : []),
  ];
}

/** The rows of the table of values, as text: entry, theirs, right, by central differences. */
export function valueRows(values: readonly SampleValue[]): string[][] {
  const number = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(6))));
  return values.map(({ entry, theirs, right, numeric }) => [`[${entry.join(', ')}]`, number(theirs), number(right), number(numeric)]);
}

export const VALUE_HEADINGS = ['entry', 'yours', 'right', 'central difference'] as const;
