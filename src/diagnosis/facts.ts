// What several rules ask of a run, computed once and only when asked for.

import { gatherRows, matrix, type Matrix } from '../core/matrix';
import { createPass, forward, type Network } from '../core/network';
import { parametersFrom, type Parameters } from '../core/parameters';
import type { DatasetColumn } from '../data/dataset';
import { MAX_SAMPLES } from '../training/history';
import { parametersAt } from '../training/predict';
import type { Run } from '../training/run';
import { networkOf } from '../training/setup';
import { unitStates, type UnitState } from '../training/unit-states';
import { networkView, type NetworkView } from '../training/view';
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
  readonly startParameters: Parameters;
  readonly endParameters: Parameters;
  /** The best polynomial in the features, over training samples; null where nothing can be fitted. */
  readonly polynomial: ReturnType<typeof fitPolynomial>;
  /** Names of the columns of X and of Y, one-hot columns as `column=category`. */
  readonly featureNames: readonly string[];
  readonly outputNames: readonly string[];
}

/** One entry a layer (1 … L is 0 … L-1), one state a unit. */
export type States = readonly (readonly UnitState[])[];

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

export function factsOf(run: Run): Facts {
  const network = networkOf(run.experiment);
  const once = <T>(make: () => T): (() => T) => {
    let made: { readonly value: T } | null = null;
    return () => (made ??= { value: make() }).value;
  };
  const view = once(() => networkView(run.experiment, run.samples.X, run.samples.targets, run.samples.development));
  const predictions = once(() => inNetworkUnits(run, view()));
  const fit = (rows: ArrayLike<number>): Fit => fitOf(run.data.task, run.experiment.loss, predictions(), view().Y, rows, view().trainingRows);
  const states = (snapshot: number): States => statesOf(network, parametersAt(run, snapshot), view());
  const lazy = {
    fit: once(() => fit(view().trainingRows)),
    developmentFit: once(() => (view().developmentRows.length > 0 ? fit(view().developmentRows) : null)),
    start: once(() => states(0)),
    end: once(() => states(run.history.iterations.length - 1)),
    polynomial: once(() => {
      const { X, targets } = run.samples;
      const rows = view().trainingRows;
      const part = (source: Matrix): Matrix => gatherRows(source, rows, matrix(rows.length, source.columns));
      return fitPolynomial(part(X), part(targets), columnNames(run.data.features), columnNames(run.data.targets));
    }),
  };
  return {
    run,
    network,
    L: network.activations.length,
    trained: run.iterations > 0,
    get view() { return view(); },
    get fit() { return lazy.fit(); },
    get developmentFit() { return lazy.developmentFit(); },
    get start() { return lazy.start(); },
    get end() { return lazy.end(); },
    get polynomial() { return lazy.polynomial(); },
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

/** Over at most MAX_SAMPLES training samples, evenly spread. */
function statesOf(network: Network, parameters: Parameters, { X, trainingRows }: NetworkView): States {
  const m = Math.min(trainingRows.length, MAX_SAMPLES);
  const rows = Uint32Array.from({ length: m }, (_, k) => trainingRows[Math.floor((k * trainingRows.length) / m)]!);
  const pass = createPass(parameters, m);
  forward(network, parameters, gatherRows(X, rows, matrix(m, X.columns)), pass);
  return network.activations.map((activation, k) => unitStates(activation, pass.Z[k]!, pass.A[k + 1]!));
}

/** `column`, or `column=category` for each matrix column of a one-hot column. */
export function columnNames(columns: readonly DatasetColumn[]): string[] {
  return columns.flatMap(({ name, width, categories }) => (width === 1 || !categories ? [name] : categories.map((category) => `${name}=${category}`)));
}

/** Share of the hidden units of each hidden layer (1 … L-1) that are in a state. */
export function shareOf(states: States, state: UnitState): number[] {
  return states.slice(0, -1).map((units) => units.filter((each) => each === state).length / units.length);
}
