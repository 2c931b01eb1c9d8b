// All that a finding holds beside its sentence: facts, numbers, samples, the formula, what to try, and where it comes from.

import { formulas, type Finding, type Polynomial, type Report } from '../src/protocol';
import { disclosure } from './disclosure';
import { button, h } from './dom';
import { evidenceTable, samplesOf } from './evidence';
import { count, number } from './format';
import { formulaInSight } from './formula';
import { remedyList, type TryRemedy } from './remedy-list';

/** Where a finding leads. */
export interface Ways {
  readonly tryRemedy: TryRemedy;
  /** Shows the chain rule on this sample. */
  followSample(sample: number): void;
  showTable(which: 'dead' | 'all'): void;
  showCheck(): void;
}

export function findingBody(finding: Finding, report: Report, ways: Ways): HTMLElement {
  const { rule, evidence, source, remedies } = finding;
  const polynomial = rule === 'overkill' ? remedies.find((remedy) => remedy.polynomial)?.polynomial : undefined;
  const details = finding.details.filter((detail) => !polynomial?.outputs.some(({ text }) => detail === `${text}.`));
  const facts = [
    polynomial ? polynomialView(polynomial, report) : null,
    details.length > 0 ? h('ul', { class: 'details', testid: 'details' }, ...details.map((detail) => h('li', {}, detail))) : null,
    links(finding, ways),
  ];
  const numbers = titled('Numbers', evidenceTable(evidence));
  const samples = titled('Samples', samplesOf(finding, report, () => ways.showTable(rule === 'dead-output' ? 'dead' : 'all')));
  const origin = [formulaOf(finding), source === null ? null : h('p', { class: 'source', testid: 'source' }, `Source: ${source}`)];
  const cures = titled('What to try', remedyList(rule, remedies, ways.tryRemedy));
  // two columns where there is room: with samples, the numbers stand beside the facts, else everything beside the remedies
  const blocks = samples ? [block(...facts), block(numbers), block(samples, ...origin), block(cures)] : [block(...facts, numbers, ...origin), block(cures)];
  return h('div', { class: cures ? 'body two' : 'body' }, ...blocks);
}

function block(...parts: (Node | null)[]): HTMLElement | null {
  return parts.some((part) => part !== null) ? h('div', {}, ...parts) : null;
}

function titled(title: string, content: HTMLElement | null): HTMLElement | null {
  return content && h('section', { 'aria-label': title }, h('h3', {}, title), content);
}

function links({ rule, samples }: Finding, ways: Ways): HTMLElement | null {
  if (rule === 'gradient-check') return h('p', {}, button('See the gradient check', () => ways.showCheck(), { class: 'link', testid: 'to-check' }));
  if (rule !== 'dead-output' || samples.length === 0) return null;
  // of a dead sample that is right all the same, the loss passes nothing back either: it would show two zeros
  const { sample } = samples.find(({ values }) => values['target'] !== values['prediction']) ?? samples[0]!;
  return h('p', {}, button('Follow a dead sample through the chain rule', () => ways.followSample(sample), { class: 'link', testid: 'follow-dead' }));
}

function formulaOf({ rule, formula }: Finding): HTMLElement | null {
  if (formula === null) return null;
  const { tex, says } = formulas[formula];
  return disclosure(`${rule} formula`, { class: 'disclosure', testid: 'formula' }, ['Formula'], formulaInSight(tex, 'this finding'), h('p', { class: 'quiet' }, says));
}

/** Its formula, and what the network reached beside it. */
function polynomialView({ outputs }: Polynomial, { cost, iterations, targetScaled }: Report): HTMLElement {
  return h('div', { testid: 'polynomial' },
    ...outputs.map(({ name, tex }) => formulaInSight(tex, name)),
    h('p', { class: 'quiet' }, `The network beside it: cost ${number(cost.final)}${targetScaled ? ' (of the scaled target)' : ''} after ${count(iterations)} iterations.`),
  );
}
