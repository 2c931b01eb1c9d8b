// Training inside a real extension host: its command, its panel, and a host that never blocks.

import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from './until';

function example(name: string): vscode.Uri {
  return vscode.Uri.file(join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, name));
}

function panels(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('gradientDebugger.run'));
}

describe('training', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens one panel a file, and takes it again', async () => {
    await vscode.commands.executeCommand('gradientDebugger.train', example('quadratic.csv'));
    await until('a panel', () => panels().length === 1);
    assert.equal(panels()[0]!.label, 'Gradients: quadratic.csv');
    await vscode.commands.executeCommand('gradientDebugger.train', example('quadratic.csv'));
    assert.equal(panels().length, 1);
    await vscode.commands.executeCommand('gradientDebugger.train', example('penguins.csv'));
    await until('a second panel', () => panels().length === 2);
  });

  it('trains on the file in the editor, with what was typed and not yet saved', async () => {
    const document = await vscode.workspace.openTextDocument(example('quadratic.csv'));
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(document.lineCount - 1, 0), '20,1260\n'));
    assert.ok(document.isDirty);
    await vscode.commands.executeCommand('gradientDebugger.train');
    await until('a panel', () => panels().length === 1);
    assert.ok(!document.isDirty);
  });

  it('validates experiment files by its schema', async () => {
    const file = example('wrong.gradient.json');
    await vscode.workspace.fs.writeFile(file, Buffer.from('{\n  "data": "quadratic.csv",\n  "iteration": 5\n}\n'));
    await vscode.window.showTextDocument(file);
    await until('a squiggle', () => vscode.languages.getDiagnostics(file).length > 0);
    assert.equal(vscode.languages.getDiagnostics(file)[0]!.range.start.line, 2);
    // the examples have comments, which plain JSON would not allow
    const good = example('quadratic.gradient.json');
    const document = await vscode.workspace.openTextDocument(good);
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, 'jsonc');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.deepEqual(vscode.languages.getDiagnostics(good), []);
  });

  it('keeps the event loop of the host free while it trains', async () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => `${i % 97},${i % 89},${(i % 97) + (i % 89)}`);
    await vscode.workspace.fs.writeFile(example('large.csv'), Buffer.from(`a,b,y\n${rows.join('\n')}\n`));
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await vscode.commands.executeCommand('gradientDebugger.train', example('large.csv'));
    await until('a panel', () => panels().length === 1);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    delay.disable();
    // a training on the host itself would hold it up for the whole three seconds
    console.log(`      event loop delay while training: ${(delay.percentile(99) / 1e6).toFixed(0)} ms at the 99th percentile, ${(delay.max / 1e6).toFixed(0)} ms at most`);
    assert.ok(delay.max / 1e6 < 500, `the longest delay was ${delay.max / 1e6} ms`);
  });
});
