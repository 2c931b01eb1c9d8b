// Every remedy of a run one after the other, in one go: what the command line does.

import type { Finding } from '../diagnosis/finding';
import type { Run } from '../training/run';
import { rowOfTrial } from './row';
import { createTrialBook, distinctRemedies } from './table';
import { tryRemedy } from './trial';
import type { TrialTable } from './view';

/** Null where the findings offer no remedy. */
export function tryAll(run: Run, findings: readonly Finding[]): TrialTable | null {
  const book = createTrialBook(run, findings);
  for (const remedy of distinctRemedies(findings)) {
    const steps = tryRemedy(run, remedy);
    let step = steps.next();
    while (!step.done) step = steps.next();
    book.add(rowOfTrial(run, book.measure, remedy, step.value));
  }
  return book.table();
}
