// High bias: the network fits its own training samples worse than the same features allow.

import { gatherRows, matrix } from '../core/matrix';
import { networkView } from '../training/view';
import { explainsLess, GOOD, type Facts } from './facts';
import { finding, type Finding } from './finding';
import { fitOf } from './fit';
import { count, percent } from './format';
import { MAX_ROWS, predictByNeighbours } from './neighbours';
import * as remedies from './remedy';

/** Share of the target that something simpler explains beyond the network. */
const GAP = 0.1;
/** With fewer samples neither of the two that it is compared with says anything. */
const FEWEST = 10;

export function highBias(facts: Facts): Finding | null {
  const { run } = facts;
  const m = facts.view.trainingRows.length;
  if (!facts.trained || run.outcome.kind === 'diverged' || m < FEWEST || !explainsLess(facts.fit, GOOD)) return null;
  const references = [...polynomialReference(facts), neighbourReference(facts)];
  const best = references.reduce((most, each) => (each.explained > most.explained ? each : most));
  const gap = best.explained - facts.fit.explained;
  if (!(gap > GAP)) return null;
  const { experiment } = run;
  const hidden = experiment.layers.slice(0, -1);
  const straight = hidden.every(({ activation }) => activation === 'linear');
  const units = hidden.reduce((sum, layer) => sum + layer.units, 0);
  return finding({
    rule: 'high-bias',
    severity: 'warning',
    message: `High bias (underfitting): the network explains ${percent(Math.max(0, facts.fit.explained))} of its own training samples' target, and ${best.name} explains ${percent(best.explained)}.`,
    explanation: straight
      ? `${hidden.length === 0 ? 'Without a hidden layer' : 'With linear hidden layers'} the network is a linear function of the features${run.data.task === 'regression' ? '' : ' under the output'}, however many layers there are. Give it a hidden layer of ReLU or tanh units.`
      : 'More data does not help a network that cannot follow the data it has. The course: a bigger network, longer training, another architecture or optimizer.',
    evidence: [
      { name: 'explained by the network', value: facts.fit.explained },
      ...references.map(({ name, explained }) => ({ name: `explained by ${name}`, value: explained, limit: facts.fit.explained + GAP })),
      { name: 'hidden units', value: units },
    ],
    details: straight ? [] : [`It has ${count(units)} hidden ${units === 1 ? 'unit' : 'units'}.`],
    formula: 'mse',
    source: 'The course: bias and variance, the basic recipe. The comparison takes the place of the human-level error.',
    remedies: [
      ...(straight && hidden.length > 0 ? [remedies.hiddenActivation(experiment, 'relu'), remedies.hiddenActivation(experiment, 'tanh')] : []),
      remedies.units(experiment, 4),
      remedies.iterations(experiment, 5),
      remedies.adam(),
      ...(experiment.l2 > 0 ? [remedies.l2(0)] : []),
      remedies.learningRate(experiment, 10),
      ...(run.data.task === 'regression' && facts.polynomial && facts.polynomial.polynomial.explained > facts.fit.explained ? [remedies.polynomial(facts.polynomial.polynomial)] : []),
    ],
  });
}

function polynomialReference(facts: Facts): { name: string; explained: number }[] {
  const fitted = facts.polynomial;
  if (!fitted) return [];
  const { run, view } = facts;
  const rows = Array.from(fitted.rows, (row) => view.trainingRows[row]!);
  const targets = gatherRows(run.samples.targets, rows, matrix(rows.length, run.samples.targets.columns));
  const { explained } = fitOf(run.data.task, run.experiment.loss, fitted.predictions, targets, Array.from(rows.keys()));
  return [{ name: `a cross-validated polynomial of degree ${fitted.polynomial.degree}`, explained }];
}

function neighbourReference({ run, view }: Facts): { name: string; explained: number } {
  const { trainingRows } = view;
  const m = Math.min(trainingRows.length, MAX_ROWS);
  const rows = Array.from({ length: m }, (_, k) => trainingRows[Math.floor((k * trainingRows.length) / m)]!);
  // of one scale, whatever the experiment does
  const { X } = networkView({ ...run.experiment, normalize: { features: 'standard', target: 'none' } }, run.samples.X, run.samples.targets, null);
  const targets = gatherRows(run.samples.targets, rows, matrix(m, run.samples.targets.columns));
  const predictions = predictByNeighbours(gatherRows(X, rows, matrix(m, X.columns)), targets);
  return { name: 'the mean of the five nearest samples', explained: fitOf(run.data.task, run.experiment.loss, predictions, targets, Array.from(rows.keys())).explained };
}
