// The example of the walkthrough: opened as it is, or copied to a folder of the person's choice.

import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { RunPanels } from './run-panels';

const FILES = ['quadratic.csv', 'quadratic.gradient.json'] as const;
type Way = 'copy' | 'as it is';

export function registerExample(context: vscode.ExtensionContext, panels: RunPanels): void {
  const packaged = (name: string): vscode.Uri => vscode.Uri.joinPath(context.extensionUri, 'examples', name);
  let opened: vscode.Uri | null = null;

  async function open(chosen?: Way): Promise<void> {
    const way = chosen ?? (await askWay());
    if (way === undefined) return;
    const file = way === 'copy' ? await copy(packaged) : packaged(FILES[0]);
    if (!file) return;
    opened = file;
    await vscode.window.showTextDocument(file, { preview: false });
  }

  context.subscriptions.push(
    vscode.commands.registerCommand('gradientDebugger.openExample', open),
    vscode.commands.registerCommand('gradientDebugger.trainExample', async () => {
      opened ??= packaged(FILES[0]);
      await panels.train(opened.fsPath);
    }),
  );
}

async function askWay(): Promise<Way | undefined> {
  const items: (vscode.QuickPickItem & { way: Way })[] = [
    { label: '$(go-to-file) Open it as it is', detail: 'To look around. It lies in the folder of the extension.', way: 'as it is' },
    { label: '$(copy) Copy it to a folder…', detail: 'To change it and to keep experiments beside it.', way: 'copy' },
  ];
  // the walkthrough takes the focus back after a click on its button
  return (await vscode.window.showQuickPick(items, { placeHolder: 'The quadratic example', ignoreFocusOut: true }))?.way;
}

async function copy(packaged: (name: string) => vscode.Uri): Promise<vscode.Uri | undefined> {
  const here = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [folder] = (await vscode.window.showOpenDialog({ title: 'Copy the Example to Which Folder?', canSelectFiles: false, canSelectFolders: true, openLabel: 'Copy Here', ...(here && { defaultUri: here }) })) ?? [];
  if (!folder) return undefined;
  const target = (name: string): string => join(folder.fsPath, name);
  try {
    // a file of that name may be the person's own
    for (const name of FILES) if (!existsSync(target(name))) await copyFile(packaged(name).fsPath, target(name));
  } catch (error) {
    void vscode.window.showErrorMessage(`The example cannot be copied to ${basename(folder.fsPath)} (${(error as NodeJS.ErrnoException).code}). Choose another folder.`);
    return undefined;
  }
  return vscode.Uri.file(target(FILES[0]));
}
