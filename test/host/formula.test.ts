// "Check a Formula…" inside a real VS Code: given a text, and with the selection of a Python file.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './until';

const COMMAND = 'gradientDebugger.checkFormula';

function previews(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('markdown.preview'));
}

describe('Check a Formula', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is offered for a selection in Python, and in the palette', async () => {
    await vscode.extensions.getExtension('gradient-debugger.gradient-debugger')!.activate();
    assert.ok((await vscode.commands.getCommands(true)).includes(COMMAND));
    const { menus } = vscode.extensions.getExtension('gradient-debugger.gradient-debugger')!.packageJSON.contributes;
    const [entry] = menus['editor/context'].filter(({ command }: { command: string }) => command === COMMAND);
    assert.match(entry.when, /editorHasSelection/);
    assert.ok(!menus.commandPalette.some(({ command }: { command: string }) => command === COMMAND));
  });

  it('answers on a rendered page', async () => {
    const check = await vscode.commands.executeCommand(COMMAND, { text: 'dA2 = np.sum(A2-Y)/m', loss: 'mse' });
    const { verdict, shouldBe, findings } = check as { verdict: string; shouldBe: string; findings: { rule: string }[] };
    assert.deepEqual([verdict, shouldBe, findings.map(({ rule }) => rule)], ['wrong', 'dA2 = A2 - Y', ['summed', 'constant-factor']]);
    await until('a preview', () => previews().length === 1);
    assert.match(previews()[0]!.label, /dA2/);
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'gradient-debugger-formula');
    assert.ok(document);
    assert.equal(document.languageId, 'markdown');
    assert.match(document.getText(), /^# dA2 is wrong[^]*dA2 = A2 - Y[^]*This is summed/);
  });

  it('takes the selection, asks for the loss, and shows what was chosen', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'python', content: 'def f():\n    dAL = AL - Y\n' });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 4, 1, 16);
    const answer = vscode.commands.executeCommand<{ verdict: string; loss: { name: string; how: string } }>(COMMAND, document.uri);
    // the input box, then the list of losses, whose first is what the formula looks like
    let done = false;
    void answer.then(() => (done = true));
    for (let tries = 0; !done && tries < 100; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    }
    const { verdict, loss } = await answer;
    assert.equal(verdict, 'correct');
    assert.deepEqual(loss, { name: 'mse', how: 'given' });
    await until('a preview', () => previews().length === 1);
  });
});
