// The command line: the same job as in the editor, for CI and for people without one.

import { existsSync, readFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { version } from '../package.json';
import { parseCommand, USAGE, type Command, type FormulaCommand } from './cli/arguments';
import { formulaText } from './cli/formula';
import { pythonJson, pythonText } from './cli/python';
import { jsonResult, textResult } from './cli/result';
import { trialsJson, trialsText } from './cli/trials';
import { diagnose } from './diagnosis/diagnose';
import { pythonBinding } from './experiment/python-binding';
import { checkFormula } from './formula/check';
import { describeProblem, ProblemError, toProblem } from './problem';
import { checkPython } from './python/check';
import { checkSamples } from './training/check-samples';
import { runJob } from './training/job';
import type { Run } from './training/run';
import { tryAll } from './trials/try-all';
import { companionSamples } from './worker/check-samples';
import { writeExport } from './worker/export';

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

async function run(command: Command): Promise<number> {
  const { name, file, settings, json, tensors, tryAll: all, target, data } = command;
  if (name === 'check' && /\.(py|ipynb)$/i.test(file)) return runPython(command);
  if (data !== null) throw new ProblemError({ what: '--data gives the check of a Python file its samples.', todo: `Name a .py or .ipynb file, or leave --data out.` });
  if (name === 'check' && !/\.json$/i.test(file)) {
    throw new ProblemError({ file, what: 'check takes an experiment file, because its parameters are what is checked, or a Python file.', todo: `Use "train ${file}" for a data file.` });
  }
  // what is written elsewhere names the data from there
  const result = await runJob({ file: target ? resolve(file) : file, settings }, () => false);
  if (target) return write(result, target);
  const findings = diagnose(result);
  const trials = all ? tryAll(result, findings) : null;
  if (json) print(`${JSON.stringify({ ...jsonResult(result, tensors), ...(all && { trials: trialsJson(trials) }) })}\n`);
  else print(`${textResult(result)}${all ? `\n${trialsText(trials)}` : ''}`);
  return findings.some(({ severity }) => severity === 'error') ? EXIT.errors : EXIT.fine;
}

/** The gradient check of a person's own backprop; an experiment file of the same name may say which function is which. */
async function runPython({ file, json, data, settings }: Command): Promise<number> {
  if (!existsSync(file)) throw new ProblemError({ file, what: 'The file does not exist.', todo: 'Check the path.' });
  const companion = file.replace(/\.(py|ipynb)$/i, '.gradient.json');
  const written = existsSync(companion) ? readFileSync(companion, 'utf8') : null;
  const bind = written === null ? undefined : pythonBinding(written, companion);
  const samples = data !== null ? await checkSamples(data, settings) : written === null ? undefined : await companionSamples(written, companion, settings);
  const { result, stderr } = await checkPython({ file: resolve(file), probe: join(__dirname, 'python', 'probe.py'), ...(bind !== undefined && { bind }), ...(samples !== undefined && { data: samples }) });
  if (stderr !== '') process.stderr.write(stderr);
  print(json ? `${JSON.stringify(pythonJson({ ...result, file }))}\n` : pythonText(result));
  switch (result.verdict) {
    case 'correct':
    case 'convention':
      return EXIT.fine;
    case 'wrong':
      return EXIT.errors;
    case 'cannot run':
    case 'not bound':
      return EXIT.badInput;
    default:
      return result.verdict satisfies never;
  }
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
