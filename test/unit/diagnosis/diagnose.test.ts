import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnose, verdictOf } from '../../../src/diagnosis/diagnose';
import type { Run } from '../../../src/training/run';
import { runJob } from '../../../src/training/job';

describe('diagnosis', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'gradient-diagnosis-'))));
  after(() => rm(folder, { recursive: true }));

  /** A network with one ReLU unit and given values, not trained: Z = w x + b. */
  async function run(rows: [x: number, y: number][], w: number, b: number, activation = 'relu'): Promise<Run> {
    const file = join(folder, 'a.gradient.json');
    const experiment = {
      data: { X: rows.map(([x]) => [x]), Y: rows.map(([, y]) => [y]) },
      layers: [{ units: 1, activation }],
      parameters: [{ W: [[w]], b: [b] }],
      iterations: 0,
    };
    await writeFile(file, JSON.stringify(experiment));
    return runJob({ file, settings: {} }, () => false);
  }
  const verdict = (of: Run): ReturnType<typeof verdictOf> => verdictOf(of, diagnose(of));

  it('counts dead outputs and names their lines', async () => {
    const result = await run([[1, 5], [-1, 5], [-2, 5], [3, 5]], 1, 0.5);
    const { severity, text } = verdict(result);
    assert.equal(severity, 'error');
    assert.equal(text, '2 of 4 predictions are dead: Z[1] < 0, so A[1] = 0 and dZ[1] = 0. These samples cannot teach the network anything.');
  });

  it('counts Z = 0 as dead, and writes it so', async () => {
    const { text } = verdict(await run([[1, 5], [0, 5]], 1, 0));
    assert.match(text, /^1 of 2 predictions is dead: Z\[1\] ≤ 0/);
  });

  it('does not mind a dead output whose target is 0', async () => {
    const result = await run([[1, 5], [-1, 0]], 1, 0.5);
    assert.equal(verdict(result).severity, 'ok');
    assert.equal(diagnose(result).find(({ rule }) => rule === 'dead-output')?.severity, 'info');
  });

  it('calls dead outputs that are no further off than the living a warning, where the rest was learned', async () => {
    const living = Array.from({ length: 20 }, (_, s): [number, number] => [1 + s / 5, 1 + s / 5 + (s % 2 === 0 ? 0.25 : -0.25)]);
    const dead: [number, number][] = [[-1, 0.2], [-0.5, 0.2]];
    assert.equal(verdict(await run([...dead, ...living], 1, 0)).severity, 'warning');
    assert.equal(verdict(await run([[-1, 0.6], [-0.5, 0.6], ...living], 1, 0)).severity, 'error');
  });

  it('says when all are dead, and that the check is then vacuous', async () => {
    const result = await run([[1, 5], [2, 5]], -1, -1);
    assert.match(verdict(result).text, /^All 2 predictions are dead/);
    const check = diagnose(result).find(({ rule }) => rule === 'gradient-check');
    assert.match(check!.message, /layer 1 is vacuous/);
    assert.equal(result.gradientCheck.verdict, 'vacuous');
  });

  it('calls no negative pre-activation dead under another activation', async () => {
    const result = await run([[1, 5], [-1, 5]], 1, 0.5, 'leaky-relu');
    assert.deepEqual(diagnose(result), []);
    assert.equal(verdict(result).severity, 'ok');
  });

  it('asks whether numbers in a column of classes are amounts', async () => {
    const findings = async (name: string, of: (s: number) => number): Promise<string[]> => {
      const file = join(folder, 'numbered.csv');
      await writeFile(file, `x,z,${name}\n${Array.from({ length: 60 }, (_, s) => `${of(s) + (s % 7) / 10},${s % 5},${of(s)}`).join('\n')}\n`);
      const result = await runJob({ file, settings: { iterations: 20, features: ['x', 'z'], target: [name] } }, () => false);
      return diagnose(result).filter(({ rule }) => rule === 'wrong-loss').map(({ message }) => message);
    };
    assert.match((await findings('species', (s) => s % 3)).join(), /^The target "species" holds only the numbers 0 to 2/);
    assert.deepEqual(await findings('children', (s) => s % 3), []);
    assert.deepEqual(await findings('class_size', (s) => 20 + (s % 9)), []);
  });
});
