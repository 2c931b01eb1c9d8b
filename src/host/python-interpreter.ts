// Which Python checks a file: the one of our setting, else the one chosen in the Python extension where that is there.

import { statSync } from 'node:fs';
import * as vscode from 'vscode';

const SETTING = 'gradientDebugger.python';
const PYTHON_EXTENSION = 'ms-python.python';

/** The part of the Python extension's API that is used here. Source: its `PythonExtension` type, `environments`. */
interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(path: { readonly path: string }): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
  };
}

/** A path or a name on the PATH; undefined: whichever of `python3` and `python` there is. */
export async function pythonInterpreter(file: string): Promise<string | undefined> {
  const uri = vscode.Uri.file(file);
  const [section, key] = SETTING.split('.') as [string, string];
  const own = vscode.workspace.getConfiguration(section, uri).get<string>(key, '').trim();
  return own === '' ? ofPythonExtension(uri) : own;
}

async function ofPythonExtension(file: vscode.Uri): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonApi>(PYTHON_EXTENSION);
  if (!extension) return undefined;
  try {
    const { environments } = extension.isActive ? extension.exports : await extension.activate();
    if (!environments) return undefined;
    const chosen = environments.getActiveEnvironmentPath(file);
    const path = (await environments.resolveEnvironment(chosen))?.executable.uri?.fsPath ?? chosen.path;
    // an environment may be given by its folder, or by a word where none is chosen
    return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : undefined;
  } catch {
    // another extension's failure must not keep a file from being checked
    return undefined;
  }
}

export function chooseInterpreter(): Thenable<unknown> {
  return vscode.extensions.getExtension(PYTHON_EXTENSION)
    ? vscode.commands.executeCommand('python.setInterpreter')
    : vscode.commands.executeCommand('workbench.action.openSettings', SETTING);
}
