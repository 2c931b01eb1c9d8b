// A polynomial that fits as well as the network, or better: its formula and coefficients beside it.

import { gatherRows, matrix } from '../core/matrix';
import { POOR, type Facts } from './facts';
import { finding, type Finding } from './finding';
import { count, list, number, plural } from './format';
import { evaluatePolynomial, rootMeanSquare } from './polynomial';
import * as remedies from './remedy';

/** As well: an error at most so many times that of the network. */
const AS_WELL = 1.05;
/**
 * Samples that trained a network flatter it: of samples left out, an error is √((m + p) / (m - p)) times as large, 1.22 for as
 * few as p = m/5 free parameters. Up to here, and with so little of the target between them, they fit alike.
 */
const FLATTERED = 1.25;
const ALIKE = 0.01;
const FEWEST = 10;
/** A longer formula is told apart from the sentence. */
const MAX_TERMS = 6;

export function overkill(facts: Facts): Finding | null {
  const { run, view } = facts;
  const m = view.trainingRows.length;
  if (run.data.task !== 'regression' || !facts.trained || m < FEWEST || !facts.polynomial) return null;
  const { polynomial, rows } = facts.polynomial;
  if (!(polynomial.explained > POOR)) return null;
  const parameters = polynomial.powers.length * polynomial.outputs.length;
  const { targets, predictions, X } = run.samples;
  const errorOf = (values: typeof predictions, chosen: ArrayLike<number>): number =>
    rootMeanSquare(gatherRows(values, chosen, matrix(chosen.length, values.columns)), gatherRows(targets, chosen, matrix(chosen.length, targets.columns)));
  const network = errorOf(predictions, Array.from(rows, (row) => view.trainingRows[row]!));
  const development = view.developmentRows;
  const onDevelopment = development.length > 0 ? { network: errorOf(predictions, development), polynomial: errorOf(evaluatePolynomial(polynomial, X), development) } : null;
  // new samples decide where there are such; else samples that the polynomial did not see, against those that trained the network
  const [ours, theirs] = onDevelopment ? [onDevelopment.polynomial, onDevelopment.network] : [polynomial.crossValidated, network];
  const alike = !onDevelopment && ours <= FLATTERED * theirs && facts.fit.explained - polynomial.explained <= ALIKE;
  if (!(ours <= AS_WELL * theirs || alike) || parameters >= run.parameters.length) return null;
  const short = polynomial.outputs.every(({ terms }) => terms.length <= MAX_TERMS);
  const formula = short ? polynomial.outputs.map(({ text }) => text).join('; ') : `${plural(parameters, 'coefficient')} in ${list(polynomial.features.map(({ name }) => name))}`;
  const exact = polynomial.crossValidated < 1e-6 * (targets.data.reduce((most, y) => Math.max(most, Math.abs(y)), 0) || 1);
  return finding({
    rule: 'overkill',
    severity: 'info',
    message: `A polynomial of degree ${polynomial.degree} ${exact ? 'fits exactly' : ours < theirs ? 'fits better' : 'fits as well'}: ${formula}.`,
    explanation: `Its ${plural(parameters, 'coefficient')} are found in one step by least squares, against ${count(run.parameters.length)} parameters and ${count(run.iterations)} iterations here. A network is worth its trouble where no formula like this is known.`,
    details: [
      ...(short ? [] : polynomial.outputs.map(({ text }) => `${text}.`)),
      `Root mean square error: polynomial ${number(polynomial.error)} (${number(polynomial.crossValidated)} on samples left out of the fit), network ${number(network)} on its training samples.`,
      ...(onDevelopment ? [`On the ${count(development.length)} development samples: polynomial ${number(onDevelopment.polynomial)}, network ${number(onDevelopment.network)}.`] : []),
    ],
    evidence: [
      { name: 'error of the polynomial, cross-validated', value: polynomial.crossValidated },
      { name: 'error of the network on training samples', value: network },
      ...(onDevelopment ? [{ name: 'error of the polynomial on development samples', value: onDevelopment.polynomial }, { name: 'error of the network on development samples', value: onDevelopment.network }] : []),
      { name: 'coefficients', value: parameters, limit: run.parameters.length },
      ...polynomial.outputs.flatMap(({ name, terms }) => terms.map(({ coefficient, powers }) => ({ name: `${name}: coefficient of ${Object.entries(powers).map(([feature, power]) => (power > 1 ? `${feature}^${power}` : feature)).join(' ') || '1'}`, value: coefficient }))),
    ],
    formula: 'least-squares',
    source: 'Least squares on scaled powers by QR, the degree by five-fold cross-validation.',
    remedies: [remedies.polynomial(polynomial)],
  });
}
