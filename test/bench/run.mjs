// `npm run bench`: our core beside what people would use instead, in one run. Every round runs each of them once, in a
// process of its own, so that whatever else the machine does meets all of them. `--write` puts the table into the README.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildAll } from '../../scripts/build.mjs';
import { ROOT } from '../../scripts/paths.mjs';
import { checks, peers, steps } from './cases.mjs';
import { scaling } from './scaling.mjs';
import { checkTable, stepTable, writeInto } from './tables.mjs';

const HERE = join(ROOT, 'test', 'bench');
const OUT = join(ROOT, 'out', 'bench');
const words = process.argv.slice(2);
const ROUNDS = Number(words.find((word) => /^\d+$/.test(word)) ?? 5);
const wanted = (part) => !words.some((word) => ['step', 'check', 'csv', 'scaling'].includes(word)) || words.includes(part);

mkdirSync(OUT, { recursive: true });
if (!existsSync(join(HERE, 'node_modules'))) {
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund'], { cwd: HERE, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error('The peers could not be installed: see above.');
}
await buildAll();
const ours = join(OUT, 'ours.js');
await build({ entryPoints: [join(HERE, 'ours.ts')], outfile: ours, bundle: true, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'], loader: { '.wasm': 'binary' } });

/** The best of the machine's Pythons: Debian's packages are for its own. */
const python = ['/usr/bin/python3', 'python3'].find((path) => spawnSync(path, ['-c', 'import numpy']).status === 0);
const versions = python ? runPython({ kind: 'versions' }) : {};

function json(file, args, spec) {
  const output = execFileSync(file, [...args, JSON.stringify(spec)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], cwd: HERE });
  return JSON.parse(output.trim().split('\n').at(-1));
}
function runPython(spec) {
  return json(python, [join(HERE, 'peers.py')], spec);
}
function runOurs(spec) {
  return json(process.execPath, [ours], { ...spec, helper: join(ROOT, 'dist', 'helper-thread.js'), worker: join(ROOT, 'dist', 'worker.js') });
}
function runPeer(peer, spec) {
  return peer.python ? runPython({ ...spec, python: peer.python, float: peer.float }) : json(process.execPath, [join(HERE, peer.script)], { ...spec, backend: peer.backend });
}
const here = (peer) => (peer.python ? versions[peer.python] !== undefined : true);

/** The fastest over the numbers of threads that were tried. */
const best = (results) => results.reduce((one, other) => (other.ms < one.ms ? other : one));
const secondsFor = (name) => (name === 'L' ? 0 : 1);

const result = { machine: `${cpus()[0].model.trim()}, ${cpus().length} cores`, node: process.version, versions, rounds: ROUNDS, steps: {}, checks: {}, csv: null };

function measure(label, contestants) {
  const rounds = Object.fromEntries(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, once, run } of contestants) {
      if (once && round > 0) continue;
      const value = run();
      rounds[name].push(value);
      console.log(`${label} ${round + 1}/${ROUNDS} ${name}: ${value.ms.toPrecision(4)} ms${value.difference === undefined ? '' : `, difference ${value.difference.toExponential(1)}`}`);
    }
  }
  return rounds;
}

if (wanted('step')) {
  for (const { name, units, samples } of steps) {
    const spec = { kind: 'step', units, samples, seconds: secondsFor(name) };
    result.steps[name] = measure(name, [
      { name: 'ours', run: () => best([1, 2].map((threads) => ({ ...runOurs({ ...spec, threads }), threads }))) },
      { name: 'ours without WebAssembly', once: name === 'L', run: () => runOurs({ ...spec, threads: 1, engine: 'typescript' }) },
      ...peers.filter((peer) => peer.cases.includes(name) && here(peer)).map((peer) => ({
        name: `${peer.name} f${peer.float}`,
        // one step takes seconds
        once: name === 'L' && !peer.python,
        run: () => best((peer.threads ?? [1]).map((threads) => ({ ...runPeer(peer, { ...spec, threads }), threads }))),
      })),
    ]);
  }
}

if (wanted('check')) {
  for (const { name, units, samples } of checks) {
    const spec = { kind: 'check', units, samples, seconds: 1 };
    const torch = versions.torch ? [{ name: 'torch.autograd.gradcheck', run: () => best([1, 2].map((threads) => runPython({ ...spec, threads }))) }] : [];
    result.checks[name] = measure(`check ${name}`, [{ name: 'ours', run: () => best([1, 2].map((threads) => runOurs({ ...spec, threads }))) }, ...torch]);
  }
}

if (wanted('csv')) {
  const file = join(OUT, 'million.csv');
  writeMillion(file);
  result.csv = measure('csv', [
    { name: 'ours', run: () => runOurs({ kind: 'csv', file }) },
    ...(versions.pandas ? [{ name: 'pandas.read_csv', run: () => runPython({ kind: 'csv', file }) }] : []),
  ]);
  result.eventLoop = Array.from({ length: ROUNDS }, () => runOurs({ kind: 'event-loop', file }));
  console.log('event loop delay while a worker trains on it, ms:', result.eventLoop.map(({ p99, most }) => `p99 ${p99.toFixed(1)}, most ${most.toFixed(1)}`).join('; '));
  rmSync(file);
}

if (wanted('scaling')) result.scaling = scaling((spec) => runOurs({ ...spec, seconds: 0.3 }).ms);

writeFileSync(join(OUT, 'bench.json'), JSON.stringify(result, null, 1) + '\n');
const tables = `${stepTable(result)}\n\n${checkTable(result)}`;
console.log(`\n${tables}\n\nWritten to out/bench/bench.json`);
if (words.includes('--write')) {
  if (wanted('step') && wanted('check')) writeInto(join(ROOT, 'README.md'), 'speed', tables);
  if (result.scaling) writeInto(join(HERE, 'README.md'), 'scaling', result.scaling.text);
}

/** 1,000,000 rows of 10 columns, about 85 MB, from a generator of its own. */
function writeMillion(file) {
  let state = 1;
  const uniform = () => (state = (state * 48271) % 2147483647) / 2147483647;
  let text = 'a,b,c,d,e,f,g,h,i,y\n';
  writeFileSync(file, '');
  for (let row = 0; row < 1_000_000; row++) {
    text += Array.from({ length: 10 }, () => (uniform() * 2 - 1).toFixed(5)).join(',') + '\n';
    if (text.length > 8e6 || row === 999_999) {
      writeFileSync(file, text, { flag: 'a' });
      text = '';
    }
  }
  console.log(`${(readFileSync(file).length / 1e6).toFixed(0)} MB`);
}
