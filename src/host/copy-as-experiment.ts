// The experiment of a kept run in a new file beside its source, not saved yet.

import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { describeProblem } from '../problem';
import type { FromWorker } from '../worker/messages';
import type { RunEntry } from './run-entry';
import { createRunWorker } from './run-worker';

export async function copyAsExperiment(run: RunEntry, extensionUri: vscode.Uri): Promise<void> {
  const folder = dirname(run.source);
  // in a thread: a run may hold a million samples
  const answer = await new Promise<FromWorker>((resolve) => {
    const worker = createRunWorker(vscode.Uri.joinPath(extensionUri, 'dist', 'worker.js').fsPath, (message) => {
      worker.dispose();
      resolve(message);
    });
    worker.send({ type: 'experiment-text', runFile: run.id, folder });
  });
  if (answer.type === 'failed') return void vscode.window.showErrorMessage(describeProblem(answer.problem));
  if (answer.type !== 'experiment-text') return;
  const uri = vscode.Uri.file(freeName(folder, basename(run.source))).with({ scheme: 'untitled' });
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), answer.text);
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document, { preview: false });
}

/** `quadratic.gradient.json`, `quadratic-2.gradient.json`, …: the first that neither a file nor an open document has. */
function freeName(folder: string, source: string): string {
  const stem = source.replace(/\.(csv|tsv|gradient\.json)$/i, '');
  for (let k = 1; ; k++) {
    const path = join(folder, `${stem}${k === 1 ? '' : `-${k}`}.gradient.json`);
    if (!existsSync(path) && !vscode.workspace.textDocuments.some(({ uri }) => uri.fsPath === path)) return path;
  }
}
