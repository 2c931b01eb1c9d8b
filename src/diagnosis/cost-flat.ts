// A cost that stands still although next to nothing was learned, where no other rule knows why.

import { costCurve } from './cost-curve';
import { attainsMore, explainsLess, NOTHING, type Facts } from './facts';
import { finding, type Finding } from './finding';
import { count, number, percent } from './format';
import * as remedies from './remedy';

/** SageMaker Debugger's LossNotDecreasing asks for a drop of 0.1 % between two looks. */
const STILL = 0.001;

export function costFlat(facts: Facts): Finding | null {
  const { run } = facts;
  const curve = costCurve(run);
  if (!curve || run.outcome.kind === 'diverged' || !explainsLess(facts.fit, NOTHING)) return null;
  const middle = run.history.cost[Math.floor(run.history.cost.length / 2)]!;
  const fell = (middle - curve.last) / Math.abs(middle);
  if (!(fell < STILL)) return null;
  const { experiment } = run;
  const stuck = attainsMore(facts);
  return finding({
    rule: 'cost-flat',
    severity: stuck ? 'warning' : 'info',
    message: `The cost stands still at ${number(curve.last)}, and the network explains ${percent(Math.max(0, facts.fit.explained))} of the target after ${count(run.iterations)} iterations.`,
    explanation: 'It predicts about the same for every sample. ' + (stuck ? 'The features allow more, so the training is stuck: try another start or optimizer.' : 'Neither a polynomial nor the nearest samples do better, so the features may say nothing about the target.'),
    evidence: [
      { name: 'drop since the middle of the snapshots', value: fell, limit: STILL },
      { name: 'explained share', value: facts.fit.explained, limit: NOTHING },
    ],
    formula: 'update',
    source: 'SageMaker Debugger, LossNotDecreasing.',
    remedies: [remedies.seed(experiment), remedies.adam(), remedies.learningRate(experiment, 10), remedies.units(experiment, 2)],
  });
}
