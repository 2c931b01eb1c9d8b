// The command line: the same job as in the editor, for CI and for people without one.

import { writeSync } from 'node:fs';
import { version } from '../package.json';
import { parseCommand, USAGE, type Command, type FormulaCommand } from './cli/arguments';
import { formulaText } from './cli/formula';
import { jsonResult, textResult } from './cli/result';
import { diagnose } from './diagnosis/diagnose';
import { checkFormula } from './formula/check';
import { describeProblem, ProblemError, toProblem } from './problem';
import { runJob } from './training/job';

const EXIT = { fine: 0, errors: 1, badInput: 2 };

async function main(words: readonly string[]): Promise<number> {
  const command = parseCommand(words);
  if (command === 'help') return print(USAGE + '\n');
  if (command === 'version') return print(`${version}\n`);
  return command.name === 'formula' ? formula(command) : run(command);
}

function formula({ text, options, json }: FormulaCommand): number {
  const check = checkFormula(text, options);
  print(json ? `${JSON.stringify(check)}\n` : formulaText(text, check));
  return { correct: EXIT.fine, wrong: EXIT.errors, 'cannot read': EXIT.badInput }[check.verdict];
}

async function run({ name, file, settings, json, tensors }: Command): Promise<number> {
  if (name === 'check' && !/\.json$/i.test(file)) {
    throw new ProblemError({ file, what: 'check takes an experiment file, because its parameters are what is checked.', todo: `Use "train ${file}" for a data file.` });
  }
  const result = await runJob({ file, settings }, () => false);
  print(json ? `${JSON.stringify(jsonResult(result, tensors))}\n` : textResult(result));
  return diagnose(result).some(({ severity }) => severity === 'error') ? EXIT.errors : EXIT.fine;
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
