// The ranking: every remedy that was tried, and the run as it is, in one table.

import type { RankedRow, TrialTable } from '../src/protocol';
import { button, h } from './dom';
import { count } from './format';
import { costText } from './trial-comparison';
import { keepRemedy } from './trial-requests';

/** `selected`: the remedy whose comparison is shown; `select` is called by mouse and keys. */
export function rankingTable(table: TrialTable, selected: string | null, select: (id: string) => void): HTMLElement {
  const { rows, measure } = table;
  const development = rows.some(({ cost }) => cost.development !== null);
  const dead = rows.some((row) => (row.dead?.count ?? 0) > 0);
  const headings: [name: string, right: boolean][] = [['', true], ['Remedy', false], ['Against the run', true], [development ? 'Cost, training' : 'Cost', true], ...(development ? [['Cost, development', true] as [string, boolean]] : []), ...(dead ? [['Dead outputs', true] as [string, boolean]] : []), ['', false]];
  const body = h('tbody', {}, ...rows.map((row) => tableRow(row)));

  function tableRow(row: RankedRow): HTMLElement {
    const { id } = row;
    const element = h('tr', { testid: 'trial-row', class: id === null ? 'as-it-is' : undefined, 'data-remedy': id ?? '', 'data-rank': row.rank, 'data-outcome': row.outcome, 'data-times': row.times ?? '', tabindex: id === null ? undefined : selected === id ? 0 : -1, 'aria-current': id !== null && id === selected ? 'true' : undefined },
      h('td', { class: 'right quiet' }, String(row.rank)),
      h('th', { scope: 'row', title: row.why }, row.label, shortFormula(row)),
      h('td', { class: `right ${tone(row)}`, title: row.times === null ? undefined : String(row.times) }, row.against),
      cell(row.cost.training),
      development && cell(row.cost.development),
      dead && h('td', { class: 'right' }, row.dead ? `${count(row.dead.count)} of ${count(row.dead.of)}` : '–'),
      h('td', { class: 'action' }, row.keep !== null && id !== null && keepButton(row, id)),
    );
    if (id === null) return element;
    element.addEventListener('click', () => select(id));
    element.addEventListener('keydown', (event) => onKey(event, element, id));
    return element;
  }

  function onKey(event: KeyboardEvent, element: HTMLElement, id: string): void {
    // a key on the button within is the button's
    if (event.target !== element) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return select(id);
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const all = Array.from(body.querySelectorAll<HTMLElement>('tr[tabindex]'));
    const next = all[all.indexOf(element) + step];
    if (next) select(next.dataset['remedy']!);
  }

  return h('div', { class: 'scroll', role: 'region', 'aria-label': 'Remedies, ranked', tabindex: '-1' },
    h('table', { class: 'ranking', testid: 'ranking', 'data-measure': measure.loss, 'data-on': measure.on },
      h('thead', {}, h('tr', {}, ...headings.map(([name, right]) => (name === '' ? h('td', {}) : h('th', { scope: 'col', class: right ? 'right' : undefined }, name))))),
      body,
    ),
  );
}

function cell(value: number | null): HTMLElement {
  return h('td', { class: 'right', title: value !== null && Number.isFinite(value) ? String(value) : undefined }, costText(value));
}

/** A longer one is read below. */
const SHORT = 40;

function shortFormula({ formula }: RankedRow): HTMLElement | null {
  const text = formula?.map((each) => each.text).join('; ');
  return text !== undefined && text.length <= SHORT ? h('span', { class: 'short-formula' }, text) : null;
}

function keepButton({ label }: RankedRow, id: string): HTMLElement {
  const element = button('Keep', () => keepRemedy(id), { class: 'secondary small', testid: 'keep-row', 'aria-label': `Keep ${label}`, title: 'Makes this the current experiment. The run before stays in the Runs view.' });
  // the row itself is a choice too
  element.addEventListener('click', (event) => event.stopPropagation());
  return element;
}

function tone({ outcome, times }: RankedRow): string {
  if (outcome === 'diverged' || outcome === 'failed') return 'worse';
  return times === null || times === 1 ? '' : times > 1 ? 'better' : 'worse';
}
