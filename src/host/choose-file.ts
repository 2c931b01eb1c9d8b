// Which file a command is about: the one that was clicked, the one in the editor, or one from a list.

import { basename } from 'node:path';
import * as vscode from 'vscode';

/** Files that a command takes, and how it speaks of them. */
export interface FileKind {
  readonly pattern: RegExp;
  readonly glob: string;
  readonly title: string;
  readonly question: string;
  readonly filters: Readonly<Record<string, string[]>>;
  readonly todo: string;
}

export const TRAINABLE: FileKind = {
  pattern: /\.(csv|tsv|gradient\.json)$/i,
  glob: '**/*.{csv,tsv,gradient.json}',
  title: 'Train on This File',
  question: 'Train on which file?',
  filters: { 'Data or experiment': ['csv', 'tsv', 'json'] },
  todo: 'then train on it',
};

export const CHECKABLE: FileKind = {
  pattern: /\.(py|ipynb)$/i,
  glob: '**/*.{py,ipynb}',
  title: 'Check Gradients in This File',
  question: 'Check the gradients in which file?',
  filters: { Python: ['py', 'ipynb'] },
  todo: 'then check it',
};

const MAX_LISTED = 500;

/** A path on disk; undefined if the person chose none. */
export async function chooseFile(clicked: vscode.Uri | undefined, kind: FileKind): Promise<string | undefined> {
  const uri = clicked ?? activeFile(kind) ?? (await pickFile(kind));
  if (!uri) return undefined;
  if (uri.scheme !== 'file') {
    void vscode.window.showErrorMessage(`${basename(uri.path)} is not on this disk. Save it to a folder first, ${kind.todo}.`);
    return undefined;
  }
  return uri.fsPath;
}

function activeFile({ pattern }: FileKind): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = vscode.window.activeNotebookEditor?.notebook.uri ?? vscode.window.activeTextEditor?.document.uri ?? (input instanceof vscode.TabInputText ? input.uri : undefined);
  return uri && pattern.test(uri.path) ? uri : undefined;
}

async function pickFile({ glob, title, question, filters }: FileKind): Promise<vscode.Uri | undefined> {
  const files = await vscode.workspace.findFiles(glob, '**/node_modules/**', MAX_LISTED);
  if (files.length === 0) {
    const [chosen] = (await vscode.window.showOpenDialog({ title, filters })) ?? [];
    return chosen;
  }
  const items = files
    .map((uri) => ({ label: basename(uri.path), description: vscode.workspace.asRelativePath(uri), uri }))
    .sort((one, other) => one.description.localeCompare(other.description));
  return (await vscode.window.showQuickPick(items, { placeHolder: question }))?.uri;
}
