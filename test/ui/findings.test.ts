// The findings as a person reads them: the main one below the verdict, the others opened by key, each number that of the command line.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { ruleNames, type Finding } from '../../src/diagnosis/finding';
import { Editor } from './support/editor';
import { fits, until, type Workbench } from './support/workbench';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const FOLDER = resolve('out/ui-findings-folder');
const TRAIN = 'Gradient Debugger: Train';

interface Result {
  readonly verdict: { readonly severity: string; readonly text: string };
  readonly findings: Finding[];
  readonly cost: { readonly final: number };
  readonly gradientCheck: { readonly layers: Record<'dW' | 'db', { readonly relativeDifference: number | null }>[] };
}

const results = new Map<string, Result>();

/** What the command line says of the same file. */
function cli(file: string): Result {
  const known = results.get(file);
  if (known) return known;
  const { stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', 'train', join(FOLDER, file), '--json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.notEqual(stdout, '', stderr);
  const result = JSON.parse(stdout) as Result;
  results.set(file, result);
  return result;
}

function makeFolder(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const name of ['quadratic.csv', 'quadratic.gradient.json', 'penguins.csv', 'penguins.gradient.json']) cpSync(resolve('examples', name), join(FOLDER, name));
  const experiment = (name: string, content: object): void => writeFileSync(join(FOLDER, `${name}.gradient.json`), JSON.stringify(content));
  // a column twice, one that is constant, an outlier, a cell missing, nothing scaled, sigmoid after sigmoid, and a ReLU that dies
  const houses = Array.from({ length: 120 }, (_, i) => {
    const area = 400 + ((i * 911) % 3600);
    const rooms = 1 + (i % 6);
    return `${area},${area},${rooms},7,${i === 60 ? 900_000 : i === 40 ? '' : 60 + Math.round(0.11 * area + 9 * rooms)}`;
  });
  writeFileSync(join(FOLDER, 'houses_of_the_northern_and_the_eastern_survey.csv'), `area,area_copy,rooms,constant,price\n${houses.join('\n')}\n`);
  const sigmoid = { units: 8, activation: 'sigmoid' };
  experiment('houses', { data: 'houses_of_the_northern_and_the_eastern_survey.csv', target: 'price', features: ['area', 'area_copy', 'rooms', 'constant'], layers: [sigmoid, sigmoid, sigmoid, { units: 1, activation: 'relu' }], optimizer: { name: 'sgd', learningRate: 0.01 }, iterations: 300, normalize: { features: 'none', target: 'none' } });
  writeFileSync(join(FOLDER, 'wave.csv'), `t,height\n${Array.from({ length: 100 }, (_, i) => [i / 16, Math.sin(i / 8)].join(',')).join('\n')}\n`);
  experiment('wave', { data: 'wave.csv', layers: [{ units: 16, activation: 'tanh' }, { units: 1, activation: 'linear' }], optimizer: { name: 'adam', learningRate: 0.03 }, iterations: 2000 });
  experiment('burst', { data: 'wave.csv', layers: [{ units: 16, activation: 'tanh' }, { units: 1, activation: 'linear' }], optimizer: { name: 'sgd', learningRate: 1e6 }, iterations: 300 });
}

/** Every number of a finding, as its table has it, is the one of the command line. */
async function sameNumbers(card: Locator, { rule, evidence }: Finding): Promise<void> {
  const rows = card.getByTestId('evidence');
  assert.equal(await rows.count(), evidence.length, rule);
  for (const [k, { name, value, limit, layer, iteration }] of evidence.entries()) {
    const row = rows.nth(k);
    assert.equal(await row.getAttribute('data-name'), name);
    const cells = await row.locator('td').evaluateAll((all) => all.map((cell) => ({ title: cell.getAttribute('title'), text: cell.textContent.replaceAll(',', '') })));
    // null: not finite, as JSON has it
    assert.equal(cells[0]!.title, (value as number | null) === null ? 'NaN or infinite: see the sentence above' : String(value), name);
    if ((value as number | null) !== null) assert.ok(Math.abs(Number(cells[0]!.text) - value) <= 1e-3 * Math.abs(value), `${name}: ${cells[0]!.text}`);
    if (limit !== undefined) {
      assert.equal(cells[1]!.title, `bound: ${limit}`);
      assert.equal(cells[1]!.text[0], value > limit ? '>' : value < limit ? '<' : '=');
    }
    const rest = cells.slice(1).filter(({ title, text }) => title === null && text !== '').map(({ text }) => Number(text));
    assert.deepEqual(rest, [layer, iteration].filter((each) => each !== undefined), name);
  }
}

async function serious(frame: Frame): Promise<unknown[]> {
  await frame.evaluate(AXE);
  const found = await frame.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } };
    return (await axe.run()).violations.map(({ id, impact, nodes }) => ({ id, impact, first: nodes[0]!.html }));
  });
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}

