// Opens a file at a line, beside the panel that it was asked for from.

import * as vscode from 'vscode';

/** Beside the panel, so that both stay in sight; `vscode.open` because it also opens files too large for extensions to read. */
export async function openLine(file: string, line: number, panelColumn: vscode.ViewColumn | undefined): Promise<void> {
  // a step of the walkthrough
  void vscode.commands.executeCommand('setContext', 'gradientDebugger.lineOpened', true);
  const uri = vscode.Uri.file(file);
  const shown = vscode.window.tabGroups.all.find((group) =>
    group.tabs.some((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString()),
  );
  const other = vscode.window.tabGroups.all.find((group) => group.viewColumn !== panelColumn);
  const at = new vscode.Position(line - 1, 0);
  await vscode.commands.executeCommand('vscode.open', uri, {
    selection: new vscode.Range(at, at),
    viewColumn: (shown ?? other)?.viewColumn ?? vscode.ViewColumn.Beside,
  });
}
