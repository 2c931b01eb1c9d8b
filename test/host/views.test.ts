// What the editor shows of runs beside their panels: problems, lenses, the Runs view, the status bar.
// Runs after train.test.ts, which looks at the extension before it is active.

import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { RunEntry } from '../../src/host/run-entry';
import type { Surfaces } from '../../src/host/surfaces';
import { until } from './until';

const SOURCE = 'Gradient Debugger';

function file(name: string): vscode.Uri {
  return vscode.Uri.file(join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, name));
}

function problems(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === SOURCE);
}

describe('the editor beside the panel', () => {
  let surfaces: Surfaces;
  const quadratic = file('quadratic.csv');

  before(async () => {
    // as the example has it, whatever another test wrote into it
    await vscode.workspace.fs.writeFile(quadratic, Buffer.from(`x,y\n${Array.from({ length: 20 }, (_, x) => `${x},${3 * x * x + 3 * x}`).join('\n')}\n`));
    surfaces = await vscode.extensions.getExtension<Surfaces>('gradient-debugger.gradient-debugger')!.activate();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  async function runs(): Promise<RunEntry[]> {
    return surfaces.runs.getChildren();
  }
  /** Trains and waits for the run. */
  async function train(uri: vscode.Uri, command = 'gradientDebugger.train'): Promise<RunEntry> {
    const [last] = await runs();
    await vscode.commands.executeCommand(command, uri);
    return until('a new run', async () => (await runs()).find((run, k) => k === 0 && run.id !== last?.id));
  }
  async function lenses(uri: vscode.Uri): Promise<vscode.CodeLens[]> {
    await vscode.workspace.openTextDocument(uri);
    return vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
  }
  const titles = async (uri: vscode.Uri): Promise<string[]> => (await lenses(uri)).map(({ command }) => command!.title);

  it('lists dead lines as problems, until the panel is closed', async () => {
    const run = await train(quadratic);
    assert.ok(run.deadSamples > 0);
    const found = await until('problems', () => problems(quadratic).length > 0 && problems(quadratic));
    assert.equal(found.length, run.deadSamples);
    for (const { message, range, severity, code } of found) {
      assert.equal(code, 'dead-output');
      const x = range.start.line - 1;
      assert.match(message, /^Dead output: Z\[2\] = −[\d.,]+, so A\[2\] = 0 and dZ\[2\] = 0/);
      assert.ok(message.endsWith(`(target ${(3 * x * x + 3 * x).toLocaleString('en-US')}).`), message);
      assert.equal(severity, x === 0 ? vscode.DiagnosticSeverity.Information : vscode.DiagnosticSeverity.Warning);
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('no problems', () => problems(quadratic).length === 0);
  });

  it('takes the marks away when the file is edited, and marks anew after the next run', async () => {
    const copy = file('edited.csv');
    await vscode.workspace.fs.copy(quadratic, copy, { overwrite: true });
    const editor = await vscode.window.showTextDocument(copy);
    await train(copy);
    await until('problems', () => problems(copy).length > 0);
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), '100,2\n'));
    await until('no problems', () => problems(copy).length === 0);
    // the training saves the file first
    const run = await train(copy);
    assert.equal(run.samples, 21);
    await until('problems', () => problems(copy).length === run.deadSamples);
  });

  it('keeps the marks when the editor reads the file anew only after the training', async () => {
    const copy = file('late.csv');
    await vscode.workspace.fs.writeFile(copy, Buffer.from('x,y\n0,0\n1,1\n'));
    const { document } = await vscode.window.showTextDocument(copy);
    await vscode.workspace.fs.copy(quadratic, copy, { overwrite: true });
    const run = await train(copy);
    await until('the new text', () => document.lineCount > 20);
    await until('problems', () => problems(copy).length > 0);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(problems(copy).length, run.deadSamples);
  });

  it('takes the marks away when the file changes on the disk, and gives none to a run whose file is another by now', async () => {
    const copy = file('rewritten.csv');
    await vscode.workspace.fs.copy(quadratic, copy, { overwrite: true });
    const run = await train(copy);
    await until('problems', () => problems(copy).length > 0);
    await vscode.workspace.fs.writeFile(copy, Buffer.from('x,y\n1,1\n2,2\n3,3\n'));
    await until('no problems', () => problems(copy).length === 0);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('gradientDebugger.openRun', run.id);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.deepEqual(problems(copy), []);
  });

  it('lists skipped lines with their reason, at most a thousand, and says so', async () => {
    const bad = file('bad.csv');
    const rows = Array.from({ length: 3000 }, (_, i) => (i % 2 ? `${i},` : `${i},${i}`));
    await vscode.workspace.fs.writeFile(bad, Buffer.from(`x,y\n${rows.join('\n')}\n`));
    await train(bad, 'gradientDebugger.checkGradients');
    const found = await until('problems', () => problems(bad).length > 0 && problems(bad));
    const skipped = found.filter(({ code }) => code === 'skipped-line');
    assert.equal(skipped.length, 1000);
    assert.equal(skipped[0]!.range.start.line, 2);
    assert.match(skipped[0]!.message, /^This line was skipped: no value in column "y"\.$/);
    assert.ok(found.some(({ message }) => /the first 1,000 of 1,500 skipped lines/.test(message)));
  });

  it('shows the marks of the last of two runs on the same data', async () => {
    await train(quadratic);
    await until('problems', () => problems(quadratic).length > 0);
    const run = await train(file('quadratic.gradient.json'));
    await until('its problems', () => problems(quadratic).length === run.deadSamples);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('no problems', () => problems(quadratic).length === 0);
  });

  it('has lenses above the header: train, check, and the last run', async () => {
    const fresh = file('fresh.csv');
    await vscode.workspace.fs.writeFile(fresh, Buffer.from(`\nsep=;\nx;y\n${Array.from({ length: 9 }, (_, x) => `${x};${x * x}`).join('\n')}\n`));
    assert.deepEqual(await titles(fresh), ['$(play)\u00a0Train', '$(beaker)\u00a0Check gradients']);
    assert.equal((await lenses(fresh))[0]!.range.start.line, 2);

    const [, check] = await lenses(fresh);
    const [before] = await runs();
    await vscode.commands.executeCommand(check!.command!.command, ...(check!.command!.arguments as unknown[]));
    const checked = await until('the check', async () => (await runs()).find((run, k) => k === 0 && run.id !== before?.id));
    assert.equal(checked.iterations, 0);
    const run = await train(fresh);
    assert.equal(run.iterations, 2000, 'a check changes nothing for the next training');
    const dead = run.predictions.dead === 0 ? 'none dead' : `${run.predictions.dead} of 9 dead`;
    assert.match((await titles(fresh))[2]!, new RegExp(`^\\$\\(\\w+\\)\\sLast run: ${dead}$`));

    assert.equal((await titles(file('quadratic.gradient.json'))).length, 3);
    assert.deepEqual(await titles(file('README.md')), []);
  });

  it('has no lenses where the setting says so', async () => {
    const settings = vscode.workspace.getConfiguration();
    await settings.update('gradientDebugger.codeLens', false, vscode.ConfigurationTarget.Global);
    assert.deepEqual(await titles(quadratic), []);
    await settings.update('gradientDebugger.codeLens', undefined, vscode.ConfigurationTarget.Global);
    assert.ok((await titles(quadratic)).length >= 2);
  });

  it('shows each run in the Runs view, newest first, with its verdict', async () => {
    const one = await train(quadratic, 'gradientDebugger.checkGradients');
    const two = await train(quadratic);
    const [first, second] = await runs();
    assert.deepEqual([first!.id, second!.id], [two.id, one.id]);
    const item = surfaces.runs.getTreeItem(first!);
    assert.equal(item.label, 'quadratic.csv');
    assert.match(String(item.description), new RegExp(`^${two.predictions.dead} of 20 dead · cost [\\d,]+ → [\\d,]+ · \\d\\d:\\d\\d$`));
    assert.equal((item.iconPath as vscode.ThemeIcon).id, 'error');
    assert.match(String(surfaces.runs.getTreeItem(second!).description), /^check only/);
  });

  it('opens a kept run, compares two, and deletes', async () => {
    const one = await train(quadratic, 'gradientDebugger.checkGradients');
    const two = await train(quadratic);
    await vscode.commands.executeCommand('gradientDebugger.compareRuns', two, [two, one]);
    await until('the comparison', () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).some(({ label, input }) => label === 'Compare: quadratic.csv' && input instanceof vscode.TabInputWebview));

    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('no problems', () => problems(quadratic).length === 0);
    await vscode.commands.executeCommand('gradientDebugger.openRun', two);
    // its data are as they were, so its lines are marked again
    await until('problems', () => problems(quadratic).length === two.deadSamples);

    const before = (await runs()).length;
    await vscode.commands.executeCommand('gradientDebugger.deleteRuns', one, [one, two]);
    const left = await runs();
    assert.equal(left.length, before - 2);
    assert.ok(left.every(({ id }) => id !== one.id && id !== two.id));
    await assert.rejects(Promise.resolve(vscode.workspace.fs.stat(vscode.Uri.file(two.id))));
  });

  it('copies a run as an experiment that gives the same run', async () => {
    const run = await train(quadratic);
    await vscode.commands.executeCommand('gradientDebugger.copyRunAsExperiment', run);
    const { document } = await until('the copy', () => vscode.window.activeTextEditor);
    assert.ok(document.isUntitled);
    assert.equal(document.languageId, 'jsonc');
    assert.equal(basename(document.uri.fsPath), 'quadratic-2.gradient.json', 'the other name is taken');
    const experiment = JSON.parse(document.getText()) as { data: string; seed: number };
    assert.equal(experiment.data, 'quadratic.csv');
    const saved = file('copied.gradient.json');
    await vscode.workspace.fs.writeFile(saved, Buffer.from(document.getText()));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const again = await train(saved);
    assert.deepEqual(again.cost, run.cost);
  });

  it('shows the training under way in the status bar', async () => {
    const long = file('long.gradient.json');
    await vscode.workspace.fs.writeFile(long, Buffer.from('{ "data": "quadratic.csv", "iterations": 500000000 }'));
    assert.equal(surfaces.status.text, null);
    await vscode.commands.executeCommand('gradientDebugger.train', long);
    await until('the cost', () => /^\$\(sync~spin\) Iteration [\d,]+ of 500,000,000 · cost [\d,.]+$/.test(surfaces.status.text ?? ''));
    await vscode.commands.executeCommand('gradientDebugger.showTraining');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('nothing', () => surfaces.status.text === null);
  });

  it('opens the example of the walkthrough as it is, and trains on it', async () => {
    await vscode.commands.executeCommand('gradientDebugger.openExample', 'as it is');
    const { document } = await until('the example', () => vscode.window.activeTextEditor);
    assert.equal(basename(document.uri.fsPath), 'quadratic.csv');
    const run = await train(document.uri, 'gradientDebugger.trainExample');
    assert.equal(run.source, document.uri.fsPath);
  });
});
