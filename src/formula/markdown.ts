// The check of a formula as a page of Markdown.

import { checkedAs, VALUE_HEADINGS, valueRows } from './describe';
import type { FormulaCheck, FormulaFinding } from './finding';

export function formulaMarkdown(text: string, check: FormulaCheck): string {
  const { verdict, summary, findings, shouldBe, parts } = check;
  const errors = findings.filter(({ severity }) => severity === 'error');
  return [
    `# ${escaped(heading(check))}`,
    code(marked(text, errors)),
    // what is right is said by the summary, what is not by the findings
    ...(verdict === 'correct' ? [escaped(summary)] : []),
    ...(parts.length > 1 ? [`Checked one by one: ${escaped(parts.map((part) => `${part.name} ${part.verdict}`).join(', '))}.`] : []),
    ...(verdict === 'correct' || shouldBe === null ? [] : ['**It should be**', code(shouldBe)]),
    ...findings.map(finding),
    table(['', ''], checkedAs(check).map(([what, value]) => [what, value])),
    ...(check.values.length === 0 ? [] : ['A few values at the points where it was tried:', table([...VALUE_HEADINGS], valueRows(check.values))]),
    ...(check.of === null ? [] : ['*Right* is by the numeric core, *central difference* by moving what it is the derivative of. Nothing of the text was executed as code.']),
  ].join('\n\n');
}

function heading({ verdict, name, of }: FormulaCheck): string {
  const what = name ?? (of === null ? 'The formula' : of === 'derivative' ? "g'(Z)" : of);
  return verdict === 'cannot read' ? `${what} cannot be read` : `${what} is ${verdict}`;
}

function finding({ rule, severity, message, explanation, factor }: FormulaFinding): string {
  const title = severity === 'info' ? `Note: ${message}` : message;
  return `**${escaped(title)}** ${escaped(explanation)} \`${rule}${factor === undefined ? '' : ` × ${factor}`}\``;
}

/** The text with signs under the places of the findings. */
export function marked(text: string, findings: readonly FormulaFinding[]): string {
  const lines = text.split('\n');
  let from = 0;
  return lines
    .flatMap((line) => {
      const start = from;
      from += line.length + 1;
      // a finding about everything needs no sign
      const places = findings.map(({ at }) => at).filter((at) => at.from >= start && at.from < start + line.length && at.to - at.from < text.trim().length);
      if (places.length === 0) return [line];
      const signs = Array.from(line, (_, k) => (places.some((at) => start + k >= at.from && start + k < Math.max(at.to, at.from + 1)) ? '^' : ' '));
      return [line, signs.join('').trimEnd()];
    })
    .join('\n');
}

function code(text: string): string {
  return `\`\`\`python\n${text.trimEnd()}\n\`\`\``;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  return [row(headings), `|${' --- |'.repeat(headings.length)}`, ...rows.map(row)].join('\n');
}

/** Formulas are full of signs that Markdown would take for its own. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, '\\$&');
}
