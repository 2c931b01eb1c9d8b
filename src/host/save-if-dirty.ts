// What is trained on or checked is what a person sees: unsaved changes are saved first.

import * as vscode from 'vscode';

export async function saveIfDirty(...files: string[]): Promise<void> {
  const open = vscode.workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && files.includes(uri.fsPath));
  const notebooks = vscode.workspace.notebookDocuments.filter(({ isDirty, uri }) => isDirty && files.includes(uri.fsPath));
  await Promise.all([...open, ...notebooks].map((document) => document.save()));
}
