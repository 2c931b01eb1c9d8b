// `npm start`: everything from a fresh clone to VS Code on examples/ with the extension loaded.
import { randomBytes } from 'node:crypto';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CACHE, ROOT } from './paths.mjs';
import { ensureDependencies } from './setup.mjs';

const examples = join(ROOT, 'examples');

ensureDependencies();
const { buildAll } = await import('./build.mjs');
await buildAll();

const code = ['code', '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code'].find((command) => run(command, ['--version'], 'ignore'));
if (code) {
  console.log('Opening VS Code on examples/. Right-click quadratic.csv and choose "Gradient Debugger: Train on This File".');
  run(code, ['--new-window', `--extensionDevelopmentPath=${ROOT}`, examples], 'inherit');
} else if (process.platform === 'linux') {
  await startEmbedded();
} else {
  console.error('There is no `code` on PATH. Install VS Code and its `code` command (https://code.visualstudio.com), then run npm start again.');
  process.exitCode = 1;
}

/** Whether the command ended well. On Windows `code` is a script, which needs a shell. */
function run(command, words, stdio) {
  return spawnSync(command, words, { stdio, shell: process.platform === 'win32' }).status === 0;
}

async function startEmbedded() {
  const { installEmbedded, installExtension, NEWEST, startServer } = await import('./embedded-vscode.mjs');
  console.log('There is no `code` on PATH: using the VS Code that comes with the npm package code-server.');
  const embedded = await installEmbedded(NEWEST);
  const folders = { dataDir: join(CACHE, 'start', 'data'), extensionsDir: join(CACHE, 'start', 'extensions') };
  execFileSync('npm', ['run', '--silent', 'package'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  await installExtension(embedded, { vsix: join(ROOT, 'dist', 'gradient-debugger.vsix'), ...folders });
  const token = randomBytes(16).toString('hex');
  const server = await startServer(embedded, { ...folders, token });
  const address = `${server.origin}/?folder=${encodeURIComponent(examples)}&tkn=${token}`;
  console.log(`\nVS Code is at\n\n  ${address}\n\nRight-click quadratic.csv and choose "Gradient Debugger: Train on This File". Ctrl+C ends it.`);
  openAddress(address);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(0));
  setInterval(() => undefined, 1 << 30);
}

/** In the person's browser, where there is one; the address is printed in any case. */
function openAddress(address) {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform] ?? 'xdg-open';
  const child = spawn(opener, [address], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
