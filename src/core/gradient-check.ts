// The gradient check: analytic derivatives of the cost against two witnesses, central differences of the same
// cost and the exact derivative by forward-mode differentiation.

import { planCheck } from './check-plan';
import { createEngine, type Engine, type EngineOptions } from './engine';
import { createExactDerivative } from './exact-derivative';
import { gatherRows, matrix, type Matrix } from './matrix';
import { backward, createPass, forward, losses, type Network, type Pass } from './network';
import { differentiate, type Numeric } from './numeric-derivative';
import { createParameters, unitsOf, type Parameters } from './parameters';
import { createPerturbation, type Entry } from './perturbation';
import { createRandom, permutation, type Random } from './random';
import { whyVacuous, type VacuousEntries } from './vacuous';

export type { VacuousEntries } from './vacuous';

/** `vacuous`: both sides are 0, which proves nothing. `ill-conditioned`: the gradient is smaller than rounding lets a difference show. */
export type CheckVerdict = 'agrees' | 'look closer' | 'suspicious' | 'wrong' | 'vacuous' | 'ill-conditioned' | 'only kinks';

export interface CheckedEntry {
  /** Row i of W[l] or entry i of b[l], and column j of W[l] (0 for b), both counted from 0. */
  readonly i: number;
  readonly j: number;
  readonly analytic: number;
  readonly numeric: number;
}

/** At a kink the derivative from below and that from above differ; the analytic one may be either, or one between. */
export interface KinkEntry {
  readonly i: number;
  readonly j: number;
  readonly analytic: number;
  readonly left: number;
  readonly right: number;
}

