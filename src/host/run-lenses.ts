// CodeLens above the header of a data file, and above an experiment: train, check the gradients, open the last run.

import * as vscode from 'vscode';
import type { RunIndex } from './run-index';
import { lastRunText } from './run-words';

const SETTING = 'gradientDebugger.codeLens';
/** The header is among these; a file of nothing but empty lines has none. */
const MAX_LINES_SEARCHED = 50;

const selector: vscode.DocumentSelector = ['csv', 'tsv', 'gradient.json', 'CSV', 'TSV'].map((ending) => ({ scheme: 'file', pattern: `**/*.${ending}` }));

const marks = { ok: '$(pass)', info: '$(info)', warning: '$(warning)', error: '$(error)' } as const;

export function registerRunLenses(index: RunIndex): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      if (!vscode.workspace.getConfiguration().get<boolean>(SETTING, true)) return [];
      await index.ready;
      return lensesOf(document, index);
    },
  };
  const stop = index.onChange(() => changed.fire());
  return vscode.Disposable.from(
    changed,
    { dispose: stop },
    vscode.languages.registerCodeLensProvider(selector, provider),
    vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration(SETTING) && changed.fire()),
  );
}

function lensesOf(document: vscode.TextDocument, index: RunIndex): vscode.CodeLens[] {
  const at = new vscode.Range(headerLine(document), 0, headerLine(document), 0);
  const { uri } = document;
  const last = index.latestOf(uri.fsPath);
  return [
    new vscode.CodeLens(at, { command: 'gradientDebugger.train', title: '$(play)\u00a0Train', tooltip: 'Train on this file and show what became of the gradients', arguments: [uri] }),
    new vscode.CodeLens(at, { command: 'gradientDebugger.checkGradients', title: '$(beaker)\u00a0Check gradients', tooltip: 'Check the gradients at the initial parameters, without training', arguments: [uri] }),
    ...(last ? [new vscode.CodeLens(at, { command: 'gradientDebugger.openRun', title: `${marks[last.verdict.severity]}\u00a0Last run: ${lastRunText(last)}`, tooltip: last.verdict.text, arguments: [last.id] })] : []),
  ];
}

/** Where the header stands, from 0: after empty lines, and after Excel's `sep=;`. An experiment has its lenses on top. */
function headerLine(document: vscode.TextDocument): number {
  if (/\.json$/i.test(document.fileName)) return 0;
  for (let line = 0; line < Math.min(document.lineCount, MAX_LINES_SEARCHED); line++) {
    const text = document.lineAt(line).text.trim();
    if (text !== '' && !/^"?sep=.$/i.test(text)) return line;
  }
  return 0;
}
