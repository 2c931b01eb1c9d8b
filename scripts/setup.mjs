// Installs what a fresh clone lacks: the packages, and for the tests a Chromium, NumPy and PyTorch. Imports Node's own modules only.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './paths.mjs';

/** Debian as root, as CI is. */
function canInstall() {
  return existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
}

/** Waits for another installation to end: there may be one going on beside it. */
function aptInstall(name, packages) {
  console.log(`Installing ${name}…`);
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const wait = ['-o', 'DPkg::Lock::Timeout=600'];
  execFileSync('apt-get', [...wait, 'update', '-qq'], options);
  execFileSync('apt-get', [...wait, 'install', '-y', '-qq', '--no-install-recommends', ...packages], options);
}

/**
 * NumPy and PyTorch for the tests of exported scripts: on Debian as root they are installed where they are missing.
 * Says whether they have to be there: elsewhere those tests look for a Python and say so where they find none.
 */
export function ensurePython() {
  if (!canInstall()) return false;
  // looked for without loading them, which takes seconds
  const find = 'import importlib.util as u, sys; sys.exit(any(u.find_spec(name) is None for name in ("numpy", "torch")))';
  if (spawnSync('/usr/bin/python3', ['-c', find]).status !== 0) aptInstall('NumPy and PyTorch', ['python3', 'python3-numpy', 'python3-torch']);
  return true;
}

/** `npm ci` unless node_modules is as new as the lock file. Install scripts are not needed, so they do not run. */
export function ensureDependencies() {
  const mark = join(ROOT, 'node_modules', '.package-lock.json');
  const lock = join(ROOT, 'package-lock.json');
  if (existsSync(mark) && statSync(mark).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing packages…');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error('npm ci failed: see above. Check that the npm registry can be reached.');
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
  if (canInstall()) aptInstall('Chromium', ['chromium']);
  const installed = find();
  if (!installed) throw new Error('The tests need Chromium or Chrome. Install one, or set CHROMIUM_PATH to it.');
  return installed;
}
