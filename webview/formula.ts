// A formula in its place: drawn once it comes into sight, and scrolled by keyboard where it is wider than its place.

import { h } from './dom';
import { showFormula } from './math';

/** What is wider than its place scrolls, so it takes the focus; what is not would only be in the way of the Tab key. */
function focusable(target: Element): void {
  if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
  else target.removeAttribute('tabindex');
}

const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) focusable(target);
});

/** A formula that comes later may be too wide for a place that keeps its size. */
async function draw(element: HTMLElement, tex: string, display: boolean): Promise<void> {
  await showFormula(element, tex, display);
  focusable(element);
}

export function scrolling(className: string, label: string, ...children: Node[]): HTMLElement {
  const element = h('div', { class: className, role: 'group', 'aria-label': label }, ...children);
  widths.observe(element);
  return element;
}

export function formula(tex: string, display: boolean, label: string): HTMLElement {
  const element = scrolling(display ? 'formula display' : 'formula', `Formula of ${label}`);
  void draw(element, tex, display);
  return element;
}

const waiting = new WeakMap<Element, string>();
const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    sight.unobserve(target);
    void draw(target as HTMLElement, waiting.get(target)!, true);
  }
});

/** Most findings stay closed, so their formulas are drawn only when they are seen. */
export function formulaInSight(tex: string, label: string): HTMLElement {
  const element = scrolling('formula display waiting', `Formula of ${label}`);
  waiting.set(element, tex);
  sight.observe(element);
  return element;
}
