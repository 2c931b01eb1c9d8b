// Whether a Python file may be checked here: its functions are run, so the workspace must be trusted.

import type { Problem } from '../problem';

/** Why not, where not. */
export function trustProblem(trusted: boolean, file: string): Problem | null {
  if (trusted) return null;
  return {
    file,
    what: 'Checking gradients runs the functions of this file with Python, and this workspace is not trusted.',
    todo: 'Trust the workspace if you know where its code comes from. Training on data goes on working without.',
  };
}