for (const [theme, colorScheme] of [
  ['Default Dark Modern', 'dark'],
  ['Default Light Modern', 'light'],
  ['Default High Contrast', 'dark'],
] as const) {
  describe(`findings, in ${theme}`, function () {
    this.timeout(90_000);
    let editor: Editor;
    let workbench: Workbench;
    let frame: Frame;

    before(async () => {
      makeFolder();
      editor = await Editor.start({ 'workbench.colorTheme': theme });
      workbench = await editor.open(FOLDER, { colorScheme });
    });
    after(() => editor.stop());

    /** Trains a file in its own panel, which then is in front. */
    async function train(name: string): Promise<Result> {
      await workbench.chooseFromMenu(name, TRAIN);
      const { text } = cli(name).verdict;
      frame = await until(`the panel of ${name}`, async () => {
        for (const each of workbench.page.frames()) {
          const said = await each.locator('#app[data-state="finished"] [data-testid="verdict"] h1').textContent({ timeout: 200 }).catch(() => null);
          if (said === text) return each;
        }
        return undefined;
      });
      return cli(name);
    }

    const row = (rule: string): Locator => frame.locator(`[data-testid="finding"][data-rule="${rule}"]`);

    it('gives the main finding whole, below the verdict', async () => {
      const { verdict, findings } = await train('quadratic.gradient.json');
      const main = findings.find(({ message }) => message === verdict.text)!;
      assert.equal(main.rule, 'dead-output');
      assert.ok(main.samples.length > 0 && main.details.length > 2 && main.remedies.length > 3);
      const card = frame.getByTestId('main-finding');
      assert.equal(await card.getAttribute('data-rule'), main.rule);
      assert.equal(await frame.getByTestId('verdict').locator('p').innerText(), main.explanation);
      assert.deepEqual(await card.getByTestId('details').locator('li').allInnerTexts(), main.details);
      assert.equal(await card.getByTestId('source').innerText(), `Source: ${main.source}`);
      await sameNumbers(card, main);
      assert.deepEqual(await card.getByTestId('remedy').evaluateAll((all) => all.map((each) => each.getAttribute('data-remedy'))), main.remedies.map(({ id }) => id));
      assert.deepEqual(
        await card.getByTestId('finding-sample').evaluateAll((all) => all.map((each) => [Number(each.getAttribute('data-line')), ...Array.from(each.querySelectorAll('td'), (cell) => Number(cell.title))])),
        main.samples.map(({ line, values }) => [line, values['Z'], values['target'], values['prediction'], values['deadSince']]),
      );
      await workbench.screenshot(`findings-main-${theme}`);
    });

    it('draws the formula once it is opened, by keyboard', async () => {
      const formula = frame.getByTestId('main-finding').getByTestId('formula');
      assert.equal(await formula.locator('math').count(), 0);
      await formula.locator('summary').focus();
      await workbench.page.keyboard.press('Enter');
      await formula.locator('math').waitFor();
      assert.match((await formula.locator('math').textContent())!, /max.*0.*Z/);
    });

    it('opens the line of a sample, and keeps the panel', async () => {
      const { samples } = cli('quadratic.gradient.json').findings.find(({ rule }) => rule === 'dead-output')!;
      const { line } = samples[2]!;
      await frame.locator(`[data-testid="main-finding"] [data-testid="finding-line"][data-line="${line}"]`).focus();
      await workbench.page.keyboard.press('Enter');
      await until(`the cursor on line ${line}`, async () => (await workbench.cursorLine().catch(() => 0)) === line);
      assert.ok(await frame.getByTestId('verdict').isVisible());
    });

    it('follows a dead sample through the chain rule: the first that is wrong', async () => {
      const { samples } = cli('quadratic.gradient.json').findings.find(({ rule }) => rule === 'dead-output')!;
      const wrong = samples.find(({ values }) => values['target'] !== 0)!;
      await frame.getByTestId('follow-dead').focus();
      await workbench.page.keyboard.press('Enter');
      await until('its chain', async () => Number(await frame.getByTestId('chain').getAttribute('data-line')) === wrong.line);
      assert.ok(await frame.getByTestId('chain').evaluate((card) => card === document.activeElement));
      assert.ok((await frame.getByTestId('chain-stop').innerText()).includes("g'(Z[2]) = 0"));
    });

    it('opens another finding by keyboard, and keeps it open over a reload of the window', async () => {
      const overkill = cli('quadratic.gradient.json').findings.find(({ rule }) => rule === 'overkill')!;
      assert.equal(await row('overkill').locator('.opened').isVisible(), false);
      await row('overkill').locator('summary').first().focus();
      await workbench.page.keyboard.press(' ');
      await row('overkill').locator('.opened').waitFor();
      // the way to the chain may still be scrolling, and a formula is drawn once it is in sight
      await until('its formula', async () => {
        await row('overkill').getByTestId('polynomial').scrollIntoViewIfNeeded();
        return (await row('overkill').getByTestId('polynomial').locator('math').allTextContents()).join() === 'y=3x2+3x';
      });
      assert.ok((await row('overkill').getByTestId('polynomial').innerText()).includes(`cost ${new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 }).format(cli('quadratic.gradient.json').cost.final)} after`));
      await sameNumbers(row('overkill'), overkill);
      if (theme !== 'Default Dark Modern') return;
      await workbench.reload();
      await workbench.page.locator('.tab', { hasText: 'Gradients: quadratic' }).click();
      frame = await workbench.frameWith('#app[data-state="finished"]');
      assert.ok(await row('overkill').locator('.opened').isVisible());
      assert.equal(await row('learning-rate-too-large').locator('.opened').isVisible(), false);
    });

    it('lists many findings worst first, each with the numbers of the command line', async () => {
      const { verdict, findings } = await train('houses.gradient.json');
      const others = findings.filter(({ message }) => message !== verdict.text);
      assert.ok(others.length >= 6, `${others.length}`);
      assert.ok(new Set(others.map(({ severity }) => severity)).size === 3);
      const rows = frame.getByTestId('findings').locator('> details');
      const spoken = { error: 'Error', warning: 'Warning', info: 'Note' };
      assert.deepEqual(await rows.locator('> summary .icon').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label'))), others.map(({ severity }) => spoken[severity]));
      assert.equal(new Set(await rows.locator('> summary .icon path').evaluateAll((all) => all.map((each) => each.getAttribute('d')))).size, 3, 'the marks differ in shape');
      for (const finding of others.filter(({ rule }) => rule !== 'skipped-lines')) {
        assert.equal((await row(finding.rule).locator('> summary').innerText()).trim(), finding.message);
        await sameNumbers(row(finding.rule), finding);
      }
      await workbench.screenshot(`findings-many-${theme}`);
    });

    it('leads to the gradient check, and to the table for what does not fit', async () => {
      const dead = cli('houses.gradient.json').findings.find(({ rule }) => rule === 'dead-output')!;
      await row('gradient-check').locator('summary').first().click();
      await row('gradient-check').getByTestId('to-check').click();
      await until('the focus on the check', () => frame.getByTestId('gradient-check').evaluate((card) => card.contains(document.activeElement)));
      await until('the check in sight', () => frame.getByTestId('gradient-check').evaluate((card) => card.getBoundingClientRect().top < window.innerHeight));
      await row('dead-output').locator('summary').first().click();
      const more = row('dead-output').getByTestId('finding-more');
      const shown = await row('dead-output').getByTestId('finding-sample').count();
      assert.ok(shown < dead.lines.length);
      assert.equal(await more.innerText(), `… and ${dead.lines.length - shown} more in the table`);
      await more.click();
      await until('the focus on the table', () => frame.getByTestId('table').evaluate((card) => card.contains(document.activeElement)));
    });

    it('has no serious accessibility violation with everything open', async () => {
      await frame.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)));
      for (const formula of await frame.locator('header .formula').all()) {
        await formula.scrollIntoViewIfNeeded();
        await formula.locator('math').waitFor();
      }
      assert.deepEqual(await serious(frame), []);
    });

    it('fits a narrow panel with everything open', async () => {
      await workbench.page.setViewportSize({ width: 1000, height: 900 });
      // beside the explorer and an editor the panel has less than half of it
      await fits(frame);
      await frame.evaluate(() => window.scrollTo(0, 0));
      await workbench.screenshot(`findings-narrow-${theme}`);
      await workbench.page.setViewportSize({ width: 1400, height: 900 });
    });

    it('says what was looked for where nothing is wrong', async () => {
      for (const name of ['wave.gradient.json', 'penguins.gradient.json']) {
        const { verdict, gradientCheck, cost } = await train(name);
        assert.equal(verdict.severity, 'ok');
        const card = frame.getByTestId('nothing-wrong');
        assert.match(await card.innerText(), new RegExp(`^Nothing wrong was found( with the training)?: ${ruleNames.length} rules looked`));
        assert.equal((await card.innerText()).includes('with the training'), name.startsWith('penguins'), 'skipped lines are something');
        const value = (name: string): Promise<string | null> => card.locator(`[data-name="${name}"] td`).first().getAttribute('title');
        assert.equal(await value('cost at the end'), String(cost.final));
        const differences = gradientCheck.layers.flatMap(({ dW, db }) => [dW.relativeDifference!, db.relativeDifference!]);
        assert.equal(await value('largest relative difference of the gradient check'), String(Math.max(...differences)));
      }
      assert.equal(await frame.getByTestId('main-finding').count(), 0);
    });

    it('says of a number that is not finite that it is not', async () => {
      const { findings } = await train('burst.gradient.json');
      const diverged = findings.find(({ rule }) => rule === 'diverged')!;
      assert.ok(diverged.evidence.some(({ value }) => (value as number | null) === null));
      await sameNumbers(frame.locator('[data-rule="diverged"]'), diverged);
      assert.ok((await frame.locator('[data-rule="diverged"]').getByTestId('evidence').first().textContent())!.includes('not finite'));
    });
  });
}
