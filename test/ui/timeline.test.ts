// Through time, as a person goes there: by keys, by dragging, by marks and by playing; against what the command
// line says of runs that end at those iterations.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame } from 'playwright-core';
import { Editor } from './support/editor';
import { fits, until, type Workbench } from './support/workbench';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const FOLDER = resolve('out/ui-timeline-folder');
const TRAIN = 'Gradient Debugger: Train on This File';

interface Result {
  readonly deadOutputs: { readonly count: number; readonly of: number };
  readonly samples: { readonly line: number; readonly target: number; readonly prediction: number; readonly Z: number }[];
  readonly cost: { readonly final: number };
  readonly layers: { readonly Z: number[][]; readonly dZ: number[][] }[];
}

/** What the command line says of a run that ends there. */
function endingAt(iterations: number): Result {
  return JSON.parse(spawnSync(process.execPath, ['dist/cli.js', 'train', join(FOLDER, 'slope.csv'), '--iterations', String(iterations), '--json', '--tensors'], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout) as Result;
}

function makeFolder(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'slope.csv'), `day,height\n${Array.from({ length: 24 }, (_, x) => `${x},${2 * x * x + 5 * x}`).join('\n')}\n`);
  writeFileSync(join(FOLDER, 'start.gradient.json'), JSON.stringify({ data: 'slope.csv', iterations: 0 }));
  const layers = [{ units: 3, activation: 'linear' }, { units: 1, activation: 'linear' }];
  writeFileSync(join(FOLDER, 'explodes.gradient.json'), JSON.stringify({ data: 'slope.csv', layers, optimizer: { name: 'sgd', learningRate: 1 }, normalize: { features: 'none' } }));
}

