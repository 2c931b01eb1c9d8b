// A loss that does not fit the output activation or the target.

import type { ActivationName } from '../core/activations';
import type { LossName } from '../core/losses';
import { explainsLess, POOR, type Facts } from './facts';
import { finding, type Finding } from './finding';
import * as remedies from './remedy';

const UMLAUT = 'UMLAUT (Schoop, Huang and Hartmann, CHI 2021): a cross-entropy loss needs normalized outputs.';
const CHECKER = 'TheDeepChecker (Ben Braiek and Khomh, 2023): loss and output have to suit the kind of target.';

/** Outputs that are probabilities: 0 < A < 1. */
const probabilities: readonly ActivationName[] = ['sigmoid', 'softmax'];
const logarithmic: readonly LossName[] = ['binary-cross-entropy', 'cross-entropy'];

export function wrongLoss(facts: Facts): Finding | null {
  return logarithmOfAnything(facts) ?? softmaxOfOne(facts) ?? targetsOutside(facts) ?? swappedPair(facts) ?? distanceOfClasses(facts) ?? numberedClasses(facts);
}

/** Whether the loss takes logarithms of an output that may be 0, negative or above 1. */
export function takesImpossibleLogarithms({ run: { experiment } }: Facts): boolean {
  return logarithmic.includes(experiment.loss) && !probabilities.includes(experiment.layers.at(-1)!.activation);
}

function logarithmOfAnything(facts: Facts): Finding | null {
  if (!takesImpossibleLogarithms(facts)) return null;
  const { loss, output } = names(facts);
  const { outcome } = facts.run;
  return finding({
    rule: 'wrong-loss',
    severity: 'error',
    message: `The loss ${loss} does not fit the ${output} output: its logarithms need 0 < A < 1, and ${output} lets A be ${output === 'relu' ? '0 and above 1' : '0, negative or above 1'}.`,
    explanation: `log(0) is -∞ and the logarithm of a negative number is NaN, so the cost breaks as soon as one prediction gets there. ${facts.run.data.task === 'regression' ? 'For a regression take mse' : 'For classes take a sigmoid or softmax output'}.`,
    details: outcome.kind === 'diverged' ? [`It broke at iteration ${outcome.iteration}: the cost became ${outcome.cost}.`] : [],
    layers: [facts.L],
    formula: 'cross-entropy',
    source: UMLAUT,
    remedies: suited(facts),
  });
}

function softmaxOfOne(facts: Facts): Finding | null {
  if (names(facts).output !== 'softmax' || facts.view.Y.columns !== 1) return null;
  return finding({
    rule: 'wrong-loss',
    severity: 'error',
    message: 'A softmax output of one unit is 1 for every sample: it divides a number by itself.',
    explanation: 'Softmax shares 1 among several classes, so it needs one unit a class. For two classes in one column take a sigmoid output with binary-cross-entropy.',
    layers: [facts.L],
    formula: 'cross-entropy',
    source: CHECKER,
    remedies: suited(facts),
  });
}

/** Cross-entropy of targets that are no probabilities has no minimum. */
function targetsOutside(facts: Facts): Finding | null {
  const { loss } = names(facts);
  if (!logarithmic.includes(loss)) return null;
  const { targets, lines } = facts.run.samples;
  const outside = Array.from(facts.view.Y.data.keys()).filter((k) => !(facts.view.Y.data[k]! >= 0 && facts.view.Y.data[k]! <= 1));
  if (outside.length === 0) return null;
  const first = outside[0]!;
  return finding({
    rule: 'wrong-loss',
    severity: 'error',
    message: `The loss ${loss} does not fit the target: it takes probabilities from 0 to 1, and ${outside.length} of ${targets.data.length} targets lie outside, first ${targets.data[first]} on line ${lines[Math.floor(first / targets.columns)]}.`,
    explanation: 'With such a target the loss goes on falling as the prediction goes to an end of its range, so it has no minimum to be found. For a number as the target take mse and a linear output.',
    lines: [...new Set(outside.map((k) => lines[Math.floor(k / targets.columns)]!))].slice(0, 1000),
    layers: [facts.L],
    formula: 'cross-entropy',
    source: CHECKER,
    remedies: suited(facts),
  });
}

