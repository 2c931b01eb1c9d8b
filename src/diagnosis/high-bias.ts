// High bias: the network fits its own training samples worse than the same features allow.

import { ATTAINABLE_GAP, attainsMore, type Facts } from './facts';
import { finding, type Finding } from './finding';
import { count, percent } from './format';
import { heldOut } from './held-out';
import * as remedies from './remedy';

/**
 * A smaller gap than ATTAINABLE_GAP also counts where the network leaves TIMES as much unexplained: a straight line
 * through a parabola explains nine tenths of it. One that cannot bend, or has hardly a unit, is told earlier.
 */
const GAP = 0.05;
const SMALL_GAP = 0.015;
const TIMES = 4;
const FEW_UNITS = 2;
/** With fewer samples neither of the two that it is compared with says anything. */
const FEWEST = 10;

export function highBias(facts: Facts): Finding | null {
  const { run } = facts;
  const m = facts.view.trainingRows.length;
  if (!facts.trained || run.outcome.kind === 'diverged' || m < FEWEST) return null;
  const { experiment } = run;
  const hidden = experiment.layers.slice(0, -1);
  const straight = hidden.every(({ activation }) => activation === 'linear');
  const units = hidden.reduce((sum, layer) => sum + layer.units, 0);
  const [best] = facts.attainable;
  const gap = best!.explained - facts.fit.explained;
  const times = (1 - facts.fit.explained) / (1 - best!.explained);
  const clear = attainsMore(facts) || (gap > (straight || units <= FEW_UNITS ? SMALL_GAP : GAP) && times > TIMES);
  if (!(best!.explained > 0) || !clear) return null;
  // without one it is not worth the time: this is the last thing that is looked for
  const curve = facts.developmentFit ? heldOut(facts) : null;
  return finding({
    rule: 'high-bias',
    severity: 'warning',
    message: `High bias (underfitting): the network explains ${percent(Math.max(0, facts.fit.explained))} of its own training samples' target, and ${best!.name} explains ${percent(best!.explained)}.`,
    explanation: straight
      ? `${hidden.length === 0 ? 'Without a hidden layer' : 'With linear hidden layers'} the network is a linear function of the features${run.data.task === 'regression' ? '' : ' under the output'}, however many layers there are. Give it a hidden layer of ReLU or tanh units.`
      : 'More data does not help a network that cannot follow the data it has. The course: a bigger network, longer training, another architecture or optimizer.',
    evidence: [
      { name: 'explained by the network', value: facts.fit.explained },
      ...facts.attainable.filter(({ explained }) => explained !== 0).map(({ name, explained }) => ({ name: `explained by ${name}`, value: explained, limit: facts.fit.explained + ATTAINABLE_GAP })),
      { name: 'hidden units', value: units },
    ],
    details: [...(straight ? [] : [`It has ${count(units)} hidden ${units === 1 ? 'unit' : 'units'}.`]), ...(curve?.reading.kind === 'bias' ? [`Learning curve: ${curve.reading.text}`] : [])],
    ...(curve ? { learningCurve: curve.points } : {}),
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
