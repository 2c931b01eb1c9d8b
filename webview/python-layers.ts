// Their dW and db against central differences of their cost: one row for each parameter.

import type { PythonLayer, PythonResult } from '../src/protocol';
import { bar, scale } from './difference-scale';
import { h, icon, marks } from './dom';
import { count, exponent, number } from './format';

type Check = PythonLayer['dW'];

const HEADINGS = ['Gradient', 'Of', 'Verdict', 'Difference', '', 'Factor', 'Entries', 'Worst entry', 'Yours', 'Numeric'];
const RIGHT = ['Difference', 'Entries', 'Yours', 'Numeric'];

const looks: Record<Check['verdict'], { readonly mark: keyof typeof marks; readonly text: string; readonly title?: string }> = {
  agrees: { mark: 'ok', text: 'agrees' },
  factor: { mark: 'error', text: 'factor', title: 'Every entry is the same multiple of the derivative.' },
  wrong: { mark: 'error', text: 'wrong' },
  vacuous: { mark: 'none', text: 'vacuous: both sides 0', title: 'Two zeros agree whatever the code does: this proves nothing.' },
  missing: { mark: 'warning', text: 'not found', title: 'The backward pass gave no gradient of this parameter.' },
};

export function layers({ layers: all, verdict }: PythonResult): HTMLElement {
  return h('section', { class: 'card', testid: 'layers' },
    h('h2', {}, 'Gradient by layer'),
    h('p', { class: 'quiet' }, 'Your dW and db against central differences of your cost: ‖a − n‖ / (‖a‖ + ‖n‖). Indices count from 0, as in NumPy.'),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Gradient by layer' },
      h('table', { class: 'check' },
        h('thead', {}, h('tr', {}, ...HEADINGS.map((name) => h('th', { scope: 'col', class: RIGHT.includes(name) ? 'right' : undefined }, name === '' ? scale() : name)))),
        h('tbody', {}, ...all.flatMap(({ layer, dW, db }) => [row(layer, 'dW', dW, verdict), ...(db === null ? [] : [row(layer, 'db', db, verdict)])])),
      ),
    ),
  );
}

function row(layer: number, name: 'dW' | 'db', check: Check, verdict: PythonResult['verdict']): HTMLElement {
  const { text, title } = looks[check.verdict];
  // by convention every layer has the same factor, and none is wrong
  const mark = check.verdict === 'factor' && verdict === 'convention' ? 'info' : looks[check.verdict].mark;
  const { worst } = check;
  return h('tr', { testid: 'layer-row', 'data-layer': layer, 'data-parameter': name, 'data-verdict': check.verdict },
    h('th', { scope: 'row' }, `${name}[${layer}]`),
    h('td', { class: 'mono' }, check.name, h('span', { class: 'quiet' }, ` ${shape(check.shape)}`)),
    h('td', { title }, icon(marks[mark], mark), ` ${text}`, check.gradientShape !== null && h('div', { class: 'quiet' }, `its shape is ${shape(check.gradientShape)}`)),
    h('td', { class: 'right' }, check.relativeDifference === null ? '–' : exponent(check.relativeDifference)),
    h('td', {}, bar(check.relativeDifference, mark)),
    h('td', {}, factorText(check)),
    h('td', { class: 'right' }, check.checked === check.of ? count(check.of) : `${count(check.checked)} of ${count(check.of)}`),
    h('td', { class: 'mono' }, worst ? `[${check.shape.length > 1 ? `${worst.i}, ${worst.j}` : Math.max(worst.i, worst.j)}]` : '–'),
    h('td', { class: 'right', title: worst?.analytic == null ? undefined : String(worst.analytic) }, value(worst?.analytic)),
    h('td', { class: 'right', title: worst?.numeric == null ? undefined : String(worst.numeric) }, value(worst?.numeric)),
  );
}

const shape = (lengths: readonly number[]): string => `(${lengths.join(', ')}${lengths.length === 1 ? ',' : ''})`;

function value(entry: number | null | undefined): string {
  return entry == null ? '–' : exponent(entry, 4);
}

function factorText({ verdict, factor, factorName }: Check): string {
  if (verdict !== 'factor' || factor === null) return '–';
  return factorName === null || factorName === String(factor) ? `× ${number(factor)}` : `× ${factorName} = ${number(factor)}`;
}
