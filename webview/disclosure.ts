// What opens and closes, by mouse and by keyboard, and is as it was after a reload of the window.

import { h } from './dom';
import { recall, remember } from './host';

/** `key` names it among all of the panel; `summary` is what is always seen. */
export function disclosure(key: string, attributes: Parameters<typeof h>[1], summary: readonly (Node | string)[], ...body: (Node | null)[]): HTMLDetailsElement {
  const element = h('details', { ...attributes, open: recall().open?.includes(key) ?? false }, h('summary', {}, ...summary), ...body);
  element.addEventListener('toggle', () => {
    const others = (recall().open ?? []).filter((each) => each !== key);
    remember({ open: element.open ? [...others, key] : others });
  });
  return element;
}
