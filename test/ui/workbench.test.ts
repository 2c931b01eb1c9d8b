// The package itself: it installs, its folder opens, and its command is where a person looks for it.

import assert from 'node:assert/strict';
import { Editor } from './support/editor';
import { until, type Workbench } from './support/workbench';

const TRAIN = 'Gradient Debugger: Train on This File';

describe('the packaged extension', function () {
  this.timeout(240_000);
  let editor: Editor;
  let workbench: Workbench;

  before(async () => {
    editor = await Editor.start();
    workbench = await editor.open('examples');
  });
  after(async () => editor.stop());

  it('is installed', async () => {
    await workbench.runCommand('Extensions: Show Installed Extensions');
    const row = workbench.page.locator('.extensions-list .extension-list-item', { hasText: 'Gradient Debugger' });
    await row.first().waitFor();
    await workbench.runCommand('View: Show Explorer');
    await workbench.file('quadratic.csv').waitFor();
  });

  it('opens a panel from the menu of a CSV', async () => {
    await workbench.chooseFromMenu('quadratic.csv', TRAIN);
    await until('the tab of the panel', async () => (await workbench.activeTabs()).some((title) => title.endsWith('quadratic.csv') && title !== 'quadratic.csv'));
    await workbench.frameWith('#app');
    await workbench.screenshot('packaged-extension');
  });

  it('leaves other files alone, whose menu is opened after the entry is there', async () => {
    await workbench.file('README.md').click({ button: 'right' });
    await workbench.page.locator('.monaco-menu').getByText('Copy Path', { exact: true }).waitFor();
    assert.equal(await workbench.page.locator('.monaco-menu').getByText(TRAIN).count(), 0);
    await workbench.page.keyboard.press('Escape');
  });

  it('reads the line of the cursor', async () => {
    await workbench.openFile('quadratic.csv');
    await workbench.page.keyboard.press('Control+Home');
    for (let line = 1; line < 5; line++) await workbench.page.keyboard.press('ArrowDown');
    await until('line 5', async () => (await workbench.cursorLine()) === 5);
  });

  it('shows the folder again after a reload of the window', async () => {
    await workbench.reload();
    await workbench.file('quadratic.csv').waitFor();
  });
});
