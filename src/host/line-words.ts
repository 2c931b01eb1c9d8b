// What the editor says of a marked line. Knows no editor.

import { count } from '../format';
import type { DeadLine, MarkedLines } from '../worker/messages';
import { number } from './run-words';

/** In the Problems view, one sentence. */
export function deadProblem({ outputs, more }: DeadLine, layer: number): string {
  const [first] = outputs;
  if (!first) return 'Dead output.';
  const whose = outputs.length + more > 1 ? `${count(outputs.length + more)} dead outputs, the first "${first.name}"` : 'Dead output';
  return `${whose}: Z[${layer}] = ${number(first.Z)}, so A[${layer}] = 0 and dZ[${layer}] = 0 (target ${number(first.target)}).`;
}

export function skippedProblem(reason: string): string {
  return `This line was skipped: ${reason}.`;
}

/** Where not every line of a kind is marked; null where all are. */
export function boundNote({ dead, ofDead, skipped, ofSkipped }: MarkedLines): string | null {
  const parts = [
    ...(dead.length < ofDead ? [`the first ${count(dead.length)} of ${count(ofDead)} dead lines`] : []),
    ...(skipped.length < ofSkipped ? [`the first ${count(skipped.length)} of ${count(ofSkipped)} skipped lines`] : []),
  ];
  return parts.length === 0 ? null : `Only ${parts.join(' and ')} are marked. The panel of the run has them all.`;
}

/** Whether the sample's prediction, 0, is what it should be. */
export function isRight({ outputs, more }: DeadLine): boolean {
  return more === 0 && outputs.every(({ target, prediction }) => target === prediction);
}

/** Markdown over a dead line: its numbers, and why they are so. */
export function deadHover(line: DeadLine, layer: number): string {
  const several = line.outputs.length + line.more > 1;
  const rows = line.outputs.map(({ name, Z, prediction, target }) => `|${several ? ` ${escapeMarkdown(name)} |` : ''} ${number(Z)} | **${number(prediction)}** | ${number(target)} |`);
  const head = `|${several ? ' Output |' : ''} Z[${layer}] | Prediction | Target |`;
  const rule = `|${several ? ':--|' : ''}--:|--:|--:|`;
  return [
    `**Dead output**${line.development ? ' (development set)' : ''}`,
    [head, rule, ...rows].join('\n'),
    ...(line.more > 0 ? [`… and ${count(line.more)} more outputs`] : []),
    isRight(line)
      ? `Z[${layer}] ≤ 0, so ReLU gives exactly 0. The target is 0 as well: this one is right.`
      : `Z[${layer}] ≤ 0, so ReLU gives exactly 0, and its derivative there is 0 too: dZ[${layer}] = 0. ${line.development ? 'Nothing could be learned from such a sample.' : 'The network learns nothing from this sample, however wrong the prediction is.'}`,
  ].join('\n\n');
}

export function skippedHover(reason: string): string {
  return `**Skipped line**\n\nIt gave no sample: ${escapeMarkdown(reason)}.`;
}

/** Names and reasons quote what stands in a file, which may be anything. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&').replace(/\s+/g, ' ');
}
