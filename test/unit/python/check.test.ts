// The check of Python files with a real interpreter: six styles that are correct, every known mistake planted in them, and what must not alarm.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { ProblemError } from '../../../src/problem';
import type { PythonRequest } from '../../../src/python/check';
import type { PythonResult } from '../../../src/python/result';
import { bugs } from './bugs';
import { harmless } from './harmless';
import { pythonRuns, say } from './support';

const root = process.cwd();
const fixtures = join(root, 'test/fixtures/python');

/** Correct source and mistake as one text; a notebook's code is inside JSON strings. */
function replaced(file: string, from: string, to: string): string {
  const source = readFileSync(join(fixtures, file), 'utf8');
  const quoted = (text: string): string => (file.endsWith('.ipynb') ? JSON.stringify(text).slice(1, -1) : text);
  assert.equal(source.split(quoted(from)).length, 2, `"${from}" must occur once in ${file}`);
  return source.replace(quoted(from), () => quoted(to));
}

/** Line of `text` in a file, or in its notebook cell. */
function lineOf(source: string, file: string, text: string): number {
  const cells = file.endsWith('.ipynb') ? (JSON.parse(source) as { cells: { source: string[] }[] }).cells.map((cell) => cell.source.join('')) : [source];
  const cell = cells.find((each) => each.includes(text))!;
  return cell.slice(0, cell.indexOf(text)).split('\n').length;
}

