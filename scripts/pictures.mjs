// `npm run pictures`: takes the pictures of the README from a real run of the packaged extension.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { installEmbedded, installExtension, NEWEST, startServer } from './embedded-vscode.mjs';
import { ROOT } from './paths.mjs';

const pictures = join(ROOT, 'media', 'readme');
mkdirSync(pictures, { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), 'gradient-debugger-pictures-'));
const browser = await launchBrowser();
try {
  cpSync(join(ROOT, 'examples'), join(scratch, 'examples'), { recursive: true });
  for (const theme of ['Dark', 'Light']) await take(theme);
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
}

async function take(theme) {
  const folders = { dataDir: join(scratch, theme, 'data'), extensionsDir: join(scratch, theme, 'extensions') };
  const embedded = await installEmbedded(NEWEST);
  await installExtension(embedded, { vsix: join(ROOT, 'dist', 'gradient-debugger.vsix'), ...folders });
  const server = await startServer(embedded, { ...folders, settings: { 'workbench.colorTheme': `Default ${theme} Modern` } });
  const page = await browser.newPage({ viewport: { width: 1360, height: 860 }, colorScheme: theme.toLowerCase() });
  const picture = (name) => page.screenshot({ path: join(pictures, `${name}-${theme.toLowerCase()}.png`) });
  try {
    await page.goto(`${server.origin}/?folder=${encodeURIComponent(join(scratch, 'examples'))}`);
    const file = page.getByRole('treeitem', { name: 'quadratic.csv', exact: true });
    await file.waitFor();
    await page.waitForTimeout(3000);
    await file.click({ button: 'right' });
    await page.waitForTimeout(700);
    const entry = page.locator('.monaco-menu .action-label', { hasText: 'Train on This File' });
    await entry.click();
    const frame = await panelFrame(page);
    await frame.getByTestId('table-row').first().waitFor();
    await page.waitForTimeout(700);
    await picture('panel');
    await frame.getByTestId('try-all').click();
    await frame.locator('[data-testid="remedies"][data-state="tried"]').waitFor({ timeout: 120_000 });
    await frame.getByTestId('remedies').evaluate((section) => window.scrollBy(0, section.getBoundingClientRect().top - 100));
    await page.waitForTimeout(700);
    await picture('remedies');
    await openCode(page);
    await picture('python');
  } finally {
    await page.close();
    server.stop();
  }
}

/** The broken line of the example in Python, beside what was found. */
async function openCode(page) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().fill('>View: Close All Editors');
  await page.waitForTimeout(700);
  await page.keyboard.press('Enter');
  const file = page.getByRole('treeitem', { name: 'backprop.py', exact: true });
  await file.click({ button: 'right' });
  await page.waitForTimeout(700);
  await page.locator('.monaco-menu .action-label', { hasText: 'Check Gradients in This File' }).click();
  const frame = await panelFrame(page, '[data-file="backprop.py"]');
  await frame.getByTestId('finding-line').first().click();
  await page.locator('.squiggly-error').first().waitFor();
  await page.waitForTimeout(1500);
}

async function panelFrame(page, which = '') {
  for (let tries = 0; tries < 300; tries++) {
    for (const frame of page.frames()) {
      if ((await frame.locator(`#app[data-state="finished"]${which}`).count().catch(() => 0)) > 0) return frame;
    }
    await page.waitForTimeout(100);
  }
  throw new Error('The panel did not finish within 30 s.');
}
