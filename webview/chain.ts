// The chain rule on one sample: its way forward and back, link by link, with the factor marked where it stops.

import type { ChainLink, ChainValues, LayerShare, Report, SampleChain } from '../src/protocol';
import { button, h, icon, marks } from './dom';
import { count, number, plural } from './format';
import { formula, scrolling } from './formula';
import { post } from './host';

export interface ChainCard {
  readonly element: HTMLElement;
  /** A new report; `sample` is the one that was shown of it before, if any. */
  show(report: Report, sample: number | undefined): void;
  select(sample: number): void;
  /** The same report at another moment; undefined: its end. Returns how many requests it made. */
  move(report: Report, snapshot: number | undefined): number;
  receive(request: number, chain: SampleChain | null): void;
}

/** `changed` is told which sample to remember and to mark. */
export function chainCard(changed: (sample: number | undefined) => void): ChainCard {
  const element = h('section', { class: 'card wide', testid: 'chain', 'aria-label': 'The chain rule on one sample' });
  const previous = button('Previous', () => select(selected! - 1), { class: 'toggle', testid: 'chain-previous', title: 'The sample before' });
  const next = button('Next', () => select(selected! + 1), { class: 'toggle', testid: 'chain-next', title: 'The sample after' });
  const steps = h('div', { class: 'steps', role: 'group', 'aria-label': 'Sample' }, previous, next);
  const status = h('div', { 'aria-live': 'polite' });
  const body = h('div', { testid: 'chain-body' });
  element.append(h('h2', {}, 'The chain rule on one sample', steps), status, body);
  let report: Report;
  let selected: number | undefined;
  let snapshot: number | undefined;
  let request = 0;

  function select(sample: number): void {
    selected = sample;
    previous.disabled = sample <= 0;
    next.disabled = sample >= report.data.samples - 1;
    changed(sample);
    ask(sample);
  }

  function ask(sample: number): void {
    post({ type: 'chain', request: ++request, sample, snapshot });
  }

  function invite(): void {
    const { points } = report;
    const at = mostInstructive(report);
    const sample = points.sample[at]!;
    status.replaceChildren();
    body.replaceChildren(
      h('p', { class: 'quiet' }, 'Choose a row of the table or a point of a chart to follow its numbers forward to the loss and back to every dW. ',
        button(`Show line ${count(points.line[at]!)}`, () => select(sample), { class: 'link', testid: 'chain-first' })),
    );
  }

  return {
    element,
    select,
    show(newReport, sample) {
      report = newReport;
      request += 1;
      selected = undefined;
      snapshot = undefined;
      steps.hidden = sample === undefined;
      if (sample !== undefined && sample < report.data.samples) return select(sample);
      if (report.points.of > 0) invite();
    },
    move(newReport, newSnapshot) {
      if (newReport === report && newSnapshot === snapshot) return 0;
      report = newReport;
      snapshot = newSnapshot;
      if (selected === undefined) return 0;
      ask(selected);
      return 1;
    },
    receive(answered, chain) {
      if (answered !== request || chain === null) return;
      steps.hidden = false;
      element.dataset['line'] = String(chain.line);
      status.replaceChildren(...heading(chain, snapshot === undefined ? '' : ` at iteration ${count(report.timeline.iterations[snapshot]!)}`));
      body.replaceChildren(...chainView(report, chain));
    },
  };
}

/** The place among the points of the dead output that is farthest from its target, or of the largest error where none is dead. */
function mostInstructive({ points, outputs }: Report): number {
  let best = 0;
  let most = -1;
  for (let output = 0; output < outputs.length; output++) {
    const [target, prediction, dead] = [points.target[output]!, points.prediction[output]!, points.dead[output]!];
    const anyDead = points.dead.some((marks) => marks.includes(1));
    for (let at = 0; at < target.length; at++) {
      const error = Math.abs(target[at]! - prediction[at]!);
      if (anyDead && dead[at] !== 1) continue;
      if (error > most) [best, most] = [at, error];
    }
  }
  return best;
}

/** Which sample it is, and where its chain stops. */
function heading(chain: SampleChain, at: string): HTMLElement[] {
  const stop = chain.links.find(({ stops }) => stops);
  const values = (all: readonly number[]): string => all.map(number).join(', ');
  const title = h('p', { testid: 'chain-title' },
    button(`Line ${count(chain.line)}`, () => post({ type: 'open-line', line: chain.line }), { class: 'link' }),
    `${at}: target ${values(chain.target)}, prediction ${values(chain.prediction)}`,
    chain.development ? ' (development set: nothing is learned from it)' : '',
  );
  const verdict = stop ? h('p', { class: 'stop', testid: 'chain-stop' }, icon(marks.error, 'error'), ' ', stop.note) : null;
  return [title, verdict].filter((each) => each !== null);
}