describe('check of a Python file', function () {
  this.timeout(30_000);
  const run = pythonRuns();
  const check = async (...given: Parameters<typeof run>): Promise<PythonResult> => (await run(...given)).result;

  for (const file of readdirSync(fixtures)) {
    it(`finds nothing wrong in ${file}`, async () => {
      const result = await check(readFileSync(join(fixtures, file), 'utf8'), extname(file));
      assert.equal(result.verdict, 'correct', say(result));
      // all parameters in one vector are one layer without a bias
      const oneVector = file === 'unrolled_theta.py';
      assert.ok(result.layers.length >= (oneVector ? 1 : 2));
      assert.ok(result.layers.every(({ dW, db }) => dW.verdict === 'agrees' && (oneVector || db?.verdict === 'agrees')), say(result));
    });
  }

  for (const bug of bugs) {
    it(`finds ${bug.what} in ${bug.file}`, async () => {
      const source = replaced(bug.file, bug.from, bug.to);
      const result = await check(source, extname(bug.file));
      assert.equal(result.verdict, bug.verdict ?? 'wrong', say(result));
      const [finding] = result.findings;
      assert.ok(finding, say(result));
      assert.equal(finding.function, bug.in, say(result));
      assert.equal(finding.line, lineOf(source, bug.file, bug.at ?? bug.to), say(result));
      if (bug.rule) assert.match(finding.rule, bug.rule, say(result));
    });
  }

  for (const { what, file, changes, verdict } of harmless) {
    it(`does not alarm at ${what}`, async () => {
      let source = readFileSync(join(fixtures, file), 'utf8');
      for (const [from, to] of changes) {
        assert.equal(source.split(from).length, 2, `"${from}" must occur once in ${file}`);
        source = source.replace(from, () => to);
      }
      const result = await check(source, extname(file));
      assert.equal(result.verdict, verdict ?? 'correct', say(result));
    });
  }

  it('gives a replacement that makes the file right', async () => {
    const source = replaced('deep_layers.py', 'db = np.sum(dZ, axis=1, keepdims=True) / m', 'db = np.sum(dZ) / m');
    const [finding] = (await check(source, '.py')).findings;
    const lines = source.split('\n');
    const line = lines[finding!.line! - 1]!;
    lines[finding!.line! - 1] = line.slice(0, finding!.column! - 1) + finding!.replacement! + line.slice(finding!.endColumn! - 1);
    assert.equal((await check(lines.join('\n'), '.py')).verdict, 'correct', lines[finding!.line! - 1]);
  });

  it('marks the broken link of the chain, and what is right before it', async () => {
    const { chain } = await check(replaced('deep_layers.py', 'dZ[Z <= 0] = 0', 'dZ[dA <= 0] = 0'), '.py');
    const states = chain.map(({ state }) => state);
    assert.ok(states.includes('right') && states.includes('after'), states.join(' '));
    assert.ok(states.indexOf('right') < states.indexOf('broken') && states.indexOf('broken') < states.lastIndexOf('after'), states.join(' '));
    assert.equal(chain.find(({ state }) => state === 'broken')?.function, 'relu_backward');
  });

  it("tells the person's own exception with function and line", async () => {
    const source = replaced('deep_layers.py', 'dZ = np.array(dA, copy=True)', 'dZ = np.arrya(dA, copy=True)');
    const result = await check(source, '.py');
    assert.equal(result.verdict, 'cannot run');
    assert.match(result.findings[0]!.message, /has no attribute 'arrya'/);
    assert.deepEqual([result.findings[0]!.function, result.findings[0]!.line], ['relu_backward', lineOf(source, 'deep_layers.py', 'np.arrya')]);
  });

  it('says what of a script was run, and which samples stand for its own', async () => {
    const script = await check(readFileSync(join(fixtures, 'built_by_main.py'), 'utf8'), '.py');
    assert.deepEqual(script.notChecked, ['of the script only what leads to line 47 and one step of it was run, with the samples above in place of its own'], say(script));
    const reader = await check(readFileSync(join(fixtures, 'reads_its_data.py'), 'utf8'), '.py');
    assert.deepEqual(reader.notChecked, ['x_train, y_train could not be read: the samples above stand for it'], say(reader));
  });

  it('tells a syntax error with its line', async () => {
    const result = await check('import numpy as np\n\ndef forward(X:\n    return X\n', '.py');
    assert.deepEqual([result.verdict, result.findings[0]!.line], ['cannot run', 3]);
  });

  it('says what was found and what is missing where it cannot bind', async () => {
    const result = await check('import numpy as np\n\ndef relu_backward(dA, Z):\n    return dA * (Z > 0)\n\ndef schritt(a, b):\n    return a @ b\n', '.py');
    assert.equal(result.verdict, 'not bound');
    assert.ok(result.found.some((each) => each.function === 'schritt') && result.missing.length > 0, say(result));
  });

  it('takes a binding by hand', async () => {
    const source = readFileSync(join(fixtures, 'two_layers.py'), 'utf8').replaceAll('forward_propagation', 'schritt_eins').replaceAll('backward_propagation', 'schritt_zwei').replaceAll('compute_cost', 'schritt_drei').replaceAll('initialize_parameters', 'schritt_null').replaceAll('nn_model', 'alles').replaceAll('for i in range(num_iterations)', 'if True');
    const result = await check(source, '.py', { bind: { init: 'schritt_null', forward: 'schritt_eins', cost: 'schritt_drei', backward: 'schritt_zwei' } });
    assert.equal(result.verdict, 'correct', say(result));
    assert.equal(result.bound?.functions.backward?.function, 'schritt_zwei');
  });

  it('keeps prints apart and writes nothing beside the file', async () => {
    const source = replaced('two_layers.py', 'm = Y.shape[1]\n    W1', 'm = Y.shape[1]\n    print(\'{"type": "result"}\')\n    open("cost.txt", "w").write("x")\n    np.save("W1", 1)\n    W1');
    const folder = dirname((await check('import numpy as np\n', '.py')).file);
    const before = readdirSync(folder).sort();
    const result = await check(source, '.py');
    assert.equal(result.verdict, 'correct', say(result));
    assert.deepEqual([...new Set([...before, 'network.py'])].sort(), readdirSync(folder).sort());
  });

  it('shows standard error whole', async () => {
    const { stderr } = await run(replaced('two_layers.py', 'm = Y.shape[1]\n    W1', 'm = Y.shape[1]\n    import sys\n    sys.stderr.write("ümlaut\\n")\n    W1'));
    assert.match(stderr, /ümlaut/);
  });

  const failing = async (more: Partial<PythonRequest>, source = readFileSync(join(fixtures, 'deep_layers.py'), 'utf8')): Promise<string> => {
    const error: unknown = await check(source, '.py', more).then(say, (thrown: unknown) => thrown);
    assert.ok(error instanceof ProblemError, String(error));
    return error.problem.what;
  };

  it('can be cancelled', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    assert.match(await failing({ signal: controller.signal }), /cancelled/);
  });

  it('ends at its time limit', async () => {
    // long enough for a busy machine to start the interpreter and to come to that call
    assert.match(await failing({ seconds: 5 }, '# one call of C, which nothing inside the process can end\nX = sum(range(10 ** 12))\ndef backward(dA):\n    return dA\n'), /longer than 5 s/);
  });

  it('says which interpreter cannot be started', async () => {
    assert.match(await failing({ interpreter: 'no-such-python' }), /no-such-python cannot be started/);
  });
});
