// Which function of a Python file is which, where a person has said so: remembered for the file, or in the `*.gradient.json` beside it.

import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type * as vscode from 'vscode';
import { pythonBinding, withPythonBinding } from '../experiment/python-binding';
import type { PythonReport, PythonResult } from '../protocol';
import type { PythonBinding, PythonRequest } from '../python/check';
import { companionSamples } from '../worker/check-samples';
import { saveIfDirty } from './save-if-dirty';

const KEY = 'gradientDebugger.pythonBindings';

export interface PythonBindings {
  /** The binding for a file and who said it. The `*.gradient.json` comes first: it is what others see. @throws ProblemError */
  of(file: string): Promise<{ readonly bind?: PythonBinding; readonly by: PythonReport['boundBy'] }>;
  /** Samples of the data that the `*.gradient.json` names, if it does. @throws ProblemError */
  samplesOf(file: string): Promise<PythonRequest['data']>;
  /** Remembers a binding in this workspace; null: none. */
  remember(file: string, binding: PythonBinding | null): Thenable<void>;
  /** Writes what was bound into the `*.gradient.json` beside the file and gives its path. */
  save(file: string, result: PythonResult): Promise<string>;
}

/** The experiment file beside a Python file. */
export function companionOf(file: string): string {
  return file.replace(/\.(py|ipynb)$/i, '.gradient.json');
}

export function createPythonBindings(memory: vscode.Memento): PythonBindings {
  const remembered = (): Record<string, PythonBinding> => memory.get(KEY, {});

  async function remember(file: string, binding: PythonBinding | null): Promise<void> {
    const { [file]: _, ...others } = remembered();
    await memory.update(KEY, binding === null ? others : { ...others, [file]: binding });
  }

  return {
    async of(file) {
      const companion = companionOf(file);
      await saveIfDirty(companion);
      const written = existsSync(companion) ? pythonBinding(await readFile(companion, 'utf8'), companion) : undefined;
      if (written !== undefined) return { bind: written, by: 'file' };
      const bind = remembered()[file];
      return bind === undefined ? { by: 'names' } : { bind, by: 'person' };
    },
    async samplesOf(file) {
      const companion = companionOf(file);
      return existsSync(companion) ? companionSamples(await readFile(companion, 'utf8'), companion) : undefined;
    },
    remember,
    async save(file, result) {
      const companion = companionOf(file);
      await saveIfDirty(companion);
      const text = existsSync(companion) ? await readFile(companion, 'utf8') : '';
      await writeFile(companion, withPythonBinding(text, remembered()[file] ?? bindingOf(result)));
      // from now on the file says it
      await remember(file, null);
      return companion;
    },
  };
}

/** What was bound by names, as a person would have written it. */
function bindingOf({ bound }: PythonResult): PythonBinding {
  if (!bound) return {};
  const { init, forward, cost, backward, both, update } = bound.functions;
  const named = { class: bound.class ?? undefined, init: init?.function, forward: forward?.function, cost: cost?.function, backward: (backward ?? both)?.function, update: update?.function };
  return Object.fromEntries(Object.entries(named).filter(([, name]) => name !== undefined));
}
