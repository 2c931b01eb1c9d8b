import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runJob } from '../../../src/training/job';
import type { Settings } from '../../../src/experiment/settings';
import { markedLines, MAX_MARKED } from '../../../src/worker/marked-lines';

describe('marked lines', () => {
  let folder: string;

  before(async () => (folder = await mkdtemp(join(tmpdir(), 'gradient-marks-'))));
  after(() => rm(folder, { recursive: true }));

  async function marks(text: string, settings: Settings = {}): Promise<ReturnType<typeof markedLines>> {
    const file = join(folder, 'data.csv');
    await writeFile(file, text);
    return markedLines(await runJob({ file, settings: { iterations: 0, ...settings } }, () => false));
  }

  it('are those whose output pre-activation is not above 0, with its numbers', async () => {
    const lines = await marks('x,y\n-3,1\n-2,2\n1,3\nbad,4\n2,5\n3,6\n', { hidden: [], normalize: { features: 'none', target: 'none' }, outputActivation: 'relu' });
    assert.equal(lines.layer, 1);
    assert.ok(lines.dead.length > 0 && lines.dead.length < 5, 'one sign of x is dead, whichever the seed gives');
    assert.equal(lines.ofDead, lines.dead.length);
    for (const { line, outputs: [output], more } of lines.dead) {
      assert.ok(output!.Z <= 0 && output!.prediction === 0 && more === 0);
      assert.equal(output!.name, 'y');
      assert.equal(output!.target, line - 1, 'the target that stands on that line');
    }
    assert.deepEqual(lines.skipped.map(({ line }) => line), [5]);
    assert.equal(lines.ofSkipped, 1);
  });

  it('are at most a thousand of each kind, the first ones, with the number of all', async () => {
    const rows = Array.from({ length: 6000 }, (_, i) => (i % 3 === 2 ? `${i},` : `${(i % 3 === 0 ? -1 : 1) * (1 + (i % 7))},${1 + (i % 5)}`));
    const lines = await marks(`x,y\n${rows.join('\n')}\n`, { hidden: [], normalize: { features: 'none', target: 'none' }, outputActivation: 'relu' });
    assert.equal(lines.ofDead, 2000);
    assert.equal(lines.ofSkipped, 2000);
    assert.equal(lines.dead.length, MAX_MARKED);
    assert.equal(lines.skipped.length, MAX_MARKED);
    assert.ok(lines.dead.at(-1)!.line < 3010);
  });

  it('tell the dead outputs of one sample apart, the first few by name', async () => {
    const names = Array.from({ length: 6 }, (_, k) => `t${k}`);
    const rows = Array.from({ length: 12 }, (_, i) => [i, ...names.map((_name, k) => i + k)].join(','));
    const lines = await marks(`x,${names.join(',')}\n${rows.join('\n')}\n`, { target: names, outputActivation: 'relu' });
    for (const { outputs, more } of lines.dead) {
      assert.ok(outputs.length <= 4 && outputs.length > 0);
      assert.ok(outputs.every(({ name, Z }) => names.includes(name) && Z <= 0));
      assert.ok(more === 0 || outputs.length === 4);
    }
    assert.ok(lines.dead.some(({ outputs }) => outputs.length > 1));
  });

  it('are none of the dead kind under another output than ReLU', async () => {
    const lines = await marks('x,y\n1,1\n2,2\n3,3\n', { outputActivation: 'linear' });
    assert.equal(lines.ofDead, 0);
  });
});
