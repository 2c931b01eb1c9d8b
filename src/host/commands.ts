// The commands of the extension, but for those of the example.

import * as vscode from 'vscode';
import { chooseFile, TRAINABLE } from './choose-file';
import { ComparePanels } from './compare-panel';
import { copyAsExperiment } from './copy-as-experiment';
import type { RunEntry } from './run-entry';
import type { RunPanels } from './run-panels';
import { RunPanel } from './run-panel';
import type { RunStorage } from './run-storage';
import { describeRun, runName } from './run-words';
import type { Surfaces } from './surfaces';

export function registerCommands(context: vscode.ExtensionContext, panels: RunPanels, storage: RunStorage, { runsView, status }: Surfaces): void {
  const { index } = storage;
  const compare = new ComparePanels(context, index);
  const register = (name: string, run: (...words: never[]) => unknown): void => {
    context.subscriptions.push(vscode.commands.registerCommand(`gradientDebugger.${name}`, run));
  };
  /** What a menu says it is about, else what is selected: a key says nothing. */
  const chosen = (clicked?: RunEntry, selected?: readonly RunEntry[]): readonly RunEntry[] =>
    selected && selected.length > 0 ? selected : clicked ? [clicked] : runsView.selection;

  register('train', async (clicked?: vscode.Uri) => {
    const file = await chooseFile(clicked, TRAINABLE);
    if (file !== undefined) await panels.train(file);
  });
  register('checkGradients', async (clicked?: vscode.Uri) => {
    const file = await chooseFile(clicked, TRAINABLE);
    if (file !== undefined) await panels.checkGradients(file);
  });
  register('saveExperiment', () => panels.saveExperiment());
  register('exportNumpy', () => panels.exportRun('numpy'));
  register('exportPytorch', () => panels.exportRun('pytorch'));
  register('exportReport', () => panels.exportRun('report'));
  register('showTraining', () => {
    if (status.owner instanceof RunPanel) status.owner.reveal();
  });
  register('openRun', async (clicked?: RunEntry | string) => {
    await index.ready;
    const run = typeof clicked === 'string' ? index.find(clicked) : chosen(clicked)[0];
    if (run) return panels.open(run);
    void vscode.window.showInformationMessage('This run is no longer kept. Train again: the same experiment gives the same run.');
  });
  register('compareRuns', async (clicked?: RunEntry, selected?: readonly RunEntry[]) => {
    await index.ready;
    const pair = await twoRuns(index.entries, chosen(clicked, selected));
    if (pair) compare.show([pair[0].id, pair[1].id]);
  });
  register('deleteRuns', (clicked?: RunEntry, selected?: readonly RunEntry[]) => storage.delete(chosen(clicked, selected).map(({ id }) => id)));
  register('copyRunAsExperiment', async (clicked?: RunEntry) => {
    const [run] = chosen(clicked);
    if (run) await copyAsExperiment(run, context.extensionUri);
  });
}

/** The older one first; those that are not chosen yet are asked for. */
async function twoRuns(all: readonly RunEntry[], chosen: readonly RunEntry[]): Promise<[RunEntry, RunEntry] | undefined> {
  if (all.length < 2) {
    void vscode.window.showInformationMessage('Comparing takes two runs. Train again with another setting first.');
    return undefined;
  }
  const one = chosen[0] ?? (await pick(all, 'Compare which run?'));
  const other = one && (chosen[1] ?? (await pick(all.filter(({ id }) => id !== one.id), `Compare ${runName(one, Date.now())} with which run?`)));
  return other && (one.ended <= other.ended ? [one, other] : [other, one]);
}

async function pick(runs: readonly RunEntry[], placeHolder: string): Promise<RunEntry | undefined> {
  const now = Date.now();
  const items = runs.map((run) => ({ label: runName(run, now), description: describeRun(run, now), detail: run.verdict.text, run }));
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.run;
}
