// A polynomial of degree 1 to 4 in the features: fitted by least squares on scaled powers, its degree chosen by
// cross-validation. What a network has to be better than.

import { gatherRows, matrix, type Matrix } from '../core/matrix';
import { leastSquares } from './least-squares';
import { expand, formulaText, type Term } from './polynomial-text';

export interface Polynomial {
  readonly degree: number;
  /** Features of X in use: u = (x - center) / scale lies in -1 … 1. */
  readonly features: readonly { readonly name: string; readonly column: number; readonly center: number; readonly scale: number }[];
  /** Powers of the features' u in each term. */
  readonly powers: readonly (readonly number[])[];
  /** One array an output: coefficients of the terms in u, which compute more accurately than those in x. */
  readonly coefficients: readonly (readonly number[])[];
  readonly outputs: readonly {
    readonly name: string;
    /** In the units of the file; terms that contribute nothing are left out. */
    readonly terms: readonly Term[];
    /** "y = 3x² + 3x", in the units of the file. */
    readonly text: string;
    /** The same in TeX. */
    readonly tex: string;
  }[];
  /** Root mean square error over the rows that it was fitted to, all outputs together, in the units of the targets. */
  readonly error: number;
  /** The same, each row predicted by a fit without it. */
  readonly crossValidated: number;
  /** 1 - (squared errors of cross-validation) / (squared distances from the mean). */
  readonly explained: number;
}

const DEGREES = [1, 2, 3, 4] as const;
const FOLDS = 5;
/** More terms nobody reads; with more than a third as many terms as samples the fit is no test of anything. */
const MAX_TERMS = 36;
const SAMPLES_A_TERM = 3;
const MAX_ROWS = 1000;
/** A higher degree has to be better by so much to be chosen. */
const WORTH = 1.02;
/** Below this share of the targets' spread an error is rounding. */
const ROUNDING = 1e-9;

interface Fit {
  readonly degree: number;
  readonly powers: readonly (readonly number[])[];
  readonly crossValidated: number;
  readonly predictions: Matrix;
}

/** X is m × n[0], Y is m × n[L], in the units of the file; null where there are too few samples for any degree. */
export function fitPolynomial(X: Matrix, Y: Matrix, names: readonly string[], outputs: readonly string[]): { polynomial: Polynomial; rows: Uint32Array; predictions: Matrix } | null {
  const rows = Uint32Array.from({ length: Math.min(X.rows, MAX_ROWS) }, (_, k) => Math.floor((k * X.rows) / Math.min(X.rows, MAX_ROWS)));
  const x = gatherRows(X, rows, matrix(rows.length, X.columns));
  const y = gatherRows(Y, rows, matrix(rows.length, Y.columns));
  const features = names.flatMap((name, column) => scaleOf(x, name, column));
  const spread = rootMeanSquare(y, constantPredictions(y));
  if (features.length === 0 || !(spread > 0)) return null;

  const targets = columnsOf(y);
  const fits: Fit[] = [];
  for (const degree of DEGREES) {
    const powers = chooseTerms(features.map(({ distinct }) => distinct - 1), degree, Math.min(MAX_TERMS, Math.floor(rows.length / SAMPLES_A_TERM)));
    if (!powers) break;
    const predictions = crossValidate(designColumns(x, features, powers), targets);
    fits.push({ degree, powers, predictions, crossValidated: rootMeanSquare(y, predictions) });
  }
  const best = Math.min(...fits.map((fit) => fit.crossValidated));
  const chosen = fits.find((fit) => fit.crossValidated <= best * WORTH + ROUNDING * spread);
  if (!chosen) return null;

  const { degree, powers, crossValidated, predictions } = chosen;
  const design = designColumns(x, features, powers);
  const coefficients = leastSquares(design, targets).map((each) => Array.from(each));
  const polynomial: Polynomial = {
    degree,
    features: features.map(({ name, column, center, scale }) => ({ name, column, center, scale })),
    powers,
    coefficients,
    outputs: outputs.map((name, k) => {
      const terms = expand(features, powers, coefficients[k]!, largestOf(targets[k]!));
      return { name, terms, ...formulaText(name, terms) };
    }),
    error: rootMeanSquare(y, combine(design, coefficients, rows.length)),
    crossValidated,
    explained: 1 - (crossValidated / spread) ** 2,
  };
  return { polynomial, rows, predictions };
}

