// The editor beside the panel, as a person sees and uses it: lenses, marks in the gutter, problems, runs, the walkthrough.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator } from 'playwright-core';
import { Editor } from './support/editor';
import { until, type Workbench } from './support/workbench';

const FOLDER = resolve('out/ui-views-folder');

/** Dead outputs by the rule of the example, one line that cannot be used, and a training that takes long. */
function makeFolder(): void {
  mkdirSync(FOLDER, { recursive: true });
  const rows = Array.from({ length: 20 }, (_, x) => `${x},${3 * x * x + 3 * x}`);
  rows.splice(15, 0, '14.5,');
  writeFileSync(join(FOLDER, 'stones.csv'), `x,y\n${rows.join('\n')}\n`);
  writeFileSync(join(FOLDER, 'long.gradient.json'), JSON.stringify({ data: 'stones.csv', iterations: 500_000_000 }));
}

for (const [theme, colorScheme] of [
  ['Default Dark Modern', 'dark'],
  ['Default Light Modern', 'light'],
] as const) {
  describe(`the editor beside the panel, in ${theme}`, function () {
    this.timeout(240_000);
    let editor: Editor;
    let workbench: Workbench;

    before(async () => {
      makeFolder();
      editor = await Editor.start({ 'workbench.colorTheme': theme });
      workbench = await editor.open(FOLDER, { colorScheme });
    });
    after(() => editor.stop());

    const lens = (text: string): Locator => workbench.page.locator('.codelens-decoration a', { hasText: text });
    const runs = (): Locator => workbench.page.locator('.sidebar .tree-explorer-viewlet-tree-view .monaco-list-row');
    const showRuns = async (): Promise<void> => {
      if (await runs().first().isVisible().catch(() => false)) return;
      await workbench.page.locator('.activitybar').getByRole('tab', { name: 'Gradient Debugger' }).click();
    };

    it('offers to train where there is no run yet', async () => {
      await workbench.page.locator('.activitybar').getByRole('tab', { name: 'Gradient Debugger' }).click();
      const welcome = workbench.page.locator('.welcome-view-content');
      await welcome.getByRole('button', { name: 'Train on a CSV' }).waitFor();
      await workbench.screenshot(`runs-empty-${colorScheme}`);
      await workbench.page.locator('.activitybar').getByRole('tab', { name: /Explorer/ }).click();
    });

    it('checks and trains by the lenses above the header', async () => {
      await workbench.openFile('stones.csv');
      await lens('Check gradients').click();
      await workbench.frameWith('#app[data-state="finished"]');
      await lens('Last run:').waitFor();
      const before = await lens('Last run:').innerText();
      await lens('Train').first().click();
      await until('another last run', async () => (await lens('Last run:').innerText()) !== before);
      assert.match(await lens('Last run:').innerText(), /Last run: \d+ of 20 dead/);
    });

    it('marks dead and skipped lines in the gutter, with a hover by mouse and by keyboard', async () => {
      await workbench.page.locator('.tab[data-resource-name="stones.csv"]').click();
      const dead = Number(/(\d+) of 20 dead/.exec(await lens('Last run:').innerText())![1]);
      await until('a mark on each line', async () => (await workbench.page.locator('.margin-view-overlays .cgmr[class*="ced-"]').count()) >= dead || (await workbench.page.locator('.glyph-margin-widgets .cgmr').count()) >= dead + 1);
      await workbench.page.locator('.view-line', { hasText: /^3,36$/ }).locator('span').last().hover();
      const hover = workbench.page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: 'Prediction' });
      await hover.first().waitFor();
      assert.match(await hover.first().innerText(), /Dead output\s+Z\[2\]\s+Prediction\s+Target\s+−[\d,.]+\s+0\s+36/);
      await workbench.screenshot(`gutter-hover-${colorScheme}`);
      // the hover lies over the lines below it
      await workbench.page.keyboard.press('Escape');
      await workbench.page.locator('.statusbar').hover();
      await workbench.page.locator('.view-line', { hasText: /^14\.5,$/ }).click();
      await workbench.page.keyboard.press('Control+K');
      await workbench.page.keyboard.press('Control+I');
      const reason = workbench.page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: 'Skipped line' });
      await reason.first().waitFor();
      assert.match(await reason.first().innerText(), /It gave no sample: no value in column "y"/);
      await workbench.screenshot(`skipped-hover-${colorScheme}`);
      await workbench.page.keyboard.press('Escape');
    });

    it('lists them as problems, which open their lines by keyboard', async () => {
      await workbench.page.keyboard.press('Control+Shift+M');
      const rows = workbench.page.locator('.markers-panel .monaco-list-row');
      await rows.filter({ hasText: 'Dead output: Z[2]' }).first().waitFor();
      await rows.filter({ hasText: 'This line was skipped' }).first().waitFor();
      await workbench.screenshot(`problems-${colorScheme}`);
      await rows.filter({ hasText: 'This line was skipped' }).click();
      await workbench.page.keyboard.press('Enter');
      await until('line 17', async () => (await workbench.cursorLine().catch(() => 0)) === 17);
      await workbench.page.locator('.editor-instance .monaco-editor.focused').waitFor();
      await workbench.runCommand('View: Hide Panel');
    });

    it('keeps every run in the Runs view, also after a reload of the window', async () => {
      await showRuns();
      await until('two runs', async () => (await runs().count()) === 2);
      const texts = await runs().allInnerTexts();
      assert.match(texts[0]!.replace(/\s+/g, ' '), /stones\.csv.*\d+ of 20 dead · cost [\d,]+ → [\d,]+ · \d\d:\d\d/);
      assert.match(texts[1]!, /check only/);
      await workbench.screenshot(`runs-${colorScheme}`);
      await workbench.page.locator('.activitybar').getByRole('tab', { name: /Explorer/ }).click();
      await workbench.reload();
      await showRuns();
      await until('two runs', async () => (await runs().count()) === 2);
    });

    it('compares two runs that are selected', async () => {
      await runs().nth(0).click();
      await workbench.frameWith('#app[data-state="finished"]');
      await runs().nth(1).click({ modifiers: ['Control'] });
      await runs().nth(1).click({ button: 'right' });
      await workbench.page.waitForTimeout(600);
      await workbench.page.locator('.monaco-menu .action-label', { hasText: 'Compare' }).click();
      const frame = await workbench.frameWith('#compare');
      const text = await frame.locator('#compare').innerText();
      assert.match(text, /Dead outputs\s+\d+ of 20 dead\s+\d+ of 20 dead/);
      assert.match(text, /iterations\s+0\s+2000/, 'the older one first');
      assert.match(text, /dW\[1\]/);
      await workbench.screenshot(`compare-${colorScheme}`);
      await frame.locator('#compare').evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      await workbench.screenshot(`compare-bottom-${colorScheme}`);
      await frame.locator('[data-open="1"]').click();
      await until('the panel', async () => (await workbench.activeTabs()).includes('Gradients: stones.csv'));
    });

    it('copies a run as an experiment, and deletes it by key', async () => {
      await runs().nth(1).hover();
      await runs().nth(1).getByRole('button', { name: 'Copy as Experiment' }).click();
      await workbench.page.locator('.tab.active', { hasText: 'stones.gradient.json' }).waitFor();
      await until('its text', async () => (await workbench.page.locator('.view-lines').allInnerTexts()).some((text) => text.replace(/\s/g, ' ').includes('"iterations": 0')));
      await workbench.screenshot(`copied-${colorScheme}`);
      const [kept] = await runs().allInnerTexts();
      await runs().nth(1).click();
      await runs().nth(1).focus().catch(() => undefined);
      await workbench.page.keyboard.press('Delete');
      await until('one run', async () => (await runs().count()) === 1);
      assert.equal((await runs().allInnerTexts())[0], kept);
    });

    it('shows a training in the status bar, which leads to its panel', async () => {
      await workbench.page.locator('.activitybar').getByRole('tab', { name: /Explorer/ }).click();
      await workbench.chooseFromMenu('long.gradient.json', 'Gradient Debugger: Train on This File');
      const item = workbench.page.locator('.statusbar-item', { hasText: /Iteration [\d,]+ of 500,000,000 · cost/ });
      await item.waitFor();
      await workbench.openFile('stones.csv');
      await workbench.screenshot(`status-${colorScheme}`);
      await item.locator('a').click();
      const frame = await workbench.frameWith('#app[data-state="training"]');
      await frame.getByTestId('stop').click();
      await item.waitFor({ state: 'detached' });
    });

    it('walks a newcomer through the example', async () => {
      await workbench.runCommand('View: Close All Editors');
      await workbench.page.locator('.dialog-buttons').getByText("Don't Save").click({ timeout: 3000 }).catch(() => undefined);
      await workbench.runCommand('Welcome: Open Walkthrough...');
      const input = workbench.page.locator('.quick-input-widget input').first();
      await input.fill('See where a gradient stops');
      await workbench.page.keyboard.press('Enter');
      const step = (name: string): Locator => workbench.page.locator('.getting-started-step', { hasText: name });
      await step('Open the example').waitFor();
      await workbench.page.waitForTimeout(1500);
      await workbench.screenshot(`walkthrough-1-${colorScheme}`);
      for (const [k, name] of ['Train on it', 'Read the verdict', 'See it in the file', 'Try a cure and compare'].entries()) {
        await step(name).click();
        await workbench.page.waitForTimeout(800);
        await workbench.screenshot(`walkthrough-${k + 2}-${colorScheme}`);
      }
      await step('Open the example').click();
      await step('Open the example').getByRole('button', { name: 'Open the Example' }).click();
      await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Open it as it is' }).click();
      await workbench.page.locator('.tab.active[data-resource-name="quadratic.csv"]').waitFor();
      await lens('Train').first().waitFor();
    });
  });
}
