// The findings of a run below its charts: the reasons of the verdict, then every other finding as a row that opens.

import { ruleNames, type Finding, type Report } from '../src/protocol';
import { disclosure } from './disclosure';
import { button, h, severityIcon } from './dom';
import { evidenceTable } from './evidence';
import { findingBody, type Ways } from './finding-body';
import { count, plural } from './format';
import { post } from './host';

/** The finding that the verdict is about; null where nothing wrong was found. */
export function mainFinding({ verdict, findings }: Report): Finding | null {
  return findings.find(({ message }) => message === verdict.text) ?? null;
}

/** Why the verdict is what it is, or what was looked for in vain, and what else was found. */
export function findingsView(report: Report, ways: Ways): HTMLElement {
  const main = mainFinding(report);
  const others = report.findings.filter((finding) => finding !== main);
  const rows = others.map((finding) => (finding.rule === 'skipped-lines' ? skippedLines(report, finding) : row(finding, report, ways)));
  return h('section', { class: 'card wide' },
    h('h2', {}, main ? 'Why' : 'What was looked for'),
    main ? h('div', { testid: 'main-finding', 'data-rule': main.rule }, findingBody(main, report, ways)) : nothingWrong(report),
    rows.length > 0 && h('section', { class: 'further', testid: 'findings', 'aria-label': 'Further findings' }, h('h2', {}, main ? 'Also found' : 'Worth knowing'), ...rows),
  );
}

function row(finding: Finding, report: Report, ways: Ways): HTMLElement {
  const { rule, severity, message, explanation } = finding;
  return disclosure(rule, { class: `finding ${severity}`, testid: 'finding', 'data-rule': rule },
    [severityIcon(severity), h('span', {}, message)],
    h('div', { class: 'opened' }, h('p', {}, explanation), findingBody(finding, report, ways)),
  );
}

/** What was looked for, and the numbers that say so. */
function nothingWrong({ predictions, experiment, gradientCheck, cost, findings }: Report): HTMLElement {
  const differences = gradientCheck.layers.flatMap(({ dW, db }) => [dW.relativeDifference, db.relativeDifference]).filter((value) => value !== null);
  const isReLU = experiment.layers.at(-1)!.activation === 'relu';
  const development = cost.development?.y.at(-1);
  const skipped = findings.some(({ rule, severity }) => rule === 'skipped-lines' && severity !== 'info');
  return h('div', { class: 'looked-for', testid: 'nothing-wrong' },
    h('p', {}, `Nothing wrong was found${skipped ? ' with the training' : ''}: ${plural(ruleNames.length, 'rule')} looked at the data, the outputs, the gradients, the units of every layer and the cost.`),
    evidenceTable([
      ...(isReLU ? [{ name: `dead predictions of ${count(predictions.of)}`, value: predictions.dead }] : []),
      ...(differences.length > 0 ? [{ name: 'largest relative difference of the gradient check', value: Math.max(...differences) }] : []),
      { name: 'cost at the start', value: cost.first },
      { name: 'cost at the end', value: cost.final },
      ...(development === undefined ? [] : [{ name: 'development cost at the end', value: development }]),
    ]),
  );
}

function skippedLines({ data }: Report, { severity, explanation }: Finding): HTMLElement {
  const items = data.skippedLines.map(({ line, reason }) => h('li', {}, button(`line ${count(line)}`, () => post({ type: 'open-line', line }), { class: 'link' }), ` ${reason}`));
  return disclosure('skipped-lines', { class: `finding ${severity}`, testid: 'skipped' },
    [severityIcon(severity), h('span', {}, `${plural(data.skipped, 'line was', 'lines were')} skipped`)],
    h('div', { class: 'opened' },
      h('p', {}, explanation),
      h('ul', { class: 'skipped' }, ...items),
      data.skipped > items.length ? h('p', { class: 'quiet' }, `… and ${count(data.skipped - items.length)} more`) : null,
    ),
  );
}
