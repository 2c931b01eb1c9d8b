// What was found: message, explanation, the formula it should be, and the way to its line.

import type { PythonFinding, PythonReport, PythonResult } from '../src/protocol';
import { button, h, icon, marks } from './dom';
import { post } from './python-host';
import { placeLink, placeText } from './python-place';

const severityMarks = { error: 'error', warning: 'warning', information: 'info' } as const;

export function findings({ result, changed }: PythonReport): HTMLElement | null {
  if (result.findings.length === 0) return null;
  const convention = result.verdict === 'convention';
  return h('section', { class: 'card', testid: 'findings' },
    h('h2', {}, result.findings.length === 1 ? 'Finding' : 'Findings'),
    ...result.findings.map((finding, index) => card(finding, index, convention ? 'information' : finding.severity, result, changed)),
  );
}

function card(finding: PythonFinding, index: number, severity: PythonFinding['severity'], { file: checked, summary }: PythonResult, changed: boolean): HTMLElement {
  const mark = severityMarks[severity];
  const { formula, replacement } = finding;
  return h('article', { class: 'mistake', testid: 'finding', 'data-rule': finding.rule, 'data-line': finding.line ?? undefined },
    icon(marks[mark], mark),
    h('div', {},
      h('p', {},
        finding.line == null ? null : placeLink(finding, placeText(finding, checked), { testid: 'finding-line' }),
        finding.function !== null && h('span', { class: 'quiet' }, finding.line == null ? 'in ' : ' in ', h('code', {}, finding.function)),
      ),
      // the sentence at the top says it already
      !summary.includes(finding.message) && h('p', {}, finding.message),
      finding.explanation !== '' && h('p', { class: 'quiet' }, finding.explanation),
      formula !== null && h('p', { class: 'formula' }, h('span', { class: 'quiet' }, 'It should be'), h('code', { testid: 'formula' }, formula)),
      replacement !== null && h('p', { class: 'formula' },
        button('Apply Fix', () => post({ type: 'fix', finding: index }), { class: 'secondary', testid: 'fix', disabled: changed }),
        h('span', { class: 'quiet' }, 'puts ', h('code', {}, replacement), ' in its place: every gradient was right with it.'),
      ),
    ),
  );
}
