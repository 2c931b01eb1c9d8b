// activate(): registers what the extension offers, and nothing else.

import * as vscode from 'vscode';
import { chooseFile, TRAINABLE } from './host/choose-file';
import { registerPythonChecks } from './host/python-checks';
import { createRunPanels } from './host/run-panels';

export function activate(context: vscode.ExtensionContext): void {
  const panels = createRunPanels(context);
  context.subscriptions.push(
    vscode.commands.registerCommand('gradientDebugger.train', async (clicked?: vscode.Uri) => {
      const file = await chooseFile(clicked, TRAINABLE);
      if (file !== undefined) await panels.train(file);
    }),
    vscode.commands.registerCommand('gradientDebugger.saveExperiment', () => panels.saveExperiment()),
    registerPythonChecks(context),
  );
}
