// Remedies as a person tries them: one, then all, the ranking, the comparison, and keeping one; range test and learning curve.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame } from 'playwright-core';
import { Editor } from './support/editor';
import { until, type Workbench } from './support/workbench';

const TRAIN = 'Gradient Debugger: Train on This File';
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const EXAMPLES = resolve('examples');

interface Ranked {
  readonly rank: number;
  readonly id: string | null;
  readonly outcome: string;
  readonly cost: { readonly training: number };
  readonly times: number | null;
  readonly against: string;
  readonly deadOutputs: { readonly count: number; readonly of: number };
  readonly formula: string[] | null;
}

/** What the command line says of the same file. */
function cli(file: string): Ranked[] {
  const { stdout } = spawnSync(process.execPath, ['dist/cli.js', 'train', join(EXAMPLES, file), '--try-all', '--json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return (JSON.parse(stdout) as { trials: { ranking: Ranked[] } }).trials.ranking;
}

function finished(workbench: Workbench, file = 'quadratic.csv'): Promise<Frame> {
  return workbench.frameWith(`#app[data-state="finished"][data-file="${file}"]`);
}

/** Until nothing is tried any more. */
async function tried(frame: Frame): Promise<void> {
  await until('the trials to end', async () => (await frame.getByTestId('remedies').getAttribute('data-state')) === 'tried');
}

async function ranks(frame: Frame): Promise<(string | null)[]> {
  const rows = await frame.getByTestId('trial-row').all();
  return Promise.all(rows.map((row) => row.getAttribute('data-remedy')));
}

for (const [theme, colorScheme] of [
  ['Default Dark Modern', 'dark'],
  ['Default Light Modern', 'light'],
] as const) {
  describe(`remedies, in ${theme}`, function () {
    this.timeout(90_000);
    let editor: Editor;
    let workbench: Workbench;
    let expected: Ranked[];

    before(async () => {
      expected = cli('quadratic.csv');
      editor = await Editor.start({ 'workbench.colorTheme': theme });
      workbench = await editor.open(EXAMPLES, { colorScheme });
    });
    after(() => editor.stop());

    it('offers what the findings would try', async () => {
      await workbench.chooseFromMenu('quadratic.csv', TRAIN);
      const frame = await finished(workbench);
      const offered = expected.length - 1;
      assert.equal(await frame.getByTestId('try-all').innerText(), `Try all ${offered}`);
      assert.equal(await frame.getByTestId('comparison').isVisible(), false);
      await frame.getByTestId('remedies').scrollIntoViewIfNeeded();
      await workbench.screenshot(`remedies-before-${colorScheme}`);
    });

    it('tries one, and shows it beside the run', async () => {
      const frame = await finished(workbench);
      await frame.getByTestId('untried').locator('summary').click();
      await frame.locator('li[data-remedy="output-linear-scaled"]').getByTestId('try').click();
      await tried(frame);
      assert.deepEqual(await ranks(frame), ['output-linear-scaled', '']);
      const comparison = frame.getByTestId('comparison');
      assert.equal(await comparison.getAttribute('data-remedy'), 'output-linear-scaled');
      const base = expected.find(({ id }) => id === null)!;
      assert.match(await comparison.locator('table').innerText(), new RegExp(`Dead outputs\\s+${base.deadOutputs.count} of 20\\s+0 of 20`));
      assert.match((await comparison.locator('canvas').first().getAttribute('aria-label'))!, /dead outputs as it is, 0 with the remedy/);
      assert.equal(await frame.getByTestId('try-all').innerText(), `Try ${expected.length - 2} more`);
    });

    it('tries one from its finding, and brings the section into sight', async () => {
      const frame = await finished(workbench);
      const remedy = frame.getByTestId('remedy').filter({ visible: true }).first();
      const id = (await remedy.getAttribute('data-remedy'))!;
      await remedy.getByTestId('finding-try').click();
      await frame.locator(`[data-testid="trial-row"][data-remedy="${id}"]`).waitFor();
      await tried(frame);
      assert.equal(await frame.evaluate(() => document.activeElement!.getAttribute('data-testid')), 'remedies');
    });

    it('tries all, and ranks them as the command line does', async () => {
      const frame = await finished(workbench);
      await frame.getByTestId('try-all').click();
      await until('every remedy', async () => (await frame.getByTestId('trial-row').count()) === expected.length && (await frame.getByTestId('remedies').getAttribute('data-state')) === 'tried');
      assert.deepEqual(await ranks(frame), expected.map(({ id }) => id ?? ''));
      for (const { id, times, against, deadOutputs } of expected) {
        const row = frame.locator(`[data-testid="trial-row"][data-remedy="${id ?? ''}"]`);
        assert.equal(await row.getAttribute('data-times'), times === null ? '' : String(times));
        const text = await row.innerText();
        assert.ok(text.includes(against) && text.includes(`${deadOutputs.count} of ${deadOutputs.of}`), text);
      }
      assert.equal(await frame.getByTestId('try-all').isVisible(), false);
      await frame.getByTestId('remedies').evaluate((element) => element.scrollIntoView());
      await workbench.page.waitForTimeout(300);
      await workbench.screenshot(`remedies-ranked-${colorScheme}`);
    });

    it('shows the formula of the polynomial, which cannot be kept', async () => {
      const frame = await finished(workbench);
      const row = frame.locator('[data-testid="trial-row"][data-remedy="polynomial"]');
      await row.click();
      assert.match(await row.innerText(), /y = 3x² \+ 3x/);
      await frame.getByTestId('trial-formula').locator('math').waitFor();
      assert.equal(await frame.getByTestId('keep').count(), 0);
      assert.equal(await row.getByTestId('keep-row').count(), 0);
    });

    it('is moved through by keyboard', async () => {
      const frame = await finished(workbench);
      await frame.locator('[data-testid="trial-row"][aria-current]').focus();
      await workbench.page.keyboard.press('ArrowDown');
      const second = expected[1]!.id!;
      await until('the second row', async () => (await frame.evaluate(() => document.activeElement!.getAttribute('data-remedy'))) === second);
      assert.equal(await frame.getByTestId('comparison').getAttribute('data-remedy'), second);
      await workbench.page.keyboard.press('Tab');
      assert.equal(await frame.evaluate(() => document.activeElement!.getAttribute('data-testid')), 'keep-row');
      await frame.getByTestId('comparison').evaluate((element) => element.scrollIntoView());
      await workbench.page.waitForTimeout(300);
      await workbench.screenshot(`remedies-comparison-${colorScheme}`);
    });

    it('shows it again after it was hidden, and after the window was reloaded', async () => {
      const second = expected[1]!.id!;
      await workbench.openFile('quadratic.gradient.json');
      await workbench.page.locator('.tab', { hasText: 'Gradients: quadratic.csv' }).click();
      let frame = await finished(workbench);
      await until('the ranking', async () => (await frame.getByTestId('trial-row').count()) === expected.length);
      await workbench.reload();
      frame = await finished(workbench);
      await until('the ranking', async () => (await frame.getByTestId('trial-row').count()) === expected.length);
      assert.deepEqual(await ranks(frame), expected.map(({ id }) => id ?? ''));
      assert.equal(await frame.getByTestId('comparison').getAttribute('data-remedy'), second);
    });

    it('finds a learning rate, and tries it', async () => {
      const frame = await finished(workbench);
      await frame.getByTestId('start-range-test').click();
      await frame.getByTestId('try-rate').waitFor();
      assert.match(await frame.getByTestId('range-test-text').innerText(), /falls most steeply at a learning rate of [\d.]+; that of the run, 0\.0075, /);
      await frame.getByTestId('try-rate').click();
      await until('its row', async () => (await frame.getByTestId('trial-row').count()) === expected.length + 1);
      await tried(frame);
    });

    it('draws the learning curve', async () => {
      const frame = await finished(workbench);
      await frame.getByTestId('start-learning-curve').click();
      const reading = frame.getByTestId('learning-curve-text');
      await reading.waitFor();
      assert.match((await reading.getAttribute('data-kind'))!, /^(variance|bias|balanced|unclear)$/);
      await frame.getByTestId('learning-curve').evaluate((element) => element.scrollIntoView({ block: 'end' }));
      await workbench.page.waitForTimeout(300);
      await workbench.screenshot(`remedies-sides-${colorScheme}`);
    });

    it('has no serious violation of accessibility', async () => {
      const frame = await finished(workbench);
      await frame.addScriptTag({ content: AXE }).catch(() => frame.evaluate(AXE));
      const serious = await frame.evaluate(async () => {
        const axe = (window as unknown as { axe: { run(context: unknown): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } }).axe;
        const { violations } = await axe.run('[data-testid="remedies"]');
        return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      });
      assert.deepEqual(serious, []);
    });

    it('keeps one: it is then the current run, and the one before is in the Runs view', async () => {
      const frame = await finished(workbench);
      const before = await frame.locator('#app').getAttribute('data-run');
      await frame.locator('[data-testid="trial-row"][data-remedy="output-linear-scaled"]').getByTestId('keep-row').click();
      await until('another run', async () => (await frame.locator('#app').getAttribute('data-run')) !== before && (await frame.locator('#app').getAttribute('data-state')) === 'finished');
      assert.equal(await frame.getByTestId('field-output-activation').inputValue(), 'linear');
      assert.equal(await frame.getByTestId('trial-row').count(), 0, 'a new run has no trials yet');
      // the same bits as trained from the command line
      const settings = ['--output-activation', 'linear', '--normalize-target', 'standard'];
      const { stdout } = spawnSync(process.execPath, ['dist/cli.js', 'train', join(EXAMPLES, 'quadratic.csv'), ...settings, '--json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
      const final = (JSON.parse(stdout) as { cost: { final: number } }).cost.final;
      assert.ok((await frame.locator('.facts').innerText()).includes(final.toLocaleString('en-US', { maximumSignificantDigits: 6 })));
      await workbench.screenshot(`remedies-kept-${colorScheme}`);
    });

    it('trains the kept experiment again to the same run, and undoes it by the Runs view', async () => {
      const frame = await finished(workbench);
      const facts = await frame.locator('.facts').innerText();
      const before = await frame.locator('#app').getAttribute('data-run');
      await frame.getByTestId('train').click();
      await until('another run', async () => (await frame.locator('#app').getAttribute('data-run')) !== before && (await frame.locator('#app').getAttribute('data-state')) === 'finished');
      assert.equal(await frame.locator('.facts').innerText(), facts);
      await workbench.page.locator('.activitybar').getByRole('tab', { name: 'Gradient Debugger' }).click();
      const runs = workbench.page.locator('.sidebar .tree-explorer-viewlet-tree-view .monaco-list-row');
      await until('three runs', async () => (await runs.count()) === 3);
      await workbench.screenshot(`remedies-runs-${colorScheme}`);
      await runs.last().dblclick();
      await until('the first run with its trials', async () => (await (await finished(workbench)).getByTestId('trial-row').count()) === expected.length + 1);
      assert.equal(await (await finished(workbench)).getByTestId('field-output-activation').inputValue(), 'relu');
    });
  });
}