/** Sigmoid with cross-entropy, or softmax with binary-cross-entropy. */
function swappedPair(facts: Facts): Finding | null {
  const { loss, output } = names(facts);
  if (loss === 'cross-entropy' && output === 'sigmoid') {
    return finding({
      rule: 'wrong-loss',
      severity: 'error',
      message: 'The loss cross-entropy does not fit the sigmoid output: it has no term for y = 0, so predicting 1 for everything costs nothing.',
      explanation: 'Cross-entropy counts on softmax, whose outputs share 1 among them. Independent sigmoid outputs need binary-cross-entropy, which also has (1 - y) log(1 - a).',
      layers: [facts.L],
      formula: 'cross-entropy',
      source: CHECKER,
      remedies: suited(facts),
    });
  }
  if (loss === 'binary-cross-entropy' && output === 'softmax') {
    return finding({
      rule: 'wrong-loss',
      severity: 'warning',
      message: 'The loss binary-cross-entropy does not fit the softmax output: it treats the classes as independent, and softmax makes them share 1.',
      explanation: 'The two belong to different questions: one class of several is softmax with cross-entropy, several labels at once are sigmoid with binary-cross-entropy.',
      layers: [facts.L],
      formula: 'cross-entropy',
      source: CHECKER,
      remedies: suited(facts),
    });
  }
  return null;
}

/** A squared or absolute distance between classes. */
function distanceOfClasses(facts: Facts): Finding | null {
  const { loss, output } = names(facts);
  const { task } = facts.run.data;
  if (task === 'regression' || logarithmic.includes(loss) || facts.view.Y.rows < FEWEST || facts.run.experiment.normalize.target !== 'none') return null;
  const flat = probabilities.includes(output);
  return finding({
    rule: 'wrong-loss',
    severity: facts.trained && explainsLess(facts.fit, POOR) ? 'error' : 'warning',
    message: `The loss ${loss} does not fit a target of ${task === 'two-class' ? 'two' : facts.view.Y.columns} classes: it measures a distance between class numbers.`,
    explanation: flat
      ? `dZ[L] then has the factor g'(Z[L]), which is nearly 0 exactly where a prediction is confidently wrong, so learning is slowest where it matters. Cross-entropy cancels that factor.`
      : `A ${output} output is no probability, and a prediction far on the right side is punished like a wrong one. Take ${task === 'two-class' ? 'sigmoid with binary-cross-entropy' : 'softmax with cross-entropy'}.`,
    layers: [facts.L],
    formula: 'cross-entropy',
    source: CHECKER,
    remedies: suited(facts),
  });
}

/** What a column of classes is called. */
const CLASS_NAME = /class|label|species|categor|kind|type|group|cluster|variety/i;
const MOST_CLASSES = 10;
/** So many samples of each on average: fewer are counts as likely as classes. */
const SAMPLES_A_CLASS = 5;

/** Classes written as 0, 1, 2 …, which then count as amounts: class 2 as twice class 1. */
function numberedClasses(facts: Facts): Finding | null {
  const { run, view } = facts;
  const { data, columns, rows } = run.samples.targets;
  if (run.data.task !== 'regression' || columns !== 1 || logarithmic.includes(run.experiment.loss)) return null;
  const values = [...new Set(data)].sort((one, other) => one - other);
  const consecutive = values.every((value, k) => value === values[0]! + k) && (values[0] === 0 || values[0] === 1);
  const [name] = facts.outputNames;
  if (values.length < 3 || values.length > MOST_CLASSES || !consecutive || rows < SAMPLES_A_CLASS * values.length || !CLASS_NAME.test(name!)) return null;
  return finding({
    rule: 'wrong-loss',
    severity: 'warning',
    message: `The target "${name}" holds only the numbers ${values[0]} to ${values.at(-1)}: if they stand for ${values.length} classes, the loss ${run.experiment.loss} does not fit, because it measures a distance between class numbers.`,
    explanation: `A prediction between classes ${values[0]} and ${values[2]} is then class ${values[1]}, though it may be nothing of the kind. Write names instead of numbers into the file: the target becomes one unit a class, with softmax and cross-entropy.`,
    evidence: [{ name: 'different values of the target', value: values.length, limit: MOST_CLASSES }, { name: 'samples', value: view.Y.rows }],
    layers: [facts.L],
    formula: 'cross-entropy',
    source: CHECKER,
  });
}

/** With fewer samples nobody can tell classes from numbers that happen to be 0 and 1. */
const FEWEST = 10;

function names({ run: { experiment } }: Facts): { loss: LossName; output: ActivationName } {
  return { loss: experiment.loss, output: experiment.layers.at(-1)!.activation };
}

function suited({ run: { experiment, data } }: Facts): remedies.Remedy[] {
  const pair = (activation: ActivationName, loss: LossName): remedies.Remedy => remedies.output(experiment, activation, loss);
  const fitting = {
    'two-class': [pair('sigmoid', 'binary-cross-entropy')],
    'many-class': [pair('softmax', 'cross-entropy'), pair('sigmoid', 'binary-cross-entropy')],
    regression: [pair('linear', 'mse'), pair('linear', 'huber')],
  }[data.task];
  return [...fitting, ...remedies.withAdam(experiment, fitting[0]!)];
}
