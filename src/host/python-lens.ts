// "Check gradients" above the functions of a Python file that look like a backward pass, and the icon in the title of its editor.

import * as vscode from 'vscode';

/** Not `upgrade`, `graduate` or `grade`. */
const BACKWARD = /^[ \t]*(?:async[ \t]+)?def[ \t]+(\w*(?:backward|backprop|(?<!up|down)grad(?!ua|e(?!n)|ing))\w*)[ \t]*\(/gim;
/** Colours have gradients too: only files about numbers get a lens. */
const NUMERIC = /\b(?:numpy|np|torch)\b/;

/** Lines (from 0) on which a function that looks like a backward pass begins. */
export function backwardLines(text: string): number[] {
  return Array.from(text.matchAll(BACKWARD), ({ index, 0: head }) => text.slice(0, index + head.length).split('\n').length - 1);
}

export function registerPythonLens(): vscode.Disposable {
  const provider: vscode.CodeLensProvider = {
    provideCodeLenses(document) {
      const notebook = vscode.workspace.notebookDocuments.find((each) => each.getCells().some((cell) => cell.document === document));
      const whole = notebook ? notebook.getCells().map((cell) => cell.document.getText()).join('\n') : document.getText();
      const uri = notebook?.uri ?? document.uri;
      if (uri.scheme !== 'file' || !NUMERIC.test(whole)) return [];
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
