// Marked lines in the Problems view.

import * as vscode from 'vscode';
import { boundNote, deadProblem, isRight, skippedProblem } from './line-words';
import type { FileMarks, MarkView } from './line-marks';

const SOURCE = 'Gradient Debugger';

/** Lines of each kind have a collection of their own, because VS Code shows only so many of one collection and file. */
export function createLineDiagnostics(subscriptions: vscode.Disposable[]): MarkView {
  const [dead, skipped, notes] = ['dead', 'skipped', 'notes'].map((name) => vscode.languages.createDiagnosticCollection(`gradientDebugger.${name}`)) as [vscode.DiagnosticCollection, vscode.DiagnosticCollection, vscode.DiagnosticCollection];
  subscriptions.push(dead, skipped, notes);
  return (uri, marks) => {
    dead.set(uri, marks ? deadOnes(marks) : undefined);
    skipped.set(uri, marks ? marks.lines.skipped.map(({ line, reason }) => diagnostic(line, skippedProblem(reason), vscode.DiagnosticSeverity.Warning, 'skipped-line')) : undefined);
    const note = marks && boundNote(marks.lines);
    notes.set(uri, note === null ? undefined : [diagnostic(1, note, vscode.DiagnosticSeverity.Information)]);
  };
}

function deadOnes({ lines }: FileMarks): vscode.Diagnostic[] {
  return lines.dead.map((line) => {
    const severity = isRight(line) ? vscode.DiagnosticSeverity.Information : vscode.DiagnosticSeverity.Warning;
    return diagnostic(line.line, deadProblem(line, lines.layer), severity, 'dead-output');
  });
}

function diagnostic(line: number, message: string, severity: vscode.DiagnosticSeverity, code?: string): vscode.Diagnostic {
  const made = new vscode.Diagnostic(wholeLine(line), message, severity);
  made.source = SOURCE;
  if (code !== undefined) made.code = code;
  return made;
}

/** Cut to the line's end by whoever shows it. */
export function wholeLine(line: number): vscode.Range {
  return new vscode.Range(line - 1, 0, line - 1, 1_000_000);
}
