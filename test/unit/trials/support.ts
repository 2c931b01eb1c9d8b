// What tests of trials share: a run with its findings, and one remedy of it tried to the end.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { diagnose } from '../../../src/diagnosis/diagnose';
import type { Remedy } from '../../../src/diagnosis/remedy';
import type { Run } from '../../../src/training/run';
import { distinctRemedies } from '../../../src/trials/table';
import { tryRemedy, type Trial } from '../../../src/trials/trial';

export const example = (name: string): string => join(process.cwd(), 'examples', name);

export function finish(run: Run, remedy: Remedy): Trial {
  const steps = tryRemedy(run, remedy);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

export function remedyOf(run: Run, id: string): Remedy {
  const found = distinctRemedies(diagnose(run)).find((remedy) => remedy.id === id);
  return found ?? assert.fail(`no remedy ${id}`);
}

export function runOf(trial: Trial): Run {
  return trial.kind === 'run' ? trial.run : assert.fail(JSON.stringify(trial));
}

/** A remedy that no rule offers. */
export function remedy(change: Remedy['change']): Remedy {
  return { id: 'test', label: 'test', why: 'for a test', change };
}
