// The notification of a training with its percentage and Cancel.

import * as vscode from 'vscode';

/** A training shorter than this needs no notification. */
const DELAY_MS = 500;

export interface TrainingProgress {
  report(iteration: number, iterations: number): void;
  end(): void;
}

export function showTrainingProgress(name: string, cancel: () => void): TrainingProgress {
  let report: ((percent: number) => void) | null = null;
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title: `Training on ${name}`, cancellable: true };
    void vscode.window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(cancel);
      let shown = 0;
      report = (percent) => {
        progress.report({ increment: percent - shown, message: `${Math.floor(percent)} %` });
        shown = percent;
      };
      return finished;
    });
  }, DELAY_MS);
  return {
    report: (iteration, iterations) => report?.((100 * iteration) / iterations),
    end() {
      clearTimeout(timer);
      finish();
    },
  };
}
