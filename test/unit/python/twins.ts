// A correct source and its twin with one mistake: the one must be recognised as correct, the other as wrong.

import assert from 'node:assert/strict';
import { pythonChecks, say } from './support';

export interface Twins {
  readonly what: string;
  readonly source: string;
  /** Must occur once. */
  readonly mistake: readonly [from: string, to: string];
}

/** Call in a `describe`: one test for each, and the check of a source text for further ones. */
export function twins(every: readonly Twins[]): ReturnType<typeof pythonChecks> {
  const check = pythonChecks();
  for (const { what, source, mistake } of every)
    it(`binds ${what}`, async () => {
      const right = await check(source);
      assert.equal(right.verdict, 'correct', say(right));
      assert.deepEqual(right.findings.filter((each) => each.severity === 'error'), []);
      assert.equal(source.split(mistake[0]).length, 2, `"${mistake[0]}" must occur once`);
      const wrong = await check(source.replace(mistake[0], () => mistake[1]));
      assert.equal(wrong.verdict, 'wrong', say(wrong));
    });
  return check;
}
