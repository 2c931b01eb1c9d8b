// Columns of the data file that are no features because of what they hold, so that nobody looks for them in vain.

import type { Facts } from './facts';
import { finding, type Finding } from './finding';

/** Columns that a message names. */
const MAX_NAMED = 5;

export function columnsLeftOut({ run }: Facts): Finding | null {
  const used = new Set([...run.experiment.features, ...run.experiment.target]);
  const leftOut = run.data.columns.filter(({ name, leftOut: reason }) => reason !== undefined && !used.has(name));
  if (leftOut.length === 0) return null;
  const named = leftOut.slice(0, MAX_NAMED).map(({ name, leftOut: reason }) => `"${name}" (${reason})`);
  const rest = leftOut.length - named.length;
  return finding({
    rule: 'columns-left-out',
    severity: 'info',
    message: `${leftOut.length === 1 ? 'A column is' : `${leftOut.length} columns are`} not used: ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`,
    explanation: 'Choose the features yourself if one of them should be.',
  });
}
