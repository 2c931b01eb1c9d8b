// Every rule over a Run, causes before effects, and the verdict in one sentence.

import type { CheckVerdict } from '../core/gradient-check';
import type { Run } from '../training/run';
import { classImbalance } from './class-imbalance';
import { columnsLeftOut } from './columns-left-out';
import { constantFeatures } from './constant-features';
import { costFlat } from './cost-flat';
import { deadOutput } from './dead-output';
import { deadUnits } from './dead-units';
import { diverged } from './diverged';
import { duplicateFeatures } from './duplicate-features';
import { explodingGradient } from './exploding-gradient';
import { factsOf, type Facts } from './facts';
import { ruleNames, type Finding, type RuleName, type Severity } from './finding';
import { gradientCheckFindings } from './gradient-check';
import { highBias } from './high-bias';
import { highVariance } from './high-variance';
import { learningRateTooLarge } from './learning-rate-too-large';
import { learningRateTooSmall } from './learning-rate-too-small';
import { outliers } from './outliers';
import { overkill } from './overkill';
import { overRegularized } from './over-regularized';
import { changes } from './remedy';
import { saturatedUnits } from './saturated-units';
import { skippedLines } from './skipped-lines';
import { symmetricUnits } from './symmetric-units';
import { unreachableTarget } from './unreachable-target';
import { unscaledFeatures } from './unscaled-features';
import { unscaledTarget } from './unscaled-target';
import { vanishingGradient } from './vanishing-gradient';
import { wrongLoss } from './wrong-loss';

/** A rule finds something or nothing. Their order of importance is that of `ruleNames`. */
const rules: Readonly<Record<RuleName, (facts: Facts) => Finding | null>> = {
  'wrong-loss': wrongLoss,
  'unreachable-target': unreachableTarget,
  'symmetric-units': symmetricUnits,
  'unscaled-features': unscaledFeatures,
  outliers,
  'unscaled-target': unscaledTarget,
  'exploding-gradient': explodingGradient,
  'learning-rate-too-large': learningRateTooLarge,
  diverged,
  'over-regularized': overRegularized,
  'saturated-units': saturatedUnits,
  'dead-units': deadUnits,
  'dead-output': deadOutput,
  'vanishing-gradient': vanishingGradient,
  'class-imbalance': classImbalance,
  'learning-rate-too-small': learningRateTooSmall,
  'cost-flat': costFlat,
  'high-bias': highBias,
  'high-variance': highVariance,
  'gradient-check': gradientCheckFindings,
  'constant-features': constantFeatures,
  'duplicate-features': duplicateFeatures,
  'skipped-lines': skippedLines,
  'columns-left-out': columnsLeftOut,
  overkill,
};

const order: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** They describe how a run went wrong, not why: beside a finding that does, they are only worth knowing. */
const symptoms: readonly RuleName[] = ['cost-flat', 'high-bias', 'learning-rate-too-small'];

/** Worst first; among equally bad ones, causes first. */
export function diagnose(run: Run): Finding[] {
  const facts = factsOf(run);
  const found: Finding[] = [];
  for (const name of ruleNames) {
    const finding = rules[name](facts);
    if (!finding) continue;
    const explained = symptoms.includes(name) && found.some(({ severity }) => severity !== 'info');
    found.push({
      ...finding,
      severity: explained ? 'info' : finding.severity,
      remedies: finding.remedies.filter((remedy) => changes(run.experiment, remedy)),
    });
  }
  return found.sort((one, other) => order[one.severity] - order[other.severity]);
}

/** What the panel and the command line say first. Skipped lines are listed apart, and say nothing about the training. */
export function verdictOf(run: Run, findings: readonly Finding[]): { severity: Severity | 'ok'; text: string } {
  const worst = findings.find(({ severity, rule }) => severity !== 'info' && rule !== 'skipped-lines');
  if (worst) return { severity: worst.severity, text: worst.message };
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
