// The panel that shows two runs side by side; it comes back after a reload of the window.

import * as vscode from 'vscode';
import { compareBody, compareTitle } from './compare-html';
import { pageHtml } from './panel-html';
import type { RunIndex } from './run-index';

export const COMPARE_TYPE = 'gradientDebugger.compare';

export class ComparePanels {
  private readonly panels = new Map<string, vscode.WebviewPanel>();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly index: RunIndex,
  ) {
    context.subscriptions.push(
      vscode.window.registerWebviewPanelSerializer(COMPARE_TYPE, {
        deserializeWebviewPanel: async (panel, state: { ids?: readonly string[] } | undefined) => {
          await index.ready;
          if (!state?.ids || !this.fill(panel, state.ids)) panel.dispose();
        },
      }),
    );
  }

  show(ids: readonly [string, string]): void {
    const known = this.panels.get(ids.join('\n'));
    if (known) return known.reveal();
    const panel = vscode.window.createWebviewPanel(COMPARE_TYPE, 'Compare', vscode.ViewColumn.Active);
    if (!this.fill(panel, ids)) panel.dispose();
  }

  private fill(panel: vscode.WebviewPanel, ids: readonly string[]): boolean {
    const [one, other] = ids.map((id) => this.index.find(id));
    if (!one || !other) return false;
    const dist = vscode.Uri.joinPath(this.context.extensionUri, 'dist');
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.iconPath = vscode.Uri.joinPath(this.context.extensionUri, 'media', 'icon.png');
    panel.title = compareTitle(one, other);
    panel.webview.html = pageHtml(panel.webview, this.context.extensionUri, 'compare', 'Two runs side by side', compareBody(one, other, Date.now()));
    panel.webview.onDidReceiveMessage(({ open }: { open: 0 | 1 }) => void vscode.commands.executeCommand('gradientDebugger.openRun', ids[open]));
    const key = ids.join('\n');
    this.panels.set(key, panel);
    panel.onDidDispose(() => this.panels.delete(key));
    return true;
  }
}
