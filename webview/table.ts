// The dead-output table: only the rows in sight exist, the host sends them sorted, a window at a time.

import type { Report, RowQuery, SortKey, TableRow } from '../src/protocol';
import { bringIntoSight, button, h } from './dom';
import { count, number, plural, targetOf } from './format';
import { post } from './host';

const ROW_HEIGHT = 24;
const MAX_HEIGHT = 12 * ROW_HEIGHT;
/** Rows asked for beyond those in sight. */
const MARGIN = 20;

export interface TableState {
  readonly which: 'dead' | 'all';
  readonly sort: SortKey;
  readonly descending: boolean;
}

export interface SampleTable {
  readonly element: HTMLElement;
  show(report: Report, output: number, state: TableState | undefined): void;
  /** The same report at another moment; undefined: its end. Returns how many requests it made. */
  move(report: Report, snapshot: number | undefined): number;
  receive(request: number, rows: readonly TableRow[]): void;
  /** Brings the table into sight, with the focus, and shows these samples where there is a choice. */
  reveal(which: TableState['which']): void;
  /** Marks the row of a sample, wherever it is. */
  mark(sample: number | undefined): void;
}

interface Heading {
  readonly key: SortKey;
  readonly label: string;
  readonly testid: string;
}

/** `changed` is told what to remember, `select` the sample of a row that was chosen. */
export function sampleTable(changed: (state: TableState) => void, select: (sample: number) => void): SampleTable {
  const element = h('section', { class: 'card wide', testid: 'table' });
  let report: Report;
  let output = 0;
  /** What a person chose, and what of it there is to show. */
  let chosen: TableState = { which: 'dead', sort: 'line', descending: false };
  let state = chosen;
  let snapshot: number | undefined;
  let request = 0;
  let first = 0;
  let rows: readonly TableRow[] = [];
  let focused = 0;
  let marked: number | undefined;
  let known: Report | undefined;
  const top = h('div');
  let view = h('div');
  let body = h('tbody');
  let headings: HTMLElement[] = [];

  const total = (): number => (state.which === 'dead' ? report.deadSamples : report.data.samples);
  const headingsOf = (): Heading[] => [
    { key: 'line', label: 'Line', testid: 'table-sort-line' },
    ...report.featureNames.map((name, feature) => ({ key: { feature }, label: name, testid: `table-sort-feature-${feature}` })),
    { key: 'target', label: report.outputs.length > 1 ? report.outputs[output]! : targetOf(report.outputs[0]!, 'Target'), testid: 'table-sort-target' },
    { key: 'Z', label: `Z[${report.experiment.layers.length}]`, testid: 'table-sort-Z' },
    { key: 'prediction', label: 'Prediction', testid: 'table-sort-prediction' },
  ];

  function heading(): void {
    const dead = report.deadSamples;
    const isReLU = report.experiment.layers.at(-1)!.activation === 'relu';
    const at = snapshot === undefined ? '' : ` at iteration ${count(report.timeline.iterations[snapshot]!)}`;
    const title = isReLU ? `Dead outputs${at} (${count(dead)} of ${count(report.data.samples)})` : `Samples${at} (${count(report.data.samples)})`;
    const choice = dead > 0 && dead < report.data.samples
      ? h('div', { class: 'segments', role: 'group', 'aria-label': 'Samples shown' }, segment('dead', 'Dead'), segment('all', 'All samples'))
      : null;
    top.replaceChildren(h('h2', {}, title, choice), h('p', { class: 'quiet' }, explanation(isReLU, dead)));
  }

  function build(): void {
    heading();
    body = h('tbody');
    headings = headingsOf().map((heading) => headingCell(heading));
    view = h('div', { class: 'rows scroll', tabindex: '-1' }, h('table', { 'aria-rowcount': total() + 1 }, h('thead', {}, h('tr', {}, ...headings)), body));
    view.style.maxHeight = `${MAX_HEIGHT + ROW_HEIGHT}px`;
    view.addEventListener('scroll', () => ask());
    element.replaceChildren(top, view);
    focused = 0;
    first = 0;
    rows = [];
    ask(true);
  }

  function explanation(isReLU: boolean, dead: number): string {
    if (!isReLU) return 'Z is the pre-activation of the output layer. Choose a row to open its line.';
    if (dead === 0) return 'No output is dead: every pre-activation Z is above 0. Choose a row to open its line.';
    return `Z ≤ 0 makes the prediction exactly 0 and its gradient 0. ${plural(dead, 'sample')} cannot teach the network. Choose a row to open its line.`;
  }

  function segment(which: TableState['which'], label: string): HTMLElement {
    return button(label, () => change({ which }), { 'aria-pressed': String(state.which === which), testid: `table-${which}` });
  }

  function headingCell({ key, label, testid }: Heading): HTMLElement {
    const same = JSON.stringify(key) === JSON.stringify(state.sort);
    const arrow = same ? (state.descending ? ' ↓' : ' ↑') : '';
    const sort = button(label + arrow, () => change(same ? { descending: !state.descending } : { sort: key, descending: false }), { class: 'heading', testid });
    return h('th', { scope: 'col', 'aria-sort': same ? (state.descending ? 'descending' : 'ascending') : 'none' }, sort);
  }

  function change(part: Partial<TableState>): void {
    chosen = { ...state, ...part };
    changed(chosen);
    keepFocus(() => {
      state = chosen;
      build();
    });
  }

  /** What has the focus may be made anew. */
  function keepFocus(make: () => void): void {
    const active = element.contains(document.activeElement) && document.activeElement?.getAttribute('data-testid');
    make();
    if (active && active !== 'table-row') element.querySelector<HTMLElement>(`[data-testid="${active}"]`)?.focus();
  }

  /** Where nothing or everything is dead there is no choice. */
  function fitted(): TableState {
    if (report.deadSamples === 0) return { ...chosen, which: 'all' };
    return report.deadSamples === report.data.samples ? { ...chosen, which: 'dead' } : chosen;
  }

  /** Asks for the rows in sight, unless they are there. */
  function ask(always = false): void {
    const inSight = Math.ceil(MAX_HEIGHT / ROW_HEIGHT) + 1;
    const top = Math.min(Math.floor(view.scrollTop / ROW_HEIGHT), Math.max(0, total() - inSight));
    const bottom = top + inSight;
    if (!always && top >= first && Math.min(bottom, total()) <= first + rows.length) return;
    const query: RowQuery = { ...state, output, snapshot, from: Math.max(0, top - MARGIN), to: Math.min(total(), bottom + MARGIN) };
    asked = query.from;
    post({ type: 'rows', request: ++request, query });
  }
  let asked = 0;

  function draw(): void {
    const columns = headings.length;
    const spacer = (height: number): HTMLElement => {
      const cell = h('td', { colspan: columns });
      cell.style.height = `${height}px`;
      return h('tr', { class: 'spacer', 'aria-hidden': 'true' }, cell);
    };
    const hadFocus = body.contains(document.activeElement);
    body.replaceChildren(spacer(first * ROW_HEIGHT), ...rows.map(rowElement), spacer(Math.max(0, total() - first - rows.length) * ROW_HEIGHT));
    if (hadFocus) body.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus({ preventScroll: true });
  }

  function rowElement(row: TableRow, k: number): HTMLElement {
    const at = first + k;
    const cells = [row.line, ...row.features, row.target, row.Z, row.prediction];
    const element = h('tr', { testid: 'table-row', 'data-line': row.line, 'data-dead': row.dead, 'data-sample': row.sample, 'aria-current': row.sample === marked ? 'true' : undefined, tabindex: at === Math.min(Math.max(focused, first), first + rows.length - 1) ? 0 : -1, 'aria-rowindex': at + 2, class: row.dead ? 'dead' : undefined },
      ...cells.map((value, column) => typeof value === 'number' ? h('td', { class: 'right', title: column === 0 ? undefined : String(value) }, column === 0 ? count(value) : number(value)) : h('td', { title: value }, value)),
    );
    element.addEventListener('click', () => choose(row));
    element.addEventListener('keydown', (event) => key(event, at, row));
    return element;
  }

  function choose({ line, sample }: TableRow): void {
    post({ type: 'open-line', line });
    select(sample);
  }

  function key(event: KeyboardEvent, at: number, row: TableRow): void {
    const page = Math.floor(MAX_HEIGHT / ROW_HEIGHT);
    const targets: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: total() - 1 };
    if (event.key === 'Enter' || event.key === ' ') choose(row);
    else if (event.key in targets) focus(Math.min(total() - 1, Math.max(0, targets[event.key]!)));
    else return;
    event.preventDefault();
  }

  function focus(at: number): void {
    focused = at;
    const top = at * ROW_HEIGHT;
    if (top < view.scrollTop) view.scrollTop = top;
    else if (top + ROW_HEIGHT > view.scrollTop + MAX_HEIGHT) view.scrollTop = top + ROW_HEIGHT - MAX_HEIGHT;
    ask();
    draw();
    body.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus({ preventScroll: true });
  }

  return {
    element,
    show(newReport, newOutput, kept) {
      if (newReport.id !== known?.id) marked = snapshot = undefined;
      known = newReport;
      report = newReport;
      output = newOutput;
      const valid = kept && (typeof kept.sort === 'string' || kept.sort.feature < report.featureNames.length);
      chosen = valid ? kept : { which: 'dead', sort: 'line', descending: false };
      state = fitted();
      build();
    },
    move(newReport, newSnapshot) {
      if (newReport === report && newSnapshot === snapshot) return 0;
      report = newReport;
      snapshot = newSnapshot;
      state = fitted();
      keepFocus(heading);
      view.querySelector('table')!.setAttribute('aria-rowcount', String(total() + 1));
      // the rows before stay until the answer, so that nothing flickers
      view.setAttribute('aria-busy', 'true');
      ask(true);
      return 1;
    },
    reveal(which) {
      const choice = report.deadSamples > 0 && report.deadSamples < report.data.samples;
      if (choice && which !== state.which) change({ which });
      bringIntoSight(element, view);
    },
    mark(sample) {
      marked = sample;
      for (const row of body.querySelectorAll<HTMLElement>('[data-sample]')) {
        if (Number(row.dataset['sample']) === sample) row.setAttribute('aria-current', 'true');
        else row.removeAttribute('aria-current');
      }
    },
    receive(answered, answer) {
      if (answered !== request) return;
      first = asked;
      rows = answer;
      view.removeAttribute('aria-busy');
      draw();
    },
  };
}
