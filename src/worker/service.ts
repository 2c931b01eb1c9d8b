// Serves one panel: trains, keeps the run, and answers what the panel asks about it. Knows no threads,
// so that it runs in a test as it does in the worker.

import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { experimentText } from '../experiment/write';
import { ProblemError, toProblem } from '../problem';
import { drive, runJob, type Observer } from '../training/job';
import type { Run } from '../training/run';
import { changedRun } from '../trials/trial';
import { createBeside } from './beside';
import { writeExport } from './export';
import { markedLines } from './marked-lines';
import type { FromWorker, ToWorker } from './messages';
import { createMoments, type Moments } from './moments';
import { costCurve, reportOf } from './report';
import { readRun, writeRun } from './run-file';
import { NOTHING_TRIED, readTrials } from './trials-file';

/** At most ten live costs a second. */
const PROGRESS_MS = 100;

/** `validTicket` tells which training may go on: one with another ticket stops and keeps what it has. */
export function createService(post: (message: FromWorker) => void, validTicket: () => number): (message: ToWorker) => Promise<void> {
  let current: { readonly run: Run; readonly moments: Moments } | null = null;

  const beside = createBeside(post);

  const take = (run: Run, runFile: string, tried = NOTHING_TRIED): void => {
    current = { run, moments: createMoments(run) };
    const report = reportOf(run, runFile);
    post({ type: 'finished', report, lines: markedLines(run), beside: beside.take(run, runFile, report.findings, tried) });
  };

  async function warnUnlessWritten(file: string, writing: Promise<void>, todo: string): Promise<boolean> {
    try {
      await writing;
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      post({ type: 'warning', problem: { file, what: `The file cannot be written (${code}).`, todo } });
      return false;
    }
  }

  /** Reports, and stops the training once its ticket is no longer valid. */
  function observer(runFile: string, ticket: number): Observer {
    let posted = performance.now();
    return ({ iteration, costs }, iterations) => {
      const now = performance.now();
      if (now - posted >= PROGRESS_MS) {
        posted = now;
        post({ type: 'progress', runFile, iteration, iterations, cost: costCurve(costs, iteration + 1) });
      }
      return validTicket() !== ticket;
    };
  }

  /** The run of a remedy as it was tried; what is no longer in memory is trained again, to the same bits. */
  function runOfRemedy(id: string, observe: Observer): Run {
    const tried = beside.tried(id);
    if (!tried || tried.remedy.polynomial) throw new ProblemError({ what: 'There is no run of this remedy to keep.', todo: 'Try it first.' });
    if (tried.run) return tried.run;
    const { steps, iterations } = changedRun(tried.base, tried.remedy.change);
    return drive(steps, iterations, observe);
  }

  async function showAndWrite(run: Run, runFile: string): Promise<void> {
    // shown first: a large run takes a while to write, and one that cannot be written is a run all the same
    take(run, runFile);
    await warnUnlessWritten(runFile, writeRun(runFile, run), 'It is lost when the window is closed. Make room on the disk and train again.');
  }

  async function keptRun(runFile: string): Promise<Run> {
    const run = await readRun(runFile);
    if (!run) throw new ProblemError({ what: 'This run is no longer kept.', todo: 'Train again.' });
    return run;
  }

  async function answer(message: ToWorker): Promise<void> {
    switch (message.type) {
      case 'train':
        beside.stop();
        return showAndWrite(await runJob(message, observer(message.runFile, message.ticket)), message.runFile);
      case 'keep':
        beside.stop();
        return showAndWrite(runOfRemedy(message.remedy, observer(message.runFile, message.ticket)), message.runFile);
      case 'try':
      case 'stop-trials':
      case 'range-test':
      case 'learning-curve':
        return beside.serve(message);
      case 'open': {
        const run = await keptRun(message.runFile);
        return take(run, message.runFile, await readTrials(message.runFile));
      }
      case 'experiment-text': {
        const { experiment, source } = await keptRun(message.runFile);
        return post({ type: 'experiment-text', text: experimentText(experiment, source, message.folder) });
      }
      case 'rows':
        return post({ type: 'rows', request: message.request, rows: current?.moments.rows(message.query) ?? [] });
      case 'chain':
        return post({ type: 'chain', request: message.request, chain: current?.moments.chain(message.sample, message.snapshot) ?? null });
      case 'moment':
        return post({ type: 'moment', request: message.request, moment: current?.moments.moment(message.snapshot) ?? null });
      case 'export': {
        if (!current) throw new ProblemError({ what: 'There is no run to export.', todo: 'Train first.' });
        let files: string[] = [];
        const writing = writeExport(current.run, message.as, message.target).then((written) => void (files = written));
        if (await warnUnlessWritten(message.target, writing, 'Choose another folder.')) post({ type: 'exported', as: message.as, files });
        return;
      }
      case 'experiment':
        if (!current) throw new ProblemError({ what: 'There is no run to save the experiment of.', todo: 'Train first.' });
        if (await warnUnlessWritten(message.target, writeFile(message.target, experimentText(current.run.experiment, current.run.source, dirname(message.target))), 'Choose another folder.')) {
          post({ type: 'experiment', file: message.target });
        }
        return;
      default:
        return message satisfies never;
    }
  }

  return (message) => answer(message).catch((thrown: unknown) => {
      const problem = toProblem(thrown, 'file' in message ? message.file : undefined);
      post({ type: 'failed', runFile: 'runFile' in message ? message.runFile : null, problem });
    });
}
