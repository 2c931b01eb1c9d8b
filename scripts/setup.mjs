// Installs what a fresh clone lacks: the packages, and a Chromium for the tests. Imports Node's own modules only.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './paths.mjs';

/** `npm ci` unless node_modules is as new as the lock file. Install scripts are not needed, so they do not run. */
export function ensureDependencies() {
  const mark = join(ROOT, 'node_modules', '.package-lock.json');
  const lock = join(ROOT, 'package-lock.json');
  if (existsSync(mark) && statSync(mark).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing packages…');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error('npm ci failed: see above. Check that the npm registry can be reached.');
}

/** NumPy for some python3; on Debian as root it is installed where it is missing. The tests say loudly where there is none. */
export function ensureNumPy() {
  const has = () => ['python3', 'python'].some((name) => spawnSync(name, ['-c', 'import numpy']).status === 0);
  if (has() || !existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return;
  console.log('Installing NumPy…');
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  execFileSync('apt-get', ['update', '-qq'], options);
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'python3-numpy'], options);
}

const CHROMIUMS = [
  process.env.CHROMIUM_PATH,
  ...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name))),
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Path of a Chromium; on Debian as root it is installed where it is missing. */
export function ensureChromium() {
  const find = () => CHROMIUMS.find((path) => path && existsSync(path));
  const found = find();
  if (found) return found;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log('Installing Chromium…');
    const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
  }
  const installed = find();
  if (!installed) throw new Error('The tests need Chromium or Chrome. Install one, or set CHROMIUM_PATH to it.');
  return installed;
}
