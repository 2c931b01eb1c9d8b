// The interpreter against NumPy itself: test/fixtures/formula/make.py wrote what NumPy gives.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FormulaError } from '../../../src/formula/error';
import { evaluate, type Scope } from '../../../src/formula/evaluate';
import { builtins } from '../../../src/formula/numpy/functions';
import { parse } from '../../../src/formula/parse';
import type { Value } from '../../../src/formula/value';

interface Shown {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

const fixture = JSON.parse(readFileSync(join(process.cwd(), 'test/fixtures/formula/numpy.json'), 'utf8')) as {
  given: Record<string, Shown>;
  cases: (Shown & { text: string })[];
};

function scope(): Scope {
  const given = new Map<string, Value>(
    Object.entries(fixture.given).map(([name, { shape, values }]) => [name, { type: 'array', shape, data: Float64Array.from(values), kind: shape.length === 0 ? 'int' : 'float' }]),
  );
  return {
    lookup: (name) => (name === 'np' || name === 'math' ? { type: 'module', name } : (given.get(name) ?? builtins.get(name))),
    layer: () => undefined,
    unknown: (name) => new FormulaError('unknown-name', `no ${name}`, ''),
  };
}

describe('interpreter', () => {
  assert.ok(fixture.cases.length > 80);
  for (const { text, shape, values } of fixture.cases) {
    it(`gives what NumPy gives for ${text.replaceAll('\n', ' ⏎ ')}`, () => {
      const { value, problems } = evaluate(parse(text), scope());
      assert.deepEqual(problems, []);
      assert.ok(value?.type === 'array', value?.type);
      assert.deepEqual(value.shape, shape);
      values.forEach((expected, k) => assert.ok(Math.abs(value.data[k]! - expected) <= 1e-12 * Math.max(1, Math.abs(expected)), `entry ${k}: ${value.data[k]!} against ${expected}`));
    });
  }

  const refused: [text: string, rule: string, says: RegExp][] = [
    ['A + W', 'shapes', /unequal shapes: \{3\} × \{7\} and \{3\} × \{5\}/],
    ['np.dot(W, dZ)', 'shapes', /inner sizes \{5\} and \{3\} differ/],
    ['Z[7]', 'shapes', /outside/],
    ['Z[0, 0, 0]', 'shapes', /more indices/],
    ['Z.reshape(4, 5)', 'shapes', /reshape cannot/],
    ['np.divide(1 - Y)', 'type', /np\.divide needs 2 arguments and is given 1/],
    ['np.exp(Z, A)', 'type', /np\.exp takes at most 1 argument and is given 2/],
    ['np.sum(Z, axes=1)', 'type', /no argument "axes"/],
    ['-(A, Y)', 'tuple', /"-" is applied to a tuple of 2 parts/],
    ['np.expp(Z)', 'unknown-function', /np\.expp is not among/],
    ['Z.tranpose()', 'unknown-function', /no "\.tranpose"/],
    ['x = (Z > 0).astype(int); x *= dA', 'type', /decimal numbers into an array of whole numbers/],
    ['np.zeros((10**6, 10**6))', 'unsupported', /too large/],
    ['f = lambda z: f(z); f(Z)', 'unsupported', /calls itself/],
    ['def f(z):\n  return f(z)\nf(Z)', 'unsupported', /calls itself/],
    ['max(0, Z)', 'truth-value', /compares single numbers/],
    ['np.random.randn(3, 7)', 'unsupported', /np\.random/],
    ["open('/etc/passwd')", 'unknown-name', /no open/],
    ['(1).__class__', 'unknown-function', /no "\.__class__"/],
  ];
  for (const [text, rule, says] of refused) {
    it(`refuses ${text.replaceAll('\n', ' ⏎ ')} as ${rule}`, () => {
      assert.throws(
        () => evaluate(parse(text), scope()),
        (error) => error instanceof FormulaError && error.rule === rule && says.test(error.message) && error.at !== null,
      );
    });
  }

  const gone: [text: string, rule: string][] = [
    ['1 if Z > 0', 'incomplete-conditional'],
    ['1 if Z > 0 else 0', 'truth-value'],
    ['0 < Z < 1', 'truth-value'],
    ['Z > 0 and A > 0', 'truth-value'],
    ['not (Z > 0)', 'truth-value'],
    ['math.exp(Z)', 'type'],
    ['2(A)', 'type'],
    ['-(Z > 0)', 'type'],
    ['(Z > 0) - (A > 0.5)', 'type'],
  ];
  for (const [text, rule] of gone) {
    it(`objects to ${text} as Python would, and goes on`, () => {
      const { value, problems } = evaluate(parse(text), scope());
      assert.equal(problems[0]?.rule, rule);
      assert.ok(problems[0].at);
      assert.ok(value?.type === 'array' && value.shape.join() === '3,7');
    });
  }
});
