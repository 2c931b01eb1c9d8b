// Waiting for what a workbench does in its own time.

import assert from 'node:assert/strict';

/** What `ask` gives as soon as it is anything. @throws AssertionError after 15 seconds, with `what` was waited for */
export async function until<T>(what: string, ask: () => T | Promise<T>): Promise<Exclude<NonNullable<T>, false>> {
  for (let waited = 0; waited < 15_000; waited += 50) {
    const answer = await ask();
    if (answer) return answer as Exclude<NonNullable<T>, false>;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return assert.fail(`waited for ${what}`);
}
