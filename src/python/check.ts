// Checks the backprop in a Python file: starts an interpreter on the probe, asks once, and gives back a validated result.

import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ProblemError } from '../problem';
import { probeMessageSchema, type ProbeStage, type PythonResult } from './result';

/** Which functions are which, where a person has said so. */
export interface PythonBinding {
  readonly class?: string | undefined;
  readonly init?: string | undefined;
  readonly forward?: string | undefined;
  readonly cost?: string | undefined;
  readonly backward?: string | undefined;
  readonly update?: string | undefined;
}

export interface PythonRequest {
  /** Path of a .py or .ipynb file. */
  readonly file: string;
  /** Its text where that is not yet saved. */
  readonly text?: string;
  readonly bind?: PythonBinding;
  /** Samples of their own on which the binding that was found is run once more: one row a sample, scaled. */
  readonly data?: { readonly X: readonly (readonly number[])[]; readonly Y: readonly (readonly number[])[]; readonly name: string };
  /** Path of probe.py. */
  readonly probe: string;
  /** The interpreter; default: `python3`, then `python`. */
  readonly interpreter?: string;
  /** After which the check is ended; with more than the usual 20 it also looks longer. */
  readonly seconds?: number;
  readonly megabytes?: number;
  readonly signal?: AbortSignal;
  readonly progress?: (stage: ProbeStage) => void;
  /** Takes what the person's code writes to standard error as it comes, also of a check that fails. */
  readonly stderr?: (chunk: string) => void;
}

export interface PythonCheck {
  readonly result: PythonResult;
  /** All that the person's code wrote to standard error. */
  readonly stderr: string;
}

const SECONDS = 20;
const MEGABYTES = 4096;
/** The last one is the system's own: a version manager's may come first on the PATH, without NumPy. */
const INTERPRETERS = process.platform === 'win32' ? ['python', 'py', 'python3'] : ['python3', 'python', '/usr/bin/python3'];

/** What the probe's modules need: `ast.unparse`. */
const OLDEST = '3.9';

/** @throws ProblemError where no check could be made: no Python or an older one, no NumPy, out of time or memory, cancelled. */
export async function checkPython(request: PythonRequest): Promise<PythonCheck> {
  const interpreters = request.interpreter === undefined ? INTERPRETERS : [request.interpreter];
  let withoutNumPy: string | undefined;
  let tooOld: string | undefined;
  for (const interpreter of interpreters) {
    const done = await ask(interpreter, request);
    if (typeof done !== 'string') return done;
    if (done === 'no NumPy') withoutNumPy ??= interpreter;
    if (done === 'too old') tooOld ??= interpreter;
  }
  if (withoutNumPy !== undefined) throw new ProblemError({ file: request.file, what: `${withoutNumPy} has no NumPy.`, todo: 'Install it (pip install numpy), or choose an interpreter that has it.' });
  throw new ProblemError({
    file: request.file,
    what: tooOld !== undefined ? `${tooOld} is older than Python ${OLDEST}.` : request.interpreter === undefined ? 'No Python was found.' : `${request.interpreter} cannot be started.`,
    todo: `Install Python ${OLDEST} or newer with NumPy, or choose another interpreter.`,
  });
}

function ask(interpreter: string, request: PythonRequest): Promise<PythonCheck | 'no interpreter' | 'too old' | 'no NumPy'> {
  const { file, seconds = SECONDS, megabytes = MEGABYTES } = request;
  return new Promise((resolve, reject) => {
    const fail = (what: string, todo: string): void => reject(new ProblemError({ file, what, todo }));
    if (request.signal?.aborted) return fail('The check was cancelled.', 'Check again.');
    // -B: no bytecode beside their file; not -I, because their environment variables may point to NumPy
    const started = Date.now() / 1000;
    const child = spawn(interpreter, ['-B', request.probe], { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true, env: { ...process.env, PYTHONIOENCODING: 'utf-8', MPLBACKEND: 'Agg', PYTHONHASHSEED: '0' } });
    let stderr = '';
    let result: PythonResult | undefined;
    let reason: string | undefined;
    let stopped: 'time' | 'cancelled' | undefined;

    const timer = setTimeout(() => end('time'), seconds * 1000);
    const cancel = (): void => end('cancelled');
    request.signal?.addEventListener('abort', cancel, { once: true });
    function end(why: 'time' | 'cancelled'): void {
      stopped = why;
      child.kill('SIGKILL');
    }

    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', cancel);
      if (error.code === 'ENOENT' || error.code === 'EACCES') resolve('no interpreter');
      else fail(`Python cannot be started (${error.code ?? error.message}).`, 'Choose another interpreter.');
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
      request.stderr?.(chunk);
    });
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const message = read(line);
      if (message?.type === 'progress') request.progress?.(message.stage);
      else if (message?.type === 'result') result = message.result;
      else if (message?.type === 'failed') reason = message.reason;
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', cancel);
      if (stopped === 'cancelled') return fail('The check was cancelled.', 'Check again.');
      if (result !== undefined) return resolve({ result, stderr });
      if (stopped === 'time') return fail(`The check took longer than ${seconds} s and was ended.`, 'Look for a loop without end, or for data that are loaded inside a function.');
      if (reason === 'numpy') return resolve('no NumPy');
      if (reason === 'python') return resolve('too old');
      if (reason === 'memory') return fail(`The check needs more than ${megabytes} MB.`, 'Make the arrays that the file creates smaller.');
      const last = stderr.trim().split('\n').at(-1) ?? '';
      fail(`The check ended without a result (${reason ?? (last || `code ${code}`)}).`, 'Please report this together with the file.');
    });
    send(child, { file, started, seconds, megabytes, ...(request.text !== undefined && { text: request.text }), ...(request.bind !== undefined && { bind: request.bind }), ...(request.data !== undefined && { data: request.data }) });
  });
}

function send(child: ChildProcess, message: object): void {
  // a process that died at once closes the pipe; its end is told by 'close'
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(`${JSON.stringify(message)}\n`);
}

function read(line: string) {
  try {
    return probeMessageSchema.parse(JSON.parse(line));
  } catch (error) {
    if (line.startsWith('{"type": "result"')) throw error;
    return undefined;
  }
}