/** The derivative without a step size, against the other two. Relative differences; null where both are 0. */
export interface ExactWitness {
  readonly checked: number;
  readonly toAnalytic: number | null;
  readonly toNumeric: number | null;
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
  /** The first few of them, with what stands on either side of the corner. */
  readonly kinkEntries: readonly KinkEntry[];
  /** Entries whose derivative is 0 on both sides, by reason. */
  readonly vacuous: readonly VacuousEntries[];
  /** Null where nothing was compared. */
  readonly exact: ExactWitness | null;
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

/** From best to worst: the verdict of a whole is that of its worst part. */
const RANK: readonly CheckVerdict[] = ['agrees', 'look closer', 'only kinks', 'ill-conditioned', 'vacuous', 'suspicious', 'wrong'];

/** Kinks that a check shows in full. */
const SHOWN_KINKS = 5;

/** X is m × n[0], Y is m × n[L], as the network sees them. `parameters` are read, never touched. */
export function checkGradients(network: Network, parameters: Parameters, X: Matrix, Y: Matrix, seed: number, options: EngineOptions = {}): GradientCheck {
  const random = createRandom(seed);
  const plan = planCheck(parameters, X.rows);
  const chosen = plan.samples === X.rows ? null : permutation(X.rows, random).subarray(0, plan.samples).sort();
  const x = chosen ? gatherRows(X, chosen, matrix(plan.samples, X.columns)) : X;
  const y = chosen ? gatherRows(Y, chosen, matrix(plan.samples, Y.columns)) : Y;

  const { gradients } = gradientsAt(network, parameters, x, y, options);
  const pass = wholePass(network, parameters, x, y);
  const perturbation = createPerturbation(network, parameters, x, y, options);
  const exactOf = createExactDerivative(network, parameters, pass, y);

  /** W[l], or b[l] whose columns are null. */
  function check(l: number, values: Float64Array, analytic: Float64Array, columns: number | null): ParameterCheck {
    const entries = Array.from(choose(analytic.length, plan.entries, random), (p): Entry => ({ l, i: Math.floor(p / (columns ?? 1)), j: columns === null ? null : p % columns }));
    const at = ({ i, j }: Entry): number => (j === null ? i : i * columns! + j);
    const slope = (entry: Entry): number => (columns === null ? 0 : (network.l2 / plan.samples) * values[at(entry)]!);
    const a = Float64Array.from(entries, (entry) => analytic[at(entry)]!);
    const numeric = differentiate(perturbation, entries, Float64Array.from(entries, (entry) => values[at(entry)]!), Float64Array.from(entries, slope), a, pass);
    const exactly = new Set(choose(entries.length, plan.exactEntries, random));
    const exact = entries.map((entry, e) => (exactly.has(e) ? exactOf(entry) + slope(entry) : null));
    return { ...compare(entries, a, numeric, exact), of: analytic.length, vacuous: whyVacuous(network, pass, entries.filter((_, e) => a[e] === 0 && isZero(numeric[e]!))) };
  }

  const layers = parameters.layers.map(({ W, b }, k): LayerCheck => {
    const gradient = gradients.layers[k]!;
    const dW = check(k + 1, W.data, gradient.W.data, W.columns);
    const db = check(k + 1, b, gradient.b, null);
    return { layer: k + 1, dW, db, kinks: dW.kinks + db.kinks, verdict: worse(dW.verdict, db.verdict) };
  });
  perturbation.dispose();
  return { verdict: layers.map((layer) => layer.verdict).reduce(worse), layers, samples: plan.samples, of: X.rows };
}

/** The check's own engine: one thread, as its samples are few beside the perturbations. */
function gradientsAt(network: Network, parameters: Parameters, X: Matrix, Y: Matrix, { kind }: EngineOptions): Engine {
  const engine = createEngine(network, parameters, X, Y, kind ? { kind } : {});
  engine.costAndGradients(null);
  return engine;
}

function isZero(numeric: Numeric): boolean {
  return numeric.kind === 'smooth' && numeric.derivative === 0;
}

function wholePass(network: Network, parameters: Parameters, X: Matrix, Y: Matrix): Pass {
  const pass = createPass(parameters, X.rows);
  forward(network, parameters, X, pass);
  losses(network, pass, Y);
  backward(network, parameters, pass, Y, createParameters(unitsOf(parameters)));
  return pass;
}

/** `count` of 0 … n - 1 in rising order, by chance; all where there are no more. */
function choose(n: number, count: number, random: Random): Uint32Array {
  return count >= n ? Uint32Array.from({ length: n }, (_, p) => p) : permutation(n, random).subarray(0, count).sort();
}

function worse(one: CheckVerdict, other: CheckVerdict): CheckVerdict {
  return RANK.indexOf(one) > RANK.indexOf(other) ? one : other;
}

function compare(entries: readonly Entry[], analytic: Float64Array, numeric: readonly Numeric[], exact: readonly (number | null)[]): Omit<ParameterCheck, 'of' | 'vacuous'> {
  const toNumeric = createDistance();
  const exactToAnalytic = createDistance();
  const exactToNumeric = createDistance();
  const kinkEntries: KinkEntry[] = [];
  let errorSquares = 0;
  let kinks = 0;
  let exactly = 0;
  let worst: CheckedEntry | null = null;
  entries.forEach(({ i, j }, e) => {
    const a = analytic[e]!;
    const n = numeric[e]!;
    if (n.kind === 'kink') {
      kinks += 1;
      if (kinkEntries.length < SHOWN_KINKS) kinkEntries.push({ i, j: j ?? 0, analytic: a, left: n.left, right: n.right });
      return;
    }
    toNumeric.add(a, n.derivative);
    errorSquares += n.roundingError * n.roundingError;
    if (worst === null || !(Math.abs(a - n.derivative) <= Math.abs(worst.analytic - worst.numeric))) worst = { i, j: j ?? 0, analytic: a, numeric: n.derivative };
    const x = exact[e] ?? null;
    if (x === null) return;
    exactly += 1;
    exactToAnalytic.add(x, a);
    exactToNumeric.add(x, n.derivative);
  });
  const checked = entries.length - kinks;
  const relativeDifference = toNumeric.relative();
  // costs that overflow have no difference to compare with
  const withinRounding = !Number.isFinite(errorSquares) || toNumeric.absolute() <= Math.sqrt(errorSquares);
  return {
    relativeDifference,
    worst,
    checked,
    kinks,
    kinkEntries,
    exact: exactly === 0 ? null : { checked: exactly, toAnalytic: exactToAnalytic.relative(), toNumeric: exactToNumeric.relative() },
    verdict: checked === 0 ? 'only kinks' : verdictOf(relativeDifference, withinRounding),
  };
}

/** ‖a - b‖₂ as it grows, and relative to ‖a‖₂ + ‖b‖₂. */
function createDistance() {
  let distance = 0;
  let a = 0;
  let b = 0;
  return {
    add(one: number, other: number): void {
      distance += (one - other) * (one - other);
      a += one * one;
      b += other * other;
    },
    absolute: () => Math.sqrt(distance),
    relative: () => (a === 0 && b === 0 ? null : Math.sqrt(distance) / (Math.sqrt(a) + Math.sqrt(b))),
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
