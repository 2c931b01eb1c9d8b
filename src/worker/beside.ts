// What is done beside the run that is taken up, one thing after the other and in slices: trials of its remedies, the range
// test, the learning curve. A new run clears it.

import { constantCost } from '../diagnosis/constant-cost';
import type { Finding } from '../diagnosis/finding';
import { readLearningCurve } from '../diagnosis/learning-curve';
import type { Remedy } from '../diagnosis/remedy';
import { toProblem } from '../problem';
import type { OfferedRemedy, Trials } from '../protocol';
import { learningCurve } from '../training/learning-curve';
import { rangeTest } from '../training/range-test';
import type { Run } from '../training/run';
import { rowOfTrial } from '../trials/row';
import { createTrialBook, distinctRemedies, type TrialBook } from '../trials/table';
import { tryRemedy } from '../trials/trial';
import { createHeldRuns, type HeldRuns } from './held-runs';
import type { Beside, BesideAnswer, BesideRequest } from './messages';
import { rangeTestState, suggestedRate } from './range-test-state';
import { inSlices } from './slices';
import { writeTrials, type KeptTrials } from './trials-file';

/** At most ten messages a second on how far something is. */
const PROGRESS_MS = 100;

export interface BesideService {
  /** Takes up a run with what was done beside it before; gives what the panel shows of that. */
  take(run: Run, runFile: string, findings: readonly Finding[], kept: KeptTrials): Beside;
  /** Resolves when what was asked for is done or given up. */
  serve(request: BesideRequest): Promise<void>;
  stop(): void;
  /** A remedy that was tried, and its run if that is still in memory. */
  tried(id: string): { readonly base: Run; readonly remedy: Remedy; readonly run: Run | null } | null;
}

interface Desk {
  readonly run: Run;
  readonly runFile: string;
  readonly book: TrialBook;
  readonly remedies: Remedy[];
  readonly held: HeldRuns;
  waiting: Remedy[];
  now: (OfferedRemedy & { iteration: number; iterations: number }) | null;
  rangeTest: Beside['rangeTest'];
  learningCurve: Beside['learningCurve'];
}

