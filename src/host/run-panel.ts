// One panel for one file: it owns the worker that trains, the state that the webview shows, and the
// notification. Everything numeric happens in the worker; the host only passes it on.

import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { changeSettings, type Settings } from '../experiment/settings';
import { describeProblem } from '../problem';
import type { FromPanel, PanelState, Report, RestoreToken, ToPanel } from '../protocol';
import type { ExportName } from '../worker/export';
import type { FromWorker, MarkedLines } from '../worker/messages';
import { BesideRun } from './beside-run';
import { chooseExportTarget, showExport } from './export-run';
import { openLine } from './open-line';
import { panelHtml } from './panel-html';
import { createRunWorker, type RunWorker } from './run-worker';
import { saveIfDirty } from './save-if-dirty';
import type { RunStorage } from './run-storage';
import { showTrainingProgress, type TrainingProgress } from './training-progress';

export const PANEL_TYPE = 'gradientDebugger.run';

/** Who else wants to know what becomes of a panel's trainings: the editor's own surfaces. */
export interface RunObserver {
  started(panel: RunPanel): void;
  progress(panel: RunPanel, iteration: number, iterations: number, cost: number | null): void;
  /** The training ended, with a run or without one. */
  ended(panel: RunPanel): void;
  /** `training`: the run that has just been made; null: one that was kept is shown again. */
  finished(panel: RunPanel, report: Report, lines: MarkedLines, training: { readonly settings: Settings; readonly started: number } | null): void | Promise<void>;
  closed(panel: RunPanel): void;
}

