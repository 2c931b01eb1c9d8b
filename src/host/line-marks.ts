// Which lines of which data files are marked, and for how long: until the panel of their run is closed, another
// run on the same file takes their place, or the file changes, because its lines then are others.

import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { MarkedLines } from '../worker/messages';

export interface FileMarks {
  readonly uri: vscode.Uri;
  readonly lines: MarkedLines;
}

/** What shows marks; `null`: none. */
export type MarkView = (uri: vscode.Uri, marks: FileMarks | null) => void;

interface Shown extends FileMarks {
  readonly owner: object;
  readonly since: number;
  readonly watcher: vscode.Disposable;
}

export class LineMarks implements vscode.Disposable {
  private readonly shown = new Map<string, Shown>();
  private readonly editing: vscode.Disposable;
  /** The last question for each owner: an older answer must not replace a newer one. */
  private readonly asked = new Map<object, number>();

  constructor(private readonly views: readonly MarkView[]) {
    this.editing = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // edited, or read anew from the disk: perhaps only now what the run has read there
      if (contentChanges.length > 0) this.clearUnlessSame(document.uri.fsPath);
    });
  }

  /** Marks lines of `file` as they were at `since` (milliseconds since 1970), for a panel. */
  async show(owner: object, file: string, lines: MarkedLines, since: number): Promise<void> {
    const question = (this.asked.get(owner) ?? 0) + 1;
    this.asked.set(owner, question);
    const same = await unchanged(file, since);
    if (this.asked.get(owner) !== question) return;
    this.clear(owner, true);
    this.clearFile(file);
    if (!same || lines.ofDead + lines.ofSkipped === 0) return;
    const uri = vscode.Uri.file(file);
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(dirname(file)), escapeGlob(basename(file))));
    const check = (): void => this.clearUnlessSame(file);
    watcher.onDidChange(check);
    watcher.onDidCreate(check);
    watcher.onDidDelete(check);
    const marks = { uri, lines, owner, since, watcher };
    this.shown.set(file, marks);
    for (const view of this.views) view(uri, marks);
  }

  /** Takes away the marks of a panel; one that is `staying` may still show others. */
  clear(owner: object, staying = false): void {
    if (!staying) this.asked.delete(owner);
    for (const [file, marks] of this.shown) if (marks.owner === owner) this.clearFile(file);
  }

  get(file: string): FileMarks | undefined {
    return this.shown.get(file);
  }

  dispose(): void {
    this.editing.dispose();
    for (const file of this.shown.keys()) this.clearFile(file);
  }

  private clearUnlessSame(file: string): void {
    const marks = this.shown.get(file);
    if (marks) {
      void unchanged(file, marks.since).then((same) => {
        if (!same && this.shown.get(file) === marks) this.clearFile(file);
      });
    }
  }

  private clearFile(file: string): void {
    const marks = this.shown.get(file);
    if (!marks) return;
    marks.watcher.dispose();
    this.shown.delete(file);
    for (const view of this.views) view(marks.uri, null);
  }
}

/** Whether a file is on the disk as it was at `since`, and not being edited. */
async function unchanged(file: string, since: number): Promise<boolean> {
  if (vscode.workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.fsPath === file)) return false;
  const modified = await stat(file).then(({ mtimeMs }) => mtimeMs, () => Infinity);
  return Math.floor(modified) <= since;
}

function escapeGlob(name: string): string {
  return name.replace(/[[\]{}*?]/g, (character) => `[${character}]`);
}
