// The entry that VS Code calls in its extension host: every test file beside it, found by glob.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export async function run(): Promise<void> {
  const mocha = await import('mocha');
  const runner = new mocha.default({ reporter: join(__dirname, '../../../scripts/mocha-reporter.cjs'), timeout: 30_000, color: true });
  for (const name of readdirSync(__dirname).filter((each) => each.endsWith('.test.js'))) runner.addFile(join(__dirname, name));
  const failures = await new Promise<number>((resolve) => runner.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
