// What every user-interface test starts from: the newest VS Code with the packaged extension, as a person installs it.

import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../../scripts/browser.mjs';
import { installEmbedded, installExtension, NEWEST, startServer, type Server } from '../../../scripts/embedded-vscode.mjs';
import { Workbench } from './workbench';

export const VSIX = resolve('dist/gradient-debugger.vsix');

/** A server and a browser that several windows share; `stop` ends both and removes every trace of them. */
export class Editor {
  private constructor(
    private readonly scratch: string,
    private readonly server: Server,
    private readonly browser: Browser,
  ) {}

  static async start(settings: Readonly<Record<string, unknown>> = {}): Promise<Editor> {
    if (!existsSync(VSIX)) throw new Error(`There is no ${VSIX}: run npm run package first.`);
    const scratch = mkdtempSync(join(tmpdir(), 'gradient-debugger-ui-'));
    const folders = { dataDir: join(scratch, 'data'), extensionsDir: join(scratch, 'extensions') };
    const embedded = await installEmbedded(NEWEST);
    await installExtension(embedded, { vsix: VSIX, ...folders });
    const server = await startServer(embedded, { ...folders, settings });
    try {
      return new Editor(scratch, server, await launchBrowser());
    } catch (error) {
      server.stop();
      throw error;
    }
  }

  /** A window on a copy of the folder, so that a test may write into it. */
  async open(folder: string, { colorScheme = 'light' }: { colorScheme?: 'light' | 'dark' } = {}): Promise<Workbench> {
    const copy = mkdtempSync(join(this.scratch, 'folder-'));
    cpSync(folder, copy, { recursive: true });
    // a context of its own: a window remembers what was open in the one before
    const context = await this.browser.newContext({ colorScheme, viewport: { width: 1400, height: 900 } });
    const workbench = new Workbench(await context.newPage(), copy);
    await workbench.load(`${this.server.origin}/?folder=${encodeURIComponent(copy)}`);
    return workbench;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.server.stop();
    rmSync(this.scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}
