// The top of the panel: what goes on, the verdict in one sentence, and the facts behind it.

import type { PanelState, Problem, Report } from '../src/protocol';
import { button, h, icon, marks, severityIcon } from './dom';
import { mainFinding } from './findings';
import { count, number, plural } from './format';
import { post } from './host';

/** Training, loading and failure, above whatever is shown of the run before. */
export function banner(state: PanelState): HTMLElement | null {
  switch (state.kind) {
    case 'finished':
      return null;
    case 'loading':
      return h('div', { class: 'banner', role: 'status' }, h('span', { class: 'spinner', 'aria-hidden': 'true' }), h('span', {}, 'Reading and training…'));
    case 'training':
      return progress(state.iteration, state.iterations);
    case 'failed':
      return failure(state.problem, state.previous !== null);
    default:
      return state satisfies never;
  }
}

function progress(iteration: number, iterations: number): HTMLElement {
  const element = h('div', { class: 'banner', testid: 'progress' },
    h('progress', { class: 'grow', max: Math.max(1, iterations), 'aria-label': 'Training' }),
    h('span', { class: 'numbers' }),
    button('Stop', () => post({ type: 'stop' }), { class: 'secondary', testid: 'stop', title: 'Ends the training and keeps what was trained so far' }),
  );
  updateProgress(element, iteration, iterations);
  return element;
}

/** In place: a button that is replaced ten times a second cannot be clicked. */
export function updateProgress(element: HTMLElement, iteration: number, iterations: number): void {
  element.querySelector('progress')!.value = iteration;
  element.querySelector('.numbers')!.textContent = `${Math.floor((100 * iteration) / Math.max(1, iterations))} % · iteration ${count(iteration)} of ${count(iterations)}`;
}

function failure({ what, todo, file, line, targets }: Problem, previous: boolean): HTMLElement {
  const place = file === undefined ? null : button(`${file.split(/[\\/]/).at(-1)}${line === undefined ? '' : `:${line}`}`, () => post({ type: 'open-problem' }), { class: 'link', title: file });
  return h('div', { class: 'verdict error', role: 'alert', testid: 'failed' },
    icon(marks.error, 'error'),
    h('div', {}, h('p', { class: 'sentence' }, what), h('p', { class: 'quiet' }, todo, place && ' ', place), targets !== undefined && targets.length > 1 && targetChoice(targets), previous && h('p', { class: 'quiet' }, 'Below is the run before.')),
  );
}

/** Another target may be all that is needed, and the form is not there before a first run. */
function targetChoice(targets: readonly string[]): HTMLElement {
  const select = h('select', { testid: 'failed-target' }, ...targets.map((name) => h('option', {}, name)));
  const train = button('Train', () => post({ type: 'train', change: { target: [select.value] } }), { class: 'primary', testid: 'failed-train' });
  return h('div', { class: 'banner' }, h('label', { class: 'inline' }, 'Target ', select), train);
}

/** The verdict of a run with its facts. */
export function summary(report: Report): HTMLElement {
  const { severity, text } = report.verdict;
  const main = mainFinding(report);
  return h('header', {},
    h('div', { class: `verdict ${severity}`, role: 'status', testid: 'verdict' },
      severityIcon(severity),
      h('div', {}, h('h1', { class: 'sentence' }, text), main ? h('p', { class: 'quiet' }, main.explanation) : null),
    ),
    h('p', { class: 'facts' }, ...facts(report).map((fact) => h('span', {}, fact))),
  );
}

function facts(report: Report): string[] {
  const { cost, data, iterations, outcome, experiment, predictions } = report;
  const wanted = experiment.iterations;
  return [
    report.file,
    plural(data.samples, 'sample'),
    outcome.kind === 'stopped early' ? `stopped early after ${count(outcome.iteration)} iterations: the development cost was lowest after ${count(iterations)}, whose parameters are kept` :
    outcome.kind === 'cancelled' ? `stopped after ${count(iterations)} of ${plural(wanted, 'iteration')}: what was trained so far is kept` : plural(iterations, 'iteration'),
    `cost ${number(cost.first)} → ${number(cost.final)}${report.targetScaled ? ' (of the scaled target)' : ''}`,
    ...(data.imputed > 0 ? [`${plural(data.imputed, 'missing cell')} filled in`] : []),
    ...(experiment.layers.at(-1)!.activation !== 'relu' && predictions.negative > 0 ? [`${plural(predictions.negative, 'negative pre-activation')} (Z < 0), none of them dead`] : []),
  ];
}
