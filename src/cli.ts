// The command line: the same job as in the editor, for CI and for people without one.

import { writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { version } from '../package.json';
import { parseCommand, USAGE, type Command } from './cli/arguments';
import { jsonResult, textResult } from './cli/result';
import { diagnose } from './diagnosis/diagnose';
import { describeProblem, ProblemError, toProblem } from './problem';
import { runJob } from './training/job';
import type { Run } from './training/run';
import { writeExport } from './worker/export';

const EXIT = { fine: 0, errors: 1, badInput: 2 };

async function main(words: readonly string[]): Promise<number> {
  const command = parseCommand(words);
  if (command === 'help') return print(USAGE + '\n');
  if (command === 'version') return print(`${version}\n`);
  return run(command);
}

async function run({ name, file, settings, json, tensors, target }: Command): Promise<number> {
  if (name === 'check' && !/\.json$/i.test(file)) {
    throw new ProblemError({ file, what: 'check takes an experiment file, because its parameters are what is checked.', todo: `Use "train ${file}" for a data file.` });
  }
  // what is written elsewhere names the data from there
  const result = await runJob({ file: target ? resolve(file) : file, settings }, () => false);
  if (target) return write(result, target);
  print(json ? `${JSON.stringify(jsonResult(result, tensors))}\n` : textResult(result));
  return diagnose(result).some(({ severity }) => severity === 'error') ? EXIT.errors : EXIT.fine;
}

/** A file that was written is what was asked for, whatever the findings. */
async function write(result: Run, { as, out }: NonNullable<Command['target']>): Promise<number> {
  try {
    return print(`${(await writeExport(result, as, out)).join('\n')}\n`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new ProblemError({ file: out, what: `The file cannot be written (${code}).`, todo: 'Choose another name or folder with --out.' });
  }
}

/** Synchronously, because a pipe would otherwise lose what is not yet written when the process ends. */
function print(text: string): number {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // whoever read us (`head`, say) has seen enough
      if (code === 'EPIPE') return EXIT.fine;
      if (code !== 'EAGAIN') throw error;
    }
  }
  return EXIT.fine;
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (thrown: unknown) => {
    console.error(describeProblem(toProblem(thrown)));
    process.exitCode = EXIT.badInput;
  },
);
