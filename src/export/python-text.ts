// Values of ours as Python source, and what both scripts say about the run that they rebuild.

import type { Run } from '../training/run';

/** Names of the files of an export; null: it stands in the script. */
export interface ScriptFiles {
  readonly name: string;
  /** Holds `preparedFile`. */
  readonly data: string | null;
  /** Holds `initialRows`. */
  readonly initial: string | null;
}

/** Pieces of a script, two blank lines between them; those that an experiment does not need are false. */
export function script(...pieces: readonly (string | false)[]): string {
  return `${pieces.filter((piece) => piece !== false).map((piece) => piece.trim()).join('\n\n\n')}\n`;
}

/** A string literal: names of columns may hold quotes, backslashes or line breaks. JSON's are Python's too. */
export function text(value: string): string {
  return JSON.stringify(value);
}

export function list(values: readonly string[]): string {
  return `[${values.join(', ')}]`;
}

/** The shortest text that reads back as the same float64. */
export function float(value: number): string {
  if (Number.isNaN(value)) return 'float("nan")';
  if (!Number.isFinite(value)) return `float("${value > 0 ? '' : '-'}inf")`;
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
}

/** Text for a comment or a docstring, on one line and without what could end it. */
export function prose(value: string): string {
  return value.replace(/\s+/g, ' ').replace(/\\/g, '/').replace(/"/g, "'").replace(/[^\P{C}]/gu, '');
}

/** "quadratic.csv: 1 input, 16 relu, 1 relu; mse; sgd; 2000 iterations." */
export function title(run: Run): string {
  const { layers, loss, optimizer } = run.experiment;
  const inputs = `${run.units[0]} ${run.units[0] === 1 ? 'input' : 'inputs'}`;
  const network = [inputs, ...layers.map(({ units, activation }) => `${units} ${activation}`)].join(', ');
  return `${prose(fileName(run.file))}: ${network}; ${loss}; ${optimizer.name}; ${iterationsOf(run)} iterations.`;
}

export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1)!;
}

/**
 * Updates that a script makes at most: those that the run made, so that one that was stopped ends where it did.
 * One that diverged or stopped early does so again, so it gets all of them.
 */
export function iterationsOf(run: Run): number {
  return run.outcome.kind === 'diverged' || run.outcome.kind === 'stopped early' ? run.experiment.iterations : run.iterations;
}

/** Whether the development cost may end the training. */
export function stopsEarly({ experiment, samples }: Run): boolean {
  return experiment.earlyStop !== null && samples.development !== null;
}

/** Whether an update sees a part of the training samples only. */
export function hasBatches(run: Run): boolean {
  const { batchSize } = run.experiment;
  const { development, lines } = run.samples;
  const training = development ? development.reduce((count, mark) => count + (mark === 0 ? 1 : 0), 0) : lines.length;
  return batchSize !== null && batchSize < training;
}

/** Whether the split or the mini-batches draw random numbers. */
export function isRandom(run: Run): boolean {
  return run.samples.development !== null || hasBatches(run);
}

/** Terms of sums that one update may add one by one, and a whole run: some seconds of NumPy. */
const MAX_TERMS = 1e6;
const MAX_ALL_TERMS = 1e9;

/** Whether the run is small enough to add in the order of the run. */
export function canRoundAlike(run: Run): boolean {
  const terms = Math.min(run.experiment.batchSize ?? Infinity, run.samples.lines.length) * run.parameters.length;
  return terms <= MAX_TERMS && terms * run.costs.length <= MAX_ALL_TERMS;
}

/** About twenty lines of costs, or as often as the first word of the command line says. */
export function callMain(run: Run): string {
  const every = Math.max(1, 10 ** Math.floor(Math.log10(Math.max(1, iterationsOf(run)) / 2)) / 10);
  return `if __name__ == "__main__":
    main(print_every=int(sys.argv[1]) if len(sys.argv) > 1 else ${Math.ceil(every)})
`;
}

export const compareCost = `print(f"final cost {cost:.15g}; relative difference from the run: {abs(cost - cost_of_the_run) / (abs(cost_of_the_run) or 1):.1e}")`;

/** What each script says of itself after its title. */
export function about(run: Run, { data, initial }: ScriptFiles, own: string): string {
  const { outcome } = run;
  const beside = [...(data === null ? [] : [`the samples in ${prose(data)}`]), ...(initial === null ? [] : [`the initial parameters in ${prose(initial)}`])];
  return [
    'Written by Gradient Debugger. It rebuilds one run: the same samples, the same initial parameters, the same',
    canRoundAlike(run)
      ? 'random order, float64, and every sum taken in the order of the run: its costs are those of the run to 1e-9.'
      : 'random order, float64. Its costs are those of the run up to rounding, which shows where a training is chaotic.',
    ...(outcome.kind === 'cancelled' ? [`The run was stopped after ${run.iterations} of ${run.experiment.iterations} iterations, and so is this one.`] : []),
    ...(outcome.kind === 'stopped early' ? [`The run stopped early, before iteration ${outcome.iteration}, and so does this one; it keeps the parameters of iteration ${run.iterations}.`] : []),
    ...(outcome.kind === 'diverged' ? [`The run diverged at iteration ${outcome.iteration}, and so does this one.`] : []),
    ...(beside.length > 0 ? [`It reads ${beside.join(' and ')} beside it.`] : []),
    '',
    own,
  ].join('\n');
}

/** The imports that the pieces of a script need of Python's own modules. */
export function imports({ data, initial }: ScriptFiles, pieces: readonly (string | false)[], always: readonly string[]): string {
  const needsMath = pieces.some((piece) => piece && /\bmath\./.test(piece));
  const modules = [...always, ...(data === null ? ['io'] : []), ...(needsMath ? ['math'] : [])].sort().map((name) => `import ${name}`);
  return [...modules, ...(data !== null || initial !== null ? ['from pathlib import Path'] : [])].join('\n');
}
