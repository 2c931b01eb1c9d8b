// "Check gradients" above the functions of a Python file that look like a backward pass, and the icon in the title of its editor.

import * as vscode from 'vscode';
import { backwardLines, isNumeric } from '../python/backward-lines';

export function registerPythonLens(): vscode.Disposable {
  const provider: vscode.CodeLensProvider = {
    provideCodeLenses(document) {
      const notebook = vscode.workspace.notebookDocuments.find((each) => each.getCells().some((cell) => cell.document === document));
      const whole = notebook ? notebook.getCells().map((cell) => cell.document.getText()).join('\n') : document.getText();
      const uri = notebook?.uri ?? document.uri;
      if (uri.scheme !== 'file' || !isNumeric(whole)) return [];
      return backwardLines(document.getText()).map((line) => new vscode.CodeLens(document.lineAt(line).range, {
        command: 'gradientDebugger.checkPython',
        title: 'Check gradients',
        tooltip: 'Compare the gradients of this file with numeric ones of its own cost',
        arguments: [uri],
      }));
    },
  };

  const setContext = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    const has = document?.languageId === 'python' && backwardLines(document.getText()).length > 0;
    void vscode.commands.executeCommand('setContext', 'gradientDebugger.hasBackward', has);
  };
  setContext();
  return vscode.Disposable.from(
    vscode.languages.registerCodeLensProvider([{ language: 'python', scheme: 'file' }, { language: 'python', scheme: 'vscode-notebook-cell' }], provider),
    vscode.window.onDidChangeActiveTextEditor(setContext),
    vscode.workspace.onDidSaveTextDocument(setContext),
  );
}
