// Classes of very different sizes, the smallest of which is hardly ever predicted.

import { explainsLess, type Facts } from './facts';
import { finding, type Finding } from './finding';
import { count, percent } from './format';
import * as remedies from './remedy';

/** SageMaker Debugger, ClassImbalance: threshold_imbalance, the largest class over the smallest. */
const IMBALANCE = 10;
/** SageMaker Debugger, ClassImbalance: threshold_misprediction, share of a class that is predicted wrongly. */
const MISPREDICTED = 0.7;
/** A class of fewer samples is a rarity that nothing can be learned of. */
const RARE = 5;
/** A run that predicts worse than a constant has another problem first. */
const WORSE = -0.05;

export function classImbalance(facts: Facts): Finding | null {
  const { classes } = facts.fit;
  if (!classes || !facts.trained || facts.run.outcome.kind === 'diverged') return null;
  const present = classes.counts.flatMap((value, c) => (value > 0 ? [{ c, value, recall: classes.recall[c]! }] : []));
  const largest = present.reduce((most, each) => (each.value > most.value ? each : most));
  const small = present.filter((each) => largest.value / each.value >= IMBALANCE);
  const missed = explainsLess(facts.fit, WORSE) ? [] : small.filter(({ recall, value }) => 1 - recall > MISPREDICTED && value >= RARE);
  if (small.length === 0) return null;
  const worst = (missed.length > 0 ? missed : small).reduce((least, each) => (each.value < least.value ? each : least));
  const { experiment } = facts.run;
  return finding({
    rule: 'class-imbalance',
    severity: missed.length > 0 ? 'warning' : 'info',
    message: `The classes are unbalanced: ${className(facts, worst.c)} has ${count(worst.value)} of ${count(facts.fit.samples)} training samples${missed.length > 0 ? worst.recall === 0 ? ', and none of them is predicted as it' : `, and only ${percent(worst.recall)} of them are predicted as it` : `, ${percent(worst.recall)} of them predicted as it`}.`,
    explanation: `Predicting ${className(facts, largest.c)} for everything is already right for ${percent(classes.majority)} of the samples, so accuracy says little and the gradient of the small class is drowned. Look at each class apart, and collect or repeat samples of the small one.`,
    evidence: [
      { name: 'largest class / smallest', value: largest.value / worst.value, limit: IMBALANCE },
      { name: `mispredicted share of ${className(facts, worst.c)}`, value: 1 - worst.recall, limit: MISPREDICTED },
      { name: 'accuracy', value: classes.accuracy, limit: classes.majority },
    ],
    layers: [facts.L],
    formula: 'cross-entropy',
    source: 'SageMaker Debugger, ClassImbalance: threshold_imbalance 10, threshold_misprediction 0.7.',
    remedies: missed.length > 0 ? [remedies.iterations(experiment, 5), remedies.adam(), remedies.units(experiment, 2)] : [],
  });
}

function className(facts: Facts, c: number): string {
  const [target] = facts.run.data.targets;
  const category = target?.categories?.[c];
  if (category !== undefined) return `class "${category}"`;
  return facts.run.data.task === 'two-class' ? `class ${c}` : `class "${facts.outputNames[c]}"`;
}
