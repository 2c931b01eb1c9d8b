// Builds everything that ships (dist/) and, with --tests, every test file (out/).
// Only the extension's bundle may import `vscode`: any other bundle that tries fails to build.
import { build } from 'esbuild';
import { compileKernels } from './kernels.mjs';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

const production = process.argv.includes('--production');

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  loader: { '.wasm': 'binary' },
};
/** @type {import('esbuild').BuildOptions} */
// mainFields: jsonc-parser's `main` is UMD, whose requires cannot be bundled
const node = { ...common, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'] };

export async function buildAll({ tests = false } = {}) {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await compileKernels();
  await Promise.all([
    build({ ...node, entryPoints: ['src/extension.ts'], outdir: 'dist', external: ['vscode'] }),
    build({ ...node, entryPoints: { worker: 'src/worker/worker.ts', 'helper-thread': 'src/training/helper-thread.ts' }, outdir: 'dist' }),
    build({ ...node, entryPoints: ['src/cli.ts'], outdir: 'dist', banner: { js: '#!/usr/bin/env node' } }),
    build({ ...common, platform: 'browser', target: 'chrome120', format: 'iife', entryPoints: ['webview/panel.ts', 'webview/panel.css', 'webview/compare.ts', 'webview/compare.css', 'webview/python-panel.ts', 'webview/python-panel.css'], outdir: 'dist' }),
  ]);
  copyPython();
  await writeSchema();
  writeReadme();
  if (tests) await buildTests();
}

/** The probe is run by the person's own Python, as it is. */
function copyPython() {
  const from = join(root, 'src', 'python', 'probe');
  for (const name of readdirSync(from, { recursive: true }).filter((each) => each.endsWith('.py'))) cpSync(join(from, name), join(root, 'dist', 'python', name));
}

/** The JSON Schema of experiment files is made from the same definition that validates them. */
async function writeSchema() {
  const outfile = join(root, 'out', 'schema.js');
  await build({ ...node, entryPoints: ['src/experiment/json-schema.ts'], outfile });
  const { experimentJsonSchema } = require(outfile);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist', 'experiment.schema.json'), JSON.stringify(experimentJsonSchema(), null, 2) + '\n');
}

/** The README inside the package: where it is read, the pictures and files beside ours are not there. */
function writeReadme() {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
    .replace(/<picture>.*?<\/picture>\n\n/gs, '')
    .replace(/\[([^\]]+)\]\((?!https?:)[^)]+\)/g, '$1');
  writeFileSync(join(root, 'dist', 'README.md'), text);
}

async function buildTests() {
  rmSync(join(root, 'out', 'test'), { recursive: true, force: true });
  await build({
    ...node,
    entryPoints: readdirSync(join(root, 'test'), { recursive: true })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.startsWith('bench'))
      .map((file) => join(root, 'test', file)),
    outbase: 'test',
    outdir: 'out/test',
    sourcemap: 'inline',
    external: ['vscode', 'mocha', 'playwright-core', 'axe-core', '@vscode/test-electron'],
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildAll({ tests: process.argv.includes('--tests') });
}
