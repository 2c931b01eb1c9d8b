// High variance: samples that did not train are predicted far worse than those that did.

import type { Facts } from './facts';
import { finding, type Finding } from './finding';
import { count, number, percent } from './format';
import { heldOut, type HeldOut } from './held-out';
import * as remedies from './remedy';

/** Share of the target that is explained of training samples but not of development samples. */
const GAP = 0.15;
/** With fewer development samples the gap is mostly chance, and has to be larger. */
const MANY = 20;
const GAP_OF_FEW = 0.3;
/** What is left unexplained must also be so many times as much. (SageMaker Debugger's Overfit warns from 1.1 times the cost on.) */
const TIMES = 1.5;
/** Without a development set it is looked for where so much more was learned than anything else gets out of the features. */
const SUSPICIOUS = 0.3;

export function highVariance(facts: Facts): Finding | null {
  return facts.developmentFit ? ofDevelopment(facts) : withoutDevelopment(facts);
}

function ofDevelopment(facts: Facts): Finding | null {
  const { run, fit, developmentFit } = facts;
  if (!developmentFit || !facts.trained || run.outcome.kind === 'diverged') return null;
  const gap = fit.explained - developmentFit.explained;
  const times = (1 - developmentFit.explained) / (1 - fit.explained);
  const limit = developmentFit.samples < MANY ? GAP_OF_FEW : GAP;
  if (!(gap > limit) || !(times > TIMES) || !(fit.explained > limit)) return null;
  const { experiment, history } = run;
  const best = turningPoint(history.development!);
  const m = fit.samples;
  return finding({
    rule: 'high-variance',
    severity: 'warning',
    message: `High variance (overfitting): the network explains ${percent(fit.explained)} of the target of its ${count(m)} training samples, but ${developmentFit.explained > 0 ? `${percent(developmentFit.explained)} of that` : 'nothing of that'} of the ${count(developmentFit.samples)} development samples.`,
    explanation: `It has learned its samples by heart, noise included${run.parameters.length > m ? `: ${count(run.parameters.length)} parameters for ${count(m)} samples` : ''}. The course: more data, regularization (L2), a smaller network, or stop early.`,
    details: [...(best === null ? [] : [`The development cost was lowest at iteration ${count(history.iterations[best]!)}, ${number(history.development![best]!)}, and rose to ${number(history.development!.at(-1)!)} by the end.`]), ...curveSentence(heldOut(facts))],
    evidence: [
      { name: 'explained of the training samples', value: fit.explained },
      { name: 'explained of the development samples', value: developmentFit.explained },
      { name: 'gap', value: gap, limit },
      { name: 'unexplained of development / of training', value: times, limit: TIMES },
      { name: 'parameters', value: run.parameters.length, limit: m },
    ],
    ...(heldOut(facts) ? { learningCurve: heldOut(facts)!.points } : {}),
    formula: 'l2',
    source: 'The course: bias and variance. SageMaker Debugger, Overfit: (validation - training cost) / training cost above 0.1. UMLAUT (CHI 2021): validation cost rising while training cost falls.',
    remedies: [
      ...(best === null ? [] : [remedies.earlyStop()]),
      remedies.l2(experiment.l2 > 0 ? experiment.l2 * 10 : Number(Math.max(0.1, m / 100).toPrecision(1))),
      remedies.l2(experiment.l2 > 0 ? experiment.l2 * 100 : Number(Math.max(1, m / 10).toPrecision(1))),
      ...(experiment.layers.length > 1 ? [remedies.units(experiment, 0.25)] : []),
      ...(run.data.task === 'regression' && facts.polynomial && facts.polynomial.polynomial.explained > developmentFit.explained ? [remedies.polynomial(facts.polynomial.polynomial)] : []),
    ],
  });
}

/** The same network trained anew on most of the samples, and measured with the rest. */
function withoutDevelopment(facts: Facts): Finding | null {
  const { run, fit } = facts;
  const m = fit.samples;
  const [best] = facts.attainable;
  if (!facts.trained || run.parameters.length <= m || run.experiment.layers.length < 2 || !(fit.explained - best!.explained > SUSPICIOUS)) return null;
  const curve = heldOut(facts);
  const last = curve?.points.at(-1);
  if (!curve || !last) return null;
  const gap = curve.training - curve.development;
  const times = last.development / last.training;
  if (!(gap > GAP_OF_FEW) || !(times > TIMES)) return null;
  const { experiment } = run;
  return finding({
    rule: 'high-variance',
    severity: 'warning',
    message: `High variance (overfitting): the network explains ${percent(fit.explained)} of the target of its ${count(m)} samples, but trained on ${count(last.samples)} of them it explains ${curve.development > 0 ? `only ${percent(curve.development)}` : 'nothing'} of the cost of the others.`,
    explanation: `It has learned its samples by heart, noise included: ${count(run.parameters.length)} parameters for ${count(m)} samples. Set a development set aside to see it; then the course's advice is more data, regularization (L2), a smaller network, or to stop early.`,
    details: [`No sample was set aside, so this was measured by training the same network anew; ${best!.explained > 0 ? `${best!.name} explains ${percent(best!.explained)} of samples that it did not see` : 'neither a polynomial nor the nearest samples predict any of it'}.`, ...curveSentence(curve)],
    evidence: [
      { name: 'explained of the samples that trained', value: curve.training },
      { name: 'explained of the others', value: curve.development },
      { name: 'gap', value: gap, limit: GAP_OF_FEW },
      { name: 'cost of the others / of those that trained', value: times, limit: TIMES },
      { name: 'parameters', value: run.parameters.length, limit: m },
    ],
    learningCurve: curve.points,
    formula: 'l2',
    source: 'The course: bias and variance, and the learning curve.',
    remedies: [
      remedies.developmentSet(),
      remedies.earlyStop(10, 0.2),
      remedies.l2(Number(Math.max(0.1, m / 100).toPrecision(1))),
      remedies.l2(Number(Math.max(1, m / 10).toPrecision(1))),
      remedies.units(experiment, 0.25),
      ...(run.data.task === 'regression' && facts.polynomial && facts.polynomial.polynomial.explained > Math.max(0, curve.development) ? [remedies.polynomial(facts.polynomial.polynomial)] : []),
    ],
  });
}

function curveSentence(curve: HeldOut | null): string[] {
  return curve?.reading.kind === 'variance' ? [`Learning curve: ${curve.reading.text}`] : [];
}

/** The snapshot with the lowest cost, if it rose clearly from there to the end. */
function turningPoint(costs: Float64Array): number | null {
  let best = 0;
  for (let k = 1; k < costs.length; k++) if (costs[k]! < costs[best]!) best = k;
  return costs.at(-1)! > 1.1 * costs[best]! ? best : null;
}
