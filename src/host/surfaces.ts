// What the editor itself shows of runs, beside their panels: marked lines, lenses, the Runs view, the status bar.

import * as vscode from 'vscode';
import { createLineDecorations } from './line-decorations';
import { createLineDiagnostics } from './line-diagnostics';
import { LineMarks } from './line-marks';
import { entryOf, type RunEntry } from './run-entry';
import type { RunIndex } from './run-index';
import { registerRunLenses } from './run-lenses';
import type { RunObserver } from './run-panel';
import { RUNS_VIEW, RunsTree } from './runs-tree';
import { TrainingStatus } from './training-status';

export interface Surfaces {
  readonly observer: RunObserver;
  readonly marks: LineMarks;
  readonly runs: RunsTree;
  readonly runsView: vscode.TreeView<RunEntry>;
  readonly status: TrainingStatus;
}

/** Set once a person has trained: a step of the walkthrough is then done, however it was done. */
const TRAINED = 'gradientDebugger.trained';

export function createSurfaces(context: vscode.ExtensionContext, index: RunIndex): Surfaces {
  const marks = new LineMarks([createLineDiagnostics(context.subscriptions), createLineDecorations(context)]);
  const runs = new RunsTree(index);
  const runsView = vscode.window.createTreeView(RUNS_VIEW, { treeDataProvider: runs, canSelectMany: true });
  const status = new TrainingStatus();
  context.subscriptions.push(marks, runs, runsView, status, registerRunLenses(index));

  const observer: RunObserver = {
    started: (panel) => status.started(panel, panel.source),
    progress: (panel, ...reported) => status.progress(panel, ...reported),
    ended: (panel) => status.ended(panel),
    async finished(panel, report, lines, training) {
      if (training) {
        void index.add(entryOf(report, { source: panel.source, ...training, ended: Date.now() }));
        void vscode.commands.executeCommand('setContext', TRAINED, true);
      }
      await index.ready;
      const since = index.find(report.id)?.started;
      // a run that nobody knows the time of: its lines may be others by now
      if (since === undefined) marks.clear(panel);
      else await marks.show(panel, report.dataFile, lines, since);
    },
    closed: (panel) => marks.clear(panel),
  };
  return { observer, marks, runs, runsView, status };
}
