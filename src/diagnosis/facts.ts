// What several rules ask of a run, computed once and only when asked for.

import { gatherRows, matrix, type Matrix } from '../core/matrix';
import { backward, createPass, forward, type Network } from '../core/network';
import { createParameters, parametersFrom, unitsOf, type Parameters } from '../core/parameters';
import type { DatasetColumn } from '../data/dataset';
import { MAX_SAMPLES } from '../training/history';
import { parametersAt } from '../training/predict';
import type { Run } from '../training/run';
import { networkOf, take } from '../training/setup';
import { unitStates, type UnitState } from '../training/unit-states';
import { networkView, type NetworkView } from '../training/view';
import { attainable, type Attainable } from './attainable';
import { fitOf, type Fit } from './fit';
import { fitPolynomial } from './polynomial';

export interface Facts {
  readonly run: Run;
  readonly network: Network;
  /** Number of layers. */
  readonly L: number;
  /** The samples as the network sees them. */
  readonly view: NetworkView;
  /** Whether there was any update. */
  readonly trained: boolean;
  /** How much of the training samples is explained; of the development samples, where there are such. */
  readonly fit: Fit;
  readonly developmentFit: Fit | null;
  /** Units at the first and the last snapshot. */
  readonly start: States;
  readonly end: States;
  /** How much of the derivative of the loss arrives in each layer, at the first and the last snapshot. */
  readonly startFlow: Flow;
  readonly endFlow: Flow;
  readonly startParameters: Parameters;
  readonly endParameters: Parameters;
  /** The best polynomial in the features, over training samples; null where nothing can be fitted. */
  readonly polynomial: ReturnType<typeof fitPolynomial>;
  /** What the same features allow, best first. */
  readonly attainable: readonly Attainable[];
  /** Names of the columns of X and of Y, one-hot columns as `column=category`. */
  readonly featureNames: readonly string[];
  readonly outputNames: readonly string[];
}

/** One entry a layer (1 … L is 0 … L-1), one state a unit. */
export type States = readonly (readonly UnitState[])[];

/**
 * One entry a layer (1 … L is 0 … L-1): root mean square of dZ[l] over samples and units, against that of dZ[L]. Of each
 * sample by itself: dW is a mean in which samples may cancel, and then small although the gradient does arrive.
 */
export type Flow = readonly number[];

/** From here on a run has learned: it explains nine tenths of what varies. */
export const GOOD = 0.9;
/** Below it has learned little. */
export const POOR = 0.5;
/** Below it has learned next to nothing. */
export const NOTHING = 0.1;

/** Whether a run explains less than so much; a target that does not vary cannot be explained. */
export function explainsLess({ explained }: Fit, bound: number): boolean {
  return explained < bound;
}

/** Whether the features allow clearly more than was learned, and how much that is. */
export function attainsMore({ fit, attainable: [best] }: Facts): boolean {
  return best!.explained - fit.explained > ATTAINABLE_GAP;
}

/** Share of the target that something simpler has to explain beyond the network. */
export const ATTAINABLE_GAP = 0.1;

export function factsOf(run: Run): Facts {
  const network = networkOf(run.experiment);
  const once = <T>(make: () => T): (() => T) => {
    let made: { readonly value: T } | null = null;
    return () => (made ??= { value: make() }).value;
  };
  const view = once(() => networkView(run.experiment, run.samples.X, run.samples.targets, run.samples.development));
  const predictions = once(() => inNetworkUnits(run, view()));
  const fit = (rows: ArrayLike<number>): Fit => fitOf(run.data.task, run.experiment.loss, predictions(), view().Y, rows, view().trainingRows);
  const look = (snapshot: number): Look => lookAt(network, parametersAt(run, snapshot), view());
  const start = once(() => look(0));
  const end = once(() => look(run.history.iterations.length - 1));
  const polynomial = once(() => {
    const { X, targets } = run.samples;
    const rows = view().trainingRows;
    const part = (source: Matrix): Matrix => gatherRows(source, rows, matrix(rows.length, source.columns));
    return fitPolynomial(part(X), part(targets), columnNames(run.data.features), columnNames(run.data.targets));
  });
  const lazy = {
    attainable: once(() => attainable(run, view(), polynomial())),
    fit: once(() => fit(view().trainingRows)),
    developmentFit: once(() => (view().developmentRows.length > 0 ? fit(view().developmentRows) : null)),
  };
  return {
    run,
    network,
    L: network.activations.length,
    trained: run.iterations > 0,
    get view() { return view(); },
    get fit() { return lazy.fit(); },
    get developmentFit() { return lazy.developmentFit(); },
    get start() { return start().states; },
    get end() { return end().states; },
    get startFlow() { return start().flow; },
    get endFlow() { return end().flow; },
    get polynomial() { return polynomial(); },
    get attainable() { return lazy.attainable(); },
    startParameters: parametersAt(run, 0),
    endParameters: parametersFrom(run.units, run.parameters),
    featureNames: columnNames(run.data.features),
    outputNames: columnNames(run.data.targets),
  };
}

/** Scaled as the targets that the network learns. */
function inNetworkUnits({ samples: { predictions } }: Run, { targetScaling }: NetworkView): Matrix {
  if (!targetScaling) return predictions;
  const n = predictions.columns;
  return { ...predictions, data: predictions.data.map((value, k) => (value - targetScaling.offset[k % n]!) / targetScaling.factor[k % n]!) };
}

interface Look {
  readonly states: States;
  readonly flow: Flow;
}

/** Parameters times samples that one look may cost, some hundredths of a second; at least so many samples stay. */
const WORK = 3e7;
const FEWEST = 32;

/** Over at most MAX_SAMPLES training samples, evenly spread. */
function lookAt(network: Network, parameters: Parameters, view: NetworkView): Look {
  const { trainingRows } = view;
  const m = Math.min(trainingRows.length, MAX_SAMPLES, Math.max(FEWEST, Math.floor(WORK / parameters.flat.length)));
  const { X, Y } = take(view, Uint32Array.from({ length: m }, (_, k) => trainingRows[Math.floor((k * trainingRows.length) / m)]!));
  const pass = createPass(parameters, m);
  forward(network, parameters, X, pass);
  backward(network, parameters, pass, Y, createParameters(unitsOf(parameters)));
  const sizes = pass.dZ.map(({ data }) => Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length));
  return {
    states: network.activations.map((activation, k) => unitStates(activation, pass.Z[k]!, pass.A[k + 1]!)),
    flow: sizes.map((size) => size / sizes.at(-1)!),
  };
}

/** `column`, or `column=category` for each matrix column of a one-hot column. */
export function columnNames(columns: readonly DatasetColumn[]): string[] {
  return columns.flatMap(({ name, width, categories }) => (width === 1 || !categories ? [name] : categories.map((category) => `${name}=${category}`)));
}

/** Share of the hidden units of each hidden layer (1 … L-1) that are in a state. */
export function shareOf(states: States, state: UnitState): number[] {
  return states.slice(0, -1).map((units) => units.filter((each) => each === state).length / units.length);
}
