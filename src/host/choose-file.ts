// Which file a command is about: the one that was clicked, the one in the editor, or one from a list.

import { basename } from 'node:path';
import * as vscode from 'vscode';

const TRAINABLE = /\.(csv|tsv|gradient\.json)$/i;
const MAX_LISTED = 500;

/** A path on disk; undefined if the person chose none. */
export async function chooseFile(clicked: vscode.Uri | undefined): Promise<string | undefined> {
  const uri = clicked ?? activeFile() ?? (await pickFile());
  if (!uri) return undefined;
  if (uri.scheme !== 'file') {
    void vscode.window.showErrorMessage(`${basename(uri.path)} is not on this disk. Save it to a folder first, then train on it.`);
    return undefined;
  }
  return uri.fsPath;
}

function activeFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = vscode.window.activeTextEditor?.document.uri ?? (input instanceof vscode.TabInputText ? input.uri : undefined);
  return uri && TRAINABLE.test(uri.path) ? uri : undefined;
}

async function pickFile(): Promise<vscode.Uri | undefined> {
  const files = await vscode.workspace.findFiles('**/*.{csv,tsv,gradient.json}', '**/node_modules/**', MAX_LISTED);
  if (files.length === 0) {
    const [chosen] = (await vscode.window.showOpenDialog({ title: 'Train on This File', filters: { 'Data or experiment': ['csv', 'tsv', 'json'] } })) ?? [];
    return chosen;
  }
  const items = files
    .map((uri) => ({ label: basename(uri.path), description: vscode.workspace.asRelativePath(uri), uri }))
    .sort((one, other) => one.description.localeCompare(other.description));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Train on which file?' }))?.uri;
}
