// activate(): registers what the extension offers, and nothing else.

import * as vscode from 'vscode';
import { registerFormulaCheck } from './host/check-formula';
import { chooseFile } from './host/choose-file';
import { createRunPanels } from './host/run-panels';

export function activate(context: vscode.ExtensionContext): void {
  const panels = createRunPanels(context);
  context.subscriptions.push(
    vscode.commands.registerCommand('gradientDebugger.train', async (clicked?: vscode.Uri) => {
      const file = await chooseFile(clicked);
      if (file !== undefined) await panels.train(file);
    }),
    vscode.commands.registerCommand('gradientDebugger.saveExperiment', () => panels.saveExperiment()),
    registerFormulaCheck(),
    vscode.commands.registerCommand('gradientDebugger.exportNumpy', () => panels.exportRun('numpy')),
    vscode.commands.registerCommand('gradientDebugger.exportPytorch', () => panels.exportRun('pytorch')),
    vscode.commands.registerCommand('gradientDebugger.exportReport', () => panels.exportRun('report')),
  );
}
