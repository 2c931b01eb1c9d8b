// The command line's words: what they mean, and what is said when they are off.

import { parseArgs } from 'node:util';
import { activationNames, type ActivationName } from '../core/activations';
import { initializationNames } from '../core/initializations';
import { lossNames } from '../core/losses';
import { optimizerNames, type OptimizerSettings } from '../core/optimizers';
import { closest } from '../closest';
import type { FormulaOptions } from '../formula/check';
import { targetNames } from '../formula/finding';
import { ProblemError } from '../problem';
import type { Settings } from '../experiment/settings';
import { exportNames, type ExportName } from '../worker/export';

export const USAGE = `gradient-debugger: where does the gradient of a network go wrong, or stop flowing?

  gradient-debugger train DATA.csv|EXPERIMENT.gradient.json [options]
  gradient-debugger check EXPERIMENT.gradient.json [options]      no training: the gradient check at the given parameters
  gradient-debugger check FILE.py|FILE.ipynb [--data DATA.csv]    the backprop in a Python file against its own cost
  gradient-debugger formula 'dAL = AL - Y' [options]              one formula of a backward pass, as NumPy text
  gradient-debugger export FILE --as numpy|pytorch|report --out PATH [options]
                                trains, and writes a script that rebuilds the run in Python, or a report in HTML

  --target NAME[,NAME]          default: the last numeric column
  --data FILE                   with check FILE.py: your samples, on which the check is made once more
  --features NAME[,NAME]        default: every other usable column
  --hidden 16,8                 units of the hidden layers; "" for none
  --hidden-activation NAME      default: relu; leaky-relu:0.1 gives its slope
  --output-activation NAME      ${activationNames.join(' ')}
  --loss NAME                   ${lossNames.join(' ')}
  --optimizer NAME              sgd momentum rmsprop adam
  --learning-rate NUMBER        default: 0.0075
  --iterations NUMBER           default: 2000
  --batch-size NUMBER           default: every sample up to 10,000, then 1024
  --initialization NAME         ${initializationNames.join(' ')}
  --seed NUMBER                 default: 7
  --normalize-features NAME     none standard minmax; default: standard
  --normalize-target NAME       none standard scale; default: none below 10,000
  --l2 NUMBER                   default: 0
  --clip NUMBER                 largest norm of the gradient; default: any
  --learning-rate-decay NUMBER  learning rate / (1 + decay · epoch); default: 0
  --early-stop NUMBER           iterations without a lower development cost; needs --split
  --split NUMBER                share of the development set; default: every sample trains
  --missing NAME                skip mean median
  --as NAME, --out PATH         with export: what to write, and where
  --try-all                     with train: tries every remedy of the findings, and ranks them
  --json                        the whole result as JSON on standard output
  --tensors                     with --json: Z, A, dA, dZ, dW, db of every layer, and the parameters
  --help, --version

  of formula, beside --loss and --json:
  --activation NAME             of the layer; default: what the formula looks like
  --of NAME                     ${targetNames.join(' ')}; default: by its left side
  --samples NAME                columns rows; default: columns, as in the course

Exit code: 0 fine, 1 findings of severity error, 2 bad input, or a formula or Python file that cannot be read, run or understood.`;

export interface Command {
  readonly name: 'train' | 'check' | 'export';
  readonly file: string;
  readonly settings: Settings;
  readonly json: boolean;
  readonly tensors: boolean;
  readonly tryAll: boolean;
  /** Of the check of a Python file only: a data or experiment file with the person's own samples. */
  readonly data: string | null;
  /** Of export only. */
  readonly target: { readonly as: ExportName; readonly out: string } | null;
}

