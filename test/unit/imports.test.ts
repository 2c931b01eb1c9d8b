// The rule that holds the house up: imports point one way.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** For each room: what its files may import, as rooms of src/ or packages. */
const allowed: Record<string, readonly string[]> = {
  core: [],
  data: ['core', 'problem', 'closest', 'udsv', 'node:'],
  experiment: ['core', 'data', 'problem', 'closest', 'zod', 'jsonc-parser', 'node:'],
  training: ['core', 'data', 'experiment', 'problem', 'node:'],
  diagnosis: ['core', 'data', 'experiment', 'training', 'format'],
  trials: ['core', 'data', 'experiment', 'training', 'diagnosis', 'problem'],
  formula: ['core', 'closest', '@lezer/python'],
  python: ['problem', 'zod', 'jsonc-parser', 'node:'],
  export: ['core', 'data', 'experiment', 'training', 'protocol', 'format'],
  worker: ['core', 'data', 'experiment', 'training', 'diagnosis', 'trials', 'export', 'problem', 'protocol', 'node:'],
  cli: ['core', 'data', 'experiment', 'training', 'diagnosis', 'trials', 'formula', 'python', 'worker', 'cli', 'closest', 'problem', '../package.json', 'node:'],
  host: ['experiment', 'formula', 'python', 'worker', 'problem', 'protocol', 'vscode', 'node:', 'format'],
  extension: ['host', 'vscode'],
  protocol: ['core', 'diagnosis', 'experiment', 'python', 'training', 'trials', 'problem', 'format'],
  format: [],
  problem: [],
  closest: [],
};

const root = process.cwd();

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

/** Specifiers of all imports and exports of a file; a path is given relative to src/. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return Array.from(text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g), ([, specifier]) =>
    specifier!.startsWith('.') ? relative(join(root, 'src'), resolve(root, dirname(file), specifier!)).split(sep).join('/') : specifier!,
  );
}

const roomOf = (path: string): string => path.replace(/\.ts$/, '').split('/')[0]!;

describe('imports', () => {
  const files = sources('src');

  it('cover every room', () => {
    assert.deepEqual([...new Set(files.map((file) => roomOf(file.slice('src/'.length).split(sep).join('/'))))].sort(), Object.keys(allowed).sort());
  });

  for (const file of files) {
    it(`of ${file} point one way`, () => {
      const room = roomOf(file.slice('src/'.length).split(sep).join('/'));
      for (const specifier of importsOf(file)) {
        const known = [room, ...allowed[room]!].some((name) => specifier === name || specifier.startsWith(name.endsWith(':') ? name : `${name}/`));
        assert.ok(known, `${file} imports ${specifier}`);
      }
    });
  }

  for (const file of sources('webview')) {
    it(`of ${file} see the protocol only`, () => {
      for (const specifier of importsOf(file)) {
        assert.ok(specifier === 'protocol' || specifier.startsWith('../webview/') || specifier.startsWith('chart.js') || specifier === 'katex', `${file} imports ${specifier}`);
      }
    });
  }
});

describe('imports of the Python probe', () => {
  /** Its rooms, the lowest first: each sees those before it; what stands above the rooms (`check`, `choosing`, `search`) sees them all. */
  const rooms = ['common', 'source', 'certain', 'bind', 'shapes', 'judge', 'blame', 'report'];
  const probe = 'src/python/probe/gradient_probe';
  const files = readdirSync(join(root, probe), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.py'));

  it('cover every room', () => {
    const found = files.map((file) => file.split(sep)).filter((parts) => parts.length > 1);
    assert.deepEqual([...new Set(found.map(([room]) => room))].sort(), [...rooms].sort());
  });

  for (const file of files) {
    it(`of ${file} point one way`, () => {
      const [room] = file.split(sep).length > 1 ? file.split(sep) : [undefined];
      for (const [, seen] of readFileSync(join(root, probe, file), 'utf8').matchAll(/^\s*from \.\.(\w*)[. ]/gm)) {
        assert.ok(rooms.includes(seen!) && rooms.indexOf(seen!) < rooms.indexOf(room!), `${file} imports ${seen || 'what stands above the rooms'}`);
      }
    });
  }
});
