// All open panels: one a file, found again by its path and after a window reload.

import * as vscode from 'vscode';
import type { RestoreToken } from '../protocol';
import type { ExportName } from '../worker/export';
import type { RunEntry } from './run-entry';
import { PANEL_TYPE, RunPanel, type RunObserver } from './run-panel';
import type { RunStorage } from './run-storage';

export interface RunPanels {
  /** Trains on a file, in its panel if it has one. */
  train(file: string): Promise<void>;
  /** Checks the gradients without training, in the same panel. */
  checkGradients(file: string): Promise<void>;
  /** Shows a kept run in the panel of its file. */
  open(run: RunEntry): void;
  saveExperiment(): Promise<void>;
  exportRun(as: ExportName): Promise<void>;
}

export function createRunPanels(context: vscode.ExtensionContext, storage: RunStorage, observer: RunObserver): RunPanels {
  const panels = new Map<string, RunPanel>();

  function adopt(webviewPanel: vscode.WebviewPanel, file: string): RunPanel {
    webviewPanel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media', 'icon.png');
    const panel = new RunPanel(webviewPanel, file, storage, observer, context.extensionUri);
    panels.set(file, panel);
    panel.onDidDispose(() => {
      if (panels.get(file) === panel) panels.delete(file);
    });
    return panel;
  }

  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
      async deserializeWebviewPanel(webviewPanel, state: { restore?: RestoreToken } | undefined) {
        if (!state?.restore) return webviewPanel.dispose();
        const { source } = state.restore;
        adopt(webviewPanel, source).restore((await storage.recall(source)) ?? state.restore);
      },
    }),
  );

  function panelOf(file: string): RunPanel {
    const panel = panels.get(file);
    if (panel) {
      panel.reveal();
      return panel;
    }
    const column = vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    return adopt(vscode.window.createWebviewPanel(PANEL_TYPE, 'Gradients', { viewColumn: column, preserveFocus: true }), file);
  }

  const inFront = (): RunPanel | undefined => [...panels.values()].find(({ active }) => active);

  return {
    train: (file) => panelOf(file).trainOnFile(),
    checkGradients: (file) => panelOf(file).checkGradients(),
    open: (run) => panelOf(run.source).openRun(run.id, run.settings),
    async exportRun(as) {
      const panel = inFront();
      if (panel) await panel.exportRun(as);
      else void vscode.window.showInformationMessage('Train on a file first: the run to export is the one of the panel in front.');
    },
    async saveExperiment() {
      const panel = inFront();
      if (panel) await panel.saveExperiment();
      else void vscode.window.showInformationMessage('Train on a file first: the experiment to save is the one of the panel in front.');
    },
  };
}