for (const [theme, colorScheme] of [
  ['Default Dark Modern', 'dark'],
  ['Default Light Modern', 'light'],
] as const) {
  describe(`through time, in ${theme}`, function () {
    this.timeout(90_000);
    let editor: Editor;
    let workbench: Workbench;
    const panel = (): Promise<Frame> => workbench.frameWith('#app[data-state="finished"][data-file="slope.csv"]');
    const press = (key: string): Promise<void> => workbench.page.keyboard.press(key);
    const shownIteration = async (frame: Frame): Promise<number> => Number(await frame.locator('#app').getAttribute('data-iteration'));
    const said = async (frame: Frame): Promise<string> => (await frame.getByTestId('timeline-slider').getAttribute('aria-valuetext')) ?? '';
    const place = async (frame: Frame): Promise<number> => Number(await frame.getByTestId('timeline-slider').inputValue());

    /** The slider's iteration, once charts, table and chain view show it. */
    async function settled(frame: Frame): Promise<number> {
      return until('the panel to follow the slider', async () => {
        const slider = Number(/^iteration ([\d,]+)/.exec(await said(frame))![1]!.replace(/,/g, ''));
        const isEnd = (await frame.getByTestId('timeline-past').innerText()) === '';
        const heading = await frame.locator('[data-testid="table"] h2').innerText();
        const table = isEnd ? !heading.includes('iteration') : heading.includes(`at iteration ${slider.toLocaleString('en-US')} `);
        return (await shownIteration(frame)) === slider && table ? { slider } : undefined;
      }).then(({ slider }) => slider);
    }

    /** Rows as they are in the table: line, target, Z, prediction. */
    async function rows(frame: Frame): Promise<number[][]> {
      return frame.getByTestId('table-row').evaluateAll((all) => all.map((row) => [Number(row.getAttribute('data-line')), ...Array.from(row.querySelectorAll('td[title]'), (cell) => Number(cell.getAttribute('title'))).slice(1)]));
    }

    /** The canvas of a chart, or its left part: the scale. */
    async function pixels(frame: Frame, chart: string, share = 1): Promise<string> {
      return frame.locator(`[data-testid="${chart}"] canvas`).evaluate((canvas: HTMLCanvasElement, part) => {
        const copy = document.createElement('canvas');
        copy.width = Math.floor(canvas.width * part);
        copy.height = canvas.height;
        copy.getContext('2d')!.drawImage(canvas, 0, 0);
        return copy.toDataURL();
      }, share);
    }

    before(async () => {
      makeFolder();
      editor = await Editor.start({ 'workbench.colorTheme': theme });
      workbench = await editor.open(FOLDER, { colorScheme });
    });
    after(() => editor.stop());

    it('moves charts and table by keys, to what a shorter run ends with', async () => {
      await workbench.chooseFromMenu('slope.csv', TRAIN);
      const frame = await panel();
      await frame.getByTestId('table-row').first().waitFor();
      assert.match(await said(frame), /^iteration 2,000 of 2,000: cost [\d,.]+, \d+ of 24 dead/);
      assert.equal(await frame.getByTestId('timeline-past').innerText(), '');
      const charts = ['chart-samples', 'chart-parity', 'chart-cost'];
      const end = await Promise.all(charts.map((chart) => pixels(frame, chart)));
      const scales = await Promise.all(charts.map((chart) => pixels(frame, chart, 0.12)));

      await frame.getByTestId('timeline-slider').focus();
      await press('Home');
      assert.equal(await settled(frame), 0);
      await press('ArrowRight');
      await press('ArrowRight');
      assert.equal(await settled(frame), 2);
      await press('PageUp');
      const iteration = await settled(frame);
      assert.ok(iteration > 10 && iteration < 500, `${iteration}`);
      await press('ArrowLeft');
      const shown = await settled(frame);
      assert.ok(shown < iteration);

      const short = endingAt(shown);
      const { count, of } = short.deadOutputs;
      assert.ok((await said(frame)).startsWith(`iteration ${shown} of 2,000: cost ${short.cost.final.toLocaleString('en-US', { maximumSignificantDigits: 6 })}, ${count} of ${of} dead`), await said(frame));
      assert.match(await frame.getByTestId('timeline-past').innerText(), /showing the past; End returns/);
      assert.ok((await frame.locator('[data-testid="chart-samples"] canvas').getAttribute('aria-label'))!.includes(`${count} of ${of} predictions are dead outputs.`));
      if (await frame.getByTestId('table-all').isVisible()) await frame.getByTestId('table-all').click();
      const expected = short.samples.map(({ line, target, Z, prediction }) => [line, target, Z, prediction]);
      await until('the rows of that moment', async () => JSON.stringify(await rows(frame)) === JSON.stringify(expected));

      const past = await Promise.all(charts.map((chart) => pixels(frame, chart)));
      past.forEach((image, k) => assert.notEqual(image, end[k], `${charts[k]} moves`));
      assert.deepEqual(await Promise.all(charts.map((chart) => pixels(frame, chart, 0.12))), scales, 'scales stay');
      for (const note of await frame.getByTestId('past-note').all()) assert.ok(await note.isVisible());
      await workbench.screenshot(`timeline-past-${colorScheme}`);

      await frame.getByTestId('timeline-slider').focus();
      await press('End');
      assert.equal(await settled(frame), 2000);
      assert.deepEqual(await Promise.all(charts.map((chart) => pixels(frame, chart))), end, 'the end as it was');
      for (const note of await frame.getByTestId('past-note').all()) assert.ok(await note.isHidden());
    });

    it('moves by dragging, keeps the order of the table, and returns by a press', async () => {
      const frame = await panel();
      await frame.getByTestId('table-sort-Z').click();
      const slider = frame.getByTestId('timeline-slider');
      await slider.scrollIntoViewIfNeeded();
      const box = (await slider.boundingBox())!;
      const [right, y] = [box.x + box.width - 7, box.y + box.height / 2];
      await workbench.page.mouse.move(right, y);
      await workbench.page.mouse.down();
      for (let k = 1; k <= 20; k++) await workbench.page.mouse.move(right - (k * box.width) / 50, y);
      const during = await slider.boundingBox();
      await workbench.page.mouse.up();
      assert.deepEqual(during, box, 'the slider stays under the pointer');
      const shown = await settled(frame);
      assert.ok(shown > 50 && shown < 1500, `${shown}`);
      const expected = endingAt(shown).samples.map(({ line, target, Z, prediction }) => [line, target, Z, prediction]).sort((a, b) => a[2]! - b[2]!);
      await until('the rows by Z', async () => JSON.stringify(await rows(frame)) === JSON.stringify(expected));
      await frame.getByTestId('timeline-end').click();
      assert.equal(await settled(frame), 2000);
      assert.equal(await frame.locator('th[aria-sort="ascending"]').innerText(), 'Z[2] ↑');
      assert.equal(await frame.evaluate(() => document.activeElement?.getAttribute('data-testid')), 'timeline-slider', 'the focus is not lost with the button');
    });

    it('jumps to marks, from the list and from the slider, and says what happened', async () => {
      const frame = await panel();
      const marks = frame.getByTestId('timeline-mark');
      assert.ok((await marks.count()) >= 2, `${await marks.count()} marks`);
      const ticks = frame.locator('.ticks .tick');
      for (let k = 0; k < (await marks.count()); k++) {
        const sentence = (await marks.nth(k).getAttribute('title'))!;
        const snapshot = Number(await marks.nth(k).getAttribute('data-snapshot'));
        await marks.nth(k).focus();
        await press('Enter');
        await settled(frame);
        assert.equal(await place(frame), snapshot);
        assert.ok((await said(frame)).includes(sentence), sentence);
        assert.ok((await frame.getByTestId('timeline-facts').innerText()).includes(sentence));
      }
      const titles = await ticks.evaluateAll((all) => all.map((tick) => (tick as HTMLElement).title));
      assert.ok(titles.every((title) => /^Iteration [\d,]+: /.test(title)), titles.join());
      await ticks.first().click();
      const iteration = await settled(frame);
      assert.ok(titles[0]!.startsWith(`Iteration ${iteration.toLocaleString('en-US')}: `));
    });

    it('moves the chain view', async () => {
      const frame = await panel();
      await frame.getByTestId('timeline-slider').focus();
      await press('Home');
      for (let k = 0; k < 4; k++) await press('ArrowRight');
      const shown = await settled(frame);
      assert.equal(shown, 4);
      await frame.locator('[data-testid="table-row"][data-line="14"]').click();
      const values = async (name: string): Promise<number[]> => frame.locator(`[data-testid="chain-link"][data-link="${name}"] .values [title]`).evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('title'))));
      for (const iteration of [4, 5]) {
        const { layers } = endingAt(iteration);
        await until(`the chain at iteration ${iteration}`, async () => (await frame.getByTestId('chain-title').innerText()).startsWith(`Line 14 at iteration ${iteration}: `));
        for (const [k, layer] of layers.entries()) {
          for (const name of ['Z', 'dZ'] as const) {
            const found = await values(`${name}[${k + 1}]`);
            assert.deepEqual(found, layer[name][12]!.slice(0, found.length).map((value) => (value === 0 ? 0 : value)), `${name}[${k + 1}]`);
            assert.ok(found.length > 0);
          }
        }
        await frame.getByTestId('timeline-slider').focus();
        await press('ArrowRight');
      }
    });

    it('plays back and forth, and pauses', async () => {
      const frame = await panel();
      await frame.getByTestId('timeline-slider').focus();
      await press('End');
      await settled(frame);
      await frame.getByTestId('timeline-play').focus();
      await press(' ');
      assert.equal(await frame.getByTestId('timeline-play').getAttribute('aria-label'), 'Pause');
      await until('the beginning', async () => (await place(frame)) < 20);
      const first = await place(frame);
      await until('some way', async () => (await place(frame)) > first + 10);
      await press(' ');
      assert.equal(await frame.getByTestId('timeline-play').getAttribute('aria-label'), 'Play the way back and forth');
      const stopped = await place(frame);
      await settled(frame);
      await workbench.page.waitForTimeout(700);
      assert.equal(await place(frame), stopped);

      await frame.getByTestId('timeline-slider').focus();
      for (const key of ['End', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', ' ']) await press(key);
      await until('the end', async () => (await place(frame)) === 199);
      await until('the way back', async () => (await place(frame)) < 195);
      await press('ArrowLeft');
      const taken = await place(frame);
      await workbench.page.waitForTimeout(700);
      assert.equal(await place(frame), taken, 'who takes the slider ends the playing');
    });

    it('steps instead where no motion is wanted', async () => {
      const frame = await panel();
      await workbench.page.emulateMedia({ reducedMotion: 'reduce', colorScheme });
      await frame.getByTestId('timeline-slider').focus();
      await press('Home');
      const play = frame.getByTestId('timeline-play');
      await until('a step button', async () => (await play.getAttribute('aria-label')) === 'One step on');
      await play.click();
      assert.equal(await place(frame), 10);
      await workbench.page.waitForTimeout(1200);
      assert.equal(await place(frame), 10);
      await play.click();
      assert.equal(await place(frame), 20);
      await workbench.page.emulateMedia({ reducedMotion: 'no-preference', colorScheme });
    });

    it('has no serious accessibility violation in the past', async () => {
      const frame = await panel();
      await settled(frame);
      await frame.evaluate(AXE);
      const found = await frame.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } };
        return (await axe.run()).violations.map(({ id, impact, nodes }) => ({ id, impact, first: nodes[0]!.html }));
      });
      assert.deepEqual(found.filter(({ impact }) => impact === 'serious' || impact === 'critical'), []);
    });

    it('fits a narrow panel', async () => {
      await workbench.page.setViewportSize({ width: 800, height: 900 });
      const frame = await panel();
      await fits(frame);
      await frame.getByTestId('timeline').scrollIntoViewIfNeeded();
      await workbench.screenshot(`timeline-narrow-${colorScheme}`);
      await workbench.page.setViewportSize({ width: 1400, height: 900 });
    });

    it('comes back to the same moment from behind another tab and after a reload, and to the end with a new run', async () => {
      const frame = await panel();
      await frame.getByTestId('timeline-slider').focus();
      await press('PageUp');
      const shown = await settled(frame);
      const line = await frame.getByTestId('chain').getAttribute('data-line');
      const same = async (): Promise<Frame> => {
        const again = await panel();
        await until('the same moment', async () => (await shownIteration(again)) === shown);
        assert.equal(await settled(again), shown);
        await until('its chain', async () => (await again.getByTestId('chain-title').innerText()).includes(`at iteration ${shown}: `));
        assert.equal(await again.getByTestId('chain').getAttribute('data-line'), line);
        return again;
      };
      await workbench.runCommand('View: Focus First Editor Group');
      await workbench.openFile('start.gradient.json');
      await workbench.page.locator('.tab', { hasText: 'Gradients: slope.csv' }).click();
      await same();
      await workbench.reload();
      const again = await same();
      await workbench.screenshot(`timeline-reload-${colorScheme}`);
      const run = await again.locator('#app').getAttribute('data-run');
      await again.getByTestId('field-iterations').fill('300');
      await again.getByTestId('train').click();
      await until('another run', async () => (await again.locator('#app[data-state="finished"]').getAttribute('data-run').catch(() => run)) !== run);
      assert.equal(await settled(again), 300);
      assert.equal(await again.getByTestId('timeline-past').innerText(), '');
    });

    it('is not there for a run without an update', async () => {
      await workbench.chooseFromMenu('start.gradient.json', TRAIN);
      const frame = await until('the panel of start.gradient.json', async () => {
        for (const each of workbench.page.frames()) if ((await each.locator('#app[data-state="finished"][data-iteration="0"]').count().catch(() => 0)) > 0) return each;
        return undefined;
      });
      assert.ok(await frame.getByTestId('timeline').isHidden());
      assert.ok(await frame.getByTestId('chart-samples').isVisible());
    });

    it('goes through a run that diverged', async () => {
      await workbench.chooseFromMenu('explodes.gradient.json', TRAIN);
      const frame = await workbench.frameWith('[data-testid="timeline-mark"][data-kind="diverged"]');
      await frame.getByTestId('timeline-slider').focus();
      await press('Home');
      await settled(frame);
      assert.match(await said(frame), /^iteration 0 of \d+: cost [\d,.]+\b(?!.*dead)/);
      await workbench.screenshot(`timeline-diverged-${colorScheme}`);
      await frame.locator('[data-testid="timeline-mark"][data-kind="diverged"]').click();
      await settled(frame);
      assert.match(await said(frame), /One update later the cost is/);
    });
  });
}
