// The cost became NaN or infinite.

import type { Run } from '../training/run';
import type { Finding } from './finding';

export function diverged(run: Run): Finding | null {
  if (run.outcome.kind !== 'diverged') return null;
  const { iteration, cost, reason } = run.outcome;
  return {
    rule: 'diverged',
    severity: 'error',
    message: `Cost became ${cost} at iteration ${iteration}: ${reason}.`,
    explanation:
      iteration === 0
        ? 'Nothing was trained. What is shown are the initial parameters.'
        : `Each update overshot and made the next gradient larger. What is shown are the parameters after ${run.iterations} iterations, the last with a finite cost. Try a smaller learning rate, or scale features and target.`,
    lines: [],
    layers: [],
  };
}