export interface FormulaCommand {
  readonly name: 'formula';
  readonly text: string;
  readonly options: FormulaOptions;
  readonly json: boolean;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const options = {
  data: text,
  target: text,
  features: text,
  hidden: text,
  'hidden-activation': text,
  'output-activation': text,
  loss: text,
  optimizer: text,
  'learning-rate': text,
  iterations: text,
  'batch-size': text,
  initialization: text,
  seed: text,
  'normalize-features': text,
  'normalize-target': text,
  l2: text,
  clip: text,
  'learning-rate-decay': text,
  'early-stop': text,
  split: text,
  missing: text,
  activation: text,
  of: text,
  samples: text,
  as: text,
  out: text,
  json: flag,
  tensors: flag,
  'try-all': flag,
  help: flag,
  version: flag,
};

/** @throws ProblemError if the words make no sense. */
export function parseCommand(words: readonly string[]): Command | FormulaCommand | 'help' | 'version' {
  const { values, positionals } = read(words);
  if (values.help || words.length === 0) return 'help';
  if (values.version) return 'version';
  const [name, file, ...rest] = positionals;
  if (name === 'formula') return formulaCommand(file, rest, values);
  if (name !== 'train' && name !== 'check' && name !== 'export') throw misuse(name === undefined ? 'No command is given.' : `There is no command "${name}".`, 'Use train, check, export or formula.');
  if (file === undefined) throw misuse(`${name} needs a file.`, name === 'check' ? 'Name a .gradient.json, .py or .ipynb file.' : 'Name a .csv, .tsv or .gradient.json file.');
  if (rest.length > 0) throw misuse(`"${rest[0]}" is one file too many.`, 'Give one file; a name with spaces goes in quotes.');

  onlyOf(name, values, [...FORMULA_ONLY, ...(name === 'export' ? [] : EXPORT_ONLY), ...(name === 'train' ? [] : TRAIN_ONLY), ...(name === 'check' ? [] : CHECK_ONLY)]);

  const list = (value: string): string[] => value.split(',').map((part) => part.trim()).filter((part) => part !== '');
  const settings: Settings = {
    ...(values.target !== undefined && { target: list(values.target) }),
    ...(values.features !== undefined && { features: list(values.features) }),
    ...hiddenLayers(values.hidden, values['hidden-activation']),
    ...outputActivation(values['output-activation']),
    ...(values.loss !== undefined && { loss: oneOf('loss', values.loss, lossNames) }),
    ...(values.optimizer !== undefined && { optimizer: optimizer(values.optimizer) }),
    ...(values['learning-rate'] !== undefined && { learningRate: numberOf('learning-rate', values['learning-rate'], Number.MIN_VALUE) }),
    ...(values.iterations !== undefined && { iterations: numberOf('iterations', values.iterations, 0, true) }),
    ...(values['batch-size'] !== undefined && { batchSize: numberOf('batch-size', values['batch-size'], 1, true) }),
    ...(values.initialization !== undefined && { initialization: oneOf('initialization', values.initialization, initializationNames) }),
    ...(values.seed !== undefined && { seed: numberOf('seed', values.seed, 0, true) }),
    ...normalization(values['normalize-features'], values['normalize-target']),
    ...(values.l2 !== undefined && { l2: numberOf('l2', values.l2, 0) }),
    ...(values.clip !== undefined && { clip: numberOf('clip', values.clip, Number.MIN_VALUE) }),
    ...(values['learning-rate-decay'] !== undefined && { learningRateDecay: numberOf('learning-rate-decay', values['learning-rate-decay'], 0) }),
    ...(values['early-stop'] !== undefined && { earlyStop: { patience: numberOf('early-stop', values['early-stop'], 1, true) } }),
    ...(values.split !== undefined && { split: shareOf('split', values.split) }),
    ...(values.missing !== undefined && { missing: oneOf('missing', values.missing, ['skip', 'mean', 'median'] as const) }),
    ...(name === 'check' && { iterations: 0 }),
  };
  return { name, file, settings, json: values.json, tensors: values.tensors, tryAll: values['try-all'], data: values.data ?? null, target: name === 'export' ? exportTarget(values.as, values.out) : null };
}

function exportTarget(as: string | undefined, out: string | undefined): Command['target'] {
  if (as === undefined) throw misuse('export needs to know what to write.', `Add --as with one of ${exportNames.join(', ')}.`);
  const name = oneOf('as', as, exportNames);
  if (out === undefined || out === '') throw misuse('export needs to know where to write.', `Add --out with a file name such as ${name === 'report' ? 'report.html' : `run_${name}.py`}.`);
  return { as: name, out };
}

const EXPORT_ONLY = ['as', 'out'];
const TRAIN_ONLY = ['try-all'];
const CHECK_ONLY = ['data'];
const FORMULA_ONLY = ['activation', 'of', 'samples'];
const OF_FORMULA = ['loss', 'json', ...FORMULA_ONLY];

type Values = ReturnType<typeof read>['values'];

function formulaCommand(text: string | undefined, rest: readonly string[], values: Values): FormulaCommand {
  if (text === undefined) throw misuse('formula needs a formula.', "Put it in quotes: gradient-debugger formula 'dAL = AL - Y'.");
  if (rest.length > 0) throw misuse(`"${rest[0]}" is one word too many.`, 'Put the whole formula in quotes.');
  onlyOf('formula', values, Object.keys(options).filter((name) => !OF_FORMULA.includes(name)));
  return {
    name: 'formula',
    text,
    options: {
      ...(values.of !== undefined && { of: oneOf('of', values.of, targetNames) }),
      ...(values.loss !== undefined && { loss: oneOf('loss', values.loss, lossNames) }),
      ...(values.activation !== undefined && { activation: oneOf('activation', values.activation, activationNames) }),
      ...(values.samples !== undefined && { samples: oneOf('samples', values.samples, ['columns', 'rows'] as const) }),
    },
    json: values.json,
  };
}

/** @throws ProblemError if an option is given that the command does not have. */
function onlyOf(command: string, values: Values, others: readonly string[]): void {
  const wrong = Object.entries(values).find(([name, value]) => others.includes(name) && value !== undefined && value !== false);
  if (wrong) throw misuse(`${command} has no option --${wrong[0]}.`, 'See gradient-debugger --help.');
}

function read(words: readonly string[]) {
  try {
    // a formula may begin with a minus, which no option has alone
    const args = words.map((word, k) => (k > 0 && words[0] === 'formula' && /^-[^a-zA-Z-]/.test(word) ? ` ${word}` : word));
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const [wrong] = /--[\w-]+/.exec((error as Error).message) ?? [];
    const near = wrong && closest(wrong.slice(2), Object.keys(options));
    const known = wrong !== undefined && Object.keys(options).includes(wrong.slice(2));
    throw misuse(
      known ? `${wrong} is not used as it should be.` : `There is no option ${wrong ?? 'of this name'}.`,
      near && !known ? `Did you mean --${near}?` : 'See gradient-debugger --help.',
    );
  }
}

function hiddenLayers(hidden: string | undefined, activation: string | undefined): Pick<Settings, 'hidden'> {
  if (hidden === undefined && activation === undefined) return {};
  const g = activation === undefined ? { activation: 'relu' as const } : activationOf('hidden-activation', activation);
  const units = (hidden ?? '16').split(',').map((part) => part.trim()).filter((part) => part !== '');
  return { hidden: units.map((part) => ({ units: numberOf('hidden', part, 1, true), ...g })) };
}

function outputActivation(value: string | undefined): Pick<Settings, 'outputActivation' | 'outputSlope'> {
  if (value === undefined) return {};
  const { activation, slope } = activationOf('output-activation', value);
  return { outputActivation: activation, ...(slope !== undefined && { outputSlope: slope }) };
}

/** `relu`, or `leaky-relu:0.1` with its slope. */
function activationOf(option: string, value: string): { activation: ActivationName; slope?: number } {
  const [name, slope] = value.split(':');
  const activation = oneOf(option, name!, activationNames);
  if (slope === undefined) return { activation };
  if (activation !== 'leaky-relu') throw misuse(`--${option} gives a slope to ${activation}.`, 'Only leaky-relu has one: leaky-relu:0.1.');
  return { activation, slope: shareOf(option, slope) };
}

/** The constants that its authors recommend; --learning-rate goes over them. */
function optimizer(name: string): OptimizerSettings {
  const learningRate = 0.0075;
  switch (oneOf('optimizer', name, optimizerNames)) {
    case 'sgd':
      return { name: 'sgd', learningRate };
    case 'momentum':
      return { name: 'momentum', learningRate, momentum: 0.9 };
    case 'rmsprop':
      return { name: 'rmsprop', learningRate, decay: 0.9, epsilon: 1e-8 };
    case 'adam':
      return { name: 'adam', learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  }
}

function normalization(features: string | undefined, target: string | undefined): Pick<Settings, 'normalize'> {
  if (features === undefined && target === undefined) return {};
  return {
    normalize: {
      ...(features !== undefined && { features: oneOf('normalize-features', features, ['none', 'standard', 'minmax'] as const) }),
      ...(target !== undefined && { target: oneOf('normalize-target', target, ['none', 'standard', 'scale'] as const) }),
    },
  };
}

function oneOf<T extends string>(option: string, value: string, names: readonly T[]): T {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  const near = closest(value, names);
  throw misuse(`--${option} has no value "${value}".`, near ? `Did you mean ${near}?` : `Choose one of ${names.join(', ')}.`);
}

function numberOf(option: string, value: string, least: number, whole = false): number {
  const number = Number(value);
  if (value.trim() !== '' && Number.isFinite(number) && number >= least && (!whole || Number.isSafeInteger(number))) return number;
  throw misuse(`--${option} cannot be "${value}".`, `Give a ${whole ? 'whole ' : ''}number${least > 0 && whole ? ` from ${least}` : least > 0 ? ' above 0' : ' from 0'}.`);
}

function shareOf(option: string, value: string): number {
  const share = numberOf(option, value, Number.MIN_VALUE);
  if (share < 1) return share;
  throw misuse(`--${option} cannot be "${value}".`, 'Give a share between 0 and 1, such as 0.2.');
}

function misuse(what: string, todo: string): ProblemError {
  return new ProblemError({ what, todo });
}
