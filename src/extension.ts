// activate(): registers what the extension offers, and nothing else.

import * as vscode from 'vscode';
import { registerFormulaCheck } from './host/check-formula';
import { registerCommands } from './host/commands';
import { registerExample } from './host/example';
import { registerPythonChecks } from './host/python-checks';
import { createRunPanels } from './host/run-panels';
import { createRunStorage } from './host/run-storage';
import { createSurfaces, type Surfaces } from './host/surfaces';

/** What the editor shows beside the panels is given away, for whoever wants to read it from outside. */
export function activate(context: vscode.ExtensionContext): Surfaces {
  const storage = createRunStorage(vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'runs').fsPath);
  const surfaces = createSurfaces(context, storage.index);
  const panels = createRunPanels(context, storage, surfaces.observer);
  registerCommands(context, panels, storage, surfaces);
  registerExample(context, panels);
  context.subscriptions.push(registerFormulaCheck(), registerPythonChecks(context));
  return surfaces;
}
