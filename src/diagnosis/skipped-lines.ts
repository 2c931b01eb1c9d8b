// Lines of the data file that gave no sample.

import type { Run } from '../training/run';
import type { Finding } from './finding';

const MAX_LINES = 1000;

export function skippedLines(run: Run): Finding | null {
  const { skipped } = run.data;
  const [first] = skipped;
  if (!first) return null;
  return {
    rule: 'skipped-lines',
    severity: 'warning',
    message: `${skipped.length.toLocaleString('en-US')} ${skipped.length === 1 ? 'line was' : 'lines were'} skipped, first line ${first.line}: ${first.reason}.`,
    explanation: 'Correct them in the file, or set "missing" to mean or median so that missing cells are filled in.',
    lines: skipped.slice(0, MAX_LINES).map(({ line }) => line),
    layers: [],
  };
}
