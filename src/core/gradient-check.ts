// The gradient check: analytic derivatives of the cost against central differences of the same cost.

import { createEvaluator } from './evaluator';
import { gatherRows, matrix, type Matrix } from './matrix';
import type { Network } from './network';
import { cloneParameters, createParameters, unitsOf, type Parameters } from './parameters';
import { createPerturbation, type Difference } from './perturbation';
import { createRandom, permutation } from './random';

/** `vacuous`: both sides are 0, which proves nothing. `ill-conditioned`: the gradient is smaller than rounding lets a difference show. */
export type CheckVerdict = 'agrees' | 'look closer' | 'suspicious' | 'wrong' | 'vacuous' | 'ill-conditioned' | 'only kinks';

export interface CheckedEntry {
  /** Row i of W[l] or entry i of b[l], and column j of W[l] (0 for b), both counted from 0. */
  readonly i: number;
  readonly j: number;
  readonly analytic: number;
  readonly numeric: number;
}

export interface ParameterCheck {
  /** ‖a - n‖₂ / (‖a‖₂ + ‖n‖₂); null where both are 0. */
  readonly relativeDifference: number | null;
  /** The entry with the largest |analytic - numeric|; null where nothing was compared. */
  readonly worst: CheckedEntry | null;
  /** Entries compared, of all there are. Kinks are not among them. */
  readonly checked: number;
  readonly of: number;
  /** Entries whose step carried some pre-activation across a corner, however small it was made. */
  readonly kinks: number;
  readonly verdict: CheckVerdict;
}

export interface LayerCheck {
  /** l, from 1 to L. */
  readonly layer: number;
  readonly dW: ParameterCheck;
  readonly db: ParameterCheck;
  readonly kinks: number;
  readonly verdict: CheckVerdict;
}

export interface GradientCheck {
  readonly verdict: CheckVerdict;
  readonly layers: readonly LayerCheck[];
  /** Samples whose mean loss was differentiated, of all there are. */
  readonly samples: number;
  readonly of: number;
}

/** Multiply-adds that a whole check may cost, about a second of plain JavaScript; what does not fit is sampled. */
const WORK = 1e9;
/** An activation counts as so many of them. */
const ACTIVATION = 40;
/** Where sampling is needed, at least so many samples and entries of each W and b stay. */
const FEWEST_SAMPLES = 64;
const FEWEST_ENTRIES = 32;

/** From best to worst: the verdict of a whole is that of its worst part. */
const RANK: readonly CheckVerdict[] = ['agrees', 'look closer', 'only kinks', 'ill-conditioned', 'vacuous', 'suspicious', 'wrong'];

/** X is m × n[0], Y is m × n[L], as the network sees them. `parameters` are read, never touched. */
export function checkGradients(network: Network, parameters: Parameters, X: Matrix, Y: Matrix, seed: number): GradientCheck {
  const random = createRandom(seed);
  const plan = planWork(parameters, X.rows);
  const chosen = plan.samples === X.rows ? null : permutation(X.rows, random).subarray(0, plan.samples).sort();
  const x = chosen ? gatherRows(X, chosen, matrix(plan.samples, X.columns)) : X;
  const y = chosen ? gatherRows(Y, chosen, matrix(plan.samples, Y.columns)) : Y;

  const own = cloneParameters(parameters);
  const gradients = createParameters(unitsOf(parameters));
  createEvaluator(network, own).costAndGradients(x, y, gradients);
  const perturbation = createPerturbation(network, own, x, y);

  const layers = gradients.layers.map((gradient, k): LayerCheck => {
    const inputs = gradient.W.columns;
    const checkAll = (analytic: Float64Array, numeric: (p: number) => Difference | null, columns: number): ParameterCheck => {
      const count = Math.min(analytic.length, plan.entries);
      const entries = count === analytic.length ? Uint32Array.from(analytic.keys()) : permutation(analytic.length, random).subarray(0, count).sort();
      return compare(entries, analytic, numeric, columns);
    };
    const dW = checkAll(gradient.W.data, (p) => perturbation.weight(k, Math.floor(p / inputs), p % inputs), inputs);
    const db = checkAll(gradient.b, (p) => perturbation.bias(k, p), 1);
    return { layer: k + 1, dW, db, kinks: dW.kinks + db.kinks, verdict: worse(dW.verdict, db.verdict) };
  });

  return {
    verdict: layers.map((layer) => layer.verdict).reduce(worse),
    layers,
    samples: plan.samples,
    of: X.rows,
  };
}

