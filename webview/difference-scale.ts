// A relative difference as a bar on a log scale, with a tick where a verdict changes.

import { h } from './dom';

/** Ends of the scale; what is smaller is drawn at its start. */
const [LOW, HIGH] = [-13, 0];
/** Where the verdicts change. */
const BOUNDS = [-7, -5, -3];

const position = (exponentOf10: number): string => `${(100 * (Math.min(HIGH, Math.max(LOW, exponentOf10)) - LOW)) / (HIGH - LOW)}%`;

function ticks(): HTMLElement[] {
  return BOUNDS.map((bound) => {
    const tick = h('i', { class: 'tick' });
    tick.style.left = position(bound);
    return tick;
  });
}

/** `mark`: the class that gives its colour. */
export function bar(relativeDifference: number | null, mark: string): HTMLElement {
  const fill = h('b', { class: `fill ${mark}` });
  fill.style.width = relativeDifference === null ? '0' : position(Math.log10(relativeDifference));
  return h('div', { class: 'bar', 'aria-hidden': 'true' }, fill, ...ticks());
}

/** The heading of a column of bars. */
export function scale(): HTMLElement {
  // the one between has no room
  const labels = [BOUNDS[0]!, BOUNDS.at(-1)!].map((bound) => {
    const label = h('span', {}, `1e${bound}`);
    label.style.left = position(bound);
    return label;
  });
  return h('div', { class: 'scale', 'aria-hidden': 'true' }, ...labels);
}
