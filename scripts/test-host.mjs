// Runs the tests of test/host inside a real extension host: on the newest VS Code, then on the oldest one
// that package.json promises. VS Code is downloaded where it can be; elsewhere the embedded one is used.
import { mkdtempSync, cpSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { FLOOR, NEWEST } from './embedded-vscode.mjs';
import { CACHE, ROOT } from './paths.mjs';

for (const { version, embedded } of [
  { version: 'stable', embedded: NEWEST },
  { version: '1.100.3', embedded: FLOOR },
]) {
  const downloaded = await download(version);
  console.log(`\nIn the extension host of VS Code ${downloaded ? version : `1.${embedded.split('.').slice(1).join('.')} (embedded)`}`);
  // tests write beside their data, so they get a copy of it
  const folder = mkdtempSync(join(tmpdir(), 'gradient-debugger-folder-'));
  cpSync(join(ROOT, 'examples'), folder, { recursive: true });
  try {
    await runTests({
      vscodeExecutablePath: downloaded ?? join(ROOT, 'scripts', 'embedded-test-host.mjs'),
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: join(ROOT, 'out', 'test', 'host', 'index.js'),
      launchArgs: [folder],
      extensionTestsEnv: { GRADIENT_DEBUGGER_VSCODE: embedded },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Path of the executable; null where the download cannot be reached. */
async function download(version) {
  if (process.env.GRADIENT_DEBUGGER_EMBEDDED) return null;
  try {
    return await downloadAndUnzipVSCode({ version, cachePath: CACHE, timeout: 15_000 });
  } catch {
    return null;
  }
}
