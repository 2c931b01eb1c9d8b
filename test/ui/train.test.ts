// What a person does, on the package that a person gets: right-click a CSV, read the panel, click a dead sample.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame } from 'playwright-core';
import { Editor } from './support/editor';
import { until, type Workbench } from './support/workbench';

const TRAIN = 'Gradient Debugger: Train on This File';
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const FOLDER = resolve('out/ui-folder');

interface Result {
  readonly verdict: { readonly text: string };
  readonly deadOutputs: { readonly count: number; readonly of: number; readonly lines: number[] };
  readonly samples: { readonly line: number; readonly target: number; readonly prediction: number; readonly Z: number }[];
  readonly cost: { readonly final: number };
  readonly gradientCheck: { readonly layers: Record<'dW' | 'db', { readonly relativeDifference: number; readonly verdict: string; readonly exact: { readonly toAnalytic: number } }>[] };
}

/** What the command line says of the same file. */
function cli(file: string): Result {
  return JSON.parse(spawnSync(process.execPath, ['dist/cli.js', 'train', join(FOLDER, file), '--json'], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout) as Result;
}

/** The frame of a file's panel once its run is finished. */
function finished(workbench: Workbench, file = 'parabola.csv'): Promise<Frame> {
  return workbench.frameWith(`#app[data-state="finished"][data-file="${file}"]`);
}

async function texts(frame: Frame, testid: string): Promise<string[]> {
  return frame.getByTestId(testid).allInnerTexts();
}

/** A folder whose data nobody has seen before: made anew, by a rule that is not that of the example. */
function makeFolder(): void {
  mkdirSync(FOLDER, { recursive: true });
  const rows = Array.from({ length: 24 }, (_, x) => `${x};${2 * x * x + 5 * x}`);
  writeFileSync(join(FOLDER, 'parabola.csv'), `day;height\n${rows.join('\n')}\n`);
  writeFileSync(join(FOLDER, 'long.gradient.json'), JSON.stringify({ data: 'parabola.csv', iterations: 100_000_000 }));
  writeFileSync(join(FOLDER, 'constant.csv'), 'x,z,y\n1,3,5\n2,5,5\n3,8,5\n');
  const large = Array.from({ length: 100_000 }, (_, i) => `${i % 97},${i % 89},${(i % 97) - 40}`);
  writeFileSync(join(FOLDER, 'large.csv'), `a,b,y\n${large.join('\n')}\n`);
  writeFileSync(join(FOLDER, 'flowers.tsv'), `length\tcolour\tkind\n${Array.from({ length: 30 }, (_, i) => `${(i % 3) * 2 + (i % 7) / 10}\t${i % 2 ? 'red' : 'blue'}\t${['rose', 'tulip', 'lily'][i % 3]}`).join('\n')}\n`);
}

for (const [theme, colorScheme] of [
  ['Default Dark Modern', 'dark'],
  ['Default Light Modern', 'light'],
] as const) {
  describe(`training, in ${theme}`, function () {
    this.timeout(240_000);
    let editor: Editor;
    let workbench: Workbench;

    before(async () => {
      makeFolder();
      editor = await Editor.start({ 'workbench.colorTheme': theme });
      workbench = await editor.open(FOLDER, { colorScheme });
    });
    after(() => editor.stop());

    it('shows what the command line says', async () => {
      const expected = cli('parabola.csv');
      await workbench.chooseFromMenu('parabola.csv', TRAIN);
      const clicked = Date.now();
      const frame = await finished(workbench);
      const start = await frame.evaluate(() => performance.getEntriesByName('gradient-debugger:first-chart')[0]!.startTime + performance.timeOrigin);
      console.log(`      from the click to the first chart: ${((start - clicked) / 1000).toFixed(2)} s`);

      assert.ok((await frame.getByTestId('verdict').innerText()).startsWith(expected.verdict.text));
      assert.ok(expected.deadOutputs.count > 0, 'the data make dead outputs');
      const rows = await frame.getByTestId('table-row').all();
      assert.equal(rows.length, Math.min(expected.deadOutputs.count, rows.length));
      assert.deepEqual(await Promise.all(rows.map(async (row) => Number(await row.getAttribute('data-line')))), expected.deadOutputs.lines.slice(0, rows.length));
      for (const row of rows) {
        const line = Number(await row.getAttribute('data-line'));
        const sample = expected.samples.find((each) => each.line === line)!;
        const titles = await row.locator('td[title]').evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('title'))));
        assert.deepEqual(titles, [line - 2, sample.target, sample.Z, sample.prediction], 'every number at full precision');
      }
      const check = await frame.getByTestId('check-row').all();
      assert.equal(check.length, 4);
      for (const row of check) {
        const layer = expected.gradientCheck.layers[Number(await row.getAttribute('data-layer')) - 1]!;
        const { relativeDifference, verdict } = layer[(await row.getAttribute('data-parameter')) as 'dW' | 'db'];
        assert.equal(await row.getAttribute('data-verdict'), verdict);
        assert.ok((await row.innerText()).includes(relativeDifference.toExponential(2).replace('e+', 'e')));
        const { toAnalytic } = layer[(await row.getAttribute('data-parameter')) as 'dW' | 'db'].exact;
        assert.ok((await row.innerText()).includes(toAnalytic === 0 ? '\t0\t' : toAnalytic.toExponential(2)), 'the second witness');
      }
      assert.match(await frame.getByTestId('gradient-check').innerText(), /Checked: all 49 parameters on all \d+ samples\./);
      await workbench.screenshot(`parabola-${colorScheme}`);
    });

    it('opens the line of a dead sample', async () => {
      const frame = await finished(workbench);
      const row = frame.getByTestId('table-row').nth(1);
      const line = Number(await row.getAttribute('data-line'));
      await row.click();
      await workbench.page.locator('.tab.active[data-resource-name="parabola.csv"]').waitFor();
      await until(`the cursor on line ${line}`, async () => (await workbench.cursorLine().catch(() => 0)) === line);
      await workbench.screenshot(`line-${colorScheme}`);
    });

    it('sorts, and works by keyboard', async () => {
      const frame = await finished(workbench);
      await frame.getByTestId('table-sort-Z').focus();
      await workbench.page.keyboard.press('Enter');
      await until('the order of Z', async () => {
        const values = (await frame.getByTestId('table-row').all()).map(async (row) => Number(await row.locator('td').nth(3).getAttribute('title')));
        const order = await Promise.all(values);
        return order.length > 0 && order.every((z, k) => k === 0 || order[k - 1]! <= z);
      });
      assert.equal(await frame.locator('th[aria-sort="ascending"]').innerText(), 'Z[2] ↑');
      await frame.getByTestId('table-row').first().focus();
      await workbench.page.keyboard.press('ArrowDown');
      const line = Number(await frame.evaluate(() => document.activeElement!.getAttribute('data-line')));
      assert.ok(line > 0);
      await workbench.page.keyboard.press('Enter');
      await until(`the cursor on line ${line}`, async () => (await workbench.cursorLine().catch(() => 0)) === line);
    });

    it('runs no script and takes no style but its own', async () => {
      const frame = await finished(workbench);
      const policy = await frame.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
      assert.match(policy!, /^default-src 'none'; style-src (?!.*unsafe)[^;]+; script-src 'nonce-[\w+/=]+'; img-src [^;]+ data:$/);
      const blocked = await frame.evaluate(async () => {
        const violation = new Promise<string>((resolve) => document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true }));
        const script = document.createElement('script');
        script.textContent = 'window.injected = true';
        document.body.append(script);
        const directive = await violation;
        script.remove();
        return { directive, ran: 'injected' in window };
      });
      assert.deepEqual(blocked, { directive: 'script-src-elem', ran: false });
    });

    it('has no serious accessibility violation', async () => {
      const frame = await finished(workbench);
      await frame.evaluate(AXE);
      const violations = await frame.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } };
        return (await axe.run()).violations.map(({ id, impact, nodes }) => ({ id, impact, first: nodes[0]!.html }));
      });
      assert.deepEqual(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical'), []);
    });

    it('trains again in place with another output activation, and is the same after a reload of the window', async () => {
      const frame = await finished(workbench);
      const before = await frame.locator('#app').getAttribute('data-run');
      await frame.getByTestId('field-output-activation').selectOption('leaky-relu');
      await frame.getByTestId('field-output-slope').fill('0.2');
      await frame.getByTestId('field-clip').fill('100');
      await frame.getByTestId('field-learning-rate-decay').fill('0.001');
      await frame.getByTestId('train').click();
      await until('another run', async () => (await frame.locator('#app').getAttribute('data-run')) !== before && (await frame.locator('#app').getAttribute('data-state')) === 'finished');
      const verdict = await frame.getByTestId('verdict').innerText();
      assert.ok(!verdict.includes('dead:'), verdict);
      const facts = await frame.locator('.facts').innerText();

      await workbench.reload();
      const again = await finished(workbench);
      assert.equal(await again.getByTestId('verdict').innerText(), verdict);
      assert.equal(await again.locator('.facts').innerText(), facts);
      assert.equal(await again.getByTestId('field-output-activation').inputValue(), 'leaky-relu');
      assert.equal(await again.getByTestId('field-output-slope').inputValue(), '0.2');
      assert.equal(await again.getByTestId('field-clip').inputValue(), '100');
      assert.equal(await again.getByTestId('field-learning-rate-decay').inputValue(), '0.001');
    });

    it('survives being hidden behind another tab', async () => {
      const before = await (await finished(workbench)).locator('#app').getAttribute('data-run');
      await workbench.runCommand('View: Focus First Editor Group');
      await workbench.openFile('constant.csv');
      await workbench.page.locator('.tab', { hasText: 'Gradients: parabola.csv' }).click();
      assert.equal(await (await finished(workbench)).locator('#app').getAttribute('data-run'), before);
    });

    it('survives being moved to another group', async () => {
      const before = await (await finished(workbench)).locator('#app').getAttribute('data-run');
      await workbench.runCommand('View: Move Editor into Next Group');
      await workbench.page.waitForTimeout(500);
      assert.equal(await (await finished(workbench)).locator('#app').getAttribute('data-run'), before);
      await workbench.runCommand('View: Move Editor into Previous Group');
    });

    it('saves the experiment as a file that gives the same run', async () => {
      const frame = await finished(workbench);
      await frame.getByTestId('save-experiment').click();
      const name = workbench.page.locator('.quick-input-widget input').first();
      await until('the name of the file', async () => /parabola\.gradient\.json$/.test(await name.inputValue()));
      await workbench.page.keyboard.press('Enter');
      await workbench.page.locator('.tab.active[data-resource-name="parabola.gradient.json"]').waitFor();
      const saved = join(workbench.folder, 'parabola.gradient.json');
      assert.equal((JSON.parse(readFileSync(saved, 'utf8')) as { data: string }).data, 'parabola.csv');
      const again = JSON.parse(spawnSync(process.execPath, ['dist/cli.js', 'train', saved, '--json'], { encoding: 'utf8' }).stdout) as Result;
      await workbench.page.locator('.tab', { hasText: 'Gradients: parabola.csv' }).click();
      const facts = await (await finished(workbench)).locator('.facts').innerText();
      assert.ok(facts.includes(again.cost.final.toLocaleString('en-US', { maximumSignificantDigits: 6 })), `${facts}: ${again.cost.final}`);
    });

    it('cancels a long run from its notification and keeps what was trained', async () => {
      await workbench.chooseFromMenu('long.gradient.json', TRAIN);
      const frame = await workbench.frameWith('#app[data-state="training"]');
      assert.match((await texts(frame, 'progress'))[0]!, /\d+ % · iteration [\d,]+ of 100,000,000/);
      await until('the notification', async () => (await workbench.notifications()).some((text) => /Training on long\.gradient\.json.*\d+ %/.test(text)));
      await workbench.screenshot(`training-${colorScheme}`);
      await workbench.pressInNotification('Cancel');
      const stopped = await finished(workbench);
      assert.match(await stopped.locator('.facts').innerText(), /stopped after [\d,]+ of 100,000,000 iterations/);
    });

    it('goes on after a reload of the window with a training that was under way', async () => {
      await (await finished(workbench)).getByTestId('train').click();
      await workbench.frameWith('#app[data-state="training"]');
      await workbench.reload();
      const frame = await workbench.frameWith('#app[data-state="training"]');
      await frame.getByTestId('stop').click();
      await finished(workbench);
    });

    it('says what is wrong with a file, and takes another target', async () => {
      await workbench.chooseFromMenu('constant.csv', TRAIN);
      const frame = await workbench.frameWith('#app[data-state="failed"]');
      assert.match((await texts(frame, 'failed'))[0]!, /The target "y" is 5 in every sample/);
      await workbench.screenshot(`failed-${colorScheme}`);
      await frame.getByTestId('failed-target').selectOption('z');
      await frame.getByTestId('failed-train').click();
      await until('a run', async () => (await frame.locator('#app').getAttribute('data-state')) === 'finished');
      assert.equal(await frame.getByTestId('field-target').inputValue(), 'z');
    });

    it('scrolls through a hundred thousand samples', async () => {
      await workbench.chooseFromMenu('large.csv', TRAIN);
      const frame = await finished(workbench, 'large.csv');
      assert.match(await frame.locator('.facts').innerText(), /100,000 samples/);
      await frame.getByTestId('table-row').first().waitFor();
      await frame.locator('.rows').evaluate((view) => (view.scrollTop = view.scrollHeight));
      await until('the last line', async () => (await frame.locator('[data-testid="table-row"][data-line="100001"]').count()) === 1);
      assert.ok((await frame.getByTestId('table-row').count()) < 100);
      await workbench.screenshot(`large-${colorScheme}`);
    });

    it('takes a text column as target: one output a class', async () => {
      await workbench.chooseFromMenu('flowers.tsv', TRAIN);
      const frame = await finished(workbench, 'flowers.tsv');
      await frame.getByTestId('field-target').selectOption('kind');
      await frame.getByTestId('train').click();
      await frame.getByTestId('output').waitFor();
      assert.deepEqual(await frame.getByTestId('output').locator('option').allInnerTexts(), ['kind=lily', 'kind=rose', 'kind=tulip']);
      assert.equal(await frame.getByTestId('field-output-activation').inputValue(), 'softmax');
      await workbench.screenshot(`classes-${colorScheme}`);
    });
  });
}
