// The section on remedies: what could be tried, how far it is, the ranking, the comparison, and what is done on demand.

import type { LearningCurveState, OfferedRemedy, RangeTestState, Trials, TrialTable } from '../src/protocol';
import { button, h } from './dom';
import { count, plural } from './format';
import { recall, remember } from './host';
import { learningCurveView } from './learning-curve';
import { rangeTestView } from './range-test';
import { readTheme } from './theme';
import { trialComparison } from './trial-comparison';
import { drawLearningCurve, stopTrials, testRange, tryRemedies } from './trial-requests';
import { rankingTable } from './trials';

export interface RemediesSection {
  readonly element: HTMLElement;
  /** Another run, another output, or other colours. */
  show(output: number): void;
  /** A training goes on: nothing can be begun beside it. */
  setBusy(busy: boolean): void;
  trials(trials: Trials): void;
  progress(iteration: number, iterations: number): void;
  rangeTest(state: RangeTestState): void;
  learningCurve(state: LearningCurveState): void;
}

export function remediesSection(): RemediesSection {
  const all = button('Try all', () => tryRemedies(untried().map(({ id }) => id)), { class: 'primary', testid: 'try-all' });
  const range = button('Range test', testRange, { class: 'secondary', testid: 'start-range-test', title: 'A short training whose learning rate grows: which rates make the cost fall' });
  const curve = button('Learning curve', drawLearningCurve, { class: 'secondary', testid: 'start-learning-curve', title: 'Trains on more and more of the samples: would more data help?' });
  const about = h('p', { class: 'quiet' });
  const going = h('div');
  const ranking = h('div');
  const rest = h('div');
  const comparison = trialComparison();
  const sides = { range: rangeTestView(), curve: learningCurveView() };
  const element = h('section', { class: 'card wide trials', testid: 'remedies', 'data-state': 'none' },
    h('h2', { class: 'with-actions' }, h('span', {}, 'Remedies'), h('span', { class: 'steps' }, all, range, curve)),
    about, going, ranking, rest, comparison.element,
    h('div', { class: 'charts' }, sides.range.element, sides.curve.element),
  );

  let trials: Trials = { kind: 'none', offered: [] };
  let rangeState: RangeTestState = { kind: 'none' };
  let curveState: LearningCurveState = { kind: 'none' };
  let output = 0;
  let busy = false;

  const tableOf = (): TrialTable | null => (trials.kind === 'none' ? null : trials.table);
  function untried(): OfferedRemedy[] {
    const done = new Set(tableOf()?.rows.map(({ id }) => id));
    const going = trials.kind === 'trying' ? [trials.now.id, ...trials.waiting] : [];
    return trials.offered.filter(({ id }) => !done.has(id) && !going.includes(id));
  }
  /** What a person chose, else the best. */
  function selected(table: TrialTable): string | null {
    const chosen = recall().remedy;
    const ids = table.rows.map(({ id }) => id);
    return chosen !== undefined && ids.includes(chosen) ? chosen : (ids.find((id) => id !== null) ?? null);
  }

  function draw(): void {
    const table = tableOf();
    element.dataset['state'] = trials.kind;
    const left = untried();
    all.textContent = table ? `Try ${count(left.length)} more` : left.length === 1 ? 'Try 1 remedy' : `Try all ${count(left.length)}`;
    all.hidden = left.length === 0;
    about.textContent = sentence(trials, table);
    drawProgress();
    drawTable(table);
    rest.replaceChildren(...untriedList(left));
    setDisabled();
  }

  function drawProgress(): void {
    if (trials.kind !== 'trying') return going.replaceChildren();
    const { now, waiting } = trials;
    going.replaceChildren(
      h('div', { class: 'banner', testid: 'trying', role: 'status' },
        h('span', {}, `Trying: ${now.label}${waiting.length > 0 ? `, then ${plural(waiting.length, 'more', 'more')}` : ''}`),
        h('progress', { class: 'grow', max: Math.max(1, now.iterations), value: now.iteration, 'aria-label': `Trying ${now.label}` }),
        button('Stop', stopTrials, { class: 'secondary', testid: 'stop-trials', title: 'What is finished stays' }),
      ),
    );
  }

  function drawTable(table: TrialTable | null): void {
    const focused = ranking.contains(document.activeElement) ? (document.activeElement?.closest('tr')?.dataset['remedy'] ?? null) : null;
    const id = table && selected(table);
    ranking.replaceChildren(...(table ? [rankingTable(table, id, choose)] : []));
    const row = table?.rows.find((each) => each.id === id && id !== null);
    comparison.element.hidden = !row;
    if (table && row) comparison.show(table, row, Math.min(output, table.outputs.length - 1), readTheme());
    if (focused !== null) focusRow(focused);
  }

  function choose(id: string): void {
    remember({ remedy: id });
    drawTable(tableOf());
    focusRow(id);
    setDisabled();
  }

  function focusRow(id: string): void {
    Array.from(ranking.querySelectorAll<HTMLElement>('tr[tabindex]')).find((row) => row.dataset['remedy'] === id)?.focus({ preventScroll: true });
  }

  function untriedList(left: readonly OfferedRemedy[]): HTMLElement[] {
    if (left.length === 0) return [];
    const items = left.map(({ id, label, why }) => h('li', { 'data-remedy': id }, button('Try', () => tryRemedies([id]), { class: 'secondary small', testid: 'try', 'aria-label': `Try ${label}` }), h('span', {}, label), h('span', { class: 'quiet' }, why)));
    const before = rest.querySelector('details');
    return [h('details', { class: 'untried disclosure', testid: 'untried', open: before?.open ?? false }, h('summary', {}, `${plural(left.length, 'remedy', 'remedies')}${tableOf() ? ' not tried' : ''}`), h('ul', {}, ...items))];
  }

  function setDisabled(): void {
    for (const each of element.querySelectorAll('button')) if (!each.dataset['testid']!.includes('stop')) each.disabled = busy;
    range.disabled = busy || rangeState.kind === 'running';
    curve.disabled = busy || curveState.kind === 'running';
    range.hidden = rangeState.kind === 'done';
    curve.hidden = curveState.kind === 'done';
  }

  return {
    element,
    show(of) {
      output = of;
      draw();
      sides.range.show(rangeState, readTheme());
      sides.curve.show(curveState, readTheme());
      setDisabled();
    },
    setBusy(value) {
      busy = value;
      setDisabled();
    },
    trials(next) {
      trials = next;
      draw();
    },
    progress(iteration, iterations) {
      const bar = going.querySelector('progress');
      if (!bar) return;
      bar.max = Math.max(1, iterations);
      bar.value = iteration;
    },
    rangeTest(state) {
      rangeState = state;
      sides.range.show(state, readTheme());
      setDisabled();
    },
    learningCurve(state) {
      curveState = state;
      sides.curve.show(state, readTheme());
      setDisabled();
    },
  };
}

function sentence({ offered }: Trials, table: TrialTable | null): string {
  if (table) {
    const { loss, on } = table.measure;
    const dead = table.rows.some((row) => (row.dead?.count ?? 0) > 0) ? ' Fewer dead outputs come first.' : '';
    return `Ranked by the cost (${loss}, in the units of the file) of the ${on} samples, so that every remedy is measured alike.${dead}`;
  }
  return offered.length === 0 ? 'No finding offers a remedy for this run.' : 'Each is trained beside this run, on the same samples, and compared with it. Nothing is claimed to help before it was run.';
}
