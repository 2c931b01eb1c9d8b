// Lines of the data file that gave no sample.

import type { Facts } from './facts';
import { finding, MAX_LINES, type Finding } from './finding';

export function skippedLines({ run }: Facts): Finding | null {
  const { skipped } = run.data;
  const [first] = skipped;
  if (!first) return null;
  return finding({
    rule: 'skipped-lines',
    severity: 'warning',
    message: `${skipped.length.toLocaleString('en-US')} ${skipped.length === 1 ? 'line was' : 'lines were'} skipped, first line ${first.line}: ${first.reason}.`,
    explanation: 'Correct them in the file, or set "missing" to mean or median so that missing cells are filled in.',
    lines: skipped.slice(0, MAX_LINES).map(({ line }) => line),
  });
}
