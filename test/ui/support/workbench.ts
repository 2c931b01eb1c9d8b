// One window of VS Code, used as a person uses it: by clicks, keys and what is on the screen.

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';

/** Long, because machines that run tests are busy; it is only waited out by a test that fails. */
const PATIENCE = 30_000;
/** A menu takes the release of the click that opened it for a choice, so it ignores the mouse at first. */
const MENU_SETTLES = 600;

export class Workbench {
  constructor(
    readonly page: Page,
    /** Path of the folder that is open. */
    readonly folder: string,
  ) {
    page.setDefaultTimeout(PATIENCE);
  }

  async load(url: string): Promise<void> {
    await this.page.goto(url);
    await this.untilReady();
  }

  /** As a person does it: a page that is merely loaded again has no time to write down what was open. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.untilReady();
  }

  /** A row of the explorer. */
  file(name: string): Locator {
    return this.page.locator('.explorer-folders-view').getByRole('treeitem', { name, exact: true });
  }

  async openFile(name: string): Promise<void> {
    await this.file(name).dblclick();
    // by its resource: a panel's title may hold the file's name too; keys typed before the focus has moved are lost
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator('.editor-instance .monaco-editor.focused').waitFor();
  }

  /** Right-clicks a file and chooses from its menu. An extension's entries come late, so the menu is opened again until it has them. */
  async chooseFromMenu(name: string, label: string): Promise<void> {
    const entry = this.page.locator('.monaco-menu .action-label', { hasText: label });
    await until(`the menu of ${name} to offer "${label}"`, async () => {
      await this.file(name).click({ button: 'right' });
      await this.page.waitForTimeout(MENU_SETTLES);
      if (await entry.isVisible()) return true;
      await this.page.keyboard.press('Escape');
      return false;
    });
    await entry.click();
  }

  /** Runs a command by its whole title, category included, from the palette. */
  async runCommand(title: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input').first();
    const entry = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
    await until(`the palette to offer "${title}"`, async () => {
      await this.page.keyboard.press('F1');
      // what else takes the focus closes the palette: then it is opened anew
      const filled = await input.fill(`>${title}`, { timeout: 3_000 }).then(
        () => true,
        () => false,
      );
      if (filled && (await appears(entry))) return true;
      await this.page.keyboard.press('Escape');
      return false;
    });
    await entry.click();
  }

  /** The frame that holds a webview's element: VS Code nests each webview in frames of its own, which a reload replaces. */
  async frameWith(selector: string): Promise<Frame> {
    return until(`an element ${selector} in a frame`, async () => {
      for (const frame of this.page.frames()) {
        // a frame may go away while it is asked
        if ((await frame.locator(selector).count().catch(() => 0)) > 0) return frame;
      }
      return undefined;
    });
  }

  /** The cursor's line in the active text editor, from the status bar. */
  async cursorLine(): Promise<number> {
    const text = await this.page.locator('#status\\.editor\\.selection').innerText();
    const line = /Ln (\d+)/.exec(text)?.[1];
    if (line === undefined) throw new Error(`The status bar says "${text}", which names no line.`);
    return Number(line);
  }

  /** Titles of the tabs in front, one for each group. */
  async activeTabs(): Promise<string[]> {
    return this.page.locator('.tab.active .label-name').allInnerTexts();
  }

  /** What notifications say, toasts and those with a progress bar. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notification-list-item-message').allInnerTexts();
  }

  async pressInNotification(button: string): Promise<void> {
    const press = this.page.locator('.notifications-toasts').getByRole('button', { name: button });
    await press.click();
  }

  /** Keeps a picture in out/screenshots. */
  async screenshot(name: string): Promise<string> {
    const folder = resolve('out/screenshots');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  private async untilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
    await this.page.locator('.explorer-folders-view [role="treeitem"]').first().waitFor();
  }
}

/** Asks until the answer is neither false nor undefined. */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Waited ${PATIENCE / 1000} s for ${what}.`);
}

/** Waits until a panel that was made narrow fits: charts follow its width a moment later. */
export async function fits(frame: Frame): Promise<void> {
  await until('a narrow panel that fits', () =>
    frame.evaluate(() => window.innerWidth < 500 && document.documentElement.scrollWidth <= window.innerWidth),
  );
}

function appears(what: Locator): Promise<boolean> {
  return what.waitFor({ timeout: 2_000 }).then(
    () => true,
    () => false,
  );
}
