// Activation inside a real extension host. The first file by its name, because any other activates the extension.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const ID = 'gradient-debugger.gradient-debugger';

describe('extension', () => {
  it('is inactive until it is used, works in untrusted workspaces, and then activates', async () => {
    const extension = vscode.extensions.getExtension(ID);
    assert.ok(extension);
    assert.equal(extension.packageJSON.capabilities.untrustedWorkspaces.supported, true);
    assert.ok(!extension.isActive);
    const start = performance.now();
    await extension.activate();
    console.log(`      activation: ${(performance.now() - start).toFixed(0)} ms`);
    assert.ok(extension.isActive);
  });
});
