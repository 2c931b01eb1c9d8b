// Places in a person's Python code as documents and ranges of the editor; cells of a notebook are documents of their own.

import * as vscode from 'vscode';
import type { PythonPlace } from '../protocol';
import { lineInNotebook } from '../python/notebook-lines';

export interface Located {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
}

/** A place with the end of its range, where it has one. */
interface Span extends PythonPlace {
  readonly endLine?: number | undefined;
  readonly endColumn?: number | undefined;
}

/** Null where the file is gone, or a notebook that is not open: its cells are no documents then. */
export async function locate(span: Span): Promise<Located | null> {
  const line = span.line ?? 1;
  try {
    if (span.cell === undefined) return within(await vscode.workspace.openTextDocument(vscode.Uri.file(span.file)), span, line);
    const notebook = openNotebook(span.file);
    if (notebook) return span.cell < notebook.cellCount ? within(notebook.cellAt(span.cell).document, span, line) : null;
    if (/\.ipynb$/i.test(span.file)) return null;
    // a notebook under the name of a Python file: its lines are strings in JSON, where columns say nothing
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(span.file));
    return within(document, { file: span.file }, lineInNotebook(document.getText(), span.cell, line) ?? 1);
  } catch {
    return null;
  }
}

export function openNotebook(file: string): vscode.NotebookDocument | undefined {
  return vscode.workspace.notebookDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
}

/** The range as given, or the whole line without its indentation. */
function within(document: vscode.TextDocument, { column, endLine, endColumn }: Span, line: number): Located {
  const first = document.lineAt(Math.min(line, document.lineCount) - 1);
  const start = new vscode.Position(first.lineNumber, column === undefined ? first.firstNonWhitespaceCharacterIndex : column - 1);
  const end = endLine === undefined || endColumn === undefined ? first.range.end : new vscode.Position(endLine - 1, endColumn - 1);
  return { uri: document.uri, range: document.validateRange(new vscode.Range(start, end)) };
}

/** Opens a place beside the panel, in the group that shows its file already if there is one. */
export async function openPlace(place: PythonPlace, panelColumn: vscode.ViewColumn | undefined): Promise<void> {
  const uri = vscode.Uri.file(place.file);
  const groups = vscode.window.tabGroups.all;
  const shown = groups.find(({ tabs }) => tabs.some(({ input }) => (input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook) && input.uri.toString() === uri.toString()));
  const viewColumn = (shown ?? groups.find((group) => group.viewColumn !== panelColumn))?.viewColumn ?? vscode.ViewColumn.Beside;
  if (place.cell !== undefined && /\.ipynb$/i.test(place.file)) return openCell(uri, place, viewColumn);
  const at = await locate(place);
  const position = at?.range.start ?? new vscode.Position(0, 0);
  await vscode.window.showTextDocument(uri, { viewColumn, selection: new vscode.Range(position, position) });
}

async function openCell(uri: vscode.Uri, place: PythonPlace, viewColumn: vscode.ViewColumn): Promise<void> {
  const cell = place.cell ?? 0;
  const notebook = openNotebook(uri.fsPath) ?? (await vscode.workspace.openNotebookDocument(uri));
  const range = new vscode.NotebookRange(cell, cell + 1);
  const editor = await vscode.window.showNotebookDocument(notebook, { viewColumn, selections: [range] });
  editor.revealRange(range, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
  const at = await locate(place);
  if (!at) return;
  // shown as a text document, a cell would open in a tab of its own
  await vscode.commands.executeCommand('notebook.cell.edit');
  const inner = await cellEditor(at.uri);
  if (!inner) return;
  inner.selection = new vscode.Selection(at.range.start, at.range.start);
  inner.revealRange(at.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The editor inside a cell, which is there a moment after the cell is scrolled to. */
async function cellEditor(uri: vscode.Uri): Promise<vscode.TextEditor | undefined> {
  for (let tries = 0; tries < 100; tries++) {
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
    if (editor) return editor;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}
