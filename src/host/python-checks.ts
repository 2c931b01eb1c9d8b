// Checks of Python files: the command, the panels (one a file, found again after a window reload), diagnostics and lenses.

import * as vscode from 'vscode';
import type { PythonRestoreToken } from '../protocol';
import { CHECKABLE, chooseFile } from './choose-file';
import { createPythonBindings } from './python-bindings';
import { createPythonDiagnostics } from './python-diagnostics';
import { registerPythonLens } from './python-lens';
import { PYTHON_PANEL_TYPE, PythonPanel, type PythonServices } from './python-panel';
import { trustProblem } from './python-trust';

const MANAGE_TRUST = 'Manage Workspace Trust';

export function registerPythonChecks(context: vscode.ExtensionContext): vscode.Disposable {
  const panels = new Map<string, PythonPanel>();
  const diagnostics = createPythonDiagnostics((file) => panels.get(file)?.fileChanged());
  const output = vscode.window.createOutputChannel('Gradient Debugger');
  const services: PythonServices = { extensionUri: context.extensionUri, diagnostics, bindings: createPythonBindings(context.workspaceState), output };

  function adopt(webviewPanel: vscode.WebviewPanel, file: string): PythonPanel {
    webviewPanel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media', 'icon.png');
    const panel = new PythonPanel(webviewPanel, file, services);
    panels.set(file, panel);
    panel.onDidDispose(() => {
      if (panels.get(file) === panel) panels.delete(file);
    });
    return panel;
  }

  async function check(clicked?: vscode.Uri): Promise<void> {
    const file = await chooseFile(clicked, CHECKABLE);
    if (file === undefined) return;
    const untrusted = trustProblem(vscode.workspace.isTrusted, file);
    if (untrusted) {
      const answer = await vscode.window.showWarningMessage(`${untrusted.what} ${untrusted.todo}`, MANAGE_TRUST);
      if (answer === MANAGE_TRUST) await vscode.commands.executeCommand('workbench.trust.manage');
      return;
    }
    let panel = panels.get(file);
    if (panel) panel.reveal();
    else {
      panel = adopt(vscode.window.createWebviewPanel(PYTHON_PANEL_TYPE, 'Gradients', { viewColumn: columnForPanel(), preserveFocus: true }), file);
    }
    await panel.check();
  }

  /** Where another such panel is, else beside the code, which stays in sight. */
  function columnForPanel(): vscode.ViewColumn {
    const other = [...panels.values()].map(({ column }) => column).find((column) => column !== undefined);
    if (other !== undefined) return other;
    return vscode.window.activeTextEditor ?? vscode.window.activeNotebookEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
  }

  return vscode.Disposable.from(
    diagnostics,
    output,
    registerPythonLens(),
    vscode.commands.registerCommand('gradientDebugger.checkPython', check),
    vscode.window.registerWebviewPanelSerializer(PYTHON_PANEL_TYPE, {
      async deserializeWebviewPanel(webviewPanel, state: { restore?: PythonRestoreToken } | undefined) {
        if (!state?.restore) return webviewPanel.dispose();
        await adopt(webviewPanel, state.restore.source).restore(state.restore);
      },
    }),
  );
}
