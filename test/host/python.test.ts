// The check of Python files inside a real extension host: diagnostics in the person's lines, quick fixes, notebooks and lenses.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { hasNumPy, lineOf, planted } from '../support/python-fixtures';
import { until } from './until';

const COMMAND = 'gradientDebugger.checkPython';
const RIGHT_DB = 'np.sum(dZ, axis=1, keepdims=True) / m';
const WRONG_DB = 'np.sum(dZ) / m';

function inFolder(name: string): vscode.Uri {
  return vscode.Uri.file(join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, name));
}

async function write(name: string, text: string): Promise<vscode.Uri> {
  const uri = inFolder(name);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  return uri;
}

/** The project's folder. */
function root(): string {
  return vscode.extensions.getExtension('gradient-debugger.gradient-debugger')!.extensionPath;
}

/** Ours only: another Python extension may have its own. */
function diagnostics(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Gradient Debugger');
}

function panels(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('gradientDebugger.python'));
}

describe('the check of a Python file', () => {
  before(function () {
    if (!hasNumPy()) this.skip();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const deep = (): string => planted(root(), 'deep_layers.py', `db = ${RIGHT_DB}`, `db = ${WRONG_DB}`);

  it('underlines the very expression, with the formula it should be', async () => {
    const source = deep();
    const uri = await write('summed.py', source);
    await vscode.commands.executeCommand(COMMAND, uri);
    const [diagnostic, ...others] = diagnostics(uri);
    assert.ok(diagnostic);
    assert.deepEqual(others, []);
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.getText(diagnostic.range), WRONG_DB);
    assert.equal(diagnostic.range.start.line + 1, lineOf(source, WRONG_DB));
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
    assert.match(diagnostic.message, /summed over everything[^]*It should be: db = np\.sum\(dZ, axis=1, keepdims=True\) \/ m/);
    assert.equal(diagnostic.code, 'axis');
    assert.deepEqual(panels().map(({ label }) => label), ['Gradients: summed.py']);
  });

  it('offers a quick fix that makes the next check right, and goes when the text changes', async () => {
    const uri = await write('fixed.py', deep());
    await vscode.window.showTextDocument(uri);
    // without an argument: the file in the editor
    await vscode.commands.executeCommand(COMMAND);
    const [diagnostic] = diagnostics(uri);
    assert.ok(diagnostic);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, diagnostic.range, vscode.CodeActionKind.QuickFix.value);
    const [fix] = actions.filter(({ title }) => title.startsWith('Replace with'));
    assert.equal(fix?.title, `Replace with ${RIGHT_DB}`);
    assert.ok(await vscode.workspace.applyEdit(fix.edit!));
    await until('the diagnostics to go with the text they were of', () => diagnostics(uri).length === 0);
    const document = await vscode.workspace.openTextDocument(uri);
    assert.ok(document.isDirty);
    await vscode.commands.executeCommand(COMMAND, uri);
    assert.ok(!document.isDirty, 'what is checked is what a person sees');
    assert.ok(document.getText().includes(`db = ${RIGHT_DB}`));
    assert.deepEqual(diagnostics(uri), []);
  });

  it("warns where the numbers are not finite on the samples of the experiment file beside it", async () => {
    const source = planted(root(), 'deep_layers.py', `db = ${RIGHT_DB}`, `db = ${RIGHT_DB}`);
    const uri = await write('far.py', source);
    await write('far.gradient.json', JSON.stringify({ data: { X: [[4e4], [-3e4], [5e4]], Y: [[0], [1], [0]] } }));
    await vscode.commands.executeCommand(COMMAND, uri);
    const [diagnostic, ...others] = diagnostics(uri);
    assert.deepEqual(others, []);
    assert.deepEqual([diagnostic?.code, diagnostic?.severity], ['data-overflow', vscode.DiagnosticSeverity.Warning]);
    assert.match(diagnostic!.message, /On 3 samples of far\.gradient\.json the numbers are not finite/);
    assert.ok(diagnostic!.range.start.line + 1 > lineOf(source, 'def compute_cost'));
  });

  it('gives information, not an error, where cost and gradient differ by convention', async () => {
    const uri = await write('convention.py', planted(root(), 'network_class.py', '0.5 * np.sum((y - output) ** 2)', 'np.sum((y - output) ** 2)'));
    await vscode.commands.executeCommand(COMMAND, uri);
    assert.deepEqual(diagnostics(uri).map(({ severity }) => severity), [vscode.DiagnosticSeverity.Information]);
  });

  it("underlines in the notebook's cell", async () => {
    const uri = await write('book.ipynb', planted(root(), 'global_m.ipynb', 'db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)', 'db1 = 1 / m * np.sum(dZ1)'));
    await vscode.commands.executeCommand(COMMAND, uri);
    // opened after the check: its cells are documents only now
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    const cell = notebook.getCells().find(({ document }) => document.getText().includes('np.sum(dZ1)'))!.document;
    await until('a diagnostic in the cell', () => diagnostics(cell.uri).length === 1);
    const [diagnostic] = diagnostics(cell.uri);
    assert.equal(cell.getText(diagnostic!.range), '1 / m * np.sum(dZ1)');
    assert.equal(diagnostic!.range.start.line + 1, lineOf(cell.getText(), 'np.sum(dZ1)'));
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand(COMMAND);
    assert.equal(diagnostics(cell.uri).length, 1);
  });

  it('underlines the line of a notebook that is saved as a Python file', async () => {
    const source = planted(root(), 'global_m.ipynb', 'db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)', 'db1 = 1 / m * np.sum(dZ1)');
    const uri = await write('book_as.py', source);
    await vscode.commands.executeCommand(COMMAND, uri);
    assert.deepEqual(diagnostics(uri).map(({ range }) => range.start.line + 1), [lineOf(source, 'db1 = 1 / m * np.sum(dZ1)')]);
  });

  it('takes the binding of the experiment file beside it', async () => {
    const names = [['forward_propagation', 'schritt_eins'], ['backward_propagation', 'schritt_zwei'], ['compute_cost', 'schritt_drei'], ['initialize_parameters', 'schritt_null'], ['nn_model', 'alles'], ['for i in range(num_iterations)', 'if True']] as const;
    const wrong = planted(root(), 'two_layers.py', 'db2 = np.sum(dZ2, axis=1, keepdims=True) / m', 'db2 = np.sum(dZ2, axis=1, keepdims=True)');
    const source = names.reduce((text, [from, to]) => text.replaceAll(from, to), wrong);
    const uri = await write('schritte.py', source);
    await vscode.commands.executeCommand(COMMAND, uri);
    assert.deepEqual(diagnostics(uri), [], 'not bound: nothing is claimed');
    const companion = await write('schritte.gradient.json', '{\n  "python": { "init": "schritt_null", "forward": "schritt_eins", "cost": "schritt_drei", "backward": "schritt_zwei" }\n}\n');
    await vscode.commands.executeCommand(COMMAND, uri);
    assert.deepEqual(diagnostics(uri).map(({ range }) => range.start.line + 1), [lineOf(source, 'db2 = np.sum(dZ2, axis=1, keepdims=True)')]);
    // a file that says nothing but this is valid
    await vscode.window.showTextDocument(companion);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.deepEqual(vscode.languages.getDiagnostics(companion), []);
  });

  it('has a lens above each backward function, in notebooks too', async () => {
    // asked again while the window does not have the text yet: it says "Illegal argument" then
    const lensesOf = (uri: vscode.Uri): Promise<vscode.CodeLens[]> =>
      until('a lens', async () => {
        const all = await Promise.resolve(vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100)).catch(() => []);
        const lenses = all.filter(({ command }) => command?.command === COMMAND);
        return lenses.length > 0 && lenses;
      });
    const uri = await write('lenses.py', deep());
    const document = await vscode.workspace.openTextDocument(uri);
    const lines = (await lensesOf(uri)).map(({ range }) => document.lineAt(range.start.line).text);
    assert.deepEqual(lines.map((line) => /def (\w+)/.exec(line)?.[1]), ['relu_backward', 'sigmoid_backward', 'linear_backward', 'linear_activation_backward', 'L_model_backward']);
    const notebook = await vscode.workspace.openNotebookDocument(await write('lens.ipynb', planted(root(), 'global_m.ipynb', 'db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)', 'db1 = 0')));
    // cells out of sight have no text in the window
    const editor = await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.getCells().find((each) => each.document.getText().includes('def backward_prop'))!;
    editor.revealRange(new vscode.NotebookRange(cell.index, cell.index + 1), vscode.NotebookEditorRevealType.AtTop);
    const [lens] = await lensesOf(cell.document.uri);
    assert.equal((lens!.command!.arguments![0] as vscode.Uri).fsPath, notebook.uri.fsPath);
  });

  it('says why it cannot check, and keeps the diagnostics away', async () => {
    const uri = await write('no_python.py', deep());
    const settings = vscode.workspace.getConfiguration('gradientDebugger');
    await settings.update('python', '/nowhere/python', vscode.ConfigurationTarget.Workspace);
    try {
      await vscode.commands.executeCommand(COMMAND, uri);
      assert.deepEqual(diagnostics(uri), []);
    } finally {
      await settings.update('python', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await vscode.commands.executeCommand(COMMAND, uri);
    assert.equal(diagnostics(uri).length, 1);
  });
});
