// The chain rule on one sample and the exports, as a person uses them: by mouse, by keyboard, in a narrow panel.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame } from 'playwright-core';
import { Editor } from './support/editor';
import { fits, until, type Workbench } from './support/workbench';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const FOLDER = resolve('out/ui-chain-folder');

interface Layer {
  readonly Z: number[][];
  readonly dA: number[][];
  readonly dZ: number[][];
}

/** What the command line says of the same file. */
function cli(...words: string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['dist/cli.js', ...words], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.notEqual(status, 2, stderr);
  return stdout;
}

function makeFolder(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'slope.csv'), `day,height\n${Array.from({ length: 24 }, (_, x) => `${x},${2 * x * x + 5 * x}`).join('\n')}\n`);
}

for (const [theme, colorScheme] of [
  ['Default Light Modern', 'light'],
  ['Default High Contrast', 'dark'],
] as const) {
  describe(`one sample, in ${theme}`, function () {
    this.timeout(240_000);
    let editor: Editor;
    let workbench: Workbench;
    const violations: string[] = [];
    const panel = (): Promise<Frame> => workbench.frameWith('#app[data-state="finished"][data-file="slope.csv"]');
    const shownLine = async (frame: Frame): Promise<number> => Number(await frame.getByTestId('chain').getAttribute('data-line'));

    /** Full-precision values of a link, from their tooltips. */
    async function values(frame: Frame, name: string): Promise<number[]> {
      return frame.locator(`[data-testid="chain-link"][data-link="${name}"] .values [title]`).evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('title'))));
    }

    before(async () => {
      makeFolder();
      editor = await Editor.start({ 'workbench.colorTheme': theme });
      workbench = await editor.open(FOLDER, { colorScheme });
      workbench.page.on('console', (message) => {
        if (/Content Security Policy/.test(message.text()) && /style|script/.test(message.text()) && /panel\.(js|css)/.test(message.location().url)) violations.push(message.text());
      });
    });
    after(() => editor.stop());

    it('offers the dead output that is farthest from its target, and shows where its chain stops', async () => {
      await workbench.chooseFromMenu('slope.csv', 'Gradient Debugger: Train on This File');
      const frame = await panel();
      await frame.getByTestId('chain-first').click();
      await frame.getByTestId('chain-link').first().waitFor();
      const { samples, deadOutputs } = JSON.parse(cli('train', join(FOLDER, 'slope.csv'), '--json')) as { samples: { line: number; target: number; Z: number }[]; deadOutputs: { lines: number[] } };
      const dead = samples.filter(({ line }) => deadOutputs.lines.includes(line));
      const worst = dead.reduce((most, each) => (each.target > most.target ? each : most));
      assert.equal(await shownLine(frame), worst.line);
      assert.equal((await frame.getByTestId('chain-stop').innerText()).trim(), `g'(Z[2]) = 0 because Z[2] = ${Number(worst.Z.toPrecision(5))}: the chain stops here.`);
      assert.deepEqual(await frame.locator('[data-stops]').evaluateAll((all) => all.map((each) => each.getAttribute('data-link'))), ["g'(Z[2])"]);
      assert.ok((await frame.locator('[data-testid="chain"] .formula.display .zero').count()) > 0, 'the factor that is 0 is marked in the formula');
      await frame.getByTestId('chain').scrollIntoViewIfNeeded();
      await workbench.screenshot(`chain-${colorScheme}`);
    });

    it('shows the numbers of the command line for a row that is clicked, and marks the row', async () => {
      const frame = await panel();
      await frame.getByTestId('table-all').click();
      await frame.getByTestId('table-sort-target').click();
      await frame.getByTestId('table-sort-target').click();
      await until('the largest target first', async () => (await frame.getByTestId('table-row').first().getAttribute('data-line')) === '25');
      await frame.getByTestId('table-row').first().click();
      await until('its chain', async () => (await shownLine(frame)) === 25);
      const { layers } = JSON.parse(cli('train', join(FOLDER, 'slope.csv'), '--json', '--tensors')) as { layers: Layer[] };
      for (const [k, layer] of layers.entries()) {
        for (const name of ['Z', 'dA', 'dZ'] as const) {
          const shown = await values(frame, `${name}[${k + 1}]`);
          assert.deepEqual(shown, layer[name][23]!.slice(0, shown.length).map((value) => (value === 0 ? 0 : value)), `${name}[${k + 1}]`);
          assert.ok(shown.length > 0);
        }
      }
      assert.equal(await frame.locator('tr[aria-current="true"]').getAttribute('data-line'), '25');
      assert.equal(await workbench.cursorLine(), 25);
    });

    it('works by keyboard', async () => {
      const frame = await panel();
      await frame.getByTestId('table-row').nth(2).focus();
      const line = Number(await frame.getByTestId('table-row').nth(2).getAttribute('data-line'));
      await workbench.page.keyboard.press('Enter');
      await until(`the chain of line ${line}`, async () => (await shownLine(frame)) === line);
      await frame.getByTestId('chain-previous').focus();
      await workbench.page.keyboard.press('Enter');
      await until('the sample before', async () => (await shownLine(frame)) === line - 1);
      await workbench.page.keyboard.press('Tab');
      await workbench.page.keyboard.press(' ');
      await until('the sample after', async () => (await shownLine(frame)) === line);
    });

    it('follows a point of a chart', async () => {
      const frame = await panel();
      const canvas = frame.locator('[data-testid="chart-parity"] canvas');
      await canvas.scrollIntoViewIfNeeded();
      const box = (await canvas.boundingBox())!;
      const before = await shownLine(frame);
      await workbench.page.mouse.click(box.x + box.width * 0.9, box.y + box.height * 0.3);
      await until('another sample', async () => (await shownLine(frame)) !== before);
    });

    it('breaks no rule of the page, and has no serious accessibility violation', async () => {
      const frame = await panel();
      await frame.evaluate(AXE);
      const found = await frame.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } };
        return (await axe.run()).violations.map(({ id, impact, nodes }) => ({ id, impact, first: nodes[0]!.html }));
      });
      assert.deepEqual(found.filter(({ impact }) => impact === 'serious' || impact === 'critical'), []);
      assert.deepEqual(violations, []);
      assert.ok((await frame.locator('[data-testid="chain"] math').count()) > 10);
    });

    it('fits a narrow panel', async () => {
      await workbench.page.setViewportSize({ width: 1000, height: 900 });
      const frame = await panel();
      await fits(frame);
      await frame.getByTestId('chain').scrollIntoViewIfNeeded();
      await workbench.screenshot(`chain-narrow-${colorScheme}`);
      await workbench.page.setViewportSize({ width: 1400, height: 900 });
    });

    it('is there again after a reload of the window', async () => {
      const before = await shownLine(await panel());
      await workbench.reload();
      const frame = await panel();
      await until('the same sample', async () => (await shownLine(frame)) === before);
    });

    for (const [command, as, name] of [
      ['Export as NumPy…', 'numpy', 'slope_numpy.py'],
      ['Export as PyTorch…', 'pytorch', 'slope_pytorch.py'],
      ['Export Report…', 'report', 'slope_report.html'],
    ] as const) {
      it(`writes what the command line writes: ${command}`, async () => {
        await workbench.page.locator('.tab', { hasText: 'Gradients: slope.csv' }).click();
        await panel();
        await workbench.runCommand(`Gradient Debugger: ${command}`);
        const input = workbench.page.locator('.quick-input-widget input').first();
        await until('the name of the file', async () => (await input.inputValue()).endsWith(name));
        await workbench.page.keyboard.press('Enter');
        const written = join(workbench.folder, name);
        await until('the file', async () => existsSync(written) && readFileSync(written).length > 0);
        const expected = join(FOLDER, name);
        cli('export', join(FOLDER, 'slope.csv'), '--as', as, '--out', expected);
        const without = (path: string): string => readFileSync(path, 'utf8').replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/, '');
        if (as === 'report') await until('the message', async () => (await workbench.notifications()).some((text) => text.includes(`${name} is written`)));
        else await workbench.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
        assert.equal(without(written), without(expected));
      });
    }
  });
}