export class RunPanel {
  private state: PanelState;
  private settings: Settings = {};
  private runFile: string | null = null;
  private pendingRunFile: string | null = null;
  /** Whether the pending run is one that was kept, not a training. */
  private opening = false;
  private trainingStarted = 0;
  private progress: TrainingProgress | null = null;
  private webviewReady = false;
  private readonly beside = new BesideRun();
  private readonly worker: RunWorker;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    readonly source: string,
    private readonly storage: RunStorage,
    private readonly observer: RunObserver,
    extensionUri: vscode.Uri,
  ) {
    this.state = { kind: 'loading', title: this.title, previous: null };
    this.worker = createRunWorker(vscode.Uri.joinPath(extensionUri, 'dist', 'worker.js').fsPath, (message) => this.fromWorker(message));
    panel.webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')] };
    panel.webview.onDidReceiveMessage((message: FromPanel) => void this.fromPanel(message));
    // a hidden webview is thrown away by VS Code; when it comes back it asks for the state again
    panel.onDidChangeViewState(() => (this.webviewReady &&= panel.visible));
    panel.onDidDispose(() => this.dispose());
    panel.title = this.title;
    panel.webview.html = panelHtml(panel.webview, extensionUri);
  }

  get active(): boolean {
    return this.panel.active;
  }

  onDidDispose(listener: () => void): void {
    this.panel.onDidDispose(listener);
  }

  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  /** From the command: an experiment file is trained as it now stands, a data file as its panel has it. */
  trainOnFile(): Promise<void> {
    this.forgetIfExperiment();
    return this.train();
  }

  /** The check at the initial parameters: the experiment as it stands, without an update. */
  checkGradients(): Promise<void> {
    this.forgetIfExperiment();
    return this.train({}, { iterations: 0 });
  }

  private forgetIfExperiment(): void {
    if (/\.json$/i.test(this.source)) this.settings = {};
  }

  /** Shows a run that was kept, and goes on from its settings. */
  openRun(runFile: string, settings: Settings): void {
    if (runFile === this.runFile && this.state.kind === 'finished') return;
    if (this.pendingRunFile !== null && !this.opening) this.worker.stop();
    this.endProgress();
    this.take(runFile, settings);
    this.setState({ kind: 'loading', title: this.title, previous: this.report });
  }

  /** `once`: settings of this training alone. */
  private async train(change: Settings = {}, once: Settings = {}): Promise<void> {
    await saveIfDirty(this.source, ...(this.report ? [this.report.dataFile] : []));
    this.settings = changeSettings(this.settings, change);
    const runFile = this.start();
    this.worker.train({ file: this.source, settings: { ...this.settings, ...once }, runFile });
  }

  /** Makes the run of a tried remedy the current one; the run before is in the Runs view. */
  private keep(remedy: string): void {
    const settings = this.beside.settingsWith(remedy, this.settings);
    if (!settings) return;
    this.settings = settings;
    this.worker.keep({ remedy, runFile: this.start() });
  }

  /** Gives the file of the run that now begins. */
  private start(): string {
    const runFile = this.storage.newRunFile();
    this.pendingRunFile = runFile;
    this.opening = false;
    this.setState({ kind: 'loading', title: this.title, previous: this.report });
    this.progress?.end();
    this.progress = showTrainingProgress(basename(this.source), () => this.worker.stop());
    this.trainingStarted = Date.now();
    this.observer.started(this);
    return runFile;
  }

  /** Takes up what a window before this one showed; a run that was not finished then is trained again. */
  restore({ settings, runFile, training }: RestoreToken): void {
    this.settings = settings;
    if (runFile === null || training) return void this.train();
    this.take(runFile, settings);
  }

  private take(runFile: string, settings: Settings): void {
    this.settings = settings;
    this.pendingRunFile = runFile;
    this.opening = true;
    this.worker.send({ type: 'open', runFile });
  }

  async saveExperiment(): Promise<void> {
    const name = basename(this.source).replace(/\.(csv|tsv|gradient\.json)$/i, '');
    const target = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.file(join(dirname(this.source), `${name}.gradient.json`)),
      // the last part only: a dialog that compares it with `gradient.json` would add that once more
      filters: { 'Gradient Debugger experiment': ['json'] },
      title: 'Save as Experiment File',
    });
    if (target) this.worker.send({ type: 'experiment', target: target.fsPath });
  }

  async exportRun(as: ExportName): Promise<void> {
    const target = await chooseExportTarget(as, this.source);
    if (target !== undefined) this.worker.send({ type: 'export', as, target });
  }

  private get title(): string {
    return `Gradients: ${basename(this.source)}`;
  }

  private get report(): Report | null {
    return this.state.kind === 'finished' ? this.state.report : this.state.previous;
  }

  private setState(state: PanelState): void {
    this.state = state;
    this.storage.remember(this.restoreToken);
    this.postState();
  }

  private get restoreToken(): RestoreToken {
    return { source: this.source, settings: this.settings, runFile: this.runFile, training: this.pendingRunFile !== null && !this.opening };
  }

  private postState(): void {
    this.post({ type: 'state', state: this.state, restore: this.restoreToken });
  }

  private postBeside(): void {
    for (const message of this.beside.messages()) this.post(message);
  }

  private post(message: ToPanel): void {
    if (this.webviewReady) void this.panel.webview.postMessage(message);
  }

  private fromWorker(message: FromWorker): void {
    switch (message.type) {
      case 'progress': {
        if (message.runFile !== this.pendingRunFile) return;
        const { iteration, iterations, cost } = message;
        const known = this.state.kind === 'training';
        this.state = { kind: 'training', title: this.title, iteration, iterations, cost, previous: this.report };
        this.progress?.report(iteration, iterations);
        this.observer.progress(this, iteration, iterations, cost.y.at(-1) ?? null);
        if (known) this.post(message);
        else this.postState();
        return;
      }
      case 'finished':
        // a training that a newer one replaced
        if (message.report.id !== this.pendingRunFile) return;
        this.endProgress();
        void this.observer.finished(this, message.report, message.lines, this.opening ? null : { settings: this.settings, started: this.trainingStarted });
        this.runFile = this.pendingRunFile;
        this.pendingRunFile = null;
        this.opening = false;
        this.beside.take(message.beside);
        this.setState({ kind: 'finished', title: this.title, report: message.report });
        this.postBeside();
        void this.storage.prune();
        return;
      case 'failed':
        if (message.runFile !== null && message.runFile !== this.pendingRunFile) return;
        this.failed(message.problem);
        if (message.runFile === null) this.beside.interrupt();
        return this.postBeside();
      case 'rows':
      case 'chain':
      case 'moment':
        return this.post(message);
      case 'trials':
      case 'trial-progress':
      case 'range-test':
      case 'learning-curve':
        if (message.runFile === this.runFile) this.post(this.beside.receive(message));
        return;
      case 'exported':
        return void showExport(message.as, message.files);
      case 'warning':
        return void vscode.window.showWarningMessage(describeProblem(message.problem));
      case 'experiment':
        return void vscode.window.showTextDocument(vscode.Uri.file(message.file));
      case 'experiment-text':
        // only asked for without a panel
        return;
      default:
        return message satisfies never;
    }
  }

  private failed(problem: Extract<FromWorker, { type: 'failed' }>['problem']): void {
    this.endProgress();
    this.pendingRunFile = null;
    if (this.opening) {
      // too old to be kept: the same experiment gives the same run again
      this.opening = false;
      return void this.train();
    }
    this.setState({ kind: 'failed', title: this.title, problem, previous: this.report });
  }

  private endProgress(): void {
    this.progress?.end();
    this.progress = null;
    this.observer.ended(this);
  }

  private async fromPanel(message: FromPanel): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.webviewReady = true;
        this.postState();
        return this.postBeside();
      case 'train':
        return this.train(message.change);
      case 'stop':
        return this.worker.stop();
      case 'rows':
      case 'chain':
      case 'try':
      case 'stop-trials':
      case 'range-test':
      case 'learning-curve':
      case 'moment':
        return this.worker.send(message);
      case 'keep':
        return this.keep(message.remedy);
      case 'open-line':
        return openLine(this.report?.dataFile ?? this.source, message.line, this.panel.viewColumn);
      case 'open-problem':
        if (this.state.kind === 'failed') return openLine(this.state.problem.file ?? this.source, this.state.problem.line ?? 1, this.panel.viewColumn);
        return;
      case 'save-experiment':
        return this.saveExperiment();
      default:
        return message satisfies never;
    }
  }

  private dispose(): void {
    this.endProgress();
    this.observer.closed(this);
    this.worker.dispose();
  }
}
