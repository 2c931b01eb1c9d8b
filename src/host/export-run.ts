// Where an export is written, and how it is shown once it is.

import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { ExportName } from '../worker/export';

const endings: Record<ExportName, { readonly ending: string; readonly kind: string; readonly title: string }> = {
  numpy: { ending: '_numpy.py', kind: 'Python', title: 'Export as NumPy' },
  pytorch: { ending: '_pytorch.py', kind: 'Python', title: 'Export as PyTorch' },
  report: { ending: '_report.html', kind: 'HTML', title: 'Export Report' },
};

/** A path beside the file that was trained on, unless the person chooses another; undefined if none was chosen. */
export async function chooseExportTarget(as: ExportName, source: string): Promise<string | undefined> {
  const { ending, kind, title } = endings[as];
  const name = basename(source).replace(/\.(csv|tsv|gradient\.json)$/i, '');
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(join(dirname(source), name + ending)),
    filters: { [kind]: [as === 'report' ? 'html' : 'py'] },
    title,
  });
  return target?.fsPath;
}

/** A script in an editor; a report, which an editor would show as text, where the system shows such pages. */
export async function showExport(as: ExportName, files: readonly string[]): Promise<void> {
  const [file, ...beside] = files;
  if (file === undefined) return;
  if (as !== 'report') {
    await vscode.window.showTextDocument(vscode.Uri.file(file));
    if (beside.length > 0) void vscode.window.showInformationMessage(`${basename(file)} reads ${beside.map((each) => basename(each)).join(' and ')} beside it: keep them together.`);
    return;
  }
  const open = 'Open';
  const answer = await vscode.window.showInformationMessage(`${basename(file)} is written. It is one file that needs nothing else.`, open);
  if (answer === open) await vscode.env.openExternal(vscode.Uri.file(file));
}
