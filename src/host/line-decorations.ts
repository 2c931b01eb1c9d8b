// Marked lines in every visible editor of their file: a mark in the gutter and in the overview ruler, and a hover.

import * as vscode from 'vscode';
import { wholeLine } from './line-diagnostics';
import type { FileMarks, MarkView } from './line-marks';
import { deadHover, skippedHover } from './line-words';

export function createLineDecorations(context: vscode.ExtensionContext): MarkView {
  const files = new Map<string, FileMarks>();
  const [dead, skipped] = [kind(context, 'dead'), kind(context, 'skipped')];

  function decorate(editor: vscode.TextEditor): void {
    const marks = files.get(editor.document.uri.toString());
    editor.setDecorations(dead, marks?.lines.dead.map((line) => ({ range: wholeLine(line.line), hoverMessage: markdown(deadHover(line, marks.lines.layer)) })) ?? []);
    editor.setDecorations(skipped, marks?.lines.skipped.map(({ line, reason }) => ({ range: wholeLine(line), hoverMessage: markdown(skippedHover(reason)) })) ?? []);
  }

  context.subscriptions.push(
    dead,
    skipped,
    vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach(decorate)),
  );
  return (uri, marks) => {
    if (marks) files.set(uri.toString(), marks);
    else files.delete(uri.toString());
    for (const editor of vscode.window.visibleTextEditors) if (editor.document.uri.toString() === uri.toString()) decorate(editor);
  };
}

/** The shapes differ as well as the colours. The overview ruler takes the theme's colour, a picture has to bring its own. */
function kind({ extensionUri }: vscode.ExtensionContext, name: 'dead' | 'skipped'): vscode.TextEditorDecorationType {
  const picture = (theme: 'light' | 'dark'): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', `${name}-${theme}.svg`);
  return vscode.window.createTextEditorDecorationType({
    gutterIconSize: 'contain',
    isWholeLine: true,
    overviewRulerColor: new vscode.ThemeColor(`gradientDebugger.${name}LineForeground`),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
    light: { gutterIconPath: picture('light') },
    dark: { gutterIconPath: picture('dark') },
  });
}

function markdown(text: string): vscode.MarkdownString {
  return new vscode.MarkdownString(text);
}
