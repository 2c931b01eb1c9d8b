// What a finding rests on: its numbers beside their bounds, and its samples with the way to their lines.

import { MAX_LINES, type Evidence, type Finding, type Report } from '../src/protocol';
import { button, h } from './dom';
import { count, number, plural } from './format';
import { scrolling } from './formula';
import { post } from './host';

/** More numbers than this are shown on demand. */
const MOST_NUMBERS = 6;
const MOST_SAMPLES = 5;

/** One row a number; columns that no row needs are left out. */
export function evidenceTable(evidence: readonly Evidence[]): HTMLElement | null {
  if (evidence.length === 0) return null;
  const any = (key: 'limit' | 'layer' | 'iteration'): boolean => evidence.some((each) => each[key] !== undefined);
  const [limits, layers, iterations] = [any('limit'), any('layer'), any('iteration')];
  const heading = (name: string): HTMLElement => h('th', { scope: 'col', class: 'right' }, name);
  const row = (each: Evidence, k: number): HTMLElement =>
    h('tr', { testid: 'evidence', 'data-name': each.name, hidden: k >= MOST_NUMBERS },
      h('th', { scope: 'row' }, each.name),
      h('td', { class: 'right', title: full(each.value) }, shown(each.value)),
      limits && h('td', { class: 'bound', title: each.limit === undefined ? undefined : `bound: ${full(each.limit)}` }, bound(each)),
      layers && h('td', { class: 'right' }, each.layer === undefined ? '' : count(each.layer)),
      iterations && h('td', { class: 'right' }, each.iteration === undefined ? '' : count(each.iteration)),
    );
  const rows = evidence.map(row);
  // names and values alone say what they are
  const plain = !limits && !layers && !iterations;
  const table = h('table', { class: 'evidence' },
    h('thead', { class: plain ? 'unseen' : undefined }, h('tr', {}, h('td'), heading('Value'), limits && h('th', { scope: 'col', class: 'bound' }, 'Bound'), layers && heading('Layer'), iterations && heading('Iteration'))),
    h('tbody', {}, ...rows),
  );
  return h('div', {}, scrolling('scroll-x', 'Numbers', table), more(rows));
}

function more(rows: readonly HTMLElement[]): HTMLElement | null {
  const rest = rows.length - MOST_NUMBERS;
  if (rest <= 0) return null;
  const show = button(`… and ${plural(rest, 'more number')}`, () => {
    for (const row of rows) row.hidden = false;
    const first = rows[MOST_NUMBERS]!;
    first.tabIndex = -1;
    first.focus();
    show.remove();
  }, { class: 'link', testid: 'evidence-more' });
  return show;
}

/** How the value stands to its bound, so that both read as one: "0.75" "> 0.5". */
function bound({ value, limit }: Evidence): string {
  if (limit === undefined) return '';
  if (!isFinite(value)) return number(limit);
  return `${value > limit ? '>' : value < limit ? '<' : '='} ${number(limit)}`;
}

/** Messages to the panel are JSON, where a number that is not finite is null. */
function isFinite(value: number | null): boolean {
  return value !== null && Number.isFinite(value);
}

function shown(value: number): string {
  return isFinite(value) ? number(value) : 'not finite';
}

function full(value: number): string {
  return isFinite(value) ? String(value) : 'NaN or infinite: see the sentence above';
}

/** The first samples with their values, or else the first lines; the rest is in the table. */
export function samplesOf(finding: Finding, report: Report, showTable: () => void): HTMLElement | null {
  const { samples, lines } = finding;
  if (samples.length === 0 && lines.length === 0) return null;
  const L = report.experiment.layers.length;
  const names: Readonly<Record<string, string>> = { Z: `Z[${L}]`, target: 'Target', prediction: 'Prediction', deadSince: 'Dead since iteration' };
  const total = Math.max(samples.length, lines.length);
  // one more link for a single sample would save nothing
  const shownSamples = total === MOST_SAMPLES + 1 ? total : MOST_SAMPLES;
  const first = samples.slice(0, shownSamples);
  const keys = Object.keys(names).filter((key) => first.some(({ values }) => key in values)).concat([...new Set(first.flatMap(({ values }) => Object.keys(values)))].filter((key) => !(key in names)));
  const table = h('table', { class: 'evidence' },
    h('thead', {}, h('tr', {}, h('td'), ...keys.map((key) => h('th', { scope: 'col', class: 'right' }, names[key] ?? key)))),
    h('tbody', {}, ...first.map(({ line, values }) =>
      h('tr', { testid: 'finding-sample', 'data-line': line },
        h('th', { scope: 'row' }, lineLink(line)),
        ...keys.map((key) => h('td', { class: 'right', title: key in values ? full(values[key]!) : undefined }, key in values ? shown(values[key]!) : '')),
      ))),
  );
  const alone = h('p', { class: 'lines' }, ...lines.slice(0, shownSamples).map(lineLink));
  const rest = total - shownSamples;
  return h('div', {},
    samples.length > 0 ? scrolling('scroll-x', 'Samples', table) : alone,
    rest > 0 ? button(`… and ${total === MAX_LINES ? 'at least ' : ''}${count(rest)} more in the table`, showTable, { class: 'link', testid: 'finding-more' }) : null,
  );
}

function lineLink(line: number): HTMLElement {
  return button(`line ${count(line)}`, () => post({ type: 'open-line', line }), { class: 'link', testid: 'finding-line', 'data-line': line, title: 'Opens the file at this line' });
}
