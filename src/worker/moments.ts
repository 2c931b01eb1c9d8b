// Any moment of a run's way: its samples, rows and chains as the network had them at a snapshot.

import { createEngine, type Engine } from '../core/engine';
import { deadSamples } from '../diagnosis/dead-samples';
import { createChainSource } from '../diagnosis/sample-chain';
import type { Moment, RowQuery, SampleChain, TableRow } from '../protocol';
import { parametersAt, predict } from '../training/predict';
import type { Run } from '../training/run';
import { networkOf } from '../training/setup';
import { networkView, type NetworkView } from '../training/view';
import { negativePredictions, samplePoints } from './report';
import { createRowSource } from './rows';

/** A snapshot is told by its number from 0, not by its iteration. */
export interface Moments {
  /** Null where the run has no such snapshot. */
  moment(snapshot: number): Moment | null;
  /** None where it has no such snapshot. */
  rows(query: RowQuery): TableRow[];
  /** Null where it has no such sample or snapshot. Without a snapshot: at the end of the run. */
  chain(sample: number, snapshot?: number): SampleChain | null;
}

/** What is known of one moment; all of it but the samples is made when somebody asks. */
interface Known {
  readonly snapshot: number | undefined;
  /** The run as if it had ended here. */
  readonly run: Run;
  rows?: ReturnType<typeof createRowSource>;
  chains?: ReturnType<typeof createChainSource>;
}

/** Answers about one run. It keeps its end and the moment that was asked for last, however many snapshots there are. */
export function createMoments(run: Run): Moments {
  const end: Known = { snapshot: undefined, run };
  let last = end;
  let network: { readonly engine: Engine; readonly view: NetworkView } | null = null;

  /** One engine for all moments, because laying out a million samples takes longer than looking at them. */
  function networkAt(snapshot: number): { engine: Engine; view: NetworkView } {
    const parameters = parametersAt(run, snapshot);
    if (network === null) {
      const { X, targets, development } = run.samples;
      const view = networkView(run.experiment, X, targets, development);
      network = { engine: createEngine(networkOf(run.experiment), parameters, view.X, view.Y), view };
    }
    network.engine.parameters.flat.set(parameters.flat);
    return network;
  }

  function costAt(snapshot: number): number {
    const { engine, view } = networkAt(snapshot);
    // the order of a sum decides its last bits: as the training does it
    return engine.cost(run.samples.development ? view.trainingRows : null);
  }

  function at(snapshot: number | undefined): Known | null {
    if (snapshot === undefined) return end;
    if (!Number.isInteger(snapshot) || snapshot < 0 || snapshot >= run.history.iterations.length) return null;
    if (last.snapshot !== snapshot) {
      const { engine, view } = networkAt(snapshot);
      const samples = { ...run.samples, ...predict(engine, view) };
      last = { snapshot, run: { ...run, iterations: run.history.iterations[snapshot]!, parameters: parametersAt(run, snapshot).flat, samples } };
    }
    return last;
  }

  return {
    moment(snapshot) {
      const known = at(snapshot);
      if (!known) return null;
      const dead = deadSamples(known.run);
      const { prediction, Z, dead: marks } = samplePoints(known.run);
      return {
        snapshot,
        iteration: known.run.iterations,
        cost: costAt(snapshot),
        predictions: { of: known.run.samples.Z.data.length, dead: dead.predictions, negative: negativePredictions(known.run) },
        deadSamples: dead.samples.length,
        points: { prediction, Z, dead: marks },
      };
    },
    rows(query) {
      const known = at(query.snapshot);
      return known ? (known.rows ??= createRowSource(known.run))(query) : [];
    },
    chain(sample, snapshot) {
      const known = at(snapshot);
      if (!known || sample >= run.samples.lines.length) return null;
      return (known.chains ??= createChainSource(known.run))(sample);
    },
  };
}
