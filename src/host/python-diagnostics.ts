// The findings of a check in the person's own lines: diagnostics, and quick fixes where one expression is all that is wrong.

import * as vscode from 'vscode';
import type { PythonFinding, PythonResult } from '../protocol';
import { locate } from './python-places';

const SOURCE = 'Gradient Debugger';

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;

interface Shown {
  readonly finding: PythonFinding;
  readonly uri: vscode.Uri;
  readonly diagnostic: vscode.Diagnostic;
}

export interface PythonDiagnostics extends vscode.Disposable {
  /** Shows the findings of a file's check in place of those before. */
  show(file: string, result: PythonResult): Promise<void>;
  clear(file: string): void;
  /** Replaces the text of a finding that has a replacement. Nothing is saved. */
  fix(finding: PythonFinding): Promise<void>;
}

/** `changed` is called with each file whose text is no longer what was shown. */
export function createPythonDiagnostics(changed: (file: string) => void): PythonDiagnostics {
  const collection = vscode.languages.createDiagnosticCollection('gradientDebugger.python');
  const results = new Map<string, PythonResult>();
  const shown = new Map<string, readonly Shown[]>();

  async function publish(file: string, result: PythonResult): Promise<void> {
    const found: Shown[] = [];
    for (const finding of result.findings) {
      const at = await locate(finding);
      if (at) found.push({ finding, uri: at.uri, diagnostic: diagnosticOf(finding, result, at.range) });
    }
    // while documents were opened the file may have changed, or been checked again
    if (results.get(file) !== result) return;
    shown.set(file, found);
    refresh();
  }

  /** A helper module may have findings of several files, so everything is drawn anew. */
  function refresh(): void {
    const byDocument = new Map<string, [vscode.Uri, vscode.Diagnostic[]]>();
    for (const { uri, diagnostic } of [...shown.values()].flat()) {
      const entry = byDocument.get(uri.toString()) ?? [uri, []];
      entry[1].push(diagnostic);
      byDocument.set(uri.toString(), entry);
    }
    collection.clear();
    collection.set([...byDocument.values()]);
  }

  function clear(file: string): void {
    results.delete(file);
    if (shown.delete(file)) refresh();
  }

  /** Also of a helper module: what was found rests on it. */
  function touched(path: string): void {
    for (const [file, { findings }] of results) {
      if (file !== path && !findings.some((finding) => finding.file === path)) continue;
      clear(file);
    }
    changed(path);
  }

  const actions: vscode.CodeActionProvider = {
    provideCodeActions: (document, range) =>
      [...shown.values()].flat().flatMap(({ finding, uri, diagnostic }) => {
        if (finding.replacement === null || uri.toString() !== document.uri.toString() || !diagnostic.range.intersection(range)) return [];
        const action = new vscode.CodeAction(`Replace with ${shorten(finding.replacement)}`, vscode.CodeActionKind.QuickFix);
        action.edit = new vscode.WorkspaceEdit();
        action.edit.replace(uri, diagnostic.range, finding.replacement);
        action.diagnostics = [diagnostic];
        action.isPreferred = true;
        return [action];
      }),
  };

  const parts = vscode.Disposable.from(
    collection,
    vscode.languages.registerCodeActionsProvider([{ scheme: 'file' }, { scheme: 'vscode-notebook-cell' }], actions, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && ['file', 'vscode-notebook-cell'].includes(document.uri.scheme)) touched(document.uri.fsPath);
    }),
    vscode.workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
      if (contentChanges.length > 0) touched(notebook.uri.fsPath);
    }),
    vscode.workspace.onDidOpenNotebookDocument(({ uri }) => {
      const result = results.get(uri.fsPath);
      if (result) void publish(uri.fsPath, result);
    }),
  );

  return {
    async show(file, result) {
      results.set(file, result);
      await publish(file, result);
    },
    clear,
    async fix(finding) {
      const at = await locate(finding);
      if (!at || finding.replacement === null) return;
      const edit = new vscode.WorkspaceEdit();
      edit.replace(at.uri, at.range, finding.replacement);
      await vscode.workspace.applyEdit(edit);
    },
    dispose: () => parts.dispose(),
  };
}

function diagnosticOf(finding: PythonFinding, { verdict }: PythonResult, range: vscode.Range): vscode.Diagnostic {
  const text = [finding.message, finding.explanation, finding.formula === null ? '' : `It should be: ${finding.formula}`];
  const diagnostic = new vscode.Diagnostic(range, text.filter((each) => each !== '').join('\n'), severities[verdict === 'convention' ? 'information' : finding.severity]);
  diagnostic.source = SOURCE;
  diagnostic.code = finding.rule;
  return diagnostic;
}

const MAX_TITLE = 80;

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > MAX_TITLE ? `${line.slice(0, MAX_TITLE - 1)}…` : line;
}
