// The gradient check: one row for each dW[l] and db[l], the relative difference on a log scale.

import type { CheckVerdict, LayerCheck, ParameterCheck, Report, VacuousEntries } from '../src/protocol';
import { bar, scale } from './difference-scale';
import { h, icon, marks } from './dom';
import { count, exponent } from './format';

const HEADINGS = ['Gradient', 'Verdict', 'To numeric', '', 'To exact', 'Entries', 'Worst entry', 'Analytic', 'Numeric'];
const RIGHT = ['To numeric', 'To exact', 'Entries', 'Analytic', 'Numeric'];

const looks: Record<CheckVerdict, { readonly mark: keyof typeof marks; readonly text: string; readonly title?: string }> = {
  agrees: { mark: 'ok', text: 'agrees' },
  'look closer': { mark: 'info', text: 'look closer' },
  suspicious: { mark: 'warning', text: 'suspicious' },
  wrong: { mark: 'error', text: 'wrong' },
  vacuous: { mark: 'none', text: 'vacuous: both sides 0', title: 'Two zeros agree whatever the code does: this proves nothing.' },
  'ill-conditioned': { mark: 'none', text: 'too small to compare', title: 'The gradient is smaller than what rounding lets a difference of costs show.' },
  'only kinks': { mark: 'none', text: 'only kinks', title: 'Every step crosses the corner of an activation, where there is no derivative to compare with.' },
};

export function gradientCheck({ gradientCheck: check }: Report): HTMLElement {
  return h('section', { class: 'card wide', testid: 'gradient-check', 'data-verdict': check.verdict },
    h('h2', {}, 'Gradient check'),
    h('p', { class: 'quiet' }, `‖a − n‖ / (‖a‖ + ‖n‖) of every dW and db against two witnesses: central differences of the cost (numeric), and forward-mode differentiation, which has no step size (exact). ${shareOf(check)} Indices count from 0, as in NumPy.`),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Gradient check' },
      h('table', { class: 'check' },
        h('thead', {}, h('tr', {}, ...HEADINGS.map((name) => h('th', { scope: 'col', class: RIGHT.includes(name) ? 'right' : undefined }, name === '' ? scale() : name)))),
        h('tbody', {}, ...check.layers.flatMap((layer) => [row(layer, 'dW'), row(layer, 'db')])),
      ),
    ),
  );
}

function shareOf({ samples, of, layers }: Report['gradientCheck']): string {
  const parts = layers.flatMap(({ dW, db }) => [dW, db]);
  const total = (key: 'checked' | 'kinks' | 'of'): number => parts.reduce((sum, part) => sum + part[key], 0);
  const checked = total('checked') + total('kinks');
  const entries = checked < total('of') ? `${count(checked)} of ${count(total('of'))} parameters` : `all ${count(checked)} parameters`;
  const drawn = checked < total('of') || samples < of ? ', drawn by the seed' : '';
  return `Checked: ${entries} on ${samples < of ? `${count(samples)} of ${count(of)}` : `all ${count(of)}`} samples${drawn}.`;
}

function row({ layer, ...parameters }: LayerCheck, name: 'dW' | 'db'): HTMLElement {
  const check = parameters[name];
  const { mark, text, title } = looks[check.verdict];
  // of zeros none is the worst
  const worst = check.verdict === 'vacuous' ? null : check.worst;
  const entry = worst && `${name.slice(1)}[${layer}][${worst.i}]${name === 'dW' ? `[${worst.j}]` : ''}`;
  return h('tr', { testid: 'check-row', 'data-layer': layer, 'data-parameter': name, 'data-verdict': check.verdict },
    h('th', { scope: 'row' }, `${name}[${layer}]`),
    h('td', { title }, icon(marks[mark], mark), ` ${text}`, ...why(check).map((reason) => h('div', { class: 'quiet', testid: 'vacuous' }, reason))),
    h('td', { class: 'right' }, check.relativeDifference === null ? '0 / 0' : exponent(check.relativeDifference)),
    h('td', {}, bar(check.relativeDifference, mark)),
    h('td', { class: 'right', title: exactTitle(check) }, exactText(check)),
    h('td', { class: 'right', title: entriesTitle(name.slice(1), layer, check) }, entries(check)),
    h('td', { class: 'mono' }, entry ?? '–'),
    h('td', { class: 'right', title: worst ? String(worst.analytic) : undefined }, worst ? exponent(worst.analytic, 4) : '–'),
    h('td', { class: 'right', title: worst ? String(worst.numeric) : undefined }, worst ? exponent(worst.numeric, 4) : '–'),
  );
}

function entries({ checked, of, kinks }: ParameterCheck): string {
  const share = checked + kinks < of || kinks > 0 ? `${count(checked)} of ${count(of)}` : count(of);
  return kinks > 0 ? `${share}, ${count(kinks)} kink${kinks === 1 ? '' : 's'}` : share;
}

const reasons: Record<VacuousEntries['reason'], string> = {
  'dead outputs': 'every output is dead',
  'dead unit': 'the unit is dead',
  'no error': 'every prediction equals its target',
  'nothing arrives': 'nothing arrives from above',
  'zero input': 'its input is 0 for every sample',
};

/** Why some entries are 0 on both sides: the whole gradient, or a part of it. */
function why({ vacuous, of }: ParameterCheck): string[] {
  return vacuous.map(({ reason, entries: some }) => (some === of ? reasons[reason] : `${count(some)} of ${count(of)} entries 0: ${reasons[reason]}`));
}

function exactText({ exact }: ParameterCheck): string {
  if (!exact) return '–';
  return exact.toAnalytic === null ? '0 / 0' : exact.toAnalytic === 0 ? '0' : exponent(exact.toAnalytic);
}

function exactTitle({ exact, of }: ParameterCheck): string {
  if (!exact) return 'Nothing was compared';
  const between = exact.toNumeric === null ? '0 / 0' : exponent(exact.toNumeric);
  return `Analytic against exact, ${count(exact.checked)} of ${count(of)} entries. The two witnesses differ by ${between}.`;
}

function entriesTitle(name: string, layer: number, { kinkEntries }: ParameterCheck): string {
  const kinks = kinkEntries.map(({ i, j, analytic, left, right }) => {
    const entry = `${name}[${layer}][${i}]${name === 'W' ? `[${j}]` : ''}`;
    return `${entry}: ${exponent(left, 3)} from below, ${exponent(right, 3)} from above, analytic ${exponent(analytic, 3)}`;
  });
  return ['Entries compared, of all there are. A kink is an entry whose step crosses the corner of an activation; it is not counted against the layer.', ...kinks].join('\n');
}