function worse(one: CheckVerdict, other: CheckVerdict): CheckVerdict {
  return RANK.indexOf(one) > RANK.indexOf(other) ? one : other;
}

/** How many samples and entries of each parameter fit into WORK. */
function planWork(parameters: Parameters, m: number): { samples: number; entries: number } {
  // one entry of layer l costs, for each sample and each of 4 costs, its own column and all above it,
  // of which the next layer gets by with one column of W
  const work = (samples: number, entries: number): number => {
    let sum = 0;
    let above = 0;
    let aboveNext = 0;
    for (const { W, b } of [...parameters.layers].reverse()) {
      sum += (Math.min(entries, W.data.length) + Math.min(entries, b.length)) * (b.length + ACTIVATION + above) * samples * 4;
      above = aboveNext + b.length * ACTIVATION;
      aboveNext = above + W.data.length;
    }
    return sum;
  };
  const all = parameters.flat.length;
  const samples = Math.max(Math.min(m, FEWEST_SAMPLES), Math.min(m, Math.floor(WORK / work(1, all))));
  let entries = all;
  while (entries > FEWEST_ENTRIES && work(samples, entries) > WORK) entries = Math.ceil(entries * 0.9);
  return { samples, entries };
}

function compare(entries: Uint32Array, analytic: Float64Array, numeric: (p: number) => Difference | null, columns: number): ParameterCheck {
  let distance = 0;
  let analyticSquares = 0;
  let numericSquares = 0;
  let errorSquares = 0;
  let kinks = 0;
  let worst: CheckedEntry | null = null;
  for (const p of entries) {
    const difference = numeric(p);
    if (difference === null) {
      kinks += 1;
      continue;
    }
    const a = analytic[p]!;
    const n = difference.derivative;
    distance += (a - n) ** 2;
    analyticSquares += a * a;
    numericSquares += n * n;
    errorSquares += difference.roundingError ** 2;
    if (worst === null || !(Math.abs(a - n) <= Math.abs(worst.analytic - worst.numeric))) {
      worst = { i: Math.floor(p / columns), j: p % columns, analytic: a, numeric: n };
    }
  }
  const sum = Math.sqrt(analyticSquares) + Math.sqrt(numericSquares);
  const relativeDifference = sum === 0 ? null : Math.sqrt(distance) / sum;
  const checked = entries.length - kinks;
  // costs that overflow have no difference to compare with
  const withinRounding = !Number.isFinite(errorSquares) || Math.sqrt(distance) <= Math.sqrt(errorSquares);
  return {
    relativeDifference,
    worst,
    checked,
    of: analytic.length,
    kinks,
    verdict: checked === 0 ? 'only kinks' : verdictOf(relativeDifference, withinRounding),
  };
}

/** The bounds are those of the course's gradient checking, with `suspicious` between its two outer ones. */
export function verdictOf(relativeDifference: number | null, withinRounding = false): CheckVerdict {
  if (relativeDifference === null) return 'vacuous';
  if (relativeDifference < 1e-7) return 'agrees';
  if (withinRounding) return 'ill-conditioned';
  if (relativeDifference < 1e-5) return 'look closer';
  return relativeDifference > 1e-3 || Number.isNaN(relativeDifference) ? 'wrong' : 'suspicious';
}
