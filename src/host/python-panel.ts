// One panel for one Python file: it starts the checks, keeps the last result, and does what is asked for in the webview.

import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { toProblem, type Problem } from '../problem';
import type { FromPythonPanel, PythonPanelState, PythonReport, PythonRestoreToken, ToPythonPanel } from '../protocol';
import { checkPython } from '../python/check';
import { showCheckProgress } from './check-progress';
import { panelHtml } from './panel-html';
import { pickBinding } from './pick-binding';
import { companionOf, type PythonBindings } from './python-bindings';
import type { PythonDiagnostics } from './python-diagnostics';
import { chooseInterpreter, pythonInterpreter } from './python-interpreter';
import { openPlace } from './python-places';
import { trustProblem } from './python-trust';
import { saveIfDirty } from './save-if-dirty';

export const PYTHON_PANEL_TYPE = 'gradientDebugger.python';

/** What all panels share. */
export interface PythonServices {
  readonly extensionUri: vscode.Uri;
  readonly diagnostics: PythonDiagnostics;
  readonly bindings: PythonBindings;
  /** What the person's code writes to standard error. */
  readonly output: vscode.OutputChannel;
}

export class PythonPanel {
  private state: PythonPanelState;
  private running: AbortController | null = null;
  private webviewReady = false;
  /** Whether the file was changed since the check began. */
  private changed = false;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    readonly source: string,
    private readonly services: PythonServices,
  ) {
    this.state = { kind: 'checking', title: this.title, stage: null, previous: null };
    const { extensionUri } = services;
    panel.webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')] };
    panel.webview.onDidReceiveMessage((message: FromPythonPanel) => void this.fromPanel(message));
    // a hidden webview is thrown away by VS Code; when it comes back it asks for the state again
    panel.onDidChangeViewState(() => (this.webviewReady &&= panel.visible));
    panel.onDidDispose(() => this.dispose());
    panel.title = this.title;
    panel.webview.html = panelHtml(panel.webview, extensionUri, 'python-panel');
  }

  /** Where it is, if it is in sight. */
  get column(): vscode.ViewColumn | undefined {
    return this.panel.visible ? this.panel.viewColumn : undefined;
  }

  onDidDispose(listener: () => void): void {
    this.panel.onDidDispose(listener);
  }

  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  /** Takes up what a window before this one showed. Nothing is run: a window that opens must not start a person's code. */
  async restore({ report }: PythonRestoreToken): Promise<void> {
    if (report === null) return this.fail({ what: 'The check before was not finished.', todo: 'Check again.', file: this.source }, null);
    this.changed = report.changed || (await digestOf(this.source)) !== report.digest;
    this.setState({ kind: 'finished', title: this.title, report: { ...report, changed: this.changed } });
    if (!this.changed) await this.services.diagnostics.show(this.source, report.result);
  }

  /** The file is no longer what was checked. */
  fileChanged(): void {
    this.changed = true;
    if (this.state.kind !== 'finished' || this.state.report.changed) return;
    this.setState({ ...this.state, report: { ...this.state.report, changed: true } });
  }

  async check(): Promise<void> {
    const untrusted = trustProblem(vscode.workspace.isTrusted, this.source);
    if (untrusted) return this.fail(untrusted, 'trust');
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    const { diagnostics, bindings, output, extensionUri } = this.services;
    diagnostics.clear(this.source);
    const previous = this.report;
    this.setState({ kind: 'checking', title: this.title, stage: null, previous });
    const progress = showCheckProgress(basename(this.source), () => running.abort());
    try {
      await saveIfDirty(this.source);
      this.changed = false;
      const digest = await digestOf(this.source);
      const { bind, by } = await bindings.of(this.source);
      const data = await bindings.samplesOf(this.source);
      const interpreter = await pythonInterpreter(this.source);
      let written = false;
      const { result } = await checkPython({
        file: this.source,
        probe: vscode.Uri.joinPath(extensionUri, 'dist', 'python', 'probe.py').fsPath,
        signal: running.signal,
        ...(bind !== undefined && { bind }),
        ...(data !== undefined && { data }),
        ...(interpreter !== undefined && { interpreter }),
        progress: (stage) => {
          progress.report(stage);
          if (this.running === running) this.setState({ kind: 'checking', title: this.title, stage, previous });
        },
        stderr: (chunk) => {
          if (!written) output.appendLine(`── ${this.source}, ${new Date().toLocaleTimeString()}`);
          written = true;
          output.append(chunk);
        },
      });
      if (this.running !== running) return;
      const companion = basename(companionOf(this.source));
      this.setState({ kind: 'finished', title: this.title, report: { id: randomUUID(), result, boundBy: by, companion, output: written, digest, changed: this.changed } });
      if (!this.changed) await diagnostics.show(this.source, result);
    } catch (thrown) {
      if (this.running !== running) return;
      const problem = toProblem(thrown, this.source);
      this.fail(problem, /interpreter/i.test(problem.todo) ? 'interpreter' : null);
    } finally {
      progress.end();
      if (this.running === running) this.running = null;
    }
  }

  /** Quick picks for each role; the answer is kept for the file and tried at once. */
  async bind(): Promise<void> {
    const { report } = this;
    if (!report) return;
    if (report.boundBy === 'file') return this.openCompanion();
    const binding = await pickBinding(report.result);
    if (!binding) return;
    await this.services.bindings.remember(this.source, binding);
    await this.check();
  }

  private get title(): string {
    return `Gradients: ${basename(this.source)}`;
  }

  private get report(): PythonReport | null {
    return this.state.kind === 'finished' ? this.state.report : this.state.previous;
  }

  private fail(problem: Problem, remedy: 'trust' | 'interpreter' | null): void {
    this.setState({ kind: 'failed', title: this.title, problem, remedy, previous: this.report });
  }

  private setState(state: PythonPanelState): void {
    this.state = state;
    if (!this.webviewReady) return;
    void this.panel.webview.postMessage({ type: 'state', state, restore: { source: this.source, report: this.report } } satisfies ToPythonPanel);
  }

  private async fromPanel(message: FromPythonPanel): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.webviewReady = true;
        return this.setState(this.state);
      case 'check':
        return this.check();
      case 'cancel':
        return this.running?.abort();
      case 'open-place':
        return openPlace(message.place, this.panel.viewColumn);
      case 'fix': {
        const finding = this.report?.result.findings[message.finding];
        if (!finding || this.report?.changed) return;
        await openPlace(finding, this.panel.viewColumn);
        return this.services.diagnostics.fix(finding);
      }
      case 'bind':
        return this.bind();
      case 'forget-binding':
        await this.services.bindings.remember(this.source, null);
        return this.check();
      case 'save-binding':
        return this.saveBinding();
      case 'open-binding':
        return this.openCompanion();
      case 'show-output':
        return this.services.output.show(true);
      case 'manage-trust':
        return void vscode.commands.executeCommand('workbench.trust.manage');
      case 'choose-interpreter':
        return void chooseInterpreter();
      default:
        return message satisfies never;
    }
  }

  private async saveBinding(): Promise<void> {
    const { report } = this;
    if (!report) return;
    try {
      await this.services.bindings.save(this.source, report.result);
      if (this.state.kind === 'finished') this.setState({ ...this.state, report: { ...this.state.report, boundBy: 'file' } });
      await this.openCompanion();
    } catch (thrown) {
      this.fail(toProblem(thrown, this.source), null);
    }
  }

  private async openCompanion(): Promise<void> {
    await openPlace({ file: companionOf(this.source) }, this.panel.viewColumn);
  }

  private dispose(): void {
    this.running?.abort();
    this.running = null;
  }
}

/** SHA-256 of a file; empty where it is gone. */
async function digestOf(file: string): Promise<string> {
  const bytes = await readFile(file).catch(() => null);
  return bytes === null ? '' : createHash('sha256').update(bytes).digest('hex');
}
