// The status bar item of the trainings under way; hidden when there is none.

import { basename } from 'node:path';
import * as vscode from 'vscode';
import { statusText, type TrainingTask } from './run-words';

/** A training shorter than this does not make the status bar flicker. */
const DELAY_MS = 300;

export class TrainingStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('gradientDebugger.training', vscode.StatusBarAlignment.Left, 10);
  /** In the order of their last report. */
  private readonly tasks = new Map<object, TrainingTask & { readonly since: number }>();
  private timer: NodeJS.Timeout | undefined;

  constructor() {
    this.item.name = 'Gradient Debugger: Training';
    this.item.command = 'gradientDebugger.showTraining';
  }

  /** What the status bar says; null while it is hidden. */
  get text(): string | null {
    const last = this.last;
    return last ? statusText(last[1], this.tasks.size - 1) : null;
  }

  /** Whose training is shown. */
  get owner(): object | undefined {
    return this.last?.[0];
  }

  started(owner: object, source: string): void {
    this.set(owner, { source, iteration: 0, iterations: 0, cost: null, since: Date.now() });
    this.timer = setTimeout(() => this.draw(), DELAY_MS);
  }

  progress(owner: object, iteration: number, iterations: number, cost: number | null): void {
    const task = this.tasks.get(owner);
    if (task) this.set(owner, { ...task, iteration, iterations, cost });
  }

  ended(owner: object): void {
    if (this.tasks.delete(owner)) this.draw();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.item.dispose();
  }

  private get last(): [object, TrainingTask] | undefined {
    return [...this.tasks].filter(([, { since }]) => Date.now() - since >= DELAY_MS).at(-1);
  }

  private set(owner: object, task: TrainingTask & { since: number }): void {
    this.tasks.delete(owner);
    this.tasks.set(owner, task);
    this.draw();
  }

  private draw(): void {
    const { text, last } = this;
    if (text === null || !last) return this.item.hide();
    const what = `Training on ${basename(last[1].source)}`;
    this.item.text = text;
    this.item.tooltip = `${what}: click to show its panel`;
    this.item.accessibilityInformation = { label: `${what}, ${text.replace('$(sync~spin) ', '')}`, role: 'button' };
    this.item.show();
  }
}
