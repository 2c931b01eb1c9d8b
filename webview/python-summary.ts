// The top of the Python panel: what goes on, the verdict in one sentence, and the facts behind it.

import type { Problem, ProbeStage, PythonPanelState, PythonReport, PythonVerdict } from '../src/protocol';
import { button, h, icon, marks } from './dom';
import { plural } from './format';
import { post } from './python-host';

export const looks: Record<PythonVerdict, { readonly mark: keyof typeof marks; readonly title: string }> = {
  correct: { mark: 'ok', title: 'Correct' },
  wrong: { mark: 'error', title: 'Wrong' },
  convention: { mark: 'info', title: 'A matter of convention' },
  'cannot run': { mark: 'error', title: 'Cannot run' },
  'not bound': { mark: 'warning', title: 'Not bound' },
};

const stages: Record<ProbeStage, string> = {
  load: 'Reading the file…',
  bind: 'Running its functions and comparing gradients…',
  localize: 'Looking for the first broken link…',
};

/** Checking, failure and a file that has changed, above whatever is shown of the check before. */
export function banner(state: PythonPanelState): HTMLElement | null {
  switch (state.kind) {
    case 'finished':
      return state.report.changed ? changed() : null;
    case 'checking':
      return h('div', { class: 'banner', role: 'status', testid: 'checking' },
        h('span', { class: 'spinner', 'aria-hidden': 'true' }),
        h('span', {}, state.stage === null ? 'Starting Python…' : stages[state.stage]),
        button('Cancel', () => post({ type: 'cancel' }), { class: 'secondary', testid: 'cancel' }),
      );
    case 'failed':
      return failure(state.problem, state.remedy, state.previous !== null);
    default:
      return state satisfies never;
  }
}

function changed(): HTMLElement {
  return h('div', { class: 'banner notice', role: 'status', testid: 'changed' },
    icon(marks.info, 'info'),
    h('span', {}, 'The file has changed since this check.'),
    button('Check Again', () => post({ type: 'check' }), { class: 'primary', testid: 'check-changed' }),
  );
}

function failure({ what, todo }: Problem, remedy: 'trust' | 'interpreter' | null, previous: boolean): HTMLElement {
  return h('div', { class: 'verdict error', role: 'alert', testid: 'failed' },
    icon(marks.error, 'error'),
    h('div', {},
      h('p', { class: 'sentence' }, what),
      h('p', { class: 'quiet' }, todo),
      h('div', { class: 'actions' },
        button('Check Again', () => post({ type: 'check' }), { class: 'primary', testid: 'check' }),
        remedy === 'trust' && button('Manage Workspace Trust', () => post({ type: 'manage-trust' }), { class: 'secondary' }),
        remedy === 'interpreter' && button('Choose Interpreter…', () => post({ type: 'choose-interpreter' }), { class: 'secondary', testid: 'choose-interpreter' }),
        button('Show Output', () => post({ type: 'show-output' }), { class: 'secondary' }),
      ),
      previous && h('p', { class: 'quiet' }, 'Below is the check before.'),
    ),
  );
}

/** The verdict with its facts and what to do next. */
export function summary(report: PythonReport): HTMLElement {
  const { result } = report;
  const { mark, title } = looks[result.verdict];
  return h('header', {},
    h('div', { class: `verdict ${mark}`, role: 'status', testid: 'verdict' },
      icon(marks[mark], mark),
      h('div', {}, h('p', { class: 'sentence', title }, result.summary), ...advice(report)),
    ),
    h('p', { class: 'facts' }, ...facts(report).map((fact) => h('span', {}, fact))),
    h('div', { class: 'actions' },
      result.verdict === 'not bound' && button('Bind by Hand…', () => post({ type: 'bind' }), { class: 'primary', testid: 'bind' }),
      button('Check Again', () => post({ type: 'check' }), { class: result.verdict === 'not bound' ? 'secondary' : 'primary', testid: 'check' }),
      report.output && button('Show Output', () => post({ type: 'show-output' }), { class: 'secondary', testid: 'show-output', title: 'What the code wrote to standard error' }),
    ),
  );
}

function advice({ result }: PythonReport): HTMLElement[] {
  const say = (text: string): HTMLElement[] => [h('p', { class: 'quiet' }, text)];
  switch (result.verdict) {
    case 'correct':
      return say('No mistake was found in what was checked; what was checked and what was not is listed below.');
    case 'convention':
      return say('Gradient descent is not misled by this: it acts as another learning rate, or as another cost.');
    case 'not bound':
      return say('Say which function is forward, cost and backward; it is remembered for this file.');
    case 'wrong':
    case 'cannot run':
      return [];
    default:
      return result.verdict satisfies never;
  }
}

function facts({ result }: PythonReport): string[] {
  const { bound, python } = result;
  return [
    result.file.split(/[\\/]/).at(-1)!,
    ...(bound && widthsHold(result) ? [`widths ${bound.widths.join(' – ')}`] : []),
    ...(bound ? [`${plural(bound.samples, 'sample')} as ${bound.samplesAre}`] : []),
    `Python ${python.version}`,
    `NumPy ${python.numpy}`,
  ];
}

/** Code with widths of its own is run with those; the ones that were asked for are then not the net's. */
function widthsHold({ bound, layers }: PythonReport['result']): boolean {
  const widths = bound?.widths ?? [];
  return layers.every(({ dW: { shape } }, at) => shape.length !== 2 || (shape.includes(widths[at]!) && shape.includes(widths[at + 1]!)));
}
