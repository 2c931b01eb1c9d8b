// Activation inside a real extension host. The first file by its name, because any other activates the extension.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './until';

const ID = 'gradient-debugger.gradient-debugger';
/** Active as soon as anything is read as JSON with comments, as experiment files are: now and then the workbench's own settings, at its start. */
const JSON_FEATURES = 'vscode.json-language-features';

describe('extension', () => {
  it('is inactive until it is used, trains in untrusted workspaces, and then activates', async () => {
    const extension = vscode.extensions.getExtension(ID);
    assert.ok(extension);
    const { supported, description, restrictedConfigurations } = extension.packageJSON.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited');
    assert.match(description, /Training on data works/);
    assert.deepEqual(restrictedConfigurations, ['gradientDebugger.python'], 'a folder cannot choose what is run before it is trusted');
    if (extension.isActive) await until('what the workbench opened by itself', () => vscode.extensions.getExtension(JSON_FEATURES)?.isActive);
    const start = performance.now();
    await extension.activate();
    console.log(`      activation: ${(performance.now() - start).toFixed(0)} ms`);
    assert.ok(extension.isActive);
  });
});