function chainView(report: Report, chain: SampleChain): HTMLElement[] {
  const [forward, backward] = (['forward', 'backward'] as const).map((direction) => chain.links.filter((link) => link.direction === direction)) as [ChainLink[], ChainLink[]];
  return [
    formula(chain.formula, true, 'all factors'),
    h('div', { class: 'ways' }, way('Forward', forward), way('Back', backward)),
    h('h3', {}, 'What this sample adds'),
    shares(report, chain),
  ];
}

function way(title: string, links: readonly ChainLink[]): HTMLElement {
  return h('section', { 'aria-label': title }, h('h3', {}, title), h('ol', { class: 'links' }, ...links.map(linkView)));
}

function linkView(link: ChainLink): HTMLElement {
  const { name, values, meaning, note, stops } = link;
  return h('li', { class: stops ? 'stops' : undefined, testid: 'chain-link', 'data-link': name, 'data-stops': stops },
    h('div', { class: 'name mono' }, name),
    h('div', { class: 'link-body' },
      formula(link.formula, false, name),
      valuesView(values, name),
      meaning === '' ? null : h('p', { class: 'quiet' }, meaning),
      note === '' ? null : h('p', { class: 'note' }, stops && icon(marks.error, 'error'), stops && ' ', note),
    ),
  );
}

/** A column lies on its side to save space, and a row as it is; a matrix is a table. What is left out is counted. */
function valuesView({ rows, columns, shown, norm, zeros }: ChainValues, name: string): HTMLElement {
  const value = (tag: 'td' | 'span') => (entry: number): HTMLElement => h(tag, { class: entry === 0 ? 'right zero' : 'right', title: String(entry) }, number(entry));
  const more = (tag: 'td' | 'span'): HTMLElement => h(tag, { class: 'quiet' }, '…');
  const isLine = rows === 1 || columns === 1;
  const entries = isLine
    ? h('div', { class: 'values line' }, ...shown.flat().map(value('span')), shown.flat().length < rows * columns && more('span'))
    : scrolling('scroll-x', `Values of ${name}`, h('table', { class: 'values' }, h('tbody', {},
      ...shown.map((line) => h('tr', {}, ...line.map(value('td')), line.length < columns && more('td'))),
      shown.length < rows && h('tr', {}, more('td')),
    )));
  const size = rows * columns;
  const facts = [`${count(rows)} × ${count(columns)}`, ...(zeros > 0 && size > 1 ? [zeros === size ? 'all 0' : `${count(zeros)} of ${count(size)} are 0`] : []), ...(size > 1 && zeros < size ? [`‖·‖ = ${number(norm)}`] : [])];
  return h('div', { class: 'numbers-of' }, entries, h('span', { class: 'quiet' }, facts.join(' · ')));
}

function shares({ experiment }: Report, { shares: all, m, development }: SampleChain): HTMLElement {
  const row = ({ layer, norm, share, gradient }: LayerShare): HTMLElement => {
    const fill = h('b', { class: 'fill info' });
    fill.style.width = `${100 * (share ?? 0)}%`;
    return h('tr', { testid: 'chain-share', 'data-layer': layer },
      h('th', { scope: 'row' }, `dW[${layer}]`),
      h('td', { class: 'right', title: String(norm) }, number(norm)),
      h('td', { class: 'right' }, share === null ? '–' : `${number(Math.round(1e4 * share) / 100)} %`),
      h('td', {}, h('div', { class: 'bar', 'aria-hidden': 'true' }, fill)),
      h('td', { class: 'right', title: String(gradient) }, number(gradient)),
    );
  };
  const headings = ['', '‖dZ Aᵀ / m‖', 'of all samples', '', '‖dW‖ of the cost'];
  return h('div', {},
    h('p', { class: 'quiet' }, development
      ? 'It is of the development set, so it adds nothing. The first number is what it would add.'
      : `An average sample of ${plural(m, 'training sample')} has ${number(Math.round(1e4 / m) / 100)} % of all. Samples that pull in opposite directions cancel, so ‖dW‖ is less than the sum${experiment.l2 > 0 ? '; the L2 part is not in it' : ''}.`),
    scrolling('scroll', 'What this sample adds to each dW',
      h('table', { class: 'check shares' },
        h('thead', {}, h('tr', {}, ...headings.map((name) => (name === '' ? h('td') : h('th', { scope: 'col', class: 'right' }, name))))),
        h('tbody', {}, ...all.map(row)))),
  );
}
