// Every rule over a Run, worst findings first, and the verdict in one sentence.

import type { CheckVerdict } from '../core/gradient-check';
import type { Run } from '../training/run';
import { columnsLeftOut } from './columns-left-out';
import { deadOutput } from './dead-output';
import { diverged } from './diverged';
import type { Finding, Severity } from './finding';
import { gradientCheckFindings } from './gradient-check';
import { skippedLines } from './skipped-lines';

/** A rule finds something or nothing; where several find equally bad things, the earlier one is the cause. */
const rules: readonly ((run: Run) => Finding | null)[] = [diverged, deadOutput, gradientCheckFindings, skippedLines, columnsLeftOut];

const order: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

export function diagnose(run: Run): Finding[] {
  return rules
    .map((rule) => rule(run))
    .filter((finding) => finding !== null)
    .sort((one, other) => order[one.severity] - order[other.severity]);
}

/** What the panel and the command line say first. */
export function verdictOf(run: Run, findings: readonly Finding[]): { severity: Severity | 'ok'; text: string } {
  const [worst] = findings;
  if (worst && worst.severity !== 'info' && worst.rule !== 'skipped-lines') return { severity: worst.severity, text: worst.message };
  const dead = run.experiment.layers.at(-1)!.activation === 'relu' ? 'No sample is stuck at a dead output' : 'The gradient reaches every layer';
  return { severity: 'ok', text: `${dead}, and the gradient check ${checkSayings[run.gradientCheck.verdict]}.` };
}

const checkSayings: Record<CheckVerdict, string> = {
  agrees: 'agrees in every layer',
  'look closer': 'agrees to within 1e-5: look closer',
  'only kinks': 'met nothing but kinks in some layer, so it could not compare there',
  'ill-conditioned': 'met gradients too small to compare: the training has converged, or stalled',
  vacuous: 'is vacuous',
  suspicious: 'is suspicious',
  wrong: 'is wrong',
};
