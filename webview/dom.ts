// A tiny element builder: text only ever becomes text nodes, never HTML.

type Child = Node | string | null | false;

interface Attributes {
  readonly class?: string | undefined;
  readonly testid?: string | undefined;
  readonly [name: string]: string | number | boolean | undefined;
}

/** An element with attributes and children; `true` sets an empty attribute, `false` and undefined none. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name === 'testid' ? 'data-testid' : name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/** A button of the given kind that calls `act`. */
export function button(label: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const element = h('button', { type: 'button', ...attributes }, label);
  element.addEventListener('click', act);
  return element;
}

/** Scrolls `element` to the top and gives the focus to `focused`, so that the keyboard goes on from there. */
export function bringIntoSight(element: HTMLElement, focused: HTMLElement = element): void {
  if (!focused.hasAttribute('tabindex')) focused.tabIndex = -1;
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
  focused.focus({ preventScroll: true });
}

const SVG = 'http://www.w3.org/2000/svg';

/** A 16 × 16 icon of one path, in the colour of the text around it. */
export function icon(path: string, className: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `icon ${className}`);
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS(SVG, 'path');
  shape.setAttribute('d', path);
  shape.setAttribute('fill', 'currentColor');
  shape.setAttribute('fill-rule', 'evenodd');
  svg.append(shape);
  return svg;
}

/** Marks that differ in shape as well as in colour. */
export const marks = {
  ok: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm3.2 4.2L7 9.4 4.9 7.3l-.9.9 3 3 5.1-5.1-.9-.9Z',
  info: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm-.7 6v5h1.4V7H7.3Zm0-3v1.5h1.4V4H7.3Z',
  warning: 'M8 1.5 15.5 14.5H.5L8 1.5Zm-.7 4.7v4.3h1.4V6.2H7.3Zm0 5.3V13h1.4v-1.5H7.3Z',
  error: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm2.6 3.5L8 7.1 5.4 4.5l-.9.9L7.1 8l-2.6 2.6.9.9L8 8.9l2.6 2.6.9-.9L8.9 8l2.6-2.6-.9-.9Z',
  none: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 1.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4ZM4.5 7.3h7v1.4h-7V7.3Z',
} as const;

const spoken = { ok: 'Healthy', info: 'Note', warning: 'Warning', error: 'Error' } as const;

/** The mark of a severity, with its name for those who do not see it. */
export function severityIcon(severity: keyof typeof spoken): SVGElement {
  const element = icon(marks[severity], severity);
  element.removeAttribute('aria-hidden');
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', spoken[severity]);
  return element;
}
