// `npm test`: everything from a fresh clone to the last user-interface test. Words choose steps:
// `npm test -- types lint unit host ui`; any other word chooses files by their names: `npm test -- ui views`.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { ensureChromium, ensureDependencies, ensurePython } from './setup.mjs';

const out = join(ROOT, 'out');
const counts = join(out, 'counts.jsonl');
const vsix = join(ROOT, 'dist', 'gradient-debugger.vsix');
const STEPS = ['types', 'lint', 'unit', 'host', 'ui'];
const chosen = process.argv.slice(2).filter((word) => STEPS.includes(word));
const names = process.argv.slice(2).filter((word) => !STEPS.includes(word));
const wanted = (step) => chosen.length === 0 || chosen.includes(step);

mkdirSync(out, { recursive: true });
rmSync(counts, { force: true });
const began = Date.now();
try {
  ensureDependencies();
  if (['unit', 'host', 'ui'].some(wanted) && ensurePython()) process.env.GRADIENT_DEBUGGER_PYTHON = 'required';
  // downloads go on while the cheap steps run
  const editors = wanted('host') || wanted('ui') ? prepareEditors() : Promise.resolve();
  editors.catch(() => undefined);

  const checks = [];
  if (wanted('types')) checks.push(step('types', types));
  if (wanted('lint')) checks.push(step('lint', () => tool('eslint', ['--max-warnings', '0', '.'])));
  // one that fails during the build must not end the process on the spot
  for (const check of checks) check.catch(() => undefined);
  const { buildAll } = await import('./build.mjs');
  await step('build', () => buildAll({ tests: true }));
  // before the unit tests, which take far longer and need every core
  await Promise.all(checks);
  if (wanted('unit')) await step('unit tests', () => mocha('unit', ['--parallel', '--jobs', `${availableParallelism()}`, '--timeout', '20000']));
  if (wanted('ui')) await step('package', packageVsix);
  await editors;
  if (wanted('host')) await step('tests in the extension host', () => node(['scripts/test-host.mjs']));
  if (wanted('ui')) await step('user-interface tests', () => mocha('ui'));
  finish();
} catch (error) {
  console.error(`\n${error.message}`);
  finish();
  process.exitCode = 1;
}

async function types() {
  for (const project of ['tsconfig.json', 'src/core/tsconfig.json', 'src/formula/tsconfig.json', 'webview/tsconfig.json', 'test/tsconfig.json']) await tool('typescript/bin/tsc', ['-p', project]);
}

async function prepareEditors() {
  ensureChromium();
  const { FLOOR, installEmbedded, NEWEST } = await import('./embedded-vscode.mjs');
  if (wanted('ui') || wanted('host')) await installEmbedded(NEWEST);
  if (wanted('host')) await installEmbedded(FLOOR);
}

/** `beside`: words for files that may run beside each other. */
function mocha(kind, beside = []) {
  const files = (names.length === 0 ? [''] : names).map((name) => `out/test/${kind}/**/*${name}*.test.js`);
  return tool('mocha', ['--reporter', join(ROOT, 'scripts', 'mocha-reporter.cjs'), ...beside, ...files]);
}

async function packageVsix() {
  const output = await tool('@vscode/vsce/vsce', ['package', '--out', vsix], { quiet: true });
  if (/warning/i.test(output)) throw new Error(`vsce has warnings:\n${output}`);
}

/** A package's command, by the Node that runs this: no shell, no PATH. */
function tool(name, words, options) {
  const bins = { eslint: 'eslint/bin/eslint.js', mocha: 'mocha/bin/mocha.js' };
  return node([join('node_modules', bins[name] ?? name), ...words], options);
}

function node(words, { quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, {
      cwd: ROOT,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      env: { ...process.env, GRADIENT_DEBUGGER_COUNTS: counts },
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve(output) : reject(new Error(`${words.slice(0, 2).join(' ')} failed${output ? `:\n${output}` : ''}`))));
  });
}

async function step(name, work) {
  const from = Date.now();
  await work();
  console.log(`\n== ${name}: ${((Date.now() - from) / 1000).toFixed(1)} s\n`);
}

/** The sums over every mocha run; a run without a test is a failure. */
function finish() {
  const runs = existsSync(counts) ? readFileSync(counts, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : [];
  const sum = (key) => runs.reduce((total, run) => total + run[key], 0);
  if (runs.some(({ passes, failures }) => passes + failures === 0)) {
    console.error('A test run had no test.');
    process.exitCode = 1;
  }
  console.log(`\n${((Date.now() - began) / 1000).toFixed(0)} s`);
  if (sum('pending') > 0) console.log(`${sum('pending')} skipped`);
  // the last line is read by machines: always this form, alone
  console.log(`${sum('passes')} passed, ${sum('failures')} failed`);
}