/** Its predictions in the units of the file, m × outputs. */
export function evaluatePolynomial({ features, powers, coefficients }: Polynomial, X: Matrix): Matrix {
  return combine(designColumns(X, features, powers), coefficients, X.rows);
}

type Scaled = Polynomial['features'][number] & { readonly distinct: number };

/** Nothing for a constant column. `distinct` is 5 for five values and more. */
function scaleOf(X: Matrix, name: string, column: number): Scaled[] {
  let low = Infinity;
  let high = -Infinity;
  const values = new Set<number>();
  for (let k = column; k < X.data.length; k += X.columns) {
    const value = X.data[k]!;
    low = Math.min(low, value);
    high = Math.max(high, value);
    if (values.size < 5) values.add(value);
  }
  return high > low ? [{ name, column, center: (low + high) / 2, scale: (high - low) / 2, distinct: values.size }] : [];
}

/**
 * Powers of every term up to a degree, the constant first. A feature of two values has no square of its own. Without the
 * products of features where there would be too many terms; null if there still are.
 */
function chooseTerms(highest: readonly number[], degree: number, most: number): number[][] | null {
  const all = enumerate(highest, degree, most);
  if (all) return all;
  const alone = [highest.map(() => 0)];
  highest.forEach((top, j) => {
    for (let power = 1; power <= Math.min(top, degree); power++) alone.push(highest.map((_, other) => (other === j ? power : 0)));
  });
  return alone.length <= most ? alone : null;
}

function enumerate(highest: readonly number[], degree: number, most: number): number[][] | null {
  let terms: number[][] = [[]];
  for (const top of highest) {
    const next: number[][] = [];
    for (const term of terms) {
      const used = term.reduce((sum, power) => sum + power, 0);
      for (let power = 0; power <= Math.min(top, degree - used); power++) next.push([...term, power]);
    }
    if (next.length > most) return null;
    terms = next;
  }
  return terms;
}

/** One column of the design matrix for each term. */
function designColumns(X: Matrix, features: Polynomial['features'], powers: readonly (readonly number[])[]): Float64Array[] {
  const scaled = features.map(({ column, center, scale }) => Float64Array.from({ length: X.rows }, (_, s) => (X.data[s * X.columns + column]! - center) / scale));
  return powers.map((term) => {
    const result = new Float64Array(X.rows).fill(1);
    term.forEach((power, j) => {
      for (let times = 0; times < power; times++) for (let s = 0; s < X.rows; s++) result[s]! *= scaled[j]![s]!;
    });
    return result;
  });
}

/** Each row predicted by a fit to the other folds; neighbours in the file are in different folds. */
function crossValidate(design: readonly Float64Array[], targets: readonly Float64Array[]): Matrix {
  const m = targets[0]!.length;
  const result = matrix(m, targets.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = (values: Float64Array): Float64Array => values.filter((_, s) => s % FOLDS !== fold);
    const coefficients = leastSquares(design.map(others), targets.map(others));
    for (let s = fold; s < m; s += FOLDS) {
      coefficients.forEach((each, k) => (result.data[s * targets.length + k] = each.reduce((sum, value, t) => sum + value * design[t]![s]!, 0)));
    }
  }
  return result;
}

function combine(design: readonly Float64Array[], coefficients: readonly (readonly number[])[], m: number): Matrix {
  const result = matrix(m, coefficients.length);
  coefficients.forEach((each, k) => {
    each.forEach((value, t) => {
      for (let s = 0; s < m; s++) result.data[s * coefficients.length + k]! += value * design[t]![s]!;
    });
  });
  return result;
}

function columnsOf({ data, columns }: Matrix): Float64Array[] {
  return Array.from({ length: columns }, (_, j) => data.filter((__, k) => k % columns === j));
}

function constantPredictions(Y: Matrix): Matrix {
  const means = columnsOf(Y).map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  return { ...Y, data: Y.data.map((_, k) => means[k % Y.columns]!) };
}

/** Over all entries. */
export function rootMeanSquare(one: Matrix, other: Matrix): number {
  return Math.sqrt(one.data.reduce((sum, value, k) => sum + (value - other.data[k]!) ** 2, 0) / one.data.length);
}

function largestOf(values: Float64Array): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}
