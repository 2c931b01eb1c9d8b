// What went wrong, told to a person: what, where, and what to do next. Problems are data, so they
// cross from the worker to the host and on to the panel unchanged, and never carry a stack trace.

export interface Problem {
  /** One sentence: what is wrong. */
  readonly what: string;
  /** What to do about it, one sentence. */
  readonly todo: string;
  /** The file it is about, as a path. */
  readonly file?: string;
  /** Line of that file, counted from 1. */
  readonly line?: number;
  /** Names of the columns that can be a target, where the file could be read and another choice may help. */
  readonly targets?: readonly string[];
}

/** Thrown inside one thread where returning a Problem would obscure the code; caught at its edge. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(describeProblem(problem));
    this.name = 'ProblemError';
  }
}

/** `file:line: what what-to-do`, on one line. */
export function describeProblem(problem: Problem): string {
  const place = problem.file === undefined ? '' : problem.line === undefined ? `${problem.file}: ` : `${problem.file}:${problem.line}: `;
  return `${place}${problem.what} ${problem.todo}`.replace(/\s+/g, ' ').trim();
}

/** How V8 says that an array is larger than it can be, or than memory. */
const OUT_OF_MEMORY = /allocation failed|invalid (typed )?array( buffer)? length|invalid string length/i;

/** Turns whatever was thrown into a Problem; what we did not foresee is said to be our own mistake. */
export function toProblem(thrown: unknown, file?: string): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof RangeError && OUT_OF_MEMORY.test(message)) {
    return { what: 'This needs more memory than there is.', todo: 'Use fewer samples, smaller layers or a smaller batch size.', ...(file === undefined ? {} : { file }) };
  }
  return {
    what: `Gradient Debugger failed: ${message}.`,
    todo: 'This is a mistake of ours, not of your file: please report it together with the file.',
    ...(file === undefined ? {} : { file }),
  };
}
