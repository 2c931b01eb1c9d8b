// The lines of a data file that an editor marks after a run: those of dead samples and those that gave no sample.

import { deadSamples } from '../diagnosis/dead-samples';
import { isDead, type Run } from '../training/run';
import { matrixColumnNames } from '../data/dataset';
import type { DeadLine, DeadOutput, MarkedLines } from './messages';

/** Lines of each kind that are marked; VS Code itself shows no more problems of one file. */
export const MAX_MARKED = 1000;
/** Dead outputs of one sample that are told apart. */
const MAX_OUTPUTS = 4;

export function markedLines(run: Run): MarkedLines {
  const dead = deadSamples(run).samples;
  const names = run.data.targets.flatMap(matrixColumnNames);
  return {
    layer: run.experiment.layers.length,
    dead: Array.from(dead.subarray(0, MAX_MARKED), (sample) => deadLine(run, names, sample)),
    ofDead: dead.length,
    skipped: run.data.skipped.slice(0, MAX_MARKED),
    ofSkipped: run.data.skipped.length,
  };
}

function deadLine(run: Run, names: readonly string[], sample: number): DeadLine {
  const { lines, targets, predictions, Z, development } = run.samples;
  const outputs: DeadOutput[] = [];
  let more = 0;
  for (let j = 0; j < Z.columns; j++) {
    const at = sample * Z.columns + j;
    if (!isDead(run, Z.data[at]!)) continue;
    if (outputs.length < MAX_OUTPUTS) outputs.push({ name: names[j]!, target: targets.data[at]!, prediction: predictions.data[at]!, Z: Z.data[at]! });
    else more += 1;
  }
  return { line: lines[sample]!, outputs, more, development: development?.[sample] === 1 };
}
