// The check of a formula as a person reads it in a terminal.

import { checkedAs, VALUE_HEADINGS, valueRows } from '../formula/describe';
import type { FormulaCheck } from '../formula/finding';
import { marked } from '../formula/markdown';

const CELL = 14;

export function formulaText(text: string, check: FormulaCheck): string {
  const { verdict, summary, findings, shouldBe, values } = check;
  const indented = (lines: string): string[] => lines.split('\n').map((line) => `  ${line}`.trimEnd());
  const errors = findings.filter(({ severity }) => severity === 'error');
  const rows = [[...VALUE_HEADINGS], ...valueRows(values)];
  return `${[
    summary,
    '',
    ...indented(marked(text.trimEnd(), errors)),
    ...(verdict === 'correct' || shouldBe === null ? [] : ['', 'it should be', ...indented(shouldBe)]),
    ...findings.flatMap(({ rule, severity, message, explanation, factor }) => ['', `${severity} ${rule}${factor === undefined ? '' : ` (${factor})`}: ${message}`, `  ${explanation}`]),
    '',
    ...checkedAs(check).map(([what, value]) => `${what.padEnd(CELL)}${value}`),
    ...(values.length === 0 ? [] : ['', ...rows.map((row) => row.map((cell) => cell.padEnd(CELL)).join('').trimEnd())]),
  ].join('\n').trimEnd()}\n`;
}
