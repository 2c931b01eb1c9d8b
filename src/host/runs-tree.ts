// The Runs view: every kept run, newest first.

import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { RunEntry } from './run-entry';
import type { RunIndex } from './run-index';
import { describeRun, number } from './run-words';

export const RUNS_VIEW = 'gradientDebugger.runs';

const icons = {
  ok: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  info: new vscode.ThemeIcon('info', new vscode.ThemeColor('charts.blue')),
  warning: new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')),
  error: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
};

export class RunsTree implements vscode.TreeDataProvider<RunEntry>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly stop: () => void;

  constructor(private readonly index: RunIndex) {
    this.stop = index.onChange(() => this.changed.fire());
  }

  async getChildren(parent?: RunEntry): Promise<RunEntry[]> {
    await this.index.ready;
    return parent ? [] : [...this.index.entries];
  }

  getTreeItem(run: RunEntry): vscode.TreeItem {
    const item = new vscode.TreeItem(basename(run.source));
    const description = describeRun(run, Date.now());
    item.id = run.id;
    item.description = description;
    item.iconPath = icons[run.verdict.severity];
    item.contextValue = 'run';
    item.tooltip = tooltip(run);
    item.command = { command: 'gradientDebugger.openRun', title: 'Open Run', arguments: [run.id] };
    item.accessibilityInformation = { label: `${basename(run.source)}, ${verdictWord[run.verdict.severity]}, ${description}` };
    return item;
  }

  dispose(): void {
    this.stop();
    this.changed.dispose();
  }
}

const verdictWord = { ok: 'fine', info: 'fine', warning: 'warning', error: 'error' } as const;

function tooltip({ verdict, experiment, iterations, ended, check, source, cost }: RunEntry): vscode.MarkdownString {
  const units = experiment.layers.map(({ units, activation }) => `${units} ${activation}`).join(' → ');
  const text = new vscode.MarkdownString();
  text.appendText(`${verdict.text}\n`);
  text.appendMarkdown('\n---\n');
  const facts = [
    ['Layers', units],
    ['Optimizer', `${experiment.optimizer.name}, learning rate ${experiment.optimizer.learningRate}`],
    ['Iterations', String(iterations)],
    ['Final cost', number(cost.final)],
    ['Gradient check', check.verdict],
    ['Ended', new Date(ended).toLocaleString()],
    ['File', source],
  ] as const;
  for (const [name, value] of facts) {
    text.appendMarkdown(`**${name}**: `);
    text.appendText(value);
    text.appendMarkdown('  \n');
  }
  return text;
}