export function createBeside(post: (message: BesideAnswer) => void): BesideService {
  let desk: Desk | null = null;
  /** Raised to give up whatever goes on. */
  let turn = 0;
  let queue = Promise.resolve();

  /** One thing at a time; what was asked for before a stop is not begun after it. */
  function enqueue(work: (stopped: () => boolean) => Promise<void>): Promise<void> {
    const mine = turn;
    const stopped = (): boolean => turn !== mine;
    return (queue = queue.then(() => (stopped() ? undefined : work(stopped))));
  }

  const trialsOf = ({ book, remedies, now, waiting }: Desk): Trials => {
    const offered = remedies.map(({ id, label, why }) => ({ id, label, why }));
    const table = book.table();
    if (now) return { kind: 'trying', offered, now: { ...now }, waiting: waiting.map(({ id }) => id), table };
    return table ? { kind: 'tried', offered, table } : { kind: 'none', offered };
  };
  const postTrials = (at: Desk): void => post({ type: 'trials', runFile: at.runFile, trials: trialsOf(at) });
  /** What cannot be written is lost with the window, and nothing else. */
  const keep = ({ runFile, book, rangeTest: range, learningCurve: curve }: Desk): Promise<void> =>
    writeTrials(runFile, {
      rows: book.rows,
      rangeTest: range.kind === 'done' ? range : { kind: 'none' },
      learningCurve: curve.kind === 'done' ? curve : { kind: 'none' },
    }).catch(() => undefined);

  async function tryWaiting(at: Desk, stopped: () => boolean): Promise<void> {
    for (let remedy = at.waiting.shift(); remedy && !stopped(); remedy = at.waiting.shift()) {
      const { id, label, why } = remedy;
      const now = (at.now = { id, label, why, iteration: 0, iterations: 0 });
      postTrials(at);
      const report = seldom((step: { iteration: number; iterations: number }) => {
        Object.assign(now, step);
        post({ type: 'trial-progress', runFile: at.runFile, id, ...step });
      });
      const trial = await inSlices(tryRemedy(at.run, remedy), report, stopped);
      if (!trial) return;
      at.book.add(rowOfTrial(at.run, at.book.measure, remedy, trial));
      if (trial.kind === 'run') at.held.put(id, trial.run);
      at.now = null;
      if (at.waiting.length === 0) postTrials(at);
      await keep(at);
    }
  }

  function ask(at: Desk, ids: readonly string[]): Promise<void> {
    const idle = at.now === null && at.waiting.length === 0;
    const asked = ids.flatMap((id) => at.remedies.find((remedy) => remedy.id === id) ?? []);
    at.waiting.push(...asked.filter(({ id }) => !at.book.has(id) && at.now?.id !== id && !at.waiting.some((remedy) => remedy.id === id)));
    if (!idle) {
      postTrials(at);
      return queue;
    }
    return at.waiting.length > 0 ? enqueue((stopped) => tryWaiting(at, stopped)) : queue;
  }

  function testRange(at: Desk): Promise<void> {
    const show = (state: Desk['rangeTest']): void => {
      at.rangeTest = state;
      post({ type: 'range-test', runFile: at.runFile, rangeTest: state });
    };
    if (at.rangeTest.kind === 'running') return queue;
    show({ kind: 'running', done: 0 });
    return enqueue(async (stopped) => {
      try {
        const result = await inSlices(rangeTest(at.run), seldom((done) => show({ kind: 'running', done })), stopped);
        if (!result) return;
        const remedy = suggestedRate(at.run, result);
        if (remedy && !at.remedies.some(({ id }) => id === remedy.id)) at.remedies.push(remedy);
        show(rangeTestState(at.run, result));
        postTrials(at);
        await keep(at);
      } catch (error) {
        show({ kind: 'failed', problem: toProblem(error) });
      }
    });
  }

  function drawCurve(at: Desk): Promise<void> {
    const show = (state: Desk['learningCurve']): void => {
      at.learningCurve = state;
      post({ type: 'learning-curve', runFile: at.runFile, learningCurve: state });
    };
    if (at.learningCurve.kind === 'running') return queue;
    show({ kind: 'running', done: 0, points: [] });
    return enqueue(async (stopped) => {
      try {
        const points = await inSlices(learningCurve(at.run), seldom((step) => show({ kind: 'running', done: step.done, points: [...step.points] })), stopped);
        if (!points) return;
        show({ kind: 'done', points, reading: readLearningCurve(points, constantCost(at.run)) });
        await keep(at);
      } catch (error) {
        show({ kind: 'failed', problem: toProblem(error) });
      }
    });
  }

  function stop(): void {
    turn += 1;
    if (!desk) return;
    const { now, rangeTest: range, learningCurve: curve, runFile } = desk;
    desk.waiting = [];
    desk.now = null;
    if (now) postTrials(desk);
    if (range.kind === 'running') post({ type: 'range-test', runFile, rangeTest: (desk.rangeTest = { kind: 'none' }) });
    if (curve.kind === 'running') post({ type: 'learning-curve', runFile, learningCurve: (desk.learningCurve = { kind: 'none' }) });
  }

  return {
    take(run, runFile, findings, kept) {
      turn += 1;
      const remedies = distinctRemedies(findings);
      const suggested = kept.rangeTest.kind === 'done' ? kept.rangeTest.suggestion : null;
      const remedy = suggested && suggestedRate(run, { suggestion: suggested.rate });
      if (remedy && !remedies.some(({ id }) => id === remedy.id)) remedies.push(remedy);
      desk = { run, runFile, book: createTrialBook(run, findings, kept.rows), remedies, held: createHeldRuns(), waiting: [], now: null, rangeTest: kept.rangeTest, learningCurve: kept.learningCurve };
      return { trials: trialsOf(desk), rangeTest: desk.rangeTest, learningCurve: desk.learningCurve };
    },
    async serve(request) {
      if (request.type === 'stop-trials') return stop();
      if (!desk) return;
      switch (request.type) {
        case 'try':
          return ask(desk, request.remedies);
        case 'range-test':
          return testRange(desk);
        case 'learning-curve':
          return drawCurve(desk);
        default:
          return request satisfies never;
      }
    },
    stop,
    tried(id) {
      const remedy = desk?.remedies.find((each) => each.id === id);
      return desk && remedy && desk.book.has(id) ? { base: desk.run, remedy, run: desk.held.get(id) } : null;
    },
  };
}

/** `report`, but not more often than ten times a second. */
function seldom<P>(report: (step: P) => void): (step: P) => void {
  let last = -Infinity;
  return (step) => {
    const now = performance.now();
    if (now - last < PROGRESS_MS) return;
    last = now;
    report(step);
  };
}
