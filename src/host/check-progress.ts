// The notification of a check that takes longer than a moment, with Cancel.

import * as vscode from 'vscode';
import type { ProbeStage } from '../protocol';

/** A check shorter than this needs no notification. */
const DELAY_MS = 500;

const stages: Record<ProbeStage, string> = {
  load: 'finding its functions',
  bind: 'running them and comparing gradients',
  localize: 'looking for the broken link',
};

export interface CheckProgress {
  report(stage: ProbeStage): void;
  end(): void;
}

export function showCheckProgress(name: string, cancel: () => void): CheckProgress {
  let stage: ProbeStage | null = null;
  let show: () => void = () => undefined;
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title: `Checking gradients in ${name}`, cancellable: true };
    void vscode.window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(cancel);
      show = () => progress.report(stage === null ? {} : { message: stages[stage] });
      show();
      return finished;
    });
  }, DELAY_MS);
  return {
    report(next) {
      stage = next;
      show();
    },
    end() {
      clearTimeout(timer);
      finish();
    },
  };
}
